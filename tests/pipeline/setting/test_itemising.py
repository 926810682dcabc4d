"""Lines to runs: which font, which script, as pictures under the text."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.setting.itemising import Run, language_of_run, runs, script_of_letter

LATIN = frozenset(map(ord, "abcdefghijklmnopqrstuvwxyz0123456789 .,()“”-é"))
ARABIC = frozenset(range(0x600, 0x700)) | {ord(" ")}
HAN = frozenset(map(ord, "人国。（）“”"))


def fonts(found: list[Run]) -> str:
    return "".join(str(run.font) * (run.end - run.start) for run in found)


@pytest.mark.parametrize(
    ("text", "picture"),
    [
        ("abc def", "0000000"),
        ("ab سلام cd", "0001111000"),
        ("سلام (12) سلام", "11110000001111"),
        ("人国。abc 人", "11100001"),
        ("a\u200dب\u200cب", "00111"),
        ("☎", "0"),
        ("", ""),
    ],
)
def test_each_letter_has_the_first_font_that_draws_it(text: str, picture: str) -> None:
    assert fonts(runs(text, (LATIN, ARABIC | HAN), False)) == picture


def test_a_line_of_our_own_letters_is_one_run() -> None:
    assert runs("Tel. (212) 213-6376 — “é”", (LATIN,), False) == [Run(0, 25, 0, "Latn", 0)]
    assert runs("212-213", (LATIN,), False) == [Run(0, 7, 0, None, 0)]


def test_scripts_and_directions_part_runs_and_signs_go_along() -> None:
    found = runs("Дом (ab) 5", (LATIN,), False)
    assert [(run.start, run.end, run.script) for run in found] == [
        (0, 5, "Cyrl"),
        (5, 7, "Latn"),
        (7, 10, "Cyrl"),
    ]
    levels = [(run.start, run.end, run.level) for run in runs("שלום 12 Abc", (LATIN,), True)]
    assert levels == [(0, 5, 1), (5, 7, 2), (7, 8, 1), (8, 11, 2)]


@pytest.mark.parametrize(
    ("letter", "script"),
    [("a", "Latn"), ("ж", "Cyrl"), ("国", "Hani"), ("か", "Hira"), (".", None)],
)
def test_a_letter_has_its_script(letter: str, script: str | None) -> None:
    assert script_of_letter(letter) == script


def test_a_run_is_shaped_in_the_texts_language_where_that_is_written_so() -> None:
    cyrillic = frozenset({"Cyrl"})
    assert language_of_run("Cyrl", "uk", cyrillic) == "uk"
    assert language_of_run(None, "uk", cyrillic) == "uk"
    assert language_of_run("Latn", "uk", cyrillic) == "en"
