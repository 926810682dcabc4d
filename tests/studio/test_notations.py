"""Values and their places in the files of the studio."""

from __future__ import annotations

import pytest

from hrcpub.files.table import Columns
from hrcpub.files.yaml_edits import Put
from hrcpub.problems import HrcpubError, Source
from hrcpub.project.translations.passages import Passage
from hrcpub.project.translations.po_reading import parse
from hrcpub.studio.notations import CsvNotation, PoNotation

PO = """\
msgid ""
msgstr ""
"Language: es\\n"

msgctxt "title"
msgid "Hello"
msgstr "Hola"

msgctxt "words.lead"
msgid "Bye"
msgstr ""
"""
NOWHERE = Source()
PASSAGES = (Passage("title", "Hello"), Passage("words.lead", "Bye"))
TABLE = "# About.\nname,hours\nVan,Mon\n\nCorner,Tue\n"


def test_a_translation_that_its_original_left_behind_is_seen_as_an_update_would_make_it() -> None:
    now = PoNotation((Passage("title", "Hello you"), Passage("words.more", "More")), "a.yaml")
    assert now.plain(PO) == {
        "title": {"words": "Hola", "fuzzy": "yes"},
        "words.more": {"words": "", "fuzzy": "no"},
    }
    text = now.edited(PO, [Put(("title", "fuzzy"), "no")])
    catalog, _ = parse(text, "")
    assert catalog
    assert not catalog.by_slot["title"].is_fuzzy
    assert catalog.by_slot["words.more"].source == "More"


def test_one_that_is_current_keeps_its_lines() -> None:
    text = PoNotation(PASSAGES, "a.yaml").edited(PO, [Put(("words.lead", "words"), "Adiós")])
    assert text == PO.replace('"Bye"\nmsgstr ""', '"Bye"\nmsgstr "Adiós"')


def test_a_slot_that_the_original_does_not_have_is_refused() -> None:
    with pytest.raises(LookupError):
        PoNotation(PASSAGES, "a.yaml").edited(PO, [Put(("other", "words"), "x")])


def test_a_text_that_is_no_catalog_or_no_table_is_told() -> None:
    po, table = PoNotation(PASSAGES, "a.yaml"), CsvNotation(Columns(("name", "hours")))
    with pytest.raises(HrcpubError):
        po.plain("msgid\n")
    assert (po.mistakes("msgid\n", "a.po")[0].source or NOWHERE).path == "a.po"
    (problem,) = table.mistakes("# About.\n", "a.csv")
    assert (problem.source or NOWHERE).path == "a.csv"
    assert table.slot_at("", 1, 1) is None
    assert (po.mistakes(PO, "a.po"), table.mistakes(TABLE, "a.csv")) == ((), ())


@pytest.mark.parametrize(
    ("line", "slot"), [(1, None), (7, "title"), (8, "title"), (11, "words.lead")]
)
def test_a_line_belongs_to_the_words_that_begin_before_it(line: int, slot: str | None) -> None:
    assert PoNotation(PASSAGES, "a.yaml").slot_at(PO, line, 1) == slot


@pytest.mark.parametrize(
    ("line", "column", "slot"),
    [
        (1, 1, None), (2, 6, "head.2"), (3, 1, "rows.1.1"), (3, 5, "rows.1.2"),
        (5, 2, "rows.2.1"), (5, 9, "rows.2.2"),
    ],
)  # fmt: skip
def test_a_place_in_a_table_belongs_to_a_cell(line: int, column: int, slot: str | None) -> None:
    assert CsvNotation(Columns(("name", "hours"))).slot_at(TABLE, line, column) == slot
