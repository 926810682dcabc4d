"""XJDF tickets, parsed back and held to the rules of the specification that concern them."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from hrcpub.events.manifest.event import Event, Item, ProductionRun
from hrcpub.events.paperwork.xjdf import NAMESPACE, xjdf
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.folds import FOLDS
from hrcpub.units import Size, points
from tests.shared import events
from tests.shared.project import ROOT

NMTOKEN = re.compile(r"[A-Za-z0-9._-]+")
NS = f"{{{NAMESPACE}}}"
SITES = tuple(events.site(number) for number in range(3))


def of(name: str, **changes: object) -> Item:
    return events.item(Project(Sources(ROOT)), 1, name, SITES, {"en": 25}, **changes)


def ticket(run: ProductionRun, folder: str = "") -> ElementTree.Element:
    event = events.event(SITES, (run.item,))
    return ElementTree.fromstring(xjdf(event, run, folder))


def intents(run: ProductionRun) -> dict[str, ElementTree.Element]:
    """Return the first product's intents by name."""
    product = ticket(run).find(f"{NS}ProductList/{NS}Product")
    return {one.get("Name"): one[0] for one in product.iter(f"{NS}Intent")}


def test_the_root_says_what_version_and_what_job_it_is() -> None:
    root = ticket(events.run(of("principles")))
    assert root.tag == f"{NS}XJDF"
    assert (root.get("Version"), root.get("Types")) == ("2.1", "Product")
    assert NMTOKEN.fullmatch(root.get("JobID"))
    assert NMTOKEN.fullmatch(root.get("JobPartID"))


def test_every_product_has_its_amount_and_its_file() -> None:
    """Part/@Product refers to Product/@ExternalID, an NMTOKEN (XJDF 2.1 table 6.4)."""
    root = ticket(events.run(of("principles")), "digital/principles-1")
    products = root.findall(f"{NS}ProductList/{NS}Product")
    assert [product.get("Amount") for product in products] == ["27"] * 3
    ids = [product.get("ExternalID") for product in products]
    assert len(set(ids)) == 3
    assert all(NMTOKEN.fullmatch(one) for one in ids)
    files = root.find(f"{NS}ResourceSet[@Name='RunList']")
    assert files.get("Usage") == "Input"
    found = {
        one.find(f"{NS}Part").get("Product"): one.find(f"{NS}RunList/{NS}FileSpec").get("URL")
        for one in files
    }
    assert found == {key: f"en/site-{at}.pdf" for at, key in enumerate(ids)}


def test_an_intent_holds_the_one_element_that_it_is_named_for() -> None:
    root = ticket(events.run(of("why-folder", fold="letter", caliper=points("0.1 mm"))))
    seen = 0
    for product in root.iter(f"{NS}Product"):
        names = [one.get("Name") for one in product]
        assert len(names) == len(set(names))
        for one in product:
            assert [child.tag for child in one] == [NS + one.get("Name")]
            seen += 1
    assert seen == 12


def test_each_printed_surface_has_its_colours() -> None:
    """A surface without SurfaceColor is not marked, and there is no "Both" (tables 4.20, 4.21)."""
    both = intents(events.run(of("principles")))["ColorIntent"]
    cmyk = "Cyan Magenta Yellow Black"
    assert [(one.get("Surface"), one.get("ColorsUsed")) for one in both] == [
        ("Front", cmyk),
        ("Back", cmyk),
    ]
    front = intents(events.run(of("principles"), sides=1, colours="black on yellow paper"))
    assert [one.attrib for one in front["ColorIntent"]] == [
        {"Surface": "Front", "ColorsUsed": "Black"}
    ]
    assert front["LayoutIntent"].get("Sides") == "OneSided"


def test_a_flat_piece_has_its_size_its_bleed_and_no_fold() -> None:
    found = intents(events.run(of("principles")))
    layout = found["LayoutIntent"]
    assert layout.get("FinishedDimensions") == "612 792 0"
    assert (layout.get("Bleed"), layout.get("Pages")) == ("9", "2")
    assert layout.get("Sides") == "TwoSidedHeadToHead"
    assert "FoldingIntent" not in found
    office = intents(events.run(events.office(of("principles"))))
    assert office["LayoutIntent"].get("Bleed") is None


def test_a_folded_piece_has_both_its_sizes_and_the_fold() -> None:
    found = intents(events.run(of("why-folder", fold="letter")))
    assert found["FoldingIntent"].attrib == {"FoldCatalog": "F6-4"}
    layout = found["LayoutIntent"]
    assert layout.get("FinishedDimensions") == "265.5 612 0"
    assert (layout.get("Dimensions"), layout.get("Pages")) == ("792 612", "6")


def test_every_fold_of_ours_has_its_place_in_the_catalogue() -> None:
    """A value is F, the pages, a hyphen and a number; the pages are the panels on both sides."""
    for name, fold in FOLDS.items():
        match = re.fullmatch(r"F(\d+)-\d+", fold.catalog)
        panels = fold.panels(Size(1000, 600), 4)
        # A French fold has a poster inside: as many pages as outside, though nobody folds by it.
        inside = 4 if name == "french" else len(panels.inside.panels)
        many = len(panels.outside.panels) + inside
        assert match
        assert int(match[1]) == many, name


def test_a_booklet_is_stitched_and_its_fold_goes_without_saying() -> None:
    """Folds that binding implies are not specified (§4.7); Pages is even (table 4.31)."""
    found = intents(events.run(of("harm-reduction")))
    assert found["BindingIntent"].attrib == {"BindingSide": "Left", "BindingType": "SaddleStitch"}
    assert "FoldingIntent" not in found
    assert found["LayoutIntent"].get("Pages") == "8"


def test_a_booklet_that_reads_from_the_right_is_bound_there() -> None:
    run = events.run(of("harm-reduction"))
    arabic = replace(run.item.materials[run.language], language="ar")
    item = replace(run.item, materials={run.language: arabic})
    assert intents(replace(run, item=item))["BindingIntent"].get("BindingSide") == "Right"


def test_stock_and_thickness_are_in_their_units() -> None:
    media = intents(events.run(of("principles", caliper=points("0.1 mm"))))["MediaIntent"]
    assert media.attrib == {
        "MediaQuality": "80 lb text, yellow",
        "MediaType": "Paper",
        "Thickness": "100",
    }


@pytest.mark.parametrize("wild", ["<b>&\"'", "Café ‹é›", "]]>"])
def test_what_people_wrote_is_text(wild: str) -> None:
    run = events.run(of("principles", stock=events.words(wild)))
    event: Event = replace(events.event(SITES, (run.item,)), name=events.words(wild))
    root = ElementTree.fromstring(xjdf(event, run))
    assert wild in root.get("DescriptiveName")
    assert root.find(f".//{NS}MediaIntent").get("MediaQuality") == wild


def test_the_same_run_gives_the_same_bytes() -> None:
    run = events.run(of("principles"))
    event = events.event(SITES, (run.item,))
    assert xjdf(event, run) == xjdf(event, events.run(of("principles")))
