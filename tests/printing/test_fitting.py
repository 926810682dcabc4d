"""Orders against queues: what is sent, what is refused, and why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.printing.cut_off import cut_off, printed_pages, reach_on
from hrcpub.printing.fitting import SheetPart, fitted
from hrcpub.printing.order import PrintOrder, Sides
from hrcpub.printing.queues import LoadedPaper, PrintMargins, Queue, QueueMedia, ordinary_queue
from hrcpub.printing.reading import asked_sides, sheet_for
from hrcpub.problems import HrcpubError
from hrcpub.units import Rect
from tests.printing.ruled import ruled

LETTER = (612.0, 792.0)
MM = 72 / 25.4


def queue(*, margin: float = 18.0, sheet: tuple[float, float] = LETTER, **more: object) -> Queue:
    """Return a printer with one paper."""
    media = (QueueMedia("na_letter_8.5x11in", *sheet, PrintMargins(*[margin] * 4)),)
    return replace(ordinary_queue(), name="q", media=media, **more)  # type: ignore[arg-type]


def order(path: Path, **more: object) -> PrintOrder:
    return replace(PrintOrder(path, "letter", Sides.LONG), **more)  # type: ignore[arg-type]


def codes(found: object) -> list[str]:
    return [problem.code for problem in found.problems]  # type: ignore[attr-defined]


def test_a_printer_with_both_sides_gets_one_job_of_whole_sheets(tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 3, LETTER)
    fit = fitted(order(file, copies=4), queue())
    (job,) = fit.jobs
    assert (job.sides, job.pages, job.copies, job.sheets) == (Sides.LONG, (1, 2, 3, 0), 4, 8)
    assert fit.problems == ()


def test_a_printer_with_one_side_gets_fronts_then_backs(tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 3, LETTER)
    fit = fitted(order(file), queue(sides=frozenset({"one-sided"})))
    fronts, backs = fit.jobs
    assert (fronts.part, fronts.pages, fronts.sides) == (SheetPart.FRONTS, (1, 3), Sides.ONE)
    assert (backs.part, backs.pages) == (SheetPart.BACKS, (2, 0))
    assert (fit.sheets, codes(fit)) == (2, ["print-by-hand"])


@pytest.mark.parametrize(
    ("more", "at", "code"),
    [
        ({"sheet": "a4"}, {}, "print-no-paper"),
        ({"pages": (1, 9)}, {}, "print-no-page"),
        ({}, {"is_accepting": False}, "print-queue-closed"),
        ({}, {"can_keep_size": False}, "print-size-unsure"),
        ({}, {"ready": (LoadedPaper("iso_a4", "a4"),)}, "print-not-loaded"),
    ],
)
def test_what_cannot_be_is_told(
    more: dict[str, object], at: dict[str, object], code: str, tmp_path: Path
) -> None:
    file = ruled(tmp_path / "r.pdf", 1, LETTER)
    fit = fitted(order(file, **more), queue(**at))  # type: ignore[arg-type]
    assert codes(fit) == [code]
    assert bool(fit.jobs) is not fit.problems[0].is_error


def test_a_page_larger_than_the_sheet_is_refused_with_the_sheets_it_fits_on(tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 1, (792.0, 1224.0))
    fit = fitted(order(file), ordinary_queue())
    (problem,) = fit.problems
    assert problem.code == "print-page-too-large"
    assert problem.hint
    assert "tabloid" in problem.hint


def test_ink_is_measured_where_the_printer_does_not_reach(tmp_path: Path) -> None:
    """The ruler is 25.4 mm from the left edge: a printer that begins at 30 mm loses 4.6 mm."""
    file = ruled(tmp_path / "r.pdf", 1, LETTER)
    (page,) = printed_pages(file)
    wide = queue(margin=30 * MM).media[0]
    cuts = {cut.edge: cut.depth / MM for cut in cut_off(file, page, wide)}
    assert cuts == {
        "left": pytest.approx(4.6, abs=0.2),
        "top": pytest.approx(4.6, abs=0.2),
        "bottom": pytest.approx(4.6, abs=0.2),
    }
    assert cut_off(file, page, queue(margin=25 * MM).media[0]) == ()
    fit = fitted(order(file), queue(margin=30 * MM))
    assert set(codes(fit)) == {"print-ink-cut-off"}
    assert fit.jobs  # no words: a warning


def test_words_that_would_be_cut_off_are_refused_and_quoted(built: Path) -> None:
    file = built / "office" / "where-sheet.pdf"
    fit = fitted(order(file), queue(margin=20 * MM))
    assert fit.jobs == ()
    (first, *_) = [one for one in fit.problems if one.code == "print-words-cut-off"]
    assert first.message.count('"') == 2
    assert fitted(order(file), queue(margin=20 * MM), is_anyway=True).jobs


def test_words_outside_of_the_pieces_are_not_for_readers(built: Path) -> None:
    """Below the cards stands what the sheet is, for who prints and cuts."""
    file = built / "office" / "contact-card.pdf"
    (page, _) = printed_pages(file)
    media = queue(margin=12 * MM).media[0]
    around = Rect(0, 36, 612, 756)
    assert any(cut.words for cut in cut_off(file, page, media))
    assert not any(cut.words for cut in cut_off(file, page, media, around))


def test_a_page_that_lies_across_is_turned_before_it_is_measured() -> None:
    media = QueueMedia("x", *LETTER, PrintMargins(left=1, top=2, right=3, bottom=4))
    page = printed_page(792, 612)
    # Its head is at the left edge of the sheet, so its left is the sheet's foot.
    assert reach_on(page, media) == (4, 1, 2, 3)
    assert reach_on(printed_page(592, 772), media) == (1 - 10, 2 - 10, 3 - 10, 4 - 10)


def printed_page(width: float, height: float):  # type: ignore[no-untyped-def]
    from hrcpub.printing.cut_off import PrintedPage

    return PrintedPage(1, width, height)


def test_a_file_says_its_sides_and_its_sheet(tmp_path: Path) -> None:
    size = (792.0, 612.0)
    short = ruled(tmp_path / "a.pdf", 2, size, {"Duplex": "DuplexFlipShortEdge"})
    assert asked_sides(short) is Sides.SHORT
    assert asked_sides(ruled(tmp_path / "b.pdf", 2, LETTER)) is Sides.LONG
    assert asked_sides(ruled(tmp_path / "c.pdf", 2, size)) is Sides.SHORT
    assert asked_sides(ruled(tmp_path / "d.pdf", 1, LETTER)) is Sides.ONE
    assert sheet_for(short, ordinary_queue()) == "letter"
    assert sheet_for(ruled(tmp_path / "e.pdf", 1, (300.0, 400.0)), ordinary_queue()) == "letter"
    assert sheet_for(ruled(tmp_path / "f.pdf", 1, (842.0, 1190.0)), ordinary_queue()) == "a3"


def test_what_is_no_pdf_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_text("no", encoding="utf-8")
    for read in (printed_pages, asked_sides):
        with pytest.raises(HrcpubError) as error:
            read(path)
        assert error.value.problems[0].code == "print-unreadable"
