"""WeasyPrint's grids, so that their columns begin at the right where lines do."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any


def mirror_grids() -> None:
    """Let the columns of a grid run from the right where its `direction` is rtl.

    Why: WeasyPrint 70 places them from the left in any direction, which CSS Grid 1 (§7) does not
    mean. May go with the release of WeasyPrint that mirrors them.
    """
    blocks: Any = importlib.import_module("weasyprint.layout.block")
    lay_grid = blocks.grid_layout

    def grid_layout(context: Any, box: Any, *arguments: Any) -> Any:
        if box.style["direction"] != "rtl":
            return lay_grid(context, box, *arguments)
        # A grid asks this module for the function with which it lays out its cells.
        lay_cell = blocks.block_level_layout
        blocks.block_level_layout = _mirroring(lay_cell, box)
        try:
            return lay_grid(context, box, *arguments)
        finally:
            blocks.block_level_layout = lay_cell

    for name in ("grid", "block", "inline"):  # what else needs it imports it from `grid`
        vars(importlib.import_module(f"weasyprint.layout.{name}"))["grid_layout"] = grid_layout


def _mirroring(lay_cell: Callable[..., Any], grid: Any) -> Callable[..., Any]:
    """Return the layout of blocks that mirrors the cells of a grid about its middle first."""

    def block_level_layout(context: Any, box: Any, *arguments: Any, **options: Any) -> Any:
        area = arguments[2] if len(arguments) > 2 else None  # of the cell, where it is one's
        # When a grid only measures its cells, it names their area in `options`.
        if area is not None and area.element is grid.element and not area.children:
            middle = grid.content_box_x() + grid.width / 2
            area.position_x = box.position_x = 2 * middle - area.position_x - area.width
        return lay_cell(context, box, *arguments, **options)

    return block_level_layout
