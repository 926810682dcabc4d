"""What files tell the program that prints them, and what only a screen can use."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from hrcpub.project.edition import EDITIONS
from tests.shared.pages import judge
from tests.shared.project import LARGER, MATERIALS, editions_of, pages_of

TELEPHONES = ["tel:+12122136376", "tel:+15104446969", "tel:+12126832334"]
# How many of them a piece names, where not all: those that have room for two, and for none.
CALLED = {"what-postcard": 2, "why-in-short": 2, "principles-poster": 0}
# Upright pages on landscape sheets, or landscape ones: their heads stay up over the short edge.
SHORT = ("why-folder", "harm-reduction")
CASES = [(edition, name) for name in MATERIALS for edition in editions_of(name)]


def links(file: Path) -> list[str]:
    with pikepdf.open(file) as pdf:
        return [
            str(annotation.A.URI)
            for page in pdf.pages
            for annotation in page.obj.get("/Annots", [])
            if annotation.Subtype == "/Link"
        ]


# Of a piece that names none of the Coalition's offices.
TODAYS = {"overdose": ["tel:+18006624357"], "medetomidine-alert": ["tel:+15105550101"]}


@pytest.mark.parametrize("name", MATERIALS)
def test_telephones_can_be_called_from_the_screen(built: Path, name: str) -> None:
    found = links(built / "screen" / f"{name}.pdf")
    numbers = TODAYS.get(name) or TELEPHONES[: CALLED.get(name, 3)]
    assert list(dict.fromkeys(found)) == numbers


@pytest.mark.parametrize(
    ("edition", "name"), [case for case in CASES if not EDITIONS[case[0]].has_links]
)
def test_printed_editions_have_no_annotations(built: Path, edition: str, name: str) -> None:
    with pikepdf.open(built / edition / f"{name}.pdf") as pdf:
        assert len(pdf.pages) == pages_of(name, edition)
        assert [page for page in pdf.pages if "/Annots" in page.obj] == []
        kinds = [
            item.get("/Subtype") for item in pdf.objects if isinstance(item, pikepdf.Dictionary)
        ]
    assert "/Link" not in kinds


@pytest.mark.parametrize("name", [name for name in MATERIALS if name not in LARGER])
def test_the_office_printer_is_asked_for_two_sides_at_actual_size(built: Path, name: str) -> None:
    with pikepdf.open(built / "office" / f"{name}.pdf") as pdf:
        preferences = pdf.Root.ViewerPreferences
        edge = "Short" if name in SHORT else "Long"
        sides = f"/DuplexFlip{edge}Edge" if pages_of(name, "office") > 1 else "/Simplex"
        assert preferences.Duplex == sides
        assert preferences.PrintScaling == "/None"


@pytest.mark.parametrize("edition", ["screen", "press"])
def test_nobody_else_is_told_how_to_print(built: Path, edition: str) -> None:
    with pikepdf.open(built / edition / "principles.pdf") as pdf:
        assert "/Duplex" not in pdf.Root.get("/ViewerPreferences", {})


@pytest.mark.parametrize(("edition", "name"), CASES)
def test_every_font_is_embedded_a_subset_and_the_projects_own(
    built: Path, edition: str, name: str
) -> None:
    rows = judge("pdffonts", built / edition / f"{name}.pdf").splitlines()[2:]
    assert len(rows) >= 3
    for row in rows:
        fields = row.split()
        assert fields[0].split("+")[1].startswith("HRC-"), row
        assert fields[-5:-2] == ["yes", "yes", "yes"], f"not embedded, subset, with text: {row}"
