"""Labels on their sheets, as other programs see the PDF: each inside of its die-cut edge."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp

from hrcpub.events.labels import (
    LabelOrder,
    LabelWords,
    address_labels,
    box_labels,
    label_document,
    sheets_for,
)
from hrcpub.events.labels.sheets import area_of
from hrcpub.events.manifest.event import Event
from hrcpub.events.paperwork import PrintedPaper, printed
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.label_sheets import LabelSheet, read_label_sheets
from tests.shared import events
from tests.shared.pages import glyphs, judge, pictures
from tests.shared.project import ROOT

PROJECT = Project(Sources(ROOT))
SHEETS = read_label_sheets(PROJECT.sources)
SCALE = 3.0  # pixels to the point
SLACK = 1.2  # points: PDFium rounds the boxes of letters of 80 pt


@pytest.fixture(scope="module")
def fair() -> Event:
    sites = tuple(events.site(number) for number in range(5))
    cards = events.item(PROJECT, 1, "contact-card", sites, {"en": 25})
    return events.event(sites, (cards,))


def sheets(event: Event, words: tuple[LabelWords, ...], order: LabelOrder) -> PrintedPaper:
    paper = printed(label_document(event, words, order, PROJECT), PROJECT)
    assert paper.problems == ()
    return paper


def used(sheet: LabelSheet, letters: list[tuple[float, float, float, float]]) -> set[int]:
    """Return the labels that letters stand on, from 1; fail where one is not inside of any."""
    _, aside, above = area_of(sheet)
    found = set()
    for left, bottom, right, top in letters:
        high, deep = sheet.size.height - top, sheet.size.height - bottom
        for number, place in enumerate(sheet.places, 1):
            is_right = place.left + aside - SLACK <= left
            is_left = right <= place.left + sheet.label.width - aside + SLACK
            is_low = place.top + above - SLACK <= high
            is_high = deep <= place.top + sheet.label.height - above + SLACK
            if is_right and is_left and is_low and is_high:
                found.add(number)
                break
        else:
            pytest.fail(f"a letter at {left:.1f}, {high:.1f} is on no label")
    return found


def test_each_letter_is_inside_of_its_label_and_the_sheet_is_sound(
    fair: Event, tmp_path: Path
) -> None:
    order = LabelOrder(SHEETS["5163"])
    paper = sheets(fair, box_labels(fair), order)
    path = tmp_path / "labels.pdf"
    path.write_bytes(paper.pdf)
    judge("qpdf", "--check", path)
    assert "612 x 792 pts (letter)" in judge("pdfinfo", path)
    (page,) = glyphs(path)
    assert used(order.sheet, [glyph.ink for glyph in page]) == {1, 2, 3, 4, 5}


def test_an_a4_sheet_is_a4_in_a_letter_project(fair: Event, tmp_path: Path) -> None:
    order = LabelOrder(SHEETS["l7160"], start=20)
    paper = sheets(fair, address_labels(fair), order)
    path = tmp_path / "labels.pdf"
    path.write_bytes(paper.pdf)
    assert "(A4)" in judge("pdfinfo", path)
    first, second = glyphs(path)
    assert used(order.sheet, [glyph.ink for glyph in first]) == {20, 21}
    assert used(order.sheet, [glyph.ink for glyph in second]) == {1, 2, 3}


def test_each_label_comes_as_often_as_it_is_asked_for(fair: Event) -> None:
    order = LabelOrder(SHEETS["5164"], start=6, each=2)
    assert sheets_for(5, order) == 3
    paper = sheets(fair, box_labels(fair), order)
    counts = [len(used(order.sheet, [g.ink for g in page])) for page in glyphs(paper.pdf)]
    assert counts == [1, 6, 3]


def test_the_codes_are_read_from_a_scan_of_the_sheet(fair: Event) -> None:
    paper = sheets(fair, box_labels(fair), LabelOrder(SHEETS["5163"]))
    (picture,) = pictures(paper.pdf, SCALE)
    found = {code.text for code in zxingcpp.read_barcodes(picture.convert("L"))}
    assert found == {f"https://example.org/site/{number}" for number in range(5)}


def test_outlines_are_the_edges_of_the_labels_and_nothing_else_changes(fair: Event) -> None:
    sheet = SHEETS["5164"]
    bare = sheets(fair, box_labels(fair), LabelOrder(sheet))
    proof = sheets(fair, box_labels(fair), LabelOrder(sheet, outlines=True))
    assert [g.ink for g in glyphs(bare.pdf)[0]] == [g.ink for g in glyphs(proof.pdf)[0]]
    (plain,), (drawn,) = pictures(bare.pdf, SCALE), pictures(proof.pdf, SCALE)
    for place in sheet.places:
        middle = round((place.top + sheet.label.height / 2) * SCALE)
        left = round(place.left * SCALE)
        edge = (left - 2, middle, left + 4, middle + 1)
        assert drawn.convert("L").crop(edge).getextrema()[0] < 160  # type: ignore[operator]
        assert plain.convert("L").crop(edge).getextrema() == (255, 255)
