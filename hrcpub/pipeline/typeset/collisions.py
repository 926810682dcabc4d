"""Texts and pictures to those that are misplaced: past their place, cut, or (`overlaps`) covered.

Arithmetic over the records of `tree`. A text is judged by its band, which goes from the baseline up
to two thirds of its size: that is quick. Where the band is too near to something, the ink decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import laid_text, tree
from hrcpub.pipeline.typeset.contrast import faint
from hrcpub.pipeline.typeset.laid_page import (
    Area,
    LaidPage,
    LaidPicture,
    LaidRect,
    LaidText,
)
from hrcpub.pipeline.typeset.least_size import small
from hrcpub.pipeline.typeset.misplaced import SLACK, Misplaced
from hrcpub.pipeline.typeset.overlaps import covered, overlap, struck
from hrcpub.pipeline.typeset.round_corners import rounded_off
from hrcpub.pipeline.typeset.squeezed import mirrored, squeezed
from hrcpub.pipeline.typeset.touching import touching


def misplaced(pages: list[LaidPage], html: Html) -> list[Misplaced]:
    """Return the texts that are misplaced, each with its first cause only."""
    wrong: list[Misplaced] = []
    for page in pages:
        texts = page.seen
        for judge in _JUDGES:
            judged = list(judge(texts, page, html))
            if not judged:
                continue
            # What is under another text has its cause there, and is not told for a second one.
            reported = {id(text) for group in judged for text in (*group.texts, group.other)}
            texts = [text for text in texts if id(text) not in reported]
            wrong += judged
    return wrong


def _cut(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts that an ellipsis replaces, or that `overflow: hidden` cuts off."""
    short = [text for text in texts if _is_short(text)]
    yield from (Misplaced("ellipsis", (text,)) for text in short)
    if not any(area.clips or area.cut for area in page.areas):
        return
    for area, clipped in _by_area([text for text in texts if text not in short], _clipping):
        over = max(
            _past(*_alike(laid_text.ink(text), text.area, area.cut or area.padding, area))
            for text in clipped
        )
        yield Misplaced("clipped", tuple(clipped), over, area)


def _is_short(text: LaidText) -> bool:
    line = text.line
    if line.is_cut_short or not line.is_cut_wide:
        return line.is_cut_short
    band, block = text.band, line.block
    return (block.left - band.left if line.is_rtl else band.right - block.right) > SLACK


def _clipping(text: LaidText) -> Area | None:
    """Return the innermost area that cuts off ink of a text."""
    for area in text.area.around():
        room = area.cut or (area.padding if area.clips else None)
        if room is not None and "overflow" not in text.area.may:
            # Descenders are at most 0.3 of the size below the baseline.
            reach = text.band._replace(bottom=text.baseline + text.size * 0.3)
            is_near = _past(*_alike(reach, text.area, room, area)) > 0
            if is_near and _past(*_alike(laid_text.ink(text), text.area, room, area)) > SLACK:
                return area
    return None


def _overset(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts below or above a place whose height is given, or outside a panel."""
    bounds: dict[Area, list[Area]] = {}

    def bound(text: LaidText) -> Area | None:
        """Return the innermost area that a text exceeds."""
        if text.area not in bounds:
            bounds[text.area] = [] if "overflow" in text.area.may else _bounds(text.area)
        for area in bounds[text.area]:
            # Nearly all are in them, and then no more needs to be asked.
            is_in = area.matrix is text.area.matrix and area.rect.surrounds(text.band)
            if not is_in and _over(text, area) > SLACK:
                return area
        return None

    for area, outside in _by_area(texts, bound):
        over = max(_over(text, area) for text in outside)
        yield Misplaced("overset", tuple(outside), over, area)


def _bounds(inner: Area) -> list[Area]:
    """Return the areas that bound what is in an area, the innermost first."""
    bounds, is_apart = [], False
    for area in inner.around():
        if area.is_panel or ((area.is_tall or area.is_split) and not is_apart):
            bounds.append(area)
        is_apart = is_apart or area.is_apart
    return bounds


def _over(text: LaidText, area: Area) -> float:
    """Return how far a text is below or above an area; for a panel, beside it too."""
    # For what flows in a box, its place before transforms counts.
    band, room = text.band, area.rect
    if area.is_panel:
        band, room = _alike(band, text.area, room, area)
    # A first line may be higher than its box where its leading is less than its size.
    middle = band.bottom - (band.bottom - band.top) * 0.75
    above = room.top - middle
    if above > SLACK and not text.area.matrix:  # a line may have no high letters, as يوم has none
        above = min(above, room.top - laid_text.ink(text).top)
    over = max(band.bottom - room.bottom, above)
    beside = max(band.right - room.right, room.left - band.left)
    if (area.is_panel or area.is_split) and beside > SLACK:
        # The advance of a large letter may reach further than its ink. Where lines begin, what
        # hangs in the margin (a quotation mark) is meant to.
        ink, _ = _alike(laid_text.ink(text), text.area, area.rect, area)
        right, left = (text.size * 0.6, 0.0) if text.line.is_rtl else (0.0, text.size * 0.6)
        over = max(over, ink.right - room.right - right, room.left - ink.left - left)
    return over


def _wide(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Lines that are wider than their block."""
    reported: set[int] = set()
    for text in texts:
        band, block = text.band, text.line.block
        if band.right - block.right <= SLACK and block.left - band.left <= SLACK:
            continue
        if "overflow" not in text.area.may and id(text.line) not in reported:
            ink = laid_text.ink(text)
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
        band = laid_text.on_page(text)
        if text.size <= LARGE and room.surrounds(band):
            continue
        head = band.top if text.area.matrix else text.baseline - text.size / 2
        over = max(room.top - head, band.bottom - room.bottom)
        near = max(over, room.left - band.left, band.right - room.right)
        if near > (-text.size if text.size > LARGE else SLACK):
            # The advance of a large letter may reach further than its ink.
            ink = laid_text.turned(laid_text.ink(text), text.area.matrix)
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
            band = laid_text.on_page(text)
            if band.left < fold < band.right and text.size < FOLDED:
                ink = laid_text.turned(laid_text.ink(text), text.area.matrix)
                over = min(fold - ink.left, ink.right - fold)
                if over > SLACK:
                    yield Misplaced("fold", (text,), over)


LARGE = 24.0  # points: for larger type the band is too rough, and the ink is measured
FOLDED = 36.0  # points: display type may go across a fold, and often does; smaller type must not


def uncut_drawings(pages: list[LaidPage]) -> list[LaidPicture]:
    """Return the drawings that CSS lets paint beyond their own box, where nothing is looked for."""
    return [
        picture
        for page in pages
        for picture in page.pictures
        if not tree.clips_itself(picture) and "overflow" not in picture.area.may
    ]


def past_pictures(pages: list[LaidPage]) -> list[tuple[LaidPicture, float, Area]]:
    """Return the pictures that exceed their place, by how much, and which area that is.

    One that reaches over the trim is meant to bleed; one that is clipped is meant to be cropped.
    """
    exceeding = []
    for page in pages:
        for picture in page.pictures:
            rect = laid_text.turned(picture.rect, picture.area.matrix)
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
    return laid_text.turned(rect, inner.matrix), laid_text.turned(room, outer.matrix)


def _past(inner: LaidRect, outer: LaidRect) -> float:
    """Return how far a rectangle reaches out of another; negative when it is inside."""
    return max(
        outer.left - inner.left,
        outer.top - inner.top,
        inner.right - outer.right,
        inner.bottom - outer.bottom,
    )


# In this order: what is cut or overset is reported as that, and not as being over what comes next.
_JUDGES = (
    *(_cut, rounded_off, _wide, _overset, _outside, _folds, mirrored, squeezed),
    *(overlap, touching, covered, struck, faint, small),
)
