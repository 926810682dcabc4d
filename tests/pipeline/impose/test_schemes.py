"""Schemes as pictures: `8 1 | 2 7` is a sheet's front and back, `/` parts rows, `v` a head down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise, product
from typing import Any

import pytest

from hrcpub.pipeline.impose import (
    SCHEMES,
    Binding,
    Flip,
    ImposeTask,
    SheetLayout,
    laid_out,
    remarks,
)
from hrcpub.pipeline.impose.booklets import FORMS
from hrcpub.pipeline.impose.sheets import Placement, Side, is_upright_axis
from hrcpub.problems import HrcpubError
from hrcpub.project.edition import MARGIN
from hrcpub.project.schemes import OFFICE_SCHEMES
from hrcpub.project.schemes import SCHEMES as NAMED
from hrcpub.units import PAPER_SIZES, Size, size

LETTER, TABLOID, A4 = (PAPER_SIZES[name] for name in ("letter", "tabloid", "a4"))
HALF = PAPER_SIZES["half-letter"]
CARD = Size(252, 144)
STICKER = Size(216, 144)
BIG = size("19 in x 25 in")


def picture(scheme: str, task: ImposeTask) -> str:
    return " | ".join(laid_out(scheme, task).picture)


@pytest.mark.parametrize(
    ("scheme", "task", "expected"),
    [
        ("saddle-stitch", ImposeTask(1, HALF, LETTER), ". 1 | . ."),
        ("saddle-stitch", ImposeTask(2, HALF, LETTER), "2 1 | . ."),
        ("saddle-stitch", ImposeTask(4, HALF, LETTER), "4 1 | 2 3"),
        ("saddle-stitch", ImposeTask(8, HALF, LETTER), "8 1 | 2 7 | 6 3 | 4 5"),
        ("saddle-stitch", ImposeTask(6, HALF, LETTER), "6 1 | 2 . | . 3 | 4 5"),
        (
            "saddle-stitch",
            ImposeTask(8, HALF, LETTER, binding=Binding.RIGHT),
            "1 8 | 7 2 | 3 6 | 5 4",
        ),
        ("saddle-stitch", ImposeTask(8, HALF, LETTER, section=1), "4 1 | 2 3 | 8 5 | 6 7"),
        ("saddle-stitch", ImposeTask(8, HALF, TABLOID, signature=8), "5v 4v / 8 1 | 3v 6v / 2 7"),
        (
            "saddle-stitch",
            ImposeTask(16, HALF, TABLOID, signature=8),
            "13v 4v / 16 1 | 3v 14v / 2 15 | 9v 8v / 12 5 | 7v 10v / 6 11",
        ),
        (
            "perfect-bound",
            ImposeTask(12, HALF, LETTER),
            "4 1 | 2 3 | 8 5 | 6 7 | 12 9 | 10 11",
        ),
        ("perfect-bound", ImposeTask(6, HALF, LETTER), "4 1 | 2 3 | . 5 | 6 ."),
        (
            "perfect-bound",
            ImposeTask(16, HALF, LETTER, section=2),
            "8 1 | 2 7 | 6 3 | 4 5 | 16 9 | 10 15 | 14 11 | 12 13",
        ),
        ("zine", ImposeTask(8, Size(198, 306), LETTER), "5v 4v 3v 2v / 6 7 8 1"),
        (
            "zine",
            ImposeTask(8, Size(198, 306), LETTER, binding=Binding.RIGHT),
            "2v 3v 4v 5v / 1 8 7 6",
        ),
        ("n-up", ImposeTask(6, Size(306, 396), LETTER), "1 2 / 3 4 | 5 6 / . ."),
        (
            "n-up",
            ImposeTask(6, Size(306, 396), LETTER, binding=Binding.RIGHT),
            "2 1 / 4 3 | 6 5 / . .",
        ),
        ("n-up", ImposeTask(4, Size(306, 396), LETTER, sides=1), "1 2 / 3 4"),
        ("n-up", ImposeTask(3, LETTER, LETTER, up=2, is_reducible=True), "1 2 | 3 ."),
        ("cut-and-stack", ImposeTask(8, HALF, LETTER), "1 / 5 | 2 / 6 | 3 / 7 | 4 / 8"),
        ("cut-and-stack", ImposeTask(5, HALF, LETTER, sides=1), "1 / 4 | 2 / 5 | 3 / ."),
        ("work-and-turn", ImposeTask(2, HALF, TABLOID), "1 2 / 1 2"),
        ("work-and-tumble", ImposeTask(2, HALF, TABLOID), "1 1 / 2v 2v"),
        ("cards", ImposeTask(4, HALF, LETTER, quantities=(1,)), "1 / 3 | 2 / 4"),
        ("cards", ImposeTask(2, HALF, LETTER, sides=1, quantities=(300, 300)), "1 / 2"),
        (
            "cards",
            ImposeTask(3, STICKER, LETTER, sides=1, is_shared=True),
            "1 1 / 1 1 / 2 2 / 2 3 / 3 3",
        ),
        (
            "cards",
            ImposeTask(12, STICKER, A4, sides=1, is_shared=True),
            "1 2 / 3 4 / 5 6 / 7 8 / 9 10 | 11 11 / 11 11 / 11 12 / 12 12 / 12 12",
        ),
    ],
)
def test_a_scheme_lays_pages_as_pictured(scheme: str, task: ImposeTask, expected: str) -> None:
    assert picture(scheme, task) == expected


def test_every_scheme_is_offered_on_the_command_line() -> None:
    assert {*SCHEMES, "poster"} == set(NAMED)
    assert all(NAMED.values())
    assert set(OFFICE_SCHEMES) <= set(SCHEMES)


# What other programs make of as many pages, run with the options named. Each one's sheets were
# read from its PDF with pdftotext; psbook only orders pages, two of which are a side.
SADDLE = {
    4: "4 1 | 2 3",
    8: "8 1 | 2 7 | 6 3 | 4 5",
    12: "12 1 | 2 11 | 10 3 | 4 9 | 8 5 | 6 7",
    16: "16 1 | 2 15 | 14 3 | 4 13 | 12 5 | 6 11 | 10 7 | 8 9",
}
PEERS = [
    *[("pdfimpose 2.10.0: saddle --signature 2x1 --group 0", n, SADDLE[n]) for n in SADDLE],
    (
        "pdfimpose 2.10.0: saddle --signature 2x1 --group 0 --last 1",
        10,
        "10 1 | 2 . | . 3 | 4 9 | 8 5 | 6 7",
    ),
    *[("psutils 3.3.11: psbook", n, SADDLE[n]) for n in SADDLE],
]


@pytest.mark.parametrize(("piece", "stock", "up"), [((576, 252), LETTER, 2), ((540, 241), A4, 3)])
def test_folded_pieces_have_their_folds_marked_beside_the_cuts(
    piece: tuple[float, float], stock: Size, up: int
) -> None:
    quarters = tuple(piece[0] / 4 * part for part in (1, 2, 3))
    layout = laid_out("cards", ImposeTask(2, Size(*piece), stock, folds=(quarters, quarters)))
    assert layout.up == up
    assert len(layout.sides) == 2
    for side in layout.sides:
        along = side.folds_x or side.folds_y
        cuts = side.cuts_x if side.folds_x else side.cuts_y
        assert [fold - cuts[0] for fold in along] == pytest.approx(quarters)
        assert not (side.folds_x and side.folds_y)
        assert side.trim
        rooms = (side.trim.left, side.trim.bottom)
        assert min(rooms) >= MARGIN + 9, "no printer reaches the marks"


@pytest.mark.parametrize(("program", "pages", "expected"), PEERS)
def test_a_booklets_order_is_that_of_other_programs(
    program: str, pages: int, expected: str
) -> None:
    assert picture("saddle-stitch", ImposeTask(pages, HALF, LETTER)) == expected


@pytest.mark.parametrize(
    ("program", "scheme", "task", "expected"),
    [
        (
            "pdfimpose 2.10.0: saddle --signature 2x2 --group 0",
            "saddle-stitch",
            ImposeTask(8, HALF, TABLOID, signature=8),
            "5 4 / 8 1 | 3 6 / 2 7",
        ),
        (
            "pdfimpose 2.10.0: saddle --signature 4x2 --group 0",
            "saddle-stitch",
            ImposeTask(16, HALF, BIG, signature=16),
            "5 12 9 8 / 4 13 16 1 | 7 10 11 6 / 2 15 14 3",
        ),
        (
            "pdfimpose 2.10.0: onepagezine",
            "zine",
            ImposeTask(8, Size(198, 306), LETTER),
            "5 4 3 2 / 6 7 8 1",
        ),
    ],
)
def test_a_folded_sheets_order_is_that_of_another_program(
    program: str, scheme: str, task: ImposeTask, expected: str
) -> None:
    assert picture(scheme, task).replace("v", "") == expected


Layers = list[list[list[tuple[int, int]]]]  # from the top; each a grid of (page above, page below)


def over(layers: Layers) -> Layers:
    """Return what lies above after layers were turned over: the last first, faces changed."""
    return [[[cell[::-1] for cell in row] for row in layer] for layer in reversed(layers)]


def folded_right(layers: Layers) -> Layers:
    """Fold the right half over the left one."""
    half = len(layers[0][0]) // 2
    right = over([[row[half:][::-1] for row in layer] for layer in layers])
    return [*right, *[[row[:half] for row in layer] for layer in layers]]


def folded_down(layers: Layers) -> Layers:
    """Fold the upper half over the lower one."""
    half = len(layers[0]) // 2
    upper = over([layer[:half][::-1] for layer in layers])
    return [*upper, *[layer[half:] for layer in layers]]


@pytest.mark.parametrize(
    ("signature", "folds"),
    [
        (4, [folded_right]),
        (8, [folded_down, folded_right]),
        (16, [folded_right, folded_down, folded_right]),
    ],
)
def test_a_folded_sheet_has_its_pages_in_order(
    signature: int, folds: list[Callable[..., Any]]
) -> None:
    """Lay a sheet front down, fold it, and leaf through from the bottom."""
    front, back = FORMS[signature]
    layer = [
        list(zip(back_row, reversed(front_row), strict=True))
        for back_row, front_row in zip(back, front, strict=True)
    ]
    layers: Layers = [layer]
    for fold in folds:
        layers = fold(layers)
    pages = [page for layer in reversed(layers) for page in reversed(layer[0][0])]
    assert pages == list(range(1, signature + 1))


def test_a_zines_leaves_turn_in_order() -> None:
    """Cut between the middle columns, a strip of four folds into leaves of neighbouring pages.

    The middle cells fold out back to back, the outer ones lie on those behind them.
    """
    above, below = (["5", "4", "3", "2"], ["6", "7", "8", "1"])
    leaves = [
        (above[0], below[0]),
        (above[1], above[2]),
        (below[1], below[2]),
        (above[3], below[3]),
    ]
    assert {frozenset(leaf) for leaf in leaves} == {
        frozenset(pair) for pair in (("1", "2"), ("3", "4"), ("5", "6"), ("7", "8"))
    }
    assert picture("zine", ImposeTask(8, Size(198, 306), LETTER)) == "5v 4v 3v 2v / 6 7 8 1"


# --- Turning over --------------------------------------------------------------------------------

TWO_SIDED = {
    "cards": ImposeTask(2, CARD, LETTER),
    "cut-and-stack": ImposeTask(40, CARD, LETTER),
    "saddle-stitch": ImposeTask(12, HALF, LETTER),
    "saddle-stitch of 8": ImposeTask(16, HALF, TABLOID, signature=8),
    "saddle-stitch of 16": ImposeTask(16, HALF, BIG, signature=16),
    "saddle-stitch, right": ImposeTask(12, HALF, LETTER, binding=Binding.RIGHT),
    "perfect-bound": ImposeTask(16, HALF, TABLOID, signature=8),
}


def own_corners(placement: Placement, piece: Size) -> list[tuple[float, float]]:
    """Return where a page's own lower left, lower right, upper right, upper left corners lie."""
    box = placement.covers(piece)
    corners = [
        (box.left, box.bottom),
        (box.right, box.bottom),
        (box.right, box.top),
        (box.left, box.top),
    ]
    turn = placement.rotation // 90
    return [corners[(index + turn) % 4] for index in range(4)]


def turned_over(placement: Placement, layout: SheetLayout, piece: Size) -> tuple[float, ...]:
    """Return where a placed page's corners lie, seen from behind after the sheet was turned over.

    The corners are those of the piece's own lower left, lower right, upper left, seen through it.
    """
    own = own_corners(placement, piece)
    assert layout.flip is not None
    upright = is_upright_axis(layout.sheet, layout.flip)
    width, height = layout.sheet
    through = [(width - x, y) if upright else (x, height - y) for x, y in own]
    # From behind, its left is its right.
    lower_right, lower_left, upper_left, _ = through
    return (*lower_left, *lower_right, *upper_left)


def corners_of(placement: Placement, piece: Size) -> tuple[float, ...]:
    lower_left, lower_right, _, upper_left = own_corners(placement, piece)
    return (*lower_left, *lower_right, *upper_left)


@pytest.mark.parametrize("flip", Flip)
@pytest.mark.parametrize("is_landscape", [False, True], ids=["upright", "landscape"])
@pytest.mark.parametrize("name", TWO_SIDED)
def test_every_back_lies_behind_its_front(name: str, flip: Flip, is_landscape: bool) -> None:
    """Turn each sheet over, as numbers: page 2 lies on page 1's back, head to head."""
    task = TWO_SIDED[name]
    if is_landscape:
        task = replace(task, stock=Size(task.stock.height, task.stock.width))
    layout = laid_out(name.partition(",")[0].partition(" of")[0], task, flip)
    assert layout.flip is flip
    seen = 0
    for front, back in zip(layout.sides[::2], layout.sides[1::2], strict=True):
        fronts = {placement.page: placement for placement in front.placements}
        backs = {placement.page: placement for placement in back.placements}
        if name == "cards":
            places = sorted(
                turned_over(placement, layout, task.piece) for placement in front.placements
            )
            there = sorted(corners_of(placement, task.piece) for placement in back.placements)
            assert there == [pytest.approx(place) for place in places]
            seen += len(there)
            continue
        for page, placement in fronts.items():
            # An odd page is a recto: what is behind it comes next. An even one's comes before.
            behind = backs[page + 1 if page % 2 else page - 1]
            expected = turned_over(placement, layout, task.piece)
            assert corners_of(behind, task.piece) == pytest.approx(expected)
            seen += 1
    assert seen >= 6


def test_the_sheet_turns_about_its_upright_axis_where_nobody_says_otherwise() -> None:
    assert laid_out("cards", ImposeTask(2, CARD, LETTER)).flip is Flip.LONG
    assert laid_out("saddle-stitch", ImposeTask(8, HALF, LETTER)).flip is Flip.SHORT
    assert laid_out("zine", ImposeTask(8, Size(198, 306), LETTER)).flip is None


@pytest.mark.parametrize(
    ("scheme", "is_sideways"), [("work-and-turn", True), ("work-and-tumble", False)]
)
def test_printed_twice_each_front_has_its_back(scheme: str, is_sideways: bool) -> None:
    for piece in (CARD, Size(144, 252), HALF):
        task = ImposeTask(2, piece, TABLOID)
        layout = laid_out(scheme, task)
        (side,) = layout.sides
        flip = Flip.LONG if is_sideways else Flip.SHORT
        there = {corners_of(placement, piece): placement.page for placement in side.placements}
        looked = replace(layout, flip=flip)
        for placement in side.placements:
            place = turned_over(placement, looked, piece)
            near = next(page for at, page in there.items() if at == pytest.approx(place))
            assert near == 3 - placement.page


# --- Creep, bleed, cuts --------------------------------------------------------------------------


def shifts(side: Side, plain: Side) -> dict[int, float]:
    return {
        placement.page: round(placement.x - other.x, 3)
        for placement, other in zip(side.placements, plain.placements, strict=True)
    }


def test_inner_pages_move_to_the_spine_by_the_stocks_thickness() -> None:
    task = ImposeTask(12, HALF, TABLOID)
    plain, moved = (
        laid_out("saddle-stitch", task),
        laid_out("saddle-stitch", replace(task, caliper=0.3)),
    )
    found = [shifts(a, b) for a, b in zip(moved.sides, plain.sides, strict=True)]
    assert found == [
        {12: 0.0, 1: 0.0},
        {2: 0.0, 11: 0.0},
        {10: 0.3, 3: -0.3},
        {4: 0.3, 9: -0.3},
        {8: 0.6, 5: -0.6},
        {6: 0.6, 7: -0.6},
    ]
    total = laid_out("saddle-stitch", replace(task, creep=1.0))
    assert shifts(total.sides[4], plain.sides[4]) == {8: 1.0, 5: -1.0}
    # What is cut stays where it is.
    assert [side.cuts_x for side in moved.sides] == [side.cuts_x for side in plain.sides]


def test_each_layer_of_a_folded_sheet_creeps() -> None:
    task = ImposeTask(8, HALF, BIG, signature=8, caliper=0.5)
    plain = laid_out("saddle-stitch", replace(task, caliper=0.0))
    moved = laid_out("saddle-stitch", task)
    assert shifts(moved.sides[0], plain.sides[0]) == {8: 0.0, 1: 0.0, 5: -0.5, 4: 0.5} or (
        shifts(moved.sides[0], plain.sides[0]) == {5: 0.5, 4: -0.5, 8: 0.0, 1: 0.0}
    )


def test_bleed_ends_at_folds_and_shared_cuts_and_halfway_to_a_neighbour() -> None:
    booklet = laid_out("saddle-stitch", ImposeTask(4, HALF, TABLOID, bleed=9))
    left, right = booklet.sides[0].placements
    assert left.clip is not None
    assert right.clip is not None
    assert left.clip.right == right.clip.left == pytest.approx(booklet.sheet.width / 2)
    assert left.clip.left == pytest.approx(left.covers(HALF).left - 9)
    assert left.clip.top == pytest.approx(left.covers(HALF).top + 9)
    for gutter, reach in ((0.0, 0.0), (10.0, 5.0), (18.0, 9.0), (30.0, 9.0)):
        cards = laid_out("cards", ImposeTask(1, CARD, BIG, bleed=9, gutter=gutter))
        first = cards.sides[0].placements[0]
        box = first.covers(CARD)
        assert first.clip is not None
        assert first.clip.right - box.right == pytest.approx(reach)
        assert first.clip.left - box.left == pytest.approx(-9)


def test_what_is_shown_of_one_page_never_lies_over_another() -> None:
    seen = 0
    for name, task in TWO_SIDED.items():
        for bleed, gutter in product((0.0, 9.0), (None, 0.0, 7.0)):
            asked = replace(task, bleed=bleed, gutter=gutter, stock=BIG)
            layout = laid_out(name.partition(",")[0].partition(" of")[0], asked)
            for side in layout.sides:
                clips = [placement.clip for placement in side.placements if placement.clip]
                for at, clip in enumerate(clips):
                    for other in clips[at + 1 :]:
                        apart = clip.right <= other.left + 1e-6 or other.right <= clip.left + 1e-6
                        seen += 1
                        assert (
                            apart
                            or clip.top <= other.bottom + 1e-6
                            or other.top <= clip.bottom + 1e-6
                        )
    assert seen > 1000


def test_a_gutter_takes_two_cuts_and_none_takes_one() -> None:
    shared = laid_out("cards", ImposeTask(1, CARD, LETTER, gutter=0.0))
    apart = laid_out("cards", ImposeTask(1, CARD, LETTER, bleed=9))
    assert (shared.up, shared.cuts) == (10, 3 + 6)
    assert (apart.up, apart.cuts) == (8, 4 + 8)
    booklet = laid_out("saddle-stitch", ImposeTask(4, HALF, LETTER))
    assert booklet.cuts == 0
    assert booklet.sides[0].folds_x == (396,)


# --- Posters -------------------------------------------------------------------------------------


def test_a_posters_tiles_show_all_of_it_and_overlap() -> None:
    poster = size("18 in x 24 in")
    task = ImposeTask(1, poster, LETTER, overlap=20)
    layout = laid_out("poster", task)
    windows = []
    for side in layout.sides:
        (placement,) = side.placements
        assert placement.clip is not None
        assert placement.clip.left >= 17
        assert placement.clip.bottom >= 17
        windows.append(
            (
                placement.clip.left - placement.x,
                placement.clip.bottom - placement.y,
                placement.clip.right - placement.x,
                placement.clip.top - placement.y,
            )
        )
    lefts = sorted({(round(w[0], 3), round(w[2], 3)) for w in windows})
    feet = sorted({(round(w[1], 3), round(w[3], 3)) for w in windows})
    assert len(windows) == len(lefts) * len(feet)
    for spans, length in ((lefts, poster.width), (feet, poster.height)):
        assert spans[0][0] == 0
        assert spans[-1][1] == pytest.approx(length, abs=1e-2)
        for one_span, next_span in pairwise(spans):
            assert one_span[1] - next_span[0] == pytest.approx(20, abs=1e-2)
    assert windows[0][0] == 0
    assert windows[0][3] == pytest.approx(poster.height)  # the first tile is the upper left one


def test_a_poster_that_fits_is_one_sheet() -> None:
    assert laid_out("poster", ImposeTask(1, Size(500, 600), LETTER)).sheets == 1


# --- What does not go ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "task", "code"),
    [
        ("saddle-stitch", ImposeTask(8, LETTER, LETTER), "piece-too-large"),
        ("cards", ImposeTask(2, CARD, LETTER, up=11), "piece-too-large"),
        ("cards", ImposeTask(2, CARD, LETTER, margin=300.0), "piece-too-large"),
        ("zine", ImposeTask(9, Size(198, 306), LETTER), "page-count"),
        ("work-and-turn", ImposeTask(3, CARD, LETTER), "page-count"),
        ("work-and-tumble", ImposeTask(1, CARD, LETTER), "page-count"),
        ("poster", ImposeTask(1, BIG, LETTER, margin=300.0), "stock-too-small"),
        ("poster", ImposeTask(1, Size(14400, 14400), Size(100, 100)), "piece-too-large"),
    ],
)
def test_what_does_not_go_is_a_problem(scheme: str, task: ImposeTask, code: str) -> None:
    with pytest.raises(HrcpubError) as caught:
        laid_out(scheme, task)
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("scheme", "task", "codes"),
    [
        ("cards", ImposeTask(2, CARD, LETTER), set()),
        ("cards", ImposeTask(2, CARD, LETTER, bleed=9), set()),
        ("saddle-stitch", ImposeTask(8, HALF, TABLOID), set()),
        ("saddle-stitch", ImposeTask(8, HALF, LETTER), {"sheet-margin"}),
        ("saddle-stitch", ImposeTask(8, HALF, LETTER, margin=0.0), set()),
        ("saddle-stitch", ImposeTask(7, HALF, TABLOID), {"page-blank"}),
        ("cards", ImposeTask(2, Size(396, 306), LETTER, bleed=9), {"sheet-gutter", "sheet-margin"}),
        ("cards", ImposeTask(2, Size(378, 285), LETTER, bleed=30), {"sheet-gutter"}),
    ],
)
def test_what_is_given_up_is_said(scheme: str, task: ImposeTask, codes: set[str]) -> None:
    assert {problem.code for problem in remarks(task, laid_out(scheme, task))} == codes


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_prints_as_many_pieces_as_are_asked_for(scheme: str) -> None:
    layout = laid_out(scheme, ImposeTask(2, Size(144, 180), LETTER, quantities=(100,)))
    assert layout.plan
    sides = 1 + layout.has_backs
    printed = sum(
        # One plate that has fronts and backs prints both sides of the sheet.
        layout.copies[number // sides] * (1 + layout.plan.has_both)
        for number, side in enumerate(layout.sides)
        for placement in side.placements
        if placement.page == 1
    )
    # The last sheet may be only partly needed.
    assert 100 <= printed < 100 + layout.up
