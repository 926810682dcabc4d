"""Stylesheets and fonts that layouts have in common: each is set as if it had its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import HrcpubError
from hrcpub.units import Size
from tests.shared.project import ROOT

pytestmark = pytest.mark.usefixtures("cold")

TEXT, LARGE = "libre-franklin/LibreFranklin-Regular.ttf", "league-gothic/LeagueGothic-Regular.ttf"
FACE = '@font-face { font-family: "HRC Text"; src: url(/fonts/text.ttf) }\n'
COMMON = """
@page { size: 200pt 200pt; margin: 20pt } html { font: 10pt "HRC Text"; counter-reset: part }
p { margin-left: var(--wide); counter-increment: part } p::before { content: counter(part) " " }
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "fonts").mkdir()
    shutil.copy(ROOT / "fonts" / TEXT, tmp_path / "fonts/text.ttf")
    return tmp_path


def page(name: str, css: str, common: str = COMMON, face: str = FACE) -> Html:
    """Return a page of a layout with its own stylesheet behind those of all layouts."""
    return Html(
        text="<!doctype html><html lang=en><title>Page</title><body>"
        "<p>Words</p><p>and <b>more</b></p>",
        stylesheets=(
            Stylesheet("layouts/system/system.yaml", face),
            Stylesheet("layouts/system/system.css", common),
            Stylesheet(f"layouts/{name}/layout.css", css),
        ),
        base=f"layouts/{name}",
        words=(),
        families=frozenset({"HRC Text"}),
        sides=1,
        trim=Size(200, 200),
        bleed=0,
        safe=9,
    )


def made(html: Html, project: Project) -> tuple[bytes, list[str]]:
    """Return a page's file, and what is said of it."""
    pages = lay_out(html, project)
    return pages.document.write_pdf(), [str(problem) for problem in pages.problems]


PAGES = (
    page("a", ":root { --wide: 3pt } p { font-size: 12pt }"),
    page("b", ":root { --wide: 5pt } b { color: #444; counter-increment: part 3 }"),
    page("c", "p { font-size: 9pt }"),  # it lacks a value
    page("a", ":root { --wide: 3pt } p { font-size: 13pt }"),
)


PLAIN = page("a", ":root { --wide: 3pt }")


def test_pages_are_the_same_whatever_was_set_before(root: Path) -> None:
    alone = [made(html, Project(Sources(root))) for html in PAGES]
    assert len({file for file, _ in alone}) == len(PAGES)
    assert [any("--wide" in each for each in said) for _, said in alone] == [0, 0, 1, 0]
    project = Project(Sources(root))
    both_ways = (*PAGES, *reversed(PAGES))
    assert [made(html, project) for html in both_ways] == [*alone, *reversed(alone)]


def test_what_is_wrong_in_a_common_stylesheet_is_told_of_each_layout(root: Path) -> None:
    project = Project(Sources(root))
    for name in ("a", "b"):
        with pytest.raises(HrcpubError) as caught:
            lay_out(page(name, f"p {{ --own: {name} }}", f"{COMMON} p {{ colour: red }}"), project)
        assert [problem.code for problem in caught.value.problems] == ["css-ignored"]


HEAD = '@font-face{font-family:"HRC Text";src:url("/fonts/text.ttf")}\n'


def test_fonts_at_the_head_of_other_values_are_the_same_fonts(root: Path) -> None:
    pages = [page("a", "", face=f"{HEAD}:root {{ --wide: {wide}pt }}") for wide in (3, 5)]
    alone = [made(html, Project(Sources(root))) for html in pages]
    project = Project(Sources(root))
    assert [made(html, project) for html in pages] == alone
    assert alone[0] == made(PLAIN, project)
    fonts = [key[0] for key in project.cache._kept if isinstance(key, tuple)]
    assert fonts.count("fonts") == 2


def test_a_mistake_behind_fonts_is_told_at_its_line(root: Path) -> None:
    html = page("a", "", face=f"{HEAD}{HEAD}p {{ color: #123 }}\np {{ colour: red }}")
    with pytest.raises(HrcpubError) as caught:
        lay_out(html, Project(Sources(root)))
    (source,) = [problem.source for problem in caught.value.problems]
    assert source is not None
    assert (source.path, source.line, source.column) == ("layouts/system/system.yaml", 4, 5)


def test_a_font_that_was_replaced_is_set_anew(root: Path) -> None:
    project = Project(Sources(root))
    before = made(PAGES[0], project)
    shutil.copy(ROOT / "fonts" / LARGE, root / "fonts/text.ttf")
    again = project.recording()
    assert made(PAGES[1], again) == made(PAGES[1], Project(Sources(root)))
    after = made(PAGES[0], again)
    assert after == made(PAGES[0], Project(Sources(root)))
    assert after != before


def test_a_stylesheet_that_imports_fonts_has_them(root: Path) -> None:
    (root / "layouts/system").mkdir(parents=True)
    (root / "layouts/system/fonts.css").write_text(FACE)
    importing = page("a", ":root { --wide: 3pt }", f'@import "fonts.css";{COMMON}', face="")
    project = Project(Sources(root))
    made(PAGES[1], project)
    assert made(importing, project) == made(PLAIN, Project(Sources(root)))
    assert "layouts/system/fonts.css" in project.sources.reads.files


@pytest.mark.parametrize("at", ["@font-face", "@FONT-FACE", "@font-f\\61 ce"])
def test_fonts_are_found_however_their_rule_is_written(root: Path, at: str) -> None:
    html = page("a", ":root { --wide: 3pt }", face=FACE.replace("@font-face", at))
    project = Project(Sources(root))
    made(PAGES[1], project)
    assert made(html, project) == made(PLAIN, Project(Sources(root)))
