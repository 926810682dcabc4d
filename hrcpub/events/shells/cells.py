"""Captions, pictures and finished copies to cells of a contact sheet: imprints as files have them.

A cell is a page of its own, as large as a sheet, whose things stand at its head; `layered` puts it
where it belongs. An imprint is taken out of the copy that was made, as a form, and drawn over a
picture of the piece, which all sites share. So it is as sharp as in print, and no page is drawn to
pixels for each site.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import struct
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.events.shells.problems import copy_broken
from hrcpub.events.shells.shell_template import FORM
from hrcpub.events.shells.written_update import add_parts
from hrcpub.pipeline.stages import Pdf
from hrcpub.problems import HrcpubError
from hrcpub.units import Size, pdf_number

if TYPE_CHECKING:
    import pikepdf

_STAMP = re.compile(rb"/(S\d+) Do")
_DRAWN = re.compile(rb"q ([-\d. ]+) cm /Imprint Do Q")
_COLUMNS = struct.Struct(">IIBB")  # of a PNG's head: width, height, bits, kind of colour
_GREY, _COLOUR, _PALETTE = 0, 2, 3
_CLOSE = 0.5  # points
_OUTLINE = "0.5 w 0 G"  # around a picture


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


class CopyCell(NamedTuple):
    """A picture, how large it is shown, and the copy whose imprint is drawn over it."""

    png: bytes  # opaque, and not interlaced: as `thumbnail` makes it
    size: Size
    scale: float = 1.0  # of what is shown to what is printed
    imprint: CopyImprint | None = None  # None: the picture has it


class CellPages(NamedTuple):
    """Cells, each a page, and what each copy's imprint draws in them."""

    pdf: Pdf
    drawn: tuple[bytes, ...]


class FormerCells:
    """The cells of an earlier contact sheet: of a copy that is as it was, the imprint is there."""

    def __init__(self, pdf: Pdf, keys: Sequence[str]) -> None:
        """Take its cells, each a page, and the keys of their imprints."""
        self.pdf = pdf
        self.pages = {key: page for page, key in enumerate(keys) if key}


def packed_cells(pages: CellPages, cells: Sequence[CopyCell]) -> bytes:
    """Return what is to be kept of cells that were filled."""
    keys = [cell.imprint.key if cell.imprint else "" for cell in cells]
    return json.dumps(keys).encode() + b"\n" + pages.pdf


def former_cells(kept: bytes) -> FormerCells | None:
    """Return the cells that `packed_cells` has kept; None where there are none."""
    head, _, pdf = kept.partition(b"\n")
    try:
        keys = json.loads(head)
    except (ValueError, RecursionError):
        return None
    is_list = isinstance(keys, list) and all(isinstance(key, str) for key in keys)
    return FormerCells(Pdf(pdf), keys) if is_list else None


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


def cell_pages(
    captions: Pdf, cells: Sequence[CopyCell], former: FormerCells | None = None
) -> CellPages:
    """Return captions, each on a page, the first ones with cells' pictures and imprints.

    Copies of which `former` cells have the imprint are not opened. Raises HrcpubError when a copy
    cannot be read.
    """
    import pikepdf

    file = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(captions)) as target:
            filled = _Cells(target, former)
            pages = list(target.pages)[: len(cells)]  # captions without a picture follow
            drawn = [filled.fill(*one) for one in zip(pages, cells, strict=True)]
            target.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    except (OSError, pikepdf.PdfError, KeyError, TypeError, ValueError) as error:
        raise HrcpubError(copy_broken(str(error))) from None
    return CellPages(Pdf(file.getvalue()), tuple(one for one in drawn if one is not None))


def verify_cells(pdf: Pdf, drawn: Sequence[bytes]) -> None:
    """Read a contact sheet again; raise HrcpubError unless its imprints draw this, in order."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as file:
            found = [form.read_bytes() for page in file.pages for form in _copies(page)]
    except (pikepdf.PdfError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise HrcpubError(copy_broken(str(error))) from None
    if found != list(drawn):
        raise HrcpubError(copy_broken("a contact sheet does not show its copies' imprints"))


def _copies(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """Yield the imprints that a page's stamps draw, in their order."""
    for name in _STAMP.findall(page.obj["/Contents"].read_bytes()):
        cell = page.obj["/Resources"]["/XObject"][f"/{name.decode()}"]
        inner = cell["/Resources"]
        if "/XObject" in inner and "/Copy" in inner["/XObject"]:
            yield inner["/XObject"]["/Copy"]


class _Cells:
    """A file that is filled with cells; what they share is in it once."""

    def __init__(self, target: pikepdf.Pdf, former: FormerCells | None) -> None:
        import pikepdf

        self.target = target
        self._shared: dict[object, pikepdf.Object] = {}  # pictures, fonts and logos
        self._pages = former.pages if former else {}
        self._former = pikepdf.open(io.BytesIO(former.pdf)) if former else None
        self._taken: dict[tuple[int, int], pikepdf.Object] = {}  # by the former file's numbers

    def fill(self, page: pikepdf.Page, cell: CopyCell) -> bytes | None:
        """Draw a cell at the head of its page; return what its imprint draws."""
        high = float(page.mediabox[3])
        wide, tall = (pdf_number(length) for length in cell.size)
        foot = pdf_number(high - cell.size.height)
        forms = page.obj["/Resources"]["/XObject"]
        forms["/Paper"] = self._picture(cell.png)
        parts = [f"q {wide} 0 0 {tall} 0 {foot} cm /Paper Do Q"]
        drawn = None
        if imprint := cell.imprint:
            drawn, forms["/Copy"] = self._copied(imprint)
            x, y = (length * cell.scale for length in imprint.corner)
            scale = pdf_number(cell.scale, 6)
            at = f"{pdf_number(x)} {pdf_number(high - cell.size.height + y)}"
            parts.append(f"q {scale} 0 0 {scale} {at} cm /Copy Do Q")
        parts.append(f"q {_OUTLINE} 0 {foot} {wide} {tall} re S Q")
        page.contents_add("\n".join(parts).encode(), prepend=True)
        page.contents_coalesce()
        return drawn

    def _copied(self, imprint: CopyImprint) -> tuple[bytes, pikepdf.Object]:
        """Return what a copy's imprint draws, and its form with the fonts that others have too."""
        import pikepdf

        if self._former and imprint.key in self._pages:
            cell = self._former.pages[self._pages[imprint.key]]
            return self._form(cell.obj["/Resources"]["/XObject"]["/Copy"], self._once_taken)
        with pikepdf.open(imprint.path, inherit_page_attributes=False) as file:
            page = file.pages[imprint.page - 1]
            return self._form(page.obj["/Resources"]["/XObject"][FORM], self._once)

    def _form(
        self, form: pikepdf.Object, once: Callable[[pikepdf.Object], pikepdf.Object]
    ) -> tuple[bytes, pikepdf.Object]:
        import pikepdf

        drawn = form.read_bytes()
        resources = pikepdf.Dictionary()
        for kind, things in form["/Resources"].items():
            if kind == "/ExtGState":
                resources[kind] = pikepdf.Object.parse(things.unparse(resolved=True))
            elif kind in ("/Font", "/XObject"):
                resources[kind] = pikepdf.Dictionary(
                    {name: once(thing) for name, thing in things.items()}
                )
        return drawn, self.target.make_stream(
            drawn,
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[float(edge) for edge in form["/BBox"]],
            Resources=resources,
        )

    def _once_taken(self, thing: pikepdf.Object) -> pikepdf.Object:
        """Return a font or a logo of the former file: its key is worked out once."""
        if thing.objgen not in self._taken:
            self._taken[thing.objgen] = self._once(thing)
        return self._taken[thing.objgen]

    def _once(self, thing: pikepdf.Object) -> pikepdf.Object:
        """Return a font or a logo as this file has it: once, whatever file it came from."""
        key = _font_key(thing) if "/DescendantFonts" in thing else _digest(thing.read_raw_bytes())
        if key not in self._shared:
            self._shared[key] = self.target.copy_foreign(thing)
        return self._shared[key]

    def _picture(self, png: bytes) -> pikepdf.Object:
        if png not in self._shared:
            self._shared[png] = _image(self.target, png)
        return self._shared[png]


def _font_key(font: pikepdf.Object) -> bytes:
    inner = font["/DescendantFonts"][0]
    parts = [
        font["/BaseFont"].unparse(),
        font["/ToUnicode"].read_raw_bytes(),
        inner["/W"].unparse(),
        inner["/FontDescriptor"]["/FontFile2"].read_raw_bytes(),
    ]
    return _digest(*parts)


def _digest(*parts: bytes) -> bytes:
    digest = hashlib.sha256()
    add_parts(digest, parts)
    return digest.digest()


def _image(target: pikepdf.Pdf, png: bytes) -> pikepdf.Object:
    """Return a PNG as a PDF's picture, its data as they are (ISO 32000-2 §7.4.4.4)."""
    import pikepdf

    chunks = list(_chunks(png))
    wide, high, bits, kind = _COLUMNS.unpack_from(chunks[0][1])
    if kind not in (_GREY, _COLOUR, _PALETTE):
        raise ValueError("a picture must be opaque")
    colours = 3 if kind == _COLOUR else 1
    space: pikepdf.Object = pikepdf.Name.DeviceRGB if kind == _COLOUR else pikepdf.Name.DeviceGray
    if kind == _PALETTE:
        palette = next(data for name, data in chunks if name == b"PLTE")
        last = len(palette) // 3 - 1
        space = pikepdf.Array(
            [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, last, pikepdf.String(palette)]
        )
    data = b"".join(data for name, data in chunks if name == b"IDAT")
    image = target.make_stream(
        b"",
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=wide,
        Height=high,
        BitsPerComponent=bits,
        ColorSpace=space,
    )
    predicted = pikepdf.Dictionary(
        Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=wide
    )
    image.write(data, filter=pikepdf.Name.FlateDecode, decode_parms=predicted)
    return image


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the names and data of a PNG's parts (PNG §5.3)."""
    at = 8
    while at + 12 <= len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        yield name, png[at + 8 : at + 8 + length]
        at += 12 + length
