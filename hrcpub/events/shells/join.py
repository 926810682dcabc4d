"""A `ShellTemplate` and what an imprint draws to files: one piece, or all sites' pieces in one.

Nothing is laid out, parsed or packed again: the shared bytes, then the site's own objects, then
the table of where everything is (ISO 32000-2 §7.5.8). Thousands of sites take no more memory than
one, and what two sites share is written once.
"""

from __future__ import annotations

import hashlib
import re
import struct
import uuid
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

from hrcpub.events.shells.shell_template import ShellTemplate
from hrcpub.pipeline.stages import Pdf
from hrcpub.units import Size

_IDS = re.compile(rb"(<xmpMM:(?:DocumentID|InstanceID)>uuid:)[0-9a-f-]{36}")
_STATE = b"/ExtGState<</Overprint<</Type/ExtGState/OP true/op true/OPM 1>>>>"
_FIELDS = struct.Struct(">BIH")  # kind, offset or object stream, index: /W [1 4 2]


# A font's name in the operators, a key that tells fonts apart, and what makes its objects' bodies
# from the number of the first.
ImprintFormFont = tuple[str, object, Callable[[int], list[bytes]]]


class LogoImage(NamedTuple):
    """A picture as a PDF holds it: the entries of its stream, and its bytes."""

    entries: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class ImprintForm:
    """What one site's imprint adds to a piece."""

    operators: bytes
    fonts: tuple[ImprintFormFont, ...] = ()
    picture: LogoImage | None = None
    overprints: bool = False
    packed: bytes = b""  # the operators as a file holds them; empty: packed when they are written

    @property
    def digest(self) -> bytes:
        """Return what tells this imprint from others."""
        found = hashlib.sha256(self.operators)
        for name, key, _ in self.fonts:
            found.update(f"{name} {key}".encode())
        if self.picture:
            found.update(self.picture.entries + self.picture.data)
        return found.digest()


class SeparatorPage(NamedTuple):
    """A page that parts one site's pieces from the next one's: what it draws, and its size."""

    operators: bytes
    fonts: tuple[ImprintFormFont, ...]


def pack(operators: bytes) -> bytes:
    """Return operators as a file holds them."""
    return zlib.compress(operators, 6)


def join(kit: ShellTemplate, mark: ImprintForm) -> Pdf:
    """Return one site's copy of a piece."""
    tail = _Tail(kit)
    form = tail.form(mark)
    tail.pages(kit, form)
    return Pdf(kit.head + tail.finish(mark.digest))


def gather(
    kit: ShellTemplate,
    marks: Iterable[tuple[ImprintForm, SeparatorPage | None]],
    file: BinaryIO,
    seed: bytes = b"",
) -> int:
    """Write all sites' copies into one file, in their order; return how many pages it has.

    Each copy may come behind a slip. `seed` makes the file's identifier its own.
    """
    tail = _Tail(kit)
    digest = hashlib.sha256(seed)
    file.write(kit.head)
    for mark, slip in marks:
        if slip:
            # On both sides where pieces have two: else each piece would begin on a slip's back.
            for _ in range(1 + (len(kit.pages) % 2 == 0)):
                tail.slip(kit, slip)
        tail.pages(kit, tail.form(mark))
        digest.update(mark.digest)
        file.write(tail.taken())
    file.write(tail.finish(digest.digest()))
    return len(tail.kids)


@dataclass(slots=True)
class _Tail:
    """What comes after a kit's shared bytes."""

    kit: ShellTemplate
    at: int = 0  # where the next object will stand in the file
    next: int = 0
    parts: list[bytes] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    kids: list[int] = field(default_factory=list)
    known: dict[object, int] = field(default_factory=dict)  # what was written once for all

    def __post_init__(self) -> None:
        self.at, self.next = len(self.kit.head), self.kit.free

    def number(self) -> int:
        self.next += 1
        return self.next - 1

    def put(self, number: int, body: bytes) -> int:
        """Write an object's body under a number."""
        text = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self.places[number] = self.at
        self.at += len(text)
        self.parts.append(text)
        return number

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        text = b"".join(self.parts)
        self.parts.clear()
        return text

    def form(self, mark: ImprintForm) -> int:
        """Write an imprint's form with what it needs; return its number."""
        fonts = self._fonts(mark.fonts)
        resources = b"/Font<<%b>>" % fonts if fonts else b""
        if mark.overprints:
            resources += _STATE
        if mark.picture:
            resources += b"/XObject<</Logo %d 0 R>>" % self._picture(mark.picture)
        box = _box(self.kit.area)
        data = mark.packed or pack(mark.operators)
        return self.put(
            self.number(),
            b"<</Type/XObject/Subtype/Form/BBox[%b]/Resources<<%b>>/Filter/FlateDecode/Length %d>>"
            b"\nstream\n%b\nendstream" % (box, resources, len(data), data),
        )

    def _fonts(self, fonts: tuple[ImprintFormFont, ...]) -> bytes:
        entries = []
        for name, key, make in fonts:
            if key not in self.known:
                first = self.next
                for body in make(first):
                    self.put(self.number(), body)
                self.known[key] = first
            entries.append(b"/%b %d 0 R" % (name.encode(), self.known[key]))
        return b"".join(entries)

    def _picture(self, picture: LogoImage) -> int:
        if picture not in self.known:
            self.known[picture] = self.put(
                self.number(),
                b"<</Type/XObject/Subtype/Image%b/Length %d>>\nstream\n%b\nendstream"
                % (picture.entries, len(picture.data), picture.data),
            )
        return self.known[picture]

    def pages(self, kit: ShellTemplate, form: int) -> None:
        """Write one copy's pages."""
        for page in kit.pages:
            entries = page.replace(b"%FORM%", b"%d" % form)
            body = b"<</Parent %d 0 R %b>>" % (kit.tree, entries)
            self.kids.append(self.put(self.number(), body))

    def slip(self, kit: ShellTemplate, slip: SeparatorPage) -> None:
        """Write a page as large as the first one that has nothing but a slip's words."""
        fonts = self._fonts(slip.fonts)
        data = pack(slip.operators)
        contents = self.put(
            self.number(),
            b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(data), data),
        )
        boxes = b" ".join(re.findall(rb"/(?:Media|Crop|Bleed|Trim)Box\s*\[[^\]]*\]", kit.pages[0]))
        body = b"<</Parent %d 0 R/Type/Page %b/Contents %d 0 R/Resources<</Font<<%b>>>>>>" % (
            kit.tree, boxes, contents, fonts,
        )  # fmt: skip
        self.kids.append(self.put(self.number(), body))

    def finish(self, digest: bytes) -> bytes:
        """Write the page tree, the XMP and the table; return what was written since last time."""
        kit = self.kit
        kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
        self.put(kit.tree, b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(self.kids), kids))
        identity = hashlib.sha256(kit.digest.encode() + digest).digest()
        if kit.xmp:
            xmp = _identified(kit.xmp, identity)
            self.put(
                kit.metadata,
                b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream"
                % (len(xmp), xmp),
            )
        return self.taken() + self._table(identity[:16].hex().encode())

    def _table(self, identity: bytes) -> bytes:
        """Return the cross-reference stream, which is the trailer too, and the file's foot."""
        kit, number, start = self.kit, self.next, self.at
        entries = bytearray(_FIELDS.size * (number + 1))
        _FIELDS.pack_into(entries, 0, 0, 0, 65535)
        for known, place in kit.places.items():
            _FIELDS.pack_into(entries, known * _FIELDS.size, *place)
        for known, offset in (*self.places.items(), (number, start)):
            _FIELDS.pack_into(entries, known * _FIELDS.size, 1, offset, 0)
        data = zlib.compress(bytes(entries), 6)
        info = b"/Info %d 0 R" % kit.info if kit.info else b""
        return (
            b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R%b/ID[<%b><%b>]"
            b"/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream\nendobj\n"
            b"startxref\n%d\n%%%%EOF\n"
            % (number, number + 1, kit.catalog, info, identity, identity, len(data), data, start)
        )


def _identified(xmp: bytes, identity: bytes) -> bytes:
    """Return XMP with the identifiers of another document (RFC 9562, version 5)."""
    values = iter((identity[:16], identity[16:]))
    return _IDS.sub(
        lambda found: (
            found[1] + str(uuid.UUID(bytes=next(values, identity[:16]), version=5)).encode()
        ),
        xmp,
    )


def _box(area: Size) -> bytes:
    return f"0 0 {area.width:.4f} {area.height:.4f}".encode()
