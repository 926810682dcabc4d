"""Printer's marks as lines and patches: where they begin and end, clear of the bleed."""

from __future__ import annotations

import re

import pytest

from hrcpub.pipeline.prepress.printers_marks import BAR, CLEAR, LENGTH, SLUG, marks
from hrcpub.units import Size

CARD, SHEET = Size(144, 252), Size(612, 792)
LINE = re.compile(r"^(\S+) (\S+) m (\S+) (\S+) l S$")


def lines(trim: Size, bleed: float, folds: tuple[float, ...] = ()) -> list[tuple[float, ...]]:
    """Return the straight marks, from end to end."""
    matches = (LINE.match(operator) for operator in marks(trim, bleed, folds))
    return [tuple(float(number) for number in match.groups()) for match in matches if match]


@pytest.mark.parametrize("trim", [CARD, SHEET])
@pytest.mark.parametrize("bleed", [0.0, 9.0, 17.0])
def test_every_mark_lies_in_the_slug_clear_of_the_bleed(trim: Size, bleed: float) -> None:
    drawn = lines(trim, bleed, (trim.width / 3,))
    assert len(drawn) > 14
    for x1, y1, x2, y2 in drawn:
        inside_x = -bleed - CLEAR < min(x1, x2) and max(x1, x2) < trim.width + bleed + CLEAR
        inside_y = -bleed - CLEAR < min(y1, y2) and max(y1, y2) < trim.height + bleed + CLEAR
        assert not (inside_x and inside_y)
        assert min(x1, x2, y1, y2) >= -bleed - SLUG
        assert max(x1, x2) <= trim.width + bleed + SLUG
        assert max(y1, y2) <= trim.height + bleed + SLUG


def test_crop_marks_stand_in_line_with_the_trim() -> None:
    near, far = 9 + CLEAR, 9 + CLEAR + LENGTH
    drawn = lines(CARD, 9)
    assert (-near, 0, -far, 0) in drawn
    assert (144 + near, 252, 144 + far, 252) in drawn
    assert (0, -near, 0, -far) in drawn
    assert (144, 252 + near, 144, 252 + far) in drawn


def test_a_fold_is_three_dashes_above_and_three_below() -> None:
    plain, folded = lines(SHEET, 9), lines(SHEET, 9, (204.0, 408.0))
    dashes = [line for line in folded if line not in plain]
    assert len(dashes) == 2 * 2 * 3
    assert {x1 for x1, _, _, _ in dashes} == {204, 408}


@pytest.mark.parametrize("trim", [CARD, SHEET])
def test_the_colour_bar_has_every_patch_left_of_the_middle_target(trim: Size) -> None:
    patches = [op.split() for op in marks(trim, 9) if op.endswith(" re f")]
    assert len(patches) == len(BAR)
    right = max(float(patch[5]) + float(patch[7]) for patch in patches)
    assert right < trim.width / 2 - LENGTH / 2


def test_lines_are_of_a_quarter_point_on_every_plate() -> None:
    first, *_ = marks(SHEET, 9)
    assert first == "q /MarksAll CS 1 SCN 0.25 w"
