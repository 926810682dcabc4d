"""A contact sheet's cells show the imprints that copies have, and another one is seen."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from hrcpub.events.shells import (
    CopyCell,
    CopyImprint,
    blank,
    cell_pages,
    former_cells,
    imprint_corner,
    join,
    packed_cells,
    verify_cells,
)
from hrcpub.pipeline.stages import Pdf
from hrcpub.problems import HrcpubError
from hrcpub.units import Size
from tests.events.shells.test_proven_copies import SITES
from tests.events.shells.test_shell_template import BLUE, RED, template
from tests.judges import tools

SHEET = Size(300, 200)
BOX = (16.0, 6.0, 144.0, 54.0)  # 4 pt around an imprint 20 and 30 pt into a trim that is 80 pt high


def picture(mode: str) -> bytes:
    file = io.BytesIO()
    flat = Image.new("RGB", (128, 48), "#ffe14a")
    (flat.quantize(4) if mode == "P" else flat).save(file, "PNG")
    return file.getvalue()


def captions(count: int) -> Pdf:
    """Return so many pages that have room for a cell, as captions have."""
    pdf = pikepdf.open(io.BytesIO(blank(SHEET)[0]))
    while len(pdf.pages) < count:
        pdf.pages.append(pdf.pages[0])
    for page in pdf.pages:
        page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary())
    file = io.BytesIO()
    pdf.save(file)
    return Pdf(file.getvalue())


def cells(folder: Path, *forms: object) -> list[CopyCell]:
    made = []
    for number, form in enumerate(forms):
        path = folder / f"{number}.pdf"
        path.write_bytes(join(template(), form))  # type: ignore[arg-type]
        assert imprint_corner(path, 2, BOX) == (4.0, 4.0)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        copy = CopyImprint(path, 2, (4.0, 4.0), digest)
        made.append(CopyCell(picture("RGB" if number else "P"), Size(128, 48), 1.0, copy))
    return made


def test_a_cell_has_its_picture_and_over_it_the_imprint_of_its_copy(tmp_path: Path) -> None:
    made = cell_pages(captions(3), cells(tmp_path, RED, BLUE))
    assert made.drawn == (RED.operators, BLUE.operators)
    path = tmp_path / "cells.pdf"
    path.write_bytes(made.pdf)
    assert tools.qpdf_complaints(path) == ""
    first, second, third = tools.drawn_by_poppler(path)
    yellow = (255, 225, 74)
    assert [page.convert("RGB").getpixel((2, 2)) for page in (first, second)] == [yellow] * 2
    assert first.convert("RGB").getpixel((100, 24)) == (255, 0, 0)
    assert second.convert("RGB").getpixel((40, 24)) == (0, 0, 255)
    assert second.convert("RGB").getpixel((100, 24)) == yellow
    assert third.convert("L").getextrema() == (255, 255)


def test_fonts_and_pictures_that_cells_share_are_there_once(tmp_path: Path) -> None:
    made = cell_pages(captions(3), cells(tmp_path, *SITES))
    assert len(set(made.drawn)) == 3
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        forms = [page.obj["/Resources"]["/XObject"]["/Copy"] for page in pdf.pages]
        assert len({form["/Resources"]["/Font"]["/F1"].objgen for form in forms}) == 1


def test_imprints_of_copies_that_are_as_they_were_are_taken_from_former_cells(
    tmp_path: Path,
) -> None:
    """Byte for byte; copies are not even opened, but for that which has changed."""
    (tmp_path / "other").mkdir()
    before = cells(tmp_path, *SITES, RED)
    (other,) = cells(tmp_path / "other", BLUE)
    after = [before[0], other, *before[2:]]
    former = former_cells(packed_cells(cell_pages(captions(4), before), before))
    pages = captions(4)
    new = cell_pages(pages, after)
    for number in (0, 2, 3):
        (tmp_path / f"{number}.pdf").unlink()
    again = cell_pages(pages, after, former)
    assert again.drawn == new.drawn
    with pytest.raises(HrcpubError):
        cell_pages(pages, after)
    assert without_identifier(again.pdf) == without_identifier(new.pdf)


def without_identifier(pdf: Pdf) -> bytes:
    """Return a file without its identifier, which is of the moment."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as read:
        read.save(file, static_id=True)
    return file.getvalue()


def test_what_is_no_list_of_cells_is_a_miss() -> None:
    assert former_cells(b"") is None
    assert former_cells(b"{}\n%PDF") is None
    assert former_cells(b"[1]\n%PDF") is None


def test_where_an_imprint_is_turned_or_elsewhere_nothing_is_found(tmp_path: Path) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(join(template(), RED))
    assert imprint_corner(path, 1, BOX) is None
    assert imprint_corner(path, 2, (0.0, 60.0, 100.0, 80.0)) is None


def test_another_copys_imprint_is_seen() -> None:
    with pytest.raises(HrcpubError):
        verify_cells(captions(1), [RED.operators])


def test_a_copy_that_is_gone_or_torn_is_told(tmp_path: Path) -> None:
    good = cells(tmp_path, RED)
    (tmp_path / "0.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(HrcpubError):
        cell_pages(captions(1), good)
    (tmp_path / "0.pdf").unlink()
    with pytest.raises(HrcpubError):
        cell_pages(captions(1), good)
