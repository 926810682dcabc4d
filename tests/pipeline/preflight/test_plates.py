"""What a shape covers of a grid's cells, and how plates are laid over each other: small tables."""

from __future__ import annotations

import pytest
from PIL import Image

from hrcpub.pipeline.preflight.ink.blending import MODES, SHAPE, laid
from hrcpub.pipeline.preflight.ink.coverage import near, overlap, wound
from hrcpub.pipeline.preflight.ink.plates import Plates, darkness


@pytest.mark.parametrize(
    ("cell", "low", "high", "share"),
    [
        (2, 2.0, 3.0, 1.0),
        (2, 2.25, 9.0, 0.75),
        (2, 0.0, 2.5, 0.5),
        (2, 2.2, 2.4, 0.2),
        (2, 5, 6, 0),
    ],
)
def test_a_cell_is_covered_by_what_lies_in_it(
    cell: float, low: float, high: float, share: float
) -> None:
    assert overlap(cell, low, high) == pytest.approx(share)


SQUARE = [(0.0, 0.0), (3.0, 0.0), (3.0, 3.0), (0.0, 3.0)]
HOLE = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)]


def drawn(picture: Image.Image) -> str:
    rows = picture.tobytes()
    wide = picture.width
    lines = (rows[at : at + wide] for at in range(0, len(rows), wide))
    return "|".join("".join("#" if level else "." for level in line) for line in lines)


@pytest.mark.parametrize(
    ("polygons", "picture"),
    [
        ([SQUARE], "####.|####.|####.|####.|....."),
        ([SQUARE, HOLE], "####.|####.|####.|####.|....."),
        ([SQUARE, HOLE[::-1]], "####.|#..#.|#..#.|####.|....."),
        ([], ".....|.....|.....|.....|....."),
    ],
    ids=["one", "both turn the same way", "a hole turns the other way", "none"],
)
def test_a_hole_is_what_turns_the_other_way(
    polygons: list[list[tuple[float, float]]], picture: str
) -> None:
    assert drawn(wound(polygons, (5, 5))) == picture


def test_far_corners_are_brought_near() -> None:
    assert near([(1e9, 5.0), (-1e9, -1e9)], (10, 10)) == [(40.0, 5.0), (-20.0, -20.0)]


def plate(level: int) -> Image.Image:
    return Image.new("L", (1, 1), level)


@pytest.mark.parametrize(
    ("mode", "there", "over", "level"),
    [
        ("Normal", 200, 100, 100),
        ("Multiply", 255, 100, 255),
        ("Multiply", 0, 100, 100),
        ("Darken", 100, 200, 200),
        ("Lighten", 200, 100, 100),
        ("Screen", 255, 100, 100),
        ("ColorDodge", 200, 0, 0),
        ("ColorBurn", 200, 255, 255),
        ("Exclusion", 255, 100, 100),  # of a spot: as Normal
        ("Hue", 200, 100, 100),  # the same
    ],
)
def test_opaque_ink_is_blended_over_ink(mode: str, there: int, over: int, level: int) -> None:
    paint: Plates = {"Gold": plate(over), SHAPE: plate(255)}
    ground: Plates = {"Gold": plate(there), **{name: plate(0) for name in range(4)}}
    paint.update({name: plate(0) for name in range(4)})
    put = laid(ground, None, paint, mode)
    assert put["Gold"].getpixel((0, 0)) == level


@pytest.mark.parametrize("mode", sorted(MODES))
def test_nothing_is_blended_with_what_is_not_there(mode: str) -> None:
    there: Plates = {name: plate(0) for name in range(4)}
    over: Plates = {name: plate(20 * (name + 1)) for name in range(4)}
    over[SHAPE] = plate(128)
    put = laid(there, plate(0), over, mode)
    levels = [put[name].getpixel((0, 0)) for name in range(4)]
    assert levels == pytest.approx([20, 40, 60, 80], abs=1)


def test_half_opaque_ink_leaves_half_of_what_was_there() -> None:
    paint: Plates = {0: plate(50), SHAPE: plate(128)}
    result = laid({0: plate(200)}, None, paint, "Normal")[0].getpixel((0, 0))
    assert result == pytest.approx(150, abs=1)


@pytest.mark.parametrize(
    ("inks", "level"), [((0, 0, 0, 255), 255), ((255, 0, 0, 0), 76), ((255, 255, 255, 0), 254)]
)
def test_inks_are_as_dark_as_the_eye_sees_them(inks: tuple[int, ...], level: int) -> None:
    seen = darkness([plate(ink) for ink in inks]).getpixel((0, 0))
    assert seen == pytest.approx(level, abs=2)
