"""A laid-out page to the order in which WeasyPrint paints its boxes (CSS 2.2, appendix E).

Like `tree`, this file uses private names of WeasyPrint; `tests/pipeline/typeset/test_tree.py` fails
when one of them changes.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING, cast

from hrcpub.pipeline.typeset.laid_page import LaidPage

if TYPE_CHECKING:
    from hrcpub.pipeline.typeset.weasyprint_box import Blocks, WeasyBox
    from hrcpub.pipeline.typeset.weasyprint_box import StackingContext as Context

Order = dict[Hashable, int]  # the `id` of an object, or a `border`, to its place in the order
_TABLE_PARTS = frozenset(("TableRowGroupBox", "TableRowBox", "TableCellBox"))


def painted(page: LaidPage) -> Order:
    """Return the order in which a page is painted, by the `id` of objects of WeasyPrint.

    They are backgrounds, boxes of pictures and texts; and what `border` says for borders. What
    comes later is over what came before (CSS 2.2, appendix E, as in
    `weasyprint.draw.draw_stacking_context`).
    """
    if page.order is None:
        from weasyprint.stacking import StackingContext

        page.order = {}
        _paint(StackingContext.from_page(page.root), page.order)
    return page.order


def border(box: WeasyBox) -> Hashable:
    """Return what stands for a box's border.

    Why not the box: contexts have copies, of one style. Elements that are alike share theirs.
    """
    return id(box.style), id(box.element)


def _paint(context: Context, order: Order) -> None:
    _note(context.box, order)
    for child in context.negative_z_contexts:
        _paint(child, order)
    # In the order of appendix E: negative z, blocks, floats, lines, then z of 0 and more.
    for block in context.block_level_boxes:
        _note(block, order)
    for child in context.float_contexts:
        _paint(child, order)
    _paint_inside(context.box, order)
    _paint_blocks(context.blocks_and_cells, order)
    for child in (*context.zero_z_contexts, *context.positive_z_contexts):
        _paint(child, order)


def _paint_blocks(blocks: Blocks, order: Order) -> None:
    for block, inner in blocks.items():
        _paint_inside(block, order)
        _paint_blocks(inner, order)


def _paint_inside(box: WeasyBox, order: Order) -> None:
    """Note the lines of a box, and the box itself if it is a picture."""
    if hasattr(box, "replacement"):
        order[id(box)] = len(order)
    todo = [child for child in reversed(box.children) if _is_inline(child)]
    while todo:
        child = todo.pop()
        if hasattr(child, "blocks_and_cells"):  # an inline block
            _paint(cast("Context", child), order)
            continue
        _note(child, order)
        order[id(child)] = len(order)
        todo += reversed(getattr(child, "children", ()))


def _is_inline(box: WeasyBox) -> bool:
    return hasattr(box, "block_ellipsis") or hasattr(box, "text") or hasattr(box, "box")


def _note(box: WeasyBox, order: Order) -> None:
    """Note the background of a box; a table paints those of its rows and cells with its own."""
    for name in ("background", "canvas_background"):  # a page has that of its `html` too
        background = getattr(box, name, None)
        if background is not None:
            order[id(background)] = len(order)
    order[border(box)] = len(order)  # which is painted on its background
    if type(box).__name__ == "TableBox" or type(box).__name__ in _TABLE_PARTS:
        for child in box.children:
            if type(child).__name__ in _TABLE_PARTS:
                _note(child, order)
