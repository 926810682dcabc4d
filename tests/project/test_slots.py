"""Slots: what each kind takes, and what it makes of it. Places and codes are tried in bad/."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.files.yamlfile import parse
from hrcpub.problems import Problem
from hrcpub.project import slots
from hrcpub.project.slots import KINDS, Slot
from hrcpub.project.words import Consent, Dated, FigureName, Focus, Image, ScanCode, Words
from hrcpub.units import Size


def checked(value: str, slot: Slot) -> tuple[Any, list[str]]:
    """Return what a slot makes of `value`, typed as YAML after a name, and the codes said."""
    node, problems = parse(f"a: {value}\n", "a.yaml")
    assert problems == []
    assert node is not None
    assert node.mapping is not None
    said: list[Problem] = []
    made = slots.check(node.mapping["a"], slot, "a", said)
    return made, [problem.code for problem in said]


def plain(value: Any) -> Any:
    """Return a value without its places."""
    if isinstance(value, Words):
        return value.text
    if isinstance(value, FigureName):
        return value.name.text
    if isinstance(value, Image):
        return {"file": value.file.text, "alt": value.alt.text}
    if isinstance(value, ScanCode):
        return {name: plain(part) for name, part in value._asdict().items()}
    if isinstance(value, Dated):
        return [value.on, value.until]
    if value == Consent():
        return value
    if isinstance(value, tuple) and not isinstance(value, Size | Focus):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value


FIELDS = {"opening": Slot("line", required=True), "text": Slot("text")}
CHOICES = ("office", "screen")
LEAP = datetime.date(2028, 2, 29)
DAY = datetime.date(2026, 5, 31)
TAKEN: list[tuple[str, Slot, Any]] = [
    ("Call  now", Slot("line"), "Call now"),
    ('"one\\n\\n two"', Slot("text"), "one two"),
    ("02114", Slot("label"), "02114"),
    ("[one, two]", Slot("paragraphs", fewest=2, most=2), ["one", "two"]),
    ("[one]", Slot("paragraphs"), ["one"]),
    ("[{opening: one}]", Slot("items", fields=FIELDS), [{"opening": "one"}]),
    ("[office]", Slot("choices", choices=CHOICES), ["office"]),
    ("[east-coast, a1]", Slot("contacts"), ["east-coast", "a1"]),
    ("{opening: x, text: y}", Slot("group", fields=FIELDS), {"opening": "x", "text": "y"}),
    ("{opening: x, text: }", Slot("group", fields=FIELDS), {"opening": "x"}),
    ("{b-1: {opening: x}}", Slot("table", fields=FIELDS), {"b-1": {"opening": "x"}}),
    ("{file: a.png, alt: A}", Slot("image"), {"file": "a.png", "alt": "A"}),
    ("{file: a.png, alt: A, decorative: no}", Slot("image"), {"file": "a.png", "alt": "A"}),
    ("{file: a.png, decorative: yes}", Slot("image"), {"file": "a.png", "alt": ""}),
    ("not needed", Slot("consent"), Consent()),
    ("Not  needed", Slot("consent"), Consent()),
    ("{by: A. B., on: 2026-05-31}", Slot("consent"), ["A. B.", DAY, None]),
    ("{by: A. B., on: 2026-05-31, until: 2028-02-29}", Slot("consent"), ["A. B.", DAY, LEAP]),
    ("60% 30%", Slot("place"), Focus(0.6, 0.3)),
    ("60 %, 30 %", Slot("place"), Focus(0.6, 0.3)),
    ("left top", Slot("place"), Focus(0, 0)),
    ("bottom right", Slot("place"), Focus(1, 1)),
    ("centre", Slot("place"), Focus(0.5, 0.5)),
    ("12.5%", Slot("place"), Focus(0.125, 0.5)),
    ("office", Slot("choice", choices=CHOICES), "office"),
    ("yes", Slot("yes-no"), True),
    ("No", Slot("yes-no"), False),
    ("TRUE", Slot("yes-no"), True),
    (
        "{url: example.org, about: B}",
        Slot("code"),
        {"kind": "url", "value": "example.org", "more": None, "about": "B"},
    ),
    ("van", Slot("figure", choices=("bus", "van")), "van"),
    ("-12.5", Slot("number"), -12.5),
    ("2026-05-31", Slot("date"), DAY),
    ("2028-02-29", Slot("date"), datetime.date(2028, 2, 29)),
    ("(212) 213-6376", Slot("phone"), "(212) 213-6376"),
    ("+44 20 7946 0000", Slot("phone"), "+44 20 7946 0000"),
    ("911", Slot("phone"), "911"),
    ("8", Slot("count"), 8),
    ("[fruitvale, a1]", Slot("ids"), ["fruitvale", "a1"]),
    ("{en: 200, zh-Hant: 1000000}", Slot("quantities"), [["en", 200], ["zh-Hant", 1_000_000]]),
    ("5 %", Slot("percent"), 0.05),
    ("2.5%", Slot("percent"), 0.025),
    ("100 %", Slot("percent"), 1.0),
    ("13.5 pt", Slot("length"), 13.5),
    ("3 m", Slot("metres"), 3.0),
    ('"0 40, 100 40"', Slot("points"), [[0, 40], [100, 40]]),
    ("{on: 2026-05-31, until: 2028-02-29}", Slot("dated"), [DAY, LEAP]),
    ("{word: Why}", Slot("opening"), ["Why", None, None]),
    ("{head: [a, b], rows: [[1, 2]]}", Slot("rows"), [["a", "b"], [["1", "2"]]]),
    (
        '{alt: A, streets: [{name: B, points: "0 30, 100 30"}], places: [{name: C, at: "9 9"}]}',
        Slot("map"),
        ["A", [["B", [[0, 30], [100, 30]]]], [], [["C", [9, 9]]]],
    ),
    ("2 in x 3.5 in", Slot("size"), Size(144, 252)),
]


@pytest.mark.parametrize(("value", "slot", "made"), TAKEN, ids=lambda one: getattr(one, "kind", ""))
def test_a_kind_takes_what_it_is_for(value: str, slot: Slot, made: Any) -> None:
    found, codes = checked(value, slot)
    assert codes == []
    assert plain(found) == made


def test_every_kind_is_tried() -> None:
    # A schedule is read later, with its table.
    assert {slot.kind for _, slot, _ in TAKEN} == set(KINDS) - {"any", "schedule"}


REFUSED: list[tuple[str, Slot, list[str]]] = [
    ("[x]", Slot("line"), ["slot-shape"]),
    ("{x: y}", Slot("text"), ["slot-shape"]),
    ("x", Slot("paragraphs"), ["slot-shape"]),
    ("{x: y}", Slot("paragraphs"), ["slot-shape"]),
    ("[{x: y}]", Slot("paragraphs"), ["slot-shape"]),
    ("[one, '']", Slot("paragraphs"), ["slot-empty"]),
    ("[one]", Slot("paragraphs", fewest=2), ["slot-count"]),
    ("[a, b, c]", Slot("paragraphs", most=2), ["slot-count"]),
    ("[abc, abcdef]", Slot("paragraphs", limit=5), ["slot-limit"]),
    ("[x]", Slot("items", fields=FIELDS), ["slot-shape"]),
    ("[{text: x}]", Slot("items", fields=FIELDS), ["slot-missing"]),
    ("[{opening: x, txt: y}]", Slot("items", fields=FIELDS), ["slot-unknown"]),
    ("[{opening: ' '}]", Slot("items", fields=FIELDS), ["slot-empty"]),
    ("[x, office]", Slot("choices", choices=CHOICES), ["slot-choice"]),
    ("Office", Slot("choice", choices=CHOICES), ["slot-choice"]),
    ("[East Coast]", Slot("contacts"), ["slot-value"]),
    ("[-x, x_y, ../x]", Slot("contacts"), ["slot-value"] * 3),
    ("{Ä: {opening: x}}", Slot("table", fields=FIELDS), ["slot-value"]),
    ("{b: x}", Slot("table", fields=FIELDS), ["slot-shape"]),
    ("x", Slot("table", fields=FIELDS), ["slot-shape"]),
    ("a.png", Slot("image"), ["slot-shape"]),
    ("{file: a.png}", Slot("image"), ["slot-missing"]),
    ("{alt: A, file: }", Slot("image"), ["slot-empty"]),
    ("{file: a.png, alt: }", Slot("image"), ["slot-empty"]),
    ("{file: a.png, alt: ''}", Slot("image"), ["slot-empty"]),
    ("{file: a.png, decorative: no}", Slot("image"), ["slot-missing"]),
    ("{file: a.png, decorative: perhaps}", Slot("image"), ["slot-choice", "slot-missing"]),
    ("{file: a.png, alt: A, decorative: yes}", Slot("image"), ["alt-decorative"]),
    ("{decorative: yes}", Slot("image"), ["slot-missing"]),
    ("{file: a.png, alt: A, focus: 60}", Slot("image"), ["slot-value"]),
    ("{file: a.png, alt: A, focus: top bottom}", Slot("image"), ["slot-value"]),
    ("yes", Slot("consent"), ["slot-shape"]),
    ("{by: A. B.}", Slot("consent"), ["slot-missing"]),
    ("{by: A. B., on: yesterday}", Slot("consent"), ["slot-value"]),
    ("[x]", Slot("consent"), ["slot-shape"]),
    ("60 30", Slot("place"), ["slot-value"]),
    ("120% 30%", Slot("place"), ["slot-value"]),
    ("left left", Slot("place"), ["slot-value"]),
    ("10% 20% 30%", Slot("place"), ["slot-value"]),
    ("vna", Slot("figure", choices=("bus", "van")), ["slot-choice"]),
    ("[van]", Slot("figure", choices=("bus", "van")), ["slot-shape"]),
    ("1e3", Slot("number"), ["slot-value"]),
    ("nan", Slot("number"), ["slot-value"]),
    ("[East Side]", Slot("ids"), ["slot-value"]),
    ("[en]", Slot("quantities"), ["slot-shape"]),
    ("{en: 0, es: 1000001, fr: many, de: 1.5}", Slot("quantities"), ["slot-value"] * 4),
    ("{en: [1], es: }", Slot("quantities"), ["slot-shape", "slot-empty"]),
    ("5", Slot("percent"), ["slot-value"]),
    ("101 %", Slot("percent"), ["slot-value"]),
    ("-1 %", Slot("percent"), ["slot-value"]),
    ("perhaps", Slot("yes-no"), ["slot-choice"]),
    ("1", Slot("yes-no"), ["slot-choice"]),
    ("2026-02-30", Slot("date"), ["slot-value"]),
    ("31.5.2026", Slot("date"), ["slot-value"]),
    ("2026-5-31", Slot("date"), ["slot-value"]),
    ("20260531", Slot("date"), ["slot-value"]),
    ("2026-W22-7", Slot("date"), ["slot-value"]),
    ("2026-05-31T10:00", Slot("date"), ["slot-value"]),
    ("eight", Slot("count"), ["slot-value"]),
    ("8.5", Slot("count"), ["slot-value"]),
    ("13.5", Slot("length"), ["slot-value"]),
    ("latter", Slot("size"), ["slot-value"]),
]


@pytest.mark.parametrize(("value", "slot", "codes"), REFUSED, ids=lambda o: getattr(o, "kind", ""))
def test_a_kind_refuses_what_it_is_not_for(value: str, slot: Slot, codes: list[str]) -> None:
    assert checked(value, slot)[1] == codes


SHAPES = [
    ("{en: 100}", Slot("paragraphs"), "write b: [en]"),
    ("{en: 100, es: 5}", Slot("ids"), "write b: [en, es]"),
    ("[en, es]", Slot("quantities"), "write b: {en: 100, es: 100}"),
    ("en", Slot("quantities"), "write b: {en: 100}"),
    ("100", Slot("quantities"), "write b: {en: 100}"),
    ("en 50", Slot("quantities"), "write b: {en: 50}"),
    ("{en: 1,000}", Slot("quantities"), "write whole numbers without commas: 1000"),
    ("{en:50}", Slot("quantities"), "write a space after the colon: en: 50"),
    ("{opening: x}", Slot("items"), "write `- ` before the first name of each entry"),
    ("screen, office", Slot("choices"), "write b: [screen, office]"),
    ("-a", Slot("ids"), "write a space after the hyphen"),
    ("x, y z", Slot("paragraphs"), "write one entry a line, each after `- `"),
    ("{24/7: always}", Slot("line"), 'put it in quotation marks: "24/7: always"'),
    ("[x]", Slot("line"), "write one text; in quotation marks, if it begins with ["),
    ("x", Slot("group"), "write one `name: value` a line, all indented alike"),
]


@pytest.mark.parametrize(("value", "slot", "hint"), SHAPES)
def test_a_wrong_shape_is_told_with_the_right_one(value: str, slot: Slot, hint: str) -> None:
    node, _ = parse(f"b: {value}", "a.yaml")
    problems: list[Problem] = []
    assert node is not None
    slots.check(node, Slot("group", fields={"b": slot}), "", problems)
    [problem] = problems
    assert hint in (problem.hint or "")


def test_a_comment_is_a_value_where_its_sign_touches_it() -> None:
    group = Slot("group", fields={"a": Slot("label"), "b": Slot("choice", choices=("x",))})
    assert checked("\n  a: F #4\n  b: #ffcc00", group)[1] == ["yaml-comment", "yaml-comment"]
    assert checked("\n  a: F # four\n  b: # none", group)[1] == []


def test_quotation_marks_that_yaml_does_not_know_are_told() -> None:
    node, _ = parse("b: [“east-coast”]", "a.yaml")
    problems: list[Problem] = []
    assert node is not None
    slots.check(node, Slot("group", fields={"b": Slot("contacts")}), "", problems)
    assert (problems[0].hint or "").endswith("without these quotation marks")


def test_a_no_break_space_about_a_date_or_an_id_does_no_harm() -> None:
    assert checked("'\u00a02026-05-31\u00a0'", Slot("date"))[1] == []
    assert checked("['east-coast\u00a0']", Slot("contacts"))[1] == []


COUNTED = {
    "12345": 5,
    "*12345*": 5,
    "[12345](https://example.org/a/long/one)": 5,
    "1 --  2": 3,
    "1\\\\ 2": 3,
    "é2345": 5,
    "😀2345": 5,
}


@pytest.mark.parametrize("text", COUNTED)
def test_a_limit_counts_the_characters_that_a_reader_sees(text: str) -> None:
    seen = COUNTED[text]
    assert checked(f'"{text}"', Slot("line", limit=seen))[1] == []
    assert checked(f'"{text}"', Slot("line", limit=seen - 1))[1] == ["slot-limit"]


@pytest.mark.parametrize("nothing", ["", "''", "'  '", '"\\n\\t"', "[]", "{}", "'\u00a0'"])
def test_nothing_is_nothing_however_it_is_written(nothing: str) -> None:
    needed = Slot("group", fields={"b": Slot("line", required=True)})
    spared = Slot("group", fields={"b": Slot("date")})
    assert checked(f"{{b: {nothing} }}", needed)[1] == ["slot-empty"]
    assert checked(f"{{b: {nothing} }}", spared) == ({}, [])


def test_words_know_their_slot_from_the_root_and_count_entries_from_1() -> None:
    node, _ = parse("points:\n  - opening: x\n  - opening: y\n", "a.yaml")
    assert node is not None
    slot = Slot("group", fields={"points": Slot("items", fields=FIELDS)})
    made = slots.check(node, slot, "", [])
    assert [one["opening"].slot for one in made["points"]] == [
        "points.1.opening",
        "points.2.opening",
    ]
    assert str(made["points"][1]["opening"].source) == "a.yaml:3:14"


def test_values_come_in_the_order_of_the_slots() -> None:
    made, _ = checked("{text: x, opening: y}", Slot("group", fields=FIELDS))
    assert list(made) == ["opening", "text"]


KINDLY = st.sampled_from(sorted(set(KINDS) - {"any"}))
VALUES = st.recursive(
    st.sampled_from(["", "''", "x", "yes", "2026-05-31", "3 mm", "x: y", "-1", "'*'", "file"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda values: f"[{', '.join(v or 'x' for v in values)}]"),
        st.lists(inner, max_size=2).map(
            lambda values: (
                "{" + ", ".join(f"{n}: {v}" for n, v in zip("ab", values, strict=False)) + "}"
            )
        ),
    ),
    max_leaves=6,
)


@given(KINDLY, VALUES, st.booleans())
def test_whatever_stands_in_a_slot_is_taken_or_told_and_nothing_is_raised(
    kind: str, value: str, required: bool
) -> None:
    node, problems = parse(f"a: {value}\n", "a.yaml")
    if problems or node is None or node.mapping is None:
        return
    slot = Slot(kind, required=required, limit=4, fields=FIELDS, choices=CHOICES)
    said: list[Problem] = []
    made = slots.check(node, Slot("group", fields={"a": slot}), "", said)
    if required and not said:
        assert made.get("a") not in (None, "")
