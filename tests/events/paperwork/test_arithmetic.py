"""Copies, sheets and reams, against tables that were reckoned by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hrcpub.events.manifest.event import Item, copies
from hrcpub.events.paperwork.arithmetic import (
    MOST_PAGES,
    counted,
    papers,
    reams,
    repeats,
    sheets_of,
    total,
)
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from tests.shared import events
from tests.shared.project import ROOT


@pytest.mark.parametrize(
    ("quantity", "spares", "printed"),
    [
        (0, 0.05, 0),
        (1, 0.05, 2),  # spares are whole pieces
        (20, 0.05, 21),
        (25, 0.05, 27),
        (100, 0.05, 105),
        (100, 0.0, 100),
        (60, 0.15, 69),  # 60 times 0.15 is a hair over 9 in binary
        (200, 0.025, 205),
    ],
)
def test_spares_are_rounded_up_to_whole_pieces(quantity: int, spares: float, printed: int) -> None:
    assert copies(quantity, spares) == printed


@pytest.mark.parametrize(
    ("alike", "up", "each", "sheets"),
    [
        ({"a": 25}, 1, 1, 25),
        ({"a": 25}, 10, 1, 3),
        ({"a": 200}, 10, 1, 20),  # 8 sites' cards, all alike
        ({f"site {n}": 25 for n in range(8)}, 10, 1, 24),  # each site's cards differ
        ({"a": 20}, 2, 1, 10),
        ({"a": 21}, 2, 1, 11),
        ({"a": 50}, 1, 2, 100),  # a booklet of two sheets
        ({}, 10, 1, 0),
        ({"a": 0}, 10, 1, 0),
    ],
)
def test_pieces_share_a_sheet_only_when_they_are_alike(
    alike: dict[str, int], up: int, each: int, sheets: int
) -> None:
    assert sheets_of(alike, up, each) == sheets


@pytest.mark.parametrize(
    ("sheets", "begun"), [(0, 0), (1, 1), (499, 1), (500, 1), (501, 2), (10_000, 20)]
)
def test_a_ream_that_is_begun_counts(sheets: int, begun: int) -> None:
    assert reams(sheets) == begun


@pytest.fixture(scope="module")
def card() -> Item:
    sites = tuple(events.site(number) for number in range(8))
    return events.item(Project(Sources(ROOT)), 1, "contact-card", sites, {"en": 25})


def test_each_site_has_spares_of_its_own(card: Item) -> None:
    counts = counted(events.run(card, up=10))
    assert (counts.quantity, counts.copies) == (200, 8 * 27)
    assert [one.copies for one in counts.files] == [27] * 8
    assert (counts.sheets, counts.reams) == (8 * 3, 1)


def test_what_is_the_same_for_every_site_is_one_heap(card: Item) -> None:
    counts = counted(events.run(card, personal=False, up=10))
    assert (counts.quantity, counts.copies, counts.sheets) == (200, 210, 21)


def test_sites_whose_files_are_alike_share_sheets(card: Item) -> None:
    run = events.run(card, up=10)
    alike = tuple(
        piece._replace(file=piece.file._replace(sha256="0" * 64)) for piece in run.finished
    )
    assert counted(replace(run, finished=alike)).sheets == 22  # of 216 cards


def test_an_item_without_sites_has_its_quantity_once(card: Item) -> None:
    counts = counted(events.run(replace(card, sites=())))
    assert (counts.quantity, counts.copies) == (25, 27)


def test_only_what_was_made_is_counted(card: Item) -> None:
    run = events.run(card)
    assert counted(replace(run, finished=run.finished[:3])).quantity == 75
    assert counted(replace(run, finished=())).sheets == 0


def test_separators_are_told_apart_from_sheets(card: Item) -> None:
    run = events.run(replace(card, has_separators=True))
    assert counted(run).separators == 8
    assert counted(run).sheets == counted(events.run(card)).sheets
    assert counted(replace(run, file=None)).separators == 0  # nothing to separate


def test_a_run_file_has_each_piece_as_often_as_it_is_printed(card: Item) -> None:
    facts = events.run(card, up=10).facts  # of two pages
    assert repeats([27, 10, 1], facts) == (3, 1, 1)
    most = MOST_PAGES // 2
    single = facts._replace(up=1)
    assert repeats([most - 5, 5], single) == (most - 5, 5)
    assert repeats([most - 5, 6], single) == (1, 1)
    assert repeats([most - 5, 5], single, has_separators=True) == (1, 1)


def test_paper_is_bought_by_the_ream_of_each_stock_and_size(card: Item) -> None:
    sheet = events.item(Project(Sources(ROOT)), 2, "principles", card.sites, {"en": 62, "es": 62})
    runs = [events.run(sheet), events.run(sheet, "es"), events.run(replace(card, stock=None))]
    unnamed, yellow = papers(runs)
    # 66 and 66 for each of 8 sites; cards are 27 for each of 8.
    assert (yellow.stock, yellow.sheets, yellow.reams) == ("80 lb text, yellow", 1056, 3)
    assert (yellow.items, unnamed.items) == ((2,), (1,))
    assert (unnamed.stock, unnamed.sheets) == ("not named: white paper", 216)


def test_runs_add_up(card: Item) -> None:
    runs = [events.run(card), events.run(card, personal=False)]
    assert total(runs).copies == sum(counted(run).copies for run in runs)
    assert total([]).sheets == 0
