"""Pages on sheets, as printers are handed them: read by poppler and qpdf."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from hrcpub.printing.placing import placed
from hrcpub.printing.queues import PrintMargins, QueueMedia
from tests.printing.arrived import read
from tests.printing.ruled import RULER, number_on, numbers, place_of, ruled, ruler_on

MEDIA = QueueMedia("na_letter_8.5x11in", 612.0, 792.0, PrintMargins(18, 18, 18, 18))
MM = 72 / 25.4


def test_a_smaller_page_is_in_the_middle_at_its_own_size(tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 2, (500.0, 600.0))
    (first, blank, second) = sheets(tmp_path, placed(file, (1, 0, 2), MEDIA))
    assert numbers([first, blank, second]) == [1, 0, 2]
    assert ruler_on(first) == pytest.approx(RULER, abs=0.1)
    assert place_of(first) == pytest.approx(((56 + 72) / MM, (96 + 72) / MM), abs=0.15)
    assert first.size == (612.0, 792.0)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_page_is_placed_as_a_viewer_shows_it(rotate: int, tmp_path: Path) -> None:
    """Turned pages, without what a crop box hides, and with what is around a trim."""
    file = ruled(tmp_path / "r.pdf", 1, (792.0, 612.0))
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        page.obj["/MediaBox"] = [-50, -50, 900, 700]
        page.obj["/CropBox"] = [0, 0, 792, 612]
        page.obj["/TrimBox"] = [100, 100, 600, 500]
        page.obj["/Rotate"] = rotate
        pdf.save(file)
    (side,) = sheets(tmp_path, placed(file, (1,), MEDIA))
    assert number_on(side) == 1
    assert ruler_on(side) == pytest.approx(RULER, abs=0.1)
    assert place_of(side) == pytest.approx((25.4, 25.4), abs=0.15)


def test_a_sheet_has_one_box_and_the_same_bytes_each_time(tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 2, (792.0, 612.0))
    data = placed(file, (1, 2), MEDIA)
    assert data == placed(file, (1, 2), MEDIA)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            assert {key for key in page.obj if "Box" in key} == {"/MediaBox"}
            assert "/Rotate" not in page.obj


def sheets(folder: Path, data: bytes):  # type: ignore[no-untyped-def]
    path = folder / "sheets.pdf"
    path.write_bytes(data)
    return read(path)
