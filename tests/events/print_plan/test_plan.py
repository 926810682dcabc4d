"""The office's part of an event by paper: what is loaded, in which order, and how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hrcpub.events.manifest.event import Event, ProductionRun
from hrcpub.events.paperwork import arithmetic, printed
from hrcpub.events.print_plan import (
    Choice,
    Load,
    Print,
    PrintPlan,
    PrintProgress,
    Separate,
    chosen,
    minutes,
    order_for,
    plan_document,
    print_plan,
    read_progress,
    separators_document,
)
from hrcpub.events.print_plan.chosen import unknown_choices
from hrcpub.events.print_plan.progress import NAME
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.printing.order import Sides
from hrcpub.units import PAPER_SIZES
from tests.shared import events
from tests.shared.events import words
from tests.shared.pages import glyphs, pictures, read_aloud
from tests.shared.project import ROOT

PROJECT = Project(Sources(ROOT))
SITES = (events.site(0, box="east"), events.site(1), events.site(2, box="east"))
LETTER = PAPER_SIZES["letter"]


def run(number: int, material: str, stock: str | None, **facts: Any) -> ProductionRun:
    """Return an office's run: 25 pieces for each of three sites, two to the hundred spare."""
    personal = facts.pop("personal", True)
    item = events.office(
        events.item(
            PROJECT,
            number,
            material,
            SITES,
            {"en": 25},
            spares=0.02,
            stock=words(stock) if stock else None,
        )
    )
    plain = {"flat": LETTER, "sheets": 1, "up": 1, "pages": 2, "flip": "long", "colours": "black"}
    return events.run(item, personal=personal, **(plain | facts))


@pytest.fixture(scope="module")
def runs() -> list[ProductionRun]:
    return [
        run(1, "principles", "20 lb bond, white", colours="black on yellow paper"),
        run(2, "what-postcard", "65 lb cover, yellow", up=2),
        run(3, "why-folder", None, colours="black on pink paper"),
        run(4, "contact-card", "65 lb cover, yellow", up=10, personal=False, flip="short"),
    ]


@pytest.fixture(scope="module")
def fair(runs: list[ProductionRun]) -> Event:
    return events.event(SITES, tuple(one.item for one in runs))


@pytest.fixture(scope="module")
def plan(fair: Event, runs: list[ProductionRun]) -> PrintPlan:
    return print_plan(fair, runs)


def said(plan: PrintPlan) -> list[str]:
    """Return a plan's steps in short."""
    lines = []
    for step in plan.steps:
        if isinstance(step, Load):
            lines.append(f"load {step.paper.colour} {step.sheets}")
        elif isinstance(step, Separate):
            lines.append(f"| {step.pile.name.split()[0]}")
        else:
            lines.append(f"{step.item} x{step.times} = {step.sheets}")
    return lines


def test_coloured_papers_come_first_and_white_last(plan: PrintPlan) -> None:
    """Piles are in packing order: box by box. What is the same for all has one at the end."""
    assert said(plan) == [
        "load yellow 51",
        "| Fruitvale",
        "what-postcard-2 x13 = 13",
        "| St.",
        "what-postcard-2 x13 = 13",
        "| Ashby",
        "what-postcard-2 x13 = 13",
        "| East",
        "contact-card-4 x8 = 8",
        "load pink 81",
        "| Fruitvale",
        "why-folder-3 x26 = 26",
        "| St.",
        "why-folder-3 x26 = 26",
        "| Ashby",
        "why-folder-3 x26 = 26",
        "load white 81",
        "| Fruitvale",
        "principles-1 x26 = 26",
        "| St.",
        "principles-1 x26 = 26",
        "| Ashby",
        "principles-1 x26 = 26",
    ]  # fmt: skip
    assert [step.number for step in plan.steps] == list(range(1, len(plan.steps) + 1))


def test_files_take_as_many_sheets_as_the_job_ticket_counts(
    plan: PrintPlan, runs: Sequence[ProductionRun]
) -> None:
    for one in runs:
        steps = [s for s in plan.printed if isinstance(s, Print) and s.item == one.item.id]
        assert sum(step.sheets for step in steps) == arithmetic.counted(one).sheets
        assert sum(step.pieces for step in steps) == arithmetic.counted(one).copies
    assert plan.sheets == sum(load.sheets for load in plan.loads)


def test_a_shops_items_are_left_out(fair: Event, runs: list[ProductionRun]) -> None:
    press = events.run(events.item(PROJECT, 9, "contact-card", SITES, {"en": 100}))
    assert print_plan(fair, [*runs, press]) == print_plan(fair, runs)
    assert print_plan(fair, [press]).steps == ()


def test_a_single_pile_has_no_separator(fair: Event) -> None:
    alone = print_plan(fair, [run(1, "contact-card", "yellow", up=10, personal=False)])
    assert said(alone) == ["load yellow 8", "contact-card-1 x8 = 8"]


def test_a_sites_tab_has_its_own_height_on_every_paper(plan: PrintPlan) -> None:
    tabs: dict[str, set[int]] = {}
    for step in plan.separators:
        tabs.setdefault(step.pile.name, set()).add(step.pile.tab)
    assert all(len(heights) == 1 for heights in tabs.values())
    assert len({min(heights) for heights in tabs.values()}) == len(tabs)


def test_what_is_the_same_for_all_says_who_gets_how_much(plan: PrintPlan) -> None:
    separator = next(step for step in plan.separators if step.pile.site is None)
    assert [(one.quantity, one.what) for one in separator.contents][1:] == [
        ("25", f"of these for {site.name}") for site in SITES
    ]
    assert separator.contents[0].quantity == "77"  # 75, and their spares rounded up once


def test_a_part_of_a_plan_keeps_its_numbers_and_loads_no_more_than_it_takes(
    plan: PrintPlan,
) -> None:
    pink = chosen(plan, Choice(only=("Pink",)))
    assert said(pink)[0] == "load pink 81"
    assert [step.number for step in pink.steps] == [s.number for s in plan.steps][9:16]
    ashby = chosen(plan, Choice(only=("site-1",)))
    assert [load.sheets for load in ashby.loads] == [14, 27, 27]
    assert said(chosen(plan, Choice(first=2))) == [
        "load yellow 28",
        "| Fruitvale",
        "what-postcard-2 x13 = 13",
        "| St.",
        "what-postcard-2 x13 = 13",
    ]
    assert said(chosen(plan, Choice(start=13, end=15))) == [
        "load pink 27",
        "| St.",
        "why-folder-3 x26 = 26",
    ]
    assert chosen(plan, Choice(only=("nobody",))).steps == ()


def test_a_name_that_means_nothing_is_told_with_the_nearest(plan: PrintPlan) -> None:
    (problem,) = unknown_choices(plan, Choice(only=("pinke", "yellow")))
    assert problem.code == "plan-only-unknown"
    assert problem.hint == 'did you mean "pink"?'


def test_what_is_printed_is_left_out_and_known_later(plan: PrintPlan, tmp_path: Path) -> None:
    first, second = [step for step in plan.printed if isinstance(step, Print)][:2]
    progress = read_progress(tmp_path).noted(first).noted(second, 5).written(tmp_path)
    assert read_progress(tmp_path) == progress
    left = chosen(plan, Choice(), progress)
    assert first not in left.steps
    assert second in left.steps
    assert progress.times_left(second) == 8
    # The other pile's separator is left out with its file; what was begun takes less paper.
    assert left.loads[0].sheets == 51 - 14 - 5
    order = order_for(second, tmp_path, progress)
    assert order is not None
    assert order.copies == 8
    assert order_for(first, tmp_path, progress) is None


def test_another_file_is_to_be_printed_again(fair: Event, runs: list[ProductionRun]) -> None:
    before = print_plan(fair, runs)
    piece = runs[0].finished[0]
    changed = piece._replace(file=piece.file._replace(sha256="0" * 64))
    after = print_plan(
        fair, [replace(runs[0], finished=(changed, *runs[0].finished[1:])), *runs[1:]]
    )
    keys = {step.key for step in before.printed}
    assert [s.item for s in after.printed if isinstance(s, Print) and s.key not in keys] == [
        "principles-1"
    ]


@pytest.mark.parametrize("text", ["", "[]", '{"sheets": {"a": "many"}}', '{"sheets": 4}', "{"])
def test_a_spoilt_record_is_as_none(text: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    assert read_progress(tmp_path) == PrintProgress()


def test_an_order_is_what_the_printer_needs_to_know(plan: PrintPlan, tmp_path: Path) -> None:
    separator, first = plan.separators[1], plan.printed[-1]
    order = order_for(separator, tmp_path)
    assert order is not None
    assert (order.pages, order.sides, order.copies) == ((2,), Sides.ONE, 1)
    assert (order.sheet, order.paper, order.is_black_only) == ("letter", "yellow", True)
    last = order_for(first, tmp_path)
    assert last is not None
    assert isinstance(first, Print)
    assert last.pdf == tmp_path / first.file.path
    assert (last.sides, last.copies, last.paper) == (Sides.LONG, 26, "white")
    card = next(s for s in plan.printed if isinstance(s, Print) and s.item == "contact-card-4")
    assert card.sides is Sides.SHORT


def test_minutes_are_by_sides(plan: PrintPlan) -> None:
    pink = chosen(plan, Choice(only=("pink",)))
    assert minutes(pink.steps, 30) == pytest.approx((3 * 26 * 2 + 3) / 30)
    assert minutes(pink.steps, None) is None


def test_the_plan_on_paper_says_what_the_screen_says(
    fair: Event, plan: PrintPlan, tmp_path: Path
) -> None:
    done = PrintProgress().noted(plan.printed[1])
    paper = printed(plan_document(fair, plan, PROJECT, done, speed=30), PROJECT)
    assert paper.problems == ()
    path = tmp_path / "plan.pdf"
    path.write_bytes(paper.pdf)
    text = " ".join(" ".join(read_aloud(path)).split())
    for part in ("Load yellow", "51 sheets", "Now load pink", "Now load white", "about", "2, 3"):
        assert part in text
    assert paper.pages == 1


def test_tabs_run_off_the_fore_edge_at_their_own_heights(fair: Event, plan: PrintPlan) -> None:
    html = separators_document(fair, plan, PROJECT)
    assert html is not None
    paper = printed(html, PROJECT)
    assert paper.problems == ()
    assert paper.pages == len(plan.separators)
    middles = []
    for picture in pictures(paper.pdf, 1.0):
        edge = picture.convert("L").crop((picture.width - 2, 0, picture.width - 1, picture.height))
        box = edge.point(lambda level: 255 if level < 90 else 0).getbbox()
        assert box is not None
        middles.append((box[1] + box[3]) / 2)
    tabs = [step.pile.tab for step in plan.separators]
    assert len(set(middles)) == len(set(tabs))
    assert [middles[n] for n, tab in enumerate(tabs) if tab == 0] == [middles[0]] * 3
    page = glyphs(paper.pdf)[0]
    assert max(glyph.size for glyph in page) > 60
