"""Checks of texts and lines: their inks, their size, and letters that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hrcpub.pipeline.preflight.checks.geometry import what
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage, mm
from hrcpub.pipeline.preflight.page.marks import Mark, PaintedPath, PaintedText
from hrcpub.pipeline.preflight.page.paths import Path
from hrcpub.pipeline.preflight.page.spaces import InkAmounts
from hrcpub.problems import Problem, Severity
from hrcpub.units import Rect

_BLACK = 0.85  # GWG 2022 R0015: text of so much black is black text
_GROUNDS = 200
_NEAR = 0.02  # points: a hairline that was rounded
_RULE = 0.3  # points: what is thinner is a line, not an area
_CLIPPED = 0.01  # points: less is left of an area by rounding, where a clip has the same edge
_OUTLINES = 8  # a frame has two, a double one four; what has more is a drawing


def _texts(page: CheckedPage) -> Iterator[tuple[Mark, PaintedText, InkAmounts]]:
    for mark, text in page.texts:
        # Text in RGB is reported as RGB, whatever inks it will become.
        if mark.state.fill_space.family != "DeviceRGB":
            # The fill before the stroke: an outline of another ink is drawn around letters on
            # purpose.
            yield from ((mark, text, inks) for inks, _ in mark.inks()[:1])


def missing_letters(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A letter is drawn that its font does not have: a box, or nothing, is in its place.

    Fix: choose a font that has the letter, or write it another way. (ISO 15930-7 §6.3: .notdef
    may not be drawn; ISO 19005-2 §6.2.11.8.)
    """
    for mark in page.marks:
        text = mark.painted
        if not isinstance(text, PaintedText):
            continue
        missing = text.font.letters.missing
        if missing and not missing.isdisjoint(text.codes):
            said = f"{what(mark)} uses characters that the font does not have"
            yield Problem("font-notdef", said, page.at(mark.box))


def rich_text(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Black text is made of several inks, and too much of them: it smears and shows edges.

    Fix: give the text K 100 alone. (GWG 2022 R0015: black of 85 % or more, and over 280 % of
    ink together; newspapers 220 %.)
    """
    if expected.limits is None:
        return
    for mark, _, inks in _texts(page):
        if inks.process[3] >= _BLACK and inks.total > expected.limits.rich_text:
            said = f"{what(mark)} has {inks.total:.0f} % ink ({inks})"
            yield Problem("text-rich-black", said, page.at(mark.box), None, Severity.WARNING)


def small_text(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Small text has more than one ink: if the plates are off by a hair, it has coloured edges.

    Fix: give it one ink, or make it larger. (GWG 2022 R0017: under 8 pt on sheetfed presses, 5
    pt on digital ones and in large format.)
    """
    if expected.limits is None:
        return
    for mark, text, inks in _texts(page):
        if inks.ink_count < 2:
            continue
        size = text.height * page.unit
        if size < expected.limits.inked_text - _NEAR:
            said = f"{what(mark)} is {size:.1f} pt in {inks.ink_count} inks ({inks})"
            yield Problem("text-inks", said, page.at(mark.box), None, Severity.WARNING)


def reversed_text(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Small white text is on a ground of ink, which runs into its thin strokes.

    Fix: make it larger or bolder. (GWG 2022 R0016: under 8 pt on sheetfed presses, 5 pt on
    digital ones and in large format, 10 pt in newspapers.)
    """
    if expected.limits is None:
        return
    grounds: list[Rect] = []
    for mark in page.placed:
        text = mark.painted
        if not isinstance(text, PaintedText):
            if len(grounds) < _GROUNDS and mark.is_inked:
                grounds.append(mark.box)
            continue
        if not grounds:
            continue
        laid = mark.inks()
        size = text.height * page.unit
        if not laid or not laid[0][0].is_white or size >= expected.limits.reversed_text - _NEAR:
            continue
        if any(ground.touches(mark.box) for ground in grounds):
            said = f"{what(mark)} is white on a ground of ink, {size:.1f} pt"
            yield Problem("text-reversed", said, page.at(mark.box), None, Severity.WARNING)


def thin_lines(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A line is thinner than a press can hold, or is thin and white, or thin and of several inks.

    Fix: give it 0.25 pt and one ink. Otherwise it breaks up or vanishes. A line of width 0 is
    as thin as each machine makes it, and a thin filled box is a line too. (GWG 2022 R0018,
    R0019, I00004: white or of several inks under 0.25 pt, large format 0.15 pt; ours: any under
    0.1 pt.)
    """
    if expected.limits is None:
        return
    for mark, painted in page.paths:
        for wide, place, inks in _line_widths(page, mark, painted):
            limit = expected.limits.hairline
            if inks is not None and (inks.is_white or inks.ink_count > 1):
                limit = expected.limits.fine_line
            if wide < limit - _NEAR / 2 or wide == 0:
                how = "white" if inks and inks.is_white else str(inks) if inks else "a pattern"
                said = f"a line is {wide:.3g} pt ({mm(wide)}) wide, {how}: it needs {limit:g} pt"
                yield Problem("line-thin", said, page.at(place), None, Severity.WARNING)
                break


def _line_widths(
    page: CheckedPage, mark: Mark, painted: PaintedPath
) -> Iterator[tuple[float, Rect, InkAmounts | None]]:
    """Yield a stroke, or the thin boxes and frames of a fill, as (width, place, inks)."""
    path = painted.path
    if mark.is_stroke and not mark.is_fill:
        yield mark.line * page.unit, mark.box, mark.state.inks(True)
    if not mark.is_fill or mark.is_stroke:
        return
    inks = mark.state.inks()
    # A white box without area is left by programs that paint backgrounds of nothing.
    if inks is None or (inks.is_white and min(mark.box.width, mark.box.height) == 0):
        return
    # What a clip leaves is a line too: of each side of a border, CSS clips the whole frame.
    thin = [mark.box] if min(mark.box.width, mark.box.height) > _CLIPPED else []
    boxes = [box for box in path.boxes() if box.touches(mark.box)]
    sides = _frame_sides(path, mark.box) if painted.is_even_odd else ()
    for box in (*boxes, *thin, *sides):
        wide, long = sorted((box.width * page.unit, box.height * page.unit))
        # So thin and so long a box is drawn as a line: many programs do not stroke rules.
        if wide < _RULE and long > 2:
            yield wide, mark.box if path.is_box else box, inks


def _frame_sides(path: Path, seen: Rect) -> Iterator[Rect]:
    """Yield the sides of frames, of ink between an outline and one inside it, that are `seen`.

    Filled by the even-odd rule, each second space between outlines has ink: a double border is four
    outlines, a border with round corners is two.
    """
    outlines = list(islice(path.outlines(), _OUTLINES + 1))
    if not 2 <= len(outlines) <= _OUTLINES:
        return
    outlines.sort(key=lambda box: -box.width * box.height)
    for outer, inner in zip(outlines[::2], outlines[1::2], strict=False):
        sides = (
            Rect(outer.left, outer.bottom, inner.left, outer.top),
            Rect(outer.left, outer.bottom, outer.right, inner.bottom),
            Rect(inner.right, outer.bottom, outer.right, outer.top),
            Rect(outer.left, inner.top, outer.right, outer.top),
        )
        # A border that is not on all sides has no thickness on the others.
        if outer.holds(inner):
            yield from (side for side in sides if _is_seen(side, seen))


def _is_seen(side: Rect, seen: Rect) -> bool:
    """Return whether a side has ink, and a clip leaves most of its length."""
    if min(side.width, side.height) <= 0 or (left := side.meet(seen)) is None:
        return False
    return max(left.width, left.height) > max(side.width, side.height) / 2


def blank(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """A page has nothing on it that prints.

    Fix: if it is not meant to be blank, look whether a layer is off or an object is outside the
    page. (GWG 2022 R0005.)
    """
    if expected.limits is None or not expected.limits.blank:
        return
    # A page that cannot be read to its end may have more on it than was seen.
    if not any(mark.is_inked for mark in page.placed) and not page.walk.complaints:
        yield Problem("page-blank", "the page is blank", page.at(), None, Severity.WARNING)


CHECKS = (
    missing_letters,
    rich_text,
    small_text,
    reversed_text,
    thin_lines,
    blank,
)

CODES = {
    "font-notdef": missing_letters,
    "text-rich-black": rich_text,
    "text-inks": small_text,
    "text-reversed": reversed_text,
    "line-thin": thin_lines,
    "page-blank": blank,
}
