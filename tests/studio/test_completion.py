"""What may be typed at a place of a layout's files, in this repository's palm card."""

from __future__ import annotations

import functools
import inspect
import re

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline import compose
from hrcpub.pipeline.compose.template_names import ATTRIBUTES, GLOBALS, filter_names
from hrcpub.project.contacts import Contact
from hrcpub.project.slot import Slot
from hrcpub.studio.completion import Completions, Vocabulary, complete
from hrcpub.studio.members import entry, members
from hrcpub.studio.template_scope import macros
from hrcpub.studio.vocabulary import vocabulary
from tests.shared.project import ROOT

HTML, CSS = "layouts/palm-card/layout.html", "layouts/palm-card/layout.css"
YAML, SAMPLE = "layouts/palm-card/layout.yaml", "layouts/palm-card/sample.yaml"
BRINGS = '{% import "system/components.html" as c with context %}'


@functools.cache
def known() -> Vocabulary:
    return vocabulary(Project(Sources(ROOT)), "palm-card")


def at(path: str, text: str) -> Completions:
    """Return what may be typed at the | of a text."""
    place = text.index("¦")
    return complete(path, text.replace("¦", ""), place, known())


def labels(path: str, text: str) -> list[str]:
    return [option.label for option in at(path, text).options]


IN_TEMPLATES = {
    "{{ words.¦ }}": {"title", "lead", "principles", "contacts"},
    "{{ words.pri¦ }}": {"principles"},
    "{% for p in words.principles %}{{ p.¦ }}": {"opening", "text"},
    "{% for p in words.principles %}{% endfor %}{{ p.¦ }}": set(),
    "{% for one in contacts %}{{ one.call.li¦": {"link"},
    "{% set lines = set.fill(words.title, 3, 4) %}{% for l in lines %}{{ l.ri¦": {"right", "rise"},
    "{% set first = words.principles|first %}{{ first.¦": {"opening", "text"},
    "{% macro mine(entry) %}{{ ent¦": {"entry"},
    "{# Says hello. #}\n{% macro hello(name) %}{% endmacro %}{{ hel¦": {"hello"},
    "{{ set.figure_¦": {"figure_width"},
    '{{ set.ragged(words.title, 3, "me¦': {"medium"},
    "{{ contacts[0].call.lab¦": {"label"},
    BRINGS + "{{ c.offices_¦": {"offices_height"},
    '{% call c.panel("¦': {"answer", "principles"},
    '{% import "system/co¦': {"system/components.html", "system/cover-components.html"},
    '{{ grid["small-¦': {"small-size", "small-leading"},
    "{{ x|wor¦": {"words", "wordcount", "wordwrap"},
    "{% endf¦": {"endfor"},
    "{{ mate¦": {"material"},
    "{% for p in words.principles %}{{ loop.ind¦": {"index", "index0"},
    '<p class="pai¦': {"pair"},
    "<p data-im¦": {"data-imprint"},
    '<p data-may="over¦': {"overlap", "overflow"},
    '<p data-panel="¦': {"answer", "principles"},
    "a word of text ¦": set(),
    "{{ grid.m¦": {"margin", "measure"},  # grid["text-size"] has no full stop
    '{{ other("x¦': set(),
    "{% set n = words.lead|length %}{{ n.¦": set(),
}


@pytest.mark.parametrize("text", IN_TEMPLATES)
def test_a_template_is_completed_with_what_it_may_say_there(text: str) -> None:
    assert set(labels(HTML, text)) == IN_TEMPLATES[text]


def test_a_call_says_what_it_takes_and_gives() -> None:
    (fit,) = at(HTML, "{{ set.fit¦").options
    assert fit.detail == "(words, measure, tallest=none)"
    assert fit.about
    offices = {option.label: option for option in at(HTML, BRINGS + "{{ c.off¦").options}["office"]
    assert offices.detail == "(contact, call, wide)"


IN_OTHERS = {
    (CSS, ".pai¦"): {"pair"},
    (CSS, "p[data-ma¦"): {"data-may"},
    (CSS, "p { .pai¦"): set(),
    (YAML, "nothing:\n  ki¦"): set(),
    (YAML, "title: x\ntr¦"): {"trim"},
    (YAML, "slots:\n  title:\n    ki¦"): {"kind"},
    (YAML, "slots:\n  title:\n    kind: para¦"): {"paragraphs"},
    (YAML, "slots:\n  points:\n    kind: items\n    fields:\n      text:\n        li¦"): {"limit"},
    (YAML, "slots:\n  points:\n    required: ¦"): {"yes", "no"},
    (YAML, "panels:\n  answer:\n    text: ¦"): {"text", "small", "lead"},
    (YAML, "grid: pal¦"): {"palm"},
    (YAML, "scheme: car¦"): {"cards"},
    (YAML, "slots:\n  ¦"): set(),  # names are the designer's own
    (YAML, "# gr¦"): set(),
    (SAMPLE, "words:\n  ¦"): {"title", "lead", "principles", "contacts"},
    (SAMPLE, "words:\n  principles:\n    - opening: One\n      te¦"): {"text"},
    ("layouts/system/system.yaml", "pap¦"): {"papers"},
    ("layouts/system/phrases.yaml", "pap¦"): set(),  # it is nobody's form
}


@pytest.mark.parametrize("place", IN_OTHERS, ids=str)
def test_styles_and_values_are_completed_too(place: tuple[str, str]) -> None:
    assert set(labels(*place)) == IN_OTHERS[place]


def test_what_is_typed_begins_where_the_word_does() -> None:
    assert at(HTML, "{{ words.pri¦ }}").start == len("{{ words.")
    assert at(YAML, "slots:\n  title:\n    ki¦").start == len("slots:\n  title:\n    ")


def test_templates_are_told_of_every_name_that_compose_gives_them() -> None:
    given = set(re.findall(r'^        "(\w+)":', inspect.getsource(compose._context), re.MULTILINE))
    assert len(given) > 10
    assert {*GLOBALS, "words", "grid", "phrases"} == given | {"design"}


def test_attributes_that_templates_use_are_known() -> None:
    files = [*ROOT.glob("layouts/*/*.html"), *ROOT.glob("layouts/*/*.css")]
    used = set(re.findall(r"\bdata-[a-z-]+", "".join(file.read_text() for file in files)))
    own = {"data-piece", "data-running"}  # a layout's, for its own CSS
    assert {"data-may", "data-panel"} <= used <= set(ATTRIBUTES) | own


def test_filters_are_those_of_the_real_environment() -> None:
    assert {"words", "length", "first", "float"} <= set(filter_names())


def test_members_are_those_of_a_type_and_entries_those_of_a_list() -> None:
    points = Slot("items", fields={"text": Slot("line", "what it says")})
    assert members(points) == {}
    assert members(entry(points))["text"].about == "what it says (line)"
    assert {"name", "call", "ways"} <= set(members(Contact))
    assert members(str) == {}
    assert entry(Slot("contacts")) is Contact
    assert entry(None) is None


def test_components_are_told_with_their_comments() -> None:
    found = macros("{# A line. #}\n{% macro line(a, b=1) -%}{% endmacro %}{% macro bare() %}")
    assert found["line"].about == "A line."
    assert found["line"].call == "line(a, b=1)"
    assert found["bare"].about == ""
