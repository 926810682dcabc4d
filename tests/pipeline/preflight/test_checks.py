"""Each check has a file that fails and one that passes; files are made here, with pikepdf."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from hrcpub.pipeline.preflight import Expected, limits_of, preflight
from hrcpub.project.edition import EDITIONS
from hrcpub.units import Size
from tests.shared import press_files
from tests.shared.project import PIECES

SIZE = Size(144, 252)
PRESS = Expected(EDITIONS["press"], 1, SIZE, 9.0, frozenset({"HRC Gothic"}), limits_of("sheetfed"))
SCREEN = Expected(EDITIONS["screen"], 1, SIZE, 0.0)
Change = Callable[[pikepdf.Pdf], None]


def good(expected: Expected) -> pikepdf.Pdf:
    """Return a file of one page in which nothing is wrong."""
    pdf = press_files.press(b"BT /F1 12 Tf 20 20 Td (A) Tj ET")
    page, bleed = pdf.pages[0].obj, expected.bleed
    outer = Array([-bleed, -bleed, SIZE.width + bleed, SIZE.height + bleed])
    page.MediaBox = page.CropBox = page.BleedBox = outer
    page.TrimBox = Array([0, 0, SIZE.width, SIZE.height])
    if expected.edition.is_tagged:
        tagged(pdf)
    return pdf


def tagged(pdf: pikepdf.Pdf) -> None:
    """Give a file of one page a paragraph, and what else a tagged file has."""
    page, root = pdf.pages[0].obj, pdf.Root
    page.Contents = pdf.make_stream(b"/P <</MCID 0>> BDC " + page.Contents.read_bytes() + b" EMC")
    page.Tabs = Name.S
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    words = Dictionary(Type=Name.StructElem, S=Name.P, P=tree, Pg=page, K=Array([0]))
    tree.K = Array([pdf.make_indirect(words)])
    root.StructTreeRoot, root.Lang = tree, String("en")
    root.MarkInfo, root.ViewerPreferences = (
        Dictionary(Marked=True),
        Dictionary(DisplayDocTitle=True),
    )
    title = b"<dc:title>A card</dc:title></rdf:Description>"
    xmp = root.Metadata.read_bytes().replace(b"</rdf:Description>", title)
    root.Metadata.write(xmp)


def saved(pdf: pikepdf.Pdf) -> bytes:
    file = io.BytesIO()
    pdf.save(file, static_id=True)
    return file.getvalue()


@pytest.mark.parametrize("expected", [PRESS, SCREEN], ids=["press", "screen"])
def test_a_right_file_may_leave(expected: Expected) -> None:
    assert preflight(saved(good(expected)), expected) == []


def two_pages(pdf: pikepdf.Pdf) -> None:
    pdf.pages.append(pdf.pages[0])


def no_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]


def trim(*edges: float) -> Change:
    return lambda pdf: pdf.pages[0].obj.update({"/TrimBox": Array(edges)})


def bleed(*edges: float) -> Change:
    return lambda pdf: pdf.pages[0].obj.update({"/BleedBox": Array(edges)})


def no_bleed(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj["/BleedBox"]


def font_of(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.pages[0].obj.Resources.Font.F1


def font_file_left_out(pdf: pikepdf.Pdf) -> None:
    del font_of(pdf).FontDescriptor["/FontFile2"]


def one_of_the_fourteen(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources.Font.F2 = pdf.make_indirect(font)
    pdf.pages[0].contents_add(b"BT /F2 9 Tf 60 60 Td 0 0 0 1 k (A) Tj ET")


def font_of_some_computer(pdf: pikepdf.Pdf) -> None:
    font_of(pdf).BaseFont = Name("/ABCDEF+Arial")


def font_in_a_form(pdf: pikepdf.Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Symbol)
    inner = Dictionary(Font=Dictionary(F9=pdf.make_indirect(font)))
    drawn = b"BT /F9 9 Tf 60 60 Td 0 0 0 1 k (A) Tj ET"
    form = Stream(pdf, drawn, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]))
    form.Resources = inner
    pdf.pages[0].obj.Resources.XObject = Dictionary(X1=pdf.make_indirect(form))
    pdf.pages[0].contents_add(b"/X1 Do")


def without(name: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root[name]

    return change


def no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]


def a_link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Border=Array([0, 0, 0])
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


WRONG = [
    (PRESS, two_pages, "pdf-pages", "2 pages instead of 1"),
    (PRESS, no_pages, "pdf-pages", "0 pages instead of 1"),
    (PRESS, trim(0, 0, 143, 252), "pdf-boxes", "143 x 252"),
    (PRESS, trim(-9, -9, 153, 261), "pdf-boxes", "162 x 270"),
    (PRESS, bleed(-3, -3, 147, 255), "pdf-boxes", "the bleed is 3 pt instead of 9"),
    (PRESS, bleed(-9, -9, 153, 252), "pdf-boxes", "the bleed is 0 pt instead of 9"),
    (PRESS, no_bleed, "pdf-boxes", "the bleed is 0 pt instead of 9"),
    (PRESS, font_file_left_out, "pdf-font", "HRC-Gothic is not embedded"),
    (PRESS, one_of_the_fourteen, "pdf-font", "Helvetica is not embedded"),
    (PRESS, font_of_some_computer, "pdf-font", "Arial is not a font of the layout"),
    (PRESS, font_in_a_form, "pdf-font", "Symbol is not embedded"),
    (PRESS, a_link, "pdf-annotation", "annotations"),
    (SCREEN, without("/StructTreeRoot"), "pdf-tags", "has no tags"),
    (SCREEN, without("/MarkInfo"), "pdf-tags", "has no tags"),
    (SCREEN, without("/Lang"), "pdf-tags", "has no language"),
    (SCREEN, without("/Metadata"), "pdf-tags", "has no PDF/UA-1 mark"),
    (SCREEN, no_title, "pdf-tags", "has no title"),
    (SCREEN, without("/ViewerPreferences"), "pdf-tags", "has no wish to show its title"),
]


@pytest.mark.parametrize(("expected", "change", "code", "said"), WRONG)
def test_what_is_wrong_is_found_and_said(
    expected: Expected, change: Change, code: str, said: str
) -> None:
    pdf = good(expected)
    change(pdf)
    found = preflight(saved(pdf), expected)
    assert {problem.code for problem in found} == {code}
    assert any(said in problem.message for problem in found)
    assert all(problem.is_error for problem in found)


def test_a_link_is_right_where_links_work() -> None:
    pdf = good(SCREEN)
    a_link(pdf)
    note, tree = pdf.pages[0].obj.Annots[0], pdf.Root.StructTreeRoot
    note.Contents = String("https://example.org/")
    inner = Dictionary(Type=Name.OBJR, Obj=note)
    tree.K.append(Dictionary(Type=Name.StructElem, S=Name.Link, P=tree, K=Array([inner])))
    assert preflight(saved(pdf), SCREEN) == []


def test_a_problem_of_one_page_names_the_page() -> None:
    pdf = good(PRESS)
    pdf.pages.append(pdf.pages[0])
    pdf.pages[1].obj.TrimBox = Array([0, 0, 1, 1])
    found = preflight(saved(pdf), PRESS._replace(pages=2))
    assert {problem.source.page for problem in found if problem.source} == {2}


def test_a_broken_cross_reference_table_is_refused() -> None:
    data = saved(good(PRESS))
    at = data.rindex(b"startxref") + len(b"startxref\n")
    broken = data[:at] + b"7" + data[at:]
    (problem,) = preflight(broken, PRESS)
    assert problem.code == "pdf-unreadable"


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"\x89PNG\r\n", b"<html>"], ids=["empty", "head", "png", "html"]
)
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    (problem,) = preflight(data, PRESS)
    assert problem.code == "pdf-unreadable"


def test_a_file_cut_short_is_refused() -> None:
    data = saved(good(PRESS))
    (problem,) = preflight(data[: len(data) // 2], PRESS)
    assert problem.code == "pdf-unreadable"


def test_a_damaged_content_stream_is_found() -> None:
    pdf = good(PRESS)
    pdf.pages[0].obj.Contents = Stream(pdf, b"BT /F1 12 Tf (A Tj ET")
    assert {p.code for p in preflight(saved(pdf), PRESS)} == {"pdf-syntax"}


def test_preflight_changes_nothing_and_reads_what_hrcpub_wrote(built: Path) -> None:
    files = sorted(built.glob("screen/*.pdf"))
    assert len(files) == len(PIECES)
    for file in files:
        before = file.read_bytes()
        design = PIECES[file.stem].design
        expected = Expected(EDITIONS["screen"], design.sides, design.trim, 0.0)
        assert preflight(before, expected) == []
        assert file.read_bytes() == before
