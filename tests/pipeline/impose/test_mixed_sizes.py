"""Pages of several sizes on the same sheets: refused, scaled or centred, and what is said."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary
from PIL import Image

from hrcpub.pipeline.impose import (
    Appearance,
    Artwork,
    ImposeTask,
    Marks,
    Mixed,
    laid_out,
    place,
    read,
)
from hrcpub.problems import HrcpubError, Severity
from hrcpub.units import Rect, Size, size
from tests.judges import tools
from tests.shared.pages import pictures

SHEET = size("12 in x 14 in")
BLEED = 9.0
Page = tuple[float, float, int]  # width and height as a viewer shows it, and /Rotate


def made(*pages: Page) -> bytes:
    """Return a file of red pages with bleed, each with a blue square in its upper left corner."""
    pdf = pikepdf.new()
    for shown_width, shown_height, turn in pages:
        width, height = (shown_height, shown_width) if turn % 180 else (shown_width, shown_height)
        page = pdf.add_blank_page(page_size=(width, height)).obj
        page.MediaBox = page.BleedBox = Array([-BLEED, -BLEED, width + BLEED, height + BLEED])
        page.TrimBox = Array([0, 0, width, height])
        page.Rotate = turn
        x, y = {0: (0, height), 90: (0, 0), 180: (width, 0), 270: (width, height)}[turn]
        content = f"1 0 0 rg -99 -99 2000 2000 re f 0 0 1 rg {x - 30} {y - 30} 60 60 re f"
        page.Contents, page.Resources = pikepdf.Stream(pdf, content.encode()), Dictionary()
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def artwork(mixed: Mixed, *files: bytes) -> Artwork:
    return read([(f"{n}.pdf", io.BytesIO(data)) for n, data in enumerate(files, 1)], mixed)


def sheets(opened: Artwork) -> tuple[bytes, Rect]:
    """Return each page on a sheet of its own, and the box of its piece there."""
    task = ImposeTask(len(opened.pages), opened.piece, SHEET, bleed=opened.bleed, up=1)
    layout = laid_out("n-up", task)
    output = io.BytesIO()
    place(opened, layout, output, Appearance(Marks(are_drawn=False)))
    return output.getvalue(), layout.sides[0].placements[0].covers(opened.piece)


def red_and_blue(picture: Image.Image) -> tuple[Rect, Rect]:
    """Return the boxes of all colour, and of the blue, from the sheet's lower left corner."""
    red, green, _ = picture.split()
    coloured = green.point(lambda level: 255 - level).getbbox()
    blues = red.point(lambda level: 255 * (level < 90)).getbbox()
    assert coloured
    assert blues
    high = picture.height
    first, second = (
        Rect(left / 2, (high - foot) / 2, right / 2, (high - top) / 2)
        for left, top, right, foot in (coloured, blues)
    )
    return first, second


FIRST = (200.0, 300.0, 0)
# Of a second page: its size and turn; the piece; what of its colour is seen, from the piece's
# lower left corner; how large its blue square is; what is said of the scale.
CASES = [
    (Mixed.SCALE, (400, 600, 0), (200, 300), (-4.5, -4.5, 204.5, 304.5), 0.5, "50 %"),
    (Mixed.SCALE, (100, 150, 0), (200, 300), (-9, -9, 209, 309), 2.0, "200 %"),
    (Mixed.SCALE, (300, 200, 0), (200, 300), (-6, 250 / 3, 206, 650 / 3), 2 / 3, "67 %"),
    (Mixed.SCALE, (300, 200, 90), (200, 300), (-6, 250 / 3, 206, 650 / 3), 2 / 3, "67 %"),
    (Mixed.SCALE, (300, 200, 270), (200, 300), (-6, 250 / 3, 206, 650 / 3), 2 / 3, "67 %"),
    (Mixed.CENTER, (100, 300, 0), (200, 300), (50, -9, 150, 309), 1.0, "in the middle"),
    (Mixed.CENTER, (100, 300, 90), (200, 300), (50, -9, 150, 309), 1.0, "in the middle"),
    (Mixed.CENTER, (100, 300, 180), (200, 300), (50, -9, 150, 309), 1.0, "in the middle"),
    (Mixed.CENTER, (200, 100, 270), (200, 300), (-9, 100, 209, 200), 1.0, "in the middle"),
    (Mixed.CENTER, (100, 100, 0), (200, 300), (50, 100, 150, 200), 1.0, "in the middle"),
    (Mixed.CENTER, (300, 400, 0), (300, 400), (-9, -9, 309, 409), 1.0, "in the middle"),
]


@pytest.mark.parametrize(("mixed", "second", "piece", "seen", "scale", "said"), CASES)
def test_each_page_is_in_the_middle_of_its_place_and_bleeds_only_at_its_edges(
    mixed: Mixed,
    second: Page,
    piece: tuple[float, float],
    seen: tuple[float, float, float, float],
    scale: float,
    said: str,
) -> None:
    opened = artwork(mixed, made(FIRST, second))
    assert opened.piece == piece
    (problem,) = opened.problems
    assert (problem.code, problem.severity) == ("page-size-changed", Severity.NOTE)
    assert said in problem.message
    changed = 1 if piece != FIRST[:2] else 2
    assert problem.message.endswith(f"page {changed}")
    data, box = sheets(opened)
    colour, blue = red_and_blue(pictures(data)[1])
    expected = Rect(*seen)
    for edge, wanted, corner in zip(
        colour, expected, (box.left, box.bottom, box.left, box.bottom), strict=True
    ):
        assert edge == pytest.approx(corner + wanted, abs=0.6)
    # The blue square has its middle on the trim's upper left corner: what is not cut is seen.
    assert blue.left == colour.left
    assert blue.top == colour.top
    left = max(box.left + (piece[0] - second[0] * scale) / 2, 0)
    assert blue.right == pytest.approx(left + 30 * scale, abs=0.6)


def test_sheets_of_several_sizes_have_the_boxes_of_the_common_piece(tmp_path: Path) -> None:
    data, box = sheets(artwork(Mixed.CENTER, made(FIRST), made((150, 320, 0), FIRST)))
    file = tmp_path / "sheets.pdf"
    file.write_bytes(data)
    assert tools.qpdf_complaints(file) == ""
    assert Size(box.width, box.height) == (200, 320)
    for boxes in tools.boxes(file):
        assert boxes["trim"] == box
        assert boxes["bleed"] == box.outset(BLEED)


def test_nothing_is_said_or_done_where_pages_are_of_one_size() -> None:
    same = made(FIRST, (200.5, 300, 0))
    for mixed in Mixed:
        opened = artwork(mixed, same)
        assert [page.size for page in opened.pages] == [(200, 300), (200.5, 300)]
        assert [page.bleed for page in opened.pages] == [BLEED, BLEED]
        assert opened.problems == ()


def test_each_file_is_told_once_for_each_scale() -> None:
    small, large = (100.0, 150.0, 0), (400.0, 600.0, 0)
    opened = artwork(Mixed.SCALE, made(FIRST, small, large, small), made(large))
    told = [(str(problem.source), problem.message) for problem in opened.problems]
    place = "2.778 x 4.167 in"
    assert told == [
        ("1.pdf", f"scaled to 200 % with 3.2 mm (0.12 in) of bleed, to fit {place}: pages 2, 4"),
        ("1.pdf", f"scaled to 50 % with 1.6 mm (0.06 in) of bleed, to fit {place}: page 3"),
        ("2.pdf", f"scaled to 50 % with 1.6 mm (0.06 in) of bleed, to fit {place}: page 1"),
    ]


def test_pages_of_several_sizes_are_refused_unless_asked_for() -> None:
    with pytest.raises(HrcpubError) as caught:
        artwork(Mixed.REFUSE, made(FIRST), made(FIRST, (150, 300, 0)))
    (problem,) = caught.value.problems
    assert problem.code == "page-sizes-mixed"
    assert str(problem.source) == "2.pdf page 2"
    assert "--mixed scale" in str(problem.hint)
