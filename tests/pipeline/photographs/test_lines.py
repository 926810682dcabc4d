"""Line screens: how many lines, how thick, of what pixels."""

from __future__ import annotations

import itertools

import pytest
from PIL import Image, ImageStat

from hrcpub.pipeline.photographs.lines import lined
from hrcpub.units import Size

INCH = Size(72, 72)


def between(level: int) -> Image.Image:
    """Return an even grey that has black and white beside it, so that it stays as it is."""
    picture = Image.new("L", (480, 480), level)
    picture.paste(0, (0, 460, 480, 480))
    picture.paste(255, (0, 0, 480, 20))
    return picture


def middle(picture: Image.Image) -> Image.Image:
    wide, high = picture.size
    return picture.crop((wide // 4, high // 4, 3 * wide // 4, 3 * high // 4))


def test_paper_gets_ink_or_none_25_lines_to_the_inch_at_45_degrees() -> None:
    lines = lined(between(128), INCH)
    assert (lines.mode, lines.size) == ("1", (848, 848))
    grey = lines.convert("L")
    row = [grey.getpixel((x, 424)) for x in range(848)]
    column = [grey.getpixel((424, y)) for y in range(848)]
    for line in (row, column):
        edges = sum(line[at] == 255 and line[at + 1] == 0 for at in range(847))
        assert edges == pytest.approx(25 / 2**0.5, abs=1)  # along the edges of the page
    # A pixel further down the same line is a pixel to the left.
    shifted = [grey.getpixel((x, 424 + 10)) for x in range(100, 700)]
    assert shifted == [grey.getpixel((x + 10, 424)) for x in range(100, 700)]


@pytest.mark.parametrize(("level", "paper"), [(64, 0.126), (128, 0.356), (200, 0.695)])
def test_lines_are_as_thick_as_the_photograph_is_dark(level: int, paper: float) -> None:
    for soft in (False, True):
        lines = middle(lined(between(level), Size(144, 144), soft)).convert("L")
        assert ImageStat.Stat(lines).mean[0] / 255 == pytest.approx(paper, abs=0.02)


@pytest.mark.parametrize(("level", "all_of_it"), [(12, 0), (250, 255)])
def test_what_a_copier_would_fill_in_or_lose_is_ink_or_paper(level: int, all_of_it: int) -> None:
    lines = middle(lined(between(level), INCH)).convert("L")
    assert lines.getextrema() == (all_of_it, all_of_it)


def test_screens_get_soft_lines_of_few_levels() -> None:
    lines = lined(between(128), INCH, is_soft=True)
    assert (lines.mode, lines.size) == ("L", (212, 212))
    assert 8 < len(lines.getcolors() or []) <= 16


def test_bands_of_a_tall_picture_join_without_a_seam() -> None:
    light = Image.linear_gradient("L").resize((100, 800))
    lines = lined(light, Size(20, 160)).convert("L").reduce(48)  # a period, so an even tone
    tones = [ImageStat.Stat(lines.crop((1, y, 4, y + 1))).mean[0] for y in range(lines.height)]
    assert all(later - before > -6 for before, later in itertools.pairwise(tones))
    assert tones[-1] - tones[0] > 200
