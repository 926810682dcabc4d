"""How much JPEG may lose: the least quality that looks the same."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from hrcpub.pipeline.photographs import smallest_jpeg
from tests.shared.photographs import photograph

PHOTOGRAPH = photograph(480, 320)


def lost(one: Image.Image, data: bytes) -> float:
    """Return how far a JPEG is from what it was made of, through a soft lens, in levels of 255."""
    with Image.open(io.BytesIO(data)) as other:
        # Of screen colours the lightness: the eye sees it first, and JPEG halves the others.
        mode = "L" if one.mode == "RGB" else one.mode
        soft = [picture.convert(mode).filter(ImageFilter.BoxBlur(1)) for picture in (one, other)]
    return max(ImageStat.Stat(ImageChops.difference(*soft)).rms)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_what_is_lost_is_not_seen(mode: str) -> None:
    picture = PHOTOGRAPH.convert(mode)
    data = smallest_jpeg(picture)
    assert 0 < lost(picture, data) < 2
    assert len(data) < len(picture.tobytes()) / 5


def test_even_tones_take_less_than_a_thicket() -> None:
    even = Image.linear_gradient("L").resize((480, 320))
    thicket = Image.effect_noise((480, 320), 120)
    assert lost(thicket, smallest_jpeg(thicket)) < 12
    assert len(smallest_jpeg(even)) < len(smallest_jpeg(thicket)) / 10


def test_no_remark_of_the_file_goes_on() -> None:
    picture = PHOTOGRAPH.copy()
    with Image.open(io.BytesIO(smallest_jpeg(picture))) as written:
        assert set(written.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
