"""What is not there and need not be made: boxes in a page's margins, and backgrounds.

WeasyPrint 70 makes sixteen boxes in the margins of each page, to see that nothing is in them, and
works out the picture, the colour and the shadow behind each box, most of which have none.

Private names of WeasyPrint are used here; `test_bare_boxes.py` fails when one of them changes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from hrcpub.pipeline.typeset.replacing import put_in_place
from hrcpub.pipeline.typeset.shared_styles import kept_with_style

if TYPE_CHECKING:
    from weasyprint.css import Style

_ENDS = {"top": ("left", "center", "right"), "left": ("top", "middle", "bottom")}
_CORNERS = tuple(f"{y}-{x}-corner" for y in ("top", "bottom") for x in ("left", "right"))
# CSS Paged Media 3, 4.2
_MARGINS = (
    *(f"{side}-{end}" for side in ("top", "bottom") for end in _ENDS["top"]),
    *(f"{side}-{end}" for side in ("left", "right") for end in _ENDS["left"]),
    *_CORNERS,
)
_EMPTY = frozenset(("normal", "inhibit", "none"))


class _BackedBox(Protocol):
    """What is used of a box; of a page, its type too."""

    style: Style
    background: object
    page_type: object

    def all_children(self) -> Sequence[_BackedBox]:
        """Return what is directly within."""


class _StyledPages(Protocol):
    """What is used of WeasyPrint's context of a layout."""

    style_for: Callable[[object, str], Style | None]


def leave_boxes_bare() -> None:
    """Let WeasyPrint make nothing where nothing is to be seen. Once for the process."""
    _leave_margins_bare()
    _leave_backgrounds_bare()


def _leave_margins_bare() -> None:
    from weasyprint.layout import page as pages

    make = pages.make_margin_boxes

    def make_margin_boxes(context: _StyledPages, page: _BackedBox, state: object) -> Iterator[Any]:
        styles = (context.style_for(page.page_type, f"@{name}") for name in _MARGINS)
        if any(style is not None and style["content"] not in _EMPTY for style in styles):
            yield from make(context, page, state)

    put_in_place(make, make_margin_boxes)


def _leave_backgrounds_bare() -> None:
    from weasyprint.layout import background, percent

    lay_out = background.layout_box_backgrounds

    def layout_box_backgrounds(
        page: _BackedBox,
        box: _BackedBox,
        get_image: Callable[..., object],
        layout_children: bool = True,
        style: Style | None = None,
    ) -> None:
        if style is not None or box is page or not _is_bare(box.style):
            lay_out(page, box, get_image, layout_children, style)
            return
        percent.resolve_radii_percentages(box)
        if layout_children:
            for child in box.all_children():
                layout_box_backgrounds(page, child, get_image)
        box.background = None

    put_in_place(lay_out, layout_box_backgrounds)


@kept_with_style
def _is_bare(style: Style) -> bool:
    """Return whether nothing is behind boxes of a style, and no picture is their border."""
    from weasyprint.draw.color import get_color

    sources = (style["border_image_source"], style["mask_border_source"])
    pictures = itertools.chain(sources, style["background_image"])
    has_picture = any(kind != "none" for kind, _ in pictures)
    is_filled = get_color(style, "background_color").alpha > 0
    return not (has_picture or is_filled or style["box_shadow"])
