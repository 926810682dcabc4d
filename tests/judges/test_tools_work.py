"""The second judges are judged: they see what is on a page, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.judges import tools

# 100 pt square, 10 pt into the page: black to K alone at the left, a spot ink at the right, cyan
# and yellow between them, and a picture of 10 x 10 pixels over an inch.
PAGE = b"""
q 0 0 0 1 k 10 10 20 100 re f Q
q 1 0 1 0 k 40 10 20 100 re f Q
q /Spot cs 1 scn 70 10 20 100 re f Q
q 72 0 0 72 120 10 cm /Picture Do Q
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a file of one page, 200 by 120 pt, its trim 6 pt inside."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(200, 120))
    page = pdf.pages[0]
    page.TrimBox = Array([6, 6, 194, 114])
    page.BleedBox = Array([2, 2, 198, 118])
    tint = Dictionary(
        FunctionType=2,
        Domain=Array([0, 1]),
        C0=Array([0, 0, 0, 0]),
        C1=Array([0, 1, 0.5, 0]),
        N=1,
    )
    spot = Array([Name.Separation, Name("/Warm Red"), Name.DeviceCMYK, tint])
    picture = pdf.make_stream(
        bytes(100),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=10,
        Height=10,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    page.Resources = Dictionary(
        ColorSpace=Dictionary(Spot=spot), XObject=Dictionary(Picture=picture)
    )
    page.contents_add(PAGE)
    pdf.save(tmp_path / "page é.pdf")
    return tmp_path / "page é.pdf"


def test_every_ink_has_its_plate_and_nothing_else_is_on_it(page: Path) -> None:
    (plates,) = tools.plates(page)
    inked = {name: plate.getbbox() for name, plate in plates.items()}
    assert inked == {
        "Cyan": (40, 10, 60, 110),
        "Magenta": None,
        "Yellow": (40, 10, 60, 110),
        "Black": (10, 10, 192, 110),
        "Warm Red": (70, 10, 90, 110),
    }
    assert plates["Cyan"].getpixel((50, 50)) == 255


def test_coverage_is_the_share_of_the_page(page: Path) -> None:
    (coverage,) = tools.coverage(page)
    strip = 20 * 100 / (200 * 120)
    assert coverage.cyan == pytest.approx(strip, abs=0.01)
    assert coverage.black == pytest.approx(strip + 72 * 72 / (200 * 120), abs=0.01)


def test_boxes_are_read_and_know_what_they_hold(page: Path) -> None:
    (boxes,) = tools.boxes(page)
    assert boxes["trim"] == (6, 6, 194, 114)
    assert boxes["trim"].outset(4) == boxes["bleed"]
    assert boxes["media"].holds(boxes["bleed"])
    assert not boxes["trim"].holds(boxes["bleed"])


def test_images_are_listed_with_their_resolution(page: Path) -> None:
    (image,) = tools.images(page)
    assert (image.page, image.kind, image.width, image.colour) == (1, "image", 10, "gray")
    assert (image.components, image.bits, image.is_interpolated) == (1, 8, False)
    assert image.ppi == (10, 10)


def test_two_renderers_agree_on_one_page_and_not_on_another(page: Path, tmp_path: Path) -> None:
    with pikepdf.open(page) as pdf:
        pdf.pages[0].contents_add(b"0 0 0 1 k 90 10 30 100 re f")
        pdf.save(tmp_path / "other.pdf")
    (poppler,) = tools.drawn_by_poppler(page)
    (same,) = tools.drawn_by_ghostscript(page)
    (other,) = tools.drawn_by_ghostscript(tmp_path / "other.pdf")
    assert poppler.size == same.size == (200, 120)
    (grey,) = tools.scanned_by_poppler(page, 72)
    assert (grey.mode, grey.size) == ("L", poppler.size)
    assert tools.mean_difference(poppler.convert("L"), grey) < 0.05
    # Each has its own green.
    assert tools.mean_difference(poppler, same) < 0.05 < tools.mean_difference(same, other)
    assert tools.worst_difference(poppler, same) < 0.5 < tools.worst_difference(same, other)
    assert tools.mean_difference(same, same) == tools.worst_difference(same, same) == 0


def test_pdffonts_sees_a_font_that_is_not_embedded(page: Path, tmp_path: Path) -> None:
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    with pikepdf.open(page) as pdf:
        pdf.pages[0].Resources.Font = Dictionary(F=pdf.make_indirect(helvetica))
        pdf.pages[0].contents_add(b"BT /F 12 Tf 20 50 Td (Read me) Tj ET")
        pdf.save(tmp_path / "text.pdf")
    (font,) = tools.fonts(tmp_path / "text.pdf")
    assert font == ("Helvetica", "Type 1", "Standard", False, False, False)
    assert tools.text(tmp_path / "text.pdf") == "Read me\n\f"


def test_qpdf_is_content_with_a_whole_file_and_not_with_a_torn_one(
    page: Path, tmp_path: Path
) -> None:
    (tmp_path / "torn.pdf").write_bytes(page.read_bytes()[:-200])
    assert tools.qpdf_complaints(page) == ""
    assert "WARNING" in tools.qpdf_complaints(tmp_path / "torn.pdf")


def test_a_complaint_on_the_side_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "no.pdf").write_text("no PDF")
    with pytest.raises(AssertionError, match="Syntax"):
        tools.boxes(tmp_path / "no.pdf")


@pytest.mark.parametrize("program", tools.PACKAGES)
def test_a_missing_program_is_an_error_that_says_what_installs_it(
    program: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(tools.JudgeMissing, match=f"apt-get install {tools.PACKAGES[program]}"):
        tools.run(program)
