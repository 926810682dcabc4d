"""A `Comparison` and its two files to pictures that show it: pages side by side, what changed.

What is gone or was otherwise has a broken outline, what is new or is otherwise now a whole one: the
colours, orange and blue, are known apart by all eyes, and the outlines without colours.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.pipeline.compare.reading import ReadFile, SeenSize, opened
from hrcpub.pipeline.compare.records import Comparison, LookBox, PagePair

if TYPE_CHECKING:
    from PIL.Image import Image

SHOWN = 110  # dpi
LARGEST = 2400  # pixels of a page's longer side
REMOVED, ADDED = (205, 75, 0), (0, 85, 200)
GAP = 24  # pixels between two pages
HEAD = 40  # pixels above them, for what they are called
MARGIN = 2.0  # points around what is outlined
_FAINT = 0.82  # how far what has not changed goes towards white


class ShownPage(NamedTuple):
    """A pair of pages as PNG files; a page that is in one of the files only has no other."""

    pair: PagePair
    before: bytes | None
    after: bytes | None
    changed: bytes | None  # the later page, what is the same faint; None: all of it is new or gone
    beside: bytes  # all of these in one picture


def shown(before: bytes, after: bytes, comparison: Comparison) -> Iterator[ShownPage]:
    """Yield the pages that differ, one at a time."""
    with opened(before, "A") as earlier, opened(after, "B") as later:
        for pair in comparison.changed:
            yield _shown(pair, earlier, later)


def _shown(pair: PagePair, earlier: ReadFile, later: ReadFile) -> ShownPage:
    sides = ((earlier, pair.before, False), (later, pair.after, True))
    pictures = [
        _outlined(pair, file, number, is_later) for file, number, is_later in sides if number
    ]
    labels = [f"{'after' if is_later else 'before'}, page {n}" for _, n, is_later in sides if n]
    changed = None
    if pair.after and pair.before:
        changed = _only_changes(pair, _drawn(later, pair.after), later.area(pair.after))
        pictures.append(changed)
        labels.append("only what changed")
    pngs = [_png(picture) for picture in pictures]
    return ShownPage(
        pair,
        pngs[0] if pair.before else None,
        (pngs[1] if pair.before else pngs[0]) if pair.after else None,
        pngs[2] if changed else None,
        _png(_beside(pictures, labels)),
    )


class PlainPage(NamedTuple):
    """A pair of pages that differ, as pictures without outlines, and what is to be outlined.

    Of what is in one of the files only, the other side is None. Boxes are as in `records`.
    """

    pair: PagePair
    before: bytes | None
    after: bytes | None
    changed: bytes | None  # the later page, what is the same faint
    sizes: tuple[tuple[float, float] | None, tuple[float, float] | None]  # in points
    boxes: tuple[tuple[LookBox, ...], tuple[LookBox, ...]]


def plainly(before: bytes, after: bytes, comparison: Comparison) -> Iterator[PlainPage]:
    """Yield the pages that differ, to be outlined by who shows them."""
    with opened(before, "A") as earlier, opened(after, "B") as later:
        for pair in comparison.changed:
            yield _plain(pair, earlier, later)


def _plain(pair: PagePair, earlier: ReadFile, later: ReadFile) -> PlainPage:
    one = _drawn(earlier, pair.before) if pair.before else None
    other = _drawn(later, pair.after) if pair.after else None
    sizes = [
        (area.width, area.height) if number and (area := file.area(number)) else None
        for file, number in ((earlier, pair.before), (later, pair.after))
    ]
    changed = None
    if other and pair.before and pair.after:
        changed = _png(_only_changes(pair, other, later.area(pair.after)))
    looks = tuple(_widened(look.box) for look in pair.own_looks)
    boxes = [(*map(_widened, _word_boxes(pair, is_later)), *looks) for is_later in (False, True)]
    return PlainPage(
        pair,
        _png(one) if one else None,
        _png(other) if other else None,
        changed,
        (sizes[0], sizes[1]),
        (boxes[0], boxes[1]),
    )


def scale_shown(area: SeenSize) -> float:
    """Return how many pixels a page is shown with, to the point."""
    return min(SHOWN / 72, LARGEST / max(area.width, area.height, 1))


def _drawn(file: ReadFile, number: int) -> Image:
    from PIL import Image as Pictures

    area = file.area(number)
    scale = scale_shown(area)
    bands = list(file.bands(number, scale))
    width, high = bands[0][1].width, max(top + band.height for top, band in bands)
    page = Pictures.new("RGB", (width, high), "white")
    for top, band in bands:
        page.paste(band, (0, top))
    return page


def _outlined(pair: PagePair, file: ReadFile, number: int, is_later: bool) -> Image:
    """Return a page with outlines around what differs on it."""
    from PIL import ImageDraw

    page = _drawn(file, number)
    scale = scale_shown(file.area(number))
    draw = ImageDraw.Draw(page)
    boxes = list(_word_boxes(pair, is_later))
    boxes += [look.box for look in pair.own_looks]
    if not (pair.before and pair.after):
        area = file.area(number)
        boxes = [(MARGIN, MARGIN, area.width - MARGIN, area.height - MARGIN)]
    for box in boxes:
        _outline(draw, [edge * scale for edge in _widened(box)], is_later)
    return page


def _word_boxes(pair: PagePair, is_later: bool) -> Iterator[LookBox]:
    """Yield a box around the words of each change on a line."""
    for change in pair.words:
        lines: dict[int, list[LookBox]] = {}
        words = change.added if is_later else change.removed
        for word in words:
            if word.page == (pair.after if is_later else pair.before):
                lines.setdefault(round(word.box[3]), []).append(word.box)
        for boxes in lines.values():
            lefts, tops, rights, feet = zip(*boxes, strict=True)
            yield min(lefts), min(tops), max(rights), max(feet)


def _widened(box: LookBox) -> LookBox:
    left, top, right, foot = box
    return left - MARGIN, top - MARGIN, right + MARGIN, foot + MARGIN


def _outline(draw: object, box: list[float], is_later: bool) -> None:
    """Draw an outline: whole for what is now, broken for what was."""
    from PIL.ImageDraw import ImageDraw

    assert isinstance(draw, ImageDraw)
    left, top, right, foot = box
    if is_later:
        draw.rectangle((left, top, right, foot), outline=ADDED, width=2)
        return
    for x, y, x_end, y_end in (
        (left, top, right, top),
        (left, foot, right, foot),
        (left, top, left, foot),
        (right, top, right, foot),
    ):
        length = max(x_end - x, y_end - y)
        for at in range(0, max(1, int(length)), 9):
            end = min(at + 5, length)
            along = (x + at, y, x + end, y) if y == y_end else (x, y + at, x, y + end)
            draw.line(along, fill=REMOVED, width=2)


def _only_changes(pair: PagePair, page: Image, area: SeenSize) -> Image:
    """Return the later page with all that is the same faint."""
    from PIL import Image as Pictures

    scale = scale_shown(area)
    faint = Pictures.blend(page, Pictures.new("RGB", page.size, "white"), _FAINT)
    for box in (*_word_boxes(pair, True), *(look.box for look in pair.looks)):
        left, top, right, foot = (round(edge * scale) for edge in _widened(box))
        corner = max(0, left), max(0, top)
        part = (*corner, min(page.width, right), min(page.height, foot))
        if part[2] > part[0] and part[3] > part[1]:
            faint.paste(page.crop(part), corner)
    return faint


def _beside(pictures: list[Image], labels: list[str]) -> Image:
    from PIL import Image as Pictures
    from PIL import ImageDraw, ImageFont

    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) + 1)
    high = max(picture.height for picture in pictures) + HEAD + GAP
    sheet = Pictures.new("RGB", (width, high), (128, 128, 128))
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(24)
    left = GAP
    for picture, label in zip(pictures, labels, strict=True):
        draw.text((left, HEAD - 8), label, "white", font, anchor="ls")
        sheet.paste(picture, (left, HEAD))
        left += picture.width + GAP
    return sheet


def _png(picture: Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()
