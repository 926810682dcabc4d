"""What the office prints on: asked for once with `--sheet`, or said once by the project."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.judges import tools
from tests.shared.project import Hrcpub

A4_OFFICE = "name: Northern Outreach\npaper-size: a4\n"
A4 = pytest.approx((595.28, 841.89), abs=0.01)


def page(path: Path) -> tuple[float, float]:
    media = tools.boxes(path)[0]["media"]
    return media.right - media.left, media.top - media.bottom


def test_a_build_is_for_the_sheet_that_it_was_asked_for(hrcpub: Hrcpub, project: Path) -> None:
    done = hrcpub("build", "principles", "--sheet", "a4", "--edition", "office")
    assert done.returncode == 0
    assert page(project / "output/office/principles.pdf") == A4
    # Another sheet makes another file; it is not up to date.
    again = hrcpub("build", "principles", "--edition", "office")
    assert "1 made" in again.stderr
    assert page(project / "output/office/principles.pdf") == (612, 792)


def test_a_projects_paper_size_holds_for_all_it_makes(hrcpub: Hrcpub, project: Path) -> None:
    (project / "materials/organisation.yaml").write_text(A4_OFFICE, encoding="utf-8")
    hrcpub("build", "what-postcard", "--edition", "office", "--edition", "large-print")
    assert page(project / "output/office/what-postcard.pdf") == A4
    assert page(project / "output/large-print/what-postcard.pdf") == A4
    rows = {row["name"]: row for row in json.loads(hrcpub("list", "--json").stdout)["layouts"]}
    assert rows["postcard"]["trim"] == "148 x 105 mm"
    hrcpub("build", "contact-card", "--edition", "screen")
    imposed = hrcpub("impose", "output/screen/contact-card.pdf")
    assert imposed.returncode == 0
    assert "1 sheet of 210 x 297 mm" in imposed.stderr


def test_a_change_of_the_paper_size_makes_files_again(hrcpub: Hrcpub, project: Path) -> None:
    hrcpub("build", "contact-card", "--edition", "screen")
    (project / "materials/organisation.yaml").write_text(A4_OFFICE, encoding="utf-8")
    done = hrcpub("build", "contact-card", "--edition", "screen")
    assert "1 made" in done.stderr
    assert page(project / "output/screen/contact-card.pdf") == pytest.approx(
        (155.9, 240.9), abs=0.1
    )


def test_an_office_with_tabloid_paper_prints_the_poster(hrcpub: Hrcpub, project: Path) -> None:
    refused = hrcpub("build", "principles-poster", "--edition", "office")
    assert refused.returncode == 1
    assert "edition-missing" in refused.stderr
    done = hrcpub("build", "principles-poster", "--edition", "office", "--sheet", "tabloid")
    assert done.returncode == 0
    assert page(project / "output/office/principles-poster.pdf") == (792, 1224)


def test_check_knows_the_sheet(hrcpub: Hrcpub) -> None:
    done = hrcpub("check", "principles-card", "--sheet", "a4")
    assert done.returncode == 0
    # A DL card is narrower than one of 4 by 9 in: it holds less.
    assert done.stdout.startswith("principles-card: ")
    assert done.stdout != hrcpub("check", "principles-card").stdout


@pytest.mark.slow
def test_an_events_papers_are_on_the_projects_sheet(hrcpub: Hrcpub, project: Path) -> None:
    (project / "materials/organisation.yaml").write_text(A4_OFFICE, encoding="utf-8")
    manifest = project / "materials/events/health-fair.yaml"
    # The office's two pieces and one of a shop's: each printer has its papers.
    text, _, _ = manifest.read_text(encoding="utf-8").partition("  - material: contact-card")
    manifest.write_text(text, encoding="utf-8")
    done = hrcpub("event", "build", "health-fair", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    papers = sorted((project / "output/events/health-fair").rglob("*t*.pdf"))
    tickets = [path for path in papers if path.name in ("job-ticket.pdf", "contact-sheet.pdf")]
    assert len(tickets) >= 3
    assert all(page(path) == A4 for path in tickets)
    lists = list((project / "output/events/health-fair").rglob("packing-list.pdf"))
    assert lists
    assert all(page(path) == A4 for path in lists)


FAIR = """\
name: Fair
date: 2099-06-12
place: Park
contact: {name: Ana}
delivery: {by: 2099-06-01}
items: [{material: what-postcard, languages: {en: 4}, edition: office}]
"""
SITE = 'id,name,address,tel\nvan,Night Van,"1 Example Street; Oakland",(510) 555-0101\n'


@pytest.mark.slow
def test_an_imprint_is_upright_on_the_contact_sheet_where_cards_lie_turned(
    hrcpub: Hrcpub, project: Path
) -> None:
    """On A4 all postcards of a sheet lie turned; who proofreads would turn the head."""
    (project / "materials/organisation.yaml").write_text(A4_OFFICE, encoding="utf-8")
    (project / "materials/sites.csv").write_text(SITE, encoding="utf-8")
    (project / "materials/events/fair.yaml").write_text(FAIR, encoding="utf-8")
    assert hrcpub("event", "build", "fair").returncode == 0

    pictures = [
        obj.get_bounds()
        for page in pypdfium2.PdfDocument(project / "output/events/fair/contact-sheet.pdf")
        for obj in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
    ]
    sizes = [(right - left, top - foot) for left, foot, right, top in pictures]
    assert len(sizes) == 3  # two pages and an imprint
    assert all(wide > high for wide, high in sizes)
