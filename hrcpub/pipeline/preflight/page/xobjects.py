"""Pictures, forms, shadings and layers: operators, each a function on a `Frame`.

ISO 32000-2 §8.7 to §8.11 and §14.6.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import NamedTuple

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import DEEPEST, box
from hrcpub.pipeline.preflight.page.content import Inline, Operand, Operands, RawString
from hrcpub.pipeline.preflight.page.interpreter import Frame, Library, ObjGen, Walk
from hrcpub.pipeline.preflight.page.marks import (
    Clip,
    Mark,
    PaintedImage,
    PaintedShading,
    State,
    TransparencyGroup,
)
from hrcpub.pipeline.preflight.page.matrices import FAR, moved
from hrcpub.pipeline.preflight.page.patterns import look_into_patterns
from hrcpub.units import Matrix, Rect, times

UNIT = Rect(0.0, 0.0, 1.0, 1.0)


class _XObject(NamedTuple):
    """What is drawn by its name, with what is asked of it each time."""

    stream: pikepdf.Object
    is_form: bool
    is_image: bool
    layer: pikepdf.Object | None


def _xobject(named: pikepdf.Object) -> _XObject | None:
    if not isinstance(named, pikepdf.Stream):
        return None
    kind = named.get("/Subtype")
    return _XObject(named, kind == "/Form", kind == "/Image", named.get("/OC"))


def _draw(frame: Frame, n: Operands) -> None:
    drawn = frame.resources.read("/XObject", n[0], _xobject)
    name = n[0].decode("utf-8", "replace").lstrip("/")
    if drawn is None:
        frame.walk.complain("resource", f"/{name} is drawn, but is not in the file")
    elif _is_off(frame, drawn.layer):
        # Ghostscript 10.00 hides no form.
        frame.walk.shown_elsewhere |= drawn.is_form
    elif drawn.is_form:
        draw_form(frame, drawn.stream, name)
    elif drawn.is_image:
        resources = frame.resources.dictionary
        _paint(frame, PaintedImage(name, drawn.stream, None, frame.state.ctm, resources))


def _draw_inline(frame: Frame, n: Operands) -> None:
    inline: Inline = n[0]
    fields = _long(inline)
    resources = frame.resources.dictionary
    _paint(frame, PaintedImage("(inline)", fields, inline.data, frame.state.ctm, resources))


def _paint(frame: Frame, image: PaintedImage) -> None:
    is_stencil = image.is_stencil
    frame.add(image, moved(image.matrix, UNIT), is_fill=is_stencil)
    if is_stencil:
        look_into_patterns(frame, True, False)


def draw_form(frame: Frame, form: pikepdf.Object, name: str, *, is_mask: bool = False) -> None:
    """Run a form (§8.10), in a group of its own where it is one, unless it `is_mask`."""
    about = frame.walk.library.nested(form)
    if about.objgen in frame.drawn:
        frame.walk.complain("resource", f"the form {name} draws itself")
        return
    outer = frame.state.ctm
    matrix = times(about.matrix, outer) if about.matrix else outer
    reach = moved(matrix, about.bounds) if about.bounds else FAR
    # A map in many forms, or marks outside the bleed: those that are not seen need not be run.
    if not (frame.view.touches(reach) and frame.state.clip.box.touches(reach)):
        return
    inner = frame.nested(about, matrix)
    if about.group is not None and not is_mask:
        _begin_group(inner, about.group, frame.state)
    inner.run(frame.walk.library.operations(form))


def _begin_group(frame: Frame, fields: pikepdf.Object, outer: State) -> None:
    """Begin a transparency group where it is painted otherwise than its parts (§11.4.7)."""
    walk = frame.walk
    walk.group_fields.append(fields)
    is_knockout, is_isolated = bool(fields.get("/K", False)), bool(fields.get("/I", False))
    seen = frame.state.clip.box
    group = TransparencyGroup(seen, outer.copy(), is_knockout, fields, is_isolated)
    if not group.is_plain:
        walk.groups.append(group)
    elif not (is_knockout or is_isolated):
        return
    frame.into.append(group)
    frame.into = group.parts
    # A group begins with these (§11.6.6); what was in force applies to it as a whole.
    frame.state.fill_alpha = frame.state.stroke_alpha = 1.0
    frame.state.blend, frame.state.mask = "Normal", None


def mask_marks(
    library: Library, form: pikepdf.Object, matrix: Matrix, view: Rect
) -> list[Mark | TransparencyGroup]:
    """Return what a soft mask's group paints, its matrix leading to the page (§11.5)."""
    frame = Frame(Walk(library), State(matrix, Clip(view)), library.resources(None), view)
    frame.depth = DEEPEST // 2  # a raster that draws masks in masks has a bound of its own
    draw_form(frame, form, "of a soft mask", is_mask=True)
    return frame.walk.tree


def _long(inline: Inline) -> pikepdf.Object:
    """Return an inline image's dictionary with the long names of its keys and values."""
    words = b" ".join(
        _WORDS.get(part, _plain(part)) for pair in inline.fields.items() for part in pair
    )
    # With the names of a stream's dictionary, the rest of preflight can read it like any other.
    return pikepdf.Object.parse(b"<< " + words + b" >>")


def _plain(part: Operand) -> bytes:
    if isinstance(part, float):
        return f"{part:g}".encode()
    if isinstance(part, RawString):
        return b"<" + part.hex().encode() + b">"
    if isinstance(part, bytes):
        return bytes(part)
    return {True: b"true", False: b"false"}.get(part, b"null")


_WORDS: dict[Operand, bytes] = {
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


def _shade(frame: Frame, n: Operands) -> None:
    shading = frame.resources.named("/Shading", n[0])
    if shading is None:
        frame.walk.complain("resource", f"the shading {n[0].decode('latin-1')} is not in the file")
        return
    matrix = frame.state.ctm
    bounds = box(shading.get("/BBox"))
    whole = moved(matrix, bounds) if bounds else frame.state.clip.box
    name = n[0].decode("utf-8", "replace").lstrip("/")
    frame.add(PaintedShading(name, shading, matrix), whole)


def _begin_content(frame: Frame, n: Operands) -> None:
    is_off = False
    if len(n) == 2 and n[0] == b"/OC" and isinstance(n[1], bytes):
        is_off = _is_off(frame, frame.resources.named("/Properties", n[1]))
    frame.layers.append(is_off)


def _end_content(frame: Frame, _: Operands) -> None:
    if frame.layers:
        frame.layers.pop()


def _is_off(frame: Frame, layer: pikepdf.Object | None) -> bool:
    """Return whether what belongs to a layer, or to a membership of layers, is off (§8.11.2)."""
    if not isinstance(layer, pikepdf.Dictionary):
        return False
    hidden = frame.walk.library.hidden
    if layer.get("/Type") != "/OCMD" and "/OCGs" not in layer:
        return layer.objgen in hidden
    expression = layer.get("/VE")
    if isinstance(expression, pikepdf.Array):  # it goes before the policy
        frame.walk.shown_elsewhere = True  # Ghostscript 10.00 reads no expression
        return not _is_true(expression, hidden)
    listed = layer.get("/OCGs")
    groups = list(islice(listed, 10_000)) if isinstance(listed, pikepdf.Array) else [listed]
    on = [group.objgen not in hidden for group in groups if isinstance(group, pikepdf.Dictionary)]
    policy = _POLICIES.get(str(layer.get("/P", "/AnyOn")), any)
    return bool(on) and not policy(on)


_POLICIES: dict[str, Callable[[list[bool]], bool]] = {
    "/AnyOn": any,
    "/AllOn": all,
    "/AnyOff": lambda on: not all(on),
    "/AllOff": lambda on: not any(on),
}


def _is_true(expression: pikepdf.Object, hidden: frozenset[ObjGen], depth: int = 0) -> bool:
    """Return what an expression of layers says: a layer, or /And, /Or, /Not of others (§8.11.2.2).

    Raises ValueError for one that is nested without end.
    """
    if isinstance(expression, pikepdf.Dictionary):
        return expression.objgen not in hidden
    if depth > DEEPEST:
        raise ValueError("an expression of layers in layers")
    operator, *parts = islice(expression, 64)
    values = [_is_true(part, hidden, depth + 1) for part in parts]
    if operator == "/Not":
        return not all(values)
    return any(values) if operator == "/Or" else all(values)


def _begin_tolerance(frame: Frame, _: Operands) -> None:
    frame.tolerance += 1


def _end_tolerance(frame: Frame, _: Operands) -> None:
    frame.tolerance = max(0, frame.tolerance - 1)


OPERATORS: dict[bytes, Callable[[Frame, Operands], None]] = {
    b"Do": _draw,
    b"BI": _draw_inline,
    b"sh": _shade,
    b"BMC": _begin_content,
    b"BDC": _begin_content,
    b"EMC": _end_content,
    b"BX": _begin_tolerance,
    b"EX": _end_tolerance,
}
