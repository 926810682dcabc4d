"""Where offices print on A4, every piece has its A size, with the same words, set as well."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.layout import Layout
from hrcpub.project.material import read_material
from tests.judges import tools, verapdf
from tests.shared.measures import grey_pages
from tests.shared.pages import glyphs
from tests.shared.project import MATERIALS, PIECES, ROOT, editions_of

pytestmark = pytest.mark.slow  # all is built for A4

A4 = (595.28, 841.89)
SIX_MM = 6 * 72 / 25.4
# Pixels of cut marks that stand in the printer's margin: pieces nearly fill the sheet.
MARKED = 400


def layout_of(name: str) -> Layout:
    return read_material(Project(Sources(ROOT), sheet="a4"), name).layout


@pytest.mark.parametrize("name", MATERIALS)
def test_a_piece_has_its_a_size(built_a4: Path, name: str) -> None:
    trim = layout_of(name).trim
    for edition in ("screen", "press"):
        boxes = tools.boxes(built_a4 / edition / f"{name}.pdf")
        assert boxes
        for box in boxes:
            size = (box["trim"].right - box["trim"].left, box["trim"].top - box["trim"].bottom)
            assert size == pytest.approx(trim, abs=0.01), edition


def words(path: Path) -> list[str]:
    """Return a file's words in any order. A line may end after a dash, which has no space then."""
    whole = re.sub("\u00ad\\s*", "", tools.text(path))  # words that a line's end divides
    return sorted(re.findall(r"[^\s—]+", whole))


@pytest.mark.parametrize("name", MATERIALS)
def test_it_has_the_words_of_the_letter_size(built_a4: Path, built: Path, name: str) -> None:
    for edition in ("screen", "press"):
        own = words(built_a4 / edition / f"{name}.pdf")
        assert len(own) > 30
        assert own == words(built / edition / f"{name}.pdf")


@pytest.mark.parametrize("name", [name for name in MATERIALS if "office" in editions_of(name)])
def test_the_office_prints_it_on_a4_and_six_millimetres_stay_clear(
    built_a4: Path, name: str
) -> None:
    sides = grey_pages(built_a4 / "office" / f"{name}.pdf", 2)
    assert len(sides) == PIECES[name].design.sheets
    for side in sides:
        assert sorted(side.size) == pytest.approx(sorted(length * 2 for length in A4), abs=1)
        width, height = side.size
        edge = int(SIX_MM * 2)
        side.paste(255, (edge, edge, width - edge, height - edge))
        assert width * height - side.histogram()[255] <= MARKED


@pytest.mark.parametrize("name", MATERIALS)
def test_large_print_is_on_a4_too(built_a4: Path, name: str) -> None:
    for box in tools.boxes(built_a4 / "large-print" / f"{name}.pdf"):
        assert (box["media"].right, box["media"].top) == pytest.approx(A4, abs=0.01)
    drawn = [glyph for page in glyphs(built_a4 / "large-print" / f"{name}.pdf") for glyph in page]
    assert min(glyph.size for glyph in drawn) >= 18 - 0.01


@pytest.mark.parametrize("name", [name for name in PIECES if PIECES[name].lines])
def test_text_baselines_lie_on_the_lattice(built_a4: Path, name: str) -> None:
    layout = layout_of(name)
    grid, checked = layout.grid, 0
    for page in glyphs(built_a4 / "screen" / f"{name}.pdf"):
        for glyph in page:
            if "Franklin" in glyph.font and abs(glyph.size - grid["text-size"]) < 0.02:
                steps = (layout.trim.height - grid["margin"] - glyph.y) / grid["step"]
                assert steps == pytest.approx(round(steps), abs=0.01), glyph
                checked += 1
    assert checked > 100 or not PIECES[name].fits_a4


@pytest.mark.slow
def test_other_programs_find_nothing(built_a4: Path) -> None:
    flavours = {"screen": verapdf.PDF_UA_1, "press": verapdf.PDF_A_2B}
    files = [
        (flavours[edition], path)
        for edition in flavours
        for path in sorted((built_a4 / edition).glob("*.pdf"))
    ]
    assert len(files) == 2 * len(MATERIALS)
    assert [str(verdict) for verdict in verapdf.judge(files) if not verdict.is_compliant] == []
    for path in sorted(built_a4.glob("*/*.pdf")):
        assert tools.qpdf_complaints(path) == "", path


@pytest.mark.parametrize("name", ["contact-card", "principles-card"])
def test_no_cut_mark_stands_in_the_line_below_the_pieces(built_a4: Path, name: str) -> None:
    with pikepdf.open(built_a4 / "office" / f"{name}.pdf") as pdf:
        for page in pdf.pages:
            forms = page.Resources.XObject
            steps = pikepdf.parse_content_stream(forms["/Marks"])
            ends = [float(step.operands[1]) for step in steps if str(step.operator) in "ml"]
            assert len(ends) >= 8
            assert min(ends) > (SIX_MM + 7.5 if "/Slug" in forms else 0)
