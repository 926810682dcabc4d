"""Letters that a font lacks are one problem a script, whatever belongs to it."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.setting import by_script, glyph_missing


@pytest.mark.parametrize(
    ("letters", "groups"),
    [
        ("مركز،؟", ["مركز،؟"]),  # with its comma and question mark
        ("हिन्दी।", ["हिन्दी।"]),  # with vowel signs, which are no letters
        ("ひらがなカタカナ漢字。", ["ひらがなカタカナ漢字。"]),  # one language's three scripts
        ("жمж", ["жж", "م"]),
        ("☎✆", ["☎", "✆"]),  # signs are replaced one by one
        ("、", ["、"]),
    ],
)
def test_a_script_is_one_group(letters: str, groups: list[str]) -> None:
    assert by_script(letters) == groups


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ("مركز", 'Arabic letters: 4 of them are in these words ("مركز")'),
        ("،مر", 'Arabic letters: 3 of them are in these words ("،مر")'),
        ("漢字", 'Chinese and Japanese signs: 2 of them are in these words ("漢字")'),
        ("한글", 'Korean letters: 2 of them are in these words ("한글")'),
        ("☎", '"☎" (U+260E, black telephone)'),
    ],
)
def test_a_script_is_called_by_its_name(letters: str, said: str) -> None:
    assert glyph_missing(letters, None).message == f"this font cannot print {said}"
