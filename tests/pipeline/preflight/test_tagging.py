"""Each rule of a tagged file's tree: one file breaks it, one keeps it, and veraPDF says the same.

A file is made from HTML where HTML can break the rule, else by changing a file that keeps it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.preflight import Expected
from hrcpub.pipeline.preflight.checks import tagging
from hrcpub.pipeline.preflight.judge import judge
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.typeset import lay_out
from hrcpub.project.edition import EDITIONS, PaperColour
from tests.judges import verapdf
from tests.shared.css_pages import make_root, page

SCREEN = Expected(EDITIONS["screen"])
Change = Callable[[pikepdf.Pdf], None]

GOOD = """<h1>Title</h1><h2>Part</h2><p>Words <a href="https://example.org/">link</a></p>
<ul><li>one<ul style="list-style: disc"><li>two</li></ul></li></ul>
<table><caption>Of what</caption><thead><tr><th>a</th><th>b</th></tr></thead>
<tbody><tr><td>1</td><td>2</td></tr></tbody></table>
<p lang="es">uno</p><img src="/dot.png" alt="a dot" style="width: 8pt">"""


class Row(NamedTuple):
    """A fault, our code for it, and veraPDF's rule."""

    code: str
    rule: str
    html: str = GOOD
    change: Change | None = None


def elements(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Object]:
    return [
        found
        for found in pdf.objects
        if isinstance(found, pikepdf.Dictionary) and found.get("/S") == f"/{kind}" and "/P" in found
    ]


def first(pdf: pikepdf.Pdf, kind: str) -> pikepdf.Object:
    return elements(pdf, kind)[0]


def renamed(kind: str, name: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        first(pdf, kind).S = Name(f"/{name}")

    return change


def without(kind: str, key: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del first(pdf, kind)[key]

    return change


def with_entry(kind: str, key: str, value: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        first(pdf, kind)[key] = value

    return change


def added(kind: str, *inner: str) -> Change:
    """Add an element to the document, with empty ones in it."""

    def change(pdf: pikepdf.Pdf) -> None:
        document = first(pdf, "Document")
        outer = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=document, K=Array([]))
        )
        document.K.append(outer)
        for name in inner:
            kid = Dictionary(Type=Name.StructElem, S=Name(f"/{name}"), P=outer, K=Array([]))
            outer.K.append(pdf.make_indirect(kid))

    return change


def within_head(pdf: pikepdf.Pdf) -> None:
    head = first(pdf, "THead")
    head.K.append(pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=head)))


def with_span(key: str, value: int) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        first(pdf, "TD").A[f"/{key}"] = value

    return change


def roles(**names: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        roles = Dictionary({f"/{key}": Name(f"/{name}") for key, name in names.items()})
        pdf.Root.StructTreeRoot.RoleMap = roles
        for key in names:
            first(pdf, "P").S = Name(f"/{key}")

    return change


def link(key: str, value: object) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots[0][key] = value

    return change


def another_note(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([9, 9, 20, 20]), Contents="?")
    pdf.pages[0].Annots.append(pdf.make_indirect(note))


def link_in_no_tag(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([9, 9, 20, 20]), Contents="x")
    pdf.pages[0].Annots.append(pdf.make_indirect(link))


def painted(content: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(content)

    return change


def in_a_form(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 9, 9])
    pdf.pages[0].add_resource(form, Name.XObject, Name.Stray)
    pdf.pages[0].contents_add(b"/Stray Do")


GRID = '<table style="display: grid"'
TABLE = "<h1>T</h1><table>{}</table>"
OVER_EACH_OTHER = TABLE.format(
    "<tr><th>a</th><th rowspan=2>b</th></tr><tr><td colspan=2>c</td></tr><tr><td>d</td></tr>"
)
ROWS = [
    Row("tag-type", "7.1-5", change=renamed("P", "Paragraph")),
    Row("tag-type", "7.1-7", change=roles(P="H1")),
    Row("tag-type", "7.1-12", change=without("H2", "/P")),
    Row("tag-nesting", "7.2-3", change=renamed("Caption", "P")),
    Row("tag-nesting", "7.2-3", TABLE.format("<tr><td>1</td></tr>").replace("<table", GRID)),
    Row("tag-nesting", "7.2-4", TABLE.format('<tr style="display: block"><th>a</th></tr>')),
    Row("tag-nesting", "7.2-5", change=added("THead")),
    Row("tag-nesting", "7.2-6", change=added("TBody")),
    Row("tag-nesting", "7.2-7", change=added("TFoot")),
    Row("tag-nesting", "7.2-8", change=added("TH")),
    Row("tag-nesting", "7.2-9", change=added("TD")),
    Row("tag-nesting", "7.2-10", change=renamed("TD", "P")),
    Row("tag-nesting", "7.2-11", change=renamed("TBody", "THead")),
    Row("tag-nesting", "7.2-12", change=added("Table", "TFoot", "TBody", "TFoot")),
    Row("tag-nesting", "7.2-13", change=added("Table", "TFoot")),
    Row("tag-nesting", "7.2-14", change=renamed("TBody", "TR")),
    Row("tag-nesting", "7.2-16", change=added("Table", "TBody", "Caption", "TBody")),
    Row("tag-nesting", "7.2-17", change=added("LI")),
    Row("tag-nesting", "7.2-18", change=added("LBody")),
    Row("tag-nesting", "7.2-19", change=renamed("LI", "P")),
    Row("tag-nesting", "7.2-20", change=renamed("LBody", "P")),
    Row("tag-nesting", "7.2-26", change=added("TOCI")),
    Row("tag-nesting", "7.2-27", change=added("TOC", "TOCI", "P")),
    Row("tag-nesting", "7.2-28", change=added("TOC", "TOCI", "Caption")),
    Row("tag-nesting", "7.2-36", change=within_head),
    Row("tag-nesting", "7.2-39", change=added("Table", "Caption", "TBody", "Caption")),
    Row("tag-nesting", "7.2-40", change=added("L", "LI", "Caption")),
    Row("tag-table", "7.2-43", TABLE.format("<tr><th colspan=2>a</th></tr><tr><td>1</td></tr>")),
    Row("tag-table", "7.2-43", TABLE.format("<tr><th>a</th><th>b</th></tr><tr><td>1</td></tr>")),
    Row("tag-table", "7.2-42", change=with_span("ColSpan", 2)),
    Row("tag-table", "7.2-15", OVER_EACH_OTHER),
    Row("tag-table", "7.2-43", change=with_span("RowSpan", 3)),
    Row("tag-header", "7.5-1", change=without("TH", "/A")),
    Row("tag-heading", "7.4.2-1", change=renamed("H2", "H3")),
    Row("tag-heading", "7.4.2-1", change=renamed("H1", "H2")),
    Row("tag-heading", "7.4.4-1", change=added("Sect", "H", "H")),
    Row("tag-heading", "7.4.4-2", change=renamed("P", "H")),
    Row("tag-picture", "7.3-1", '<h1>T</h1><img src="/dot.png" style="width: 8pt">'),
    Row("tag-picture", "7.3-1", "<h1>T</h1><svg width='5' height='5'><path d='M0 0h5v5z'/></svg>"),
    Row("tag-picture", "7.7-1", change=added("Formula")),
    Row("tag-link", "7.18.5-1", change=link_in_no_tag),
    Row("tag-link", "7.18.5-2", change=link("/Contents", String(""))),
    Row("tag-link", "7.18.1-1", change=another_note),
    Row("tag-language", "7.2-29", '<h1>T</h1><p lang="es_MX">uno</p>'),
    Row("tag-note", "7.9-1", change=added("Note")),
    Row("tag-content", "7.1-3", change=painted(b"0 0 9 9 re f")),
    Row("tag-content", "7.1-3", change=in_a_form),
    Row("tag-content", "7.1-1", change=painted(b"/Span <</MCID 0>> BDC /Artifact BMC EMC EMC")),
    Row("tag-content", "7.1-2", change=painted(b"/Artifact BMC /Span <</MCID 0>> BDC EMC EMC")),
]
RIGHT = [
    GOOD,
    TABLE.format("<tr><th>a</th><td>1</td></tr><tr><th>b</th><td>2</td></tr>"),
    TABLE.format("<tr><td></td><th>a</th></tr><tr><th>b</th><td>2</td></tr>"),
    TABLE.format("<tr><td>1</td><td>2</td></tr>"),
    TABLE.format("<tr><th rowspan=2>a</th><td>1</td></tr><tr><td>2</td></tr>"),
    "<h1>T</h1><h2>U</h2><h3>V</h3><h2>W</h2>",
    '<h1>T</h1><p style="opacity: .9">a <b>b</b></p>',
    "<h1>T</h1><p style='background: url(/dot.png); border: 1pt solid'>a</p>",
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(Sources(make_root(tmp_path_factory.mktemp("tags"))), ParsedCache())


def made(project: Project, html: str, change: Change | None = None) -> bytes:
    data = prepress(
        lay_out(page(html, sides=None), project), Demands(EDITIONS["screen"], PaperColour.FLOOD)
    )
    if change is None:
        return data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        output = io.BytesIO()
        pdf.save(output)
    return output.getvalue()


def codes(data: bytes) -> set[str]:
    return {problem.code for problem in judge(data, SCREEN) if problem.code in tagging.CODES}


@pytest.fixture(scope="module")
def files(project: Project, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return each row's file, and then the right ones."""
    folder = tmp_path_factory.mktemp("rows")
    found = []
    for number, data in enumerate(
        [*(made(project, row.html, row.change) for row in ROWS), *(made(project, r) for r in RIGHT)]
    ):
        found.append(folder / f"{number}.pdf")
        found[-1].write_bytes(data)
    return found


@pytest.fixture(scope="module")
def verdicts(files: list[Path]) -> list[verapdf.Verdict]:
    """What veraPDF says of each file: one virtual machine judges them all."""
    return verapdf.judge((verapdf.PDF_UA_1, file) for file in files)


EACH_ROW = pytest.mark.parametrize(
    "number", range(len(ROWS)), ids=[f"{r.code}-{r.rule}" for r in ROWS]
)
EACH_RIGHT = pytest.mark.parametrize("number", range(len(RIGHT)))


@EACH_ROW
def test_a_fault_is_found(number: int, files: list[Path]) -> None:
    assert ROWS[number].code in codes(files[number].read_bytes())


@EACH_RIGHT
def test_a_right_file_passes(number: int, files: list[Path]) -> None:
    assert judge(files[len(ROWS) + number].read_bytes(), SCREEN) == []


@pytest.mark.slow
@EACH_ROW
def test_the_fault_is_one_to_verapdf(number: int, verdicts: list[verapdf.Verdict]) -> None:
    assert ROWS[number].rule in verdicts[number].clauses, verdicts[number]


@pytest.mark.slow
@EACH_RIGHT
def test_the_right_file_passes_verapdf(number: int, verdicts: list[verapdf.Verdict]) -> None:
    verdict = verdicts[len(ROWS) + number]
    assert verdict.is_compliant, verdict


def test_every_code_has_a_file_that_breaks_it() -> None:
    assert {row.code for row in ROWS} == set(tagging.CODES)


def test_a_tree_is_asked_of_tagged_editions_alone(project: Project) -> None:
    data = made(project, "<h1>T</h1>", renamed("H1", "H2"))
    assert codes(data) == {"tag-heading"}
    assert judge(data, Expected(EDITIONS["office"])) == []
