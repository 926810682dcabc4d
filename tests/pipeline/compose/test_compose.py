"""Templates and words: mistakes with their place, and words that never become markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose
from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import typeset
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.material import read_material
from tests.shared.pages import texts


def composed(project: Path, name: str) -> Html:
    sources = Sources(project)
    return compose(read_material(Project(sources), name), Project(sources))


def problems(project: Path, name: str) -> list[Problem]:
    with pytest.raises(HrcpubError) as caught:
        composed(project, name)
    return list(caught.value.problems)


def edit(project: Path, path: str, old: str, new: str) -> int:
    """Replace what stands once in a file; return the line of it."""
    file = project / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    file.write_text(text.replace(old, new), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def at_end(project: Path, path: str, lines: str) -> int:
    """Put lines before a template's last one; return the number of the first."""
    file = project / path
    *before, last = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([*before, lines, last, ""]), encoding="utf-8")
    return len(before) + 1


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ("{% if words.title %}", "endif"),
        ("{{ words.title", "expected token"),
        ("{% sidebar %}", "unknown tag 'sidebar'"),
        ("{{ colour_of_the_sky }}", 'there is no "colour_of_the_sky"'),
        ("{{ words.tilte }}", 'there is no "tilte"'),
        ("{{ grid.margin.left.over }}", 'there is no "left"'),
        ('{{ grid["margni"] }}', 'there is no "margni"'),
        ('{% include "system/nowhere.html" %}', "system/nowhere.html"),
        ("{{ set.fit(words.title) }}", "measure"),
        ("{{ set.frobnicate(1) }}", 'there is no "frobnicate"'),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ words.title|shout }}", "No filter named 'shout'"),
        ("{{ set.fit('', 100) }}", "no ink"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_line(
    project: Path, mistake: str, said: str
) -> None:
    line = at_end(project, "layouts/card/layout.html", mistake)
    reported = problems(project, "contact-card")
    assert [problem.code for problem in reported] == ["template-error"]
    assert said in reported[0].message
    source = reported[0].source
    assert source
    assert source.path == "layouts/card/layout.html"
    # What is left open is found where the block around it ends.
    is_open = mistake.startswith("{% if") or not mistake.endswith("}")
    assert source.line == line + is_open
    assert source.quote is not None


def test_a_mistake_in_a_shared_component_is_told_in_the_components_file(project: Path) -> None:
    line = edit(project, "layouts/system/components.html", "{{ line.style }}", "{{ line.words }}")
    reported = problems(project, "contact-card")
    assert [str(problem.source) for problem in reported] == [
        f"layouts/system/components.html:{line}"
    ]


def test_a_letter_that_no_face_has_is_named_with_its_line_and_column(project: Path) -> None:
    edit(project, "materials/contact-card.yaml", "verbatim: yes\n", "")
    line = edit(project, "materials/contacts.yaml", "1440 Broadway", "1440 ☎ Broadway")
    (problem,) = problems(project, "contact-card")
    assert problem.code == "glyph-missing"
    assert '"☎" (U+260E, black telephone)' in problem.message
    assert str(problem.source) == f"materials/contacts.yaml:{line}:14"
    assert problem.source
    assert problem.source.quote == "      - 1440 ☎ Broadway, Suite 510"


def test_a_letter_inside_a_folded_text_is_found_on_its_own_line(project: Path) -> None:
    edit(project, "materials/principles.yaml", "verbatim: yes\n", "")
    line = edit(
        project, "materials/principles.yaml", "use along with the use", "use ක with the use"
    )
    (problem,) = [p for p in problems(project, "principles") if "ක" in p.message]
    written = (project / "materials/principles.yaml").read_text(encoding="utf-8").splitlines()
    assert str(problem.source) == (
        f"materials/principles.yaml:{line}:{written[line - 1].index('ක') + 1}"
    )


def test_every_missing_letter_is_told_at_once(project: Path) -> None:
    edit(project, "materials/contact-card.yaml", "verbatim: yes\n", "")
    edit(project, "materials/contacts.yaml", "1440 Broadway", "1440 ☎ Broadway ♥")
    edit(project, "materials/contacts.yaml", "Oakland,", "☂ Oakland,")
    reported = problems(project, "contact-card")
    assert sorted(problem.message.split('"')[1] for problem in reported) == sorted("☎♥☂")


@pytest.mark.parametrize("bullet", ["▪", "\uf0b7"])
def test_a_bullet_that_the_face_lacks_says_that_it_looks_like_a_list(
    bullet: str, project: Path
) -> None:
    edit(project, "materials/contact-card.yaml", "verbatim: yes\n", "")
    edit(project, "materials/contacts.yaml", "1440 Broadway", f"{bullet} 1440 Broadway")
    (problem,) = problems(project, "contact-card")
    assert f"U+{ord(bullet):04X}, " in problem.message
    assert bullet.isprintable() or bullet not in problem.message
    assert "these look like a list" in (problem.hint or "")


def test_a_display_face_that_lacks_a_letter_is_an_error_not_a_fallback(project: Path) -> None:
    edit(project, "materials/contact-card.yaml", "verbatim: yes\n", "")
    edit(
        project,
        "materials/contact-card.yaml",
        "  title: How to Reach the Harm Reduction Coalition\n  contacts",
        "  title: Снижение вреда\n  contacts",
    )
    reported = problems(project, "contact-card")
    assert {problem.code for problem in reported} == {"glyph-missing"}
    fonts = {problem.message.split(" cannot print ")[0] for problem in reported}
    assert fonts == {"the font of the large words"}
    letters = {letter for problem in reported for letter in problem.message.split('"')[1]}
    assert letters == set("Снижениевреда")
    # All are Cyrillic: one Problem a line of the title, not one a letter.
    assert len(reported) < len(letters)
    assert {problem.source.path for problem in reported if problem.source} == {
        "materials/contact-card.yaml"
    }


# What an author types, and what the page shows of it, letter for letter.
TYPED = [
    ("<b>bold</b>", "<b>bold</b>"),
    ("Tom &amp; Ann &lt;3", "Tom &amp; Ann &lt;3"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ("{{ words.title }} {% raw %}", "{{ words.title }} {% raw %}"),
    ("</p><h1>Mine</h1>", "</p><h1>Mine</h1>"),
    ("<!-- gone -->", "<!-- gone -->"),
    ("[call](javascript:alert(1))", "[call](javascript:alert(1))"),
    ("[disk](file:///etc/passwd)", "[disk](file:///etc/passwd)"),
    ("[data](data:text/html,hello)", "[data](data:text/html,hello)"),
    ("![img](https://example.org/x.png)", "![img](https://example.org/x.png)"),
    ("&#60;b&#62;", "&#60;b&#62;"),
    ("@_nightvan_ or __main__", "@_nightvan_ or __main__"),
    ("2*3*4 of https://example.org/_help_/*a*", "2*3*4 of https://example.org/_help_/*a*"),
    ("`code` # not a heading", "`code` # not a heading"),
]


def with_lead(project: Path, typed: str) -> Path:
    """Write the brief's sample with another lead; return the project."""
    sample = (project / "layouts/brief/sample.yaml").read_text(encoding="utf-8")
    head, rest = sample.split("  lead: >-\n")
    rest = rest[rest.index("  points:") :]
    quoted = "'" + typed.replace("'", "''") + "'"
    (project / "materials/piece.yaml").write_text(
        f"{head}  lead: {quoted}\n{rest}", encoding="utf-8"
    )
    return project


@pytest.mark.parametrize(("typed", "shown"), TYPED)
def test_what_an_author_types_never_becomes_markup(project: Path, typed: str, shown: str) -> None:
    html = composed(with_lead(project, f"Begin {typed} end."), "piece")
    pdf = typeset(html, Project(Sources(project))).document.write_pdf()
    front = " ".join(texts(pdf)[0].split())
    assert f"Begin {shown} end." in front
    assert "<script" not in html.text
    assert 'javascript:alert(1)"' not in html.text


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=1&c=2",
        "http://example.org/",
        "mailto:someone@example.org",
        "tel:+12125551234",
    ],
)
def test_links_of_the_four_schemes_work(project: Path, address: str) -> None:
    html = composed(with_lead(project, f"Ask [us]({address}) now."), "piece")
    escaped = address.replace("&", "&amp;")
    assert f'<a href="{escaped}">us</a>' in html.text


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://example.org/_help_/now", "https://example.org/_help_/now"),
        ("www.example.org", "https://www.example.org"),
        ("_first.last_@example.org", "mailto:_first.last_@example.org"),
    ],
)
def test_an_address_is_a_link_as_it_stands(project: Path, typed: str, address: str) -> None:
    html = composed(with_lead(project, f"Ask {typed}, now."), "piece")
    assert f'<a href="{address}">{typed}</a>' in html.text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "//example.org/",
        "/etc/passwd",
        "hrcpub://project/materials/contacts.yaml",
        "vbscript:x",
    ],
)
def test_links_of_other_schemes_stay_the_text_that_was_typed(project: Path, address: str) -> None:
    html = composed(with_lead(project, f"Ask [us]({address}) now."), "piece")
    assert f"[us]({address})" in html.text
    assert f'href="{address}' not in html.text


def test_a_link_cannot_break_out_of_its_attribute(project: Path) -> None:
    html = composed(with_lead(project, 'Ask [us](https://x.org/"onclick="alert(1)) now.'), "piece")
    assert '"onclick="' not in html.text


def test_emphasis_and_line_breaks_are_all_the_markup_there_is(project: Path) -> None:
    html = composed(with_lead(project, "One *two* **three** ***four***."), "piece")
    assert "<em>two</em>" in html.text
    assert "<strong>three</strong>" in html.text
    assert "<strong><em>four</em></strong>" in html.text


def test_the_same_words_make_the_same_html_whatever_was_made_before(project: Path) -> None:
    opened = Project(Sources(project))
    names = ("principles", "why-harm-reduction", "contact-card", "principles")
    warm = [compose(read_material(opened, name), opened) for name in names]
    assert warm[0] == warm[3] == composed(project, "principles")
