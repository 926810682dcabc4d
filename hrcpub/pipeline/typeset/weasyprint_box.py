"""What is used of WeasyPrint's boxes, written down as types: WeasyPrint 70 comes without any.

Lengths are CSS pixels, from the page's top left corner. `tests/pipeline/typeset/test_tree.py` fails
when one of these names changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


class Transform(Protocol):
    """A matrix of CSS transforms."""

    determinant: float

    def transform_point(self, x: float, y: float) -> tuple[float, float]:
        """Return where it puts a point."""

    def __matmul__(self, other: Transform) -> Transform:
        """Return the matrix that does this one first, then the other."""


class ScreenColour(Protocol):
    """A colour as tinycss2 reads it."""

    space: str
    coordinates: Sequence[float]
    alpha: float

    def to(self, space: str) -> ScreenColour:
        """Return the same colour in another space; not all pairs of spaces are possible."""


class BackgroundLayer(Protocol):
    """One picture, or gradient, of a background; `position` is in its `positioning_area`."""

    image: Any
    size: tuple[float, float]
    position: tuple[float, float]
    positioning_area: tuple[float, float, float, float]  # left, top, width, height


class Background(Protocol):
    """What is painted under a box."""

    color: ScreenColour
    layers: Sequence[BackgroundLayer]
    style: BoxStyle


class BoxStyle(Protocol):
    """The computed values of all properties, and the fonts of the document."""

    font_config: object

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - each property has its own type
        """Return the value of a property."""


class PangoGeometry(Protocol):
    """Where a glyph is against the pen, and how far that moves; in Pango's units."""

    width: int
    x_offset: int
    y_offset: int


class PangoGlyph(Protocol):
    """A glyph of a run."""

    glyph: int
    geometry: PangoGeometry


class PangoGlyphs(Protocol):
    """The glyphs of a run, from left to right, each with the byte at which its cluster begins."""

    num_glyphs: int
    glyphs: Sequence[PangoGlyph]
    log_clusters: Sequence[int]


class PangoItem(Protocol):
    """A run of one font; in bytes of the line's text."""

    offset: int
    length: int
    analysis: Any


class PangoRun(Protocol):
    """A run with its glyphs."""

    item: PangoItem
    glyphs: PangoGlyphs


class WeasyBox(Protocol):
    """A laid-out box. Only lines have `block_ellipsis`, only texts `text` and `pango_layout`."""

    style: BoxStyle
    element: Element | None
    element_tag: str | None
    children: Sequence[WeasyBox]
    position_x: float
    position_y: float
    width: float  # of its content
    height: float
    margin_left: float
    margin_top: float
    border_left_width: float
    border_top_width: float
    padding_left: float
    padding_right: float
    padding_top: float
    padding_bottom: float
    baseline: float
    text_overflow: str
    block_ellipsis: str
    background: Background | None
    transformation_matrix: Transform | None
    is_grid_item: bool
    is_for_root_element: bool
    pango_layout: Any
    text: str
    _box: WeasyBox  # of a placeholder, which stands where something was before it was positioned

    def rounded_padding_box(self) -> Sequence[Any]:
        """Return left, top, width and height of its padding, and the radii of the corners."""

    def border_box_x(self) -> float:
        """Return where its border begins."""

    def border_box_y(self) -> float:
        """Return where its border begins."""

    def border_width(self) -> float:
        """Return how wide it is with its border."""

    def border_height(self) -> float:
        """Return how high it is with its border."""

    def margin_width(self) -> float:
        """Return how wide it is with its margin."""

    def margin_height(self) -> float:
        """Return how high it is with its margin."""


class PageBox(WeasyBox, Protocol):
    """The box of a page."""

    canvas_background: Background | None


class StackingContext(Protocol):
    """A box with those that are painted together with it (CSS 2.2, appendix E)."""

    box: WeasyBox
    negative_z_contexts: Sequence[StackingContext]
    zero_z_contexts: Sequence[StackingContext]
    positive_z_contexts: Sequence[StackingContext]
    float_contexts: Sequence[StackingContext]
    block_level_boxes: Sequence[WeasyBox]
    blocks_and_cells: Mapping[WeasyBox, Blocks]


Blocks = Mapping[WeasyBox, "Blocks"]
