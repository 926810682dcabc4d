"""A sheet's size to a page that a printer is measured with: rulers, bars, margins and register.

Two sides, to be printed two-sided about the long edge, at actual size. All is drawn in strokes of a
path, in millimetres from the sheet's upper left corner, y downwards; words and figures are text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork
from hrcpub.pipeline.stages import Html
from hrcpub.project.office_queues import MARK
from hrcpub.project.sheets import Sheet
from hrcpub.units import POINTS_PER_UNIT, css

MILLIMETRE = POINTS_PER_UNIT["mm"]
INCH = 25.4  # mm
A = MARK / MILLIMETRE  # of mark A, from both edges
RULER = 34.0  # from the right edge, and from the foot, to the rulers
DEEPEST = 12  # mm: no printer leaves more
CLEAR = 9.0  # from the edges: no figure nearer
FIGURES = 15.0  # from the edge: where every printer reaches
STEP = 5.0  # along an edge, for each millimetre of the scale of its margin
TICKS_MM = {10: 4.0, 5: 3.0, 1: 2.0}
TICKS_IN = {16: 4.5, 8: 3.4, 4: 2.6, 2: 2.0, 1: 1.4}  # by sixteenths
VERNIER = 10  # lines on each side of the middle one
PITCH, PITCH_BACK = 1.0, 0.9  # so that each line further is a tenth of a millimetre


class PageMark(NamedTuple):
    """A word or a figure: its left end, or its middle, and its baseline's place."""

    text: str
    x: float
    y: float
    is_middle: bool = True

    @property
    def style(self) -> str:
        """Return its place as CSS; text that stands about a point has a box around it."""
        left = self.x - 6.0 if self.is_middle else self.x
        return f"left:{_css(left)};top:{_css(self.y)}"


class CalibrationSide(NamedTuple):
    """One side, as its template shows it."""

    name: str  # "Front"
    path: str  # of an SVG in millimetres
    marks: tuple[PageMark, ...]
    bars: tuple[PageMark, ...]


def calibration_document(queue: str, sheet: Sheet, project: Project) -> Html:
    """Return the page for a queue; its back is for the back of the sheet."""
    wide, high = (length / MILLIMETRE for length in sheet.size)
    sides = [_side(name, wide, high, is_back=name == "Back") for name in ("Front", "Back")]
    context = {
        "queue": queue,
        "sheet": sheet.name.capitalize(),
        "wide": f"{wide:.3f}",
        "high": f"{high:.3f}",
        "sides": sides,
        "vernier": f"top:{_css(_vernier_place(high) + 28)}",
    }
    return compose_paperwork("calibration", context, project, sheet=sheet.size)


def _side(name: str, wide: float, high: float, *, is_back: bool) -> CalibrationSide:
    parts = (_mark_a(), _rulers(wide, high), _margins(wide, high), _crosses(wide, high))
    drawn = [one for part in parts for one in part]
    strokes = [one for one in drawn if isinstance(one, str)]
    marks = [one for one in drawn if not isinstance(one, str)]
    strokes += _vernier(wide, high, is_back=is_back)
    marks += _vernier_figures(wide, high) if not is_back else []
    bars = tuple(_bar_words()) if not is_back else ()
    strokes += _bars() if not is_back else []
    return CalibrationSide(name, "".join(strokes), tuple(marks), bars)


def _css(millimetres: float) -> str:
    return css(millimetres * MILLIMETRE)


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{x1:.3f} {y1:.3f}L{x2:.3f} {y2:.3f}"


def _mark_a() -> Iterator[str | PageMark]:
    """Yield mark A: two lines that are 20 mm from the left edge and from the top."""
    yield _line(A, 9, A, A + 14)
    yield _line(9, A, A + 14, A)
    yield PageMark("A", A + 5, A + 2)


def _rulers(wide: float, high: float) -> Iterator[str | PageMark]:
    """Yield a ruler across and one down, from edge to edge: millimetres and inches."""
    foot, right = high - RULER, wide - RULER
    yield _line(0, foot, wide, foot)
    yield _line(right, 0, right, high)
    for number in range(1, int(wide)):
        tick = _tick(number, TICKS_MM)
        yield _line(number, foot - tick, number, foot)
        if number % 10 == 0 and abs(number - right) > 6 and number < wide - CLEAR:
            yield PageMark(str(number), number, foot - 8)
    for number in range(1, int(high)):
        tick = _tick(number, TICKS_MM)
        yield _line(right - tick, number, right, number)
        if number % 10 == 0 and abs(number - foot) > 9 and CLEAR < number < high - CLEAR:
            yield PageMark(str(number), right - 8, number - 1.4)
    yield from _inches(wide, high, right, foot)


def _inches(wide: float, high: float, right: float, foot: float) -> Iterator[str | PageMark]:
    for number in range(1, int(16 * wide / INCH)):
        place, tick = number * INCH / 16, _tick(number, TICKS_IN)
        yield _line(place, foot, place, foot + tick)
        if number % 16 == 0 and abs(place - right) > 6 and place < wide - CLEAR:
            yield PageMark(f"{number // 16} in", place, foot + 5)
    for number in range(1, int(16 * high / INCH)):
        place, tick = number * INCH / 16, _tick(number, TICKS_IN)
        yield _line(right, place, right + tick, place)
        if number % 16 == 0 and abs(place - foot) > 9 and place < high - CLEAR:
            yield PageMark(f"{number // 16} in", right + 9.5, place - 1.4)


def _tick(number: int, ticks: dict[int, float]) -> float:
    return next(length for every, length in ticks.items() if number % every == 0)


def _margins(wide: float, high: float) -> Iterator[str | PageMark]:
    """Yield a staircase at each edge: its first line that is there says how far a printer reaches.

    A line for each millimetre, parallel to the edge.
    """
    long = STEP * DEEPEST
    for number in range(1, DEEPEST + 1):
        along = (number - 1) * STEP
        down, across = high / 2 - long / 2 + along, wide / 2 - long / 2 + along
        yield _line(number, down, number, down + STEP)
        yield PageMark(str(number), FIGURES, down + 1)
        yield _line(wide - number, down, wide - number, down + STEP)
        yield PageMark(str(number), wide - FIGURES, down + 1)
        yield _line(across, number, across + STEP, number)
        yield PageMark(str(number), across + STEP / 2, FIGURES - 1.4)
        yield _line(across, high - number, across + STEP, high - number)
        yield PageMark(str(number), across + STEP / 2, high - FIGURES - 1.4)


def _crosses(wide: float, high: float) -> Iterator[str | PageMark]:
    """Yield crosses in the other corners: held to the light, front and back lie on each other."""
    for x, y in ((wide - A, A), (A, high - A), (wide - A, high - A)):
        yield _line(x - 5, y, x + 5, y)
        yield _line(x, y - 5, x, y + 5)


BAR_TOP, BAR_LEFT, BAR_DOWN = 104.0, 36.0, 26.0


def _bars() -> list[str]:
    """Return bars of 100 mm and of 4 in, across and down."""
    strokes = []
    for number, long in enumerate((100.0, 4 * INCH)):
        y = BAR_TOP + 10 * number
        strokes += [_line(BAR_LEFT, y, BAR_LEFT + long, y)]
        strokes += [_line(x, y - 2, x, y + 2) for x in (BAR_LEFT, BAR_LEFT + long)]
        x, top = BAR_DOWN + 24 * number, BAR_TOP + 22
        strokes += [_line(x, top, x, top + long)]
        strokes += [_line(x - 2, end, x + 2, end) for end in (top, top + long)]
    return strokes


def _bar_words() -> Iterator[PageMark]:
    yield PageMark("across: 100 mm", BAR_LEFT + 2, BAR_TOP + 1, is_middle=False)
    yield PageMark("across: 4 in", BAR_LEFT + 2, BAR_TOP + 11, is_middle=False)
    yield PageMark("down: 100 mm", BAR_DOWN + 1.5, BAR_TOP + 26, is_middle=False)
    yield PageMark("down: 4 in", BAR_DOWN + 25.5, BAR_TOP + 26, is_middle=False)


def _vernier_place(high: float) -> float:
    return max(BAR_TOP + 40, high / 2 + 10)


def _vernier(wide: float, high: float, *, is_back: bool) -> list[str]:
    """Return lines whose fellows are on the other side: those that meet say how far it is off.

    One row is read from left to right, one from head to foot.
    """
    pitch = PITCH_BACK if is_back else PITCH
    middle, y = wide / 2, _vernier_place(high)
    strokes = []
    for number in range(-VERNIER, VERNIER + 1):
        tall = 5.0 if number % 5 == 0 else 3.5
        x, place = middle + number * pitch, y + 14 + number * pitch
        # On the back what is at the right is seen at the left: it goes on where the front ends.
        strokes.append(_line(x, y, x, y + tall) if is_back else _line(x, y - tall, x, y))
        side = middle + 30
        seen = wide - side if is_back else side
        strokes.append(_line(seen - tall, place, seen, place))
    return strokes


def _vernier_figures(wide: float, high: float) -> list[PageMark]:
    middle, y = wide / 2, _vernier_place(high)
    figures = []
    for number in (-10, -5, 0, 5, 10):
        text = str(abs(number))
        figures.append(PageMark(text, middle + number * PITCH, y - 9))
        figures.append(PageMark(text, middle + 22, y + 12.6 + number * PITCH))
    return figures
