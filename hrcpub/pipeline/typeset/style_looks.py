"""A style to what its boxes and texts look like, worked out once for each that documents share.

Pages are looked over box by box and text by text, but most of what is asked follows from the style,
and hundreds have the same one (`shared_styles.py`).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from hrcpub.pipeline.typeset.screen_colour import CssColour, screen_colour
from hrcpub.pipeline.typeset.shared_styles import kept_with_style
from hrcpub.units import POINTS_PER_PIXEL

if TYPE_CHECKING:
    from hrcpub.pipeline.typeset.weasyprint_box import BoxStyle

BoxEdges = Sequence[float | Literal["auto"]]  # of the property `clip`: top, right, bottom, left

BorderSide = tuple[str, float, float]  # which one, its width in pixels, the alpha of its colour

_SIDES = ("top", "right", "bottom", "left")
_BORDERS = tuple((side, f"border_{side}_width", f"border_{side}_color") for side in _SIDES)
_APART = ("absolute", "fixed")


@dataclass(frozen=True, slots=True, eq=False)
class BoxLook:
    """What a style says of the boxes that have it."""

    is_apart: bool  # positioned absolutely
    is_tall: bool  # its height is given
    clips: bool  # what is in it
    is_deep: bool  # it is under what is around it (z-index)
    columns: int  # 0: none
    opacity: float
    cut: BoxEdges | None  # what the property `clip` leaves of it; pixels
    rules: tuple[BorderSide, ...]  # the sides of its border that have a width
    is_plain: bool  # of the first seven, it says nothing
    has_rulings: bool  # what is ruled is more than the sides: columns, or a picture around it


@dataclass(slots=True, eq=False)
class TextLook:
    """What a style says of the texts that have it. It is not changed."""

    size: float  # points
    colour: CssColour
    is_visible: bool
    is_bold: bool
    spacing: tuple[float, float]  # added between letters, and between words; points
    families: tuple[str, ...]  # of fonts, the first choice first
    face: Hashable  # what a face is chosen by
    ink_face: object = None  # that face, kept by `letterforms`


@kept_with_style
def box_look(style: BoxStyle) -> BoxLook:
    """Return what a style says of its boxes."""
    is_apart, depth = style["position"] in _APART, style["z_index"]
    is_tall = (
        style["height"] != "auto"
        or style["max_height"].value != float("inf")
        or (is_apart and style["top"] != "auto" and style["bottom"] != "auto")
    )
    clips, is_deep = style["overflow"] != "visible", depth != "auto" and depth < 0
    columns = 0 if style["column_count"] == "auto" else style["column_count"]
    opacity, cut = style["opacity"], style["clip"] if is_apart else None
    is_plain = not (is_apart or is_tall or clips or is_deep or columns or cut) and opacity == 1
    rules = tuple(
        (side, style[width], (style["color"] if own == "currentcolor" else own).alpha)
        for side, width, colour in _BORDERS
        if style[width]
        for own in (style[colour],)
    )
    has_rulings = (
        style["column_count"] != "auto"
        or style["column_width"] != "auto"
        or style["border_image_source"][0] != "none"
    )
    return BoxLook(
        *(is_apart, is_tall, clips, is_deep, columns, opacity, cut, rules, is_plain), has_rulings
    )


@kept_with_style
def text_look(style: BoxStyle) -> TextLook:
    """Return what a style says of its texts."""
    between = (style["letter_spacing"], style["word_spacing"])
    across, apart = (0.0 if s == "normal" else s * POINTS_PER_PIXEL for s in between)
    families = tuple(style["font_family"])
    return TextLook(
        size=style["font_size"] * POINTS_PER_PIXEL,
        colour=screen_colour(style["color"]),
        is_visible=style["visibility"] == "visible",
        is_bold=bool(style["font_weight"] >= 700),
        spacing=(across, apart),
        families=families,
        face=(families, style["font_weight"], style["font_style"], style["font_stretch"]),
    )
