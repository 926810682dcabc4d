"""What the person at the printer is told of a file: paper, sides, the edge to flip on, the fold."""

from __future__ import annotations

import pytest

from hrcpub.build.desk_notes import around_pieces, desk_note, paper_of, together
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.impose import ImposeTask, laid_out
from hrcpub.project.edition import PaperColour
from hrcpub.project.material import Material, read_material
from hrcpub.units import Rect, Size
from tests.shared.css_pages import page
from tests.shared.project import ROOT

LETTER = Size(612, 792)
CARD = Size(252, 144)


def material(name: str) -> Material:
    return read_material(Project(Sources(ROOT)), name)


@pytest.mark.parametrize(
    ("how", "paper"),
    [(PaperColour.FLOOD, None), (PaperColour.WHITE, "white"), (PaperColour.STOCK, "pink")],
)
def test_the_paper_is_named_unless_its_colour_is_printed(
    how: PaperColour, paper: str | None
) -> None:
    assert paper_of(material("why-harm-reduction"), how) == paper


@pytest.mark.parametrize(
    ("name", "how", "count", "note"),
    [
        ("principles-poster", PaperColour.FLOOD, 1, "print one-sided in colour, actual size"),
        (
            "why-harm-reduction",
            PaperColour.STOCK,
            2,
            "print two-sided on pink paper, flip on the long edge, actual size",
        ),
        (
            "why-folder",
            PaperColour.WHITE,
            2,
            "print two-sided on white paper, flip on the long edge, actual size; fold: letter",
        ),
    ],
)
def test_a_note_says_how_pages_as_large_as_their_sheet_are_printed(
    name: str, how: PaperColour, count: int, note: str
) -> None:
    piece = material(name)
    edition = piece.layout.edition("office")
    assert desk_note(piece, edition, how, page(""), None, count) == note


def test_an_edition_without_a_sheet_has_no_note() -> None:
    piece = material("why-harm-reduction")
    edition = piece.layout.edition("screen")
    assert desk_note(piece, edition, PaperColour.FLOOD, page(""), None, 2) is None


def test_of_several_to_a_sheet_it_is_said_how_many_there_are_and_where() -> None:
    piece = material("contact-card")
    sheets = laid_out("cards", ImposeTask(2, CARD, LETTER, sides=2))
    note = desk_note(piece, piece.layout.edition("office"), PaperColour.WHITE, page(""), sheets, 2)
    assert f"{sheets.up} to a sheet" in (note or "")
    assert together(sheets) == sheets.up
    around = around_pieces(sheets)
    assert around is not None
    assert Rect(0, 0, *LETTER) != around
    assert around.right - around.left <= LETTER.width
