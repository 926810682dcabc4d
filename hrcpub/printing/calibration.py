"""Sheets to sheets that come out where they should: moved and stretched against the printer.

What a printer does to a place on a sheet, counted from its left edge and its top, is
`found = stretch * place + shift`. It is known from two things that a person measures: how long a
bar is that should be 100 mm, and where a mark is that should be 20 mm from both edges. So what
should be found at a place is drawn at `(place - shift) / stretch`. Boxes stay as they are.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.printing.order import Sides
from hrcpub.project.office_queues import MARK, Calibration, MeasuredMark
from hrcpub.units import Matrix, pdf_numbers

if TYPE_CHECKING:
    import pikepdf

_DECIMALS = 6  # so that a sheet's far corner is right to a thousandth of a point


class SheetFault(NamedTuple):
    """What a printer does to one side: how it stretches and how far it moves, in points."""

    across: float
    down: float
    right: float
    lower: float


def fault_of(calibration: Calibration, mark: MeasuredMark) -> SheetFault:
    """Return what is wrong with a side on which mark A was found somewhere."""
    across, down = calibration.across, calibration.down
    return SheetFault(across, down, mark.left - across * MARK, mark.top - down * MARK)


def against(fault: SheetFault, width: float, height: float, *, is_turned: bool = False) -> Matrix:
    """Return the matrix that undoes a fault, on a sheet of a size, y upwards.

    `is_turned` is for a side that the printer turns by half: a back that is turned about its short
    edge.
    """
    wide, high = 1 / fault.across, 1 / fault.down
    if is_turned:
        right = fault.right / fault.across + width * (1 - wide)
        up = -fault.lower / fault.down
    else:
        right = -fault.right / fault.across
        up = height * (1 - high) + fault.lower / fault.down
    return (wide, 0.0, 0.0, high, right, up)


def calibrated(pdf: bytes, calibration: Calibration | None, sides: Sides = Sides.ONE) -> bytes:
    """Return upright sheets, as `placing.placed` makes them, for a printer that was measured.

    Where they are two-sided, every second page is a back. The sheets' sizes stay; what is moved
    beyond an edge is lost, as it is in the printer. The same sheets give the same bytes.
    """
    if calibration is None or calibration.is_exact:
        return pdf
    import pikepdf

    front = fault_of(calibration, calibration.front)
    back = fault_of(calibration, calibration.back or calibration.front)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for number, page in enumerate(file.pages):
            is_back = sides.is_two_sided and number % 2 == 1
            left, foot, right, top = (float(edge) for edge in page.mediabox)
            matrix = against(
                back if is_back else front,
                right - left,
                top - foot,
                is_turned=is_back and sides is Sides.SHORT,
            )
            _move(page, matrix, left, foot)
        out = io.BytesIO()
        file.save(out, deterministic_id=True)
    return out.getvalue()


def _move(page: pikepdf.Page, matrix: Matrix, left: float, foot: float) -> None:
    """Draw a page by a matrix that counts from its lower left corner."""
    wide, _, _, high, right, up = matrix
    moved = (wide, 0.0, 0.0, high, right + left * (1 - wide), up + foot * (1 - high))
    operands = pdf_numbers(moved, _DECIMALS)
    page.contents_add(f"q {operands} cm\n".encode(), prepend=True)
    page.contents_add(b"\nQ")
