"""What WeasyPrint fails on is a Problem of the layout; what we fail on stays a bug of ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.typeset import failures, lay_out
from hrcpub.problems import HrcpubError
from hrcpub.project.edition import EDITIONS, PaperColour
from tests.shared.css_pages import make_root, page

RUNNING = '<div>a<span style="position: running(foot)"><p>b</p></span></div>'
GRADIENT = """<p style="background: linear-gradient(device-cmyk(0 0 0 1), device-cmyk(0 0 0 0))">
a</p>"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(Sources(make_root(tmp_path_factory.mktemp("failures"))), ParsedCache())


def test_a_page_that_cannot_be_laid_out_is_told_of_its_template(project: Project) -> None:
    with pytest.raises(HrcpubError) as raised:
        lay_out(replace(page(RUNNING), template="layouts/a/layout.html"), project)
    (problem,) = raised.value.problems
    assert (problem.code, str(problem.source)) == ("layout-failed", "layouts/a/layout.html")
    assert "TextBox" in problem.message


def test_a_page_that_cannot_be_drawn_is_told_too(project: Project) -> None:
    html = page(GRADIENT)
    pages = lay_out(html, project)
    with pytest.raises(HrcpubError) as raised, failures.told(html):
        prepress(pages, Demands(EDITIONS["screen"], PaperColour.FLOOD))
    assert [problem.code for problem in raised.value.problems] == ["layout-failed"]


def test_what_we_raise_is_no_problem_of_a_layout() -> None:
    with pytest.raises(ZeroDivisionError), failures.told(page("")):
        assert 1 / 0
