"""What an edit changes is written anew, and nothing else is: comments, order and form stay."""

from __future__ import annotations

import difflib
import random
import re
from collections.abc import Iterator
from pathlib import Path as FilePath

import pytest
import yaml

from hrcpub.files.yaml_edits import Edit, Insert, Move, Put, Remove, changed, edited
from hrcpub.files.yaml_lines import YamlLines
from hrcpub.files.yaml_spans import Plain, YamlPath, spans
from hrcpub.files.yaml_writing import emitted
from hrcpub.files.yamlfile import parse
from tests.shared.project import ROOT

BEFORE = """\
# about the file
layout: sheet   # which one
title: "Say: hi"
words:
  lead:
    - >-
      Harm reduction is
      a set.

    # about two
    - short one
    -
      next line
  # the points come
  points:
  - opening: A
    text: 'b'  # remark
  # about C
  - opening: C
    text: >- # header
      folded
      text
  empty:
  hours: [mon 9-5, "tue 9-5"]
last: "café 😀"
"""


def difference(edit: Edit, text: str = BEFORE) -> str:
    """Return the lines that an edit takes out and puts in."""
    after = edited(text, [edit])
    lines = difflib.ndiff(text.splitlines(), after.splitlines())
    return "\n".join(line for line in lines if line[:1] in "+-")


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Put(("title",), "New: title"), '- title: "Say: hi"\n+ title: "New: title"'),
        (Put(("words", "lead", 1), "not so short"), "-     - short one\n+     - not so short"),
        (
            Put(("words", "points", 0, "text"), "c"),
            "-     text: 'b'  # remark\n+     text: 'c'  # remark",
        ),
        (Put(("words", "empty"), "full"), "-   empty:\n+   empty: full"),
        (Put(("words", "empty"), ["a", "b"]), "+     - a\n+     - b"),
        (Put(("words", "empty", "inner"), "x"), "+     inner: x"),
        (Put(("new", "deep"), "x"), "+ new:\n+   deep: x"),
        (Put(("words", "title"), "T", ("title", "lead", "points")), "+   title: T"),
        (
            Put(("words", "hours", 1), "wed 9-5, 6-8"),
            '-   hours: [mon 9-5, "tue 9-5"]\n+   hours: [mon 9-5, "wed 9-5, 6-8"]',
        ),
        (
            Insert(("words", "points", 2), {"opening": "D", "text": "d"}),
            "+   - opening: D\n+     text: d",
        ),
        (Insert(("words", "lead", 0), "zero"), "+     - zero"),
        (
            Remove(("words", "points", 1)),
            "-   # about C\n-   - opening: C\n-     text: >- # header\n"
            "-       folded\n-       text",
        ),
        (Remove(("words", "points", 0)), "-   - opening: A\n-     text: 'b'  # remark"),
        (
            Remove(("words", "points", 0, "opening")),
            "-   - opening: A\n-     text: 'b'  # remark\n+   - text: b  # remark",
        ),
        (Remove(("last",)), '- last: "café 😀"'),
    ],
    ids=str,
)
def test_only_the_lines_of_an_edit_differ(edit: Edit, expected: str) -> None:
    assert difference(edit) == expected


def test_a_moved_entry_takes_its_comment_along() -> None:
    after = edited(BEFORE, [Move(("words", "points"), 1, 0)])
    assert "points:\n  # about C\n  - opening: C" in after
    assert after.index("opening: C") < after.index("opening: A")
    assert sorted(after.splitlines()) == sorted(BEFORE.splitlines())


def test_a_long_text_is_folded_and_the_comment_behind_it_comes_to_stand_above() -> None:
    after = edited(BEFORE, [Put(("layout",), "word " * 40 + "end")])
    assert "# which one\nlayout: >-\n  word word" in after
    assert max(map(len, after.splitlines())) <= 94


def test_a_folded_text_keeps_the_indentation_that_it_had() -> None:
    text = "words:\n    lead: >-\n        one two\n"
    assert edited(text, [Put(("words", "lead"), "word " * 30 + "end")]).count("\n        word") == 2


@pytest.mark.parametrize("quote", ["# in the text", "call #4 now", "x: y", "- x", "yes", "02114"])
def test_a_text_with_signs_of_yaml_is_read_back_as_it_was_typed(quote: str) -> None:
    node, problems = parse(edited(BEFORE, [Put(("title",), quote)]), "x.yaml")
    assert node
    assert node.mapping
    assert node.mapping["title"].text == quote
    assert not problems


def test_what_looks_like_a_comment_in_a_folded_text_is_not_doubled() -> None:
    text = "points:\n  - >-\n    call #4 and\n    #5 now\n  # two\n  - b\n"
    after = edited(text, [Put(("points",), ["a"])])
    assert after == "# two\npoints:\n  - a\n" or after == "points:\n# two\n  - a\n"


@pytest.mark.parametrize(
    "edit",
    [
        Put(("words", "lead", 7), "x"),
        Remove(("words", "none")),
        Insert(("words", "lead", 9), "x"),
        Move(("words", "lead"), 0, 5),
        Put(("title", "below"), "x"),
    ],
    ids=str,
)
def test_an_edit_of_what_is_not_there_is_refused(edit: Edit) -> None:
    with pytest.raises(LookupError):
        edited(BEFORE, [edit])


def test_line_ends_of_windows_stay() -> None:
    text = BEFORE.replace("\n", "\r\n")
    after = edited(text, [Put(("words", "lead", 1), "word " * 40 + "end"), Remove(("last",))])
    assert after.count("\n") == after.count("\r\n") > 20
    assert "\r\r" not in after


def test_a_file_without_a_last_line_break_keeps_being_one() -> None:
    text = "a:\n  - x\n  - y"
    assert edited(text, [Move(("a",), 0, 1)]) == "a:\n  - y\n  - x"
    assert edited(text, [Insert(("a", 2), "z")]) == "a:\n  - x\n  - y\n  - z"


def test_a_tab_a_line_break_and_spaces_at_the_ends_come_back() -> None:
    for text in (" x", "x ", "a\tb", "a\n b", "a\u2028b", "", "\u00a0"):
        assert spans(f"k: {emitted(text, 2)}\n").plain == {"k": text}


# The project's own files, edited at random


FILES = sorted(
    path
    for folder in ("materials", "materials/events", "layouts")
    for path in (ROOT / folder).glob("*.yaml" if folder != "layouts" else "*/*.yaml")
)
VALUES: tuple[Plain, ...] = (
    "x", "a: b", "word " * 30 + "y", "#no", "two\nlines", ["a", "b c"], {"k": "v", "l": ["m"]},
)  # fmt: skip


def places(path: YamlPath, value: Plain) -> Iterator[tuple[YamlPath, Plain]]:
    """Yield all values below a path."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, one in inner:
        yield (*path, step), one
        yield from places((*path, step), one)


def an_edit(root: Plain, chance: random.Random) -> Edit:
    """Return any edit of what is there."""
    path, value = chance.choice(list(places((), root)))
    kinds: list[Edit] = [Put(path, chance.choice(VALUES)), Remove(path)]
    if isinstance(value, list) and value:
        numbers = range(len(value))
        kinds.append(Move(path, chance.choice(numbers), chance.choice(numbers)))
        kinds.append(Insert((*path, chance.choice(numbers)), chance.choice(VALUES)))
    elif isinstance(value, dict):
        kinds.append(Put((*path, "new"), chance.choice(VALUES)))
    return chance.choice(kinds)


@pytest.mark.slow(
    but=[
        "sheet/layout.yaml",
        "card/layout.yaml",
        "materials/principles.yaml",
        "materials/contacts.yaml",
        "figures/van.yaml",
    ]
)
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_any_edit_of_the_projects_files_says_what_was_meant_to_another_reader(
    path: FilePath,
) -> None:
    text, chance = path.read_text(encoding="utf-8"), random.Random(path.name)
    for _ in range(6):
        before = spans(text).plain
        if not before:
            break
        edit = an_edit(before, chance)
        text = edited(text, [edit])
        assert yaml.load(text, yaml.BaseLoader) == changed(before, edit)


@pytest.mark.slow(
    but=[
        "sheet/layout.yaml",
        "card/layout.yaml",
        "materials/principles.yaml",
        "materials/contacts.yaml",
        "figures/van.yaml",
    ]
)
@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_comment_is_lost_when_a_text_is_replaced(path: FilePath) -> None:
    text = path.read_text(encoding="utf-8")
    comments = re.findall(r"(?m)(?:^|\s)(# .*)$", text)
    chance = random.Random(path.name)
    texts = [place for place, value in places((), spans(text).plain) if isinstance(value, str)]
    for place in chance.sample(texts, min(8, len(texts))):
        after = edited(text, [Put(place, "word " * chance.choice((1, 40)) + "end")])
        own = _value(text, place)
        assert all(comment in after for comment in comments if comment not in own)


def _value(text: str, path: YamlPath) -> str:
    span = spans(text).at(path)
    assert span
    return text[span.start : span.end]


def test_the_two_parsers_of_pyyaml_give_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    import hrcpub.files.yaml_spans as module

    fast = spans(BEFORE)
    monkeypatch.setattr(module, "LOADER", yaml.SafeLoader)
    assert spans(BEFORE) == fast


def test_what_cannot_be_written_is_never_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(YamlLines, "replaced", lambda *_: "title: other\n")
    with pytest.raises(RuntimeError, match="could not be written"):
        edited(BEFORE, [Put(("title",), "x")])
