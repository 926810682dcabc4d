"""Where each object of a file is: a table of 11 bytes an object (ISO 32000-2 §7.5.4, §7.5.8)."""

from __future__ import annotations

import sys
from array import array
from typing import NamedTuple

from hrcpub.pipeline.impose.pdf_syntax import DamagedPdf, PdfValue, items

UNKNOWN, FREE, PLACED, PACKED = range(4)
MOST = 8_388_608  # objects (Annex C.2)


class ObjectPlace(NamedTuple):
    """Where an object is."""

    kind: int
    place: int  # PLACED: from the file's beginning; PACKED: the number of an object stream
    inside: int  # PLACED: the object's generation; PACKED: which one of the stream it is


class ObjectTable:
    """The places of all objects. Tables come the newest first, and the newest one holds."""

    def __init__(self) -> None:
        """Begin without any."""
        self._kinds, self._places, self._indexes = array("B"), array("Q"), array("I")

    def at(self, number: int) -> ObjectPlace:
        """Return where an object is; FREE when no table has it."""
        if number >= len(self._kinds) or self._kinds[number] == UNKNOWN:
            return ObjectPlace(FREE, 0, 0)
        return ObjectPlace(self._kinds[number], self._places[number], self._indexes[number])

    def take(self, number: int, is_used: bool, place: int, generation: int) -> None:
        """Take in one row of a table that is written as text."""
        self._make_room(number + 1)
        # At the beginning is no object: some programs write so that there is none.
        self._set(number, PLACED if is_used and place else FREE, place, generation)

    def take_stream(self, head: dict[bytes, PdfValue], data: bytes) -> None:
        """Take in a table that is a stream; `head` is its dictionary."""
        widths = [_count(width) for width in items(head.get(b"/W", b""))]
        size = head.get(b"/Size", b"0")
        sections = [_count(part) for part in items(head.get(b"/Index", b"[0 %b]" % size))]
        if len(widths) != 3 or max(widths) > 8 or len(sections) % 2 or not sum(widths):
            raise DamagedPdf("its table is not well-formed")
        at = 0
        for first, count in zip(sections[::2], sections[1::2], strict=True):
            end = at + count * sum(widths)
            if end > len(data):
                raise DamagedPdf("its table is too short")
            self._take_rows(first, widths, data[at:end])
            at = end

    def _take_rows(self, first: int, widths: list[int], rows: bytes) -> None:
        one, two, three = widths
        row = one + two + three
        kinds = _column(rows, row, 0, one) if one else [1] * (len(rows) // row)
        places, indexes = _column(rows, row, one, two), _column(rows, row, one + two, three)
        self._make_room(first + len(kinds))
        for number, kind, place, index in zip(
            range(first, first + len(kinds)), kinds, places, indexes, strict=True
        ):
            # What kind it is, is one less there. Kinds that are not known are null (§7.5.8.3).
            self._set(number, kind + 1 if kind < 3 else FREE, place, index)

    def _set(self, number: int, kind: int, place: int, index: int) -> None:
        if self._kinds[number] == UNKNOWN:
            self._kinds[number], self._places[number] = kind, place
            self._indexes[number] = min(index, 2**32 - 1)

    def _make_room(self, count: int) -> None:
        more = count - len(self._kinds)
        if count > MOST:
            raise DamagedPdf("its table has more objects than a file can have")
        if more > 0:
            for part in (self._kinds, self._places, self._indexes):
                part.frombytes(bytes(more * part.itemsize))


def _column(rows: bytes, row: int, at: int, width: int) -> array[int]:
    """Return the numbers of `width` bytes that each row has at a place."""
    count = len(rows) // row
    wide = bytearray(8 * count)
    for byte in range(width):
        wide[8 - width + byte :: 8] = rows[at + byte :: row]
    numbers = array("Q", bytes(wide))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _count(value: PdfValue) -> int:
    if not value.isdigit() or len(value) > 7:
        raise DamagedPdf("its table is not well-formed")
    return int(value)
