"""The tree of tags of a page, as a picture: what HTML means is what a screen reader is told."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf
import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.typeset import lay_out
from hrcpub.project.edition import EDITIONS, PaperColour
from tests.shared.css_pages import make_root, page

ONE = "<h1>T</h1>"
# HTML, and its tree: an element, its kids in brackets; "." is words, "@" a link's annotation.
TREES = {
    "<ul><li>a</li></ul>": "L(LI(Lbl(.) LBody(.)))",
    "<ul><li><p>a</p><p>b</p></li></ul>": "L(LI(Lbl(.) LBody(P(.) P(.))))",
    "<ul><li><p>a</p>b</li></ul>": "L(LI(Lbl(.) LBody(P(.) .)))",
    '<ul style="list-style-position: inside"><li>a</li><li><p>b</p></li></ul>': (
        "L(LI(Lbl(.) LBody(.)) LI(Lbl(.) LBody(P(.))))"
    ),
    '<ul style="list-style: none"><li><p>a</p></li></ul>': "L(LI(LBody(P(.))))",
    "<ul><li>a<ol><li>b</li></ol>c</li><li>d</li></ul>": (
        "L(LI(Lbl(.) LBody(. L(LI(Lbl(.) LBody(.))) .)) LI(Lbl(.) LBody(.)))"
    ),
    "<ul><li>a</li><p>b</p></ul>": "L(LI(Lbl(.) LBody(.)) LI(LBody(P(.))))",
    "<dl><div><dt>a</dt><dd>b</dd></div></dl>": "L(LI(LBody(.)) LI(LBody(.)))",
    "<h3>a</h3><h5>b</h5><h2>c</h2><h3>d</h3>": "H2(.) H3(.) H2(.) H3(.)",
    "<table><thead><tr><th>a</th></tr></thead><tfoot><tr><td>1</td></tr></tfoot></table>": (
        "Table(THead(TR(TH(.))) TBody(TR(TD(.))))"
    ),
    '<p><a href="https://e.org/">a <b>b</b></a></p>': "P(Link(@ . NonStruct(.)))",
    '<p><a href="https://e.org/"><img src="/dot.png" alt="" style="height: 4pt">b</a></p>': (
        "P(Link(@ .))"
    ),
    '<p><a href="https://e.org/"><img src="/dot.png" alt="dot" style="height: 90pt"></a></p>': (
        "P(Link(@ @ Figure(.)))"
    ),
    '<p>a<img src="/dot.png" alt="" style="width: 8pt">b</p>': "P(. .)",
    '<p>a</p><svg width="5" height="5"><title></title><path d="M0 0h5v5z"/></svg>': "P(.)",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(Sources(make_root(tmp_path_factory.mktemp("tags"))), ParsedCache())


def tagged(project: Project, html: str) -> pikepdf.Pdf:
    pages = lay_out(page(ONE + html, sides=None), project)
    data = prepress(pages, Demands(EDITIONS["screen"], PaperColour.FLOOD))
    return pikepdf.open(io.BytesIO(data))


def drawn(element: pikepdf.Object) -> str:
    """Return what is in an element; a span without kin of its own is words."""
    return " ".join(_kids(element))


def _kids(element: pikepdf.Object) -> Iterator[str]:
    for kid in element.get("/K", ()):
        if isinstance(kid, int) or kid.get("/Type") == "/MCR":
            yield "."
        elif kid.get("/Type") == "/OBJR":
            yield "@"
        else:
            inner = drawn(kid)
            yield inner if kid.S == "/Span" else f"{str(kid.S)[1:]}({inner})"


@pytest.mark.parametrize("html", TREES)
def test_tags_say_what_html_means(project: Project, html: str) -> None:
    with tagged(project, html) as pdf:
        assert drawn(pdf.Root.StructTreeRoot.K[0]) == f"H1(.) {TREES[html]}"


def test_a_list_says_how_it_is_numbered(project: Project) -> None:
    kinds = {"ol": "/Decimal", "ul": "/Disc", 'ol style="list-style: lower-alpha"': "/LowerAlpha"}
    for tag, kind in kinds.items():
        with tagged(project, f"<{tag}><li>a</li></{tag.split()[0]}>") as pdf:
            (outer,) = [o for o in pdf.objects if _is(o, "/L")]
            assert outer.A.ListNumbering == kind


def test_a_heading_cell_says_what_it_heads(project: Project) -> None:
    rows = "<tr><td></td><th>a</th></tr><tr><th>b</th><td>1</td></tr>"
    with tagged(project, f"<table>{rows}</table>") as pdf:
        heads = [cell.A.Scope for cell in pdf.objects if _is(cell, "/TH")]
        assert heads == ["/Column", "/Column", "/Row"]


def test_a_link_in_bold_is_one_link(project: Project) -> None:
    with tagged(project, '<p><a href="https://e.org/">a <b>b</b></a></p>') as pdf:
        assert len(pdf.pages[0].Annots) == 1


def test_a_link_is_called_by_its_words_or_else_by_its_address(project: Project) -> None:
    tel = '<a href="tel:+12122136376">(212) <b>213-6376</b></a>'
    picture = '<a href="https://e.org/"><img src="/dot.png" alt="dot" style="width: 8pt"></a>'
    with tagged(project, f"<p>{tel}</p><p>{picture}</p>") as pdf:
        names = {str(note.Contents) for note in pdf.pages[0].Annots}
        assert names == {"(212) 213-6376", "https://e.org/"}


def test_a_picture_that_says_nothing_is_ornament(project: Project) -> None:
    with tagged(project, '<p>a<img src="/dot.png" alt="" style="width: 8pt"></p>') as pdf:
        content = b" ".join(pdf.pages[0].Contents.read_bytes().split())
        assert b"/Artifact <</Type /Layout>> BDC" in content
        assert b"/Figure" not in content


def test_words_in_a_group_are_found_by_their_tags(project: Project) -> None:
    html = '<p style="opacity: .9">a</p><p style="opacity: .9; break-before: page">b</p>'
    with tagged(project, html) as pdf:
        parts = [element.K[0] for element in pdf.objects if _is(element, "/Span")][1:]
        assert [part.Type for part in parts] == ["/MCR", "/MCR"]
        assert [part.Pg.objgen for part in parts] == [p.obj.objgen for p in pdf.pages]
        assert all(b"MCID" in part.Stm.read_bytes() for part in parts)


def _is(found: pikepdf.Object, kind: str) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == kind and "/P" in found
