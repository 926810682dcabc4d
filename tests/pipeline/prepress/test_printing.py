"""What files tell the program that prints them, and what only a screen can use."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from hrcpub.project.edition import EDITIONS
from tests.shared.project import LARGER, MATERIALS, PIECES, editions_of, pages_of

CASES = [(edition, name) for name in MATERIALS for edition in editions_of(name)]


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
    called = list(dict.fromkeys(found))
    if "schedule" in PIECES[name].design.layout:  # its sites have numbers of their own
        assert len(called) > len(PIECES[name].telephones)
        called = [number for number in called if number in PIECES[name].telephones]
    assert called == PIECES[name].telephones


def test_pieces_have_telephones_to_call() -> None:
    assert PIECES["contact-card"].telephones == [
        "tel:+12122136376",
        "tel:+15104446969",
        "tel:+12126832334",
    ]
    assert PIECES["overdose"].telephones == ["tel:+18006624357"]


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
        # On sheets that lie across, heads stay up over the short edge.
        edge = "Short" if PIECES[name].design.is_turned else "Long"
        sides = f"/DuplexFlip{edge}Edge" if pages_of(name, "office") > 1 else "/Simplex"
        assert preferences.Duplex == sides
        assert preferences.PrintScaling == "/None"


@pytest.mark.parametrize("edition", ["screen", "press"])
def test_nobody_else_is_told_how_to_print(built: Path, edition: str) -> None:
    with pikepdf.open(built / edition / "principles.pdf") as pdf:
        assert "/Duplex" not in pdf.Root.get("/ViewerPreferences", {})
