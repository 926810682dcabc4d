"""Lengths as people write them (`3.5 in`, `6 mm`, `27 pt`) to points; places and colours.

One point is 1/72 in (ISO 32000-2 §8.3.2.3), one inch 25.4 mm. A bare number is refused: `3` is
not a length on a page, and a wrong guess would cost a print run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from hrcpub.patterns import pattern

POINTS_PER_UNIT = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 720 / 25.4}
POINTS_PER_PIXEL = 0.75  # CSS: 96 px to the inch

_NUMBER = r"\d+(?:\.\d+)?|\.\d+"
_LENGTH = pattern(rf"(?:(\d+)[\s-]+)?({_NUMBER})(?:/(\d+))?\s*(pt|in|mm|cm|[\"″”])")


class Size(NamedTuple):
    """A width and a height in points."""

    width: float
    height: float


class Rect(NamedTuple):
    """A rectangle in points by its edges, y upwards, as PDF has them (ISO 32000-2 §7.9.5)."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Return right less left."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Return top less bottom."""
        return self.top - self.bottom

    def outset(self, by: float) -> Rect:
        """Return the rectangle with every edge moved outwards."""
        return Rect(self.left - by, self.bottom - by, self.right + by, self.top + by)

    def meet(self, other: Rect) -> Rect | None:
        """Return what both cover, or None."""
        left, right = max(self.left, other.left), min(self.right, other.right)
        bottom, top = max(self.bottom, other.bottom), min(self.top, other.top)
        return Rect(left, bottom, right, top) if left <= right and bottom <= top else None

    def touches(self, other: Rect) -> bool:
        """Return whether `meet` gives a rectangle, without making it."""
        left, bottom, right, top = self
        start, foot, end, head = other
        return (
            left <= end
            and start <= right
            and bottom <= head
            and foot <= top
            # One that is inside out has nothing in common with any.
            and left <= right
            and start <= end
            and bottom <= top
            and foot <= head
        )

    def holds(self, other: Rect, slack: float = 0.0) -> bool:
        """Return whether another lies inside, or sticks out by no more than `slack`."""
        return (
            other.left >= self.left - slack
            and other.bottom >= self.bottom - slack
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )


Matrix = tuple[float, float, float, float, float, float]  # a b c d e f (ISO 32000-2 §8.3.4)
Rgb = tuple[float, float, float]  # levels of red, green and blue, each from 0 to 1

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

PAPER_SIZES = {
    "letter": Size(612.0, 792.0),
    "a4": Size(210 * 72 / 25.4, 297 * 72 / 25.4),
    "legal": Size(612.0, 1008.0),
    "tabloid": Size(792.0, 1224.0),
    "half-letter": Size(396.0, 612.0),
    "a3": Size(297 * 72 / 25.4, 420 * 72 / 25.4),
    "a5": Size(148 * 72 / 25.4, 210 * 72 / 25.4),
    "a6": Size(105 * 72 / 25.4, 148 * 72 / 25.4),
    "dl": Size(99 * 72 / 25.4, 210 * 72 / 25.4),  # a third of A4 (ISO 269's DL is its envelope)
    "sra3": Size(320 * 72 / 25.4, 450 * 72 / 25.4),
}


def points(text: str) -> float:
    """Return a length in points: `6 mm`, `0.125"`, `1/8 in`, `8 1/2 in`.

    Raises ValueError for another text, or one without a unit.
    """
    match = _LENGTH.fullmatch(text.strip())
    if not match or (match[3] and not int(match[3])) or (match[1] and not match[3]):
        raise ValueError(f'"{text}" is not a length: write a number and mm, cm, in or pt')
    number = int(match[1] or 0) + float(match[2]) / int(match[3] or 1)
    return number * POINTS_PER_UNIT.get(match[4], POINTS_PER_UNIT["in"])


def metres(text: str) -> float:
    """Return a distance in metres: `3 m`; raise ValueError for another text."""
    number, space, unit = text.strip().rpartition(" ")
    if unit != "m" or not space or not re.fullmatch(_NUMBER, number) or not float(number):
        raise ValueError(f'"{text}" is not a distance: write it in metres, such as 3 m')
    return float(number)


def size(text: str) -> Size:
    """Return `3.5 in x 2 in` (or × for x), `A5` or `letter landscape` in points.

    Raises ValueError for another text.
    """
    name = "-".join(text.lower().split())
    upright = PAPER_SIZES.get(name.removesuffix("-landscape"))
    if upright:
        return Size(upright.height, upright.width) if name.endswith("-landscape") else upright
    width, cross, height = text.replace("×", "x").partition("x")
    if not cross or not (points(width) and points(height)):
        raise ValueError(
            f'"{text}" is not a size: write width x height, such as 8.5 in x 11 in, or A5'
        )
    return Size(points(width), points(height))


def dimensions(size: Size) -> str:
    """Return a size as people read it: `8.5 x 11 in`, or `148 x 210 mm` where those are whole."""
    unit, decimals = ("mm", 2) if is_metric(size) else ("in", 3)
    width, height = (f"{round(length / POINTS_PER_UNIT[unit], decimals):g}" for length in size)
    return f"{width} x {height} {unit}"


def is_metric(size: Size) -> bool:
    """Return whether a size was chosen in millimetres: whole ones, or quarters (1/8 of A4).

    Where it is round in inches too (5 x 10 in), it was chosen in inches.
    """
    return _is_round(size, 4 / POINTS_PER_UNIT["mm"], 0.08) and not _is_round(size, 8 / 72, 0.01)


def _is_round(size: Size, parts: float, close: float) -> bool:
    """Return whether lengths are whole multiples of what there are `parts` of to the point."""
    return all(abs(length * parts - round(length * parts)) < close for length in size)


def distance(length: float) -> str:
    """Return a length in points as people measure it: "6 mm (0.24 in)"; a small one in mm."""
    text = f"{length / POINTS_PER_UNIT['mm']:.2g} mm"
    if length < POINTS_PER_UNIT["mm"]:
        return text
    return f"{round(length / POINTS_PER_UNIT['mm'], 1):g} mm ({length / 72:.2f} in)"


def times(m: Matrix, n: Matrix) -> Matrix:
    """Return the matrix that does `m` first, then `n` (ISO 32000-2 §8.3.4)."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + o,
    )


def rgb(colour: str) -> Rgb:
    """Return a colour that is written as #rrggbb."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def pdf_number(value: float, decimals: int = 4) -> str:
    """Return a number as briefly as PDF has it (ISO 32000-2 §7.3.3), and never as `-0`."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def pdf_numbers(values: Iterable[float], decimals: int = 4) -> str:
    """Return numbers in a row, each as briefly as PDF has it."""
    return " ".join(pdf_number(value, decimals) for value in values)


def css(length: float) -> str:
    """Return a length in points as CSS, to four decimals: ink meets its margin to 0.0001 pt."""
    return f"{pdf_number(length)}pt"
