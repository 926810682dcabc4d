"""A finished piece to a `ShellTemplate`: all that the sites' copies share, ready to be written.

An imprint is drawn by a Form XObject of its own, on top of a page; so a site's copy is the shared
bytes, that one object, and a new table of where objects are. Only what is opened here is parsed,
once a piece.
"""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcpub.events.shells.problems import stock_unreadable
from hrcpub.problems import HrcpubError
from hrcpub.units import Matrix, Size

if TYPE_CHECKING:
    import pikepdf

FORM = "/Imprint"
PACKED = 200  # objects in one object stream: a viewer unpacks that many to read one


class ImprintSpot(NamedTuple):
    """Where an imprint is drawn: on which page, and how it comes to lie there.

    `matrix` turns points of the imprint's area, counted from its lower left corner, into points
    counted from the lower left corner of the page's trim (of the sheet, where pages are sheets).
    """

    page: int  # 1-based
    matrix: Matrix


@dataclass(frozen=True, slots=True)
class ShellTemplate:
    """What all copies of a piece share.

    `head` begins a file with all shared objects; `places` says where each of them is: kind 1 and
    an offset, or kind 2, an object stream and the index in it. Object numbers from `free` on are
    for what comes in; `pages` are the pages' entries, but for their parent, with `%FORM%` where
    the number of the imprint's form stands.
    """

    head: bytes
    places: dict[int, tuple[int, int, int]]
    pages: tuple[bytes, ...]
    tree: int  # numbers of the page tree's root, the XMP, the catalog, Info
    metadata: int
    catalog: int
    info: int
    xmp: bytes  # empty where the piece has none
    free: int
    area: Size
    size: float  # that the imprint's text is to have where there is room
    label: float  # at the area's head, where words stand at the left already
    trim: tuple[float, float, float, float]  # of the first page: left, foot, right, top
    is_inked: bool
    digest: str

    def pack(self) -> bytes:
        """Return the kit as bytes, for the cache and for other machines."""
        fields = {
            "places": [[number, *place] for number, place in sorted(self.places.items())],
            "pages": [page.decode("latin-1") for page in self.pages],
            "tree": self.tree,
            "metadata": self.metadata,
            "catalog": self.catalog,
            "info": self.info,
            "xmp": self.xmp.decode("utf-8"),
            "free": self.free,
            "area": list(self.area),
            "size": self.size,
            "label": self.label,
            "trim": list(self.trim),
            "inked": self.is_inked,
            "digest": self.digest,
        }
        head = json.dumps(fields).encode()
        return struct.pack(">Q", len(head)) + head + self.head


def unpack(data: bytes) -> ShellTemplate:
    """Return the kit that `ShellTemplate.pack` wrote; raise ValueError when it is none."""
    try:
        length = struct.unpack_from(">Q", data)[0]
        fields = json.loads(data[8 : 8 + length])
        return ShellTemplate(
            head=data[8 + length :],
            places={
                number: (kind, where, index) for number, kind, where, index in fields["places"]
            },
            pages=tuple(page.encode("latin-1") for page in fields["pages"]),
            tree=fields["tree"],
            metadata=fields["metadata"],
            catalog=fields["catalog"],
            info=fields["info"],
            xmp=fields["xmp"].encode("utf-8"),
            free=fields["free"],
            area=Size(*fields["area"]),
            size=fields["size"],
            label=fields["label"],
            trim=tuple(fields["trim"]),
            is_inked=fields["inked"],
            digest=fields["digest"],
        )
    except (struct.error, KeyError, TypeError) as error:
        raise ValueError(str(error)) from None


def open_kit(
    pdf: bytes,
    spots: Sequence[ImprintSpot],
    area: Size,
    size: float,
    *,
    is_inked: bool,
    label: float = 0.0,
) -> ShellTemplate:
    """Return the kit of a finished piece whose imprint is drawn at `spots`.

    Raises HrcpubError when the file cannot be read: it is ours, so it was damaged since.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as source:
            _add_spots(source, spots)
            flat = io.BytesIO()
            source.save(
                flat,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                static_id=True,
                fix_metadata_version=False,
            )
        with pikepdf.open(flat) as source:
            made = _kit(source, hashlib.sha256(pdf).hexdigest(), area, is_inked)
            return replace(made, size=size, label=label)
    except (pikepdf.PdfError, KeyError, ValueError, TypeError) as error:
        raise HrcpubError(stock_unreadable(str(error))) from None


def _add_spots(source: pikepdf.Pdf, spots: Sequence[ImprintSpot]) -> None:
    """Draw the imprint over the pages' own contents, whatever state those leave behind."""
    import pikepdf

    # An object that stands for the form until there is one: its references are replaced.
    stand_in = source.make_indirect(pikepdf.Dictionary(Stands=pikepdf.Name("/ForImprint")))
    for number, page in enumerate(source.pages, 1):
        drawn = [_drawn(spot, page) for spot in spots if spot.page == number]
        if not drawn:
            continue
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(("\nQ\n" + "\n".join(drawn)).encode())
        resources = _copied(page.obj, "/Resources")
        forms = _copied(resources, "/XObject")
        forms[FORM] = stand_in
        resources["/XObject"] = forms
        page.obj["/Resources"] = resources


def _copied(thing: Any, name: str) -> pikepdf.Dictionary:
    """Return a dictionary's inner one, as the page's own: others may share what it had."""
    import pikepdf

    return pikepdf.Dictionary(thing[name]) if name in thing else pikepdf.Dictionary()


def _drawn(spot: ImprintSpot, page: pikepdf.Page) -> str:
    left, foot, _, _ = _trim(page)
    *turn, x, y = spot.matrix
    numbers = " ".join(f"{number:.4f}" for number in (*turn, x + left, y + foot))
    return f"q {numbers} cm {FORM} Do Q"


def _trim(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """Return a page's trim; a sheet that has none is all there is."""
    box: Any = page.obj["/TrimBox" if "/TrimBox" in page.obj else "/MediaBox"]
    return (float(box[0]), float(box[1]), float(box[2]), float(box[3]))


def _kit(source: pikepdf.Pdf, digest: str, area: Size, is_inked: bool) -> ShellTemplate:
    """Serialise a file's objects: streams one by one, the others packed together."""
    import pikepdf

    page_numbers = {page.obj.objgen[0] for page in source.pages}
    catalog = source.Root
    tree = catalog.Pages.objgen[0]
    xmp_object = catalog.get("/Metadata")
    metadata = xmp_object.objgen[0] if xmp_object is not None else 0
    writer = _Head(str(source.pdf_version))
    for thing in source.objects:
        number = thing.objgen[0]
        if number in page_numbers or number in (tree, metadata):
            continue
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/Stands") == "/ForImprint":
            continue
        if isinstance(thing, pikepdf.Stream):
            if thing.get("/Type") not in ("/ObjStm", "/XRef"):
                writer.stream(number, thing)
        else:
            writer.wait(number, thing.unparse(resolved=True))
    free = max(thing.objgen[0] for thing in source.objects) + 1
    free = writer.pack(free)
    info = source.trailer.get("/Info")
    return ShellTemplate(
        head=writer.bytes(),
        places=writer.places,
        pages=tuple(_page(page) for page in source.pages),
        tree=tree,
        metadata=metadata,
        catalog=catalog.objgen[0],
        info=info.objgen[0] if info is not None else 0,
        xmp=xmp_object.read_bytes() if xmp_object is not None else b"",
        free=free,
        area=area,
        size=0.0,
        label=0.0,
        trim=_trim(source.pages[0]),
        is_inked=is_inked,
        digest=digest,
    )


def _page(page: pikepdf.Page) -> bytes:
    """Return a page's entries but its parent; `%FORM%` is the form's number."""
    entries: list[bytes] = []
    for key in sorted(page.obj.keys()):
        if key == "/Parent":
            continue
        entries.append(key.encode() + b" " + _value(page.obj[key], key))
    return b" ".join(entries)


def _value(value: Any, key: str) -> bytes:
    if key == "/Resources":
        inner = [name.encode() + b" " + _value(value[name], name) for name in sorted(value.keys())]
        return b"<<" + b" ".join(inner) + b">>"
    if key == "/XObject" and FORM in value:
        inner = [
            name.encode() + b" " + (b"%FORM% 0 R" if name == FORM else _reference(value[name]))
            for name in sorted(value.keys())
        ]
        return b"<<" + b" ".join(inner) + b">>"
    return _reference(value)


def _reference(value: Any) -> bytes:
    """Return a value as it stands in its place: a reference where it is an object of its own."""
    if getattr(value, "is_indirect", False):
        return b"%d %d R" % value.objgen
    unparsed: bytes = value.unparse() if hasattr(value, "unparse") else _plain(value)
    return unparsed


def _plain(value: Any) -> bytes:
    import pikepdf

    made: bytes = pikepdf.Object.unparse(pikepdf.Array([value]))
    return made.strip()[1:-1].strip()


class _Head:
    """The beginning of a file, as it grows."""

    def __init__(self, version: str) -> None:
        version = max(version, "1.5")  # the first with object streams
        self._parts = [f"%PDF-{version}\n%".encode() + bytes([0xE2, 0xE3, 0xCF, 0xD3]) + b"\n"]
        self._at = len(self._parts[0])
        self.places: dict[int, tuple[int, int, int]] = {}
        self._waiting: list[tuple[int, bytes]] = []

    def stream(self, number: int, thing: pikepdf.Stream) -> None:
        """Write a stream as it is packed in its file."""
        raw = thing.read_raw_bytes()
        entries = b" ".join(
            key.encode() + b" " + _reference(thing.stream_dict[key])
            for key in sorted(thing.stream_dict.keys())
            if key != "/Length"
        )
        self._object(number, entries, raw)

    def _object(self, number: int, entries: bytes, data: bytes) -> None:
        self.places[number] = (1, self._at, 0)
        self._write(
            b"%d 0 obj\n<<%b /Length %d>>\nstream\n%b\nendstream\nendobj\n"
            % (number, entries, len(data), data)
        )

    def wait(self, number: int, body: bytes) -> None:
        """Take an object that is no stream, to be packed with others."""
        self._waiting.append((number, body))

    def pack(self, free: int) -> int:
        """Write what waits into object streams numbered from `free`; return the next number."""
        for start in range(0, len(self._waiting), PACKED):
            group = self._waiting[start : start + PACKED]
            offsets, bodies, at = [], [], 0
            for index, (number, body) in enumerate(group):
                self.places[number] = (2, free, index)
                offsets.append(f"{number} {at}")
                bodies.append(body)
                at += len(body) + 1
            first = " ".join(offsets).encode() + b"\n"
            data = zlib.compress(first + b"\n".join(bodies), 9)
            entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(group), len(first))
            self._object(free, entries, data)
            free += 1
        return free

    def _write(self, data: bytes) -> None:
        self._parts.append(data)
        self._at += len(data)

    def bytes(self) -> bytes:
        """Return all that was written."""
        return b"".join(self._parts)
