"""Objects to a PDF file as they come: packed in object streams, forgotten once written.

Why packed: press sheets have more dictionaries than the file they are made of, and would come out
larger than it (object streams: ISO 32000-2 §7.5.7; the table of objects as a stream: §7.5.8).
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from array import array
from functools import lru_cache
from typing import BinaryIO

from hrcpub.units import pdf_numbers

PACKED = 200  # objects in one object stream: to read one of them, a viewer unpacks them all


@lru_cache(maxsize=256)
def numbers(values: tuple[float, ...], decimals: int = 4) -> str:
    """Return numbers as PDF has them, in a row; kept, since most sheets have the same places."""
    return pdf_numbers(values, decimals)


class Writer:
    """Writes one file from beginning to end."""

    def __init__(self, file: BinaryIO, version: str) -> None:
        """Begin a file; `version` is at least 1.5, the first with object streams."""
        self._file = file
        self._at = 0
        self._digest = hashlib.md5(usedforsecurity=False)
        # The table of objects (§7.5.8.3), by number. Kind 1: at an offset; 2: in an object stream,
        # by its number and the index in it; 0: free. Arrays take 11 bytes for an object.
        self._kinds, self._places, self._indexes = array("B", [0]), array("Q", [0]), array("H", [0])
        self._waiting: list[tuple[int, bytes]] = []
        # Four bytes over 127 tell programs that the file is not text (§7.5.2).
        self._write(f"%PDF-{version}\n%".encode() + bytes([0xE2, 0xE3, 0xCF, 0xD3]) + b"\n")

    def number(self) -> int:
        """Return the number of an object that will be written later."""
        self._kinds.append(0)
        self._places.append(0)
        self._indexes.append(0)
        return len(self._kinds) - 1

    def put(self, number: int, value: bytes) -> int:
        """Write an object that is not a stream; return its number."""
        self._waiting.append((number, value))
        if len(self._waiting) >= PACKED:
            self._pack()
        return number

    def add(self, value: bytes) -> int:
        """Write a new object that is not a stream; return its number."""
        return self.put(self.number(), value)

    def put_stream(self, number: int, entries: bytes, data: bytes) -> int:
        """Write a stream; its dictionary has `entries` and its length. Return its number."""
        self._kinds[number], self._places[number] = 1, self._at
        head = b"%d 0 obj\n<<%b /Length %d>>\nstream\n" % (number, entries, len(data))
        self._write(head + data + b"\nendstream\nendobj\n")
        return number

    def add_packed(self, entries: bytes, data: bytes) -> int:
        """Write a new stream, and pack it; return its number."""
        number = self.number()
        return self.put_stream(number, entries + b" /Filter /FlateDecode", zlib.compress(data, 9))

    def finish(self, root: int, info: int | None, first_id: bytes | None) -> None:
        """Write what is left, and the table of all objects.

        `first_id` is the identifier that the file had when it was new; None: it is new. The second
        comes from the content, so that the same content has the same identifier (§14.4).
        """
        self._pack()
        own = self._digest.digest()
        ids = b"<%b> <%b>" % ((first_id or own).hex().encode(), own.hex().encode())
        entries = b"/Type /XRef /W [1 5 2] /Root %d 0 R /ID [%b]" % (root, ids)
        if info is not None:
            entries += b" /Info %d 0 R" % info
        number, start = self.number(), self._at
        self._kinds[number], self._places[number] = 1, start
        entries += b" /Size %d /Filter /FlateDecode" % (number + 1)
        self.put_stream(number, entries, zlib.compress(self._table(), 9))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _table(self) -> bytes:
        """Return a row of 8 bytes for each object, put together by columns."""
        table = bytearray(8 * len(self._kinds))
        table[::8] = self._kinds.tobytes()
        for at, numbers, width in ((1, self._places, 5), (6, self._indexes, 2)):
            low_first = numbers if sys.byteorder == "little" else array(numbers.typecode, numbers)
            if low_first is not numbers:
                low_first.byteswap()
            column = low_first.tobytes()
            for byte in range(width):
                table[at + width - 1 - byte :: 8] = column[byte :: numbers.itemsize]
        return bytes(table)

    def _pack(self) -> None:
        """Write the waiting objects in one object stream."""
        if not self._waiting:
            return
        number = self.number()
        heads, at = [], 0
        for index, (inner, value) in enumerate(self._waiting):
            self._kinds[inner], self._places[inner], self._indexes[inner] = 2, number, index
            heads.append(b"%d %d" % (inner, at))
            at += len(value) + 1
        head = b" ".join(heads) + b"\n"
        body = b"\n".join(value for _, value in self._waiting)
        entries = b"/Type /ObjStm /N %d /First %d" % (len(heads), len(head))
        entries += b" /Filter /FlateDecode"
        self.put_stream(number, entries, zlib.compress(head + body, 9))
        self._waiting.clear()

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._at += len(data)
