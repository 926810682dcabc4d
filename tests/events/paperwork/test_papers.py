"""Tickets, packing lists and contact sheets: what stands on them, where, and nothing lost."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pypdfium2
import pytest
from PIL import Image

from hrcpub.events.fulfil.letters import ImprintLetters
from hrcpub.events.manifest.event import Delivery, Event, Item, ProductionRun, Route
from hrcpub.events.paperwork import (
    Letters,
    Missing,
    Printed,
    PrintedPaper,
    Printing,
    Thumb,
    bound,
    contact_document,
    counted,
    files_csv,
    print_contact_sheet,
    print_packing_list,
    printed,
    ticket_document,
)
from hrcpub.events.paperwork.contact_sheet import dimensions, pages_grid
from hrcpub.events.paperwork.manifest_json import indented, manifest_json
from hrcpub.events.paperwork.missing import told
from hrcpub.events.paperwork.packing_list import packed, packing_list
from hrcpub.events.paperwork.ticket_facts import _grounds, _rests
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html
from hrcpub.problems import HrcpubError, Source
from hrcpub.project.edition import MARGIN
from hrcpub.project.material import read_material
from hrcpub.project.references import Reference
from hrcpub.project.reviewed import RoleReview
from hrcpub.project.words import Words
from hrcpub.units import Size
from tests.shared import events
from tests.shared.events import SHOP
from tests.shared.pages import ink, judge, pictures, read_aloud
from tests.shared.project import ROOT

SOURCES = Sources(ROOT)
WILD = "<b>Bold</b> & “Söhne” {{ event }} %s"
Read = Callable[[PrintedPaper], list[str]]


def paper(documents: list[Html], project: Project) -> PrintedPaper:
    """Return documents as one paper: printed one by one, and bound."""
    return bound([printed(document, project) for document in documents])


def list_of(
    event: Event,
    runs: list[ProductionRun],
    project: Project,
    items: Iterable[Item] | None = None,
    fronts: dict[tuple[int, str], bytes] | None = None,
) -> PrintedPaper:
    """Return a packing list, each document printed when it is asked for."""
    return finished(print_packing_list(packing_list(event, runs, items, fronts), project), project)


def finished(printing: Printing, project: Project, asked: list[Html] | None = None) -> PrintedPaper:
    """Print what a paper asks for, until it is whole; `asked` gets all of it."""
    results = None
    while True:
        try:
            documents = printing.send(cast(list[Printed], results))
        except StopIteration as end:
            return cast(PrintedPaper, end.value)
        if asked is not None:
            asked += documents
        results = [_printed(document, project) for document in documents]


def _printed(document: Html, project: Project) -> Printed:
    try:
        return printed(document, project)
    except HrcpubError as error:
        return error


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return what gives each page's text by poppler, white space made single."""

    def pages(paper: PrintedPaper) -> list[str]:
        path = tmp_path / "paper.pdf"
        path.write_bytes(paper.pdf)
        judge("qpdf", "--check", path)
        found = [" ".join(text.split()) for text in read_aloud(path)]
        assert len(found) == paper.pages
        return found

    return pages


@pytest.fixture(scope="module")
def fair() -> tuple[Event, list[ProductionRun]]:
    return events.small(SOURCES)


@pytest.fixture(scope="module")
def ticket(opened: Project, fair: tuple[Event, list[ProductionRun]]) -> PrintedPaper:
    return paper([ticket_document(*fair, opened)], opened)


@pytest.fixture(scope="module")
def packing(opened: Project, fair: tuple[Event, list[ProductionRun]]) -> PrintedPaper:
    return list_of(*fair, opened)


@pytest.fixture(scope="module")
def opened() -> Project:
    return Project(SOURCES)


def close(text: str) -> str:
    return text.replace(" ", "")


# --- The job ticket ------------------------------------------------------------------------------


def test_a_ticket_says_who_what_when_and_where(ticket: PrintedPaper, read: Read) -> None:
    first = read(ticket)[0]
    assert "INCOMPLETE" not in first
    for words in (
        "Job ticket",
        "East Bay Health Fair",
        "Due Wednesday",
        "June 10, 2026",
        "a copy shop with a digital press",
        "1440 Broadway",
        "dana@example.org",
        "What Is Harm Reduction?",
        "P1, revision 1, 2026-11-22",
        "8.5 × 11 in (216 × 279 mm)",
        "80 lb text, yellow",
        "CMYK",
        "printed on both sides",
        "Approved to print",
        "Dana Okafor, Harm Reduction Coalition",
    ):
        assert words in first, words


def test_a_long_date_has_one_line(
    fair: tuple[Event, list[ProductionRun]], opened: Project, read: Read, tmp_path: Path
) -> None:
    event, runs = fair
    delivery = replace(event.delivery, due=datetime.date(2026, 9, 30))
    late = replace(event, delivery=delivery)
    read(paper([ticket_document(late, runs, opened)], opened))
    assert "September 30, 2026" in read_aloud(tmp_path / "paper.pdf")[0]


def test_a_ticket_says_who_reviewed_words_and_what_they_rest_on(opened: Project) -> None:
    overdose = read_material(opened, "overdose")
    day = datetime.date(2026, 11, 28)
    review = RoleReview("medicine", "Ana Ruiz", day, "a nurse", {})
    words = Words("Lakeside", Source("sources.yaml"))
    sources = tuple(
        Reference(id, words, words, Source(), words, day, datetime.date(2027, month, 2))
        for id, month in (("a", 9), ("b", 5))
    )
    material = replace(overdose, reviews=(review,), references=sources)
    assert _rests(material) == "2 sources (Lakeside), good until May 2, 2027"
    assert _rests(overdose) == ""
    run = SimpleNamespace(language="en", item=SimpleNamespace(materials={"en": material}))
    assert dict(_grounds([cast(ProductionRun, run)])) == {
        "Reviewed": "by Ana Ruiz (medicine, 2026-11-28)",
        "Rests on": _rests(material),
    }


def test_a_ticket_for_ones_own_printer_is_headed_as_its_folder_is(
    fair: tuple[Event, list[ProductionRun]], opened: Project, read: Read
) -> None:
    event, runs = fair
    ours = [replace(run, item=events.office(run.item)) for run in runs]
    first = read(paper([ticket_document(event, ours, opened)], opened))[0]
    assert "office" in first
    assert "house" not in first
    assert "no print shop" not in first


def test_a_ticket_tells_what_is_missing_of_its_own_printer_and_how_much_elsewhere(
    fair: tuple[Event, list[ProductionRun]], opened: Project, read: Read
) -> None:
    event, runs = fair
    missing = [
        Missing("Left out. sites.csv, line 4: it has no name"),
        *(Missing(f"Not made: digital/a/en/{number}.pdf", "digital") for number in range(9)),
        Missing("Not made: office/b/en/1.pdf", "office"),
    ]
    (first, *others) = read(paper([ticket_document(event, runs, opened, missing)], opened))
    assert "INCOMPLETE Left out. sites.csv, line 4: it has no name Not made: digital" in first
    assert "digital/a/en/4.pdf and 4 more At other printers 1 thing is missing." in first
    assert all("INCOMPLETE · East Bay" in page for page in others)
    assert told(missing[-1:], "digital") == [
        "All files of this printer are here. At other printers 1 thing is missing."
    ]


def test_a_ticket_counts_with_and_without_spares(ticket: PrintedPaper, read: Read) -> None:
    first = read(ticket)[0]
    assert "English rev. 1, 2026-11-22 50 8 400 424 2" in first
    assert "Vietnamese rev. 1, 2026-11-22 10 8 80 88 2" in first
    assert "All together 4,088" in first


def test_a_ticket_has_every_file_with_the_beginning_of_its_digest(
    ticket: PrintedPaper, fair: tuple[Event, list[ProductionRun]], read: Read
) -> None:
    text = close("".join(read(ticket)))
    files = [piece.file for run in fair[1] for piece in run.finished]
    files += [run.file for run in fair[1] if run.file]
    assert len(files) == 6 * 9
    for file in files:
        assert close(file.path) in text
        assert file.sha256[:12] in text


def test_a_ticket_says_on_which_page_files_are_listed(ticket: PrintedPaper, read: Read) -> None:
    pages = read(ticket)
    assert "A file for each site: English 8 files (page 3)" in pages[0]
    assert "1 Principles sheet, English" in pages[2]


def test_a_ticket_says_how_a_piece_is_folded(ticket: PrintedPaper, read: Read) -> None:
    text = " ".join(read(ticket))
    assert "letter fold (C): two folds inwards" in text
    assert "3.688 × 8.5 in (94 × 216 mm)" in text  # folded
    assert "11 × 8.5 in (279 × 216 mm)" in text  # flat


def test_every_page_is_numbered_of_all(
    ticket: PrintedPaper, packing: PrintedPaper, read: Read
) -> None:
    for printed_paper in (ticket, packing):
        pages = read(printed_paper)
        for number, text in enumerate(pages, 1):
            assert f"{number} of {len(pages)}" in text


def test_the_office_is_told_sheets_reams_and_how_to_print(opened: Project, read: Read) -> None:
    sites = tuple(events.site(number) for number in range(8))
    card = events.office(events.item(opened, 1, "contact-card", sites, {"en": 500}))
    copier = replace(SHOP, name="copier", about="beside the stairs")
    sheet = events.item(opened, 2, "principles", sites[:1], {"en": 100}, has_separators=True)
    sheet = replace(events.office(sheet), stock=events.words("20 lb bond"), printer=copier)
    runs = [
        events.run(card, up=10, note="print two-sided on light blue paper"),
        replace(events.run(sheet), file=events.finished("office/run.pdf")),
    ]
    ticket = ticket_document(events.event(sites, (card, sheet)), runs, opened)
    text = " ".join(read(paper([ticket], opened)))
    assert "Printer office copier: beside the stairs" in text
    # 525 cards each are 53 sheets; what is of another stock is another ream.
    assert "80 lb text, yellow 2 × 3.5 in (51 × 89 mm) 1 424 1" in text
    assert "20 lb bond 8.5 × 11 in (216 × 279 mm) 2 105 1" in text
    assert "white, for separator sheets 8.5 × 11 in (216 × 279 mm) 2 1 1" in text
    assert "525 pieces, 10 to a sheet 53 × 2" in text.replace(" office/", "")
    assert "At the printer: print two-sided on light blue paper" in text
    assert "cut apart, 10 to a sheet" in text
    assert "on the long edge" in text


def test_few_files_stand_in_the_items_block(opened: Project, read: Read) -> None:
    sheet = events.item(opened, 1, "principles", (), {"en": 25, "es": 10})
    runs = [events.run(sheet, language) for language in ("en", "es")]
    ticket = ticket_document(events.event((), (sheet,)), runs, opened)
    text = " ".join(read(paper([ticket], opened)))
    assert "listed" not in text
    assert all(run.finished[0].file.sha256[:12] in close(text) for run in runs)


def test_thousands_of_files_are_left_to_a_table(opened: Project, read: Read) -> None:
    sites = tuple(events.site(number) for number in range(1001))
    sheet = events.item(opened, 1, "principles", sites)
    ticket = ticket_document(events.event(sites, (sheet,)), [events.run(sheet)], opened)
    (page,) = read(paper([ticket], opened))
    assert "English 1,001 files: each 27 ×, listed in files.csv" in page
    assert "run file, to look through: one copy for each of 1,001 sites" in page
    assert "Print the run file once" not in page


def test_a_ticket_names_the_sites_that_get_another_number_than_most(
    opened: Project, read: Read
) -> None:
    sites = tuple(
        replace(events.site(number), counts=(("copies", 10),) if number in (3, 7) else ())
        for number in range(201)
    )
    sheet = events.item(opened, 1, "principles", sites)
    run = events.run(sheet)
    ticket = ticket_document(events.event(sites, (sheet,)), [run], opened)
    (page,) = read(paper([ticket], opened))
    assert "English 201 files: each 27 ×; but 11 × site-3, site-7, listed in files.csv" in page
    assert "Print the run file once, or each other file as often as it says: not both." in page
    rows = list(csv.DictReader(io.StringIO(files_csv([run], "digital/").decode("utf-8-sig"))))
    assert [row["print"] for row in rows].count("27") == 199
    assert (rows[3]["file"], rows[3]["print"]) == ("principles-1/en/site-3.pdf", "11")


# --- The packing list ----------------------------------------------------------------------------


def test_each_site_has_a_page_with_its_address_and_what_it_gets(
    packing: PrintedPaper, read: Read
) -> None:
    pages = read(packing)
    assert len(pages) == 8
    for number, text in enumerate(pages, 1):
        assert f"{number} of 8" in text
        assert f"{100 + 37 * (number - 1)} International Boulevard" in text
        assert "What Is Harm Reduction? P1, rev. 1 · principles-1 Vietnamese 10" in text
        assert "Pieces 485" in text  # without spares


def test_sites_that_share_a_box_are_listed_one_under_the_other(opened: Project, read: Read) -> None:
    sites = (events.site(0, box="Van 1"), events.site(1), events.site(2, box="Van 1"))
    sheet = events.item(opened, 1, "principles", sites)
    event = events.event(sites, (sheet,))
    made = list_of(event, [events.run(sheet)], opened)
    pages = read(made)
    assert len(pages) == 2
    assert "Box 1 of 2 Van 1 for 2 sites" in pages[0]
    assert pages[0].index(events.NAMES[0]) < pages[0].index(events.NAMES[2])
    assert "In the box: 50" in pages[0]
    assert events.NAMES[1] in pages[1]


def test_a_box_is_headed_by_its_routes_name_and_names_who_drives_it(
    opened: Project, read: Read
) -> None:
    sites = (events.site(0, box="east"), events.site(1, box="east"), events.site(2, box="alone"))
    sheet = events.item(opened, 1, "principles", sites)
    routes = {
        "east": Route(events.words("East Oakland"), events.words("Sam")),
        "alone": Route(events.words("Not a site's name"), None),
    }
    delivery = Delivery(datetime.date(2026, 6, 10), (), None, routes)
    event = events.event(sites, (sheet,), delivery=delivery)
    shared, own = packed(event, [events.run(sheet)])
    assert (shared.name, shared.driver) == ("East Oakland", "Sam")
    assert (own.name, own.driver) == (events.NAMES[2], None)  # one site's box has its name
    made = list_of(event, [events.run(sheet)], opened)
    first = read(made)[0]
    assert "East Oakland" in first
    assert "Driver: Sam" in first


def test_the_upper_half_of_a_boxs_page_is_its_label(opened: Project) -> None:
    """What is packed begins below the middle of the sheet, where the page is folded."""
    sites = (events.site(0), events.site(1))
    sheet = events.item(opened, 1, "principles", sites)
    event = events.event(sites, (sheet,))
    made = list_of(event, [events.run(sheet)], opened)
    document = pypdfium2.PdfDocument(made.pdf)
    for page in document:
        text = page.get_textpage()
        upper = text.get_text_bounded(bottom=396)
        lower = text.get_text_bounded(top=396)
        assert "International Boulevard" in upper
        assert "Pieces" not in upper
        assert "Pieces" in lower
    document.close()


def test_pieces_of_one_title_are_told_apart_by_their_kind_and_their_picture(
    opened: Project, read: Read
) -> None:
    sites = (events.site(0),)
    items = tuple(
        events.item(opened, n, name, sites)
        for n, name in enumerate(("principles", "what-postcard", "harm-reduction"), 1)
    )
    event, runs = events.event(sites, items), [events.run(one) for one in items]
    fronts = {(2, "en"): png(40, 30)}
    packing, asked = packing_list(event, runs, items, fronts), list[Html]()
    text = read(finished(print_packing_list(packing, opened), opened, asked))[0]
    for kind in ("Principles sheet", "Postcard", "Booklet"):
        assert f"{kind} What Is Harm Reduction?" in text
    assert {name for html in asked for name in html.pictures} == {"front-2-en.png"}


def test_what_was_not_made_stands_in_its_box_as_missing(opened: Project, read: Read) -> None:
    sites = (events.site(0), events.site(1))
    items = tuple(
        events.item(opened, n, name, sites)
        for n, name in enumerate(("principles", "contact-card"), 1)
    )
    event = events.event(sites, items)
    run = events.run(items[0])
    run = replace(run, finished=run.finished[:1])
    made = list_of(event, [run], opened, items)
    pages = read(made)
    assert pages[0].count("not made") == 2  # the card, and what the total says of it
    assert "English not made" in pages[1]
    assert "Pieces, without what was not made 0" in pages[1]


def test_what_is_for_the_event_itself_has_a_box_at_the_end(opened: Project) -> None:
    sites = (events.site(0),)
    own = events.item(opened, 2, "contact-card", ())
    event = events.event(sites, (events.item(opened, 1, "principles", sites), own))
    boxes = packed(event, [events.run(one) for one in event.items])
    assert [box.name for box in boxes] == [events.NAMES[0], "East Bay Health Fair"]
    assert boxes[1].parts[0].lines[0].quantity == 25


def test_a_site_that_gets_nothing_has_no_box(opened: Project) -> None:
    sites = (events.site(0), events.site(1))
    sheet = events.item(opened, 1, "principles", sites[:1])
    assert len(packed(events.event(sites, (sheet,)), [events.run(sheet)])) == 1


@pytest.mark.parametrize(("asked", "codes"), [(2, []), (3, ["boxes-differ"]), (None, [])])
def test_another_number_of_boxes_than_asked_for_is_told(
    opened: Project, asked: int | None, codes: list[str]
) -> None:
    sites = (events.site(0), events.site(1))
    sheet = events.item(opened, 1, "principles", sites)
    delivery = Delivery(datetime.date(2026, 6, 10), (), asked)
    event = events.event(sites, (sheet,), delivery=delivery)
    problems = packing_list(event, [events.run(sheet)]).problems
    assert [problem.code for problem in problems] == codes


def test_the_pages_of_each_box_are_counted_for_itself(opened: Project, read: Read) -> None:
    sites = (events.site(0), events.site(1))
    items = tuple(events.item(opened, n, "principles", sites) for n in range(1, 31))
    event = events.event(sites, items)
    runs = [events.run(one) for one in items]
    pages = read(list_of(event, runs, opened))
    assert len(pages) == 4
    assert all(f"Fair {1 + number % 2} of 2" in text for number, text in enumerate(pages))


@pytest.mark.slow
def test_a_box_of_many_items_goes_on_with_its_head_and_its_name(
    opened: Project, read: Read
) -> None:
    sites = (events.site(0),)
    items = tuple(events.item(opened, n, "principles", sites) for n in range(1, 61))
    event = events.event(sites, items)
    made = list_of(event, [events.run(one) for one in items], opened)
    pages = read(made)
    assert len(pages) > 1
    for text in pages[1:]:
        assert events.NAMES[0] in text
        assert "Item Language Pieces" in text
    rows = pages[-1].count("principles-")
    assert rows >= 2, "no row stands alone"


def asked_of(event: Event, opened: Project) -> list[Html]:
    """Return all documents that a packing list is made of."""
    runs, asked = [events.run(one) for one in event.items], list[Html]()
    finished(print_packing_list(packing_list(event, runs), opened), opened, asked)
    return asked


def test_boxes_with_the_same_things_are_set_once_however_many_there_are(opened: Project) -> None:
    counts = []
    for many in (2, 8):
        sites = tuple(events.site(number) for number in range(many))
        sheet = events.item(opened, 1, "principles", sites)
        counts.append(len(asked_of(events.event(sites, (sheet,)), opened)))
    assert counts == [4, 4]  # figures, of how many, a frame, labels


def test_one_more_box_leaves_what_others_are_set_of(opened: Project) -> None:
    sites = tuple(
        replace(events.site(0), id=f"site-{number}", name=events.words(f"Site {number}"))
        for number in range(90)
    )
    texts = []
    for some in (sites[1:], sites):
        sheet = events.item(opened, 1, "principles", some)
        texts.append({html.text for html in asked_of(events.event(some, (sheet,)), opened)})
    assert len(texts[0] & texts[1]) == len(texts[1]) - 1  # of how many it is
    assert len(texts[1]) == 5  # that, figures, a frame, how labels are set, their shape


def test_nothing_is_said_of_how_full_a_papers_last_page_is(opened: Project) -> None:
    """What has problems is not kept, so that labels would be set anew in each build."""
    sites = tuple(events.site(number) for number in range(8))
    sheet = events.item(opened, 1, "principles", sites)
    for html in asked_of(events.event(sites, (sheet,)), opened):
        assert printed(html, opened).problems == ()


@pytest.mark.slow
def test_a_list_of_hundreds_of_boxes_has_room_for_their_numbers(opened: Project) -> None:
    sites = tuple(
        replace(events.site(0), id=f"site-{number}", name=events.words(f"Site {number}"))
        for number in range(300)
    )
    sheet = events.item(opened, 1, "principles", sites)
    made = list_of(events.event(sites, (sheet,)), [events.run(sheet)], opened)
    document = pypdfium2.PdfDocument(made.pdf)
    for number in (1, 299):
        text = document[number].get_textpage()
        assert f"{number + 1} of 300" in " ".join(text.get_text_range().split())
    picture = document[299].render(scale=1).to_pil().convert("L")
    box = picture.crop((400, 50, 612, 180)).point(lambda v: 255 * (v < 128)).getbbox()
    assert box
    assert 400 + box[2] <= 576
    document.close()


def test_a_label_that_is_too_high_is_set_with_its_box(opened: Project) -> None:
    lines = tuple(events.words(f"Line {number} of a long address") for number in range(16))
    sites = (replace(events.site(0), lines=lines), events.site(1))
    sheet = events.item(opened, 1, "principles", sites)
    made = list_of(events.event(sites, (sheet,)), [events.run(sheet)], opened)
    document = pypdfium2.PdfDocument(made.pdf)
    text = document[0].get_textpage().get_text_range()
    assert "Line 15" in text.partition("Fold here")[0]
    assert "1 of 2" in " ".join(text.split())
    document.close()


# --- The contact sheet ---------------------------------------------------------------------------


def png(width: int, height: int, colour: str = "#ffe14a") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


def test_a_contact_sheet_shows_every_picture_with_its_name(
    opened: Project, fair: tuple[Event, list[ProductionRun]], read: Read, tmp_path: Path
) -> None:
    pages = [Thumb(f"digital/{n}.pdf", (f"page {n} of 9",), png(110, 142)) for n in range(1, 10)]
    imprints = [Thumb(name, ("principles-1",), png(300, 100)) for name in events.NAMES]
    sheet = paper([contact_document(fair[0], pages, imprints, opened)], opened)
    text = " ".join(read(sheet))
    assert "9 pages 8 sites" in text
    for thumb in (*pages, *imprints):
        assert thumb.name in text
    (tmp_path / "sheet.pdf").write_bytes(sheet.pdf)
    shown = judge("pdfimages", "-list", tmp_path / "sheet.pdf").splitlines()[2:]
    assert len(shown) == 17


def test_an_imprint_is_shown_at_its_own_size(
    opened: Project, fair: tuple[Event, list[ProductionRun]]
) -> None:
    small = Thumb("Fruitvale", ("fruitvale",), png(600, 180), Size(200, 60))
    wide = Thumb("Lakeside", ("lakeside",), png(1200, 300), Size(400, 100))
    sheet = contact_document(fair[0], [], [small, wide], opened)
    assert "width:200pt;height:60pt" in sheet.text
    assert "width:264pt;height:66pt" in sheet.text  # no wider than its column


def test_a_contact_sheet_of_nothing_is_a_page(
    opened: Project, fair: tuple[Event, list[ProductionRun]]
) -> None:
    assert paper([contact_document(fair[0], [], [], opened)], opened).pages == 1


def test_many_imprints_are_on_pages_that_are_set_once(
    opened: Project, fair: tuple[Event, list[ProductionRun]], read: Read
) -> None:
    known = ImprintLetters(opened)
    letters = Letters(lambda: known.fonts, lambda texts: known.stacks("en", texts))
    names = [f"Center {number}" for number in range(1, 36)]
    names += ["مركز الحد من الضرر", "The " + "very " * 30 + "long name", "W" * 90]
    imprints = [Thumb(name, ("an-id",), png(528, 220), Size(264, 110)) for name in names]
    of: dict[int, list[str]] = {}
    for first in (0, 1):  # one more at the head
        asked: list[Html] = []
        printing = print_contact_sheet(fair[0], [], imprints[first:], opened, letters)
        sheet = finished(printing, opened, asked)
        of[first] = [
            html.text for html in asked if "Shown" in html.text and "8 sites" not in html.text
        ]
        if not first:
            continue
        pages = read(sheet)
        assert len(asked) == 2
        assert "1 to 8 of 37" in pages[1]
        assert "33 to 37 of 37" in pages[-1]
        text = "".join("".join(pages).split())
        for name in names[1:35]:
            assert close(name) in text
        assert all(text.count(close(part)) for part in ("very very very", "long name", "W" * 90))
        pictures_of = pictures(sheet.pdf)
        boxes = [ink(picture) for picture in pictures_of[1:]]
        assert all(box and box.left >= MARGIN and box.right <= 612 - MARGIN for box in boxes)
    assert of[0][-1] == of[1][-1]  # what pages of imprints are set of


@pytest.mark.parametrize(("many", "columns"), [(1, 3), (12, 3), (13, 5), (40, 5), (300, 6)])
def test_the_more_pages_the_smaller(many: int, columns: int) -> None:
    assert pages_grid(many).columns == columns


def test_a_picture_that_is_none_is_refused() -> None:
    assert dimensions(png(30, 20)) == (30, 20)
    for wrong in (b"", b"GIF89a", png(3, 3)[:20]):
        with pytest.raises(ValueError, match="PNG"):
            dimensions(wrong)


# --- All of them ---------------------------------------------------------------------------------


def test_ink_keeps_off_the_edges_that_office_printers_lose(
    ticket: PrintedPaper, packing: PrintedPaper
) -> None:
    seen = 0
    for printed_paper in (ticket, packing):
        for picture in pictures(printed_paper.pdf):
            box = ink(picture)
            assert box
            assert box.left >= MARGIN
            assert box.top >= MARGIN
            assert box.right <= 612 - MARGIN
            assert box.bottom <= 792 - MARGIN
            seen += 1
    assert seen == ticket.pages + packing.pages


def test_papers_are_one_sided_black_and_carry_no_links(
    ticket: PrintedPaper, tmp_path: Path
) -> None:
    path = tmp_path / "ticket.pdf"
    path.write_bytes(ticket.pdf)
    assert b"/Duplex" not in ticket.pdf
    assert b"/Annots" not in ticket.pdf
    cyan, magenta, yellow, black = (
        judge("gs", "-q", "-o", "-", "-sDEVICE=inkcov", path).splitlines()[0].split()[:4]
    )
    assert cyan == magenta == yellow or float(black) > 0  # RGB black, near grey


def test_the_same_facts_give_the_same_bytes(
    fair: tuple[Event, list[ProductionRun]], ticket: PrintedPaper, packing: PrintedPaper
) -> None:
    again = Project(Sources(ROOT))
    assert paper([ticket_document(*fair, again)], again).pdf == ticket.pdf
    assert list_of(*fair, again).pdf == packing.pdf


@pytest.mark.slow
def test_what_people_wrote_is_text_and_finds_room(opened: Project, read: Read) -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänswitwen" * 4
    sites = (
        replace(events.site(0), name=events.words(WILD), lines=(events.words(WILD),)),
        replace(events.site(1), name=events.words(long), lines=(events.words(long),)),
    )
    sheet = events.item(opened, 1, "principles", sites, stock=events.words(WILD))
    sheet = replace(sheet, id="principles-" + "x" * 60)
    event = events.event(sites, (sheet,))
    event = replace(
        event,
        name=events.words(f"{WILD} {long}"),
        place=events.words(long),
        contact=(events.words(WILD), events.words(long)),
        approver=events.words(long),
        delivery=Delivery(None, (events.words(long), events.words(WILD)), 1),
    )
    run = events.run(sheet)
    thumb = Thumb(long, (WILD,), png(110, 142))
    papers = (
        paper([ticket_document(event, [run], opened)], opened),
        list_of(event, [run], opened),
        paper([contact_document(event, [thumb], [thumb], opened)], opened),
    )
    for made in papers:
        text = " ".join(read(made))
        assert close(WILD) in close(text)
        assert long in close(text)


def test_a_letter_that_no_font_has_is_told_and_the_paper_made(opened: Project, read: Read) -> None:
    sites = (replace(events.site(0), name=events.words("Oakland ᠮ Center")),)
    sheet = events.item(opened, 1, "principles", sites)
    event = events.event(sites, (sheet,))
    packing = list_of(event, [events.run(sheet)], opened)
    assert [problem.code for problem in packing.problems] == ["glyph-missing"]
    assert not packing.problems[0].is_error
    assert "Oakland ? Center" in read(packing)[0]


def test_names_of_sites_may_be_in_any_script(opened: Project, read: Read) -> None:
    names = ("မြန်မာ ကျန်းမာရေး", "მოძრაობა", "עברית", "اردو مرکز")
    sites = tuple(
        replace(events.site(number), name=events.words(name)) for number, name in enumerate(names)
    )
    sheet = events.item(opened, 1, "principles", sites)
    packing = list_of(events.event(sites, (sheet,)), [events.run(sheet)], opened)
    assert packing.problems == ()
    text = close(" ".join(read(packing)))
    for name in names:
        assert all(close(word) in text for word in name.split())


# --- The manifest --------------------------------------------------------------------------------


def test_a_manifest_has_every_file_and_no_times(fair: tuple[Event, list[ProductionRun]]) -> None:
    data = manifest_json(*fair)
    assert data == manifest_json(fair[0], list(reversed(fair[1])))
    facts = json.loads(data)
    assert (facts["event"]["id"], facts["event"]["due"]) == ("east-bay-health-fair", "2026-06-10")
    assert [item["id"] for item in facts["items"]] == [item.id for item in fair[0].items]
    run = facts["items"][0]["runs"][0]
    assert (run["language"], run["quantity"], run["copies"], run["sheets"]) == ("en", 400, 424, 424)
    first = fair[1][0].finished[0].file
    assert run["files"][0] == {
        "path": first.path,
        "sha256": first.sha256,
        "bytes": 150_000,
        "pages": 2,
        "site": "site-0",
        "quantity": 50,
        "copies": 53,
        "times": 53,
    }
    assert run["run_file"]["pages"] == 16


def test_a_manifest_names_an_item_that_failed(fair: tuple[Event, list[ProductionRun]]) -> None:
    facts = json.loads(manifest_json(fair[0], fair[1][:1]))
    assert [len(item["runs"]) for item in facts["items"]] == [1, 0, 0]


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        (),
        None,
        'a\n"b" \u2028 é \ud83d\ude00',
        1.5,
        -0.0,
        True,
        [[], {}, [1, [2, {"a": []}]], ("x", (1,)), {"b": {"c": None, "d": [False, 1e22]}}],
        {"é": [{"path": "a/b.pdf", "bytes": 12, "site": None}] * 3},
    ],
)
def test_a_manifest_is_indented_as_the_standard_library_does(value: object) -> None:
    assert indented(value) == json.dumps(value, indent=1, ensure_ascii=False)


def test_a_run_that_has_changed_is_counted_anew(fair: tuple[Event, list[ProductionRun]]) -> None:
    run = fair[1][0]
    before = counted(run)
    assert counted(run) is before
    fewer = replace(run, finished=run.finished[1:])
    assert counted(fewer).files == before.files[1:]
    assert counted(replace(run)) == before
