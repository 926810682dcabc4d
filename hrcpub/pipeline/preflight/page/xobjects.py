"""Pictures, forms, shadings and layers: operators, each a function on a `Walk`.

ISO 32000-2 §8.7 to §8.11 and §14.6.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import PageBox, box
from hrcpub.pipeline.preflight.page.content import Inline, RawString
from hrcpub.pipeline.preflight.page.graphics_ops import look_into_patterns
from hrcpub.pipeline.preflight.page.marks import (
    PaintedImage,
    Shade,
    moved,
)
from hrcpub.pipeline.preflight.page.spaces import named

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.page.interpreter import Walk

UNIT = PageBox(0.0, 0.0, 1.0, 1.0)


def _draw(walk: Walk, n: list[Any]) -> None:
    thing = named(walk.resources, "/XObject", n[0])
    name = n[0].decode("utf-8", "replace").lstrip("/")
    if not isinstance(thing, pikepdf.Stream):
        walk.complain("resource", f"/{name} is drawn and not there")
        return
    if _is_off(walk, thing.get("/OC")):
        return
    kind = thing.get("/Subtype")
    if kind == "/Form":
        walk.form(thing, walk.state.ctm, name)
    elif kind == "/Image":
        picture = PaintedImage(name, thing, None, walk.state.ctm, walk.resources)
        is_stencil = bool(thing.get("/ImageMask", False))
        walk.add("image", moved(walk.state.ctm, UNIT), picture, is_fill=is_stencil)
        if is_stencil:
            look_into_patterns(walk, True, False)


def _draw_inline(walk: Walk, n: list[Any]) -> None:
    inline: Inline = n[0]
    fields = _long(inline)
    picture = PaintedImage("(inline)", fields, inline.data, walk.state.ctm, walk.resources)
    is_stencil = bool(fields.get("/ImageMask", False))
    walk.add("image", moved(walk.state.ctm, UNIT), picture, is_fill=is_stencil)


def _long(inline: Inline) -> Any:
    """Return an inline image's dictionary with the long names of its keys and values."""
    words = b" ".join(
        _WORDS.get(part, _plain(part)) for pair in inline.fields.items() for part in pair
    )
    return pikepdf.Object.parse(b"<< " + words + b" >>")


def _plain(part: Any) -> bytes:
    if isinstance(part, float):
        return f"{part:g}".encode()
    if isinstance(part, RawString):
        return b"<" + part.hex().encode() + b">"
    if isinstance(part, bytes):
        return bytes(part)
    return {True: b"true", False: b"false"}.get(part, b"null")


_WORDS: dict[Any, bytes] = {
    b"/BPC": b"/BitsPerComponent",
    b"/CS": b"/ColorSpace",
    b"/D": b"/Decode",
    b"/DP": b"/DecodeParms",
    b"/F": b"/Filter",
    b"/H": b"/Height",
    b"/IM": b"/ImageMask",
    b"/W": b"/Width",
    b"/G": b"/DeviceGray",
    b"/RGB": b"/DeviceRGB",
    b"/CMYK": b"/DeviceCMYK",
    b"/AHx": b"/ASCIIHexDecode",
    b"/A85": b"/ASCII85Decode",
    b"/LZW": b"/LZWDecode",
    b"/Fl": b"/FlateDecode",
    b"/RL": b"/RunLengthDecode",
    b"/CCF": b"/CCITTFaxDecode",
    b"/DCT": b"/DCTDecode",
}


def _shade(walk: Walk, n: list[Any]) -> None:
    thing = named(walk.resources, "/Shading", n[0])
    if thing is None:
        walk.complain("resource", f"the shading {n[0].decode('latin-1')} is not there")
        return
    whole = walk.state.clip.box
    bounds = box(thing.get("/BBox"))
    if bounds:
        whole = moved(walk.state.ctm, bounds)
    shade = Shade(n[0].decode("utf-8", "replace").lstrip("/"), thing, walk.state.ctm)
    walk.add("shading", whole, shade)


def _begin_content(walk: Walk, n: list[Any]) -> None:
    is_off = False
    if len(n) == 2 and n[0] == b"/OC" and isinstance(n[1], bytes):
        is_off = _is_off(walk, named(walk.resources, "/Properties", n[1]))
    walk.hidden.append(is_off)


def _end_content(walk: Walk, _: list[Any]) -> None:
    if walk.hidden:
        walk.hidden.pop()


def _is_off(walk: Walk, layer: Any) -> bool:
    """Return whether a layer, or all that a membership names, is off (§8.11.2)."""
    if not walk.library.hidden or not isinstance(layer, pikepdf.Dictionary):
        return False
    groups = layer.get("/OCGs", layer)
    if isinstance(groups, pikepdf.Array):
        known = [group.objgen for group in groups]
        return bool(known) and all(key in walk.library.hidden for key in known)
    return groups.objgen in walk.library.hidden


def _begin_tolerance(walk: Walk, _: list[Any]) -> None:
    walk.tolerance += 1


def _end_tolerance(walk: Walk, _: list[Any]) -> None:
    walk.tolerance = max(0, walk.tolerance - 1)


OPERATORS: dict[bytes, Callable[[Walk, list[Any]], None]] = {
    b"Do": _draw,
    b"BI": _draw_inline,
    b"sh": _shade,
    b"BMC": _begin_content,
    b"BDC": _begin_content,
    b"EMC": _end_content,
    b"BX": _begin_tolerance,
    b"EX": _end_tolerance,
}
