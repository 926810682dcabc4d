"""An organisation's logo to the drawing that signs a piece: its shape, in ink or in paper's colour.

A drawing in one colour is drawn in another. All else is a mask through which a plain area of that
colour is seen, so that it comes out on its plate alone, and coloured paper shows through.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from hrcpub.problems import HrcpubError
from hrcpub.project.drawings import SVG
from hrcpub.project.drawn_colours import PaintedColour, inner, painted, recolour
from hrcpub.project.logos import Drawing, LogoFile, OwnLogo, Stencil, logo_unreversed
from hrcpub.units import pdf_number

COARSE = 225  # pixels to the inch: with fewer, edges have steps (GWG 2022 R0031)
MADE = "hrcpub://made/"  # the address of what a document brings along
_MASK = "hrcpub-shape"


class SignColours(NamedTuple):
    """#rrggbb of the shape, and of what is light in it."""

    shape: str
    ground: str


class DrawnLogo(NamedTuple):
    """The files that a document brings along: the drawing, then what it names."""

    files: dict[str, bytes]  # by their names
    name: str  # of the drawing


def drawn_logo(logo: OwnLogo, colours: SignColours, is_reversed: bool = False) -> DrawnLogo:
    """Return a logo for paper, or for black ground; raise HrcpubError when it has no such form."""
    file = logo.reversed if is_reversed and logo.reversed else logo.black
    is_light = file is logo.reversed
    if (
        is_reversed
        and not is_light
        and not (isinstance(file.shape, Drawing) and file.shape.is_flat)
    ):
        raise HrcpubError(logo_unreversed(file.file))
    return _drawn(file.shape, colours, is_light)


@lru_cache(maxsize=8)
def _drawn(shape: Drawing | Stencil, colours: SignColours, is_light: bool) -> DrawnLogo:
    """Return a shape in its colours; kept, since packing pixels takes longer than a page's text."""
    if isinstance(shape, Stencil):
        return _seen_through(shape, colours)
    drawing = _flat if shape.is_flat else _toned
    return _named(ElementTree.tostring(drawing(shape, colours, is_light)), "svg")


def coarse(file: LogoFile, width: float) -> tuple[int, int] | None:
    """Return the pixels that a logo has and those that it takes, `width` points wide.

    None: it has enough, or is a drawing.
    """
    if isinstance(file.shape, Drawing):
        return None
    wanted = round(width / 72 * COARSE)
    return (file.shape.width, wanted) if file.shape.width < wanted else None


def _flat(drawing: Drawing, colours: SignColours, is_light: bool) -> Element:
    """Return a drawing of two colours in two others; of a light one, white is the shape."""
    root = ElementTree.fromstring(drawing.data)
    recolour(root, lambda colour: colours.shape if colour.is_white == is_light else colours.ground)
    for name in ("width", "height", "x", "y"):
        root.attrib.pop(name, None)
    root.set("viewBox", " ".join(map(pdf_number, drawing.box)))
    return root


def _toned(drawing: Drawing, colours: SignColours, is_light: bool) -> Element:
    """Return an area of one colour, seen through a drawing: the more, the darker that is.

    The darkest of its colours is full ink; of a light drawing, the lightest.
    """
    root = ElementTree.fromstring(drawing.data)

    def share(colour: PaintedColour) -> float:
        return 1 - colour.darkness if is_light else colour.darkness

    full = max(map(share, painted(root)))

    def tone(colour: PaintedColour) -> str:
        level = min(255, round(255 * share(colour) / full))
        return f"#{level:02x}{level:02x}{level:02x}"

    recolour(root, tone)
    return _masked(inner(root), drawing.box, colours.shape)


def _seen_through(stencil: Stencil, colours: SignColours) -> DrawnLogo:
    """Return an area of one colour, seen through a picture's shape."""
    png = _named(_png(stencil), "png")
    box = (0.0, 0.0, float(stencil.width), float(stencil.height))
    size = {"width": str(stencil.width), "height": str(stencil.height)}
    picture = Element(f"{SVG}image", {"href": MADE + png.name} | size)
    drawing = _named(ElementTree.tostring(_masked(picture, box, colours.shape)), "svg")
    return DrawnLogo(drawing.files | png.files, drawing.name)


def _masked(shape: Element, box: tuple[float, float, float, float], colour: str) -> Element:
    """Return a drawing of an area in a colour that is seen where a shape is light."""
    x, y, width, height = map(pdf_number, box)
    area = {"x": x, "y": y, "width": width, "height": height}
    root = Element(f"{SVG}svg", {"viewBox": f"{x} {y} {width} {height}"})
    # WeasyPrint 70 draws a mask again, as a group, where it stands: among definitions it does not.
    definitions = SubElement(root, f"{SVG}defs")
    mask = SubElement(
        definitions, f"{SVG}mask", {"id": _MASK, "maskUnits": "userSpaceOnUse"} | area
    )
    mask.append(shape)
    SubElement(root, f"{SVG}rect", {"fill": colour, "mask": f"url(#{_MASK})"} | area)
    return root


def _png(stencil: Stencil) -> bytes:
    """Return a shape as a grey PNG: 8 bits, no filter (ISO 15948 §11.2)."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body)
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)

    width, height = stencil.width, stencil.height
    rows = (stencil.levels[at : at + width] for at in range(0, width * height, width))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows)))
        + chunk(b"IEND", b"")
    )


def _named(data: bytes, kind: str) -> DrawnLogo:
    """Return a file under a name of its own, since a worker keeps pictures by their names."""
    name = f"logo-{hashlib.sha256(data).hexdigest()[:12]}.{kind}"
    return DrawnLogo({name: data}, name)
