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

from hrcpub.pipeline.preflight.page.bounded import number
from hrcpub.pipeline.preflight.page.content import PATH, Operands, RawArray
from hrcpub.pipeline.preflight.page.font_programs import Point
from hrcpub.pipeline.preflight.page.interpreter import Frame
from hrcpub.pipeline.preflight.page.marks import PaintedPath, State, narrow
from hrcpub.pipeline.preflight.page.parameters import dash_lengths, parameters
from hrcpub.pipeline.preflight.page.paths import Path, Segment
from hrcpub.pipeline.preflight.page.patterns import look_into_patterns
from hrcpub.pipeline.preflight.page.spaces import (
    CMYK,
    DEVICE,
    GREY,
    PATTERN,
    RGB,
    Space,
)
from hrcpub.units import Matrix, Rect, times

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
    frame.state.dash = dash_lengths([float(length) for length in islice(items, 16)])
    frame.state.dash_phase = float(n[1])


def _width(frame: Frame, n: Operands) -> None:
    frame.state.width = abs(float(n[0]))


def _line(name: str, frame: Frame, n: Operands) -> None:
    setattr(frame.state, name, int(n[0]))


def _miter_limit(frame: Frame, n: Operands) -> None:
    frame.state.miter_limit = max(float(n[0]), 1.0)


def _set(frame: Frame, n: Operands) -> None:
    """Take parameters from an ExtGState (§8.4.5)."""
    given = frame.resources.read("/ExtGState", n[0], parameters)
    if given is None:
        frame.walk.complain("resource", f"{n[0].decode('latin-1')} is set, but is not in the file")
        return
    state = frame.state
    for name, value in given.values:
        setattr(state, name, value)
    if given.has_mask:
        state.mask = None if given.mask is None else (given.mask, state.ctm)
    if given.font is not None:
        state.font = frame.walk.library.font(given.font[0])
        state.size = number(given.font[1])
    if given.fault is not None:
        raise given.fault.with_traceback(None)


# --- Colours --------------------------------------------------------------------------------------


def _device(space: Space, is_stroke: bool, frame: Frame, n: Operands) -> None:
    if frame.is_uncoloured:
        return
    parts = tuple(map(float, n[-space.count :]))
    if len(parts) != space.count:
        raise ValueError("too few numbers")
    _paint_with(frame.state, is_stroke, frame.resources.standing_for(space), parts, None)


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
        space = frame.resources.standing_for(space)
    else:
        library, inside = frame.walk.library, frame.resources.dictionary
        space = frame.resources.read("/ColorSpace", name, lambda at: library.space(at, inside))
        if space is None:
            frame.walk.complain(
                "resource", f"the colour space {name.decode('latin-1')} is not in the file"
            )
            return
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
        pattern = frame.resources.named("/Pattern", n[-1])
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
        frame.at = _start(frame.segments) or frame.at
        frame.segments.append((b"h", ()))


def _segments(frame: Frame, segments: Operands) -> None:
    """Go on with a path by many segments; each of them counts as an operator."""
    frame.walk.library.budget.operators(len(segments) - 1)
    if not frame.segments:  # what began it is broken
        for operator, n in segments:
            OPERATORS[operator](frame, [*n])
        return
    frame.segments += segments
    operator, n = segments[-1]
    if operator == b"h":
        frame.at = _start(frame.segments) or frame.at
    else:
        frame.at = (n[0], n[1]) if operator == b"re" else (n[-2], n[-1])


def _start(segments: list[Segment]) -> Point | None:
    """Return where the last subpath of a path begins, None where nothing began it."""
    for operator, n in reversed(segments):
        if operator in (b"m", b"re"):
            return (n[0], n[1])
    return None


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
    PATH: _segments,
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
