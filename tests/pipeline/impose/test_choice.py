"""Quantities, sheets and schemes: the fewest sheets, the least waste."""

from __future__ import annotations

import itertools

import pytest

from hrcpub.pipeline.impose import ImposeTask, laid_out
from hrcpub.pipeline.impose.choose import candidates, guessed, options
from hrcpub.pipeline.impose.gang import ganged
from hrcpub.units import PAPER_SIZES, Size, size

LETTER, TABLOID = PAPER_SIZES["letter"], PAPER_SIZES["tabloid"]
CARD, HALF = Size(252, 144), PAPER_SIZES["half-letter"]


@pytest.mark.parametrize(
    ("quantities", "places", "forms"),
    [
        ([500], 10, [(((0, 10),), 50)]),
        ([500, 500], 10, [(((0, 5), (1, 5)), 100)]),
        ([300, 100], 4, [(((0, 3), (1, 1)), 100)]),
        ([1000, 10], 10, [(((0, 10),), 100), (((1, 10),), 1)]),
        ([1] * 3, 2, [(((0, 1), (1, 1)), 1), (((2, 1),), 1)]),
        ([1], 10, [(((0, 1),), 1)]),
        ([7], 10, [(((0, 7),), 1)]),
    ],
)
def test_pieces_share_sheets_by_quantity(
    quantities: list[int], places: int, forms: list[object]
) -> None:
    assert ganged(quantities, places) == forms


@pytest.mark.parametrize("places", [1, 2, 3, 8])
def test_ganging_makes_enough_of_each_and_never_more_sheets_than_one_by_one(places: int) -> None:
    for quantities in itertools.product((1, 9, 100, 250), repeat=4):
        forms = ganged(list(quantities), places)
        made = dict.fromkeys(range(4), 0)
        for shares, copies in forms:
            assert 0 < sum(many for _, many in shares) <= places
            for piece, many in shares:
                made[piece] += many * copies
        assert all(made[piece] >= quantities[piece] for piece in made)
        alone = sum(-(-quantity // places) for quantity in quantities)
        assert sum(copies for _, copies in forms) <= alone


def test_many_thousand_pieces_are_ganged_in_no_time() -> None:
    forms = ganged(list(range(1, 5001)), 10)
    assert sum(len(shares) for shares, _ in forms) == 5000


@pytest.mark.parametrize(
    ("task", "files", "scheme"),
    [
        (ImposeTask(2, CARD, LETTER), 1, "cards"),
        (ImposeTask(1, CARD, LETTER), 1, "cards"),
        (ImposeTask(8, CARD, LETTER), 4, "cards"),
        (ImposeTask(8, HALF, LETTER), 1, "saddle-stitch"),
        (ImposeTask(8, Size(198, 306), LETTER), 1, "zine"),
        (ImposeTask(12, Size(198, 306), LETTER), 1, "saddle-stitch"),
        (ImposeTask(5000, CARD, LETTER), 1, "cut-and-stack"),
        (ImposeTask(1, size("18 in x 24 in"), LETTER), 1, "poster"),
        (ImposeTask(8, Size(792, 612), LETTER), 1, "saddle-stitch"),
    ],
)
def test_a_scheme_is_guessed(task: ImposeTask, files: int, scheme: str) -> None:
    assert guessed(task, files) == scheme


def test_the_sheet_with_the_least_waste_comes_first() -> None:
    task = ImposeTask(2, CARD, LETTER, bleed=9, quantities=(5000,))
    stocks = [LETTER, TABLOID, size("12 in x 18 in"), size("13 in x 19 in")]
    choices = options(laid_out, task, candidates("cards", task), stocks)
    assert len(choices) == len(stocks) * 3
    wastes = [(option.loses_bleed, option.layout.waste) for option in choices]
    assert wastes == sorted(wastes)
    assert {is_lost for is_lost, _ in wastes} == {False, True}
    best = choices[0]
    assert best.scheme == "cards"
    # Counted by hand: 5000 cards of 3.5 x 2 in on so many sheets of 13 x 19 in, 24 to a sheet.
    assert (best.stock, best.layout.up, best.layout.sheets) == (stocks[3], 24, 209)
    assert best.layout.waste == pytest.approx(1 - 5000 * 7 / (209 * 13 * 19))


def test_a_sheet_on_which_bleed_is_kept_comes_before_one_that_wastes_less() -> None:
    """Four of A5 fill A3 to its edges, and share their cuts; SRA3 has room for gutters."""
    a5, a3, sra3 = size("A5"), size("A3"), size("320 mm x 450 mm")
    task = ImposeTask(2, a5, a3, bleed=9, quantities=(500,))
    best, *others = options(laid_out, task, candidates("cards", task), [a3, sra3])
    assert (best.stock, best.loses_bleed) == (sra3, False)
    assert any(other.layout.waste < best.layout.waste for other in others)
    alone = options(laid_out, task, ["cards"], [a3])
    assert [option.loses_bleed for option in alone] == [True]


@pytest.mark.parametrize(
    ("scheme", "pages", "quantity", "sheets"),
    [("cards", 2, 1001, 101), ("cut-and-stack", 40, 3, 6), ("work-and-turn", 2, 101, 11)],
)
def test_a_quantity_becomes_sheets(scheme: str, pages: int, quantity: int, sheets: int) -> None:
    assert (
        laid_out(scheme, ImposeTask(pages, CARD, LETTER, quantities=(quantity,))).sheets == sheets
    )
