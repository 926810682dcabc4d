"""Objects to a PDF file as they come: packed in object streams, forgotten once written.

Why not pypdf's writer: it keeps every object until the end, and writes dictionaries unpacked. A
press sheet has more of them than its file had, and would come out larger than what it was made of
(ISO 32000-2 §7.5.7, §7.5.8).
"""

from __future__ import annotations

import hashlib
import zlib
from array import array
from typing import BinaryIO

PACKED = 200  # objects in one object stream: a viewer unpacks that many to read one


class Writer:
    """Writes one file from its head to its foot."""

    def __init__(self, file: BinaryIO, version: str) -> None:
        """Begin a file; `version` is at least 1.5, the first with object streams."""
        self._file = file
        self._at = 0
        self._digest = hashlib.md5(usedforsecurity=False)
        # Per object: 0 free, 1 at an offset, 2 in an object stream; then where.
        self._kinds, self._places, self._indexes = array("B", [0]), array("Q", [0]), array("H", [0])
        self._waiting: list[tuple[int, bytes]] = []
        self._write(f"%PDF-{version}\n%".encode() + bytes([0xE2, 0xE3, 0xCF, 0xD3]) + b"\n")

    def number(self) -> int:
        """Return the number of an object that is to come."""
        self._kinds.append(0)
        self._places.append(0)
        self._indexes.append(0)
        return len(self._kinds) - 1

    def put(self, number: int, value: bytes) -> int:
        """Write an object that is no stream; return its number."""
        self._waiting.append((number, value))
        if len(self._waiting) >= PACKED:
            self._pack()
        return number

    def add(self, value: bytes) -> int:
        """Write a new object that is no stream; return its number."""
        return self.put(self.number(), value)

    def put_stream(self, number: int, entries: bytes, data: bytes) -> int:
        """Write a stream whose dictionary has these entries, and its length; return its number."""
        self._kinds[number], self._places[number] = 1, self._at
        head = b"%d 0 obj\n<<%b /Length %d>>\nstream\n" % (number, entries, len(data))
        self._write(head + data + b"\nendstream\nendobj\n")
        return number

    def add_packed(self, entries: bytes, data: bytes) -> int:
        """Write a new stream, packed; return its number."""
        number = self.number()
        return self.put_stream(number, entries + b" /Filter /FlateDecode", zlib.compress(data, 9))

    def finish(self, root: int, info: int | None, first_id: bytes | None) -> None:
        """Write what is left, and the table of all objects.

        The file's second identifier is of its content: the same content, the same identifier.
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
        table = b"".join(
            bytes([kind]) + place.to_bytes(5, "big") + index.to_bytes(2, "big")
            for kind, place, index in zip(self._kinds, self._places, self._indexes, strict=True)
        )
        self.put_stream(number, entries, zlib.compress(table, 9))
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    def _pack(self) -> None:
        """Write the objects that wait in one object stream."""
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
