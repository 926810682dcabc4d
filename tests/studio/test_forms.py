"""Each slot of each layout has a field in the form, with its help and its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import Problem
from hrcpub.project.layout import layout_names, read_layout
from hrcpub.project.layout.declared import declared_slots
from hrcpub.project.slots import KINDS, Slot
from hrcpub.studio import forms
from hrcpub.studio.forms import FormField, FormMaker
from tests.shared.project import ROOT

MAKER = FormMaker({"east-coast": "East Coast Office"})


def all_fields(field: FormField) -> Iterator[FormField]:
    yield field
    for inner in (*field.fields, *((field.entry,) if field.entry else ())):
        yield from all_fields(inner)


def form(slots: Mapping[str, Slot]) -> list[FormField]:
    return [inner for field in MAKER.fields(slots) for inner in all_fields(field)]


@pytest.mark.parametrize("name", layout_names(Sources(ROOT)))
def test_every_slot_of_a_layout_has_a_field_with_its_help(name: str) -> None:
    layout = read_layout(Project(Sources(ROOT)).sources, name)
    fields = MAKER.fields(layout.slots)
    assert [field.name for field in fields] == list(layout.slots)
    assert all(field.about for field in fields)
    for field in form(layout.slots):
        assert (field.entry is not None) is (field.fill in (forms.LIST, forms.SCHEDULE))
        assert field.fill != forms.CHOICE or field.choices
        assert field.fill != forms.GROUP or field.fields


def test_every_kind_of_slot_can_be_filled() -> None:
    for kind in KINDS:
        field = MAKER.field("some-name", Slot(kind, "help", choices=("one",), fields={}))
        assert (field.label, field.about) == ("Some name", "help")


def test_offices_are_picked_by_their_names() -> None:
    field = MAKER.field("contacts", Slot("contacts", "who to call", most=3))
    assert field.entry
    assert field.entry.choices == (("east-coast", "East Coast Office"),)
    assert (field.fill, field.most) == (forms.LIST, 3)


def test_a_limit_belongs_to_the_entries_of_a_list() -> None:
    field = MAKER.field("lead", Slot("paragraphs", limit=200, is_firm=False))
    assert field.entry
    assert (field.limit, field.entry.limit, field.entry.is_firm) == (None, 200, False)
    assert field.as_json()["entry"]["limit"] == 200


LABELLED = """\
slots:
  hook:
    kind: line
    label: {en: Opening line, es: Primera línea}
    about: {en: what is read first, es: lo que se lee primero}
  plain:
    kind: line
    about: as ever
  wrong:
    kind: line
    about: {en: ""}
  slip:
    kind: line
    about: {english: a line, sp: una línea, es: una línea}
  empty:
    kind: line
    about:
"""


def test_a_layout_may_name_its_fields_in_several_languages(tmp_path: Path) -> None:
    (tmp_path / "layout.yaml").write_text(LABELLED, encoding="utf-8")
    sources, problems = Sources(tmp_path), list[Problem]()
    slots = declared_slots(read_yaml(sources, "layout.yaml"), problems, sources)
    hook, plain, *_ = MAKER.fields(slots)
    assert (hook.label, hook.about) == ("Opening line", "what is read first")
    assert hook.labels == {"en": "Opening line", "es": "Primera línea"}
    assert hook.abouts["es"] == "lo que se lee primero"
    assert (plain.label, plain.about, plain.labels) == ("Plain", "as ever", {})
    assert [(str(problem.source), problem.message) for problem in problems] == [
        ("layout.yaml:11:17", '"slots.wrong.about.en" is empty'),
        ("layout.yaml:14:13", '"english" is not a language\'s code'),
        ("layout.yaml:14:30", '"sp" is not a language\'s code'),
        ("layout.yaml:17:5", '"slots.empty.about" is empty'),
    ]
