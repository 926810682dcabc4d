"""Texts on a page to those that are over each other, or covered.

Arithmetic over the records of `tree`, and the order of painting where it matters what is on top.
"""

from __future__ import annotations

from collections.abc import Iterator

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import laid_text
from hrcpub.pipeline.typeset.laid_page import (
    Area,
    LaidPage,
    LaidPicture,
    LaidRect,
    LaidText,
)
from hrcpub.pipeline.typeset.letterforms import letters, outer, reach
from hrcpub.pipeline.typeset.misplaced import SLACK, Misplaced
from hrcpub.pipeline.typeset.paint_order import Order, border, painted
from hrcpub.pipeline.typeset.shapes import do_meet

HAIR = 0.1  # points: less of a letter is not missed


def overlap(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts that are printed over each other."""
    bands = sorted(
        ((laid_text.on_page(text), text) for text in texts if "overlap" not in text.area.may),
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
                and _do_bands_meet(band, text, other_band, other)
                and (text.line is not other.line or _do_crowd(text, other))
                and _do_meet(_quad(text), _quad(other))
                and _do_letters_meet(text, other)
            ):
                reported.update((id(text), id(other)))
                yield Misplaced("overlap", (other,), 0.0, None, text)


def _do_bands_meet(band: LaidRect, text: LaidText, other_band: LaidRect, other: LaidText) -> bool:
    """Return whether two texts' bands meet; if both are turned alike, as they are before that."""
    if not band.meets(other_band, SLACK):
        return False
    is_alike = text.area.matrix is other.area.matrix
    return not is_alike or text.band.meets(other.band, SLACK)


def _do_letters_meet(text: LaidText, other: LaidText) -> bool:
    """Return whether a letter of one text is where one of the other is.

    A low line (of x and a) may rise beside the tails of the one above it.
    """
    boxes = [letter.box for letter in letters(other)]
    return any(letter.box.meets(box, SLACK) for letter in letters(text) for box in boxes)


def _do_crowd(text: LaidText, other: LaidText) -> bool:
    """Return whether two texts of one line overlap more than kerning and italics do."""
    shared = min(text.band.right, other.band.right) - max(text.band.left, other.band.left)
    return shared > 0.4 * min(text.size, other.size)


def _quad(text: LaidText) -> list[tuple[float, float]]:
    """Return the corners of a text's ink on the page, in their order around it."""
    return laid_text.corners(laid_text.ink(text), text.area.matrix)


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


def covers(page: LaidPage) -> list[Cover]:
    """Return what is under texts, or over them: backgrounds and pictures."""
    covers: list[Cover] = [
        (laid_text.turned(a.padding, a.matrix), a)
        for a in page.areas
        if a.ground is not None and not a.is_hidden
    ]
    return covers + [
        (laid_text.turned(p.rect, p.area.matrix), p) for p in page.pictures if not p.area.is_hidden
    ]


def _area_of(cover: Area | LaidPicture) -> Area:
    return cover if isinstance(cover, Area) else cover.area


def _place(cover: Area | LaidPicture) -> LaidRect:
    return cover.padding if isinstance(cover, Area) else cover.rect


def _is_opaque(cover: Area | LaidPicture) -> bool:
    own = cover.colour.alpha if isinstance(cover, Area) and cover.colour else 1.0
    # Through what is more transparent, text can be read.
    return _area_of(cover).opacity * own > 0.5


def position(cover: Area | LaidPicture, order: Order) -> int:
    """Return the position of a cover in the order of painting; -1 if it is not painted."""
    return order.get(id(cover.ground if isinstance(cover, Area) else cover.box), -1)


def covered(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts under a picture, or under the background of a box, that is painted later."""
    opaque = [(rect, cover) for rect, cover in covers(page) if _is_opaque(cover)]
    for text in texts if opaque else ():
        room = outer(text)
        near = [pair for pair in opaque if pair[0].meets(room, HAIR)]
        # The boxes around a text are under it, unless something has a negative z-index.
        around = set(text.area.around()) if near and not page.is_deep else ()
        for rect, cover in near:
            if cover in around or not rect.meets(reach(text), HAIR):
                continue
            may = text.area.may | _area_of(cover).may
            if "overlap" in may or not _does_cover(rect, cover, text):
                continue
            order = painted(page)
            if position(cover, order) > order.get(id(text.box), len(order)):
                yield Misplaced("covered", (text,), 0.0, None, cover)
                break


def struck(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts that the line of a border goes through, painted later.

    Only through the middle of their letters: a rule under a line may touch its tails.
    """
    turned = ((laid_text.turned(rule.rect, rule.area.matrix), rule) for rule in page.rules)
    rules = [(rect.top, rect.bottom, rect, rule) for rect, rule in turned]
    for text in texts if rules else ():
        _, top, _, bottom = laid_text.on_page(text)
        # Most are above it or below.
        near = [(rect, rule) for head, foot, rect, rule in rules if head <= bottom and foot >= top]
        if not near:
            continue
        core = laid_text.turned(_core(text), text.area.matrix)
        for rect, rule in near:
            if not rect.meets(core, SLACK):
                continue
            if "overlap" in text.area.may | rule.area.may:
                continue
            order = painted(page)
            if order.get(border(rule.box), -1) > order.get(id(text.box), len(order)):
                yield Misplaced("covered", (text,), 0.0, None, rule)
                break


def _core(text: LaidText) -> LaidRect:
    """Return the band in which all letters of a text have ink."""
    left, right = text.left, text.left + text.width
    return LaidRect(left, text.baseline - 0.45 * text.size, right, text.baseline)


def _does_cover(rect: LaidRect, cover: Area | LaidPicture, text: LaidText) -> bool:
    """Return whether a picture or a box is where a text has ink.

    Tails and accents are where the text's band is not: for them the letters' outlines decide.
    """
    if rect.meets(laid_text.on_page(text), SLACK):
        return True
    corners = laid_text.corners(_place(cover), _area_of(cover).matrix)
    return any(
        letter.box.meets(rect, HAIR) and do_meet(letter.contours(), [corners])
        for letter in letters(text)
    )
