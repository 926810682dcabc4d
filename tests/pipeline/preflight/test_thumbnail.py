"""Small pictures of pages: the part that was asked for, and no more bytes than it takes."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from hrcpub.pipeline.preflight.thumbnail import thumbnail
from hrcpub.problems import HrcpubError

# A page of 200 by 300 pt with a trim 20 pt inside. The trim's upper left quarter is red.
PAGE = "1 0 0 rg 20 150 80 130 re f"
GREY = "0.5 g 20 150 80 130 re f"


def pdf(content: str, boxes: str = "/TrimBox [20 20 180 280]", turn: int = 0) -> bytes:
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] {boxes} /Rotate {turn} "
        "/Contents 4 0 R >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
    ]
    body, places = "%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 5\n0000000000 65535 f \n{table}trailer\n<< /Size 5 /Root 1 0 R >>\n"
    return f"{body}{table}startxref\n{len(body)}\n%%EOF\n".encode()


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_is_shown_to_its_trim_as_wide_as_asked(turn: int) -> None:
    picture = opened(thumbnail(pdf(PAGE, turn=turn), 1, None, 160))
    assert picture.size == (160, 260)
    assert picture.getpixel((2, 2)) == (255, 0, 0)
    assert picture.getpixel((157, 2)) == (255, 255, 255)
    assert picture.getpixel((2, 257)) == (255, 255, 255)


def test_a_part_is_measured_from_the_trims_upper_left_corner() -> None:
    picture = opened(thumbnail(pdf(PAGE), 1, (60, 110, 100, 150), 80))
    assert picture.size == (80, 80)
    assert picture.getpixel((10, 10)) == (255, 0, 0)
    assert picture.getpixel((70, 10)) == (255, 255, 255)  # right of the red
    assert picture.getpixel((10, 70)) == (255, 255, 255)  # under it


def test_black_is_shown_on_the_paper_that_it_is_printed_on() -> None:
    picture = opened(thumbnail(pdf("0 g 20 150 80 130 re f"), 1, None, 160, "#ffe14a"))
    assert picture.getpixel((2, 2)) == (0, 0, 0)
    assert picture.getpixel((157, 2)) == (255, 225, 74)


def test_what_lies_turned_is_set_upright() -> None:
    """Counter-clockwise by 90 degrees, what was at the upper left is at the lower left."""
    picture = opened(thumbnail(pdf(PAGE), 1, None, 160, None, 90))
    assert picture.size == (260, 160)
    assert picture.getpixel((257, 2)) == (255, 0, 0)
    assert picture.getpixel((2, 2)) == (255, 255, 255)


def test_a_page_without_colour_is_grey_and_smaller() -> None:
    grey = thumbnail(pdf(GREY), 1, None, 110)
    assert Image.open(io.BytesIO(grey)).mode == "L"
    assert len(grey) < 1000
    assert thumbnail(pdf(GREY), 1, None, 110) == grey


@pytest.mark.parametrize(
    ("data", "page", "box"),
    [
        (b"no PDF", 1, None),
        (pdf(PAGE), 2, None),
        (pdf(PAGE), 0, None),
        (pdf(PAGE), 1, (50, 50, 50, 60)),
    ],
)
def test_what_cannot_be_drawn_is_told(
    data: bytes, page: int, box: tuple[float, float, float, float] | None
) -> None:
    with pytest.raises(HrcpubError) as found:
        thumbnail(data, page, box, 110)
    assert [problem.code for problem in found.value.problems] == ["page-not-drawn"]
