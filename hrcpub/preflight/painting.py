"""The operators of content streams, each a function on a `Walk` (ISO 32000-2 Annex A).

A function takes the walk and the operator's operands; a wrong operand raises one of `ODD`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pikepdf

from hrcpub.preflight.content import Inline, Listing, Text
from hrcpub.preflight.marks import (
    IDENTITY,
    Clip,
    Glyphs,
    Mark,
    Matrix,
    Path,
    Picture,
    Shade,
    State,
    around,
    moved,
    narrow,
    six,
    spread,
    times,
)
from hrcpub.preflight.reading import Box, box, number
from hrcpub.preflight.spaces import CMYK, DEVICE, GREY, PATTERN, RGB, named

if TYPE_CHECKING:
    from hrcpub.preflight.walk import Walk

_DEEPEST_Q = 512  # readers of PDF 1.4 took 28, today's hundreds
_TYPE3_GLYPHS = 2000  # of one page that are looked into
UNIT = Box(0.0, 0.0, 1.0, 1.0)

# --- State ---------------------------------------------------------------------------------------


def _save(walk: Walk, _: list[Any]) -> None:
    if len(walk.stack) < _DEEPEST_Q:
        walk.stack.append(walk.state.copy())
    else:
        walk.complain("syntax", f"q in q, more than {_DEEPEST_Q} deep")


def _restore(walk: Walk, _: list[Any]) -> None:
    if walk.stack:
        walk.state = walk.stack.pop()


def _matrix(walk: Walk, n: list[Any]) -> None:
    walk.state.ctm = times(_six(n), walk.state.ctm)


def _six(n: list[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, n[-6:])
    return (a, b, c, d, e, f)


def _width(walk: Walk, n: list[Any]) -> None:
    walk.state.width = abs(float(n[0]))


def _set(walk: Walk, n: list[Any]) -> None:
    """Take parameters from an ExtGState (§8.4.5)."""
    found = named(walk.resources, "/ExtGState", n[0])
    if found is None:
        walk.complain("resource", f"{n[0].decode('latin-1')} is set and not there")
        return
    state = walk.state
    for key in found.keys():  # noqa: SIM118
        if key in _PARAMETERS:
            _PARAMETERS[key](state, found[key])
    if "/OP" in found and "/op" not in found:
        state.fill_overprint = bool(found["/OP"])
    if "/SMask" in found:
        mask = found["/SMask"]
        is_mask = isinstance(mask, pikepdf.Dictionary) and "/G" in mask
        state.mask = (mask, state.ctm) if is_mask else None
    if "/Font" in found:
        state.font = walk.library.font(found["/Font"][0])
        state.size = number(found["/Font"][1])


def _blend(state: State, thing: Any) -> None:
    if isinstance(thing, pikepdf.Array):
        thing = thing[0]
    state.blend = {"Compatible": "Normal"}.get(name := str(thing).lstrip("/"), name)


def _put(name: str, made: Callable[[Any], Any]) -> Callable[[State, Any], None]:
    return lambda state, thing: setattr(state, name, made(thing))


_PARAMETERS: dict[str, Callable[[State, Any], None]] = {
    "/LW": _put("width", lambda thing: abs(number(thing, 1.0))),
    "/ca": _put("fill_alpha", lambda thing: min(max(number(thing, 1.0), 0.0), 1.0)),
    "/CA": _put("stroke_alpha", lambda thing: min(max(number(thing, 1.0), 0.0), 1.0)),
    "/op": _put("fill_overprint", bool),
    "/OP": _put("stroke_overprint", bool),
    "/OPM": _put("overprint_mode", lambda thing: int(number(thing))),
    "/BM": _blend,
}

# --- Colours -------------------------------------------------------------------------------------


def _device(space: Any, is_stroke: bool, walk: Walk, n: list[Any]) -> None:
    if walk.is_uncoloured:
        return
    parts = tuple(map(float, n[-space.count :]))
    if len(parts) != space.count:
        raise ValueError("too few numbers")
    _paint_with(walk.state, is_stroke, space, parts, None)


def _paint_with(state: State, is_stroke: bool, space: Any, parts: Any, pattern: Any) -> None:
    if is_stroke:
        state.stroke_space, state.stroke, state.stroke_pattern = space, parts, pattern
    else:
        state.fill_space, state.fill, state.fill_pattern = space, parts, pattern


def _space(is_stroke: bool, walk: Walk, n: list[Any]) -> None:
    if walk.is_uncoloured:
        return
    name = n[0]
    space = DEVICE.get(name)
    if space is None:
        thing = named(walk.resources, "/ColorSpace", name)
        if thing is None:
            walk.complain("resource", f"the colour space {name.decode('latin-1')} is not there")
            return
        space = walk.library.space(thing, walk.resources)
        if space.said:
            walk.complain("space", f"{name.decode('latin-1')}: {space.said}")
    _paint_with(walk.state, is_stroke, space, space.initial, None)


def _colour(is_stroke: bool, walk: Walk, n: list[Any]) -> None:
    if walk.is_uncoloured:
        return
    state = walk.state
    space = state.stroke_space if is_stroke else state.fill_space
    pattern = None
    if n and isinstance(n[-1], bytes):
        pattern = named(walk.resources, "/Pattern", n[-1])
        if pattern is None:
            walk.complain("resource", f"the pattern {n[-1].decode('latin-1')} is not there")
            return
        space = space if space.kind == "Pattern" else PATTERN
        n = n[:-1]
    _paint_with(state, is_stroke, space, tuple(map(float, n)), pattern)


# --- Paths ---------------------------------------------------------------------------------------


def _move(walk: Walk, n: list[Any]) -> None:
    walk.at = (float(n[0]), float(n[1]))
    walk.segments.append((b"m", walk.at))


def _line(walk: Walk, n: list[Any]) -> None:
    walk.at = (float(n[0]), float(n[1]))
    walk.segments.append((b"l" if walk.segments else b"m", walk.at))


def _curve(walk: Walk, n: list[Any]) -> None:
    a, b, c, d, e, f = map(float, n)
    walk.segments.append((b"c", (a, b, c, d, e, f)))
    walk.at = (e, f)


def _curve_from_here(walk: Walk, n: list[Any]) -> None:
    _curve(walk, [*walk.at, *n])


def _curve_to_there(walk: Walk, n: list[Any]) -> None:
    _curve(walk, [*n, *n[-2:]])


def _close(walk: Walk, _: list[Any]) -> None:
    if walk.segments:
        walk.segments.append((b"h", ()))


def _rectangle(walk: Walk, n: list[Any]) -> None:
    x, y, width, height = map(float, n)
    walk.segments.append((b"re", (x, y, width, height)))
    walk.at = (x, y)


def _clip(operator: bytes, walk: Walk, _: list[Any]) -> None:
    walk.clipping = operator


def _paint(fill: bytes, is_stroke: bool, is_closed: bool, walk: Walk, _: list[Any]) -> None:
    """Fill and stroke the path at hand, then clip with it where that was asked for (§8.5.3)."""
    if is_closed:
        _close(walk, [])
    segments, walk.segments = walk.segments, []
    clipping, walk.clipping = walk.clipping, b""
    if not segments:
        return
    path = Path(segments, walk.state.ctm)
    if fill or is_stroke:
        whole = path.box
        if is_stroke:
            whole = whole.outset(walk.state.width * spread(walk.state.ctm) / 2)
        thing = (path, fill == b"f*")
        walk.add("path", whole, thing, is_fill=bool(fill), is_stroke=is_stroke)
        _look_into_patterns(walk, bool(fill), is_stroke)
    if clipping:
        narrow(walk.state, path, clipping == b"W*")


def _look_into_patterns(walk: Walk, is_fill: bool, is_stroke: bool) -> None:
    """Walk through the cell of a tiling pattern that paints, once: its colours are judged too."""
    state = walk.state
    used = (state.fill_pattern if is_fill else None, state.stroke_pattern if is_stroke else None)
    for pattern in used:
        if not isinstance(pattern, pikepdf.Stream) or pattern.objgen in walk.patterns:
            continue
        walk.patterns.add(pattern.objgen)
        was, walk.is_pattern = walk.is_pattern, True
        saved, walk.state = walk.state, walk.state.copy()
        walk.state.fill_pattern = walk.state.stroke_pattern = None
        coloured = walk.is_uncoloured
        walk.is_uncoloured = int(number(pattern.get("/PaintType"), 1)) == 2
        if walk.is_uncoloured and state.fill_space.base:
            walk.state.fill_space = walk.state.stroke_space = state.fill_space.base
            walk.state.stroke = walk.state.fill
        walk.state.clip = Clip(walk.state.clip.box)
        wide, walk.view = walk.view, Box(-1e7, -1e7, 1e7, 1e7)
        matrix = six(pattern.get("/Matrix")) or IDENTITY
        pattern_box = box(pattern.get("/BBox"))
        if pattern_box:
            walk.state.clip = Clip(moved(matrix, pattern_box))
        try:
            _cell(walk, pattern, matrix)
        finally:
            walk.is_pattern, walk.state, walk.is_uncoloured, walk.view = was, saved, coloured, wide


def _cell(walk: Walk, pattern: Any, matrix: Matrix) -> None:
    outer = (walk.resources, walk.stack, walk.segments, walk.clipping)
    walk.resources = pattern.get("/Resources", walk.resources)
    walk.stack, walk.segments, walk.clipping = [], [], b""
    walk.state.ctm = matrix
    walk.depth += 1
    try:
        if walk.depth < 20:
            walk.run(walk.library.operations(pattern))
    finally:
        walk.depth -= 1
        walk.resources, walk.stack, walk.segments, walk.clipping = outer


# --- Texts ---------------------------------------------------------------------------------------


def _begin_text(walk: Walk, _: list[Any]) -> None:
    walk.text_matrix = walk.line_matrix = IDENTITY
    walk.text_clip = []


def _end_text(walk: Walk, _: list[Any]) -> None:
    if walk.text_clip:
        reach = around(corner for mark in walk.text_clip for corner in (mark.box[:2], mark.box[2:]))
        met = walk.state.clip.box.meet(reach) or Box(-1e7, -1e7, -1e7, -1e7)
        walk.state.clip = Clip(met, walk.text_clip, False, walk.state.clip)
        walk.text_clip = []


def _font(walk: Walk, n: list[Any]) -> None:
    thing = named(walk.resources, "/Font", n[0])
    walk.state.size = float(n[1])
    if thing is None:
        walk.complain("resource", f"the font {n[0].decode('latin-1')} is not there")
        walk.state.font = None
        return
    walk.state.font = walk.library.font(thing)


def _parameter(name: str, factor: float, walk: Walk, n: list[Any]) -> None:
    setattr(walk.state, name, float(n[0]) * factor)


def _render(walk: Walk, n: list[Any]) -> None:
    walk.state.render = int(n[0])


def _move_line(walk: Walk, n: list[Any]) -> None:
    x, y = float(n[0]), float(n[1])
    walk.text_matrix = walk.line_matrix = times((1.0, 0.0, 0.0, 1.0, x, y), walk.line_matrix)


def _move_line_leading(walk: Walk, n: list[Any]) -> None:
    walk.state.leading = -float(n[1])
    _move_line(walk, n)


def _next_line(walk: Walk, _: list[Any]) -> None:
    _move_line(walk, [0.0, -walk.state.leading])


def _text_matrix(walk: Walk, n: list[Any]) -> None:
    walk.text_matrix = walk.line_matrix = _six(n)


def _show(walk: Walk, n: list[Any]) -> None:
    _shown(walk, [n[-1]])


def _show_list(walk: Walk, n: list[Any]) -> None:
    listing, font = n[-1], walk.state.font
    if not isinstance(listing, Listing):
        _shown(walk, [listing])
    elif font is not None and font.is_plain and listing[1:2] == b"<" and listing.find(b"(") < 0:
        _shown_plainly(walk, font, listing)
    else:
        _shown(walk, listing.items())


_STEPS = re.compile(rb"<([0-9A-Fa-f]*)>\s*([-+.\d]*)")


def _shown_plainly(walk: Walk, font: Any, listing: bytes) -> None:
    """Show what most programs write: codes of two bytes in hexadecimal, with kerning between.

    It is nearly all that a page of text costs, so it has a way of its own.
    """
    state, widths, default = walk.state, font.widths, font.default
    step, gap, rise = state.size * state.stretch, state.character_space * state.stretch, state.rise
    glyphs: list[tuple[int, float, float]] = []
    pen, back = 0.0, step / -1000
    for digits, kern in _STEPS.findall(listing):
        if len(digits) == 4:
            code = int(digits, 16)
            glyphs.append((code, pen, rise))
            pen += widths.get(code, default) * step + gap
        else:
            for code in font.codes(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())):
                glyphs.append((code, pen, rise))
                pen += widths.get(code, default) * step + gap
        if kern and kern != b"0":
            pen += float(kern) * back
    if glyphs:
        _add_glyphs(walk, font, glyphs)
    walk.text_matrix = times((1.0, 0.0, 0.0, 1.0, pen, 0.0), walk.text_matrix)


def _show_next(walk: Walk, n: list[Any]) -> None:
    _next_line(walk, [])
    _shown(walk, [n[-1]])


def _show_spaced(walk: Walk, n: list[Any]) -> None:
    walk.state.word_space, walk.state.character_space = float(n[0]), float(n[1])
    _show_next(walk, n[2:])


def _shown(walk: Walk, items: Any) -> None:
    """Show strings between which the pen moves (§9.4.3, §9.4.4)."""
    state = walk.state
    font = state.font
    if font is None:
        return
    size, stretch, gap, rise = state.size, state.stretch, state.character_space, state.rise
    glyphs: list[tuple[int, float, float]] = []
    widths, default = font.widths, font.default
    pen, step = 0.0, size * stretch
    is_vertical, gap_wide = font.is_vertical, gap * stretch
    word = 0.0 if font.is_keyed else state.word_space * stretch
    down = 0.0
    for item in items:
        if isinstance(item, float):
            if is_vertical:
                down -= item / 1000 * size
            else:
                pen -= item / 1000 * step
            continue
        if not isinstance(item, Text):
            continue
        for code in font.codes(item):
            glyphs.append((code, pen, rise + down))
            if is_vertical:
                down -= size + gap
            else:
                pen += widths.get(code, default) * step + gap_wide
                if code == 32:
                    pen += word
    if glyphs:
        _add_glyphs(walk, font, glyphs)
    walk.text_matrix = times((1.0, 0.0, 0.0, 1.0, pen, down), walk.text_matrix)


def _add_glyphs(walk: Walk, font: Any, glyphs: list[tuple[int, float, float]]) -> None:
    state = walk.state
    matrix = times(walk.text_matrix, state.ctm)
    shown = Glyphs(font, glyphs, matrix, state.size, state.stretch)
    if font.kind == "Type3":
        _draw_glyphs(walk, shown)
        return
    whole = shown.box()
    if whole is None or state.render == 3:
        return
    render = state.render & 3
    is_fill, is_stroke = render in (0, 2), render in (1, 2)
    if is_fill or is_stroke:
        walk.add("text", whole, shown, is_fill=is_fill, is_stroke=is_stroke)
        _look_into_patterns(walk, is_fill, is_stroke)
    if state.render > 3:
        walk.text_clip.append(Mark("text", whole, state.copy(), shown))


def _draw_glyphs(walk: Walk, shown: Glyphs) -> None:
    """Draw a Type 3 font's glyphs, which are content like any other (§9.6.4)."""
    thing = shown.font.thing
    names = _names(thing)
    procedures = thing.get("/CharProcs", {})
    for code, x, y in shown.glyphs:
        walk.glyphs += 1
        procedure = procedures.get(names.get(code, "/"))
        if not isinstance(procedure, pikepdf.Stream) or walk.glyphs > _TYPE3_GLYPHS:
            continue
        size = shown.size
        put = times((size * shown.stretch, 0.0, 0.0, size, x, y), shown.matrix)
        outer = (walk.state, walk.text_matrix, walk.line_matrix)
        walk.state = walk.state.copy()
        coloured = walk.is_uncoloured
        try:
            walk.is_uncoloured = _is_stencil(walk, procedure)
            if "/Resources" in thing:
                walk.resources, resources = thing["/Resources"], walk.resources
            else:
                resources = walk.resources
            if procedure.objgen not in walk.drawn:
                walk.drawn.add(procedure.objgen)
                _cell(walk, procedure, times(shown.font.matrix, put))
                walk.drawn.discard(procedure.objgen)
            walk.resources = resources
        finally:
            walk.is_uncoloured = coloured
            walk.state, walk.text_matrix, walk.line_matrix = outer


def _is_stencil(walk: Walk, procedure: Any) -> bool:
    """Return whether a glyph takes the text's colour: it begins with d1, not d0."""
    first = next(walk.library.operations(procedure), (b"", []))
    return first[0] == b"d1"


def _names(thing: Any) -> dict[int, str]:
    names: dict[int, str] = {}
    encoding = thing.get("/Encoding")
    code = 0
    if isinstance(encoding, pikepdf.Dictionary):
        for item in encoding.get("/Differences", ()):
            if isinstance(item, pikepdf.Name):
                names[code] = str(item)
                code += 1
            else:
                code = int(number(item))
    return names


# --- Pictures, shadings, forms, layers -----------------------------------------------------------


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
        picture = Picture(name, thing, None, walk.state.ctm, walk.resources)
        is_stencil = bool(thing.get("/ImageMask", False))
        walk.add("image", moved(walk.state.ctm, UNIT), picture, is_fill=is_stencil)
        if is_stencil:
            _look_into_patterns(walk, True, False)


def _draw_inline(walk: Walk, n: list[Any]) -> None:
    inline: Inline = n[0]
    fields = _long(inline)
    picture = Picture("(inline)", fields, inline.data, walk.state.ctm, walk.resources)
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
    if isinstance(part, Text):
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


def _pass(walk: Walk, _: list[Any]) -> None:
    """Do nothing: ink does not depend on it."""


def _nowhere(walk: Walk, _: list[Any]) -> None:
    _paint(b"", False, False, walk, [])


OPERATORS: dict[bytes, Callable[[Walk, list[Any]], None]] = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _matrix,
    b"w": _width,
    b"gs": _set,
    b"g": partial(_device, GREY, False),
    b"G": partial(_device, GREY, True),
    b"rg": partial(_device, RGB, False),
    b"RG": partial(_device, RGB, True),
    b"k": partial(_device, CMYK, False),
    b"K": partial(_device, CMYK, True),
    b"cs": partial(_space, False),
    b"CS": partial(_space, True),
    b"sc": partial(_colour, False),
    b"SC": partial(_colour, True),
    b"scn": partial(_colour, False),
    b"SCN": partial(_colour, True),
    b"m": _move,
    b"l": _line,
    b"c": _curve,
    b"v": _curve_from_here,
    b"y": _curve_to_there,
    b"h": _close,
    b"re": _rectangle,
    b"W": partial(_clip, b"W"),
    b"W*": partial(_clip, b"W*"),
    b"n": _nowhere,
    b"f": partial(_paint, b"f", False, False),
    b"F": partial(_paint, b"f", False, False),
    b"f*": partial(_paint, b"f*", False, False),
    b"S": partial(_paint, b"", True, False),
    b"s": partial(_paint, b"", True, True),
    b"B": partial(_paint, b"f", True, False),
    b"B*": partial(_paint, b"f*", True, False),
    b"b": partial(_paint, b"f", True, True),
    b"b*": partial(_paint, b"f*", True, True),
    b"BT": _begin_text,
    b"ET": _end_text,
    b"Tf": _font,
    b"Tc": partial(_parameter, "character_space", 1.0),
    b"Tw": partial(_parameter, "word_space", 1.0),
    b"Tz": partial(_parameter, "stretch", 0.01),
    b"TL": partial(_parameter, "leading", 1.0),
    b"Ts": partial(_parameter, "rise", 1.0),
    b"Tr": _render,
    b"Td": _move_line,
    b"TD": _move_line_leading,
    b"T*": _next_line,
    b"Tm": _text_matrix,
    b"Tj": _show,
    b"TJ": _show_list,
    b"'": _show_next,
    b'"': _show_spaced,
    b"Do": _draw,
    b"BI": _draw_inline,
    b"sh": _shade,
    b"BMC": _begin_content,
    b"BDC": _begin_content,
    b"EMC": _end_content,
    b"BX": _begin_tolerance,
    b"EX": _end_tolerance,
    **dict.fromkeys((b"J", b"j", b"M", b"d", b"ri", b"i", b"MP", b"DP", b"d0", b"d1"), _pass),
}
