"""Pages of several sizes to pages of one, each in the middle of its place: `even`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from hrcpub.pipeline.impose import problems as impose_problems
from hrcpub.problems import HrcpubError, Problem
from hrcpub.units import Matrix, Rect, Size, times

if TYPE_CHECKING:
    from hrcpub.pipeline.impose.artwork import ArtPage

SAME = 0.75  # points: pages whose trims differ by less are of one size; a knife is off by more


class Mixed(StrEnum):
    """What to do with pages of several sizes."""

    REFUSE = "refuse"
    SCALE = "scale"  # each to fit the first page's size
    CENTER = "center"  # each as it is, in a place for the widest and the highest


def even(
    names: Sequence[str], pages: Sequence[ArtPage], mixed: Mixed
) -> tuple[tuple[ArtPage, ...], tuple[Problem, ...]]:
    """Return pages of one size, and what was done to make them that.

    Raises HrcpubError with the first page of another size, where nothing is to be done.
    """
    place = pages[0].size
    if all(_is_same(page.size, place) for page in pages):
        return tuple(pages), ()
    if mixed is Mixed.REFUSE:
        raise HrcpubError(_refused(names, pages))
    if mixed is Mixed.CENTER:
        place = Size(max(page.size.width for page in pages), max(p.size.height for p in pages))
    scales = [_scale(page.size, place) if mixed is Mixed.SCALE else 1.0 for page in pages]
    evened = tuple(
        page if _is_same(page.size, place) else _placed(page, place, scale)
        for page, scale in zip(pages, scales, strict=True)
    )
    return evened, tuple(_told(names, pages, evened, scales))


def _is_same(size: Size, other: Size) -> bool:
    return all(abs(a - b) <= SAME for a, b in zip(size, other, strict=True))


def _scale(size: Size, place: Size) -> float:
    """Return by what a page becomes as large as its place allows."""
    return min(place.width / size.width, place.height / size.height)


def _refused(names: Sequence[str], pages: Sequence[ArtPage]) -> Problem:
    first = pages[0].size
    other, number = next(
        (page, number) for page, number in _numbered(pages) if not _is_same(page.size, first)
    )
    return impose_problems.mixed_sizes(names[other.file], number, other.size, first)


def _numbered(pages: Sequence[ArtPage]) -> Iterator[tuple[ArtPage, int]]:
    """Yield pages with their numbers in their files, from 1."""
    counts: dict[int, int] = {}
    for page in pages:
        counts[page.file] = counts.get(page.file, 0) + 1
        yield page, counts[page.file]


def _told(
    names: Sequence[str],
    pages: Sequence[ArtPage],
    evened: Sequence[ArtPage],
    scales: Sequence[float],
) -> Iterator[Problem]:
    """Yield what was done to each file's pages, once for a file and a scale."""
    changed: dict[tuple[int, int, float], list[int]] = {}
    for (page, number), even_page, scale in zip(_numbered(pages), evened, scales, strict=True):
        if even_page is not page:
            key = (page.file, round(scale * 100), round(even_page.bleed, 1))
            changed.setdefault(key, []).append(number)
            place = even_page.size
    for (file, percent, bleed), numbers in changed.items():
        yield impose_problems.other_size(names[file], numbers, place, percent, bleed)


# --- One page ------------------------------------------------------------------------------------


def _placed(page: ArtPage, place: Size, scale: float) -> ArtPage:
    """Return a page, scaled, in the middle of a place that is as large or larger.

    Where it ends at the edge of its place it keeps its bleed. Elsewhere white paper is beside it:
    it ends at its own trim. What is scaled up has no more bleed than before.
    """
    shape, (width, height) = page.shape, page.size
    right, up = (place.width - width * scale) / 2, (place.height - height * scale) / 2
    trim, shown = Rect(0.0, 0.0, width, height), _through(shape.matrix, shape.box)
    shown = shown.meet(trim.outset(page.bleed / max(scale, 1.0))) or trim
    if right > SAME / 2:
        shown = Rect(trim.left, shown.bottom, trim.right, shown.top)
    if up > SAME / 2:
        shown = Rect(shown.left, trim.bottom, shown.right, trim.top)
    reach = max(-shown.left, -shown.bottom, shown.right - width, shown.top - height, 0.0)
    placed = shape._replace(
        size=place,
        bleed=reach * scale,
        box=_through(_inverse(shape.matrix), shown),
        matrix=times(shape.matrix, (scale, 0.0, 0.0, scale, right, up)),
    )
    return page._replace(shape=placed)


def _through(matrix: Matrix, box: Rect) -> Rect:
    """Return a box through a matrix that turns by quarters only."""
    a, b, c, d, e, f = matrix
    xs = sorted(a * x + c * y + e for x, y in (box[:2], box[2:]))
    ys = sorted(b * x + d * y + f for x, y in (box[:2], box[2:]))
    return Rect(xs[0], ys[0], xs[1], ys[1])


def _inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    area = a * d - b * c
    a, b, c, d = d / area, -b / area, -c / area, a / area
    return (a, b, c, d, -(a * e + c * f), -(b * e + d * f))
