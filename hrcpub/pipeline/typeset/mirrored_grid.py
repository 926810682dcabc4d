"""WeasyPrint's grids, so that their columns begin at the right where lines do.

Private names of WeasyPrint are used here; `test_mirrored_grid.py` fails when one of them changes.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Protocol, cast


class _GridBox(Protocol):
    """What is used of a grid, of a cell, and of the area that a grid gives a cell: CSS pixels."""

    style: Mapping[str, object]
    element: object
    children: tuple[object, ...]
    position_x: float
    width: float

    def content_box_x(self) -> float:
        """Return the left edge of what is within the padding."""


def mirror_grids() -> None:
    """Let the columns of a grid run from the right where its `direction` is rtl.

    Why: WeasyPrint 70 places them from the left in any direction, which CSS Grid 1 (§7) does not
    mean. May go with the release of WeasyPrint that mirrors them.
    """
    blocks = vars(importlib.import_module("weasyprint.layout.block"))
    lay_grid = blocks["grid_layout"]

    def grid_layout(
        context: object, box: _GridBox, *arguments: object, **options: object
    ) -> object:
        if box.style["direction"] != "rtl":
            return lay_grid(context, box, *arguments, **options)
        # A grid asks this module for the function with which it lays out its cells.
        lay_cell = blocks["block_level_layout"]
        blocks["block_level_layout"] = _mirroring(lay_cell, box)
        try:
            return lay_grid(context, box, *arguments, **options)
        finally:
            blocks["block_level_layout"] = lay_cell

    for name in ("grid", "block", "inline"):  # what else needs it imports it from `grid`
        vars(importlib.import_module(f"weasyprint.layout.{name}"))["grid_layout"] = grid_layout


def _mirroring(lay_cell: Callable[..., object], grid: _GridBox) -> Callable[..., object]:
    """Return the layout of blocks that mirrors the cells of a grid about its middle first."""

    def block_level_layout(
        context: object, box: _GridBox, *arguments: object, **options: object
    ) -> object:
        # Where a grid only measures a cell, it names the area.
        area = cast("_GridBox", arguments[2]) if len(arguments) > 2 else None
        if area and area.element is grid.element and not area.children:
            middle = grid.content_box_x() + grid.width / 2
            area.position_x = box.position_x = 2 * middle - area.position_x - area.width
        return lay_cell(context, box, *arguments, **options)

    return block_level_layout
