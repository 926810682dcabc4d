"""A box's number and its QR code, at the right of a label: over each other, or side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hrcpub.events.imprint import ImprintLine
from hrcpub.events.imprint.imprint import Code
from hrcpub.events.labels.lines import DISPLAY, LabelBlock, stacked
from hrcpub.events.labels.words import LabelWords
from hrcpub.pipeline.setting import Face, codes

NUMBERS = (0.4, 0.34, 0.28)  # of the area's height, for the box's number
LEAST_NUMBER = 18.0
OF = 0.36  # of the number's size: "of 8"
ASIDE = 0.32  # of the area's width, at the most, for what is at the right
GUTTER = 9.0


class LabelArea(NamedTuple):
    """Where a label may be printed; `quiet` is how much white is around it."""

    width: float
    height: float
    quiet: float = 0.0


class PlacedCode(NamedTuple):
    """A code, and how much of the area it takes in each direction."""

    code: Code
    side: float


class LabelAside(NamedTuple):
    """What is at the right of the words."""

    width: float
    lines: tuple[ImprintLine, ...] = ()
    code: Code | None = None


def aside(
    words: LabelWords,
    area: LabelArea,
    faces: Mapping[str, Face],
    size: float,
    *,
    has_code: bool,
) -> LabelAside:
    """Return the box's number over its code, or beside it where they are too high together."""
    if words.number is None:
        return LabelAside(0.0)
    wanted = words.code if has_code else None
    for share in NUMBERS:
        large = min(share * area.height, 0.3 * area.width)
        if large < LEAST_NUMBER:
            break
        number = _number(words.number, faces, large)
        wide = max(line.x + _width(line, faces) for line in number.lines)
        over = area.height - number.height - 0.5 * size
        code = _code(wanted, area, min(over, ASIDE * area.width))
        if wanted is None or code:
            lines = _from_right(number.lines, faces, area.width)
            return (
                LabelAside(max(wide, code.side), lines, code.code)
                if code
                else LabelAside(wide, lines)
            )
    number = _number(words.number, faces, max(LEAST_NUMBER, NUMBERS[0] * area.height))
    wide = max(line.x + _width(line, faces) for line in number.lines)
    code = _code(wanted, area, min(area.height, ASIDE * area.width))
    if code is None:
        return LabelAside(wide, _from_right(number.lines, faces, area.width))
    right = area.width - code.side - 0.5 * GUTTER
    return LabelAside(
        code.side + 0.5 * GUTTER + wide, _from_right(number.lines, faces, right), code.code
    )


def _width(line: ImprintLine, faces: Mapping[str, Face]) -> float:
    width: float = faces[line.face].display_width(line.text)
    return width * line.size


def _number(number: tuple[int, int], faces: Mapping[str, Face], size: float) -> LabelBlock:
    """Return which box it is, large, and under it of how many."""
    large = stacked([f"{number[0]:,}"], DISPLAY, faces[DISPLAY], size)
    small = stacked([f"of {number[1]:,}"], DISPLAY, faces[DISPLAY], OF * size)
    under = small.moved_down(large.lines[0].y + 0.1 * size)
    return LabelBlock((*large.lines, *under.lines), under.lines[0].y + 0.02 * size)


def _from_right(
    lines: Sequence[ImprintLine], faces: Mapping[str, Face], right: float
) -> tuple[ImprintLine, ...]:
    """Return lines whose ink ends at the right."""
    moved = []
    for line in lines:
        ink = faces[line.face].display_ink(line.text)
        moved.append(line._replace(x=right - ink.right * line.size))
    return tuple(moved)


def _code(text: str | None, area: LabelArea, room: float) -> PlacedCode | None:
    """Return the code in the lower right corner, in a square of the area.

    Its quiet zone may lie in the white around the area. None where it would be too small to read.
    """
    if text is None:
        return None
    try:
        made = codes.modules(text)
    except ValueError:  # so long that no code has it: the words say enough
        return None
    # Beyond the area is white of the label: as much of the quiet zone lies there as has room.
    module = min(codes.MOST, (room + area.quiet) / made.across, room / (made.across - codes.QUIET))
    outside = min(codes.QUIET * module, area.quiet)
    if module < codes.LEAST:
        return None
    bare, quiet = len(made.rows) * module, codes.QUIET * module
    back = bare + quiet - outside
    code = Code(text, area.width - back, area.height - back, module, made.rows)
    return PlacedCode(code, back + quiet)
