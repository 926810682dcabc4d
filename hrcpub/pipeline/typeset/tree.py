"""WeasyPrint's laid-out pages to plain records: texts, pictures, and the areas that hold them.

All private names of WeasyPrint that we need to look at pages are in this file, and
`tests/pipeline/typeset/test_tree.py` fails when one of them changes. Lengths are points; x and y
count from the trim's top left corner, y downwards.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from hrcpub.units import POINTS_PER_PIXEL

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint.document import Document

    from hrcpub.pipeline.typeset.style_looks import BoxEdges
    from hrcpub.pipeline.typeset.weasyprint_box import (
        Background,
        PageBox,
        WeasyBox,
    )

PANEL = "data-panel"  # the name of the panel that an element is
IMPRINT = "data-imprint"  # an element that is kept for the details of a local site
# What would be a mistake elsewhere, but is meant: overlap, overflow, hide, small, near.
MAY = "data-may"

# Elements whose own text is not shown, or is drawn by something else (letters in a drawing).
_SILENT = frozenset(
    ("head", "script", "style", "template", "object", "video", "canvas", "title", "rp", "option")
)
# Boxes on which a height has no effect (CSS 2.2 §10.6.1), or is a minimum.
_UNSIZED = frozenset(("InlineBox", "LineBox", "TextBox", "TableRowBox", "TableCellBox"))
SVG = "{http://www.w3.org/2000/svg}"


def pages(document: Document) -> list[LaidPage]:
    """Return the pages that were laid out."""
    return [_page(page._page_box, number) for number, page in enumerate(document.pages, 1)]


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


def own_texts(body: Element) -> Iterator[tuple[Element, str]]:
    """Yield all texts of the HTML with the element that each is in, in the document's order."""
    # A list and not recursion: each text would come up through all that is around it.
    todo: list[tuple[Element, str | None]] = [(body, None)]
    while todo:
        element, tail = todo.pop()
        if tail:
            yield element, tail
            continue
        if element.text:
            yield element, element.text
        for child in reversed(element):
            if child.tail:
                todo.append((element, child.tail))
            if _is_read(child.tag):
                todo.append((child, None))


def _is_read(tag: object) -> bool:
    """Return whether the text of an element with a tag is shown as text; comments have none."""
    return isinstance(tag, str) and tag not in _SILENT and not tag.startswith(SVG)


def _page(root: PageBox, number: int) -> LaidPage:
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
    todo: list[tuple[WeasyBox, Area, LaidLine | None]] = [(root, top, None)]
    while todo:
        box, area, line = todo.pop()
        kind = _KINDS.get(type(box)) or _kind(box)
        if kind == "placeholder":
            box = box._box
            kind = _KINDS.get(type(box)) or _kind(box)
        if kind == "text":
            page.texts.append(_text(box, number, area, line))
            continue
        if kind != "line":  # no rule of CSS is for a line
            look = box_look(box.style)
            page.is_deep = page.is_deep or look.is_deep
            if box is not root and (inner := _area(box, look, area)):
                area = inner
                page.areas.append(inner)
            if look.rules:
                page.rules += _rules(look.rules, box, area)
            if kind == "picture":
                page.pictures.append(LaidPicture(box.element, number, _content(box), area, box))
                continue
        children = box.children
        if children and hasattr(children[0], "block_ellipsis"):  # only lines have that
            block = _content(box)
            todo += [(child, area, _laid_line(child, block, area)) for child in reversed(children)]
        elif children:
            todo += [(child, area, line) for child in reversed(children)]
    return page


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
    tag = box.element_tag
    left, top = box.position_x * POINTS_PER_PIXEL, box.position_y * POINTS_PER_PIXEL
    # Margin boxes and generated content have no element, or a pseudo-element: no author wrote them.
    is_written = tag is not None and ("::" not in tag or tag.endswith("::first-letter"))
    look = text_look(box.style)
    return LaidText(
        box.text,
        box.element,
        is_written,
        number,
        left,
        top + box.baseline * POINTS_PER_PIXEL,
        box.width * POINTS_PER_PIXEL,
        look.size,
        area,
        line or LaidLine(area.rect, area),  # a list's marker that is outside of its lines
        look,
        box,
    )


def _laid_line(box: WeasyBox, block: LaidRect, area: Area) -> LaidLine:
    is_rtl = box.style["direction"] == "rtl"
    return LaidLine(
        block, area, is_rtl, box.text_overflow == "ellipsis", box.block_ellipsis != "none"
    )


def _area(box: WeasyBox, look: BoxLook, area: Area) -> Area | None:
    """Return the area of a box; None for one that only holds others."""
    panel, may = _marks(box)
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
    inner = Area(
        area,
        _content(box),
        _padding(box),
        is_tall=is_tall,
        is_apart=look.is_apart,
        is_panel=panel is not None,
        is_split=look.columns > 0,
        clips=clips,
        panel=panel or area.panel,
        may=area.may | frozenset((may or "").split()),
        matrix=(matrix @ outer if outer else matrix) if matrix else outer,
        is_hidden=_is_hidden(box, look.opacity) or area.is_hidden,
        opacity=area.opacity * look.opacity,
        cut=_cut(box, look.cut) if look.cut else None,
        columns=look.columns or area.columns,
        radii=_radii(box) if clips else (),
    )
    if ground is not None and any(layer.image for layer in ground.layers):
        inner.ground = ground
    elif ground is not None and ground.color.alpha * inner.opacity > FAINT:
        inner.ground, inner.colour = ground, screen_colour(ground.color)
    return inner


def _rules(sides: tuple[str, ...], box: WeasyBox, area: Area) -> Iterator[LaidRule]:
    """Yield the sides of a box's border that can be seen."""
    style = box.style
    left, top = box.border_box_x(), box.border_box_y()
    right, foot = left + box.border_width(), top + box.border_height()
    for side in sides:
        width = style[f"border_{side}_width"]
        edges = {
            "top": (left, top, right, top + width),
            "right": (right - width, top, right, foot),
            "bottom": (left, foot - width, right, foot),
            "left": (left, top, left + width, foot),
        }[side]
        own = style[f"border_{side}_color"]
        colour = style["color"] if own == "currentcolor" else own
        if colour.alpha * area.opacity > FAINT:
            rect = LaidRect(*(edge * POINTS_PER_PIXEL for edge in edges))
            yield LaidRule(rect, area, box)


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


def _marks(box: WeasyBox) -> tuple[str | None, str | None]:
    """Return the name of the panel that a box is, and what a template allows in it."""
    element = box.element
    # Anonymous boxes have the element of their parent, for which it counts already.
    if element is None or "::" in (box.element_tag or ""):
        return None, None
    if type(box.style).__name__ == "AnonymousStyle":
        return None, None
    return element.get(PANEL), element.get(MAY)


def _does_hold(box: WeasyBox) -> bool:
    """Return whether a box has others in it, which it may clip; a picture clips only itself."""
    is_parent = hasattr(box, "children") and not hasattr(box, "replacement")
    return is_parent and not box.is_for_root_element


def _is_hidden(box: WeasyBox, opacity: float) -> bool:
    """Return whether a box is too faint, or scaled too small, to be seen."""
    matrix = box.transformation_matrix
    is_shrunk = matrix is not None and abs(matrix.determinant) < FAINT**2
    return bool(is_shrunk or opacity < FAINT)


def _content(box: WeasyBox) -> LaidRect:
    left = box.content_box_x() * POINTS_PER_PIXEL
    top = box.content_box_y() * POINTS_PER_PIXEL
    return LaidRect(
        left, top, left + box.width * POINTS_PER_PIXEL, top + box.height * POINTS_PER_PIXEL
    )


def _padding(box: WeasyBox) -> LaidRect:
    left = box.padding_box_x() * POINTS_PER_PIXEL
    top = box.padding_box_y() * POINTS_PER_PIXEL
    right = left + box.padding_width() * POINTS_PER_PIXEL
    return LaidRect(left, top, right, top + box.padding_height() * POINTS_PER_PIXEL)


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
