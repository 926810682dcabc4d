"""A PDF file to its objects, as they are asked for. Nothing is kept but where they are.

What is not as it should be is not guessed at: DamagedPdf says so, and qpdf mends (`repair.py`).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from typing import BinaryIO, NamedTuple, TypeVar

from hrcpub.pipeline.impose.pdf_filters import unpacked
from hrcpub.pipeline.impose.pdf_syntax import (
    END,
    SPACE,
    DamagedPdf,
    PdfValue,
    UnusualPdf,
    entries,
    reference,
    value_end,
)
from hrcpub.pipeline.impose.pdf_table import FREE, PACKED, ObjectTable

NEAR_END = (
    2048  # bytes in which a file says where its table is; the standard asks for its last line
)
AHEAD = 2048  # bytes that are read of an object at first: most are smaller
LARGEST = 2**26  # bytes of an object that is not a stream: larger ones mean harm
UNPACKED = 8  # object streams that are kept: what lies together is asked for together

_header = re.compile(rb"%PDF-(\d\.\d)")
_start = re.compile(rb"startxref\s+(\d{1,10})\s")
_head = re.compile(SPACE + rb"(\d{1,7})\s+(\d{1,5})\s+obj" + END + SPACE)
_space = re.compile(SPACE)
_tail = re.compile(SPACE + rb"(?:(stream)(?:\r\n|\n|\r)|endobj)")
_xref = re.compile(rb"\s*xref\s")
_trailer = re.compile(rb"\s*trailer" + SPACE)
_section = re.compile(rb"\s*(\d{1,7})[ ]+(\d{1,7})\s*")
_row = re.compile(rb"\s*(\d{10}) (\d{5}) ([fn])")
_ended = re.compile(rb"\s*endstream")
NULL = b"null"

Parsed = TypeVar("Parsed")


class StoredObject(NamedTuple):
    """One object: its value, and of a stream where its data are in the file."""

    value: PdfValue
    data_at: int | None = None


class PdfFile:
    """A file that is open for reading."""

    def __init__(self, file: BinaryIO) -> None:
        """Read where the objects are; raise DamagedPdf or UnusualPdf when that is unclear."""
        self._file = file
        self._unpacked: OrderedDict[int, dict[int, PdfValue]] = OrderedDict()
        self._table = ObjectTable()
        self._size = file.seek(0, 2)
        self.version = self._version()
        self.trailer: dict[bytes, PdfValue] = {}
        self._read_tables()
        if b"/Encrypt" in self.trailer:
            raise UnusualPdf("the file is encrypted")
        self.root = entries(self.resolved(self.trailer.get(b"/Root")))
        if not self.root:
            raise DamagedPdf("the catalog is missing")

    # --- Objects ---

    def object(self, number: int, generation: int = 0) -> StoredObject:
        """Return an object; null when there is none of that number (ISO 32000-2 §7.3.10)."""
        kind, place, index = self._table.at(number)
        if kind == FREE:
            return StoredObject(NULL)
        if kind == PACKED:
            return StoredObject(self._packed(number, place) if generation == 0 else NULL)
        return self._placed(place, number) if generation == index else StoredObject(NULL)

    def resolved(self, value: PdfValue | None) -> PdfValue:
        """Return what a reference refers to, and anything else as it is; null for None."""
        found = reference(value) if value else None
        return self.object(*found).value if found else value or NULL

    def stream(self, value: PdfValue | None) -> StoredObject | None:
        """Return the stream that a value refers to; None when it refers to something else."""
        found = reference(value) if value else None
        its_object = self.object(*found) if found else None
        return its_object if its_object and its_object.data_at is not None else None

    def data(self, stream: StoredObject, its: dict[bytes, PdfValue] | None = None) -> bytes:
        """Return a stream's data as they are in the file; raise DamagedPdf if that is unclear.

        `its` are the entries of its dictionary, where they are known.
        """
        length = self.resolved((its or entries(stream.value)).get(b"/Length"))
        if stream.data_at is None or not length.isdigit() or len(length) > 12:
            raise DamagedPdf("a stream has no length")
        size = int(length)
        if stream.data_at + size > self._size:
            raise DamagedPdf("a stream is longer than its file")
        read = self._read(stream.data_at, size + 16)
        if not _ended.match(read, size):
            raise DamagedPdf("a stream has another length")
        return read[:size]

    def unpacked(self, stream: StoredObject) -> bytes:
        """Return a stream's data without their packing."""
        its = entries(stream.value)
        packing = (self.resolved(its.get(key)) for key in (b"/Filter", b"/DecodeParms"))
        return unpacked(self.data(stream, its), *packing)

    def _placed(self, at: int, number: int | None = None) -> StoredObject:
        """Return the object that stands at a place in the file; it must have the number."""
        return self._ahead(at, lambda read: _parsed(read, at, number))

    def _ahead(self, at: int, parse: Callable[[bytes], Parsed]) -> Parsed:
        """Return what is made of the bytes from a place on, of as many as that takes."""
        ahead = AHEAD
        while True:
            read = self._read(at, ahead)
            try:
                return parse(read)
            except DamagedPdf:
                if len(read) < ahead or ahead > LARGEST:
                    raise
            ahead *= 8

    def _packed(self, number: int, stream: int) -> PdfValue:
        """Return an object that is in an object stream (ISO 32000-2 §7.5.7)."""
        if stream not in self._unpacked:
            self._unpacked[stream] = {}  # it cannot be asked what its own length is
            self._unpacked[stream] = self._all_packed(stream)
            if len(self._unpacked) > UNPACKED:
                self._unpacked.popitem(last=False)
        self._unpacked.move_to_end(stream)
        if number not in self._unpacked[stream]:
            raise DamagedPdf("an object is not where it should be")
        return self._unpacked[stream][number]

    def _all_packed(self, number: int) -> dict[int, PdfValue]:
        kind, place, _ = self._table.at(number)
        if kind in (FREE, PACKED):
            raise DamagedPdf("an object stream is missing")
        stream = self._placed(place, number)
        head, data = entries(stream.value), self.unpacked(stream)
        first, count = (self.resolved(head.get(key)) for key in (b"/First", b"/N"))
        words = data[: _whole(first)].split()
        if len(words) < 2 * _whole(count):
            raise DamagedPdf("an object stream is too short")
        numbers = [_whole(word) for word in words[: 2 * _whole(count)]]
        found = {}
        for inner, offset in zip(numbers[::2], numbers[1::2], strict=True):
            space = _space.match(data, _whole(first) + offset)
            start = space.end() if space else len(data)
            found[inner] = data[start : value_end(data, start)]
        return found

    def _read(self, at: int, size: int) -> bytes:
        self._file.seek(at)
        return self._file.read(size)

    # --- Where objects are ---

    def _version(self) -> str:
        found = _header.search(self._read(0, 1024))
        if not found:
            raise DamagedPdf("it does not begin as a PDF")
        if found.start():
            raise UnusualPdf("something is before its beginning")
        return found[1].decode()

    def _read_tables(self) -> None:
        """Read all tables, the newest first: the older ones say what it does not."""
        near = max(0, self._size - NEAR_END)
        starts = _start.findall(self._read(near, NEAR_END) + b"\n")
        if not starts:
            raise DamagedPdf("it does not say where its table is")
        waiting, seen = [int(starts[-1])], set()
        while waiting:
            at = waiting.pop()
            if at in seen or at >= self._size:
                raise DamagedPdf("its tables lead nowhere")
            seen.add(at)
            trailer = self._read_table(at)
            self.trailer = trailer | self.trailer
            if b"/Prev" in trailer:
                waiting.append(_whole(trailer[b"/Prev"]))

    def _read_table(self, at: int) -> dict[bytes, PdfValue]:
        """Take in one table; return its trailer."""
        if _xref.match(self._read(at, 64)):
            return self._ahead(at, self._read_classic)
        stream = self._placed(at)
        head = entries(stream.value)
        if head.get(b"/Type") != b"/XRef":
            raise DamagedPdf("its table is not where it should be")
        self._table.take_stream(head, self.unpacked(stream))
        return head

    def _read_classic(self, read: bytes) -> dict[bytes, PdfValue]:
        """Take in a table that is written as text (ISO 32000-2 §7.5.4); return its trailer."""
        start = _xref.match(read)
        place = start.end() if start else 0
        rows: list[tuple[int, bool, int, int]] = []
        while section := _section.match(read, place):
            place = section.end()
            for number in range(int(section[1]), int(section[1]) + int(section[2])):
                row = _row.match(read, place)
                if not row:
                    raise DamagedPdf("its table is not well-formed")
                rows.append((number, row[3] == b"n", int(row[1]), int(row[2])))
                place = row.end()
        trailer = _trailer.match(read, place)
        if not trailer:
            raise DamagedPdf("its table has no trailer")
        its = entries(read[trailer.end() : value_end(read, trailer.end())])
        if b"/XRefStm" in its:  # what is hidden from old programs is free in the table (§7.5.8.4)
            self._read_table(_whole(its[b"/XRefStm"]))
        for one in rows:
            self._table.take(*one)
        return its


def _parsed(read: bytes, at: int, number: int | None) -> StoredObject:
    head = _head.match(read)
    if not head or number not in (None, int(head[1])):
        raise DamagedPdf("an object is not where it should be")
    start = head.end()
    end = value_end(read, start)
    tail = _tail.match(read, end)
    if not tail:
        raise DamagedPdf("an object does not end as it should")
    return StoredObject(read[start:end], at + tail.end() if tail[1] else None)


def _whole(value: PdfValue) -> int:
    """Return a number that counts bytes or objects."""
    if not value.isdigit() or len(value) > 12:
        raise DamagedPdf("a place is not a number")
    return int(value)
