"""The text of tagged pages, whatever stands in a line: poppler's reading of their tags."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.typeset import lay_out
from hrcpub.project.edition import EDITIONS, PaperColour
from tests.judges import tools
from tests.shared.css_pages import make_root, page

PICTURE = '<img src="/dot.png" alt="a dot" style="width: 8pt; height: 8pt">'
# What may stand in a line. "{}" is more of it, or a word.
INLINE = (
    "{}",
    PICTURE,
    "<br>",
    " ",
    "<wbr>",
    "<b>{}</b>",
    f"<b>{PICTURE}</b>",
    "<span></span>",
    '<a href="https://example.org/">{}</a>',
    '<span style="float: left">{}</span>',
    '<span style="display: inline-block">{}</span>',
    '<span style="display: inline-block"></span>',
    '<span style="position: absolute">{}</span>',
    '<span style="opacity: .5">{}</span>',
    '<span lang="es">{}</span>',
    '<svg width="5" height="5"><title>A box</title><path d="M0 0h5v5z"/></svg>',
    "<table><tr><td>{}</td><th>{}</th></tr></table>",
    "<ul><li>{}</li><li></li></ul>",
    '<ol class="number"><li>{}</li></ol>',
    '<span class="foot">{}</span>',
    '<span style="visibility: hidden">{}</span>',
    '<span style="font-size: 0">{}</span>',
    '<span style="text-decoration: underline overline line-through">{}</span>',
    '<span style="display: block; transform: rotate(9deg)">{}</span>',
    "<p>{}</p>",
    '<span class="before">{}</span>',
)
WORDS = st.sampled_from(("one", "two ", " three", "four", ""))
PIECES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda kind, parts: kind.format(*parts),
        st.sampled_from(INLINE),
        st.tuples(inner, inner),
    ),
    max_leaves=4,
)
BODIES = st.lists(PIECES, max_size=6).map("".join)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(Sources(make_root(tmp_path_factory.mktemp("tags"))), ParsedCache())


def tagged(project: Project, body: str) -> bytes:
    pages = lay_out(page(body, sides=None), project)
    return prepress(pages, Demands(EDITIONS["screen"], PaperColour.FLOOD))


def spoken(project: Project, body: str, folder: Path) -> list[str]:
    """Return the texts of the structure tree of a page."""
    path = folder / "page.pdf"
    path.write_bytes(tagged(project, body))
    tree = tools.say("pdfinfo", "-struct-text", path)
    return [text for text in re.findall(r'^ *"(.*)"$', tree, re.MULTILINE) if text]


@pytest.mark.parametrize("picture", [PICTURE, f"<b>{PICTURE}</b>", f"{PICTURE}{PICTURE}"])
def test_a_line_may_end_in_a_picture(project: Project, tmp_path: Path, picture: str) -> None:
    assert spoken(project, f"<p>Dip it {picture}<br>once.</p>", tmp_path) == ["Dip it ", "once."]


def test_words_around_a_picture_stay_apart(project: Project, tmp_path: Path) -> None:
    assert spoken(project, f"<p>a b{PICTURE}<br>twice</p>", tmp_path) == ["a b ", "twice"]


@pytest.mark.slow
@given(BODIES)
@settings(max_examples=60, deadline=None, derandomize=True)
def test_whatever_is_in_a_line_can_be_tagged(project: Project, body: str) -> None:
    assert tagged(project, f"<p>{body}</p>").startswith(b"%PDF")


ORDERS = {
    '<div style="display: flex"><p style="order: 2">one</p><p>two</p></div>': ["one", "two"],
    '<div style="display: grid"><p style="order: 2">one</p><p>two</p></div>': ["one", "two"],
    '<div style="display: grid"><p>one</p><p>two</p><p style="order: -1">three</p></div>': [
        "one",
        "two",
        "three",
    ],
    '<div style="display: flex; flex-direction: row-reverse"><p>one</p><p>two</p></div>': [
        "one",
        "two",
    ],
    '<div style="display: flex; flex-flow: column-reverse"><p>one</p><p>two</p></div>': [
        "one",
        "two",
    ],
    '<div style="display: flex; flex-flow: row wrap-reverse">'
    '<p style="width: 99%">one</p><p style="width: 99%">two</p></div>': ["one", "two"],
    '<div><p style="position: absolute; top: 90pt">one</p><p>two</p></div>': ["one", "two"],
    '<div><p>one</p><p style="position: absolute; top: 0">two</p></div>': ["one", "two"],
}


@pytest.mark.parametrize("html", ORDERS)
def test_words_are_read_as_they_stand_in_the_source(
    project: Project, tmp_path: Path, html: str
) -> None:
    assert [text.strip() for text in spoken(project, html, tmp_path)] == ORDERS[html]


def test_a_layout_is_as_it_was_after_a_tagged_file_is_written(project: Project) -> None:
    html = '<div style="display: flex"><p style="order: 2">one</p><p>two</p></div>'
    pages = lay_out(page(html, sides=None), project)
    demands = Demands(EDITIONS["office"], PaperColour.FLOOD)
    before = prepress(pages, demands)
    prepress(pages, Demands(EDITIONS["screen"], PaperColour.FLOOD))
    assert prepress(pages, demands) == before
