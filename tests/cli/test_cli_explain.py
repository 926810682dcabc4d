"""`hrcpub explain`: every code that a Problem can have is explained, and nothing else."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from hrcpub.cli.explaining import explanations, shop_rules
from tests.shared.project import ROOT, Hrcpub

SENTENCE_END = re.compile(r"[.!?](?=\s|$)")


def codes_in(path: Path) -> set[str]:
    """Return the codes of all Problems that a file makes, as they stand in its text."""
    text = path.read_bytes()
    if b"Problem(" not in text:  # most have none, and take long to be parsed
        return set()
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    made = [call for call in calls if getattr(call.func, "id", None) == "Problem" and call.args]
    return {
        first.value
        for first in (call.args[0] for call in made)
        if isinstance(first, ast.Constant) and isinstance(first.value, str)
    }


def test_every_code_in_the_package_is_explained_and_no_other() -> None:
    used = {code for path in (ROOT / "hrcpub").rglob("*.py") for code in codes_in(path)}
    assert len(used) > 20
    assert used == set(explanations())


def test_every_explanation_says_what_is_wrong_and_then_once_what_to_do() -> None:
    parts = {code: text.split("\n\n") for code, text in explanations().items()}
    fixes = {code: [part.startswith("Fix: ") for part in each] for code, each in parts.items()}
    assert {code for code, each in fixes.items() if each[0] or sum(each) != 1} == set()


def test_every_explanation_has_two_sentences_and_says_no_parameter() -> None:
    known = explanations()
    assert known
    short = [code for code, text in known.items() if len(SENTENCE_END.findall(text)) < 2]
    assert short == []
    assert not [code for code, text in known.items() if "Args:" in text or "Returns" in text]


def test_codes_are_small_letters_with_hyphens() -> None:
    assert not [code for code in explanations() if not re.fullmatch("[a-z]+(-[a-z]+)+", code)]


def test_commands_that_explanations_name_are_there(hrcpub: Hrcpub) -> None:
    named = {
        word for text in explanations().values() for word in re.findall(r"`hrcpub\s+(\w+)", text)
    }
    assert named
    assert named <= set(re.findall(r"^  (\w+) {2,}", hrcpub("--help").stdout, re.MULTILINE))


def test_a_code_is_explained_in_paragraphs(hrcpub: Hrcpub) -> None:
    done = hrcpub("explain", "slot-limit", environment={"COLUMNS": "80"})
    assert done.returncode == 0
    assert done.stdout == (
        "slot-limit\n\n"
        "Fix: cut words until it fits. The limit counts the characters that a reader\n"
        "sees, with spaces. If it is a warning, words in this layout may be set smaller,\n"
        "and `hrcpub check` says how full the page is. You can leave a text that fits and\n"
        "looks well.\n\n"
        "A text is longer than its place on the page was designed for.\n"
    )


def test_a_shops_own_number_stands_beside_the_code(hrcpub: Hrcpub) -> None:
    first, *_ = hrcpub("explain", "colour-rgb").stdout.splitlines()
    assert first == "colour-rgb (GWG 2022 R0027, GWG 2022 R0028)"
    assert len(shop_rules()) > 15
    assert not shop_rules().keys() & {"bleed-art", "overprint-white"}  # no number that is sure


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_explanations_are_filled_to_the_terminals_width(columns: int, hrcpub: Hrcpub) -> None:
    done = hrcpub("explain", "slot-value", environment={"COLUMNS": str(columns)})
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= columns
    assert max(map(len, lines)) > min(columns, 90) - 15


def test_without_a_code_all_are_listed(hrcpub: Hrcpub) -> None:
    listed = re.findall(r"^\S+$", hrcpub("explain").stdout, re.MULTILINE)
    assert listed == sorted(explanations())


def test_json_holds_every_code_with_its_text(hrcpub: Hrcpub) -> None:
    assert json.loads(hrcpub("explain", "--json").stdout) == explanations()
    one = json.loads(hrcpub("explain", "yaml-tab", "--json").stdout)
    assert one == {"yaml-tab": explanations()["yaml-tab"]}


def test_an_unknown_code_is_told_with_the_nearest(hrcpub: Hrcpub) -> None:
    done = hrcpub("explain", "slot-limt")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        'error: no problem has the code "slot-limt" [code-unknown]\n'
        '    did you mean "slot-limit"?\n'
    )
