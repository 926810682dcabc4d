"""Texts and what is under them to those whose colour cannot be seen there, or only just.

Judged twice: as a screen or a flooded sheet shows the colours, and as they are where the colours of
papers are not printed. Over pictures nothing is known, and nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import gradients, laid_text
from hrcpub.pipeline.typeset.laid_page import Area, Ground, LaidPage, LaidRect, LaidText
from hrcpub.pipeline.typeset.letterforms import outer, reach
from hrcpub.pipeline.typeset.misplaced import Misplaced
from hrcpub.pipeline.typeset.overlaps import Cover, covers, position
from hrcpub.pipeline.typeset.paint_order import painted
from hrcpub.pipeline.typeset.screen_colour import WHITE, over
from hrcpub.pipeline.typeset.style_looks import TextLook
from hrcpub.project.colours import LEAST, LEAST_LARGE, contrast
from hrcpub.units import Rgb, rgb

# Contrast ratios. Under 1.5 (yellow on white has 1.3) nobody reads, and under 1.05 nobody sees that
# there is anything.
LOST = 1.5
SAME = 1.05
LARGE, LARGE_BOLD = 18.0, 14.0  # points: what is large (WCAG 2.2, success criterion 1.4.3)

TIGHT = 0.05  # of the size: what is set tighter has ink beyond where its pen ends

Inks = Callable[[Rgb], Rgb]  # a colour of CSS to the one that is printed


def faint(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts whose colour is nearly that of what is under them."""
    return _judged(texts, page, lambda colour: colour)


def unprinted(pages: list[LaidPage], html: Html) -> list[Misplaced]:
    """Return the texts that would be lost where the colours of papers are not printed.

    Those that are lost everywhere are `faint`'s, and are not among them.
    """
    papers = frozenset(_rgb(paper) for paper in html.papers)
    unprinted: list[Misplaced] = []
    for page in pages:
        lost = _lost(_judged(page.seen, page, lambda c: WHITE.rgb if c in papers else c))
        seen = {id(text) for group in lost for text in group.texts}
        if seen:
            everywhere = _lost(faint(page.seen, page, html))
            seen -= {id(text) for group in everywhere for text in group.texts}
        for group in lost:
            left = tuple(text for text in group.texts if id(text) in seen)
            unprinted += [group._replace(kind="unprinted", texts=left)] if left else []
    return unprinted


def _lost(judged: Iterator[Misplaced]) -> list[Misplaced]:
    return [group for group in judged if group.kind == "invisible"]


def _rgb(colour: str) -> Rgb:
    """Return a colour that is written as #rrggbb, rounded as those of CSS are."""
    red, green, blue = (round(level, 3) for level in rgb(colour))
    return red, green, blue


def _judged(texts: list[LaidText], page: LaidPage, inks: Inks) -> Iterator[Misplaced]:
    """Yield the texts that are lost and those that are faint, by the colour that they have."""
    doubtful = _doubtful(texts, page, inks)
    if not doubtful:
        return
    _note_grounds(doubtful, page)
    shades = _Shades(page, inks)
    groups: dict[tuple[str, Rgb], list[tuple[float, LaidText]]] = {}
    for text in doubtful:
        ratio = shades.least_contrast(text)
        if kind := _kind(text, ratio):
            groups.setdefault((kind, text.look.colour.rgb), []).append((ratio, text))
    for (kind, _), members in groups.items():
        least = min(ratio for ratio, _ in members)
        yield Misplaced(kind, tuple(text for _, text in members), least)


def _kind(text: LaidText, ratio: float) -> str | None:
    """Return what is wrong with a text of a contrast: it is lost, or only just seen, or nothing."""
    if "hide" in text.area.may:
        return None
    if "overlap" in text.area.may:  # a large letter behind others: meant to be faint
        return "invisible" if ratio < SAME else None
    return "invisible" if ratio < LOST else "faint" if ratio < _least(text) else None


def _doubtful(texts: list[LaidText], page: LaidPage, inks: Inks) -> list[LaidText]:
    """Return the texts that might be hard to see on some ground of the page.

    Most pages have one ink on grounds far from it, and are settled here.
    """
    grounds = {inks(area.colour.rgb) for area in page.areas if area.colour}
    grounds.add(inks((page.colour or WHITE).rgb))
    is_mixed = any(_alpha(area) < 1 if area.colour else _is_gradient(area) for area in page.areas)
    known: dict[TextLook, bool] = {}
    doubtful = []
    for text in texts:
        look = text.look
        if look not in known:
            ink, least = inks(look.colour.rgb), _least(text)
            is_near = any(contrast(ink, ground) < least for ground in grounds)
            known[look] = is_mixed or look.colour.alpha < 1 or is_near
        if known[look] or text.area.opacity < 1:
            doubtful.append(text)
    return doubtful


def _least(text: LaidText) -> float:
    is_large = text.size >= (LARGE_BOLD if text.look.is_bold else LARGE)
    return LEAST_LARGE if is_large else LEAST


def _is_gradient(area: Area) -> bool:
    return area.colour is None and area.ground is not None and gradients.is_known(area.ground)


def _alpha(area: Area) -> float:
    return area.opacity * (area.colour.alpha if area.colour else 1.0)


class _UnderText(NamedTuple):
    """What is painted somewhere, with its position in the order of painting."""

    position: int
    cover: Cover


def _note_grounds(texts: list[LaidText], page: LaidPage) -> None:
    """Note what is under each text of a page, once for all inks that it is judged in."""
    unknown = [text for text in texts if text.grounds is None]
    there = covers(page) if unknown else []
    for text in unknown:
        if not page.is_deep and _is_plain(text):
            text.grounds = _own_ground(there, text)
    unknown = [text for text in unknown if text.grounds is None]
    order = painted(page) if unknown else {}
    layers = [_UnderText(position(cover[1], order), cover) for cover in there if unknown]
    layers = sorted(
        (layer for layer in layers if layer.position >= 0), key=lambda layer: layer.position
    )
    for text in unknown:
        at = order.get(id(text.box), len(order))
        text.grounds = _grounds([layer.cover for layer in layers if layer.position < at], text)


def _own_ground(there: list[Cover], text: LaidText) -> list[Ground] | None:
    """Return what is under a text that is on nothing but the boxes around it; else None.

    Those are painted before it, the outer ones first, where nothing has a negative z-index.
    """
    around = set(text.area.around())
    # What is under all of the first is under all of the second, which is seldom asked for.
    found = _boxes_under(there, around, outer(text))
    if found is None:
        found = _boxes_under(there, around, reach(text))
    return None if found is None else [found]


def _boxes_under(there: list[Cover], around: set[Area], room: LaidRect) -> Ground | None:
    """Return what is under a rectangle, if that is the same everywhere and is all `around`."""
    under: list[Area] = []
    for cover in there:
        if _does_touch(cover[0], room):
            if cover[1] not in around or not _is_even(cover, room):
                return None
            under += [cover[1]] if isinstance(cover[1], Area) else []
    return tuple(under)


def _grounds(under: list[Cover], text: LaidText) -> list[Ground]:
    """Return what is under a text, where that differs along it; `under` is lower than it."""
    if _is_plain(text):
        room = reach(text)
        under = [cover for cover in under if _does_touch(cover[0], room)]
        if all(_is_even(cover, room) for cover in under):
            return [tuple(cover if isinstance(cover, Area) else None for _, cover in under)]
    ink = laid_text.ink(text)
    # One place in each square of the type's size, a little under the middle of an x.
    count = max(1, min(64, round((ink.right - ink.left) / max(text.size, 1.0))))
    xs = (ink.left + (ink.right - ink.left) * (n + 0.5) / count for n in range(count))
    y = max(ink.top, text.baseline - text.size / 4)
    return list(dict.fromkeys(tuple(_at(under, text, x, y)) for x in xs))


def _is_plain(text: LaidText) -> bool:
    """Return whether a text's reach is sure to hold its ink: nothing turns or squeezes it."""
    return not text.area.matrix and min(text.look.spacing) >= -TIGHT * text.size


def _does_touch(rect: LaidRect, room: LaidRect) -> bool:
    """Return whether a point of one rectangle may be a point of the other."""
    left, top, right, bottom = rect
    room_left, room_top, room_right, room_bottom = room
    return left <= room_right and room_left <= right and top <= room_bottom and room_top <= bottom


def _is_even(cover: Cover, room: LaidRect) -> bool:
    """Return whether a cover is under all of a rectangle, and looks the same everywhere."""
    rect, own = cover
    return rect.surrounds(room) and not (isinstance(own, Area) and own.colour is None)


class _Shades:
    """Knows how well texts are seen on what is under them, in some inks."""

    def __init__(self, page: LaidPage, inks: Inks) -> None:
        self._inks = inks
        self._paper = inks((page.colour or WHITE).rgb)
        self._known: dict[tuple[TextLook, Ground, Area | None], float] = {}

    def least_contrast(self, text: LaidText) -> float:
        """Return the contrast of a text where it is least; 21 where nothing is known of it."""
        return min([self._kept(text, ground) for ground in text.grounds or ()], default=21.0)

    def _kept(self, text: LaidText, ground: Ground) -> float:
        """Return the contrast of a text on a ground: most texts of a page have one in common."""
        faint_in = text.area if text.area.opacity < 1 else None
        key = (text.look, ground, faint_in)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._contrast(text, ground)
        return known

    def _contrast(self, text: LaidText, stack: Ground) -> float:
        """Return the contrast of a text on grounds, the lowest first; None is a picture."""
        known = stack[len(stack) - stack[::-1].index(None) :] if None in stack else stack
        areas = [area for area in known if area is not None and area.colour]
        if None in stack and not any(_alpha(area) == 1 for area in areas):
            return 21.0
        # What shares the text's opacity is mixed with the text, and then both with what is under.
        around = {id(area) for area in text.area.around() if area.opacity < 1}
        outer = self._mixed(self._paper, [area for area in areas if id(area) not in around], 1.0)
        opacity, colour = text.area.opacity, text.look.colour
        inner = self._mixed(outer, [area for area in areas if id(area) in around], opacity)
        shown = over(self._inks(colour.rgb), colour.alpha, inner)
        return contrast(over(shown, opacity, outer), over(inner, opacity, outer))

    def _mixed(self, ground: Rgb, areas: list[Area], opacity: float) -> Rgb:
        for area in areas:
            if area.colour:
                alpha = min(1.0, _alpha(area) / opacity)
                ground = over(self._inks(area.colour.rgb), alpha, ground)
        return ground


def _at(under: list[Cover], text: LaidText, x: float, y: float) -> Iterator[Area | None]:
    """Yield what is under a point of a text, the lowest first; None is a picture."""
    page_x, page_y = laid_text.point(text, x, y)
    for rect, cover in under:
        area, own = (cover, cover.padding) if isinstance(cover, Area) else (cover.area, cover.rect)
        # What is turned as the text is has its own rectangle, not the upright one around it.
        is_alike = area.matrix is text.area.matrix
        if own.holds(x, y) if is_alike else rect.holds(page_x, page_y):
            there = (x, y) if is_alike else (page_x, page_y)
            yield _shown(cover, *there) if isinstance(cover, Area) else None


def _shown(area: Area, x: float, y: float) -> Area | None:
    """Return an area with the colour that it has at a point; None for one with a picture."""
    if area.colour:
        return area
    if area.ground is None or not gradients.is_known(area.ground):
        return None
    return replace(area, colour=gradients.colour_at(area.ground, x, y))
