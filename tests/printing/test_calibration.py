"""Sheets that are moved against a printer's faults: what the printer then does puts them right."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from hrcpub.printing.calibration import SheetFault, against, calibrated, fault_of
from hrcpub.printing.order import Sides
from hrcpub.project.office_queues import EXACT, MARK, Calibration, MeasuredMark
from hrcpub.units import PAPER_SIZES, Size
from tests.shared.pages import judge

MILLIMETRE = 72 / 25.4
SHEETS = {name: PAPER_SIZES[name] for name in ("letter", "a4", "tabloid")}
# Lines at these places of each sheet, from its left edge and its top, in points.
ACROSS, DOWN = (60.0, 300.0, 560.0), (80.0, 400.0, 740.0)
RESOLUTION = 288  # dots to the inch: a quarter of a point


def sheet(size: Size, pages: int = 1) -> bytes:
    """Return sheets with hair lines at the places."""
    lines = [f"{x} 0 m {x} {size.height} l" for x in ACROSS]
    lines += [f"0 {size.height - y} m {size.width} {size.height - y} l" for y in DOWN]
    return _file(size, [f"0.5 w {' '.join(lines)} S"] * pages)


def _file(size: Size, contents: list[str]) -> bytes:
    with pikepdf.new() as file:
        for one in contents:
            page = file.add_blank_page(page_size=size)
            page.obj["/Contents"] = file.make_stream(one.encode())
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def printed(pdf: bytes, fault: SheetFault, sides: list[bool]) -> bytes:
    """Return what a printer makes of sheets: each is drawn on a form, moved and stretched by it.

    `sides` says for each page whether the printer turns it by half. Written without a line of the
    code that undoes it.
    """
    with pikepdf.open(io.BytesIO(pdf)) as file, pikepdf.new() as paper:
        for page, is_turned in zip(file.pages, sides, strict=True):
            wide, high = float(page.mediabox[2]), float(page.mediabox[3])
            form = paper.copy_foreign(page.as_form_xobject())
            done = paper.add_blank_page(page_size=(wide, high))
            done.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=form))
            turn = f"-1 0 0 -1 {wide} {high} cm" if is_turned else ""
            move = (
                f"1 0 0 1 0 {high} cm {fault.across} 0 0 {fault.down} {fault.right} "
                f"{-fault.lower} cm 1 0 0 1 0 {-high} cm"
            )
            # A page that is turned is turned, moved by the printer, and looked at upright again.
            done.obj["/Contents"] = paper.make_stream(f"q {turn} {move} {turn} /P Do Q".encode())
        out = io.BytesIO()
        paper.save(out)
    return out.getvalue()


def found(pdf: bytes, folder: Path) -> list[tuple[list[float], list[float]]]:
    """Return where Ghostscript draws the lines of each page, from the left edge and the top."""
    path = folder / "sheets.pdf"
    path.write_bytes(pdf)
    pattern = folder / "page-%d.pgm"
    judge(
        "gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=pgmraw", f"-r{RESOLUTION}",
        f"-sOutputFile={pattern}", path,
    )  # fmt: skip
    pages = []
    for number in range(1, len(pikepdf.open(path).pages) + 1):
        with Image.open(folder / f"page-{number}.pgm") as picture:
            # Between the lines, so that each crosses alone.
            row = picture.crop((0, 160 * 4, picture.width, 160 * 4 + 1))
            column = picture.crop((150 * 4, 0, 150 * 4 + 1, picture.height))
            pages.append((_dark(row.tobytes()), _dark(column.tobytes())))
    return pages


def _dark(levels: bytes) -> list[float]:
    """Return the middles of dark runs, in points."""
    middles, start = list[float](), None
    for place, level in enumerate([*levels, 255]):
        if level < 128 and start is None:
            start = place
        elif level >= 128 and start is not None:
            middles.append((start + place) / 2 * 72 / RESOLUTION)
            start = None
    return middles


FAULT = Calibration(
    0.994,
    1.007,
    MeasuredMark(MARK + 1.3 * MILLIMETRE, MARK - 0.8 * MILLIMETRE),
    MeasuredMark(MARK - 0.9 * MILLIMETRE, MARK + 0.6 * MILLIMETRE),
)
MARKED = Sides.LONG, Sides.SHORT


@pytest.mark.parametrize("name", SHEETS)
def test_what_a_printer_moves_and_stretches_lies_where_it_should(name: str, tmp_path: Path) -> None:
    pdf = sheet(SHEETS[name])
    fault = fault_of(FAULT, FAULT.front)
    ((across, down),) = found(printed(pdf, fault, [False]), tmp_path)
    assert abs(across[0] - ACROSS[0]) > 2
    assert abs(down[2] - DOWN[2]) > 2
    ((across, down),) = found(printed(calibrated(pdf, FAULT), fault, [False]), tmp_path)
    assert across == pytest.approx(ACROSS, abs=0.3)
    assert down == pytest.approx(DOWN, abs=0.3)


@pytest.mark.parametrize("sides", MARKED)
def test_backs_are_moved_by_what_was_measured_of_backs(sides: Sides, tmp_path: Path) -> None:
    """What is turned about its short edge goes through the printer upside down."""
    pdf = calibrated(sheet(SHEETS["letter"], 2), FAULT, sides)
    assert FAULT.back is not None
    turned = sides is Sides.SHORT
    backs = found(printed(pdf, fault_of(FAULT, FAULT.back), [turned, turned]), tmp_path)
    fronts = found(printed(pdf, fault_of(FAULT, FAULT.front), [False, False]), tmp_path)
    for across, down in (fronts[0], backs[1]):
        assert across == pytest.approx(ACROSS, abs=0.3)
        assert down == pytest.approx(DOWN, abs=0.3)
    assert backs[0][0] != pytest.approx(ACROSS, abs=0.3)


def test_a_mark_that_was_measured_lies_at_twenty_millimetres_again() -> None:
    for mark in (FAULT.front, FAULT.back):
        assert mark is not None
        fault = fault_of(FAULT, mark)
        wide, _, _, high, right, up = against(fault, 612, 792)
        drawn = (wide * MARK + right, 792 - (high * (792 - MARK) + up))
        assert fault.across * drawn[0] + fault.right == pytest.approx(MARK)
        assert fault.down * drawn[1] + fault.lower == pytest.approx(MARK)


def test_the_sheets_size_stays_and_so_do_its_bytes_the_next_time() -> None:
    pdf = sheet(SHEETS["a4"], 2)
    once = calibrated(pdf, FAULT, Sides.LONG)
    assert once == calibrated(pdf, FAULT, Sides.LONG)
    with pikepdf.open(io.BytesIO(once)) as file:
        for page in file.pages:
            assert [float(edge) for edge in page.mediabox] == pytest.approx(
                [0, 0, *SHEETS["a4"]], abs=0.01
            )


def test_a_printer_that_was_not_measured_gets_the_sheets_as_they_are() -> None:
    pdf = sheet(SHEETS["letter"])
    assert calibrated(pdf, None) is pdf
    assert calibrated(pdf, Calibration(1.0, 1.0, EXACT, None)) is pdf
