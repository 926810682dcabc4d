"""Texts and pictures to those that are misplaced: past their place, cut, over each other.

Arithmetic over the records of `tree`. A text is judged by its band, which goes from the baseline up
to two thirds of its size: that is quick. Where the band is too near to something, the ink decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import tree
from hrcpub.pipeline.typeset.laid_page import (
    Area,
    CssColour,
    LaidPage,
    LaidPicture,
    LaidRect,
    LaidText,
)

SLACK = 0.5  # points: edges of boxes are rounded


class Misplaced(NamedTuple):
    """Texts in one place that are wrong in one way."""

    kind: str  # a key of `messages._WORDED`
    texts: tuple[LaidText, ...]
    over: float = 0.0  # by how many points
    area: Area | None = None  # the one that they exceed
    other: LaidText | LaidPicture | Area | None = None  # what they are on or under


def misplaced(pages: list[LaidPage], html: Html) -> list[Misplaced]:
    """Return the texts that are misplaced, each with its first cause only."""
    wrong: list[Misplaced] = []
    for page in pages:
        texts = [t for t in page.texts if t.text.strip() and tree.is_painted(t)]
        for judge in _JUDGES:
            judged = list(judge(texts, page, html))
            reported = {id(text) for group in judged for text in group.texts}
            texts = [text for text in texts if id(text) not in reported]
            wrong += judged
    return wrong


def _cut(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts that an ellipsis replaces, or that `overflow: hidden` cuts off."""
    short = [text for text in texts if _is_short(text)]
    yield from (Misplaced("ellipsis", (text,)) for text in short)
    for area, clipped in _by_area([text for text in texts if text not in short], _clipping):
        over = max(
            _past(*_alike(tree.ink(text), text.area, area.cut or area.padding, area))
            for text in clipped
        )
        yield Misplaced("clipped", tuple(clipped), over, area)


def _is_short(text: LaidText) -> bool:
    line = text.line
    is_wide = text.left + text.width > line.block.right + SLACK
    return line.is_cut_short or (line.is_cut_wide and is_wide)


def _clipping(text: LaidText) -> Area | None:
    """Return the innermost area that cuts off ink of a text."""
    for area in text.area.around():
        room = area.cut or (area.padding if area.clips else None)
        if room is not None and "overflow" not in text.area.may:
            # Descenders are at most 0.3 of the size below the baseline.
            reach = text.band._replace(bottom=text.baseline + text.size * 0.3)
            is_near = _past(*_alike(reach, text.area, room, area)) > 0
            if is_near and _past(*_alike(tree.ink(text), text.area, room, area)) > SLACK:
                return area
    return None


def _overset(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts below or above a place whose height is given, or outside a panel."""
    for area, outside in _by_area(texts, _bound):
        over = max(_over(text, area) for text in outside)
        yield Misplaced("overset", tuple(outside), over, area)


def _bound(text: LaidText) -> Area | None:
    """Return the innermost area that a text exceeds."""
    if "overflow" in text.area.may:
        return None
    is_apart = False
    for area in text.area.around():
        bounds = area.is_panel or ((area.is_tall or area.is_split) and not is_apart)
        if bounds and _over(text, area) > SLACK:
            return area
        is_apart = is_apart or area.is_apart
    return None


def _over(text: LaidText, area: Area) -> float:
    """Return how far a text is below or above an area; for a panel, beside it too."""
    # For what flows in a box, its place before transforms counts.
    band, room = text.band, area.rect
    if area.is_panel:
        band, room = _alike(band, text.area, room, area)
    # A first line may be higher than its box where its leading is less than its size.
    middle = band.bottom - (band.bottom - band.top) * 0.75
    over = max(band.bottom - room.bottom, room.top - middle)
    beside = max(band.right - room.right, room.left - band.left)
    if (area.is_panel or area.is_split) and beside > SLACK:
        # The advance of a large letter may reach further than its ink. To the left, what hangs in
        # the margin (a quotation mark) is meant to.
        ink, _ = _alike(tree.ink(text), text.area, area.rect, area)
        over = max(over, ink.right - room.right, room.left - ink.left - text.size * 0.6)
    return over


def _wide(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Lines that are wider than their block."""
    reported: set[int] = set()
    for text in texts:
        block = text.line.block
        past = max(text.left + text.width - block.right, block.left - text.left)
        if past > SLACK and "overflow" not in text.area.may and id(text.line) not in reported:
            ink = tree.ink(text)
            # What is outside at the beginning of a line is meant: a quotation mark that hangs.
            over = block.left - ink.left if text.line.is_rtl else ink.right - block.right
            if over > SLACK:
                reported.add(id(text.line))
                yield Misplaced("wide", (text,), over)


def _outside(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts that are nearer to the trim than the safe area allows."""
    room = LaidRect(html.safe, html.safe, page.width - html.safe, page.height - html.safe)
    outside, furthest = [], 0.0
    for text in texts:
        band = tree.on_page(text)
        head = band.top if text.area.matrix else text.baseline - text.size / 2
        over = max(room.top - head, band.bottom - room.bottom)
        near = max(over, room.left - band.left, band.right - room.right)
        if near > (-text.size if text.size > LARGE else SLACK):
            # The advance of a large letter may reach further than its ink.
            ink = tree.turned(tree.ink(text), text.area.matrix)
            if text.size > LARGE:
                over = max(over, room.top - ink.top, ink.bottom - room.bottom)
            over = max(over, room.left - ink.left, ink.right - room.right)
            if over > SLACK:
                outside.append(text)
                furthest = max(furthest, over)
    if outside:
        yield Misplaced("outside", tuple(outside), furthest)


def _folds(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts that go across a fold."""
    for fold in html.folds[page.number - 1] if page.number <= len(html.folds) else ():
        for text in texts:
            band = tree.on_page(text)
            if band.left < fold < band.right and text.size < FOLDED:
                ink = tree.turned(tree.ink(text), text.area.matrix)
                over = min(fold - ink.left, ink.right - fold)
                if over > SLACK:
                    yield Misplaced("fold", (text,), over)


LARGE = 24.0  # points: for larger type the band is too rough, and the ink is measured
FOLDED = 36.0  # points: display type may go across a fold, and often does; smaller type must not


def _overlap(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts that are printed over each other."""
    bands = sorted(
        ((tree.on_page(text), text) for text in texts if "overlap" not in text.area.may),
        key=lambda pair: pair[0].top,
    )
    reported: set[int] = set()
    for index, (band, text) in enumerate(bands):
        for other_band, other in bands[index + 1 :]:
            if other_band.top >= band.bottom - SLACK:
                break
            if (
                id(other) not in reported
                and id(text) not in reported
                and band.meets(other_band, SLACK)
                and (text.line is not other.line or _do_crowd(text, other))
                and _do_meet(_quad(text), _quad(other))
            ):
                reported.update((id(text), id(other)))
                yield Misplaced("overlap", (other,), 0.0, None, text)


def _do_crowd(text: LaidText, other: LaidText) -> bool:
    """Return whether two texts of one line overlap more than kerning and italics do."""
    shared = min(text.band.right, other.band.right) - max(text.band.left, other.band.left)
    return shared > 0.4 * min(text.size, other.size)


def _quad(text: LaidText) -> list[tuple[float, float]]:
    """Return the corners of a text's ink on the page, in their order around it."""
    ink = tree.ink(text)
    corners = [(ink.left, ink.top), (ink.right, ink.top)]
    corners += [(ink.right, ink.bottom), (ink.left, ink.bottom)]
    return [tree.turned(LaidRect(x, y, x, y), text.area.matrix)[:2] for x, y in corners]


def _do_meet(first: list[tuple[float, float]], second: list[tuple[float, float]]) -> bool:
    """Return whether two convex shapes overlap by more than SLACK.

    They do not if along the normal of some edge their shadows are apart (the separating axis).
    """
    for shape in (first, second):
        for (x0, y0), (x1, y1) in zip(shape, [*shape[1:], shape[0]], strict=True):
            length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
            normal = ((y1 - y0) / length, (x0 - x1) / length)
            a, b = ([x * normal[0] + y * normal[1] for x, y in quad] for quad in (first, second))
            if min(max(a), max(b)) - max(min(a), min(b)) <= SLACK:
                return False
    return True


Cover = tuple[LaidRect, Area | LaidPicture]


def _covers(page: LaidPage) -> list[Cover]:
    """Return what can cover texts: opaque backgrounds and pictures."""
    covers: list[Cover] = [
        (tree.turned(a.padding, a.matrix), a) for a in page.areas if a.ground is not None
    ]
    covers += [(tree.turned(p.rect, p.area.matrix), p) for p in page.pictures]
    return [(rect, cover) for rect, cover in covers if _is_opaque(cover)]


def _is_opaque(cover: Area | LaidPicture) -> bool:
    area = cover if isinstance(cover, Area) else cover.area
    return area.opacity > 0.5 and not area.is_hidden


def _at(cover: Area | LaidPicture, order: dict[int, int]) -> int:
    """Return the position of a cover in the order of painting; -1 if it is not painted."""
    return order.get(id(cover.ground if isinstance(cover, Area) else cover.box), -1)


def _covered(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts under a picture, or under the background of a box, that is painted later."""
    order: dict[int, int] | None = None
    covers = _covers(page)
    for text in texts if covers else ():
        band = tree.on_page(text)
        # The boxes around a text are under it, unless something has a negative z-index.
        around = set() if page.is_deep else {id(area) for area in text.area.around()}
        for rect, cover in covers:
            may = text.area.may | (cover if isinstance(cover, Area) else cover.area).may
            if id(cover) in around or "overlap" in may or not rect.meets(band, SLACK):
                continue
            if order is None:
                order = tree.painted(page)
            if _at(cover, order) > order.get(id(text.box), len(order)):
                yield Misplaced("covered", (text,), 0.0, None, cover)
                break


def _invisible(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts in the colour of what is under them."""
    colours = {area.colour for area in page.areas} | {page.colour}
    alike = [t for t in texts if any(_is_like(tree.colour(t), colour) for colour in colours)]
    if not alike:
        return
    order, covers = tree.painted(page), _covers(page)
    for text in alike:
        band, at = tree.on_page(text), order.get(id(text.box), len(order))
        under = [
            (_at(cover, order), cover.colour if isinstance(cover, Area) else None)
            for rect, cover in covers
            if _at(cover, order) < at and _does_hold(rect, band)
        ]
        _, ground = max(under, key=lambda cover: cover[0], default=(-1, page.colour))
        if "hide" not in text.area.may and _is_like(tree.colour(text), ground):
            yield Misplaced("invisible", (text,))


def _does_hold(rect: LaidRect, band: LaidRect) -> bool:
    """Return whether most of the middle line of a text is in a rectangle."""
    wide = min(rect.right, band.right) - max(rect.left, band.left)
    middle = (band.top + band.bottom) / 2
    return wide > 0.6 * (band.right - band.left) and rect.top < middle < rect.bottom


def _is_like(colour: CssColour, other: CssColour | None) -> bool:
    """Return whether nobody could tell two colours apart."""
    if other is None or colour[0] != other[0]:
        return False
    return all(abs(a - b) < 0.02 for a, b in zip(colour[1:-1], other[1:-1], strict=True))


def past_pictures(pages: list[LaidPage]) -> list[tuple[LaidPicture, float, Area]]:
    """Return the pictures that exceed their place, by how much, and which area that is.

    One that reaches over the trim is meant to bleed; one that is clipped is meant to be cropped.
    """
    exceeding = []
    for page in pages:
        for picture in page.pictures:
            rect = tree.turned(picture.rect, picture.area.matrix)
            sheet = LaidRect(0, 0, page.width, page.height)
            does_bleed = _past(rect, sheet) > 0
            if not does_bleed and "overflow" not in picture.area.may:
                exceeding += [(picture, over, area) for over, area in _past_area(picture)][:1]
    return exceeding


def _past_area(picture: LaidPicture) -> Iterator[tuple[float, Area]]:
    is_apart = False
    for area in picture.area.around():
        if area.clips:
            return
        if area.is_panel or (area.is_tall and not is_apart):
            over = max(picture.rect.bottom - area.rect.bottom, area.rect.top - picture.rect.top)
            if area.is_panel:
                over = max(over, picture.rect.right - area.rect.right)
                over = max(over, area.rect.left - picture.rect.left)
            if over > SLACK and area.matrix is picture.area.matrix:
                yield over, area
        is_apart = is_apart or area.is_apart


def _by_area(
    texts: list[LaidText], judge: Callable[[LaidText], Area | None]
) -> Iterable[tuple[Area, list[LaidText]]]:
    """Return the texts for which a judge returns an area, by that area."""
    groups: dict[int, tuple[Area, list[LaidText]]] = {}
    for text in texts:
        if area := judge(text):
            groups.setdefault(id(area), (area, []))[1].append(text)
    return groups.values()


def _alike(rect: LaidRect, inner: Area, room: LaidRect, outer: Area) -> tuple[LaidRect, LaidRect]:
    """Return two rectangles in the same coordinates: in their own when both are turned alike."""
    if inner.matrix is outer.matrix:
        return rect, room
    return tree.turned(rect, inner.matrix), tree.turned(room, outer.matrix)


def _past(inner: LaidRect, outer: LaidRect) -> float:
    """Return how far a rectangle reaches out of another; negative when it is inside."""
    return max(
        outer.left - inner.left,
        outer.top - inner.top,
        inner.right - outer.right,
        inner.bottom - outer.bottom,
    )


# In this order: what is cut or overset is reported as that, and not as being over what comes next.
_JUDGES = (_cut, _wide, _overset, _outside, _folds, _overlap, _covered, _invisible)
