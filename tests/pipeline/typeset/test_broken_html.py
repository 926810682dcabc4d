"""Tags that do not fit together, told at their place in the template."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import Problem
from tests.shared.css_pages import make_root, page

# HTML: what is said, at which column of its line.
BROKEN = {
    "<div>one <b>two</div>": [("</div> comes before what is open", 21)],
    "<p>one</em></p>": [("</em> closes nothing", 11)],
    "<p>one<ul><li>two</li></ul></p>": [("</p> closes nothing", 31)],
    '<div class="a"/><p>one</p>': [("write <div></div>", 16)],
    "<section><div>one</section>": [("</section> comes before", 27)],
    "<p><b>one <i>two</b> three</i></p>": [("</b> crosses", 20)],
    '<p class="a" class="b">one</p>': [("the second has no effect", 19)],
    '<p><a href="#a">one <a href="#b">two</a></a></p><b id="a"></b><b id="b"></b>': [
        ("<a> cannot stand in <a>", 33),
        ("</a> closes nothing", 44),
    ],
    "<h1>one</h2>": [("</h2> comes before", 12)],
    "<tr><td>one</td></tr>": [
        ("<tr> cannot stand here", 4),
        ("<td> cannot stand here", 8),
        ("</td> closes nothing", 16),
        ("</tr> closes nothing", 21),
    ],
    "<p>one &frac13x; two</p>": [("there is no such &name;", 0)],
    "<section>one": [("an element is never closed", 0)],
}
RIGHT = (
    "<p>one<br>two<p>three<br/>four",
    "<ul><li>one<li>two</ul><dl><dt>one<dd>two</dl>",
    "<table><tr><td>one<td>two<tr><th>three</table>",
    "<p>one &amp; two & three &nbsp; <!-- four -- five --> six</p>",
    '<svg width="9" height="9"><title>One</title><path d="M0 0h9v9z"/></svg>',
    "<span><div>one</div></span>",
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_root(tmp_path_factory.mktemp("broken"))
    (root / "made").mkdir()
    return root


def told(root: Path, body: str) -> list[Problem]:
    (root / "made" / "layout.html").write_text(f"{{% block x %}}\n{body}", encoding="utf-8")
    html = replace(page(body, sides=None), base="made", template="made/layout.html")
    pages = lay_out(html, Project(Sources(root), ParsedCache()))
    return [problem for problem in pages.problems if problem.code == "html-broken"]


@pytest.mark.parametrize(("body", "said"), BROKEN.items())
def test_tags_that_do_not_fit_are_told_where_they_stand(
    root: Path, body: str, said: list[tuple[str, int]]
) -> None:
    found = told(root, body)
    assert all(problem.is_error for problem in found)
    assert len(found) == len(said)
    for problem, (words, column) in zip(found, said, strict=True):
        assert words in problem.message
        if column:
            assert str(problem.source) == f"made/layout.html:2:{column}"


@pytest.mark.parametrize("body", RIGHT)
def test_what_html_lets_out_is_no_problem(root: Path, body: str) -> None:
    assert told(root, body) == []


def test_what_jinja_writes_is_told_of_its_template(root: Path) -> None:
    html = replace(page("<p>words</b></p>"), base="made", template="made/none.html")
    (root / "made" / "none.html").write_text("{{ all }}", encoding="utf-8")
    (root / "made" / "layout.html").unlink(missing_ok=True)
    pages = lay_out(html, Project(Sources(root), ParsedCache()))
    places = [str(problem.source) for problem in pages.problems if problem.code == "html-broken"]
    assert places == ["made/none.html"]
