"""What files tell the program that prints them, and what only a screen can use."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from conftest import MATERIALS
from pages import judge

from hrcpub.edition import EDITIONS

TELEPHONES = ["tel:+12122136376", "tel:+15104446969", "tel:+12126832334"]


def links(file: Path) -> list[str]:
    with pikepdf.open(file) as pdf:
        return [
            str(annotation.A.URI)
            for page in pdf.pages
            for annotation in page.obj.get("/Annots", [])
            if annotation.Subtype == "/Link"
        ]


@pytest.mark.parametrize("name", MATERIALS)
def test_telephones_can_be_called_from_the_screen(built: Path, name: str) -> None:
    found = links(built / "screen" / f"{name}.pdf")
    assert list(dict.fromkeys(found)) == TELEPHONES


@pytest.mark.parametrize("edition", [name for name, one in EDITIONS.items() if not one.has_links])
@pytest.mark.parametrize("name", MATERIALS)
def test_printed_editions_have_no_annotations(built: Path, edition: str, name: str) -> None:
    with pikepdf.open(built / edition / f"{name}.pdf") as pdf:
        assert len(pdf.pages) == 2
        assert [page for page in pdf.pages if "/Annots" in page.obj] == []
        kinds = [
            item.get("/Subtype") for item in pdf.objects if isinstance(item, pikepdf.Dictionary)
        ]
    assert "/Link" not in kinds


@pytest.mark.parametrize("name", MATERIALS)
def test_the_office_printer_is_asked_for_two_sides_at_actual_size(built: Path, name: str) -> None:
    with pikepdf.open(built / "office" / f"{name}.pdf") as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert preferences.Duplex == "/DuplexFlipLongEdge"
        assert preferences.PrintScaling == "/None"


@pytest.mark.parametrize("edition", ["screen", "press"])
def test_nobody_else_is_told_how_to_print(built: Path, edition: str) -> None:
    with pikepdf.open(built / edition / "principles.pdf") as pdf:
        assert "/Duplex" not in pdf.Root.get("/ViewerPreferences", {})


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", MATERIALS)
def test_every_font_is_embedded_a_subset_and_the_projects_own(
    built: Path, edition: str, name: str
) -> None:
    rows = judge("pdffonts", built / edition / f"{name}.pdf").splitlines()[2:]
    assert len(rows) >= 3
    for row in rows:
        fields = row.split()
        assert fields[0].split("+")[1].startswith("HRC-"), row
        assert fields[-5:-2] == ["yes", "yes", "yes"], f"not embedded, subset, with text: {row}"
