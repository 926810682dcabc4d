"""Colours to inks: K alone for greys, builds for the palette, the profile for the rest."""

from __future__ import annotations

import io
import math
import zlib
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from hrcpub.files.sources import Sources
from hrcpub.pipeline.prepress import inks as inks_module
from hrcpub.pipeline.prepress.inks import InkConversion, PaletteInk
from hrcpub.project.condition import CONDITIONS, DEFAULT
from hrcpub.project.layout.system import read_system
from tests.shared.project import ROOT

PALETTE = {
    "#141414": PaletteInk((0.0, 0.0, 0.0, 1.0)),
    "#ffe14a": PaletteInk((0.0, 0.06, 0.8, 0.0)),
    "#cc0066": PaletteInk((0.1, 1.0, 0.2, 0.0), "PANTONE 227 C"),
}


@pytest.fixture(scope="module", params=list(CONDITIONS))
def inks(request: pytest.FixtureRequest) -> InkConversion:
    """Return the conversion for each output condition."""
    condition = CONDITIONS[request.param]
    return InkConversion(condition.profile, PALETTE, condition.ink_limit)


def test_what_a_profile_says_is_worked_out_once(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    condition, other = CONDITIONS[DEFAULT], next(iter(CONDITIONS.keys() - {DEFAULT}))
    first = InkConversion(condition.profile, PALETTE, condition.ink_limit)
    InkConversion(CONDITIONS[other].profile, PALETTE, condition.ink_limit)

    def again(profile: bytes) -> NoReturn:
        raise AssertionError(len(profile))

    monkeypatch.setattr(inks_module, "_facts_of", again)
    later = InkConversion(condition.profile, PALETTE, condition.ink_limit)
    assert later.packed == first.packed == zlib.compress(condition.profile, 9)
    for level in range(256):
        assert later.rgb(*[level / 255] * 3) == first.rgb(*[level / 255] * 3)
    assert later.rgb(0.2, 0.5, 0.7) == first.rgb(0.2, 0.5, 0.7)
    assert kept.is_dir()


def test_black_and_the_palettes_ink_are_k_alone(inks: InkConversion) -> None:
    assert inks.rgb(0, 0, 0) == (0, 0, 0, 1)
    assert inks.rgb(20 / 255, 20 / 255, 20 / 255) == (0, 0, 0, 1)


def test_white_is_no_ink(inks: InkConversion) -> None:
    assert inks.rgb(1, 1, 1) == (0, 0, 0, 0)


def test_a_palette_colour_is_its_build_exactly(inks: InkConversion) -> None:
    assert inks.rgb(1, 0xE1 / 255, 0x4A / 255) == (0, 0.06, 0.8, 0)


def test_only_a_colour_with_a_plate_is_a_spot(inks: InkConversion) -> None:
    spot = inks.spot(0xCC / 255, 0, 0x66 / 255)

    assert spot is not None
    assert spot.spot == "PANTONE 227 C"
    assert inks.spot(1, 0xE1 / 255, 0x4A / 255) is None


def test_neutral_greys_are_k_alone_and_darker_greys_have_more(inks: InkConversion) -> None:
    greys = [inks.rgb(level / 255, level / 255, level / 255) for level in range(256)]

    assert {grey[:3] for grey in greys} == {(0, 0, 0)}
    blacks = [grey[3] for grey in greys]
    assert blacks.pop(0x14) == 1  # the palette's own, darker than its neighbours
    assert blacks == sorted(blacks, reverse=True)


@given(red=st.integers(0, 255), green=st.integers(0, 255), blue=st.integers(0, 255))
def test_no_colour_lays_more_ink_than_the_limit(
    inks: InkConversion, red: int, green: int, blue: int
) -> None:
    assert sum(inks.rgb(red / 255, green / 255, blue / 255)) <= inks.limit + 0.001


@pytest.mark.parametrize(
    ("colour", "strongest"),
    [((1, 0, 0), "MY"), ((0, 1, 0), "CY"), ((0, 0, 1), "CM"), ((1, 1, 0), "Y"), ((0, 1, 1), "C")],
)
def test_a_colour_is_made_of_the_inks_a_printer_would_name(
    inks: InkConversion, colour: tuple[float, float, float], strongest: str
) -> None:
    parts = dict(zip("CMYK", inks.rgb(*colour), strict=True))
    ranked = sorted(parts, key=lambda name: -parts[name])

    assert set(ranked[: len(strongest)]) == set(strongest)


def test_lab_and_rgb_of_one_colour_are_the_same_inks(inks: InkConversion) -> None:
    # LittleCMS has rgb(200 30 60) at lab(44.3 64 30), D50, within a step.
    lab = inks.lab(44.3, 64, 30)
    rgb = inks.rgb(200 / 255, 30 / 255, 60 / 255)

    assert all(abs(a - b) < 0.04 for a, b in zip(lab, rgb, strict=True))


@pytest.mark.parametrize("lightness", [0, 0.5, 5, 20, 50, 80, 99, 100])
def test_a_grey_of_lab_is_k_alone_as_that_of_rgb(inks: InkConversion, lightness: float) -> None:
    grey = ImageCms.applyTransform(
        Image.new("LAB", (1, 1), (round(lightness * 2.55), 128, 128)),
        ImageCms.buildTransform(
            ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB"
        ),
    )
    assert grey is not None
    level = grey.getpixel((0, 0))[1] / 255  # type: ignore[index]

    assert inks.lab(lightness, 0.2, -0.3) == pytest.approx(inks.rgb(level, level, level), abs=0.02)
    assert inks.lab(lightness, 0.2, -0.3)[:3] == (0, 0, 0)


def test_a_colour_near_grey_is_no_grey(inks: InkConversion) -> None:
    assert sum(inks.lab(50, 6, 0)[:3]) > 0.1


def picture(mode: str, colour: Any) -> bytes:
    """Return a small PNG."""
    output = io.BytesIO()
    Image.new(mode, (4, 4), colour).save(output, "PNG")
    return output.getvalue()


@pytest.mark.parametrize(
    ("data", "mode"),
    [
        (picture("RGB", (255, 255, 255)), "1"),
        (picture("RGB", (0, 0, 0)), "1"),
        (picture("RGB", (90, 90, 90)), "L"),
        (picture("RGB", (90, 40, 200)), "CMYK"),
    ],
)
def test_a_picture_stays_what_it_is_line_art_grey_or_colour(
    inks: InkConversion, data: bytes, mode: str
) -> None:
    assert inks.picture(data).mode == mode


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=str)
def test_a_conditions_profile_is_a_cmyk_output_profile_of_its_own_name(condition: object) -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(condition.profile)).profile  # type: ignore[attr-defined]

    assert profile.xcolor_space.strip() == "CMYK"
    assert profile.device_class == "prtr"
    assert condition.identifier.split()[-1] in profile.profile_description  # type: ignore[attr-defined]


# How far a paper's build is from its colour on the screen: 3 is a step that is hardly seen side by
# side. The green is brighter than any green of these inks, so its build is the nearest there is.
FURTHEST = {"carry": 4.5}


@pytest.mark.parametrize("paper", read_system(Sources(ROOT)).papers)
def test_a_papers_build_looks_as_it_does_on_the_screen(paper: str) -> None:
    colour = read_system(Sources(ROOT)).papers[paper]
    assert colour.press is not None
    build = Image.frombytes("CMYK", (1, 1), bytes(round(2.55 * part) for part in colour.press))
    profile = ImageCms.ImageCmsProfile(io.BytesIO(CONDITIONS[DEFAULT].profile))

    printed = lab_of(build, profile)
    shown = lab_of(Image.new("RGB", (1, 1), colour.screen), ImageCms.createProfile("sRGB"))

    assert difference(shown, printed) <= FURTHEST.get(paper, 3)


def lab_of(pixel: Image.Image, profile: Any) -> tuple[float, float, float]:
    """Return a pixel's lightness, a and b, with the paper as white."""
    transform = ImageCms.buildTransform(
        profile,
        ImageCms.createProfile("LAB"),
        pixel.mode,
        "LAB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    light, red, yellow = ImageCms.applyTransform(pixel, transform).tobytes()
    return light / 2.55, red - 128.0, yellow - 128.0


def difference(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Return the difference of two colours by CIE94, as the graphic arts weigh it."""
    first, second = math.hypot(*one[1:]), math.hypot(*other[1:])
    chroma = first - second
    hue = max(0.0, math.dist(one[1:], other[1:]) ** 2 - chroma**2) ** 0.5
    return math.hypot(one[0] - other[0], chroma / (1 + 0.045 * first), hue / (1 + 0.015 * first))
