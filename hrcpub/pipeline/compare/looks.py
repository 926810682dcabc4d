"""Two pictures of a page to the boxes in which they differ; how edges are smoothed does not count.

A pixel differs where its colour is outside of all that the other picture has within one pixel of
it, by a threshold. So an edge that is smoothed otherwise, or lies a part of a pixel beside, is the
same; a line that is gone, or a digit that is another, is not. Both pictures are asked: what is gone
differs in the first, what is new in the second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from hrcpub.pipeline.compare.reading import ReadFile, scale_of
from hrcpub.pipeline.compare.records import LookBox

if TYPE_CHECKING:
    from PIL.Image import Image

# Of 255. Measured by `python -m benchmarks comparing` (docs/decisions/16-comparing.md): the least
# that sees a comma for a stop at 9.5 pt in any place of the pixels is 112; the most that two
# versions of PDFium differ by in the smoothing of an edge is 42.
THRESHOLD = 96
TILE = 8  # pixels: differences in neighbouring tiles are one box
REACH = 3  # tiles: what lies nearer together than some 12 pt is one place to a reader
MOST_BOXES = 40  # of a page: more are told as one around all

Mix = Callable[["Image", "Image"], "Image"]
Tile = tuple[int, int]


def differing(before: tuple[ReadFile, int], after: tuple[ReadFile, int]) -> list[LookBox]:
    """Return the boxes in which two pages of one size differ, in points; none: they look alike."""
    (file, number), (other, other_number) = before, after
    scale = scale_of(file.area(number))
    tiles: set[Tile] = set()
    bands = zip(file.bands(number, scale), other.bands(other_number, scale), strict=False)
    for (top, one), (_, two) in bands:
        tiles |= {(x, (y * TILE + top) // TILE) for x, y in _tiles(one, two)}
    boxes = _joined([_in_points(group, scale) for group in _groups(tiles)])
    boxes = boxes if len(boxes) <= MOST_BOXES else [_around(boxes)]
    return sorted(boxes, key=lambda box: (box[1], box[0]))


def differing_pixels(one: Image, two: Image) -> Image:
    """Return how far each pixel of two pictures of one size is from all that the other has near."""
    from PIL import ImageChops

    excess = None
    for picture, other in ((one, two), (two, one)):
        over = ImageChops.subtract(picture, _near(other, ImageChops.lighter))
        under = ImageChops.subtract(_near(other, ImageChops.darker), picture)
        beyond = ImageChops.lighter(over, under)
        excess = ImageChops.lighter(excess, beyond) if excess else beyond
    red, green, blue = excess.split()  # type: ignore[union-attr]
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _tiles(one: Image, two: Image) -> Iterator[Tile]:
    """Yield the tiles in which two bands differ: columns and rows of them."""
    from PIL import Image as Pictures
    from PIL import ImageChops

    if one.size != two.size:  # by a pixel: sizes that are the same but for rounding
        size = min(one.width, two.width), min(one.height, two.height)
        one, two = one.crop((0, 0, *size)), two.crop((0, 0, *size))
    if one.tobytes() == two.tobytes():
        return
    rough = ImageChops.difference(one, two).point(lambda value: 255 * (value >= THRESHOLD))
    part = rough.getbbox()
    if part is None:
        return
    left, top = (max(0, edge // TILE * TILE - TILE) for edge in part[:2])
    part = left, top, min(one.width, part[2] + TILE), min(one.height, part[3] + TILE)
    excess = differing_pixels(one.crop(part), two.crop(part))
    marked = excess.point(lambda value: 255 * (value >= THRESHOLD))
    # The mean of a tile of 64 pixels of which one is marked is 255 / 64: it rounds to 4, not to 0.
    small = (
        marked.reduce(TILE)
        if min(marked.size) >= TILE
        else marked.resize((1, 1), Pictures.Resampling.BOX)
    )
    for index, value in enumerate(small.tobytes()):
        if value:
            yield index % small.width + left // TILE, index // small.width + top // TILE


def _near(picture: Image, mix: Mix) -> Image:
    """Return, for each pixel, the darkest or lightest of it and its eight neighbours."""
    across = mix(mix(picture, _moved(picture, 1, 0)), _moved(picture, -1, 0))
    return mix(mix(across, _moved(across, 0, 1)), _moved(across, 0, -1))


def _moved(picture: Image, right: int, down: int) -> Image:
    """Return a picture moved by a pixel; at the edge that it leaves, it stays as it was."""
    moved = picture.copy()
    moved.paste(picture, (right, down))
    return moved


def _groups(tiles: set[Tile]) -> Iterator[list[Tile]]:
    """Yield tiles that lie together."""
    left = set(tiles)
    reach = list(product(range(-REACH, REACH + 1), repeat=2))
    while left:
        found = [left.pop()]
        for x, y in found:
            near = {(x + right, y + down) for right, down in reach} & left
            left -= near
            found += near
        yield found


def _joined(boxes: list[LookBox]) -> list[LookBox]:
    """Return boxes of which none lies over another one."""
    apart: list[LookBox] = []
    for box in boxes:
        over = [other for other in apart if _are_over(box, other)]
        while over:
            apart = [other for other in apart if other not in over]
            box = _around([box, *over])
            over = [other for other in apart if _are_over(box, other)]
        apart.append(box)
    return apart


def _are_over(one: LookBox, other: LookBox) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _in_points(tiles: list[Tile], scale: float) -> LookBox:
    side = TILE / scale
    columns, rows = zip(*tiles, strict=True)
    return min(columns) * side, min(rows) * side, (max(columns) + 1) * side, (max(rows) + 1) * side


def _around(boxes: list[LookBox]) -> LookBox:
    lefts, tops, rights, feet = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(feet)
