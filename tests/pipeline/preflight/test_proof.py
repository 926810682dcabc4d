"""Proofs: pictures of pages with what is wrong on them, boxed and listed below."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from hrcpub.pipeline.preflight.proof import COLOURS, picture, proof
from hrcpub.problems import Problem, Severity, Source
from tests.shared.press_files import HIGH, WIDE, changed, press, saved

SCALE = 110 / 72  # pixels in a point
EDGE = 36  # points of paper around the trim
# On a page of 240 × 320 points: a box from (72, 176) on, of 36 × 72.
BOX = (25.4, 25.4, 38.1, 50.8)


def problem(
    page: int | None = 1, severity: Severity = Severity.ERROR, message: str = "an area is in RGB"
) -> Problem:
    return Problem("colour-rgb", message, Source(page=page, box=BOX), severity=severity)


def drawn(data: bytes, *problems: Problem) -> Image.Image:
    """Return the picture of the first page with findings."""
    made = picture(data, problems, "card.pdf")
    assert made is not None
    return Image.open(io.BytesIO(made)).convert("RGB")


def place_of(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    """Return the box around all pixels of a colour, above the legend."""
    page = image.crop((0, 0, image.width, round((HIGH + 2 * EDGE) * SCALE)))
    apart = ImageChops.difference(page, Image.new("RGB", page.size, colour)).split()
    same = [part.point(lambda level: 255 * (not level)) for part in apart]
    found = ImageChops.multiply(ImageChops.multiply(same[0], same[1]), same[2]).getbbox()
    assert found
    return found


@pytest.mark.parametrize("severity", [*Severity])
@pytest.mark.parametrize("turn", [0, 90])
def test_a_finding_is_boxed_in_its_place_in_the_colour_of_its_weight(
    severity: Severity, turn: int
) -> None:
    data = changed(lambda pdf: pdf.pages[0].rotate(turn, relative=False))
    image = drawn(data, problem(severity=severity))
    left, top, right, bottom = place_of(image, COLOURS[severity])
    margin = (image.width - (WIDE + 2 * EDGE) * SCALE) / 2  # the legend may be wider
    edges = [(EDGE + at) * SCALE for at in (72, 72, 72 + 36, 72 + 72)]
    # The line lies around the place, and above it the number.
    assert left == pytest.approx(margin + edges[0] - 2, abs=2)
    assert top == pytest.approx(edges[1] - 17, abs=2)
    assert right == pytest.approx(margin + edges[2] + 2, abs=2)
    assert bottom == pytest.approx(edges[3] + 2, abs=2)


def test_the_trim_is_outlined() -> None:
    image = drawn(changed())
    left, top, right, bottom = place_of(image, (0, 140, 90))
    assert (right - left, bottom - top) == pytest.approx((WIDE * SCALE, HIGH * SCALE), abs=2)


def test_each_finding_is_a_line_below_and_long_ones_are_broken() -> None:
    short = drawn(changed(), problem())
    both = drawn(changed(), problem(), problem(severity=Severity.NOTE))
    long = drawn(changed(), problem(message="an area is in RGB, " * 12))
    page = round((HIGH + 2 * EDGE) * SCALE)
    assert short.height - page == pytest.approx(12 + 2 * 15, abs=1)  # the title, and one line
    assert both.height - short.height == 15
    assert long.height - short.height >= 2 * 15
    colours = {colour for _, colour in both.crop((0, page, both.width, both.height)).getcolors(999)}
    assert {COLOURS[Severity.ERROR], COLOURS[Severity.NOTE]} <= colours


def sheets(data: bytes, *problems: Problem) -> int:
    made = proof(data, problems, "card.pdf")
    assert made is not None
    document = pypdfium2.PdfDocument(made)
    count = len(document)
    document.close()
    return count


@pytest.mark.parametrize(
    ("pages", "count"), [([], 1), ([2], 1), ([3, 1, 3], 2), ([None], 1), ([1, 9], 1)]
)
def test_a_proof_has_a_sheet_for_each_page_that_has_findings(
    pages: list[int | None], count: int
) -> None:
    assert sheets(saved(press(pages=3)), *(problem(page) for page in pages)) == count


def test_what_is_wrong_with_the_whole_file_stands_on_the_first_sheet() -> None:
    data = saved(press(pages=3))
    alone = drawn(data, problem(2))
    both = drawn(data, problem(2), Problem("pdf-pages", "it has 3 pages"))
    assert both.height - alone.height == 15


def test_a_page_of_metres_is_drawn_small() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(14400, 7200))
    assert drawn(saved(pdf)).width == 2400


def test_there_is_no_proof_of_what_is_no_pdf() -> None:
    assert picture(b"words", [problem()], "words.pdf") is None
    assert proof(b"words", [problem()], "words.pdf") is None
    assert proof(changed(), [problem(9)], "card.pdf") is None  # no such page
