"""YAML as it is read here: every value the text that was typed, every mistake with its place."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import DEEPEST, LARGEST, Node, parse, read_yaml
from hrcpub.problems import HrcpubError

# What YAML would make of these is beside them; here they stay what was typed.
STAY = [
    "02114",  # 1100, octal
    "2114",
    "0o17",  # 15
    "0x10",  # 16
    "0b11",  # 3
    "1e3",  # 1000.0
    "1.10",  # 1.1
    "1_000",  # 1000
    ".5",
    ".inf",
    ".nan",
    "+12125550100",  # a number
    "-7",
    "9:30",  # 570, in sixties
    "190:20:30",
    "no",  # False
    "No",
    "NO",
    "off",
    "n",
    "yes",  # True
    "on",
    "true",
    "False",
    "null",  # None
    "Null",
    "~",
    "2026-11-22",  # a date
    "2026-02-30",  # an error
    "2026-11-22T10:00:00Z",
    "<<",
    "=",
    "(212) 213-6376",
    "5th Floor",
    "a#b",
    "a:b",
    "https://example.org/a?b=c&d",
    "don't",
    "50%",
    "— so",
    "naïve",
    "日本語",
    "😀",
    "שלום",
    "<b>bold</b> &amp;",
]


def as_plain(node: Node) -> Any:
    """Return a Node's values without their places."""
    if node.mapping is not None:
        return {name: as_plain(value) for name, value in node.mapping.items()}
    if node.items is not None:
        return [as_plain(item) for item in node.items]
    return node.text


def values(text: str) -> Any:
    """Return the values of a text that has no mistakes."""
    node, problems = parse(text, "a.yaml")
    assert problems == []
    assert node is not None
    return as_plain(node)


def complaints(text: str) -> list[tuple[str, str]]:
    """Return codes and places."""
    return [(problem.code, str(problem.source)) for problem in parse(text, "a.yaml")[1]]


@pytest.mark.parametrize("text", STAY)
def test_a_value_stays_the_text_that_was_typed(text: str) -> None:
    assert values(f"a: {text}\n{text}: b\nc: [{text}]") == {"a": text, text: "b", "c": [text]}


FORMS: dict[str, Any] = {
    "a:": {"a": ""},
    "a: ''": {"a": ""},
    "a: []": {"a": []},
    "a: {}": {"a": {}},
    "a: x # said aside": {"a": "x"},
    "a: 'it''s'": {"a": "it's"},
    'a: "x\\ty\\u2014z"': {"a": "x\ty—z"},
    "a: one\n  two\n\n  three": {"a": "one two\nthree"},
    "a: >-\n  one\n  two": {"a": "one two"},
    "a: |\n  one\n  two\n": {"a": "one\ntwo\n"},
    "a:\n- b\n- c: d\n  e: f": {"a": ["b", {"c": "d", "e": "f"}]},
    "a: {b: [c, d]}": {"a": {"b": ["c", "d"]}},
    "---\na: b\n...\n": {"a": "b"},
    "%YAML 1.1\n---\na: b": {"a": "b"},
    "? a\n: b": {"a": "b"},
    "a: b\r\nc: d\r\n": {"a": "b", "c": "d"},
    "a:\tb": {"a": "b"},
    "a: x\u2028  y": {"a": "x y"},
    "'': b": {"": "b"},
    "a: e\u0301": {"a": "é"},
    "e\u0301: b": {"é": "b"},
}


@pytest.mark.parametrize("text", FORMS)
def test_the_forms_of_yaml_are_read(text: str) -> None:
    read = values(text)
    if "\u2028" not in text:
        assert read == FORMS[text]
    assert list(read) == list(FORMS[text])


def test_every_value_and_name_knows_its_place() -> None:
    node, _ = parse("a: one\nb:\n  - two\n  - c: three\n", "a.yaml")
    assert node is not None
    assert node.mapping is not None
    items = node.mapping["b"].items
    assert items is not None
    entry = items[1].mapping
    assert entry is not None
    places = [node.key("b"), node.mapping["a"].source, items[0].source, entry["c"].source]
    assert [str(place) for place in places] == [
        "a.yaml:2:1",
        "a.yaml:1:4",
        "a.yaml:3:5",
        "a.yaml:4:8",
    ]
    assert [place.quote for place in places] == ["b:", "a: one", "  - two", "  - c: three"]
    assert [place.width for place in places] == [1, 3, 3, 5]
    assert node.key("absent") == node.source


def test_a_node_says_what_it_is_in_an_authors_words() -> None:
    node, _ = parse("a: x\nb:\nc: [x]\nd: {x: y}", "a.yaml")
    assert node is not None
    shapes = {name: value.shape for name, value in (node.mapping or {}).items()}
    assert shapes == {
        "a": "text",
        "b": "nothing",
        "c": "a list",
        "d": "a group of names and values",
    }


MISTAKES = {
    "a: *x": [("yaml-alias", "a.yaml:1:4")],
    "a: *x now": [("yaml-alias", "a.yaml:1:4")],
    "a: **x** now": [("yaml-alias", "a.yaml:1:4")],
    "a:\n  - *Stop*, now": [("yaml-alias", "a.yaml:2:5")],
    "a: & b": [("yaml-alias", "a.yaml:1:4")],
    "<<: *x": [("yaml-alias", "a.yaml:1:5")],
    "*a : b": [("yaml-alias", "a.yaml:1:1")],
    "a: ! b": [("yaml-tag", "a.yaml:1:4")],
    "a: !!python/object/apply:os.system [x]": [("yaml-tag", "a.yaml:1:4")],
    "!!set {a, b}": [("yaml-tag", "a.yaml:1:1")],
    "a: b\na: c\na: d": [
        ("yaml-duplicate-key", "a.yaml:2:1"),
        ("yaml-duplicate-key", "a.yaml:3:1"),
    ],
    "é: b\ne\u0301: c": [("yaml-duplicate-key", "a.yaml:2:1")],
    "\ta: b": [("yaml-tab", "a.yaml:1:1")],
    "a:\n  \tb: c": [("yaml-tab", "a.yaml:2:3")],
    "a: x\ty: z": [("yaml-syntax", "a.yaml:1:7")],
    "a: @b": [("yaml-syntax", "a.yaml:1:4")],
    "a: 'b\nc: d\n": [("yaml-syntax", "a.yaml:1:4")],
    "a: [b": [("yaml-syntax", "a.yaml:1:6")],
    "": [("yaml-empty", "a.yaml:1:1")],
    "\n\n": [("yaml-empty", "a.yaml:1:1")],
    "- a": [("yaml-empty", "a.yaml:1:1")],
    "a": [("yaml-empty", "a.yaml:1:1")],
    "--- a: b": [("yaml-syntax", "a.yaml:1:6")],
    "a: b\n---\n": [("yaml-second-document", "a.yaml:2:1")],
    "a: b\n...\n---\nc: d\n---\n": [("yaml-second-document", "a.yaml:3:1")],
    "? [a]\n: b": [("yaml-key", "a.yaml:1:3")],
    "a: \x00": [("yaml-unseen-character", "a.yaml:1:4")],
    "a: b\x0bc\nd: e\x0cf\n": [
        ("yaml-unseen-character", "a.yaml:1:5"),
        ("yaml-unseen-character", "a.yaml:2:5"),
    ],
    "# \u202e\na: b": [("yaml-unseen-character", "a.yaml:1:3")],
    "a: \u2066b\u2069": [("yaml-unseen-character", "a.yaml:1:4")],
    "a: b\ufeff": [("yaml-unseen-character", "a.yaml:1:5")],
    "a: \ud800": [("yaml-unseen-character", "a.yaml:1:4")],
    'a: "\\0"': [("yaml-unseen-character", "a.yaml:1:4")],
    '"\\u202e": a': [("yaml-unseen-character", "a.yaml:1:1")],
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_once_at_its_place(text: str) -> None:
    found = complaints(text)
    assert [place for _, place in found] == [place for _, place in MISTAKES[text]]
    assert [code for code, _ in found] == [code for code, _ in MISTAKES[text]]


def test_of_two_equal_names_the_first_is_kept() -> None:
    node, _ = parse("a: b\na: c", "a.yaml")
    assert node is not None
    assert as_plain(node) == {"a": "b"}


@pytest.mark.parametrize("brackets", ["[]", "{}", "-"])
def test_values_may_lie_so_many_levels_deep_and_no_deeper(brackets: str) -> None:
    def nested(levels: int) -> str:
        lists = levels - 1  # the root mapping is a level
        if brackets == "-":
            return "a:\n " + "- " * lists + "x" if lists else "a: x"
        if brackets == "{}":
            return "{a: " * levels + "x" + "}" * levels
        return f"a: {'[' * lists}{']' * lists}"

    deepest = DEEPEST - 1 if brackets != "[]" else DEEPEST  # the text is a level too
    assert complaints(nested(deepest)) == []
    assert [code for code, _ in complaints(nested(deepest + 1))] == ["yaml-too-deep"]


@pytest.mark.parametrize("sign", ["[", "{a: ", "- ", "? "])
def test_a_bomb_of_brackets_is_refused_and_breaks_nothing(sign: str) -> None:
    assert [code for code, _ in complaints(sign * 5 * DEEPEST)] == ["yaml-too-deep"]


def test_the_limit_counts_bytes() -> None:
    assert complaints("a: " + "x" * (LARGEST - 3)) == []
    assert complaints("a: " + "x" * (LARGEST - 2)) == [("yaml-too-large", "a.yaml")]
    assert complaints("a: " + "é" * (LARGEST // 2)) == [("yaml-too-large", "a.yaml")]


def test_a_file_with_mistakes_raises_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b\na: c\nd: !e f\n")
    with pytest.raises(HrcpubError) as caught:
        read_yaml(Sources(tmp_path), "a.yaml")
    codes = [problem.code for problem in caught.value.problems]
    assert codes == ["yaml-duplicate-key", "yaml-tag"]


SIGNS = st.sampled_from([*"ab:-?[]{},&*!|>'\"%@`# \t\n\r\x85\u2028\x0b\x0c\x00\ufeff~<=.é\u0301😀"])
LINES = st.lists(
    st.sampled_from(
        ["a: b", "- a", "  - b: c", "a:", "  b: >-", "    text", "\tx", "---", "...", "a: *b",
         "a: &b", "# no", "a: 'b", 'a: "b', "? a", ": b", "%TAG", "{", "]", "", " ", "!x"]
    )
).map("\n".join)  # fmt: skip


@given(st.one_of(st.text(), st.text(SIGNS), LINES))
@example("a: b\r\x0bc: 'd")
@example("\x85")
@example("a: 'b\n")
def test_whatever_the_text_mistakes_lie_inside_it_and_nothing_else_is_raised(text: str) -> None:
    node, problems = parse(text, "a.yaml")
    assert node is not None or problems
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    for problem in problems:
        place = problem.source
        assert place is not None
        assert place.line is not None
        assert place.column is not None
        assert place.quote == lines[place.line - 1]
        assert 1 <= place.column <= len(place.quote) + 1
        assert place.width >= 1
        assert place.column + place.width <= max(len(place.quote), place.column) + 1


@given(st.dictionaries(st.text("abc-", min_size=1), st.text("ab :#'\"\n*&!é", max_size=9)))
def test_what_a_writer_of_yaml_writes_is_read_back(mapping: dict[str, str]) -> None:
    import yaml

    if mapping:
        text = yaml.safe_dump(mapping, allow_unicode=True, default_style='"')
        assert values(text) == {k: unicodedata.normalize("NFC", v) for k, v in mapping.items()}


# What YAML takes for a comment, and what is said of it; None: nothing is lost.
COMMENTS = {
    "a: You are the #1 priority": (16, "#1 priority", 'marks: "You are the #1 priority"'),
    "a: one\n  call # 5  ": (8, "# 5", 'marks: "one call # 5"'),
    "a: one\\x \t# 5": (11, "# 5", "marks: 'one\\x \t# 5'"),
    'a: say "it\'s"  #1': (16, "#1", """marks: 'say "it''s"  #1'"""),
    "a: #1 choice": (4, "#1 choice", 'marks: "#1 choice"'),
    'a: "Unity" #4': (12, "#4", "inside the quotation marks"),
    "a: >- #4\n  x": (7, "#4", "on the lines below >-"),
    "a: x" + " yz" * 40 + " #4": (126, "#4", 'marks: "…yz '),
    "a: #4 Elm\n  Street": (4, "#4 Elm", '"#4 Elm Street"'),
    "a: # x\n\n  # y\n  z": (4, "# x", '"# x z"'),
    "a:\n  # x\n  z": None,
    "a: |\n  x # y\nb: z": None,
    "a: x\n# y\nb: z": None,
    "a: x\n\n  # y": None,
    "a: x#y": None,
    "a: 'x #y'": None,
}


def test_an_entry_of_a_list_knows_the_words_that_a_comment_hides_above_it() -> None:
    node, _ = parse("a:\n  - x: y # z\n  - # 4 Elm\n    Street\n  - # b\n    c: d", "a.yaml")
    assert node is not None
    assert node.mapping is not None
    entries = node.mapping["a"].items or []
    assert [entry.lost and entry.lost.hint for entry in entries] == [
        None,
        'put the whole text in quotation marks: "# 4 Elm Street"; '
        "or write a comment on a line of its own",
        None,
    ]


@pytest.mark.parametrize("text", COMMENTS)
def test_a_text_knows_the_words_that_a_comment_hides(text: str) -> None:
    node, problems = parse(text, "a.yaml")
    assert problems == []
    assert node is not None
    assert node.mapping is not None
    lost, expected = node.mapping["a"].lost, COMMENTS[text]
    if lost is None or expected is None:
        assert lost is expected
        return
    assert lost.source is not None
    assert (lost.source.column, lost.code) == (expected[0], "yaml-comment")
    assert f'"{expected[1]}" would be lost' in lost.message
    assert expected[2] in (lost.hint or "")


@pytest.mark.parametrize(
    "text",
    [
        "a: You are the #1\n  priority",
        "a:\n  - b: one #1\n      two",
        "a: {b: c, d: Corner #5}\ne: f",
        "a: [12 Main Street #4,\n  NY]",
    ],
)
def test_where_a_comment_cut_a_text_in_two_the_comment_is_told(text: str) -> None:
    (problem,) = parse(text, "a.yaml")[1]
    assert problem.code == "yaml-comment"
    assert not re.search("[]}]|NY", problem.message + (problem.hint or ""))


def test_a_mistake_after_a_comment_is_its_own() -> None:
    assert [code for code, _ in complaints("a: x # y\n  b: c")] == ["yaml-syntax"]
    assert [code for code, _ in complaints("a: x # y\nb: [c")] == ["yaml-syntax"]


# Slips at which the parser stops later, or for another reason: their place, and the way out.
SLIPS = {
    "title:Is it?\nlead: x": ("1:7", "no space after this colon", 'write "title: Is it?"'),
    "a: b\nc:\n  - d:e f\n    g: h": ("3:7", "no space after this colon", 'write "d: e f"'),
    "a:\n  -opening: x\n   text: y": ("2:4", "no space after this hyphen", "- opening: x"),
    "a: >-\nwords here\nb: c": ("2:1", "not indented", "two spaces further in"),
    "w:\n  a: |\n  words\n  b: c": ("3:1", "not indented", "two spaces further in"),
    "a:\n  - b: c\n   d: e": ("3:4", "not indented like the other lines of its entry", "under"),
    "title = Is it?\nlead: x": ("1:6", 'no colon with a space after "title"', '"title: Is it?"'),
    "title\uff1aIs it?\nlead: x": ("1:6", "no colon with a space", '"title: Is it?"'),
    "title:\u00a0Is it?\nlead: x": ("1:6", "no colon with a space", '"title: Is it?"'),
    "w:\n\u00a0\u00a0a: x\n  b: y": ("2:1", "indented with no-break spaces", "ordinary spaces"),
    "a: > words\nb: x": ("1:6", "words behind > or |", "on the lines below"),
    "a: words here\nand here\nb: x": ("2:1", "these words have no name", "two spaces further"),
    "w: {a: '#1', b: #fff}\nx: y": ("1:17", "begins a comment", '"#fff"'),
    "w:\n  a: {b: #fff, c: d}\n  e: f\n": ("2:10", "begins a comment", '"#fff"'),
    "see: https://a.org: b": ("1:19", "a second", "quotation marks"),
}


TWICE = {
    "title: a\nwords:\ntitle: b": 'if it belongs to "words", begin it two spaces further in',
    "w:\n  - a: x\n    b: y\n    a: z": "write `- ` before it",
    "w:\n    - a: x\n      b: y\n      a: z": "write `- ` before it",
}


@pytest.mark.parametrize("text", TWICE)
def test_a_name_that_is_here_twice_is_told_with_what_was_meant(text: str) -> None:
    (problem,) = parse(text, "a.yaml")[1]
    assert problem.code == "yaml-duplicate-key"
    assert TWICE[text] in (problem.hint or "")


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_told_where_it_is_with_the_way_out(text: str) -> None:
    (problem,) = parse(text, "a.yaml")[1]
    place, said, hint = SLIPS[text]
    assert (problem.code, str(problem.source)) == ("yaml-syntax", f"a.yaml:{place}")
    assert said in problem.message
    assert hint in (problem.hint or "")
