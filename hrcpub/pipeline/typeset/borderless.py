"""Boxes without borders, which are passed when a page is drawn.

WeasyPrint 70 looks for all that might be drawn around each box (rules between columns, a picture,
four sides), though most have nothing. What follows from the style is asked once (`style_looks.py`);
the sides are asked of the box, since tables have borders that are not their style's.

Private names of WeasyPrint are used here; `test_borderless.py` fails when one of them changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from hrcpub.pipeline.typeset.replacing import put_in_place
from hrcpub.pipeline.typeset.style_looks import box_look

if TYPE_CHECKING:
    from weasyprint.css import Style
    from weasyprint.pdf.stream import Stream


class _BorderedBox(Protocol):
    """What is used of a box."""

    style: Style
    border_top_width: float
    border_right_width: float
    border_bottom_width: float
    border_left_width: float


def pass_borderless() -> None:
    """Let WeasyPrint pass boxes without borders at once. Once for the process."""
    from weasyprint.draw import border

    draw = border.draw_border

    def draw_border(stream: Stream, box: _BorderedBox) -> None:
        if (
            box.border_top_width
            or box.border_bottom_width
            or box.border_left_width
            or box.border_right_width
            or box_look(box.style).has_rulings
        ):
            draw(stream, box)

    put_in_place(draw, draw_border)
