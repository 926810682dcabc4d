"""Links that open nothing from a PDF are told at their line in the template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import AuthorText
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import Problem, Source
from tests.shared.css_pages import make_root, page


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_root(tmp_path_factory.mktemp("links"))
    (made / "made").mkdir()
    return made


WORDS = (AuthorText("Words with a link in them", "words.lead", Source("piece.yaml", 7, 3)),)


def told(root: Path, body: str, template: str) -> list[Problem]:
    (root / "made" / "layout.html").write_text(template, encoding="utf-8")
    html = replace(page(body, words=WORDS), base="made", template="made/layout.html")
    found = lay_out(html, Project(Sources(root), ParsedCache())).problems
    return [problem for problem in found if problem.code == "link-dead"]


@pytest.mark.parametrize(
    "address",
    ["", "#", "example.org", "/help", "htp://example.org", "http://", "https://example",
     "https:x.org", "mailto:help", "mailto:help@example", "tel:", "tel:HELP", "sms:",
     "javascript:void(0)", "file:///help.html"],
)  # fmt: skip
def test_what_opens_nothing_is_told_at_its_line(root: Path, address: str) -> None:
    body = f'<p id="a"><a href="#a">x</a>\n<a class="b" href="{address}">y</a></p>'
    (problem,) = told(root, body, body)
    assert problem.is_error
    assert str(problem.source) == "made/layout.html:2:14"
    assert f'"{address}"' in problem.message


def test_what_jinja_makes_is_told_of_its_template(root: Path) -> None:
    (problem,) = told(root, '<p><a href="example">x</a></p>', '<p><a href="{{ link }}">x</a></p>')
    assert str(problem.source) == "made/layout.html"


def test_what_an_author_wrote_is_told_at_its_words(root: Path) -> None:
    body = '<p>Words with <a href="mailto:help">a link</a> in them</p>'
    (problem,) = told(root, body, "<p>{{ words.lead }}</p>")
    assert problem.source == WORDS[0].source


def test_a_networks_own_address_may_be_typed_as_it_stands(root: Path) -> None:
    body = '<p><a href="http://intranet/help">http://intranet/help</a></p>'
    assert told(root, body, body) == []


@pytest.mark.parametrize(
    "address",
    ["#a", "https://example.org", "HTTPS://example.org/a_b?c=d#e", "http://1.2.3.4:80/",
     "https://süd.example.org", "mailto:a.b+c@example.org?subject=d%20e", "tel:988",
     "tel:+12122136376;ext=12", "sms:741741", "sms:741741?body=HOME", "geo:1,2"],
)  # fmt: skip
def test_what_opens_something_is_no_problem(root: Path, address: str) -> None:
    body = f'<p id="a"><a href="{address}">x</a> <a id="b">no link</a></p>'
    assert told(root, body, body) == []
