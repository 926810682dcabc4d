"""A picture's file to what all editions are made from: upright, in sRGB, cut, not too fine."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms, ImageStat

from hrcpub.pipeline.photographs import Master, PictureView, make_master
from hrcpub.project.condition import CONDITIONS
from hrcpub.project.words import Focus
from hrcpub.units import Size
from tests.shared.photographs import photograph, saved, with_a_place

PAGE = Size(252, 144)  # a card
WHOLE = PictureView()
CORNERS = Image.new("RGB", (60, 40), "white")
CORNERS.paste((200, 30, 30), (0, 0, 30, 20))  # red at the upper left


def master(data: bytes, view: PictureView = WHOLE) -> Master:
    return make_master(data, view, PAGE)


def level(picture: Image.Image, x: int, y: int) -> tuple[int, ...]:
    pixel = picture.getpixel((x, y))
    return pixel if isinstance(pixel, tuple) else (int(pixel or 0),)


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (60, 40), (5, 5)),
        (3, (60, 40), (55, 35)),
        (6, (40, 60), (35, 5)),
        (8, (40, 60), (5, 55)),
    ],
)
def test_a_picture_is_turned_as_its_camera_was(
    orientation: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    made = master(with_a_place(CORNERS, orientation))
    assert made.picture.size == size
    redness, greenness, _ = level(made.picture, *red)
    assert redness - greenness > 100


def test_the_focus_is_that_of_the_upright_picture() -> None:
    view = PictureView(Size(40, 30), Focus(1.0, 0.0))
    made = master(with_a_place(CORNERS, 6), view)
    assert made.picture.size == (40, 30)
    redness, greenness, _ = level(made.picture, 35, 5)
    assert redness - greenness > 100


def test_pixels_that_no_edition_prints_are_left_out() -> None:
    data = saved(photograph(4000, 3000))
    made = master(data, PictureView(Size(144, 72)))
    assert made.picture.size == (800, 400)  # 400 to the inch
    assert Image.open(io.BytesIO(made.stand_in)).size == (800, 400)


def test_few_pixels_stay_as_they_are() -> None:
    assert master(saved(photograph(300, 200)), PictureView(Size(288, 192))).picture.size == (
        300,
        200,
    )
    assert master(saved(photograph(300, 200)), PictureView(Size(288, 72))).picture.size == (300, 75)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_all_kinds_are_read(kind: str) -> None:
    made = master(saved(photograph(200, 100), kind))
    assert made.picture.mode == "RGB"
    assert made.picture.size == (200, 100)
    assert not made.is_drawing


def test_the_profile_of_a_picture_says_what_its_colours_are() -> None:
    # GRACoL's own reading of 100 % magenta, and with no profile the usual press's.
    inks = Image.new("CMYK", (40, 40), (0, 255, 0, 0))
    profile = CONDITIONS["gracol2006-coated"].profile
    told, untold = master(saved(inks, icc_profile=profile)), master(saved(inks))
    assert told.picture.mode == untold.picture.mode == "RGB"
    red, green, blue = level(told.picture, 20, 20)
    assert (red > 180, green < 80, 80 < blue < 180) == (True, True, True)
    assert level(untold.picture, 20, 20) == (red, green, blue)


def test_a_profile_of_other_screen_colours_is_honoured() -> None:
    # Lab pixels say the same as sRGB ones: a profile that is not sRGB must move them.
    linear = ImageCms.ImageCmsProfile(io.BytesIO(_narrow_profile()))
    grey = Image.new("RGB", (40, 40), (180, 60, 60))
    made = master(saved(grey, "PNG", icc_profile=linear.tobytes()))
    assert level(made.picture, 20, 20) != (180, 60, 60)


def _narrow_profile() -> bytes:
    """Return sRGB's profile with the colorants of red and green exchanged."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return data.replace(b"rXYZ", b"tXYZ").replace(b"gXYZ", b"rXYZ").replace(b"tXYZ", b"gXYZ")


@pytest.mark.parametrize("mode", ["LA", "RGBA"])
def test_what_is_transparent_stays_so(mode: str) -> None:
    picture = photograph(100, 80).convert(mode)
    picture.putalpha(Image.linear_gradient("L").resize((100, 80)))
    made = master(saved(picture, "PNG"))
    assert made.alpha is not None
    assert made.alpha.getextrema() == picture.getchannel("A").getextrema()
    picture.putalpha(255)
    assert master(saved(picture, "PNG")).alpha is None


def test_sixteen_bits_keep_their_tones() -> None:
    data = saved(Image.new("I;16", (40, 40), 0x8000), "PNG")
    assert level(master(data).picture, 1, 1) == (0x80,)


def test_a_drawing_and_a_bitmap_are_known() -> None:
    drawn = Image.new("RGB", (400, 400), "white")
    drawn.paste("#c00000", (50, 50, 200, 200))
    assert master(saved(drawn, "PNG")).is_drawing
    assert not master(saved(photograph(400, 400).convert("L"), "PNG")).is_drawing
    bitmap = master(saved(drawn.convert("1", dither=Image.Dither.NONE), "PNG"))
    assert bitmap.is_bitmap
    assert not master(saved(drawn, "PNG")).is_bitmap


def test_black_on_the_paper_is_grey() -> None:
    made = master(saved(photograph(100, 80)), PictureView(is_black=True))
    assert made.picture.mode == "L"
    assert made.is_black
    assert ImageStat.Stat(made.picture).stddev[0] > 10


def test_nothing_of_the_file_is_kept_but_its_pixels() -> None:
    made = master(with_a_place(photograph(100, 80)))
    assert made.picture.info == {}
    assert Image.open(io.BytesIO(made.stand_in)).getexif() == {}


def test_two_views_of_a_file_are_two() -> None:
    data = saved(photograph(100, 80))
    views = (WHOLE, PictureView(is_black=True), PictureView(Size(100, 20)))
    assert len({master(data, view) for view in (*views, *views)}) == 3
