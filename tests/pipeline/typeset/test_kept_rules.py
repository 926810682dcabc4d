"""Rules of stylesheets: read once, and the same when they are found again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tinycss2

from hrcpub.pipeline.typeset.kept_rules import HINTS, kept_rules
from tests.pipeline.typeset.test_engine import in_a_process_of_its_own

CSS = "/* A head */ p.a > b { color: red; width: calc(1px + 2%) }\n@page { margin: 1cm }\n}" * 20
PROGRAM = """
import json, pathlib, sys
from hrcpub.pipeline.typeset.engine import load
load(pathlib.Path(sys.argv[1]))
from weasyprint.html import PH_STYLESHEET, UA_STYLESHEET
def count(sheet):
    return sheet.matcher.order
print(json.dumps([count(UA_STYLESHEET), count(PH_STYLESHEET)]))
"""


def read_as(rules: list[Any]) -> list[tuple[object, ...]]:
    """Return what rules are and where they stand."""
    return [
        (
            rule.type,
            rule.source_line,
            rule.source_column,
            rule.message if rule.type == "error" else tinycss2.serialize([rule]),
        )
        for rule in rules
    ]


def test_rules_are_read_once_and_found_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read, asked = tinycss2.parse_stylesheet, list[str]()

    def reads(css: str) -> Any:
        asked.append(css)
        return read(css)

    monkeypatch.setattr(tinycss2, "parse_stylesheet", reads)
    found = []
    for _ in range(2):
        with kept_rules():
            found.append(tinycss2.parse_stylesheet(CSS))
    assert asked == [CSS]
    assert kept.is_dir()
    assert tinycss2.parse_stylesheet is reads
    assert [read_as(rules) for rules in found] == [read_as(read(CSS))] * 2
    assert {rule.type for rule in found[1]} >= {"qualified-rule", "at-rule", "error"}


@pytest.mark.usefixtures("kept")
def test_brackets_too_deep_to_be_kept_are_read() -> None:
    deep = "a" * 1000 + "(" * 3000 + ")" * 3000 + "{ color: red }"
    with kept_rules():
        (rule,) = tinycss2.parse_stylesheet(deep)
    assert rule.type == "qualified-rule"


def test_weasyprint_has_its_rules_and_no_hints(project: Path, kept: Path) -> None:
    first, later = (json.loads(in_a_process_of_its_own(PROGRAM, str(project))) for _ in range(2))
    assert first == later
    assert first[0] > 100
    assert first[1] == 0
    assert kept.is_dir()


def test_a_stylesheet_of_ones_own_that_begins_as_the_hints_do_has_its_rules(kept: Path) -> None:
    css = f"{HINTS}of ours */ p {{ color: red }}"
    with kept_rules():
        found = [rule.type for rule in tinycss2.parse_stylesheet(css)]
    assert "qualified-rule" in found
    with kept_rules(unread=HINTS):
        assert tinycss2.parse_stylesheet(css) == []
    assert kept is not None
