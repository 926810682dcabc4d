"""Who made a file, when, and in which language: never the clock's word."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from hrcpub import __version__
from tests.shared.pages import judge
from tests.shared.project import MATERIALS, PIECES, editions_of

CASES = [(name, edition) for name in MATERIALS for edition in editions_of(name)]


@pytest.mark.parametrize(("name", "edition"), CASES)
def test_a_file_says_what_it_is_and_from_which_revision(
    built: Path, name: str, edition: str
) -> None:
    with pikepdf.open(built / edition / f"{name}.pdf") as pdf:
        info = {str(key): str(value) for key, value in pdf.docinfo.items()}
    piece = PIECES[name]
    is_said = "Draft, not reviewed: " if piece.is_draft else ""
    day = piece.written["revised"].replace("-", "")
    assert info["/Title"] == is_said + piece.title
    assert info.get("/Author") == piece.written.get("source", {}).get("credit")
    assert info["/CreationDate"].startswith(f"D:{day}")
    assert info["/ModDate"].startswith(f"D:{day}")


def test_the_pieces_have_titles_days_and_authors_of_their_own() -> None:
    """So that one for all would be found out."""
    for key in ("title", "revised"):
        assert len({str(piece.written[key]) for piece in PIECES.values()}) > 1
    assert [piece.is_draft for piece in PIECES.values()].count(True) >= 1


@pytest.mark.parametrize(("name", "edition"), CASES)
def test_a_file_names_the_program_that_made_it(built: Path, name: str, edition: str) -> None:
    with pikepdf.open(built / edition / f"{name}.pdf") as pdf:
        assert str(pdf.docinfo["/Creator"]) == f"hrcpub {__version__}"


def test_every_file_has_an_identifier_of_its_own(built: Path) -> None:
    identifiers = {}
    for file in sorted(built.glob("*/*.pdf")):
        with pikepdf.open(file) as pdf:
            first, second = (bytes(part) for part in pdf.trailer["/ID"])
        assert first
        assert second
        identifiers[file] = second
    assert len(identifiers) == len(CASES)
    assert len(set(identifiers.values())) == len(identifiers)


@pytest.mark.parametrize("name", MATERIALS)
def test_a_screen_reader_is_told_language_title_and_structure(built: Path, name: str) -> None:
    file = built / "screen" / f"{name}.pdf"
    with pikepdf.open(file) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert b"pdfuaid:part" in pdf.Root.Metadata.read_bytes()
    assert "Tagged:          yes" in judge("pdfinfo", file)
    structure = judge("pdfinfo", "-struct", file)
    assert structure.count("H1 (block)") == len(PIECES[name].title.split(" / "))


def test_the_principles_are_a_list_of_eight_to_a_screen_reader(built: Path) -> None:
    structure = judge("pdfinfo", "-struct", built / "screen/principles.pdf")
    assert structure.count("LI (block)") == 8
    spoken = judge("pdfinfo", "-struct-text", built / "screen/principles.pdf")
    lines = (line.strip() for line in spoken.splitlines())
    said = [line.strip('"').strip() for line in lines if line.startswith('"')]
    at = said.index("Accepts,")
    words = [text for text in said[at : at + 4] if text]
    assert words[:2] == [
        "Accepts,",
        "for better and for worse, that licit and illicit drug use is part",
    ]
