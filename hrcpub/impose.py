"""A `Pdf` to `Sheets`: a scheme says in numbers what lies where; `place` alone touches the PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from hrcpub.problems import HrcpubError, Problem
from hrcpub.stages import Pdf, Sheets
from hrcpub.units import Size

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import StreamObject

MARK = 6.0  # a cut mark's length
CLEAR = 3.0  # from the trim to a cut mark's beginning: a knife that is off leaves no trace of it
HAIRLINE = 0.25  # a mark's width


@dataclass(frozen=True, slots=True)
class Placement:
    """One page on one side of a sheet.

    `x` and `y` are where the page's lower left corner comes to lie, from the sheet's lower left
    corner; the page is turned about it by `rotation` degrees, counter-clockwise.
    """

    page: int  # 1-based
    x: float
    y: float
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a sheet: what lies on it, and where it is cut. Lengths from the lower left."""

    placements: tuple[Placement, ...]
    cuts_x: tuple[float, ...] = ()
    cuts_y: tuple[float, ...] = ()


def cards(pages: int, piece: Size, sheet: Size, margin: float) -> list[Side]:
    """Return a sheet's sides with as many copies as it holds, sides alternating front and back.

    Upright pieces are turned to lie landscape on the portrait sheet, as perforated card stock has
    them: ten business cards to a letter sheet. No gutter: one cut parts two cards. The sheet is
    turned over about its vertical axis (long edge), so backs lie mirrored, and turned the other
    way, so that each card turns over like a page.

    Raises HrcpubError when not even one copy fits.
    """
    turned = piece.height > piece.width
    width, height = (piece.height, piece.width) if turned else piece
    columns = int((sheet.width - 2 * margin + 1e-6) // width)
    rows = int((sheet.height - 2 * margin + 1e-6) // height)
    if not columns or not rows:
        raise HrcpubError(too_large(piece, sheet))
    left, foot = (sheet.width - columns * width) / 2, (sheet.height - rows * height) / 2
    cells = [
        (left + column * width, foot + row * height)
        for row in reversed(range(rows))
        for column in range(columns)
    ]
    cuts_x = tuple(left + column * width for column in range(columns + 1))
    cuts_y = tuple(foot + row * height for row in range(rows + 1))
    sides = []
    for page in range(1, pages + 1):
        is_back = page % 2 == 0
        placements = []
        for x, y in cells:
            at = sheet.width - x - width if is_back else x
            placements.append(_turned(page, at, y, width, height, turned, is_back))
        sides.append(Side(tuple(placements), cuts_x, cuts_y))
    return sides


def _turned(
    page: int, x: float, y: float, width: float, height: float, turned: bool, is_back: bool
) -> Placement:
    """Return the placement that fills the cell whose lower left corner is (x, y)."""
    if not turned:
        return Placement(page, x, y)
    # Turned left, a page's own corner comes to lie at its cell's lower right; turned right, at its
    # upper left.
    return Placement(page, x, y + height, 270) if is_back else Placement(page, x + width, y, 90)


def place(pdf: Pdf, sides: list[Side], sheet: Size, slugs: Pdf | None = None) -> Sheets:
    """Return the imposed file: each page a Form XObject, clipped to its TrimBox, where it lies.

    `slugs` has one page for each side, drawn beneath it at full size.
    """
    import pypdf
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    writer = pypdf.PdfWriter()
    forms = [writer._add_object(_form(page, writer)) for page in reader.pages]
    under = pypdf.PdfReader(io.BytesIO(slugs)).pages if slugs else []
    slug_forms = [writer._add_object(_form(page, writer)) for page in under]
    for number, side in enumerate(sides):
        page = writer.add_blank_page(sheet.width, sheet.height)
        used = {f"/P{index}": form for index, form in enumerate(forms, 1)}
        drawn = [_cuts(side, sheet)]
        if slug_forms:
            used["/Slug"] = slug_forms[number]
            drawn.append("/Slug Do")
        drawn += [_draw(placement) for placement in side.placements]
        content = DecodedStreamObject()
        content.set_data("\n".join(drawn).encode())
        page[NameObject("/Contents")] = writer._add_object(content.flate_encode())
        page[NameObject("/Resources")] = DictionaryObject(
            {
                NameObject("/XObject"): DictionaryObject(
                    {NameObject(name): form for name, form in used.items()}
                )
            }
        )
    _describe(writer, reader)
    output = io.BytesIO()
    writer.write(output)
    return Sheets(output.getvalue())


def _form(page: PageObject, writer: PdfWriter) -> StreamObject:
    """Return a page as a Form XObject (ISO 32000-2 §8.10), its TrimBox the clip."""
    from pypdf.generic import ArrayObject, NameObject, StreamObject

    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    form = StreamObject()
    form.set_data(data)
    form = form.flate_encode()
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(page.trimbox)
    form[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return form


def _draw(placement: Placement) -> str:
    cosine, sine = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[placement.rotation]
    matrix = f"{cosine} {sine} {-sine} {cosine} {placement.x:g} {placement.y:g}"
    return f"q {matrix} cm /P{placement.page} Do Q"


def _cuts(side: Side, sheet: Size) -> str:
    """Return cut marks on the four sides of the block, black, outside the pieces."""
    lines = [f"q 0 G {HAIRLINE} w"]
    for x in side.cuts_x:
        for y, way in ((side.cuts_y[0], -1), (side.cuts_y[-1], 1)):
            lines.append(f"{x:g} {y + way * CLEAR:g} m {x:g} {y + way * (CLEAR + MARK):g} l S")
    for y in side.cuts_y:
        for x, way in ((side.cuts_x[0], -1), (side.cuts_x[-1], 1)):
            lines.append(f"{x + way * CLEAR:g} {y:g} m {x + way * (CLEAR + MARK):g} {y:g} l S")
    return "\n".join([*lines, "Q"])


def _describe(writer: PdfWriter, reader: PdfReader) -> None:
    """Carry title and dates over; ask for two sides, flipped on the long edge, at actual size."""
    from pypdf.generic import (
        ArrayObject,
        ByteStringObject,
        DictionaryObject,
        NameObject,
    )

    root = writer.root_object
    writer.metadata = reader.metadata
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            NameObject("/Duplex"): NameObject("/DuplexFlipLongEdge"),
            NameObject("/PrintScaling"): NameObject("/None"),
        }
    )
    identifier = cast("ArrayObject", reader.trailer["/ID"])[0]
    writer._ID = ArrayObject([ByteStringObject(bytes(identifier.original_bytes)) for _ in range(2)])


def too_large(piece: Size, sheet: Size) -> Problem:
    """A piece is larger than the sheet that an office printer takes, its margins kept clear.

    Leave the edition out, under `editions:` in the layout or in the material, or make the layout's
    trim smaller.
    """
    sizes = [f"{size.width / 72:g} x {size.height / 72:g} in" for size in (piece, sheet)]
    return Problem(
        "piece-too-large",
        f"a piece of {sizes[0]} does not fit on a sheet of {sizes[1]}",
        None,
        "leave the office edition out: editions: [screen, press]",
    )


SCHEMES: dict[str, Callable[[int, Size, Size, float], list[Side]]] = {"cards": cards}

CODES = {"piece-too-large": too_large}
