"""What labels say: whose box it is, which of how many, and what is in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hrcpub.events.labels import address_labels, box_labels
from hrcpub.events.manifest.event import Event, Route
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from tests.shared import events
from tests.shared.events import words
from tests.shared.project import ROOT


@pytest.fixture(scope="module")
def fair() -> Event:
    """Two sites in a box, a site by itself, posters for the event."""
    project = Project(Sources(ROOT))
    sites = (events.site(0, box="east"), events.site(1, box="east"), events.site(2))
    cards = events.item(project, 1, "contact-card", sites, {"en": 25, "es": 10})
    sheets = events.office(events.item(project, 2, "principles", sites[:1], {"en": 100}))
    posters = events.item(project, 3, "principles-poster", (), {"en": 4})
    return events.event(sites, (cards, sheets, posters))


def test_each_box_has_a_label_with_its_number(fair: Event) -> None:
    labels = box_labels(fair)
    assert [(label.name, label.number) for label in labels] == [
        ("east", (1, 3)),
        ("St. Anthony’s Dining Room & Free Clinic", (2, 3)),
        ("East Bay Health Fair", (3, 3)),
    ]


def test_what_two_sites_of_a_box_get_is_counted_together(fair: Event) -> None:
    east = box_labels(fair)[0]
    assert [one.quantity for one in east.contents] == ["50", "20", "100"]
    assert east.contents[0].what.endswith(", English")
    assert [one.quantity for one in east.kinds] == ["70", "100"]
    assert east.total == "170 pieces"
    assert east.address == ("for Fruitvale Community Clinic and Ashby Library",)


def test_a_printers_boxes_are_those_of_its_packing_list(fair: Event) -> None:
    labels = box_labels(fair, "office")
    assert [(label.name, label.number) for label in labels] == [
        ("Fruitvale Community Clinic", (1, 1))
    ]
    assert labels[0].total == "100 pieces"


def test_one_language_is_not_told(fair: Event) -> None:
    (label,) = box_labels(fair, "office")
    assert "English" not in label.contents[0].what


def test_the_notes_say_when_it_is_there_and_opened(fair: Event) -> None:
    routed = replace(
        fair,
        delivery=replace(
            fair.delivery, routes={"east": Route(words("East Oakland"), words("Sam"))}
        ),
    )
    label = box_labels(routed)[0]
    assert label.name == "East Oakland"
    assert label.notes == (
        "East Bay Health Fair",
        "There by Wednesday, June 10",
        "Please open by Sunday, June 14",
        "Driver: Sam",
    )


def test_the_code_is_the_sites_address_or_says_which_box_it_is(fair: Event) -> None:
    east, single, own = box_labels(fair)
    assert single.code == "https://example.org/site/2"
    assert east.code == "East Bay Health Fair, 2026-06-14: east, box 1 of 3"
    assert own.code == "East Bay Health Fair, 2026-06-14: East Bay Health Fair, box 3 of 3"


def test_an_address_has_its_sites_row(fair: Event) -> None:
    labels = address_labels(fair, ["site-1"])
    assert [label.name for label in labels] == ["Ashby Library"]
    assert labels[0].source == fair.sites[1].source
    assert (labels[0].number, labels[0].code) == (None, None)
    assert len(address_labels(fair)) == 3


def test_quotes_are_those_of_print(fair: Event) -> None:
    typed = replace(fair.sites[0], name=words('Ann\'s "Place"'))
    (label,) = address_labels(replace(fair, sites=(typed,)))
    assert label.name == "Ann’s “Place”"
