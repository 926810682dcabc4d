"""Press sheets: schemes as pictures, and backs behind their fronts."""

from __future__ import annotations

import io
from itertools import combinations
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from hrcpub.pipeline.impose import Appearance, ImposeTask, impose, laid_out
from hrcpub.pipeline.impose.sheet_marks import CLEAR, MARK, Marks, inner
from hrcpub.pipeline.impose.sheets import NEAR, Flip, Side
from hrcpub.pipeline.stages import Pdf
from hrcpub.problems import HrcpubError
from hrcpub.units import PAPER_SIZES, Rect, Size
from tests.shared.pages import judge, pictures

LETTER, A4 = PAPER_SIZES["letter"], PAPER_SIZES["a4"]
CARD, POSTCARD = Size(144, 252), Size(432, 288)
MARGIN = 6 * 72 / 25.4
LAYOUT = laid_out("cards", ImposeTask(2, CARD, LETTER, MARGIN))
ARROWS = {0: "^", 90: "<", 180: "v", 270: ">"}  # where a page's head points


def cards(pages: int, piece: Size, sheet: Size, margin: float) -> list[Side]:
    """Return the sides of a sheet of cards."""
    return list(laid_out("cards", ImposeTask(pages, piece, sheet, margin)).sides)


def shown(side: Side, piece: Size) -> str:
    """Return a side as text: each page's number and where its head points, row by row."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for placement in side.placements:
        left, foot, _, _ = placement.covers(piece)
        rows.setdefault(round(foot, 2), []).append(
            (left, f"{placement.page}{ARROWS[placement.rotation]}")
        )
    return " | ".join(
        " ".join(text for _, text in sorted(row)) for _, row in sorted(rows.items(), reverse=True)
    )


@pytest.mark.parametrize(
    ("piece", "sheet", "pages", "sides"),
    [
        (
            CARD,
            LETTER,
            2,
            [
                "1< 1< | 1< 1< | 1< 1< | 1< 1< | 1< 1<",
                "2> 2> | 2> 2> | 2> 2> | 2> 2> | 2> 2>",
            ],
        ),
        (CARD, LETTER, 1, ["1< 1< | 1< 1< | 1< 1< | 1< 1< | 1< 1<"]),
        (
            Size(252, 144),
            LETTER,
            2,
            [
                "1^ 1^ | 1^ 1^ | 1^ 1^ | 1^ 1^ | 1^ 1^",
                "2^ 2^ | 2^ 2^ | 2^ 2^ | 2^ 2^ | 2^ 2^",
            ],
        ),
        (Size(200, 300), LETTER, 2, ["1^ 1^ | 1^ 1^", "2^ 2^ | 2^ 2^"]),
        (Size(250, 250), LETTER, 2, ["1^ 1^ | 1^ 1^ | 1^ 1^", "2^ 2^ | 2^ 2^ | 2^ 2^"]),
        # Two upright and one lying, where a grid would hold two.
        (POSTCARD, LETTER, 2, ["1^ | 1< 1<", "2^ | 2> 2>"]),
        (Size(250, 350), A4, 3, ["1^ 1^ | 1^ 1^", "2^ 2^ | 2^ 2^", "3^ 3^ | 3^ 3^", ""]),
    ],
)
def test_cards_lie_on_their_sheet_as_pictured(
    piece: Size, sheet: Size, pages: int, sides: list[str]
) -> None:
    assert [shown(side, piece) for side in cards(pages, piece, sheet, MARGIN)] == sides


@pytest.mark.parametrize("sheet", [LETTER, A4], ids=["letter", "a4"])
@pytest.mark.parametrize("piece", [CARD, Size(252, 144), Size(180, 130), Size(90, 260), POSTCARD])
def test_each_back_lies_behind_its_front(piece: Size, sheet: Size) -> None:
    """Turned over about its long edge, a sheet shows at x what lay at its width less x."""
    front, back = cards(2, piece, sheet, MARGIN)
    assert len(front.placements) == len(back.placements) > 1
    for placement, other in zip(front.placements, back.placements, strict=True):
        left, foot, right, top = placement.covers(piece)
        assert other.covers(piece) == pytest.approx(
            (sheet.width - right, foot, sheet.width - left, top)
        )
        # The head of a page turned over sideways still points to the same edge of the sheet:
        # what points left on the front points right when looked at from behind.
        assert other.rotation == (360 - placement.rotation) % 360


@pytest.mark.parametrize("sheet", [LETTER, A4], ids=["letter", "a4"])
@pytest.mark.parametrize("piece", [CARD, Size(252, 144), Size(180, 130), Size(90, 260), POSTCARD])
def test_pieces_do_not_overlap_and_stay_inside_the_margins(piece: Size, sheet: Size) -> None:
    for side in cards(2, piece, sheet, MARGIN):
        areas = [placement.covers(piece) for placement in side.placements]
        for left, foot, right, top in areas:
            assert left >= MARGIN - 1e-6
            assert foot >= MARGIN - 1e-6
            assert right <= sheet.width - MARGIN + 1e-6
            assert top <= sheet.height - MARGIN + 1e-6
        for at, (left, foot, right, top) in enumerate(areas):
            for other in areas[at + 1 :]:
                apart = other[0] >= right - 1e-6 or other[2] <= left + 1e-6
                assert apart or other[1] >= top - 1e-6 or other[3] <= foot + 1e-6


def test_ten_cards_lie_on_a_letter_sheet_where_perforated_stock_has_them() -> None:
    front, _ = cards(2, CARD, LETTER, MARGIN)
    assert len(front.placements) == 10
    assert front.cuts_x == (54, 306, 558)
    assert front.cuts_y == (36, 180, 324, 468, 612, 756)


def test_three_postcards_take_seven_cuts_of_which_two_part_some_alone() -> None:
    task = ImposeTask(2, POSTCARD, LETTER, MARGIN)
    layout = laid_out("cards", task)
    front, back = layout.sides
    assert (layout.up, layout.cuts) == (3, 7)
    assert front.cuts_x == (18, 594)
    assert front.cuts_y == (36, 468, 756)
    # The lying card's right edge, and the cut between the upright ones.
    assert front.part_cuts == (Rect(450, 468, 450, 756), Rect(306, 36, 306, 468))
    assert back.part_cuts == (Rect(162, 468, 162, 756), Rect(306, 36, 306, 468))
    by_head = laid_out("cards", task, Flip.SHORT).sides[1]
    assert by_head.part_cuts == (Rect(450, 36, 450, 324), Rect(306, 324, 306, 756))


def test_the_bleed_of_pieces_that_lie_differently_ends_halfway_between_them() -> None:
    layout = laid_out("cards", ImposeTask(2, Size(400, 270), LETTER, bleed=9.0))
    assert layout.picture == ("1 + 2 turned",)
    for side in layout.sides:
        shown_parts = [placement.clip for placement in side.placements]
        assert all(part is not None for part in shown_parts)
        for one, other in combinations(shown_parts, 2):
            meeting = one.outset(-NEAR).meet(other.outset(-NEAR)) if one and other else None
            assert meeting is None


@pytest.mark.parametrize("piece", [Size(600, 600), Size(144, 792), Size(900, 900)])
def test_a_piece_that_is_too_large_is_refused(piece: Size) -> None:
    with pytest.raises(HrcpubError) as caught:
        cards(2, piece, LETTER, MARGIN)
    assert [problem.code for problem in caught.value.problems] == ["piece-too-large"]


def test_cut_marks_stand_outside_the_pieces_and_inside_the_printers_reach() -> None:
    for side in cards(2, CARD, LETTER, MARGIN):
        assert side.cuts_y[0] - CLEAR - MARK > MARGIN
        assert side.cuts_x[0] - CLEAR - MARK > MARGIN
        assert LETTER.width - (side.cuts_x[-1] + CLEAR + MARK) > MARGIN
        assert LETTER.height - (side.cuts_y[-1] + CLEAR + MARK) > MARGIN


def two_pages() -> Pdf:
    """Return two card pages: a red and a blue one, each with a black square at its upper left."""
    pdf = pikepdf.new()
    for colour in ("1 0 0", "0 0 1"):
        page = pdf.add_blank_page(page_size=(162, 270))
        page.obj.MediaBox = page.obj.BleedBox = pikepdf.Array([-9, -9, 153, 261])
        page.obj.TrimBox = pikepdf.Array([0, 0, 144, 252])
        # Colour runs into the bleed, which must not print over a neighbour.
        drawing = f"{colour} rg -9 -9 162 270 re f 0 g 0 232 20 20 re f"
        page.obj.Contents = pikepdf.Stream(pdf, drawing.encode())
        page.obj.Resources = pikepdf.Dictionary()
    pdf.docinfo["/Title"] = "Cards"
    file = io.BytesIO()
    pdf.save(file, static_id=True)
    return Pdf(file.getvalue())


@pytest.fixture(scope="module")
def sheets() -> bytes:
    return impose(two_pages(), LAYOUT, Appearance(has_boxes=False))


def at(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """Return the pixel at a place counted from the sheet's lower left corner."""
    pixel = picture.getpixel((int(x * 2), int((LETTER.height - y) * 2)))
    assert isinstance(pixel, tuple)
    return pixel


RED, BLUE, BLACK, WHITE = (255, 0, 0), (0, 0, 255), (0, 0, 0), (255, 255, 255)


def test_placed_pages_are_clipped_to_their_trim(sheets: bytes) -> None:
    for picture, colour in zip(pictures(sheets), (RED, BLUE), strict=True):
        assert at(picture, 60, 100) == colour
        assert at(picture, 52, 100) == WHITE
        assert at(picture, 560, 100) == WHITE
        assert at(picture, 300, 34) == WHITE
        assert at(picture, 300, 758) == WHITE


def test_a_card_turned_over_like_a_page_has_its_head_up_on_both_sides(sheets: bytes) -> None:
    """The black square marks a page's upper left; heads point left in front, right behind."""
    front, back = pictures(sheets)
    for column in (0, 1):
        for row in range(5):
            x, y = 54 + column * 252, 36 + row * 144
            assert at(front, x + 5, y + 5) == BLACK, "the front's head points left"
            assert at(front, x + 5, y + 139) == RED
            # Seen through the sheet, the back's upper left lies at the front's upper right.
            assert at(back, LETTER.width - x - 5, y + 139) == BLACK
            assert at(back, LETTER.width - x - 5, y + 5) == BLUE


def test_cut_marks_are_drawn_at_every_cut_and_nowhere_on_a_piece(sheets: bytes) -> None:
    for picture in pictures(sheets):
        for x in (54, 306, 558):
            for y in (36 - CLEAR - MARK / 2, 756 + CLEAR + MARK / 2):
                strip = [at(picture, x + off / 2, y) for off in (-1, 0)]
                assert min(sum(pixel) for pixel in strip) < 700, (x, y)
                assert at(picture, x + 3, y) == WHITE
        for height in (36, 180, 324, 468, 612, 756):
            for side in (54 - CLEAR - MARK / 2, 558 + CLEAR + MARK / 2):
                strip = [at(picture, side, height + off / 2) for off in (-1, 0, 1)]
                assert min(sum(pixel) for pixel in strip) < 700, (side, height)


@pytest.mark.parametrize(
    ("piece", "cuts"),
    [
        (Size(396, 612), {((17, 396), (21.5, 396)), ((595, 396), (590.5, 396))}),
        (
            POSTCARD,
            {
                # Inwards from both ends of the cut between the rows, and from the end of each cut
                # that parts pieces on one side of it.
                ((18, 468), (22.5, 468)),
                ((594, 468), (589.5, 468)),
                ((450, 468), (450, 472.5)),
                ((306, 468), (306, 463.5)),
            },
        ),
    ],
)
def test_cuts_have_marks_at_both_ends_where_the_printer_reaches(
    piece: Size, cuts: set[tuple[tuple[float, float], tuple[float, float]]]
) -> None:
    side = laid_out("cards", ImposeTask(2, piece, LETTER)).sides[0]
    drawn = [line.split() for line in inner(side, LETTER, Marks()) if line.endswith("l S")]
    ends = {
        ((rounded(x1), rounded(y1)), (rounded(x2), rounded(y2)))
        for x1, y1, _, x2, y2, _, _ in drawn
    }
    assert cuts <= ends
    assert not inner(side, LETTER, Marks(are_drawn=False))


def rounded(length: str) -> float:
    """Return points to the next half."""
    return round(2 * float(length)) / 2


def test_no_mark_touches_the_slug(built: Path) -> None:
    for name in ("what-postcard", "principles-card", "contact-card"):
        with pikepdf.open(built / f"office/{name}.pdf") as pdf:
            marks = pdf.pages[0].Resources.XObject.Marks
            steps = pikepdf.parse_content_stream(marks)
        feet = [float(s.operands[1]) for s in steps if str(s.operator) in ("m", "l")]
        # The slug's capitals end 8 pt over the margin, where its line begins.
        assert min(feet) >= MARGIN + 8


def test_an_imposed_file_is_sound_and_asks_for_two_sides(sheets: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sheets.pdf"
    file.write_bytes(sheets)
    judge("qpdf", "--check", file)
    with pikepdf.open(file) as pdf:
        assert [[float(edge) for edge in page.mediabox] for page in pdf.pages] == [
            [0, 0, 612, 792]
        ] * 2
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        assert str(pdf.docinfo["/Title"]) == "Cards"


def test_the_same_pages_make_the_same_sheets(sheets: bytes) -> None:
    assert impose(two_pages(), LAYOUT, Appearance(has_boxes=False)) == sheets


def test_the_slug_says_what_a_sheet_is_and_how_to_print_it(built: Path) -> None:
    text = judge("pdftotext", "-raw", built / "office/contact-card.pdf", "-")
    for side in (1, 2):
        assert f"side {side} of 2 · print two-sided, flip on the long edge, actual size" in text


def test_no_line_but_the_slug_says_what_a_sheet_is(built: Path) -> None:
    with pikepdf.open(built / "office/contact-card.pdf") as pdf:
        for page in pdf.pages:
            operators = {str(step.operator) for step in pikepdf.parse_content_stream(page)}
            assert "S" not in operators  # letters that are drawn; the marks are in a form
