"""The cells of tiling patterns to marks (ISO 32000-2 §8.7.3)."""

from __future__ import annotations

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import DEEPEST, number
from hrcpub.pipeline.preflight.page.interpreter import Frame, Library, Walk
from hrcpub.pipeline.preflight.page.marks import Clip, Mark, State, TransparencyGroup
from hrcpub.pipeline.preflight.page.matrices import FAR
from hrcpub.units import IDENTITY, Matrix, Rect


def look_into_patterns(frame: Frame, is_fill: bool, is_stroke: bool) -> None:
    """Walk through the cell of a tiling pattern that paints, once: its colours are judged too."""
    state = frame.state
    if is_fill and state.fill_pattern is not None:
        _look_into(frame, state.fill_pattern)
    if is_stroke and state.stroke_pattern is not None:
        _look_into(frame, state.stroke_pattern)


def _look_into(frame: Frame, pattern: pikepdf.Object) -> None:
    walk = frame.walk
    if not isinstance(pattern, pikepdf.Stream) or pattern.objgen in walk.patterns:
        return  # a gradient, or known
    if frame.is_hidden:
        return  # it may be seen elsewhere
    # Once for a page: a cell has the same colours wherever it is painted.
    walk.patterns.add(pattern.objgen)
    matrix = walk.library.nested(pattern).matrix or IDENTITY
    inner = _cell(frame, pattern, matrix, FAR, frame.state)
    inner.is_pattern = True
    inner.run(walk.library.operations(pattern))


def cell_marks(
    library: Library, pattern: pikepdf.Object, matrix: Matrix, view: Rect, colours: State
) -> list[Mark | TransparencyGroup]:
    """Return what one cell of a tiling pattern paints, its matrix leading to the page."""
    outer = Frame(Walk(library), colours, library.resources(None), view)
    outer.depth = DEEPEST // 2  # a raster that draws cells in cells has a bound of its own
    inner = _cell(outer, pattern, matrix, view, colours)
    inner.run(library.operations(pattern))
    return inner.walk.tree


def _cell(
    frame: Frame, pattern: pikepdf.Object, matrix: Matrix, view: Rect, colours: State
) -> Frame:
    """Return the frame of a cell, which is painted in `colours` where it has none of its own."""
    state = colours.copy()
    state.fill_pattern = state.stroke_pattern = None
    state.clip = Clip(view)
    is_uncoloured = int(number(pattern.get("/PaintType"), 1)) == 2
    space = colours.fill_space
    if is_uncoloured and space.kind == "Pattern" and space.base:
        state.fill_space = state.stroke_space = space.base
        state.stroke = state.fill
    inner = frame.nested(frame.walk.library.nested(pattern), matrix, state)
    inner.view, inner.is_uncoloured = view, is_uncoloured
    return inner
