"""Where texts and pictures lie against where they may: past their place, cut, over each other.

Pure arithmetic over `tree`'s records. A text is judged by its band, from the baseline up two
thirds of its size, which is quick; where that comes too near to something, by its ink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from hrcpub.stages import Html
from hrcpub.typeset import tree
from hrcpub.typeset.records import Area, Page, Picture, Rect, Text

SLACK = 0.5  # points: rounding of a box's edge


class Found(NamedTuple):
    """Texts in one place that are wrong in one way."""

    kind: str
    texts: tuple[Text, ...]
    over: float = 0.0  # points
    area: Area | None = None  # that they are past
    other: Text | Picture | Area | None = None  # that they lie on or under


def places(pages: list[Page], html: Html) -> list[Found]:
    """Return what is wrong with where texts lie: one finding for a text, its first cause."""
    found: list[Found] = []
    for page in pages:
        texts = [t for t in page.texts if t.text.strip() and tree.is_painted(t)]
        for judge in _JUDGES:
            new = list(judge(texts, page, html))
            told = {id(text) for one in new for text in one.texts}
            texts = [text for text in texts if id(text) not in told]
            found += new
    return found


def _cut(texts: list[Text], page: Page, html: Html) -> Iterator[Found]:
    """Texts that an ellipsis stands for, or that `overflow: hidden` cuts off."""
    short = [text for text in texts if _is_short(text)]
    yield from (Found("ellipsis", (text,)) for text in short)
    for area, those in _by_area([text for text in texts if text not in short], _clipping):
        over = max(_past(*_alike(tree.ink(text), text.area, area.padding, area)) for text in those)
        yield Found("clipped", tuple(those), over, area)


def _is_short(text: Text) -> bool:
    line = text.line
    is_wide = text.left + text.width > line.block.right + SLACK
    return line.is_cut_short or (line.is_cut_wide and is_wide)


def _clipping(text: Text) -> Area | None:
    """Return the innermost area that cuts a text's ink off."""
    for area in text.area.around():
        if area.clips and "overflow" not in text.area.may:
            reach = text.band._replace(bottom=text.baseline + text.size * 0.3)
            is_near = _past(*_alike(reach, text.area, area.padding, area)) > 0
            if is_near and _past(*_alike(tree.ink(text), text.area, area.padding, area)) > SLACK:
                return area
    return None


def _overset(texts: list[Text], page: Page, html: Html) -> Iterator[Found]:
    """Texts past the foot or the head of a place whose height is given, or outside a panel."""
    for area, those in _by_area(texts, _bound):
        over = max(_over(text, area) for text in those)
        yield Found("overset", tuple(those), over, area)


def _bound(text: Text) -> Area | None:
    if "overflow" in text.area.may:
        return None
    is_apart = False
    for area in text.area.around():
        bounds = area.is_panel or ((area.is_tall or area.is_split) and not is_apart)
        if bounds and _over(text, area) > SLACK:
            return area
        is_apart = is_apart or area.is_apart
    return None


def _over(text: Text, area: Area) -> float:
    """Return how far a text is past an area's foot or head; in a panel, past its sides too."""
    if area.matrix is not text.area.matrix and not area.is_panel:
        return 0.0  # what turns by itself leaves the flow's place
    band, room = _alike(text.band, text.area, area.rect, area)
    middle = band.bottom - (band.bottom - band.top) * 0.75
    over = max(band.bottom - room.bottom, room.top - middle)
    beside = max(band.right - room.right, room.left - band.left)
    if (area.is_panel or area.is_split) and beside > SLACK:
        # A big letter's side bearings may reach further than its ink; a hung quote is let be.
        ink, _ = _alike(tree.ink(text), text.area, area.rect, area)
        over = max(over, ink.right - room.right, room.left - ink.left - text.size * 0.6)
    return over


def _wide(texts: list[Text], page: Page, html: Html) -> Iterator[Found]:
    """Lines that are wider than the block they stand in."""
    told: set[int] = set()
    for text in texts:
        block = text.line.block
        past = max(text.left + text.width - block.right, block.left - text.left)
        if past > SLACK and "overflow" not in text.area.may and id(text.line) not in told:
            ink = tree.ink(text)
            # At a line's beginning an indent, or a hung quote, is meant.
            over = block.left - ink.left if text.line.is_rtl else ink.right - block.right
            if over > SLACK:
                told.add(id(text.line))
                yield Found("wide", (text,), over)


def _outside(texts: list[Text], page: Page, html: Html) -> Iterator[Found]:
    """Texts that come nearer to the trim than the safe area."""
    room = Rect(html.safe, html.safe, html.trim.width - html.safe, html.trim.height - html.safe)
    those, most = [], 0.0
    for text in texts:
        band = tree.on_page(text)
        head = band.top if text.area.matrix else text.baseline - text.size / 2
        over = max(room.top - head, band.bottom - room.bottom)
        if max(over, room.left - band.left, band.right - room.right) > SLACK:
            # A big letter's side bearings may reach further than its ink does.
            ink = tree.turned(tree.ink(text), text.area.matrix)
            over = max(over, room.left - ink.left, ink.right - room.right)
            if over > SLACK:
                those.append(text)
                most = max(most, over)
    if those:
        yield Found("outside", tuple(those), most)


def _folds(texts: list[Text], page: Page, html: Html) -> Iterator[Found]:
    """Texts that a fold goes through."""
    for fold in html.folds[page.number - 1] if page.number <= len(html.folds) else ():
        for text in texts:
            band = tree.on_page(text)
            if band.left < fold < band.right and text.size < FOLDED:
                ink = tree.turned(tree.ink(text), text.area.matrix)
                over = min(fold - ink.left, ink.right - fold)
                if over > SLACK:
                    yield Found("fold", (text,), over)


FOLDED = 36.0  # points: display type may run across a fold, and often does; what is read may not


def _overlap(texts: list[Text], page: Page, html: Html) -> Iterator[Found]:
    """Texts that lie on each other."""
    bands = sorted(
        ((tree.on_page(text), text) for text in texts if "overlap" not in text.area.may),
        key=lambda one: one[0].top,
    )
    told: set[int] = set()
    for index, (band, text) in enumerate(bands):
        for other_band, other in bands[index + 1 :]:
            if other_band.top >= band.bottom - SLACK:
                break
            if (
                text.line is not other.line
                and id(other) not in told
                and id(text) not in told
                and band.meets(other_band, SLACK)
                and _do_meet(_quad(text), _quad(other))
            ):
                told.update((id(text), id(other)))
                yield Found("overlap", (other,), 0.0, None, text)


def _quad(text: Text) -> list[tuple[float, float]]:
    """Return the corners of a text's ink on the page, one after the other."""
    ink = tree.ink(text)
    corners = [(ink.left, ink.top), (ink.right, ink.top)]
    corners += [(ink.right, ink.bottom), (ink.left, ink.bottom)]
    return [tree.turned(Rect(x, y, x, y), text.area.matrix)[:2] for x, y in corners]


def _do_meet(one: list[tuple[float, float]], other: list[tuple[float, float]]) -> bool:
    """Return whether two convex shapes share more than SLACK (no line parts them)."""
    for shape in (one, other):
        for (x0, y0), (x1, y1) in zip(shape, [*shape[1:], shape[0]], strict=True):
            long = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5 or 1.0
            across = ((y1 - y0) / long, (x0 - x1) / long)
            ways = [[x * across[0] + y * across[1] for x, y in corners] for corners in (one, other)]
            if min(max(ways[0]), max(ways[1])) - max(min(ways[0]), min(ways[1])) <= SLACK:
                return False
    return True


def _covered(texts: list[Text], page: Page, html: Html) -> Iterator[Found]:
    """Texts under a picture or under the background of a box that is painted later."""
    grounds = [(tree.turned(a.padding, a.matrix), a) for a in page.areas if a.ground is not None]
    pictures = [(tree.turned(p.rect, p.area.matrix), p) for p in page.pictures]
    covers: list[tuple[Rect, Area | Picture]] = [*grounds, *pictures]
    if not covers:
        return
    order: dict[int, int] | None = None
    for text in texts:
        band = tree.on_page(text)
        around = {id(area) for area in text.area.around()}
        for rect, cover in covers:
            if id(cover) in around or "overlap" in text.area.may or not rect.meets(band, SLACK):
                continue
            if order is None:
                order = tree.painted(page)
            over = cover.ground if isinstance(cover, Area) else cover.box
            if order.get(id(over), -1) > order.get(id(text.box), len(order)):
                yield Found("covered", (text,), 0.0, None, cover)
                break


def _unseen(texts: list[Text], page: Page, html: Html) -> Iterator[Found]:
    """Texts in the colour of what they lie on."""
    colours = {area.colour for area in page.areas} | {page.colour}
    if not any(tree.colour(text) in colours for text in texts):
        return
    order = tree.painted(page)
    for text in texts:
        under = [(-1, page.colour)]
        for area in page.areas:
            at = order.get(id(area.ground), -1) if area.ground is not None else -1
            if at >= 0 and tree.turned(area.padding, area.matrix).meets(tree.on_page(text), SLACK):
                under.append((at, area.colour))
        before = [one for one in under if one[0] < order.get(id(text.box), len(order))]
        if "hide" not in text.area.may and max(before)[1] == tree.colour(text):
            yield Found("unseen", (text,))


def past_pictures(pages: list[Page], html: Html) -> list[tuple[Picture, float, Area]]:
    """Return the pictures that are past their place, by how much, and past which area.

    One that reaches over the trim bleeds, and is meant to; one that is cut is cropped.
    """
    found = []
    for page in pages:
        for picture in page.pictures:
            rect = tree.turned(picture.rect, picture.area.matrix)
            does_bleed = (
                min(rect.left, rect.top) < 0
                or rect.right > html.trim.width
                or rect.bottom > html.trim.height
            )
            if not does_bleed and "overflow" not in picture.area.may:
                found += [(picture, over, area) for over, area in _past_area(picture)][:1]
    return found


def _past_area(picture: Picture) -> Iterator[tuple[float, Area]]:
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
    texts: list[Text], judge: Callable[[Text], Area | None]
) -> Iterable[tuple[Area, list[Text]]]:
    """Return the texts that a judge finds past an area, by that area."""
    found: dict[int, tuple[Area, list[Text]]] = {}
    for text in texts:
        if area := judge(text):
            found.setdefault(id(area), (area, []))[1].append(text)
    return found.values()


def _alike(rect: Rect, inner: Area, room: Rect, outer: Area) -> tuple[Rect, Rect]:
    """Return two rectangles in the same coordinates: their own when they are turned alike."""
    if inner.matrix is outer.matrix:
        return rect, room
    return tree.turned(rect, inner.matrix), tree.turned(room, outer.matrix)


def _past(inner: Rect, outer: Rect) -> float:
    """Return how far a rectangle reaches out of another at most; negative when it does not."""
    return max(
        outer.left - inner.left,
        outer.top - inner.top,
        inner.right - outer.right,
        inner.bottom - outer.bottom,
    )


# In this order: what is cut or overset is told as that, not also as lying on what comes next.
_JUDGES = (_cut, _overset, _wide, _outside, _folds, _overlap, _covered, _unseen)
