"""The profiles that travel in press files: small, valid, named by their data, within their ink."""

from __future__ import annotations

import io
import zlib
from itertools import product

import pytest
from PIL import Image, ImageCms

from hrcpub.project.condition import CONDITIONS, OutputCondition

SOURCES = {
    "CGATS TR 006": "TR 006-2007",
    "CGATS TR 003": "TR 003-2007",
    "FOGRA39": "FOGRA39L",
}


@pytest.fixture(params=list(CONDITIONS))
def condition(request: pytest.FixtureRequest) -> OutputCondition:
    return CONDITIONS[request.param]


def printed(condition: OutputCondition, colours: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return the inks of sRGB colours, 0 to 255."""
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(condition.profile)),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    pixels = bytes(value for colour in colours for value in colour)
    picture = Image.frombytes("RGB", (len(colours), 1), pixels)
    content = ImageCms.applyTransform(picture, transform).tobytes()
    return [tuple(content[i : i + 4]) for i in range(0, len(content), 4)]


def test_a_profile_is_a_version_2_output_profile_with_every_table(
    condition: OutputCondition,
) -> None:
    content = condition.profile
    assert content[8:24] == b"\x02\x40\x00\x00prtrCMYKLab "
    names = {content[132 + 12 * i :][:4].decode() for i in range(content[131])}
    assert names == {
        *("desc", "cprt", "wtpt", "gamt"),
        *("A2B0", "A2B1", "A2B2", "B2A0", "B2A1", "B2A2"),
    }


def test_a_profile_is_small_in_a_pdf(condition: OutputCondition) -> None:
    assert len(zlib.compress(condition.profile, 9)) < 100_000


def test_a_profile_names_the_data_that_it_was_made_from(condition: OutputCondition) -> None:
    profile = ImageCms.ImageCmsProfile(io.BytesIO(condition.profile)).profile
    assert profile.profile_description.startswith("hrcpub coated")
    assert condition.identifier in profile.profile_description
    assert SOURCES[condition.identifier] in profile.copyright


def test_white_is_paper_alone(condition: OutputCondition) -> None:
    assert printed(condition, [(255, 255, 255)]) == [(0, 0, 0, 0)]


def test_no_colour_gets_more_ink_than_300_per_cent(condition: OutputCondition) -> None:
    steps = range(0, 256, 15)
    heaviest = max(sum(inks) for inks in printed(condition, list(product(steps, repeat=3))))
    assert 250 <= heaviest / 2.55 <= min(300, condition.ink_limit)


def test_black_ink_only_grows_from_white_to_black(condition: OutputCondition) -> None:
    black = [inks[3] for inks in printed(condition, [(g, g, g) for g in range(255, -1, -1)])]
    assert black == sorted(black)
    assert black[-1] > 245
