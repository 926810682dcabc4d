"""JSON Schema from slots, judged by another's validator: editors say what the checker says."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.build.starting import schema_text, write_schema
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import parse
from hrcpub.problems import Problem
from hrcpub.project import slots
from hrcpub.project.layout import layout_names
from hrcpub.project.material import own_names
from hrcpub.project.slot_schemas import SCHEMAS, schema
from hrcpub.project.slots import KINDS, Slot
from tests.project.test_bad import FILES, expectations, set_stage
from tests.shared.project import ROOT

LAYOUTS = layout_names(Sources(ROOT))
MATERIALS = [f"materials/{name}.yaml" for name in own_names(Sources(ROOT))] + [
    f"layouts/{name}/sample.yaml" for name in LAYOUTS
]

# What a schema can see. It knows nothing of other files, nor counts what a reader sees.
VISIBLE = {
    "layout-unknown",
    "slot-choice",
    "slot-count",
    "slot-empty",
    "slot-missing",
    "slot-shape",
    "slot-unknown",
    "slot-value",
}


class Editor(yaml.SafeLoader):
    """YAML 1.2 as an editor reads it (core schema): numbers are numbers, `yes` and dates text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  as PyYAML declares it


Editor.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("(true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
Editor.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
Editor.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(~|null|)$"), ["~", "n", ""])


def validator(schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    """Return a validator that knows dates, of a schema that is one."""
    return _validator(json.dumps(schema))


@functools.cache  # to judge a schema takes longer than to judge by it
def _validator(schema: str) -> jsonschema.Draft202012Validator:
    read = json.loads(schema)
    jsonschema.Draft202012Validator.check_schema(read)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(read, format_checker=checker)


def judged(schema: dict[str, Any], text: str) -> list[str]:
    """Return what a validator says of a YAML text."""
    instance = yaml.load(text, Loader=Editor)
    return [error.message for error in validator(schema).iter_errors(instance)]


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layouts_schema_in_the_repository_is_current(name: str) -> None:
    path = ROOT / "layouts" / name / "schema.json"
    assert path.read_text("utf-8") == schema_text(Sources(ROOT), name)


def test_a_schema_is_written_where_materials_look_for_it(project: Path) -> None:
    path = project / "layouts" / "card" / "schema.json"
    path.unlink()
    assert write_schema(Sources(project), "card") == "layouts/card/schema.json"
    assert path.read_text("utf-8") == schema_text(Sources(project), "card")


@pytest.mark.parametrize("path", MATERIALS)
def test_materials_without_mistakes_are_valid(path: str) -> None:
    text = (ROOT / path).read_text("utf-8")
    name = yaml.load(text, Loader=Editor)["layout"]
    assert judged(json.loads(schema_text(Sources(ROOT), name)), text) == []


def test_there_are_layouts_and_materials_to_judge() -> None:
    assert len(LAYOUTS) >= 3
    assert len(MATERIALS) >= 6


def readable() -> list[Path]:
    """Return the bad materials that are YAML, whatever else they are."""
    return [
        path
        for path in FILES
        if path.stem.startswith("material-")
        and not any(
            one.code.startswith("yaml-") for one, _ in expectations(path.read_text("utf-8"))
        )
    ]


@pytest.mark.parametrize("path", readable(), ids=lambda path: path.stem)
def test_an_editor_refuses_what_a_schema_can_see_of_a_bad_file(path: Path, tmp_path: Path) -> None:
    text = path.read_text("utf-8")
    schema = json.loads(schema_text(Sources(set_stage(tmp_path)), "poster"))
    visible = {one.code for one, _ in expectations(text)} & VISIBLE
    errors = judged(schema, text)
    assert bool(errors) is bool(visible), errors


def test_both_kinds_of_bad_files_are_judged() -> None:
    seen = [
        bool({one.code for one, _ in expectations(path.read_text("utf-8"))} & VISIBLE)
        for path in readable()
    ]
    assert seen.count(True) > 8
    assert seen.count(False) > 8


def test_every_kind_of_slot_has_a_schema_with_its_purpose() -> None:
    assert list(SCHEMAS) == list(KINDS)
    for kind in KINDS:
        fields = schema(Slot(kind, "what it is for"))
        jsonschema.Draft202012Validator.check_schema(fields)
        assert fields["description"] == "what it is for"
        assert "description" not in schema(Slot(kind))


NOTHING = {"line": "", "paragraphs": [], "items": [], "contacts": [], "choices": []}


@pytest.mark.parametrize("kind", NOTHING)
def test_nothing_is_not_enough_where_something_is_needed(kind: str) -> None:
    needed = validator(schema(Slot(kind, required=True)))
    spared = validator(schema(Slot(kind)))
    assert (needed.is_valid(NOTHING[kind]), spared.is_valid(NOTHING[kind])) == (False, True)


FIELDS = {"a": Slot("line", required=True), "b": Slot("text")}
SLOTS = {
    "line": Slot("line", required=True),
    "spare": Slot("text"),
    "paragraphs": Slot("paragraphs", required=True, fewest=1, most=2),
    "items": Slot("items", fields=FIELDS, most=2),
    "choices": Slot("choices", choices=("x", "y")),
    "group": Slot("group", required=True, fields=FIELDS),
    "image": Slot("image"),
    "choice": Slot("choice", choices=("x", "y")),
    "date": Slot("date"),
}
TEXTS = st.sampled_from(["x", "y", "z", "2026-05-31", "2026-02-30", "20260531", "2026-5-31"])
ENTRIES = st.dictionaries(st.sampled_from(["a", "b", "c", "file", "alt"]), TEXTS, min_size=1)
VALUES = st.one_of(TEXTS, st.lists(st.one_of(TEXTS, ENTRIES), min_size=1, max_size=3), ENTRIES)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys([*SLOTS, "other"], VALUES)))
def test_schema_and_checker_agree_on_every_shape(values: dict[str, Any]) -> None:
    slot = Slot("group", fields=SLOTS)
    node, _ = parse(json.dumps(values), "a.yaml")
    assert node is not None
    problems: list[Problem] = []
    slots.check(node, slot, "", problems)
    errors = [error.message for error in validator(schema(slot)).iter_errors(values)]
    assert bool(errors) is bool(problems), (errors, problems)


@given(st.data())
def test_schema_and_checker_agree_on_each_slot_alone(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(SLOTS)))
    values = {name: data.draw(VALUES)}
    slot = Slot("group", fields={name: SLOTS[name]})
    node, _ = parse(json.dumps(values), "a.yaml")
    assert node is not None
    problems: list[Problem] = []
    slots.check(node, slot, "", problems)
    assert validator(schema(slot)).is_valid(values) is not bool(problems), problems
