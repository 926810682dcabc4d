"""A PDF file that is written whole, object by object: some taken from other files, some new.

Why not by pikepdf, which only reads here: a page that is put together of objects takes it a
millisecond, and papers of hundreds of pages differ in a few of them from one build to the next. So
each page is a few bytes that are written at once. Who writes this way reads the file again.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.events.shells.written_update import written_stream
from hrcpub.patterns import pattern

if TYPE_CHECKING:
    import pikepdf

# In what qpdf writes of an object: a string, which stays, or a reference to another object.
_REFERENCE = pattern(rb"\((?:\\.|[^\\)])*\)|<[0-9a-fA-F]+>|\b(\d+) (\d+) R\b", re.DOTALL)
_LENGTH = pattern(rb"/Length \d+(?: \d+ R)? ?")
_MARK = pattern(rb"\0(\d+)\0")  # in a group: the place of an object in it
_ROW = struct.Struct(">BIH")  # of the table: kind, offset or stream, generation or place in it
_TOGETHER = 100  # objects in one stream
_SMALL = 200  # bytes: what has less is hardly less when it is packed

ObjectKey = tuple[int, int]  # of an object in its file: number, generation
Refer = Callable[[ObjectKey], bytes]  # what is written for a reference


class ObjectBody(NamedTuple):
    """An object: its text, and its bytes as its filters have them; None: it is no stream."""

    text: bytes
    data: bytes | None = None


class ObjectGroup(NamedTuple):
    """An object and all that it leads to, by themselves: references are places in the group."""

    key: str  # the same for the same objects
    bodies: tuple[ObjectBody, ...]


def object_group(thing: pikepdf.Object, file: pikepdf.Pdf) -> ObjectGroup:
    """Return an indirect object of a file with all that it leads to."""
    places: dict[ObjectKey, int] = {thing.objgen: 0}
    left, bodies = [thing.objgen], list[ObjectBody]()

    def refer(key: ObjectKey) -> bytes:
        if key not in places:
            places[key] = len(places)
            left.append(key)
        return b"\0%d\0" % places[key]

    while left:
        bodies.append(_body(file.get_object(left.pop(0)), refer))
    return _grouped(bodies)


def made_group(bodies: Sequence[bytes]) -> ObjectGroup:
    """Return objects that are written already: they are numbered from 1, and end in no line."""
    return _grouped([_made(body) for body in bodies])


def _made(body: bytes) -> ObjectBody:
    def refer(key: ObjectKey) -> bytes:
        return b"\0%d\0" % (key[0] - 1)

    if not body.endswith(b"endstream"):
        return ObjectBody(_referred(body, refer))
    stream = written_stream(body)
    return ObjectBody(_referred(b"<<%b>>" % stream.entries, refer), stream.data)


def _grouped(bodies: Sequence[ObjectBody]) -> ObjectGroup:
    digest = hashlib.sha256()
    for text, data in bodies:
        digest.update(b"%d %d " % (len(text), -1 if data is None else len(data)))
        digest.update(text + (data or b""))
    return ObjectGroup(digest.hexdigest(), tuple(bodies))


def _body(thing: pikepdf.Object, refer: Refer) -> ObjectBody:
    import pikepdf

    if not isinstance(thing, pikepdf.Stream):
        return ObjectBody(_referred(thing.unparse(resolved=True), refer))
    entries = _LENGTH.sub(b"", thing.stream_dict.unparse(resolved=True), count=1)
    return ObjectBody(_referred(entries, refer), thing.read_raw_bytes())


def _referred(text: bytes, refer: Refer) -> bytes:
    """Return an object's text with other references; what is in strings is none."""
    return _REFERENCE.sub(
        lambda found: refer((int(found[1]), int(found[2]))) if found[1] else found[0], text
    )


class WrittenFile:
    """A file on its way: objects by their numbers, and where each will stand."""

    def __init__(self) -> None:
        """Begin with none."""
        self._bodies: list[ObjectBody | None] = []  # object 1 is the first
        self._streams: dict[tuple[bytes, bytes], int] = {}
        self._groups: dict[str, int] = {}
        self._taken: dict[tuple[int, ObjectKey], int] = {}  # by the file that has it

    def number(self) -> int:
        """Return the number of an object that is put later."""
        self._bodies.append(None)
        return len(self._bodies)

    def put(self, text: bytes, number: int | None = None) -> int:
        """Put an object that is no stream; return its number."""
        return self._put(ObjectBody(text), number)

    def _put(self, body: ObjectBody, number: int | None = None) -> int:
        number = number or self.number()
        self._bodies[number - 1] = body
        return number

    def stream(self, entries: bytes, data: bytes) -> int:
        """Put a stream, once for all that are the same; it is packed where that makes it less."""
        if (entries, data) not in self._streams:
            self._streams[entries, data] = self._put(_stream(entries, data))
        return self._streams[entries, data]

    def raw_stream(self, text: bytes, data: bytes) -> int:
        """Put a stream as it is, once: its dictionary without its length, and its bytes."""
        if (text, data) not in self._streams:
            self._streams[text, data] = self._put(ObjectBody(text, data))
        return self._streams[text, data]

    def group(self, group: ObjectGroup) -> int:
        """Put the objects of a group, once; return the number of the first."""
        if group.key not in self._groups:
            numbers = [self.number() for _ in group.bodies]

            def refer(found: re.Match[bytes]) -> bytes:
                return b"%d 0 R" % numbers[int(found[1])]

            for number, (text, data) in zip(numbers, group.bodies, strict=True):
                self._put(ObjectBody(_MARK.sub(refer, text), data), number)
            self._groups[group.key] = numbers[0]
        return self._groups[group.key]

    def text_of(self, thing: pikepdf.Object, file: pikepdf.Pdf) -> bytes:
        """Return a file's object as it is written here; what it leads to is taken along, once."""
        left: list[tuple[ObjectKey, int]] = []

        def refer(key: ObjectKey) -> bytes:
            known = (id(file), key)
            if known not in self._taken:
                self._taken[known] = self.number()
                left.append((key, self._taken[known]))
            return b"%d 0 R" % self._taken[known]

        is_direct = not thing.is_indirect
        text = _referred(thing.unparse(), refer) if is_direct else refer(thing.objgen)
        while left:
            key, number = left.pop()
            self._put(_body(file.get_object(key), refer), number)
        return text

    def finished(self, catalog: int, info: bytes) -> bytes:
        """Return the file; `info` refers to its Info, and is empty where it has none.

        Objects that are no streams lie in some that are packed (ISO 32000-2 §7.5.7).
        """
        plain = [n for n, body in enumerate(self._bodies, 1) if body and body.data is None]
        holders: dict[int, tuple[int, int]] = {}
        for start in range(0, len(plain), _TOGETHER):
            together = plain[start : start + _TOGETHER]
            holder = self._held(together)
            holders |= {number: (holder, place) for place, number in enumerate(together)}
        parts, rows, at = [_HEAD], [_ROW.pack(0, 0, 0xFFFF)], len(_HEAD)
        for number, body in enumerate(self._bodies, 1):
            if number in holders:
                rows.append(_ROW.pack(2, *holders[number]))
                continue
            rows.append(_ROW.pack(1, at, 0))
            parts.append(_written(number, body))
            at += len(parts[-1])
        return b"".join([*parts, self._table(at, rows, catalog, info, parts)])

    def _held(self, numbers: Sequence[int]) -> int:
        """Put a stream that holds other objects; return its number."""
        heads, texts, at = [], [], 0
        for number in numbers:
            body = self._bodies[number - 1]
            text = body.text if body else b""
            heads.append(b"%d %d " % (number, at))
            texts.append(text + b"\n")
            at += len(text) + 1
        head = b"".join(heads)
        entries = b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(head))
        return self.stream(entries, head + b"".join(texts))

    def _table(
        self, at: int, rows: list[bytes], catalog: int, info: bytes, parts: Sequence[bytes]
    ) -> bytes:
        """Return the table of where objects stand, and the file's foot (§7.5.8)."""
        number = len(self._bodies) + 1
        rows.append(_ROW.pack(1, at, 0))
        digest = hashlib.sha256()
        for part in parts:
            digest.update(part)
        identity = digest.hexdigest()[:32].encode()
        said = b"/Info %b" % info if info else b""
        text = b"<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R%b/ID[<%b><%b>]/Filter/FlateDecode>>" % (
            number + 1,
            catalog,
            said,
            identity,
            identity,
        )
        table = ObjectBody(text, zlib.compress(b"".join(rows), 6))
        return _written(number, table) + b"startxref\n%d\n%%%%EOF\n" % at


def _stream(entries: bytes, data: bytes) -> ObjectBody:
    if len(data) < _SMALL:
        return ObjectBody(b"<<%b>>" % entries, data)
    return ObjectBody(b"<<%b/Filter/FlateDecode>>" % entries, zlib.compress(data, 6))


_HEAD = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"  # the second line says that bytes follow (§7.5.2)


def _written(number: int, body: ObjectBody | None) -> bytes:
    """Return a stream as it stands in the file; raise ValueError for one that was never put."""
    if body is None or body.data is None or not body.text.endswith(b">>"):
        raise ValueError(f"object {number} is none")
    entries = body.text[:-2]
    return b"%d 0 obj\n%b/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (
        number, entries, len(body.data), body.data,
    )  # fmt: skip
