"""A template's file to one with more in it: an incremental update (ISO 32000-2 §7.5.6).

New objects are appended, some in the place of others, and a table of where all these are. What two
sites' imprints share is written once.
"""

from __future__ import annotations

import hashlib
import struct
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

from hrcpub.events.shells.packing import pack
from hrcpub.events.shells.run_blocks import RunBlock
from hrcpub.events.shells.shell_template import ShellTemplate
from hrcpub.patterns import pattern
from hrcpub.units import Size, pdf_number

_IDS = pattern(rb"(<xmpMM:(?:DocumentID|InstanceID)>uuid:)[0-9a-f-]{36}")
_BOXES = pattern(rb"/(?:Media|Crop|Bleed|Trim)Box\s*\[[^\]]*\]")
_STATE = b"/ExtGState<</Overprint<</Type/ExtGState/OP true/op true/OPM 1>>>>"
_SMALL = 512  # bytes of a table: to pack less saves 60 of them, and takes half a copy's time

# A font's name in the operators, a key that tells fonts apart, and what makes its objects' bodies
# from the number of the first.
ImprintFormFont = tuple[str, object, Callable[[int], list[bytes]]]


class LogoImage(NamedTuple):
    """A picture as a PDF holds it: the entries of its stream, and its bytes."""

    entries: bytes
    data: bytes


@dataclass(frozen=True)
class ImprintForm:
    """What one site's imprint adds to a piece."""

    operators: bytes
    fonts: tuple[ImprintFormFont, ...] = ()
    picture: LogoImage | None = None
    overprints: bool = False
    packed: bytes = b""  # the operators as a file holds them; empty: packed when they are written

    @cached_property
    def digest(self) -> bytes:
        """Return what tells this imprint from others."""
        digest = hashlib.sha256(self.operators)
        for name, key, _ in self.fonts:
            digest.update(f"{name} {key}".encode())
        if self.picture:
            digest.update(self.picture.entries + self.picture.data)
        return digest.digest()


class SeparatorPage(NamedTuple):
    """A page between one site's pieces and the next one's: what it draws, and its fonts."""

    operators: bytes
    fonts: tuple[ImprintFormFont, ...]


class GatheredCopy(NamedTuple):
    """One site's copy in a file of all: its imprint, the page before it, how often it is there."""

    imprint: ImprintForm
    separator: SeparatorPage | None = None
    times: int = 1


@dataclass(slots=True)
class CopyUpdate:
    """What is appended to a template's file: new objects, and some in the place of others."""

    template: ShellTemplate
    at: int = 0  # where the next object will stand in the file
    next: int = 0
    parts: list[bytes] = field(default_factory=list)
    places: dict[int, int] = field(default_factory=dict)
    names: dict[object, str] = field(default_factory=dict)  # of fonts and pictures: digests
    known: dict[str, int] = field(default_factory=dict)  # the numbers of those that are there
    used: dict[str, int] = field(default_factory=dict)  # those of the block that is written

    def __post_init__(self) -> None:
        self.at = self.at or len(self.template.base)
        self.next = self.next or self.template.free

    def continued(self) -> CopyUpdate:
        """Return another update that goes on where this one is."""
        return CopyUpdate(
            self.template,
            self.at,
            self.next,
            [],
            self.places.copy(),
            self.names.copy(),
            self.known.copy(),
        )

    def number(self) -> int:
        """Return the number of an object that is new."""
        self.next += 1
        return self.next - 1

    def put(self, number: int, body: bytes) -> int:
        """Write an object's body under a number."""
        text = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        self.places[number] = self.at
        self.at += len(text)
        self.parts.append(text)
        return number

    def stream(self, number: int, entries: bytes, data: bytes) -> int:
        """Write a stream under a number."""
        return self.put(
            number, b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)
        )

    def block(self, key: str, copy: GatheredCopy) -> RunBlock:
        """Write a copy of a run; return what it consists of."""
        first, start = self.next, self.at
        self.used.clear()
        pages = []
        if copy.separator:
            # On both sides where pieces have two: else each piece would begin on a separator's
            # back.
            sides = 1 + (len(self.template.pages) % 2 == 0)
            pages += [self.separator(copy.separator) for _ in range(sides)]
        form = self.form(copy.imprint, self.number())
        bodies = self.pages(form)
        for _ in range(copy.times):
            pages += [self.put(self.number(), body) for body in bodies]
        return RunBlock(
            key,
            first,
            start,
            self.at - start,
            form,
            copy.imprint.digest.hex(),
            tuple(self.places[number] - start for number in range(first, self.next)),
            tuple(pages),
            {name: number for name, number in self.used.items() if number < first},
            {name: number for name, number in self.used.items() if number >= first},
        )

    def take(self, block: RunBlock) -> RunBlock:
        """Take a block of a former file for one of this, where its bytes come next."""
        for number, place in enumerate(block.places, block.first):
            self.places[number] = self.at + place
        moved = block._replace(start=self.at)
        self.at += block.size
        self.next += len(block.places)
        self.known |= block.brings
        return moved

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        text = b"".join(self.parts)
        self.parts.clear()
        return text

    def form(self, imprint: ImprintForm, number: int) -> int:
        """Write an imprint's form under a number, with what it needs."""
        resources = self.fonts(imprint.fonts)
        if imprint.overprints:
            resources += _STATE
        if imprint.picture:
            resources += b"/XObject<</Logo %d 0 R>>" % self._picture(imprint.picture)
        return self.stream(
            number,
            b"/Type/XObject/Subtype/Form/BBox[%b]/Resources<<%b>>/Filter/FlateDecode"
            % (_box(self.template.area.size), resources),
            imprint.packed or pack(imprint.operators),
        )

    def fonts(self, fonts: tuple[ImprintFormFont, ...]) -> bytes:
        """Write fonts that are not there yet; return how resources name them."""
        entries = []
        for name, key, make in fonts:
            number = self._shared(key, partial(_font_said, key), partial(self._font, make))
            entries.append(b"/%b %d 0 R" % (name.encode(), number))
        return b"/Font<<%b>>" % b"".join(entries) if entries else b""

    def _font(self, make: Callable[[int], list[bytes]]) -> int:
        first = self.next
        for body in make(first):
            self.put(self.number(), body)
        return first

    def _picture(self, picture: LogoImage) -> int:
        entries = b"/Type/XObject/Subtype/Image" + picture.entries
        return self._shared(
            picture,
            lambda: b"picture " + entries + picture.data,
            lambda: self.stream(self.number(), entries, picture.data),
        )

    def _shared(self, key: object, said: Callable[[], bytes], write: Callable[[], int]) -> int:
        """Return the number of what several imprints draw, written where it is not there yet."""
        name = self.names.get(key)
        if name is None:
            name = self.names[key] = hashlib.sha256(said()).hexdigest()
        number = self.known.get(name)
        if number is None:
            number = self.known[name] = write()
        self.used[name] = number
        return number

    def pages(self, form: int) -> list[bytes]:
        """Return a copy's pages, with another form in the place of the template's."""
        empty, own = b"/Imprint %d 0 R" % self.template.form, b"/Imprint %d 0 R" % form
        return [page.replace(empty, own) for page in self.template.pages]

    def separator(self, separator: SeparatorPage) -> int:
        """Write a page as large as the first one that has nothing but a separator's words."""
        resources = self.fonts(separator.fonts)
        contents = self.stream(self.number(), b"/Filter/FlateDecode", pack(separator.operators))
        boxes = b" ".join(_BOXES.findall(self.template.pages[0]))
        return self.put(
            self.number(),
            b"<</Type/Page/Parent %d 0 R %b/Contents %d 0 R/Resources<<%b>>>>"
            % (self.template.tree, boxes, contents, resources),
        )

    def finish(self, digest: bytes) -> bytes:
        """Write the XMP and the table; return what was written since last time.

        The file is another document than its template, and says so: its XMP has identifiers of
        its own. Of the trailer's two, the first stays through all updates (ISO 32000-2 §14.4).
        """
        template = self.template
        identity = hashlib.sha256(template.digest.encode() + digest).digest()
        if template.xmp:
            xmp = identified(template.xmp, identity)
            self.stream(template.metadata, b"/Type/Metadata/Subtype/XML", xmp)
        return self.taken() + self._table(identity[:16])

    def _table(self, identity: bytes) -> bytes:
        """Return the cross-reference stream, which is the trailer too, and the file's foot."""
        template, number, start = self.template, self.number(), self.at
        self.places[number] = start
        replaced = sorted(place for place in self.places if place < template.free)
        new = range(template.free, number + 1)
        data = _places([self.places[place] for place in (*replaced, *new)])
        index = b"".join(b"%d 1 " % place for place in replaced)
        info = b"/Info %d 0 R" % template.info if template.info else b""
        entries = (
            b"/Type/XRef/Size %d/Index[%b%d %d]/W[1 4 1]/Prev %d/Root %d 0 R%b/ID[<%b><%b>]"
        ) % (
            number + 1, index, new.start, len(new), template.table, template.catalog, info,
            template.identifier.hex().encode(), identity.hex().encode(),
        )  # fmt: skip
        if len(data) > _SMALL:
            entries, data = entries + b"/Filter/FlateDecode", zlib.compress(data, 6)
        self.stream(number, entries, data)
        return self.taken() + b"startxref\n%d\n%%%%EOF\n" % start


def _places(places: list[int]) -> bytes:
    """Return a table's entries of objects at some places: kind, offset, generation."""
    fields = [1, 0, 0] * len(places)
    fields[1::3] = places
    return struct.pack(">" + "BIB" * len(places), *fields)  # /W [1 4 1]


def _font_said(key: object) -> bytes:
    return f"font {key!r}".encode()


def identified(xmp: bytes, identity: bytes) -> bytes:
    """Return XMP with the identifiers of another document (RFC 9562, version 5)."""
    first, second = (
        str(uuid.UUID(bytes=half, version=5)).encode() for half in (identity[:16], identity[16:])
    )
    parts = _around_identifiers(xmp)
    values = (b"", first, second, *[first] * (len(parts) - 3))
    return b"".join([text for pair in zip(values, parts, strict=False) for text in pair])


@lru_cache(maxsize=64)  # the templates of an event
def _around_identifiers(xmp: bytes) -> tuple[bytes, ...]:
    """Return what stands before, between and behind the identifiers of XMP."""
    begun, parts = 0, []
    for match in _IDS.finditer(xmp):
        parts.append(xmp[begun : match.end(1)])
        begun = match.end()
    return (*parts, xmp[begun:])


def _box(area: Size) -> bytes:
    return f"0 0 {pdf_number(area.width)} {pdf_number(area.height)}".encode()
