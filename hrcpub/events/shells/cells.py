"""Captions, pictures and finished copies to cells of a contact sheet: imprints as files have them.

A cell is a form, whose things stand at its head; `layered` puts it where it belongs. An imprint is
taken out of the copy that was made, as a form, and drawn over a picture of the piece, which all
sites share. So it is as sharp as in print, and no page is drawn to pixels for each site.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.events.shells.problems import copy_broken
from hrcpub.events.shells.shell_template import FORM
from hrcpub.events.shells.written_file import ObjectGroup, WrittenFile, object_group
from hrcpub.patterns import pattern
from hrcpub.problems import HrcpubError
from hrcpub.units import Size, pdf_number, pdf_numbers

if TYPE_CHECKING:
    import pikepdf

_DRAWN = pattern(rb"q ([-\d. ]+) cm /Imprint Do Q")
_COLUMNS = struct.Struct(">IIBB")  # of a PNG's head: width, height, bits, kind of colour
_GREY, _COLOUR, _PALETTE = 0, 2, 3
_CLOSE = 0.5  # points
_OUTLINE = "0.5 w 0 G"  # around a picture

NamedGroup = tuple[str, ObjectGroup]  # what operators call a font or a picture, and its objects


class CopyImprint(NamedTuple):
    """Where a finished copy has its imprint, and where that lies on the picture of its place."""

    path: Path
    page: int  # 1-based
    corner: tuple[float, float]  # points from the picture's lower left, in print
    sha256: str = ""  # of the copy; empty: it is not known

    @property
    def key(self) -> str:
        """What tells this imprint from all others; empty where that is not known."""
        return f"{self.sha256} {self.page}" if self.sha256 else ""


class CopyForm(NamedTuple):
    """A copy's imprint, taken out of its file."""

    drawn: bytes
    box: bytes
    states: bytes  # of graphics, by their names
    fonts: tuple[NamedGroup, ...]
    pictures: tuple[NamedGroup, ...]


class CellForm(NamedTuple):
    """A cell: a caption, a picture at its head, and an imprint over that."""

    sheet: Size
    caption: bytes
    fonts: tuple[NamedGroup, ...] = ()  # of the caption
    png: bytes = b""  # opaque, and not interlaced: as `thumbnail` makes it; empty: none
    shown: Size = Size(0.0, 0.0)  # how large the picture is
    scale: float = 1.0  # of what is shown to what is printed
    corner: tuple[float, float] = (0.0, 0.0)  # of the imprint, as `CopyImprint` has it
    copy: CopyForm | None = None  # None: the picture has it

    @property
    def drawn(self) -> bytes:
        """What the cell draws: the picture's outline lies over the imprint."""
        if not self.png:
            return self.caption
        high = self.sheet.height
        wide, tall = (pdf_number(length) for length in self.shown)
        foot = pdf_number(high - self.shown.height)
        parts = [f"q {wide} 0 0 {tall} 0 {foot} cm /Paper Do Q"]
        if self.copy:
            x, y = (length * self.scale for length in self.corner)
            scale = pdf_number(self.scale, 6)
            at = f"{pdf_number(x)} {pdf_number(high - self.shown.height + y)}"
            parts.append(f"q {scale} 0 0 {scale} {at} cm /Copy Do Q")
        parts.append(f"q {_OUTLINE} 0 {foot} {wide} {tall} re S Q")
        return "\n".join(parts).encode() + b"\n" + self.caption


def imprint_corner(
    path: Path, page: int, box: tuple[float, float, float, float]
) -> tuple[float, float] | None:
    """Return where an upright imprint lies in a part of a copy's page; None where none is.

    `box` is left, top, right and foot in points from the upper left corner of the page's trim; the
    answer counts from its lower left corner.
    """
    import pikepdf

    try:
        with pikepdf.open(path) as file:
            shown = file.pages[page - 1]
            left, _, _, head = (float(edge) for edge in shown.trimbox.as_list())
            shown.contents_coalesce()
            drawn = shown.obj["/Contents"].read_bytes()
    except (OSError, pikepdf.PdfError, IndexError, KeyError, TypeError) as error:
        raise HrcpubError(copy_broken(str(error))) from None
    for found in _DRAWN.findall(drawn):
        *turn, x, y = map(float, found.split())
        right, up = x - left - box[0], y - (head - box[3])
        inside = -_CLOSE <= right < box[2] - box[0] and -_CLOSE <= up < box[3] - box[1]
        if turn == [1.0, 0.0, 0.0, 1.0] and inside:
            return right, up
    return None


def copied_imprint(imprint: CopyImprint) -> CopyForm:
    """Return the imprint of a finished copy; raise HrcpubError when that cannot be read."""
    import pikepdf

    try:
        with pikepdf.open(imprint.path, inherit_page_attributes=False) as file:
            form = file.pages[imprint.page - 1].obj["/Resources"]["/XObject"][FORM]
            resources = form["/Resources"]
            states = resources.get("/ExtGState")
            return CopyForm(
                form.read_bytes(),
                form["/BBox"].unparse(resolved=True),
                states.unparse(resolved=True) if states is not None else b"",
                tuple(_groups(resources, "/Font", file)),
                tuple(_groups(resources, "/XObject", file)),
            )
    except (
        OSError, pikepdf.PdfError, IndexError, KeyError, TypeError, ValueError, AttributeError,
    ) as error:  # fmt: skip
        raise HrcpubError(copy_broken(str(error))) from None


def _groups(resources: pikepdf.Object, kind: str, file: pikepdf.Pdf) -> Iterator[NamedGroup]:
    for name, thing in resources[kind].items() if kind in resources else ():
        yield name.removeprefix("/"), object_group(thing, file)


def put_cell(file: WrittenFile, cell: CellForm) -> tuple[int, bytes]:
    """Put a cell into a file as a form; return its number, and what it draws."""
    resources = b"/Font<<%b>>" % _put_groups(file, cell.fonts)
    things = b""
    if cell.png:
        things += b"/Paper %d 0 R" % file.raw_stream(*_image(cell.png))
    if cell.copy:
        things += b"/Copy %d 0 R" % _put_copy(file, cell.copy)
    resources += b"/XObject<<%b>>" % things
    box = pdf_numbers((0.0, 0.0, *cell.sheet)).encode()
    entries = b"/Type/XObject/Subtype/Form/BBox[%b]/Resources<<%b>>" % (box, resources)
    drawn = cell.drawn
    return file.stream(entries, drawn), drawn


def _put_copy(file: WrittenFile, copy: CopyForm) -> int:
    resources = b"/ExtGState %b" % copy.states if copy.states else b""
    resources += b"/Font<<%b>>" % _put_groups(file, copy.fonts)
    if copy.pictures:
        resources += b"/XObject<<%b>>" % _put_groups(file, copy.pictures)
    entries = b"/Type/XObject/Subtype/Form/BBox%b/Resources<<%b>>" % (copy.box, resources)
    return file.stream(entries, copy.drawn)


def _put_groups(file: WrittenFile, groups: Sequence[NamedGroup]) -> bytes:
    return b"".join(b"/%b %d 0 R" % (name.encode(), file.group(group)) for name, group in groups)


@lru_cache(maxsize=4)
def _image(png: bytes) -> tuple[bytes, bytes]:
    """Return a PNG as a PDF's picture, its data as they are (ISO 32000-2 §7.4.4.4)."""
    chunks = list(_chunks(png))
    wide, high, bits, kind = _COLUMNS.unpack_from(chunks[0][1])
    if kind not in (_GREY, _COLOUR, _PALETTE):
        raise ValueError("a picture must be opaque")
    colours = 3 if kind == _COLOUR else 1
    space = b"/DeviceRGB" if kind == _COLOUR else b"/DeviceGray"
    if kind == _PALETTE:
        palette = next(data for name, data in chunks if name == b"PLTE")
        last = len(palette) // 3 - 1
        space = b"[/Indexed/DeviceRGB %d<%b>]" % (last, palette.hex().encode())
    data = b"".join(data for name, data in chunks if name == b"IDAT")
    text = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace %b"
        b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/BitsPerComponent %d/Columns %d"
        b">>>>" % (wide, high, bits, space, colours, bits, wide)
    )
    return text, data


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the names and data of a PNG's parts (PNG §5.3)."""
    at = 8
    while at + 12 <= len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        yield name, png[at + 8 : at + 8 + length]
        at += 12 + length
