"""What a `Face` measures, against what WeasyPrint lays out, in every language.

One page has a title and a paragraph of each, in single lines, in the stacks of system.yaml.
"""

from __future__ import annotations

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.direction import isolated
from hrcpub.pipeline.compose.faces import stacked_faces
from hrcpub.pipeline.compose.tokens import families, fonts
from hrcpub.pipeline.setting import DISPLAY_FEATURES, Face
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.pipeline.typeset import lay_out
from hrcpub.project.languages import direction_of, forms_of
from hrcpub.project.layout import System, absent_files, read_system
from hrcpub.units import POINTS_PER_PIXEL, Size
from tests.shared.project import ROOT
from tests.shared.sentences import SENTENCES, TITLES

Laid = dict[tuple[str, str], tuple[float, float]]
SIZE = 20.0
# Words of other scripts, numbers and brackets within a text: where runs begin and end.
MIXED = "{} (212) 213-6376, {} “Naloxone 4 mg” {}"


def languages(system: System) -> list[str]:
    """Return the languages whose fonts are in this repository."""
    owns = {tag: system.own_faces(tag) for tag in SENTENCES}
    sources = Sources(ROOT)
    return [tag for tag, own in owns.items() if not (own and absent_files(own, sources))]


SYSTEM = read_system(Sources(ROOT))
LANGUAGES = languages(SYSTEM)


def lines(language: str) -> dict[str, str]:
    words = SENTENCES[language].split()
    mixed = MIXED.format(words[0][:20], words[-1][:20], TITLES[language])
    return {"text": SENTENCES[language], "bold": mixed, "display": TITLES[language]}


def line_html(role: str, text: str) -> str:
    return f"<p class={role}><span>{text}</span></p>"


@pytest.fixture(scope="module")
def faces() -> dict[str, dict[str, Face]]:
    project = Project(Sources(ROOT))
    return {tag: stacked_faces(SYSTEM.faces_for(tag), tag, SYSTEM, project) for tag in LANGUAGES}


@pytest.fixture(scope="module")
def laid(faces: dict[str, dict[str, Face]]) -> Laid:
    """Return the width of each line by language and role, and the height of its box."""
    css, body = "", ""
    used: set[str] = set()
    for tag in LANGUAGES:
        stacks = SYSTEM.faces_for(tag)
        used |= stacks.families
        names = families(stacks)
        forms = "normal" if forms_of(tag) == tag else repr(forms_of(tag))
        ligatures = "none" if faces[tag]["text"].has_plain_letters else "normal"
        css += (
            f"{fonts(stacks, faces[tag])} .{tag} p {{ font-family: {names['text-face']} }}"
            f".{tag} .display {{ font-family: {names['display-face']};"
            f"font-variant-ligatures: {ligatures};"
            f"font-language-override: {forms} }}"
        )
        inner = "".join(line_html(role, text) for role, text in lines(tag).items())
        section = f"<section class={tag} lang={tag} dir={direction_of(tag)}>{inner}</section>"
        # What is isolated in a text is an element on the page, which Pango lays out alone.
        body += isolated(section)
    css += (
        "@page { size: 6000pt 9000pt; margin: 10pt }"
        f"p {{ font-size: {SIZE}pt; line-height: {2 * SIZE}pt; white-space: nowrap; margin: 0 }}"
        ".bold { font-weight: 700 }"
    )
    html = Html(
        text=f"<!doctype html><html lang=en><title>Lines</title><body>{body}",
        stylesheets=(Stylesheet("style.css", css),),
        base=".",
        words=(),
        families=frozenset(used),
        sides=1,
        trim=Size(6000, 9000),
        bleed=0,
        safe=0,
    )
    document = lay_out(html, Project(Sources(ROOT))).document
    sections = [
        box for box in document.pages[0]._page_box.descendants() if box.element_tag == "section"
    ]
    found = {}
    for section in sections:
        for line in section.children:
            key = (section.element.get("class"), line.element.get("class"))
            span = line.children[0].children[0]
            found[key] = (span.width * POINTS_PER_PIXEL, line.height * POINTS_PER_PIXEL)
    return found


@pytest.mark.parametrize("role", ["text", "bold", "display"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_is_as_wide_as_its_face_measures(
    language: str, role: str, faces: dict[str, dict[str, Face]], laid: Laid
) -> None:
    face = faces[language][role]
    features = DISPLAY_FEATURES if role == "display" else None
    measured = sum(g.advance for g in face.shaped(lines(language)[role], features)) * face.scale
    assert laid[language, role][0] == pytest.approx(measured * SIZE, abs=0.1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_of_all_scripts_are_as_high_as_those_of_ours(language: str, laid: Laid) -> None:
    for role in ("text", "bold", "display"):
        assert laid[language, role][1] == pytest.approx(2 * SIZE, abs=0.01), role
