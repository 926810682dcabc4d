"""Texts: operators of content streams, each a function on a `Frame` (ISO 32000-2 §9)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import accumulate

import pikepdf

from hrcpub.pipeline.preflight.page.content import Operand, Operands, RawArray, RawString
from hrcpub.pipeline.preflight.page.fonts import PdfFont
from hrcpub.pipeline.preflight.page.graphics_ops import matrix_of
from hrcpub.pipeline.preflight.page.interpreter import Frame
from hrcpub.pipeline.preflight.page.marks import Clip, PaintedText, State
from hrcpub.pipeline.preflight.page.matrices import NOWHERE, around
from hrcpub.pipeline.preflight.page.patterns import look_into_patterns
from hrcpub.pipeline.preflight.page.steps import HANGING, PenStep, Reach, measured, move
from hrcpub.units import IDENTITY, Rect, times

_TYPE3_GLYPHS = 2000  # of one page that are looked into


def _begin_text(frame: Frame, _: Operands) -> None:
    frame.text_matrix = frame.line_matrix = IDENTITY
    frame.text_clip = []


def _end_text(frame: Frame, _: Operands) -> None:
    """Clip with the texts that were shown in the modes 4 to 7 (§9.3.6)."""
    if frame.text_clip:
        boxes = [whole for text in frame.text_clip if (whole := text.box()) is not None]
        reach = around(corner for whole in boxes for corner in (whole[:2], whole[2:]))
        met = frame.state.clip.box.meet(reach) or NOWHERE
        frame.state.clip = Clip(met, frame.text_clip, False, frame.state.clip)
        frame.text_clip = []


def _font(frame: Frame, n: Operands) -> None:
    dictionary = frame.resources.named("/Font", n[0])
    frame.state.size = float(n[1])
    if dictionary is None:
        frame.walk.complain("resource", f"the font {n[0].decode('latin-1')} is not in the file")
        frame.state.font = None
        return
    frame.state.font = frame.resources.read("/Font", n[0], frame.walk.library.font)


def _parameter(name: str, factor: float, frame: Frame, n: Operands) -> None:
    setattr(frame.state, name, float(n[0]) * factor)


def _render(frame: Frame, n: Operands) -> None:
    frame.state.render = int(n[0])


def _move_line(frame: Frame, n: Operands) -> None:
    x, y = float(n[0]), float(n[1])
    frame.text_matrix = frame.line_matrix = times((1.0, 0.0, 0.0, 1.0, x, y), frame.line_matrix)


def _move_line_leading(frame: Frame, n: Operands) -> None:
    frame.state.leading = -float(n[1])
    _move_line(frame, n)


def _next_line(frame: Frame, _: Operands) -> None:
    _move_line(frame, [0.0, -frame.state.leading])


def _text_matrix(frame: Frame, n: Operands) -> None:
    frame.text_matrix = frame.line_matrix = matrix_of(n)


def _show(frame: Frame, n: Operands) -> None:
    _shown(frame, [n[-1]])


def _show_list(frame: Frame, n: Operands) -> None:
    listing, font = n[-1], frame.state.font
    if not isinstance(listing, RawArray):
        _shown(frame, [listing])
    # No string in parentheses: then one expression takes all of it.
    elif font is not None and font.is_plain and listing[1:2] == b"<" and listing.find(b"(") < 0:
        _shown_plainly(frame, font, listing)
    else:
        _shown(frame, listing.items())


def _shown_plainly(frame: Frame, font: PdfFont, listing: bytes) -> None:
    """Show codes of two bytes in hexadecimal, with kerning between: what most programs write."""
    state = frame.state
    steps = font.steps(state.size * state.stretch, state.character_space * state.stretch)
    _add_line(frame, font, *steps.line(listing))


def _show_next(frame: Frame, n: Operands) -> None:
    _next_line(frame, [])
    _shown(frame, [n[-1]])


def _show_spaced(frame: Frame, n: Operands) -> None:
    frame.state.word_space, frame.state.character_space = float(n[0]), float(n[1])
    _show_next(frame, n[2:])


def _shown(frame: Frame, items: Iterable[Operand]) -> None:
    """Show strings between which the pen moves (§9.4.3, §9.4.4)."""
    state, font = frame.state, frame.state.font
    if font is None:
        return
    if font.is_vertical:
        _shown_downwards(frame, font, items)
        return
    size = state.size * state.stretch
    # Word spacing is for the single-byte code 32 alone (§9.3.3).
    word = 0.0 if font.is_keyed else state.word_space * state.stretch
    known = font.steps(size, state.character_space * state.stretch, word).__getitem__
    steps: list[PenStep] = []
    for item in items:
        if isinstance(item, RawString):
            steps += map(known, font.codes(item))
        elif isinstance(item, float):
            steps.append(move(-(item / 1000 * size)))
    _add_line(frame, font, steps, *measured(steps))


def _add_line(
    frame: Frame, font: PdfFont, steps: Sequence[PenStep], end: float, reach: Reach | None
) -> None:
    """Paint letters from left to right, and leave the pen behind them, at the `end`."""
    if not steps:
        return
    state = frame.state
    ink = None
    if reach is not None:
        edges = (state.rise + reach.foot * state.size, state.rise + reach.head * state.size)
        ink = Rect(reach.left, min(edges), reach.right, max(edges))
    _add_glyphs(frame, font, steps, ink)
    frame.text_matrix = times((1.0, 0.0, 0.0, 1.0, end, 0.0), frame.text_matrix)


def _shown_downwards(frame: Frame, font: PdfFont, items: Iterable[Operand]) -> None:
    """Show strings from top to bottom (§9.7.4.3)."""
    state = frame.state
    # One em down, the default of DW2. W2 is not read: few fonts have it. What is added is added
    # to a step that goes down, so that letters are nearer to each other.
    down = state.character_space - state.size
    known = font.steps(state.size * state.stretch, 0.0)
    steps: list[PenStep] = []
    for item in items:
        if isinstance(item, float):
            steps.append(move(-(item / 1000 * state.size)))
        elif isinstance(item, RawString):
            steps += (_hung(known[code], down) for code in font.codes(item))
    if not steps:
        return
    pens = [*accumulate((step[0] for step in steps), initial=0.0)]
    _add_glyphs(frame, font, steps, _column(state, steps, pens))
    frame.text_matrix = times((1.0, 0.0, 0.0, 1.0, 0.0, pens[-1]), frame.text_matrix)


def _hung(step: PenStep, down: float) -> PenStep:
    """Return the step of a letter that hangs from the pen by the middle of its width."""
    wide, left, right, foot, head, code = step
    return (down, left - wide / 2, right - wide / 2, foot - HANGING, head - HANGING, code)


def _column(state: State, steps: list[PenStep], pens: list[float]) -> Rect | None:
    """Return the box of the ink of letters below each other, in text space; None without ink."""
    _, lefts, rights, feet, heads, _ = zip(*steps, strict=True)
    low, high = min(feet) * state.size, max(heads) * state.size
    starts = [state.rise + pen for pen, foot in zip(pens, feet, strict=False) if foot < math.inf]
    if not starts:
        return None
    ys = [start + edge for start in starts for edge in (low, high)]
    return Rect(min(lefts), min(ys), max(rights), max(ys))


def _add_glyphs(frame: Frame, font: PdfFont, steps: Sequence[PenStep], ink: Rect | None) -> None:
    """Paint letters where their pens are; `ink` is the box around them, in text space."""
    state = frame.state
    matrix = times(frame.text_matrix, state.ctm)
    shown = PaintedText(font, steps, matrix, state.size, state.stretch, state.rise, ink)
    if font.kind == "Type3" and shown.codes:
        frame.walk.fonts[id(font)] = font
        _draw_glyphs(frame, shown)
        return
    whole = shown.box()
    # 3 is invisible: the text that OCR lays under a scan.
    if whole is None or state.render == 3:
        return
    frame.walk.fonts[id(font)] = font
    # 4 to 7 are as 0 to 3, and clip too (§9.3.6).
    render = state.render & 3
    is_fill, is_stroke = render in (0, 2), render in (1, 2)
    if is_fill or is_stroke:
        frame.add(shown, whole, is_fill, is_stroke)
        look_into_patterns(frame, is_fill, is_stroke)
    if state.render > 3:
        frame.text_clip.append(shown)


def _draw_glyphs(frame: Frame, shown: PaintedText) -> None:
    """Draw a Type 3 font's glyphs, which are content like any other (§9.6.4)."""
    walk, font = frame.walk, shown.font
    procedures = font.dictionary.get("/CharProcs")
    for code, x, y in shown.glyphs:
        walk.type3_glyphs += 1
        if walk.type3_glyphs > _TYPE3_GLYPHS or not isinstance(procedures, pikepdf.Dictionary):
            return
        procedure = procedures.get("/" + font.names.get(code, ""))
        if not isinstance(procedure, pikepdf.Stream) or procedure.objgen in frame.drawn:
            continue
        size = shown.size
        put = times((size * shown.stretch, 0.0, 0.0, size, x, y), shown.matrix)
        inner = frame.nested(walk.library.nested(procedure), times(font.matrix, put))
        inner.is_uncoloured = _is_stencil(frame, procedure)
        if "/Resources" not in procedure and "/Resources" in font.dictionary:
            inner.resources = walk.library.resources(font.dictionary["/Resources"])
        inner.run(walk.library.operations(procedure))


def _is_stencil(frame: Frame, procedure: pikepdf.Stream) -> bool:
    """Return whether a glyph takes the text's colour: it begins with d1, not d0."""
    operator, _ = next(frame.walk.library.operations(procedure), (b"", []))
    return operator == b"d1"


OPERATORS: dict[bytes, Callable[[Frame, Operands], None]] = {
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
}
