"""Pages that say which they are, and how large they came out: squares to count, and a ruler."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from PIL import Image

from tests.printing.arrived import ArrivedSide

RULER = 100.0  # mm
INSET = 72.0  # points from the page's left edge, and from its foot
_POINTS = RULER * 72 / 25.4


def ruled(
    path: Path, pages: int, size: tuple[float, float], preferences: dict[str, str] | None = None
) -> Path:
    """Write a PDF: page n has n squares near its head, and a ruler of 100 mm near its foot."""
    with pikepdf.new() as file:
        for number in range(1, pages + 1):
            page = file.add_blank_page(page_size=size)
            squares = "".join(
                f"{INSET + 30 * at} {size[1] - INSET - 20} 20 20 re " for at in range(number)
            )
            ruler = f"{INSET} {INSET} {_POINTS:.4f} 4 re "
            page.contents_add(f"0 g {squares}{ruler}f".encode())
        if preferences:
            said = {f"/{key}": pikepdf.Name(f"/{value}") for key, value in preferences.items()}
            file.Root.ViewerPreferences = pikepdf.Dictionary(said)
        file.save(path)
    return path


def number_on(side: ArrivedSide) -> int:
    """Return the number of the page on a side; 0 where it is blank."""
    return _squares(_upright(side))


def numbers(sides: Sequence[ArrivedSide]) -> list[int]:
    """Return the numbers of the pages on all sides, in their order."""
    return [number_on(side) for side in sides]


def ruler_on(side: ArrivedSide) -> float:
    """Return how long the ruler is on paper, in mm, whichever way it lies."""
    return side.millimetres(_lowest(_upright(side)))


def place_of(side: ArrivedSide) -> tuple[float, float]:
    """Return where the ruler begins: from the left and the foot of the upright page, in mm."""
    picture = _upright(side)
    box = picture.getbbox()
    assert box is not None
    return side.millimetres(box[0]), side.millimetres(picture.height - box[3])


@functools.lru_cache(maxsize=8)  # a file's sides: each is asked for its number, ruler and place
def _upright(side: ArrivedSide) -> Image.Image:
    """Return what is dark on a side, turned so that the ruler is at its foot: 255, all else 0."""
    dark = side.picture.point(lambda grey: 255 if grey < 128 else 0)
    for angle in (0, 90, 180, 270):
        turned = dark.rotate(angle, expand=True)
        if turned.getbbox() is None or _lowest(turned) > turned.width / 4:
            return turned
    return dark


def _lowest(dark: Image.Image) -> int:
    """Return how long the line at the foot of a picture is, in pixels; 0 for several lines."""
    box = dark.getbbox()
    assert box is not None
    lengths = _runs(dark, box[3] - 4)
    return lengths[0] if len(lengths) == 1 else 0


def _runs(dark: Image.Image, row: int) -> list[int]:
    """Return the lengths of what is dark in a row of pixels."""
    pixels = dark.crop((0, row, dark.width, row + 1)).tobytes()
    return [len(run) for run in pixels.split(b"\0") if run]


def _squares(dark: Image.Image) -> int:
    """Return how many squares stand side by side in the upper part of a picture."""
    head = dark.crop((0, 0, dark.width, dark.height // 4))
    box = head.getbbox()
    if box is None:
        return 0
    return len(_runs(head, (box[1] + box[3]) // 2))
