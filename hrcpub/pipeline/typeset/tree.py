"""WeasyPrint's laid-out pages to plain records: texts, pictures, and the areas that hold them.

All private names of WeasyPrint that we need to look at pages are in this file, and
`tests/pipeline/typeset/test_tree.py` fails when one of them changes. Lengths are points; x and y
count from the trim's top left corner, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hrcpub.pipeline.typeset import gradients
from hrcpub.pipeline.typeset.laid_page import (
    FAINT,
    Area,
    LaidLine,
    LaidPage,
    LaidPicture,
    LaidRect,
    LaidRule,
    LaidText,
)
from hrcpub.pipeline.typeset.laid_text import turned
from hrcpub.pipeline.typeset.screen_colour import WHITE, screen_colour
from hrcpub.pipeline.typeset.style_looks import BoxLook, box_look, text_look
from hrcpub.pipeline.typeset.written_html import IMPRINT, SVG, Marked, marked_in
from hrcpub.units import POINTS_PER_PIXEL

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint.document import Document

    from hrcpub.pipeline.typeset.style_looks import BorderSide, BoxEdges
    from hrcpub.pipeline.typeset.weasyprint_box import (
        Background,
        PageBox,
        Transform,
        WeasyBox,
    )

# Boxes on which a height has no effect (CSS 2.2 §10.6.1), or is a minimum.
_UNSIZED = frozenset(("InlineBox", "LineBox", "TextBox", "TableRowBox", "TableCellBox"))
_NOTHING = " \n\t\u00a0\u2007\u2009\u202f\u3000\u200b"  # of these nothing is seen
_NEW = tuple.__new__  # of a rectangle: half of the time that its own takes, which takes names too


def pages(document: Document) -> list[LaidPage]:
    """Return the pages that were laid out."""
    marked = marked_in(document._html.etree_element)
    return [_page(page._page_box, number, marked) for number, page in enumerate(document.pages, 1)]


def reserved(document: Document) -> Iterator[tuple[int, LaidRect, float]]:
    """Yield page, place and height of the head of each box that is kept for an imprint."""
    for number, page in enumerate(document.pages, 1):
        todo: list[WeasyBox] = [page._page_box]
        while todo:
            box = todo.pop()
            box = getattr(box, "_box", box)
            is_own = type(box.style).__name__ != "AnonymousStyle"
            if is_own and box.element is not None and box.element.get(IMPRINT) is not None:
                place = _padding(box)
                yield number, place, _content(box).top - place.top
            else:
                todo += getattr(box, "children", None) or ()


def body(document: Document) -> Element:
    """Return the body of the composed HTML."""
    body: Element = document._html.etree_element.find("body")
    return body


def _page(root: PageBox, number: int, marked: Marked) -> LaidPage:
    size = (root.margin_width() * POINTS_PER_PIXEL, root.margin_height() * POINTS_PER_PIXEL)
    page = LaidPage(number, root=root, colour=WHITE, width=size[0], height=size[1])
    for background in (root.background, root.canvas_background):
        if background is not None and background.color.alpha > 0:
            page.colour = screen_colour(background.color)
        if background is not None and gradients.is_known(background):
            page.areas.append(
                Area(None, _content(root), _sheet(root, background), ground=background)
            )
    top = Area(None, _content(root), _padding(root))
    # A list and not recursion: tables in tables are deeper than Python allows.
    todo: list[_Within] = [(iter((root,)), top, None, None)]
    while todo:
        boxes, area, line, block = todo[-1]
        for box in boxes:  # those that are left
            kind = _KINDS.get(type(box)) or _kind(box)
            if kind == "text":
                text = _text(box, number, area, line)
                page.texts.append(text)
                if text.is_painted and text.text.strip(_NOTHING):
                    page.seen.append(text)
                continue
            inner = area
            if kind == "line":  # no rule of CSS is for a line
                if block is not None:
                    line = _laid_line(box, block, area)
            else:
                if kind == "placeholder":
                    box = box._box
                    kind = _KINDS.get(type(box)) or _kind(box)
                inner = _noted(box, kind, area, page, marked)
            if kind != "picture" and (children := box.children):
                is_line = (_KINDS.get(type(children[0])) or _kind(children[0])) == "line"
                own = _content(box) if is_line else None
                todo.append((iter(children), inner, line, own))
                break
        else:
            todo.pop()
    return page


# The boxes in another that are still to be looked at, what they are in, and whose lines they are.
_Within = tuple[Iterator["WeasyBox"], Area, LaidLine | None, LaidRect | None]


def _noted(box: WeasyBox, kind: str, area: Area, page: LaidPage, marked: Marked) -> Area:
    """Note on a page what a box in an area is; return the area that its children are in."""
    look = box_look(box.style)
    if look.is_deep:
        page.is_deep = True
    if box is not page.root and (inner := _area(box, look, area, marked)):
        area = inner
        page.areas.append(inner)
    if look.rules:
        page.rules += _rules(look.rules, box, area)
    if kind == "picture":
        page.pictures.append(LaidPicture(box.element, page.number, _content(box), area, box))
    return area


_KINDS: dict[type, str] = {}  # what the boxes of each class of WeasyPrint are


def _kind(box: WeasyBox) -> str:
    """Return what a box is, and with it all of its class."""
    named = {
        "placeholder": "_box",  # for what is positioned absolutely
        "text": "text",
        "line": "block_ellipsis",
        "picture": "replacement",
    }
    found = (kind for kind, name in named.items() if hasattr(box, name))
    kind = _KINDS[type(box)] = next(found, "box")
    return kind


def _sheet(root: PageBox, background: Background) -> LaidRect:
    """Return where a page's background, or that of its `html`, is painted."""
    if background is not root.background:
        return _content(root)
    width, height = root.margin_width(), root.margin_height()
    return LaidRect(0, 0, width * POINTS_PER_PIXEL, height * POINTS_PER_PIXEL)


def _text(box: WeasyBox, number: int, area: Area, line: LaidLine | None) -> LaidText:
    tag, look = box.element_tag, text_look(box.style)
    left, width = box.position_x * POINTS_PER_PIXEL, box.width * POINTS_PER_PIXEL
    baseline = box.position_y * POINTS_PER_PIXEL + box.baseline * POINTS_PER_PIXEL
    size = look.size
    return LaidText(
        box.text,
        box.element,
        # Margin boxes and generated content have no element, or a pseudo-element: no author wrote
        # them.
        tag is not None and ("::" not in tag or tag.endswith("::first-letter")),
        number,
        left,
        baseline,
        width,
        size,
        area,
        line or LaidLine(area.rect, area),  # a list's marker that is outside of its lines
        look,
        box,
        _NEW(LaidRect, (left, baseline - size * 0.66, left + width, baseline)),
        look.is_visible
        and not (area.is_hidden or look.colour.alpha * area.opacity < FAINT or size < 0.5),
    )


def _laid_line(box: WeasyBox, block: LaidRect, area: Area) -> LaidLine:
    is_rtl = box.style["direction"] == "rtl"
    return LaidLine(
        block, area, is_rtl, box.text_overflow == "ellipsis", box.block_ellipsis != "none"
    )


def _area(box: WeasyBox, look: BoxLook, area: Area, marked: Marked) -> Area | None:
    """Return the area of a box; None for one that only holds others."""
    panel, may = _marks(box, marked) if box.element in marked else (None, None)
    matrix, ground = box.transformation_matrix, getattr(box, "background", None)
    if look.is_plain and not (panel or may or matrix or ground or box.is_grid_item):
        return None
    is_tall = (look.is_tall or box.is_grid_item) and type(box).__name__ not in _UNSIZED
    clips = look.clips and _does_hold(box)
    is_faint = look.opacity < 1
    kind = (panel, may, look.is_apart, is_tall, clips, look.columns, matrix, ground, look.cut)
    if not (any(kind) or is_faint):
        return None
    outer = area.matrix
    inner = Area(  # by place: names would take three times as long
        area,
        _content(box),
        _padding(box),
        is_tall,
        look.is_apart,
        panel is not None,
        look.columns > 0,
        clips,
        panel or area.panel,
        area.may | frozenset(may.split()) if may else area.may,
        (matrix @ outer if outer else matrix) if matrix else outer,
        area.opacity * look.opacity,
        area.is_hidden or look.opacity < FAINT or (matrix is not None and _is_shrunk(matrix)),
        look.columns or area.columns,
    )
    if look.cut:
        inner.cut = _cut(box, look.cut)
    if clips:
        inner.radii = _radii(box)
    if ground is not None and any(layer.image for layer in ground.layers):
        inner.ground = ground
    elif ground is not None and ground.color.alpha * inner.opacity > FAINT:
        inner.ground, inner.colour = ground, screen_colour(ground.color)
    return inner


def _rules(sides: Iterable[BorderSide], box: WeasyBox, area: Area) -> Iterator[LaidRule]:
    """Yield the sides of a box's border that can be seen."""
    left, top = box.border_box_x(), box.border_box_y()
    right, foot = left + box.border_width(), top + box.border_height()
    for side, width, alpha in sides:
        if alpha * area.opacity <= FAINT:
            continue
        edges = {
            "top": (left, top, right, top + width),
            "right": (right - width, top, right, foot),
            "bottom": (left, foot - width, right, foot),
            "left": (left, top, left + width, foot),
        }[side]
        yield LaidRule(LaidRect(*(edge * POINTS_PER_PIXEL for edge in edges)), area, box)


def _cut(box: WeasyBox, clip: BoxEdges) -> LaidRect:
    """Return what `clip: rect(…)` leaves of a box (CSS 2.2 §11.1.2), as WeasyPrint draws it."""
    left, top = box.border_box_x(), box.border_box_y()
    sizes = (0, box.border_width(), box.border_height(), 0)
    above, right, below, beside = (
        size if edge == "auto" else edge for edge, size in zip(clip, sizes, strict=True)
    )
    edges = (left + beside, top + above, left + right, top + below)
    return LaidRect(*(edge * POINTS_PER_PIXEL for edge in edges))


def _radii(box: WeasyBox) -> tuple[tuple[float, float], ...]:
    """Return how far the corners of a padding box are round, clockwise; nothing where none is."""
    _, _, _, _, *corners = box.rounded_padding_box()
    pixel = POINTS_PER_PIXEL
    radii = tuple((across * pixel, down * pixel) for across, down in corners)
    return radii if any(map(any, radii)) else ()


def _marks(box: WeasyBox, marked: Marked) -> tuple[str | None, str | None]:
    """Return the name of the panel that a box is, and what a template allows in it."""
    # Anonymous boxes have the element of their parent, for which it counts already.
    if "::" in (box.element_tag or "") or type(box.style).__name__ == "AnonymousStyle":
        return None, None
    return marked[box.element]


def _does_hold(box: WeasyBox) -> bool:
    """Return whether a box has others in it, which it may clip; a picture clips only itself."""
    is_parent = hasattr(box, "children") and not hasattr(box, "replacement")
    return is_parent and not box.is_for_root_element


def _is_shrunk(matrix: Transform) -> bool:
    """Return whether a transform makes a box too small to be seen."""
    return abs(matrix.determinant) < FAINT**2


# The sums are WeasyPrint's own, term by term: its methods would take twice as long.
def _content(box: WeasyBox) -> LaidRect:
    left = box.position_x + box.margin_left + box.padding_left + box.border_left_width
    top = box.position_y + box.margin_top + box.padding_top + box.border_top_width
    left, top = left * POINTS_PER_PIXEL, top * POINTS_PER_PIXEL
    right, bottom = left + box.width * POINTS_PER_PIXEL, top + box.height * POINTS_PER_PIXEL
    return _NEW(LaidRect, (left, top, right, bottom))


def _padding(box: WeasyBox) -> LaidRect:
    left = (box.position_x + box.margin_left + box.border_left_width) * POINTS_PER_PIXEL
    top = (box.position_y + box.margin_top + box.border_top_width) * POINTS_PER_PIXEL
    width, height = (
        box.width + box.padding_left + box.padding_right,
        box.height + box.padding_top + box.padding_bottom,
    )
    right, bottom = left + width * POINTS_PER_PIXEL, top + height * POINTS_PER_PIXEL
    return _NEW(LaidRect, (left, top, right, bottom))


def is_shown(picture: LaidPicture, page: LaidPage) -> bool:
    """Return whether any part of a picture can be seen on its page."""
    is_hidden = picture.area.is_hidden or picture.box.style["visibility"] != "visible"
    return not is_hidden and is_on_sheet(picture, page)


def clips_itself(picture: LaidPicture) -> bool:
    """Return whether nothing of a picture is painted beyond its box, as is usual.

    A list's marker, or what `content` draws, says nothing of that.
    """
    is_element = picture.box.element_tag in ("img", f"{SVG}svg")
    return not is_element or picture.box.style["overflow"] != "visible"


def is_on_sheet(picture: LaidPicture, page: LaidPage) -> bool:
    """Return whether any part of a picture is on its page."""
    sheet = LaidRect(0, 0, page.width, page.height)
    return turned(picture.rect, picture.area.matrix).meets(sheet)
