"""The phone edition: the same words on pages of a telephone's size, made where it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from tests.shared.pages import glyphs
from tests.shared.project import MATERIALS, Hrcpub

SIZE = 16.0  # points: what a telephone's own programs set text in


@pytest.mark.parametrize("name", MATERIALS)
def test_no_letter_is_under_16_pt_and_none_at_the_pages_edge(built: Path, name: str) -> None:
    drawn = [glyph for page in glyphs(built / "phone" / f"{name}.pdf") for glyph in page]
    assert len(drawn) > 100
    assert min(glyph.size for glyph in drawn) >= SIZE - 0.01
    # A hanging quotation mark or the overshoot of a round letter may reach over the margin.
    assert min(glyph.ink[0] for glyph in drawn) > 16
    assert max(glyph.ink[2] for glyph in drawn) < 360 - 16


@pytest.mark.parametrize("name", ["principles", "harm-reduction"])
def test_a_numeral_stands_on_the_page_of_its_item(built: Path, name: str) -> None:
    for page in glyphs(built / "phone" / f"{name}.pdf"):
        lines = sorted({round(glyph.y) for glyph in page if glyph.y > 40})  # over the page number
        lowest = "".join(glyph.text for glyph in page if round(glyph.y) == lines[0])
        assert not lowest.isdigit(), f"{lowest} is alone at a page's foot"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["why-harm-reduction", "overdose"])
def test_it_is_the_same_whatever_offices_print_on(
    worker: BuildWorker, built: Path, name: str
) -> None:
    """So other tests make it for one family of paper alone."""
    assert not worker.do(Job(name, ("phone",), sheet="a4")).failed
    a4 = Path(worker.options.folder) / "phone" / f"{name}.pdf"
    assert a4.read_bytes() == (built / "phone" / f"{name}.pdf").read_bytes()


def test_it_is_made_only_where_it_is_asked_for(hrcpub: Hrcpub, project: Path) -> None:
    hrcpub("build", "contact-card")
    assert not (project / "output/phone").exists()
    done = hrcpub("build", "contact-card", "--edition", "phone")
    assert "1 made" in done.stderr
    assert (project / "output/phone/contact-card.pdf").is_file()


def test_a_material_may_ask_for_it(hrcpub: Hrcpub, project: Path) -> None:
    path = project / "materials/contact-card.yaml"
    path.write_text(path.read_text("utf-8").replace("\nwords:", "\neditions: [phone]\n\nwords:"))
    done = hrcpub("build", "contact-card")
    assert "1 made" in done.stderr
    assert (project / "output/phone/contact-card.pdf").is_file()
    assert "phone: 2 pages" in hrcpub("check", "contact-card").stdout
