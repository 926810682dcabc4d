"""What is to be made of an event, and what each file depends on: tables, with nothing made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from hrcpub.events.fulfil import plan
from hrcpub.events.fulfil.jobs import Shell, ShellJob
from hrcpub.events.manifest.event import Item, Logo, PageView, Partner, PieceFacts, Site
from hrcpub.files.project import Project
from hrcpub.files.sources import Reads, Sources
from hrcpub.problems import Source
from hrcpub.project.printers import HOUSE, Printer
from hrcpub.project.words import Words
from hrcpub.units import Size
from tests.shared import events
from tests.shared.events import site, words
from tests.shared.project import ROOT

SITES = (site(0), site(1), site(2))
SHOP = Printer("digital", "a copy shop")
LOGO = Logo("materials/images/van.png", "A van", "0" * 64, 60, 40)
FACTS = PieceFacts(
    pages=2, sides=2, flat=Size(612, 792), finished=Size(612, 792), up=1, sheets=1, flip="long",
    note=None, colours="black", place=PageView(1, (0.0, 0.0, 120.0, 40.0)),
)  # fmt: skip


@pytest.fixture(scope="module")
def item() -> Item:
    """Return a material for three sites, in two languages."""
    quantities = {"en": 25, "es": 10}
    return events.item(Project(Sources(ROOT)), 1, "principles", SITES, quantities)


AREA = Size(120, 40)  # of an imprint


def shell(template: bytes = b"template", area: Size | None = AREA, digest: str = "d1") -> Shell:
    job = ShellJob("principles", "press")
    return Shell(job, b"%PDF", template, area, FACTS, digest, (), Reads(), "t1" if template else "")


def planned(item: Item, of: Shell | None = None, **changes: Any) -> plan.Batch:
    event = events.event(item.sites, (item,), **changes)
    return plan.batch_of(plan.PrintedSites(event), item, "en", of or shell(), "environment")


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"edition": "office", "printer": HOUSE}, "principles.office"),
        ({"edition": "office", "printer": SHOP}, "principles.office"),  # printed where it is made
        ({"edition": "screen", "printer": SHOP}, "principles.screen"),
        ({"edition": "press", "printer": HOUSE}, "principles.press"),
        ({"edition": "press", "printer": SHOP}, "principles.press.digital"),
        (
            {"edition": "press", "printer": SHOP, "scheme": "cards"},
            "principles.press.digital.cards",
        ),
        ({"edition": "office", "printer": HOUSE, "scheme": "n-up"}, "principles.office.n-up"),
    ],
)
def test_a_shell_is_of_a_material_an_edition_and_a_shop_that_asks_for_something(
    item: Item, changes: dict[str, Any], name: str
) -> None:
    assert plan.shell_job(replace(item, **changes), "en").name == name


@pytest.mark.parametrize(
    ("edition", "folder"),
    [("press", "digital/principles-1/"), ("office", "office/principles-1/"),
     ("screen", "screen/principles-1/"), ("large-print", "large-print/principles-1/")],
)  # fmt: skip
def test_files_lie_with_who_prints_them(item: Item, edition: str, folder: str) -> None:
    assert plan.under(replace(item, edition=edition)) == folder


def test_each_site_has_a_copy_in_packing_order(item: Item) -> None:
    batch = planned(item)
    assert [copy.path for copy in batch.pieces] == [
        f"digital/principles-1/en/site-{number}.pdf" for number in range(3)
    ]
    assert [copy.site for copy in batch.pieces] == list(SITES)
    assert [copy.job is not None for copy in batch.pieces] == [True] * 3
    assert len({copy.key for copy in batch.pieces}) == 3
    assert batch.run_path == "digital/principles-1/principles-1-en-run.pdf"


ALONE: dict[str, tuple[dict[str, Any], Shell]] = {
    "no sites": ({"sites": ()}, shell()),
    "no place for an imprint": ({}, shell(area=None)),
}


@pytest.mark.parametrize("name", ALONE)
def test_what_is_the_same_for_everybody_is_made_once(item: Item, name: str) -> None:
    changes, of = ALONE[name]
    (only,) = planned(replace(item, **changes), of).pieces
    assert (only.path, only.site, only.job) == (
        "digital/principles-1/principles-1-en.pdf", None, None,
    )  # fmt: skip


RUNS: dict[str, tuple[dict[str, Any], Shell, bool]] = {
    "several copies": ({}, shell(), True),
    "one copy": ({"sites": SITES[:1]}, shell(), False),
    "no sites": ({"sites": ()}, shell(), False),
    "typeset whole for each": ({}, shell(template=b""), False),
}


@pytest.mark.parametrize("name", RUNS)
def test_copies_that_are_joined_have_a_file_of_all(item: Item, name: str) -> None:
    changes, of, has_run = RUNS[name]
    assert (planned(replace(item, **changes), of).run_path is not None) == has_run


# --- What a copy depends on ----------------------------------------------------------------------


def moved(text: Words) -> Words:
    """Return the same words from another row of the table."""
    return replace(text, source=Source("materials/sites.csv", 99, 9))


FIRST = SITES[0]
SAME: dict[str, Callable[[Site], Site]] = {
    "another row": lambda first: replace(first, name=moved(first.name), source=Source("s.csv", 9)),
    "another parcel": lambda first: replace(first, box="B"),
    "another id": lambda first: replace(first, id="other"),
}
OTHER: dict[str, Callable[[Site], Site]] = {
    "name": lambda first: replace(first, name=words("Another")),
    "a line of the address": lambda first: replace(
        first, lines=(words("1 Street"), first.lines[1])
    ),
    "lines in another order": lambda first: replace(first, lines=first.lines[::-1]),
    "a line fewer": lambda first: replace(first, lines=first.lines[:1]),
    "hours": lambda first: replace(first, hours=words("Mon–Fri 9–6")),
    "no hours": lambda first: replace(first, hours=None),
    "telephone": lambda first: replace(first, tel=words("(510) 555-0199")),
    "hours for a telephone": lambda first: replace(first, hours=first.tel, tel=first.hours),
    "web address": lambda first: replace(first, url=words("https://example.org/other")),
    "no web address": lambda first: replace(first, url=None),
    "a logo": lambda first: replace(first, logo=LOGO),
}


def key(item: Item, of: Site = FIRST, **changes: Any) -> str:
    """Return the key of a site's copy."""
    return planned(replace(item, sites=(of, SITES[1])), **changes).pieces[0].key


@pytest.mark.parametrize("name", SAME)
def test_a_copy_stays_where_its_imprint_does(item: Item, name: str) -> None:
    assert key(item, SAME[name](FIRST)) == key(item)


@pytest.mark.parametrize("name", OTHER)
def test_a_copy_is_made_anew_where_its_imprint_changes(item: Item, name: str) -> None:
    assert key(item, OTHER[name](FIRST)) != key(item)


def test_a_copy_is_made_anew_where_its_shell_or_the_programs_change(item: Item) -> None:
    event = events.event(item.sites, (item,))
    keys = {
        plan.batch_of(plan.PrintedSites(event), item, "en", shell(digest=digest), environment)
        .pieces[0]
        .key
        for digest, environment in [("d1", "e1"), ("d2", "e1"), ("d1", "e2")]
    }
    assert len(keys) == 3


def test_a_site_without_a_logo_has_the_first_partners_that_has_one(item: Item) -> None:
    other = replace(LOGO, path="materials/images/other.png")
    partners = (Partner(words("A"), None), Partner(words("B"), LOGO), Partner(words("C"), other))
    event = events.event(item.sites, (item,), partners=partners)
    assert plan.details(FIRST, event, "en").logo == LOGO
    assert plan.details(replace(FIRST, logo=other), event, "en").logo == other
    assert plan.details(FIRST, events.event(item.sites, (item,)), "en").logo is None
    assert key(item, partners=partners) != key(item)


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Ann’s “Place”"), ("es", "Ann’s “Place”"), ("fr", "Ann’s «\u202fPlace\u202f»")],
)
def test_a_site_is_quoted_in_the_language_of_the_piece(language: str, name: str) -> None:
    of = replace(FIRST, name=words('Ann\'s "Place"'))
    assert plan.details(of, events.event((of,), ()), language).name.text == name


# --- The file of all copies ----------------------------------------------------------------------


def run(item: Item, *missing: int) -> Any:
    """Return the job of an item's run file, and its key, where some sites' copies are missing."""
    batch = planned(item)
    there = [copy.path for number, copy in enumerate(batch.pieces) if number not in missing]
    return plan.run_job(batch, dict.fromkeys(there, object()))


def test_a_run_holds_what_was_made_in_packing_order(item: Item) -> None:
    job, whole = run(item)
    assert [site.id for site in job.sites] == ["site-0", "site-1", "site-2"]
    assert job.separators == ()
    assert job.repeats == (27, 27, 27)  # with spares: it is printed once
    job, part = run(item, 1)
    assert [site.id for site in job.sites] == ["site-0", "site-2"]
    assert part != whole
    assert run(item, 0, 1, 2) is None
    assert run(replace(item, sites=SITES[:1])) is None


def test_a_runs_separators_name_each_site_and_its_quantity(item: Item) -> None:
    job, with_separators = run(replace(item, has_separators=True), 0)
    assert job.separators == tuple(
        (
            site.name.text,
            "25",
            "Principles sheet, English",
            "principles-1 · separator sheet, on white paper",
        )
        for site in SITES[1:]
    )
    more = replace(item, has_separators=True, quantities={"en": 26, "es": 10})
    keys = {with_separators, run(item, 0)[1], run(more, 0)[1]}
    assert len(keys) == 3


def test_sites_worked_out_once_are_those_worked_out_for_each_item(item: Item) -> None:
    """Also where another site has the same id, as after a change of the table."""
    event = events.event(item.sites, (item,), partners=(Partner(words("P"), LOGO),))
    sites = plan.PrintedSites(event)
    for language in ("en", "es", "en"):
        alone = plan.batch_of(plan.PrintedSites(event), item, language, shell(), "environment")
        assert plan.batch_of(sites, item, language, shell(), "environment") == alone
    known = sites.of(FIRST, "en")
    assert sites.of(FIRST, "en")[0] is known[0]
    other = replace(FIRST, name=words("Another"))
    assert sites.of(other, "en") == (plan.details(other, event, "en"), sites.of(other, "en")[1])
    assert sites.of(other, "en")[1] != known[1]
