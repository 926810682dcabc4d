"""Pages on sheets, as printers are handed them: read by poppler and qpdf."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String

from hrcpub.printing.cut_off import cut_off, printed_pages
from hrcpub.printing.placing import joined_sheets, placed
from hrcpub.printing.queues import PrintMargins, QueueMedia
from tests.printing.arrived import read
from tests.printing.ruled import RULER, number_on, numbers, place_of, ruled, ruler_on
from tests.shared.filled_form import fill_in

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


def changed(path: Path, change: Callable[[pikepdf.Pdf], None]) -> Path:
    """Return a file with a page of 400 x 200 points and a ruler, changed."""
    with pikepdf.open(ruled(path, 1, (400.0, 200.0)), allow_overwriting_input=True) as pdf:
        change(pdf)
        pdf.save(path)
    return path


def ink_of(data: bytes) -> list[int]:
    """Return how much of each sheet is dark, in thousandths."""
    with pypdfium2.PdfDocument(data) as document:
        pictures = [page.render(grayscale=True).to_pil().convert("L") for page in document]
    return [1000 * sum(one.histogram()[:128]) // (one.width * one.height) for one in pictures]


def with_layer(is_off: bool) -> Callable[[pikepdf.Pdf], None]:
    """Return what covers a page with black, on a layer."""

    def change(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Die line")))
        shown = Dictionary(OFF=Array([layer])) if is_off else Dictionary()
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)
        page = pdf.pages[0]
        page.obj.Resources = Dictionary(Properties=Dictionary(L1=layer))
        page.contents_add(b"/OC /L1 BDC 0 g 0 0 300 200 re f EMC")

    return change


def test_a_layer_that_is_hidden_is_not_printed(tmp_path: Path) -> None:
    hidden = changed(tmp_path / "hidden.pdf", with_layer(is_off=True))
    shown = changed(tmp_path / "shown.pdf", with_layer(is_off=False))
    (light,) = ink_of(placed(hidden, (1,), MEDIA))
    (dark,) = ink_of(placed(shown, (1,), MEDIA))
    assert (light < 20, dark > 100) == (True, True)
    both = ink_of(joined_sheets([(hidden, (1,), MEDIA), (shown, (1,), MEDIA)]))
    assert [ink > 100 for ink in both] == [False, True]


def test_what_was_filled_into_a_form_is_printed(tmp_path: Path) -> None:
    file = changed(tmp_path / "form.pdf", fill_in)
    (dark,) = ink_of(placed(file, (1,), MEDIA))
    assert dark > 100
    # It stands at the foot of a page that is turned: at its right edge on the sheet.
    (page,) = printed_pages(file)
    media = replace(MEDIA, margins=PrintMargins(220, 220, 220, 220))
    assert "bottom" in [cut.edge for cut in cut_off(file, page, media)]


def with_unit(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.UserUnit = 1.5


def test_a_page_in_units_of_its_own_is_measured_as_it_is_printed(tmp_path: Path) -> None:
    file = changed(tmp_path / "unit.pdf", with_unit)
    (page,) = printed_pages(file)
    assert (page.width, page.height) == (600.0, 300.0)
    (side,) = sheets(tmp_path, placed(file, (1,), MEDIA))
    assert ruler_on(side) == pytest.approx(1.5 * RULER, abs=0.3)
    # The ruler begins 108 points from the left, and ends 67 from the right.
    media = replace(MEDIA, margins=PrintMargins(220, 220, 220, 220))
    cuts = cut_off(file, page, media)
    assert [cut.edge for cut in cuts] == ["left", "right"]
    assert [cut.depth for cut in cuts] == pytest.approx([16, 57], abs=2)


def sheets(folder: Path, data: bytes):  # type: ignore[no-untyped-def]
    path = folder / "sheets.pdf"
    path.write_bytes(data)
    return read(path)
