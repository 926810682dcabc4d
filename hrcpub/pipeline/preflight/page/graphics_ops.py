"""State, colours and paths: operators of content streams, each a function on a `Walk`.

A function takes the walk and the operator's operands; a wrong operand raises one of `ODD`
(ISO 32000-2 §8.4 to §8.6).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import PageBox, box, number
from hrcpub.pipeline.preflight.page.marks import (
    IDENTITY,
    Clip,
    Matrix,
    Path,
    State,
    moved,
    narrow,
    six,
    spread,
    times,
)
from hrcpub.pipeline.preflight.page.spaces import CMYK, DEVICE, GREY, PATTERN, RGB, named

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.page.interpreter import Walk

_DEEPEST_Q = 512  # readers of PDF 1.4 took 28, today's hundreds

# --- State ----------------------------------------------------------------------------------------


def _save(walk: Walk, _: list[Any]) -> None:
    if len(walk.stack) < _DEEPEST_Q:
        walk.stack.append(walk.state.copy())
    else:
        walk.complain("syntax", f"q in q, more than {_DEEPEST_Q} deep")


def _restore(walk: Walk, _: list[Any]) -> None:
    if walk.stack:
        walk.state = walk.stack.pop()


def _matrix(walk: Walk, n: list[Any]) -> None:
    walk.state.ctm = times(matrix_of(n), walk.state.ctm)


def matrix_of(n: list[Any]) -> Matrix:
    """Return six operands as a matrix."""
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

# --- Colours --------------------------------------------------------------------------------------


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


# --- Paths ----------------------------------------------------------------------------------------


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
        look_into_patterns(walk, bool(fill), is_stroke)
    if clipping:
        narrow(walk.state, path, clipping == b"W*")


def look_into_patterns(walk: Walk, is_fill: bool, is_stroke: bool) -> None:
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
        wide, walk.view = walk.view, PageBox(-1e7, -1e7, 1e7, 1e7)
        matrix = six(pattern.get("/Matrix")) or IDENTITY
        pattern_box = box(pattern.get("/BBox"))
        if pattern_box:
            walk.state.clip = Clip(moved(matrix, pattern_box))
        try:
            draw_cell(walk, pattern, matrix)
        finally:
            walk.is_pattern, walk.state, walk.is_uncoloured, walk.view = was, saved, coloured, wide


def draw_cell(walk: Walk, pattern: Any, matrix: Matrix) -> None:
    """Walk through a pattern's cell, or a Type 3 glyph, that a matrix puts on the page."""
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


def _nowhere(walk: Walk, _: list[Any]) -> None:
    _paint(b"", False, False, walk, [])


def _pass(walk: Walk, _: list[Any]) -> None:
    """Do nothing: ink does not depend on it."""


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
    **dict.fromkeys((b"J", b"j", b"M", b"d", b"ri", b"i", b"MP", b"DP", b"d0", b"d1"), _pass),
}
