"""Pieces to printers: built for the sheet that is there, counted, or refused with a way out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from hrcpub.cli.printing import FittedPiece, is_proof_due, order_line, sheets_of_paper
from hrcpub.printing.fitting import fitted
from hrcpub.printing.order import PrintOrder, Sides
from hrcpub.printing.piece_orders import AskedPiece, chosen_sheet
from hrcpub.printing.queues import LoadedPaper, ordinary_queue
from hrcpub.printing.steps import first_sheet
from hrcpub.printing.turning import Reload
from tests.printing.conftest import Office
from tests.printing.ruled import ruled
from tests.shared.project import Hrcpub

LETTER = (612.0, 792.0)


def test_cards_are_counted_by_the_piece_and_built_for_the_paper_that_is_there(
    office: Office, project: Path
) -> None:
    words = ("print", "contact-card", "--to", "a4", "--copies", "25", "--json")
    done = office.hrcpub(*words, folder=project)
    assert done.returncode == 0, done.stderr
    (printed,) = json.loads(done.stdout)["printed"]
    assert (printed["sheet"], printed["paper"]) == ("a4", "light blue")
    assert (printed["sheets"], printed["pieces"]) == (3, 30)
    assert "print-other-sheet" in [problem["code"] for problem in printed["problems"]]
    # The project's own files, for Letter, are not replaced.
    assert (project / "output/a4/office/contact-card.pdf").exists()
    assert not (project / "output/office").exists()
    assert all(sorted(side.size) == pytest.approx([595.2, 841.9], abs=0.5)
               for side in office.arrived("a4"))  # fmt: skip


def test_a_piece_whose_words_would_be_cut_off_is_not_sent(office: Office, project: Path) -> None:
    spool = office.folder / "wide"
    before = len(list(spool.iterdir()))
    done = office.hrcpub("print", "where-sheet", "--to", "wide", folder=project)
    assert done.returncode == 1
    assert "where-sheet page 1: error: " in done.stderr
    assert "would be cut off: wide does not reach the last " in done.stderr
    assert "none of its editions comes out whole here" in done.stderr
    assert len(list(spool.iterdir())) == before


def test_a_photograph_that_is_too_coarse_is_told_before_it_is_on_paper(
    project: Path, hrcpub: Hrcpub
) -> None:
    Image.radial_gradient("L").resize((90, 60)).save(project / "materials/images/van.png")
    piece = project / "materials/why-folder.yaml"
    photo = "  photo: {file: materials/images/van.png, alt: A van}\n"
    piece.write_text(piece.read_text().replace("words:\n", f"words:\n{photo}", 1))
    printed = ("print", "why-folder", "--to", str(project / "arrived.pdf"))
    done = hrcpub(*printed, folder=project)
    assert done.returncode == 0, done.stderr
    assert "van.png is 55 px wide as shown; at 79.4 mm (3.12 in)" in done.stderr
    assert "[image-resolution]" in done.stderr


def test_what_is_nowhere_is_told_with_what_is_near(office: Office, project: Path) -> None:
    done = office.hrcpub("print", "contact-cart", "--to", "duplex", folder=project)
    assert done.returncode == 1
    assert 'did you mean "contact-card"?' in done.stderr


@pytest.mark.parametrize("pages", ["0", "a", "1-", "-3", "1-99999"])
def test_pages_that_are_none_are_wrong_usage(pages: str, hrcpub: Hrcpub) -> None:
    done = hrcpub("print", "x.pdf", "--pages", pages)
    assert (done.returncode, "--pages" in done.stderr) == (2, True)


def test_two_printers_at_once_are_wrong_usage(hrcpub: Hrcpub) -> None:
    assert hrcpub("print", "x.pdf", "--to", "a", "--to", "b").returncode == 2


def test_the_sheet_is_the_projects_if_the_printer_takes_it() -> None:
    queue = ordinary_queue()
    assert chosen_sheet(None, "letter", queue) == ("letter", ())
    assert chosen_sheet("a4", "letter", queue) == ("a4", ())


def piece(path: Path, paper: str = "", copies: int = 1, one_sided: bool = False) -> FittedPiece:
    """Return a fitted order, as `print` has it."""

    queue = ordinary_queue()
    if one_sided:
        queue = replace(queue, sides=frozenset({"one-sided"}), ready=(LoadedPaper("x", "letter"),))
    order = PrintOrder(path, "letter", Sides.LONG, copies, title="t", paper=paper)
    return FittedPiece(
        AskedPiece(order, copies), fitted(order, queue, Reload.DOWN if one_sided else None)
    )


def test_a_proof_is_the_first_sheet_whichever_way_the_pile_is_fed(tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 5, LETTER)
    by_hand = piece(file, copies=3, one_sided=True)
    assert [job.pages for job in by_hand.fit.jobs] == [(1, 3, 5), (0, 4, 2)]
    assert [(job.pages, job.copies) for job in first_sheet(by_hand.fit.jobs)] == [
        ((1,), 1),
        ((2,), 1),
    ]
    assert [job.pages for job in first_sheet(piece(file).fit.jobs)] == [(1, 2)]


def test_paper_is_counted_until_another_is_due(tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 2, LETTER)
    pieces = [piece(file, "yellow", 3), piece(file, "yellow", 4), piece(file, "pink"),
              piece(file, "yellow", 9)]  # fmt: skip
    assert [sheets_of_paper(pieces[at:]) for at in (0, 2, 3)] == [7, 1, 9]
    assert order_line(pieces[0], ordinary_queue()) == (
        "t: 3 sheets of yellow letter, both sides, flip on the long edge, actual size, "
        "to an ordinary printer"
    )


def test_backs_alone_are_refused_where_no_pile_can_lie_in_the_tray(
    office: Office, tmp_path: Path
) -> None:
    file = ruled(tmp_path / "r.pdf", 2, LETTER)
    before = len(list((office.folder / "duplex").iterdir()))
    done = office.hrcpub("print", str(file), "--to", "duplex", "--turned", "up")
    assert done.returncode == 1
    assert "no pile is to be turned: duplex turns sheets itself" in done.stderr
    assert len(list((office.folder / "duplex").iterdir())) == before
    several = office.hrcpub("print", str(file), str(file), "--to", "simplex", "--turned", "up")
    assert several.returncode == 2


def test_what_comes_after_a_pile_to_turn_is_said_to_be_left(office: Office, tmp_path: Path) -> None:
    files = [str(ruled(tmp_path / f"{name}.pdf", 2, LETTER)) for name in ("one", "two")]
    done = office.hrcpub("print", *files, "--to", "simplex")
    assert "one: 1 sheet printed, fronts" in done.stdout
    assert "not printed yet: two" in done.stderr


def test_a_file_that_cannot_be_printed_is_told_why(hrcpub: Hrcpub, tmp_path: Path) -> None:
    with pikepdf.new() as file:
        file.save(tmp_path / "none.pdf")
        file.add_blank_page()
        file.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    (tmp_path / "empty.pdf").touch()
    files = [str(tmp_path / f"{name}.pdf") for name in ("none", "locked", "empty", "nowhere")]
    done = hrcpub("print", *files, "--to", str(tmp_path / "look.pdf"))
    assert done.returncode == 1
    assert done.stderr.count("it is no PDF, or has no pages") == 2
    assert "locked.pdf: error: the file cannot be read: it has a password" in done.stderr
    assert "nowhere.pdf: error: the file cannot be read: No such file" in done.stderr


def test_a_sheet_is_tried_once_for_an_events_item(tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 2, LETTER)
    sites = [piece(file, copies=3), piece(file, copies=3), piece(file)]
    sites = [replace(each, asked=each.asked._replace(known_as="item")) for each in sites]
    assert is_proof_due(sites[0], [])
    assert not is_proof_due(sites[1], sites[:1])
    assert not is_proof_due(sites[2], [])  # one sheet is its own proof
