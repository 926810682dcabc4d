"""How the studio's files are written: YAML, PO files, tables. Each as values that edits change.

A value's place is named as slots are: `words.points.2.text`, `rows.3.1`, entries from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from hrcpub.files.csv_edits import HEAD, ROWS, csv_edited, csv_rows, places
from hrcpub.files.csv_problems import no_rows
from hrcpub.files.table import Columns
from hrcpub.files.yaml_edits import Edit, changed, edited
from hrcpub.files.yaml_spans import BREAK, Plain, ValueSpan, spans
from hrcpub.files.yamlfile import parse
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.translations.catalog import Catalog
from hrcpub.project.translations.merging import merged
from hrcpub.project.translations.passages import Passage
from hrcpub.project.translations.po_edits import NewWords, with_words
from hrcpub.project.translations.po_reading import parse as parse_po
from hrcpub.project.translations.po_writing import text_of
from hrcpub.records import record

WORDS, FUZZY, YES, NO = "words", "fuzzy", "yes", "no"


class Notation(Protocol):
    """How a kind of file is written."""

    def plain(self, text: str) -> Plain:
        """Return the values of a text; raise HrcpubError or ValueError where it has none."""

    def edited(self, text: str, edits: Sequence[Edit]) -> str:
        """Return the text after edits; raise LookupError for one of what is not there."""

    def mistakes(self, text: str, path: str) -> tuple[Problem, ...]:
        """Return why a text cannot be read; nothing where it can."""

    def slot_at(self, text: str, line: int, column: int) -> str | None:
        """Return the place of the value at a line and column, from 1; None: there is none."""


class YamlNotation:
    """Files in YAML."""

    def plain(self, text: str) -> Plain:
        """Return the values; all of them are texts."""
        return spans(text).plain

    def edited(self, text: str, edits: Sequence[Edit]) -> str:
        """Return the text after edits; remarks and order stay."""
        return edited(text, edits)

    def mistakes(self, text: str, path: str) -> tuple[Problem, ...]:
        """Return why the project's reader would not take a text."""
        node, problems = parse(text, path)
        return () if node else tuple(problems)

    def slot_at(self, text: str, line: int, column: int) -> str | None:
        """Return the slot of a value; a name belongs to its value."""
        starts = [0, *(found.end() for found in BREAK.finditer(text))]
        if line > len(starts):
            return None
        try:
            return _slot_in(spans(text), starts[line - 1] + column - 1) or None
        except ValueError:
            return None


def _slot_in(span: ValueSpan, at: int) -> str:
    for number, item in enumerate(span.items or (), 1):
        if item.start <= at <= item.end:
            return f"{number}.{_slot_in(item, at)}".strip(".")
    for name, value in (span.group or {}).items():
        if span.keys[name] <= at <= value.end:
            return f"{name}.{_slot_in(value, at)}".strip(".")
    return ""


YAML = YamlNotation()


@record
class PoNotation:
    """The PO file of words that are written elsewhere: `passages`, in the file `original`.

    Its values are a group by slot: the `words`, and whether they are `fuzzy`. A file that its
    original has left behind is seen as `translate update` would make it; the first edit does.
    """

    passages: tuple[Passage, ...]
    original: str

    def plain(self, text: str) -> Plain:
        """Return the translation of each passage."""
        return {
            slot: {WORDS: message.words, FUZZY: YES if message.is_fuzzy else NO}
            for slot, message in self.catalog(text).by_slot.items()
        }

    def catalog(self, text: str) -> Catalog:
        """Return what a text says of the passages as they are now; raise HrcpubError."""
        catalog = _parsed(text)
        return catalog if self._is_current(catalog) else self._merged(catalog)

    def edited(self, text: str, edits: Sequence[Edit]) -> str:
        """Return the text after edits: `put` of a slot's words, or of whether they are fuzzy."""
        catalog = self.catalog(text)
        if not self._is_current(_parsed(text)):
            text = text_of(catalog)
            catalog = _parsed(text)
        before: Any = self.plain(text)
        after: Any = before
        for edit in edits:
            if edit.path[0] not in before or len(edit.path) != 2:
                raise LookupError(f"there is no {edit.path[0]} to translate")
            after = changed(after, edit)
        changes = {
            slot: NewWords(said[WORDS], said[FUZZY] == YES)
            for slot, said in after.items()
            if said != before[slot]
        }
        return with_words(text, catalog, changes)

    def mistakes(self, text: str, path: str) -> tuple[Problem, ...]:
        """Return why a text is no PO file."""
        catalog, problems = parse_po(text, path)
        return () if catalog else tuple(problems)

    def slot_at(self, text: str, line: int, column: int) -> str | None:
        """Return the slot whose words stand at a line, or begin last before it."""
        catalog, _ = parse_po(text, "")
        used = catalog.by_slot.values() if catalog else ()
        before = [message for message in used if (message.place.line or 0) <= line]
        return before[-1].slot if before else None

    def _is_current(self, catalog: Catalog) -> bool:
        said = {message.slot: message.source for message in catalog.by_slot.values()}
        return said == {passage.slot: passage.text for passage in self.passages}

    def _merged(self, catalog: Catalog) -> Catalog:
        return merged(self.passages, catalog, self.original)


def _parsed(text: str) -> Catalog:
    catalog, problems = parse_po(text, "")
    if catalog is None:
        raise HrcpubError(*problems)
    return catalog


@record
class CsvNotation:
    """Tables in CSV: a group of the `head`, the names of the columns, and the `rows` of cells."""

    columns: Columns

    def plain(self, text: str) -> Plain:
        """Return the cells, every row as wide as the header."""
        return csv_rows(text, self.columns).plain

    def edited(self, text: str, edits: Sequence[Edit]) -> str:
        """Return the text after edits; rows that they leave stay as they were written."""
        return csv_edited(text, edits, self.columns)

    def mistakes(self, text: str, path: str) -> tuple[Problem, ...]:
        """Return why a text is no table."""
        try:
            csv_rows(text, self.columns)
        except ValueError:
            return (no_rows(Source(path)),)
        return ()

    def slot_at(self, text: str, line: int, column: int) -> str | None:
        """Return the cell at a place: `rows.2.3`, or `head.3`; a row's, where it is in none."""
        starts = places(text, self.columns)
        first = max((start for start in starts if start <= line), default=None)
        if first is None:
            return None
        number, record = starts[first]
        place = f"{ROWS}.{number + 1}" if number >= 0 else HEAD
        cells = [
            at
            for at, cell in enumerate(record.cells, 1)
            if (cell.source.line or 0, cell.source.column or 0) <= (line, column)
        ]
        return f"{place}.{cells[-1]}" if cells else place
