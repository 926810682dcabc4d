"""State, colours and paths: operators of content streams, each a function on a `Frame`.

It takes the frame of the stream at hand and the operator's operands; a wrong operand raises one of
`ODD` (ISO 32000-2 §8.4 to §8.6).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from itertools import islice

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import number, numbers
from hrcpub.pipeline.preflight.page.content import Operands, RawArray
from hrcpub.pipeline.preflight.page.interpreter import Frame
from hrcpub.pipeline.preflight.page.marks import PaintedPath, State, narrow
from hrcpub.pipeline.preflight.page.paths import Path
from hrcpub.pipeline.preflight.page.patterns import look_into_patterns
from hrcpub.pipeline.preflight.page.spaces import (
    CMYK,
    DEVICE,
    GREY,
    PATTERN,
    RGB,
    Space,
    in_place_of,
    named,
)
from hrcpub.units import Matrix, Rect, times

BLEND_MODES = frozenset(
    {"Multiply", "Screen", "Overlay", "Darken", "Lighten", "ColorDodge", "ColorBurn", "HardLight"}
    | {"SoftLight", "Difference", "Exclusion", "Hue", "Saturation", "Color", "Luminosity"}
)  # beside Normal, and Compatible, its old name (§11.3.5)
_DEEPEST_Q = 512  # readers of PDF 1.4 took 28, today's hundreds

# --- State ----------------------------------------------------------------------------------------


def _save(frame: Frame, _: Operands) -> None:
    if len(frame.stack) < _DEEPEST_Q:
        frame.stack.append(frame.state.copy())
    else:
        frame.walk.complain("syntax", f"q in q, more than {_DEEPEST_Q} deep")


def _restore(frame: Frame, _: Operands) -> None:
    if frame.stack:
        frame.state = frame.stack.pop()


def _matrix(frame: Frame, n: Operands) -> None:
    frame.state.ctm = times(matrix_of(n), frame.state.ctm)


def matrix_of(n: Operands) -> Matrix:
    """Return six operands as a matrix."""
    a, b, c, d, e, f = map(float, n[-6:])
    return (a, b, c, d, e, f)


def _dash(frame: Frame, n: Operands) -> None:
    items = n[0].items() if isinstance(n[0], RawArray) else ()
    _dash_by(frame.state, [float(length) for length in islice(items, 16)], float(n[1]))


def _dash_by(state: State, lengths: list[float], phase: float) -> None:
    lengths = [abs(length) for length in lengths]
    state.dash = tuple(lengths) if sum(lengths) > 0 else ()
    state.dash_phase = phase


def _width(frame: Frame, n: Operands) -> None:
    frame.state.width = abs(float(n[0]))


def _line(name: str, frame: Frame, n: Operands) -> None:
    setattr(frame.state, name, int(n[0]))


def _miter_limit(frame: Frame, n: Operands) -> None:
    frame.state.miter_limit = max(float(n[0]), 1.0)


def _set(frame: Frame, n: Operands) -> None:
    """Take parameters from an ExtGState (§8.4.5)."""
    parameters = named(frame.resources, "/ExtGState", n[0])
    if parameters is None:
        frame.walk.complain("resource", f"{n[0].decode('latin-1')} is set, but is not in the file")
        return
    state = frame.state
    for key in parameters.keys():  # noqa: SIM118
        if key in _PARAMETERS:
            _PARAMETERS[key](state, parameters[key])
    # OP alone is for both; op, if it is there, is for fills (§8.4.5).
    if "/OP" in parameters and "/op" not in parameters:
        state.fill_overprint = bool(parameters["/OP"])
    if "/SMask" in parameters:
        mask = parameters["/SMask"]
        is_mask = isinstance(mask, pikepdf.Dictionary) and "/G" in mask
        state.mask = (mask, state.ctm) if is_mask else None
    transfer = parameters.get("/TR2", parameters.get("/TR"))
    if transfer is not None:
        state.has_transfer = not isinstance(transfer, pikepdf.Name)
    if "/Font" in parameters:
        state.font = frame.walk.library.font(parameters["/Font"][0])
        state.size = number(parameters["/Font"][1])


def _blend(state: State, mode: pikepdf.Object) -> None:
    # Of a list of modes the first known counts, of none of them Normal (§8.4.5, §11.6.3).
    named = islice(mode, 16) if isinstance(mode, pikepdf.Array) else (mode,)
    names = (str(name).lstrip("/") for name in named)
    state.blend = next((name for name in names if name in BLEND_MODES), "Normal")


def _put(name: str, read: Callable[[pikepdf.Object], float]) -> _Parameter:
    return lambda state, value: setattr(state, name, read(value))


def _share(value: pikepdf.Object) -> float:
    return min(max(number(value, 1.0), 0.0), 1.0)


_Parameter = Callable[[State, pikepdf.Object], None]
_PARAMETERS: dict[str, _Parameter] = {
    "/LW": _put("width", lambda value: abs(number(value, 1.0))),
    "/LC": _put("cap", lambda value: int(number(value))),
    "/LJ": _put("join", lambda value: int(number(value))),
    "/ML": _put("miter_limit", lambda value: max(number(value, 10.0), 1.0)),
    "/D": lambda state, value: _dash_by(state, numbers(value[0], 16), number(value[1])),
    "/ca": _put("fill_alpha", _share),
    "/CA": _put("stroke_alpha", _share),
    "/op": _put("fill_overprint", bool),
    "/OP": _put("stroke_overprint", bool),
    "/OPM": _put("overprint_mode", lambda value: int(number(value))),
    "/BM": _blend,
}

# --- Colours --------------------------------------------------------------------------------------


def _device(space: Space, is_stroke: bool, frame: Frame, n: Operands) -> None:
    if frame.is_uncoloured:
        return
    parts = tuple(map(float, n[-space.count :]))
    if len(parts) != space.count:
        raise ValueError("too few numbers")
    _paint_with(frame.state, is_stroke, _standing_for(space, frame), parts, None)


def _standing_for(space: Space, frame: Frame) -> Space:
    """Return what the frame's resources put in the place of a device space; looked up once."""
    stands = frame.defaults.get(space.kind)
    if stands is None:
        stands = frame.defaults[space.kind] = in_place_of(space, frame.resources)
    return stands


def _paint_with(
    state: State,
    is_stroke: bool,
    space: Space,
    parts: tuple[float, ...],
    pattern: pikepdf.Object | None,
) -> None:
    if is_stroke:
        state.stroke_space, state.stroke, state.stroke_pattern = space, parts, pattern
    else:
        state.fill_space, state.fill, state.fill_pattern = space, parts, pattern


def _space(is_stroke: bool, frame: Frame, n: Operands) -> None:
    if frame.is_uncoloured:
        return
    name = n[0]
    space = DEVICE.get(name)
    if space is not None:
        space = _standing_for(space, frame)
    else:
        definition = named(frame.resources, "/ColorSpace", name)
        if definition is None:
            frame.walk.complain(
                "resource", f"the colour space {name.decode('latin-1')} is not in the file"
            )
            return
        space = frame.walk.library.space(definition, frame.resources)
        if space.said:
            frame.walk.complain("space", f"{name.decode('latin-1')}: {space.said}")
    _paint_with(frame.state, is_stroke, space, space.initial, None)


def _colour(is_stroke: bool, frame: Frame, n: Operands) -> None:
    if frame.is_uncoloured:
        return
    state = frame.state
    space = state.stroke_space if is_stroke else state.fill_space
    pattern = None
    if n and isinstance(n[-1], bytes):
        pattern = named(frame.resources, "/Pattern", n[-1])
        if pattern is None:
            frame.walk.complain(
                "resource", f"the pattern {n[-1].decode('latin-1')} is not in the file"
            )
            return
        space = space if space.kind == "Pattern" else PATTERN
        n = n[:-1]
    _paint_with(state, is_stroke, space, tuple(map(float, n)), pattern)


# --- Paths ----------------------------------------------------------------------------------------


def _move(frame: Frame, n: Operands) -> None:
    frame.at = (float(n[0]), float(n[1]))
    frame.segments.append((b"m", frame.at))


def _line_to(frame: Frame, n: Operands) -> None:
    frame.at = (float(n[0]), float(n[1]))
    frame.segments.append((b"l" if frame.segments else b"m", frame.at))


def _curve(frame: Frame, n: Operands) -> None:
    a, b, c, d, e, f = map(float, n)
    frame.segments.append((b"c", (a, b, c, d, e, f)))
    frame.at = (e, f)


def _curve_from_here(frame: Frame, n: Operands) -> None:
    # The pen is the first handle (§8.5.2.2).
    _curve(frame, [*frame.at, *n])


def _curve_to_there(frame: Frame, n: Operands) -> None:
    # The end is the second handle (§8.5.2.2).
    _curve(frame, [*n, *n[-2:]])


def _close(frame: Frame, _: Operands) -> None:
    """Close the subpath; the next begins where this one began (§8.5.2.1)."""
    if frame.segments:
        starts = (n for operator, n in reversed(frame.segments) if operator in (b"m", b"re"))
        frame.at = next(((n[0], n[1]) for n in starts), frame.at)
        frame.segments.append((b"h", ()))


def _rectangle(frame: Frame, n: Operands) -> None:
    x, y, width, height = map(float, n)
    frame.segments.append((b"re", (x, y, width, height)))
    frame.at = (x, y)


def _clip(operator: bytes, frame: Frame, _: Operands) -> None:
    frame.clipping = operator


def _paint(fill: bytes, is_stroke: bool, is_closed: bool, frame: Frame, _: Operands) -> None:
    """Fill and stroke the path at hand, then clip with it where that was asked for (§8.5.3)."""
    if is_closed:
        _close(frame, [])
    segments, frame.segments = frame.segments, []
    clipping, frame.clipping = frame.clipping, b""
    if not segments:
        return
    path = Path(segments, frame.state.ctm)
    if fill or is_stroke:
        whole = path.box
        if is_stroke:
            # Mitres may reach further. What only a mitre touches is not worth a finding.
            whole = _outset(whole, frame.state)
        frame.add(PaintedPath(path, fill == b"f*"), whole, bool(fill), is_stroke)
        look_into_patterns(frame, bool(fill), is_stroke)
    if clipping:
        narrow(frame.state, path, clipping == b"W*")


def _outset(box: Rect, state: State) -> Rect:
    """Return the box of a line from that of its middle: its pen may be wider than it is high."""
    a, b, c, d, _, _ = state.ctm
    x, y = state.width * math.hypot(a, c) / 2, state.width * math.hypot(b, d) / 2
    return Rect(box.left - x, box.bottom - y, box.right + x, box.top + y)


def _nowhere(frame: Frame, _: Operands) -> None:
    _paint(b"", False, False, frame, [])


def _pass(frame: Frame, _: Operands) -> None:
    """Do nothing: ink does not depend on it."""


OPERATORS: dict[bytes, Callable[[Frame, Operands], None]] = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _matrix,
    b"w": _width,
    b"d": _dash,
    b"J": partial(_line, "cap"),
    b"j": partial(_line, "join"),
    b"M": _miter_limit,
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
    b"l": _line_to,
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
    **dict.fromkeys((b"ri", b"i", b"MP", b"DP", b"d0", b"d1"), _pass),
}
