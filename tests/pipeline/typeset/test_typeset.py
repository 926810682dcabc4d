"""Pages laid out: what they may read, and that a page's every mistake is told."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html, Stylesheet, Typeset
from hrcpub.pipeline.typeset import lay_out, typeset
from hrcpub.problems import HrcpubError, Problem
from hrcpub.units import Size
from tests.shared.pages import judge
from tests.shared.project import ROOT

FACE = '@font-face { font-family: "HRC Franklin"; src: url(/fonts/text.ttf) }\n'
PAGE = '@page { size: 200pt 200pt; margin: 20pt } html { font: 10pt "HRC Franklin" }\n'


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("typeset")
    (root / "fonts").mkdir()
    shutil.copy(
        ROOT / "fonts/libre-franklin/LibreFranklin-Regular.ttf", root / "fonts" / "text.ttf"
    )
    return root


def laid_out(root: Path, body: str, css: str = "", sides: int = 1) -> Typeset:
    return typeset(page(body, css, sides), Project(Sources(root)))


def page(body: str, css: str = "", sides: int = 1) -> Html:
    return Html(
        text=f"<!doctype html><html lang=en><title>Page</title><body>{body}",
        stylesheets=(Stylesheet("layouts/mine/layout.css", FACE + PAGE + css),),
        base="layouts/mine",
        words=(),
        families=frozenset({"HRC Franklin"}),
        sides=sides,
        trim=Size(200, 200),
        bleed=0,
        safe=9,
    )


def problems(root: Path, body: str, css: str = "", sides: int = 1) -> list[Problem]:
    with pytest.raises(HrcpubError) as caught:
        laid_out(root, body, css, sides)
    return list(caught.value.problems)


def test_a_page_without_mistakes_has_no_problems(root: Path) -> None:
    assert laid_out(root, "<p>Words</p>").problems == ()


CSS_LINES = 2  # of FACE and PAGE, above a test's own


@pytest.mark.parametrize(
    ("css", "place"),
    [
        ("p { colour: red }", "1:5"),
        ("p {\n  margin: 3;\n}", "2:3"),
        ("p { color: redd }", "1:5"),
        ("@media (min-width: }", "1:1"),
        ("a:hovver { color: red }", "1:1"),
        ("p > > b { color: red }", "1:1"),
    ],
)
def test_a_mistake_in_a_stylesheet_is_told_with_its_line_and_column(
    root: Path, css: str, place: str
) -> None:
    reported = problems(root, "<p>Words</p>", css)
    line, column = map(int, place.split(":"))
    assert [problem.code for problem in reported] == ["css-ignored"]
    source = reported[0].source
    assert source
    assert source.path == "layouts/mine/layout.css"
    assert (source.line, source.column) == (line + CSS_LINES, column)
    assert source.quote == css.splitlines()[line - 1]


def test_every_mistake_in_a_stylesheet_is_told_at_once(root: Path) -> None:
    reported = problems(root, "<p>Words</p>", "p { colour: red }\nb { heigth: 1pt }")
    assert [problem.source.line for problem in reported if problem.source] == [3, 4]


def test_a_stylesheet_that_nests_without_end_is_told(root: Path) -> None:
    reported = problems(root, "<p>Words</p>", "p { width: " + "calc(" * 3000)
    assert {problem.code for problem in reported} <= {"css-too-deep", "css-ignored"}
    assert reported


REFUSED = [
    "http://example.org/x.png",
    "https://example.org/x.png",
    "ftp://example.org/x.png",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
]
ABSENT = [
    "nowhere.png",
    "/nowhere.png",
    "../../nowhere.png",
    "../../../../../etc/passwd",
    "//example.org/x.png",
]


@pytest.mark.parametrize("address", [*REFUSED, *ABSENT])
@pytest.mark.parametrize(
    "use",
    [
        '<img src="{}" alt="">',
        '<p style="background-image: url({})">Words</p>',
        '<object data="{}"></object>',
        '<link rel=stylesheet href="{}">',
        "<style>@import url({});</style>",
        "<style>@font-face {{ font-family: X; src: url({}) }}</style>",
        '<ul><li style="list-style-image: url({})">Words</li></ul>',
    ],
    ids=["img", "background", "object", "link", "import", "font", "list"],
)
def test_nothing_is_read_from_outside_the_project(root: Path, use: str, address: str) -> None:
    codes = {problem.code for problem in problems(root, use.format(address))}
    told = {"address-refused"} if address in REFUSED else {"file-missing", "file-refused"}
    assert codes & told


@pytest.mark.parametrize("address", [*REFUSED, *ABSENT])
def test_a_picture_inside_a_drawing_that_is_not_read_is_told(project: Path, address: str) -> None:
    """WeasyPrint asks for it as late as when it writes the file."""
    template = project / "layouts/card/layout.html"
    text = template.read_text(encoding="utf-8")
    assert text.count("<section") == 2
    drawing = (
        '<svg width="9" height="9" style="position: absolute">'
        f'<title>A picture</title><image href="{address}" width="9" height="9"/></svg>'
    )
    template.write_text(text.replace("<h1 ", f"{drawing}<h1 "), encoding="utf-8")
    worker = BuildWorker(BatchOptions(str(project), str(project / "output")))
    report = worker.do(Job("contact-card", ("screen",)))
    assert report.failed
    assert {problem.code for problem in report.problems} <= {"page-warning", "address-refused"}
    assert report.outputs == ()


@pytest.mark.parametrize("address", ["http://example.org/x.css", "nowhere.css"])
def test_a_stylesheet_imports_nothing_from_outside_the_project(root: Path, address: str) -> None:
    html = Html(
        text="<!doctype html><html lang=en><title>Page</title><body>Words",
        stylesheets=(Stylesheet("layouts/mine/layout.css", f'@import "{address}";\n{FACE}{PAGE}'),),
        base="layouts/mine",
        words=(),
        families=frozenset(),
        sides=1,
        trim=Size(200, 200),
        bleed=0,
        safe=9,
    )
    with pytest.raises(HrcpubError) as caught:
        typeset(html, Project(Sources(root)))
    codes = {problem.code for problem in caught.value.problems}
    assert codes & {"address-refused", "file-missing"}


def test_what_a_page_reads_is_in_the_record_and_what_it_missed_too(root: Path) -> None:
    sources = Sources(root)
    html = laid_out(root, "<p>Words</p>").html
    typeset(html, Project(sources))
    assert list(sources.reads.files) == ["fonts/text.ttf"]
    absent = Html(
        text=html.text.replace("<p>", '<p><img src="gone.png" alt="">'),
        stylesheets=html.stylesheets,
        base=html.base,
        words=(),
        families=html.families,
        sides=1,
        trim=html.trim,
        bleed=0,
        safe=9,
    )
    with pytest.raises(HrcpubError):
        typeset(absent, Project(sources))
    assert sources.reads.files["layouts/mine/gone.png"] is None


FOREIGN = ['html { font-family: "Arial" }', "html { font-family: serif }", "p { font: 9pt Nix }"]


@pytest.mark.parametrize("css", FOREIGN)
def test_a_font_that_nobody_has_is_told_at_its_line(root: Path, css: str) -> None:
    (problem,) = problems(root, "<p>Words</p><p>and more of them</p>", css)
    family = re.split(r'[ "]', css.removesuffix('" }').removesuffix(" }"))[-1]
    assert (problem.code, problem.message) == ("font-unknown", f"there is no font {family}")
    place = problem.source
    assert place is not None
    assert (place.path, place.quote) == ("layouts/mine/layout.css", css)
    assert css[(place.column or 0) - 1 :].startswith(family)
    assert problem.hint == "known here: HRC Franklin"


@pytest.mark.parametrize(
    "css",
    [
        'html { font-family: Arial, "hrc franklin" }',  # the second stands in for the first
        "i { font-family: Arial }",  # nothing is set in it
        "p { font-family: inherit }",
    ],
)
def test_a_font_that_is_not_needed_is_no_mistake(root: Path, css: str) -> None:
    assert laid_out(root, "<p>Words</p>", css).problems == ()


def test_a_font_that_no_line_names_is_told_at_the_template(root: Path) -> None:
    html = replace(
        page("<p style='font-family: Nix'>Words</p>"), template="layouts/mine/layout.html"
    )
    (problem,) = lay_out(html, Project(Sources(root))).problems
    assert (problem.message, str(problem.source)) == (
        "there is no font Nix", "layouts/mine/layout.html",
    )  # fmt: skip


@pytest.mark.parametrize("css", FOREIGN)
def test_no_font_of_some_computer_is_ever_embedded(root: Path, tmp_path: Path, css: str) -> None:
    """A family that is not the project's is drawn in one that is."""
    file = tmp_path / "page.pdf"
    file.write_bytes(
        lay_out(page("<p>Words Ω</p>", css), Project(Sources(root))).document.write_pdf()
    )
    rows = judge("pdffonts", file).splitlines()[2:]
    assert rows
    ours = [folder.name for folder in (ROOT / "fonts").iterdir()]
    assert {"libre-franklin", "league-gothic"} <= set(ours)
    # Of a layout that was set before in this process, under their private names.
    assert all(any(name in row.lower() for name in ("hrc-", *ours)) for row in rows), rows
