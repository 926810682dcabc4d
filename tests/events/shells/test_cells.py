"""A contact sheet's cells show the imprints that copies have, and another one is seen."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from hrcpub.events.paperwork.kept_cells import CellParts, DrawnCaption, KeptCells
from hrcpub.events.shells import (
    CellForm,
    CopyImprint,
    Stamp,
    StampedPages,
    copied_imprint,
    imprint_corner,
    layered,
    made_group,
)
from hrcpub.events.shells import layers as layers_module
from hrcpub.events.shells.cells import put_cell
from hrcpub.events.shells.written_file import WrittenFile
from hrcpub.pipeline.stages import Pdf
from hrcpub.problems import HrcpubError
from hrcpub.units import Size
from tests.events.shells.test_proven_copies import SITES
from tests.events.shells.test_shell_template import BLUE, RED, template
from tests.judges import tools
from tests.shared.joined import join

SHEET = Size(300, 200)
BOX = (16.0, 6.0, 144.0, 54.0)  # 4 pt around an imprint 20 and 30 pt into a trim that is 80 pt high
# As WeasyPrint draws a page with one place for stamps.
GROUND = b"1 0 0 -1 0 200 cm\nq\n0.75 0 0 0.75 0 0 cm\nq\nBT\nET\nQ\nQ"


def picture(mode: str) -> bytes:
    file = io.BytesIO()
    flat = Image.new("RGB", (128, 48), "#ffe14a")
    (flat.quantize(4) if mode == "P" else flat).save(file, "PNG")
    return file.getvalue()


def ground() -> Pdf:
    """Return a page that has room for a cell."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(300, 200))
    page.obj["/Contents"] = pdf.make_stream(GROUND)
    page.obj["/Resources"] = pikepdf.Dictionary()
    file = io.BytesIO()
    pdf.save(file)
    return Pdf(file.getvalue())


def imprints(folder: Path, *forms: object) -> list[CopyImprint]:
    folder.mkdir(exist_ok=True)
    made = []
    for number, form in enumerate(forms):
        path = folder / f"{number}.pdf"
        path.write_bytes(join(template(), form))  # type: ignore[arg-type]
        assert imprint_corner(path, 2, BOX) == (4.0, 4.0)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        made.append(CopyImprint(path, 2, (4.0, 4.0), digest))
    return made


def cells(folder: Path, *forms: object) -> list[CellForm]:
    shown = Size(128, 48)
    return [
        CellForm(
            SHEET, b"", (), picture("RGB" if number else "P"), shown, 1.0, one.corner,
            copied_imprint(one),
        )
        for number, one in enumerate(imprints(folder, *forms))
    ]  # fmt: skip


def sheet(*cells: CellForm) -> Pdf:
    """Return a sheet with a page for each cell."""
    page = ground()
    return layered([StampedPages(page, ((Stamp(cell, 0.0, 0.0),),)) for cell in cells])


def test_a_cell_has_its_picture_and_over_it_the_imprint_of_its_copy(tmp_path: Path) -> None:
    made = sheet(*cells(tmp_path, RED, BLUE), CellForm(SHEET, b"0 g 0 0 1 1 re"))
    path = tmp_path / "cells.pdf"
    path.write_bytes(made)
    assert tools.qpdf_complaints(path) == ""
    first, second, third = tools.drawn_by_poppler(path)
    yellow = (255, 225, 74)
    assert [page.convert("RGB").getpixel((2, 2)) for page in (first, second)] == [yellow] * 2
    assert first.convert("RGB").getpixel((100, 24)) == (255, 0, 0)
    assert second.convert("RGB").getpixel((40, 24)) == (0, 0, 255)
    assert second.convert("RGB").getpixel((100, 24)) == yellow
    assert third.convert("L").getextrema() == (255, 255)


def test_fonts_and_pictures_that_cells_share_are_there_once(tmp_path: Path) -> None:
    made = cells(tmp_path, *SITES)
    made = [cell._replace(png=made[1].png) for cell in made]
    file = pikepdf.open(io.BytesIO(sheet(*made)))
    found = [next(iter(page.obj["/Resources"]["/XObject"].values())) for page in file.pages]
    forms = [form["/Resources"]["/XObject"] for form in found]
    assert len({form["/Copy"].read_bytes() for form in forms}) == 3
    assert len({form["/Copy"]["/Resources"]["/Font"]["/F1"].objgen for form in forms}) == 1
    assert len({form["/Paper"].objgen for form in forms}) == 1


@pytest.mark.parametrize("wrong", ["its imprint", "its caption", "a stamp elsewhere"])
def test_another_imprint_than_the_copys_is_seen(
    wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what is written is not what was to be, no sheet comes of it."""
    one, two = cells(tmp_path, RED, BLUE)
    if wrong == "a stamp elsewhere":
        monkeypatch.setattr(layers_module, "_placed", lambda *_: b"")
    else:

        def put(file: WrittenFile, cell: CellForm) -> tuple[int, bytes]:
            other = cell._replace(copy=two.copy) if "imprint" in wrong else cell
            number, drawn = put_cell(file, other)
            return number, drawn + b" " * ("caption" in wrong)

        monkeypatch.setattr(layers_module, "put_cell", put)
    with pytest.raises(HrcpubError):
        sheet(one)


class Kept:
    """What a sheet has kept for the next one."""

    def __init__(self) -> None:
        self.data: bytes | None = None
        self.cells = KeptCells(lambda: self.data, self._keep)

    def _keep(self, data: bytes) -> None:
        self.data = data


def caption(text: str) -> DrawnCaption:
    bodies = [b"<</Type/Font/Next 2 0 R>>", b"<</Length 3>>\nstream\n\xff\0a\nendstream"]
    return DrawnCaption(text.encode("latin-1"), (("F1", made_group(bodies)),), 21.5)


def test_imprints_of_copies_that_are_as_they_were_are_kept(tmp_path: Path) -> None:
    """As they were taken; copies are not even opened, but for that which has changed."""
    kept = Kept()
    parts, before = CellParts(kept.cells), imprints(tmp_path / "a", *SITES, RED)
    first = [parts.copy(one) for one in before]
    said = parts.caption("k", lambda: caption("Á"))
    parts.keep()
    (other,) = imprints(tmp_path / "b", BLUE)
    for one in before:
        one.path.unlink()
    again = CellParts(kept.cells)
    assert [again.copy(one) for one in before] == first
    assert again.copy(other).drawn == BLUE.operators
    assert again.caption("k", lambda: caption("another")) == said
    assert again.caption("l", lambda: caption("another")).drawn == b"another"
    with pytest.raises(HrcpubError):
        CellParts(Kept().cells).copy(before[0])


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b"[{},{},", b"[[],[],[]]", b"[null,{},{}]", b"\xff"]
)
def test_what_is_no_list_of_cells_is_a_miss(data: bytes, tmp_path: Path) -> None:
    kept = Kept()
    kept.data = data
    (one,) = imprints(tmp_path, RED)
    assert CellParts(kept.cells).copy(one) == copied_imprint(one)


def test_a_kept_part_that_lacks_a_font_is_made_anew(tmp_path: Path) -> None:
    kept = Kept()
    parts = CellParts(kept.cells)
    (one,) = imprints(tmp_path, SITES[0])
    taken = parts.copy(one)
    parts.caption("k", lambda: caption("kept"))
    parts.keep()
    assert kept.data
    kept.data = kept.data[: kept.data.rindex(b", {")] + b", {}]"
    again = CellParts(kept.cells)
    assert again.copy(one) == taken
    assert again.caption("k", lambda: caption("new")).drawn == b"new"


def test_where_an_imprint_is_turned_or_elsewhere_nothing_is_found(tmp_path: Path) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(join(template(), RED))
    assert imprint_corner(path, 1, BOX) is None
    assert imprint_corner(path, 2, (0.0, 60.0, 100.0, 80.0)) is None


def test_a_copy_that_is_gone_or_torn_is_told(tmp_path: Path) -> None:
    (one,) = imprints(tmp_path, RED)
    one.path.write_bytes(b"%PDF-1.7")
    with pytest.raises(HrcpubError):
        copied_imprint(one)
    one.path.unlink()
    with pytest.raises(HrcpubError):
        copied_imprint(one)
