"""A page of a file to its picture, or to the rows in which it differs from the one before.

Who types changes a few lines of a page. So most of a picture has been sent before, and only rows
from the first that differs to the last go to the window.
"""

from __future__ import annotations

from typing import NamedTuple

LARGEST = 6000  # pixels of a picture's side
MOST_KEPT = 12  # pictures: 4 MB each in an ordinary window
_PIXEL = 4  # bytes


class Draw(NamedTuple):
    """A page to be drawn, `width` pixels wide. `base` is the picture that `window` has of it."""

    number: int
    page: int  # 1-based
    width: int
    window: str = ""
    base: int = 0  # the number of a Draw before; 0: none


class PagePicture(NamedTuple):
    """Rows of a page's picture from `top` on: red, green, blue and 255 for each pixel.

    With a `base` the others are as in that picture; without, these are all.
    """

    number: int
    page: int
    size: tuple[int, int]
    top: int
    rows: bytes
    base: int = 0


class _SentPicture(NamedTuple):
    number: int
    size: tuple[int, int]
    pixels: bytes


class PageDrawer:
    """Draws pages, and keeps what each window was sent last."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[tuple[str, int], _SentPicture] = {}  # by window and page, the oldest first

    def made(self, task: Draw, data: bytes) -> PagePicture | None:
        """Return a page's picture; None where the file has no such page."""
        found = drawn(data, task.page, task.width)
        if found is None:
            return None
        size, pixels = found
        before = self._kept.pop((task.window, task.page), None)
        self._kept[task.window, task.page] = _SentPicture(task.number, size, pixels)
        while len(self._kept) > MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        if before is None or not task.base or (before.number, before.size) != (task.base, size):
            return PagePicture(task.number, task.page, size, 0, pixels)
        row = size[0] * _PIXEL
        top, end = changed_rows(before.pixels, pixels, row)
        rows = pixels[top * row : end * row]
        return PagePicture(task.number, task.page, size, top, rows, task.base)


def changed_rows(before: bytes, after: bytes, row: int) -> tuple[int, int]:
    """Return the first row of `row` bytes that differs, and the one behind the last: 0, 0: none."""
    if before == after:
        return 0, 0
    count = len(after) // row
    old, new = memoryview(before), memoryview(after)

    def differs(number: int) -> bool:
        part = slice(number * row, (number + 1) * row)
        return old[part] != new[part]

    top = next(number for number in range(count) if differs(number))
    last = next(number for number in reversed(range(count)) if differs(number))
    return top, last + 1


def drawn(data: bytes, page: int, width: int) -> tuple[tuple[int, int], bytes] | None:
    """Return a page's size in pixels, and its pixels; None where there is no such page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        if not 1 <= page <= len(document):
            return None
        scale = min(width, LARGEST) / document[page - 1].get_width()
        bitmap = document[page - 1].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        return (bitmap.width, bitmap.height), bytes(bitmap.buffer)
    finally:
        document.close()
