"""Words that begin with titlecase, as CSS has it."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.typeset import titlecase
from hrcpub.pipeline.typeset.engine import load
from tests.shared.boxes import own
from tests.shared.project import ROOT

# By language: words, and how a page shows them.
SHOWN = {
    "ka": [("თბილისი და ქუთაისი", "თბილისი და ქუთაისი"), ("„თბილისი“ 24", "„თბილისი“ 24")],
    "hy": [("և այլն և", "Եւ Այլն Եւ")],
    "hr": [("ǆep u ǆepu", "ǅep U ǅepu")],
    "en": [("ﬁnd a van", "Find A Van"), ("it’s o’clock", "It’s O’clock"), ("", ""), (" a", " A")],
    "nl": [("ijs eten", "IJs Eten")],
    "tr": [("istanbul ili", "İstanbul İli")],
}


@pytest.mark.parametrize(
    ("language", "words", "shown"),
    [(language, *pair) for language, pairs in SHOWN.items() for pair in pairs],
)
def test_a_word_begins_with_the_titlecase_of_its_letter(
    language: str, words: str, shown: str
) -> None:
    load(ROOT)
    from weasyprint.formatting_structure import text

    assert text.transform("capitalize", words, language) == shown


@pytest.mark.parametrize("language", ["en", "nl", "tr", "el", "de", "ru"])
def test_all_other_words_begin_as_weasyprint_has_them(language: str) -> None:
    load(ROOT)
    from weasyprint.formatting_structure.text import capitalize

    assert capitalize.__module__ == titlecase.__name__
    words = "ijs, istanbul — «всё» о нём: ωμέγα 3x über.a-b\u00a0c (d) ẞ 5th"
    assert capitalize(words, language) == own(capitalize, "theirs")(words, language)
