"""Texts: operators of content streams, each a function on a `Walk` (ISO 32000-2 §9)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import PageBox, number
from hrcpub.pipeline.preflight.page.content import RawArray, RawString
from hrcpub.pipeline.preflight.page.graphics_ops import draw_cell, look_into_patterns, matrix_of
from hrcpub.pipeline.preflight.page.marks import (
    IDENTITY,
    Clip,
    Glyphs,
    Mark,
    around,
    times,
)
from hrcpub.pipeline.preflight.page.spaces import named

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.page.interpreter import Walk

_TYPE3_GLYPHS = 2000  # of one page that are looked into


def _begin_text(walk: Walk, _: list[Any]) -> None:
    walk.text_matrix = walk.line_matrix = IDENTITY
    walk.text_clip = []


def _end_text(walk: Walk, _: list[Any]) -> None:
    if walk.text_clip:
        reach = around(corner for mark in walk.text_clip for corner in (mark.box[:2], mark.box[2:]))
        met = walk.state.clip.box.meet(reach) or PageBox(-1e7, -1e7, -1e7, -1e7)
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
    walk.text_matrix = walk.line_matrix = matrix_of(n)


def _show(walk: Walk, n: list[Any]) -> None:
    _shown(walk, [n[-1]])


def _show_list(walk: Walk, n: list[Any]) -> None:
    listing, font = n[-1], walk.state.font
    if not isinstance(listing, RawArray):
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
        if not isinstance(item, RawString):
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
        look_into_patterns(walk, is_fill, is_stroke)
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
                draw_cell(walk, procedure, times(shown.font.matrix, put))
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


OPERATORS: dict[bytes, Callable[[Walk, list[Any]], None]] = {
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
