"""Characters that cannot be seen are named wherever people are told of them."""

from __future__ import annotations

import pytest

from hrcpub.problems import Problem
from hrcpub.unseen import name_of, with_names

NAMED = {
    "plain — “words” 中文 ½": "plain — “words” 中文 ½",
    "5\u00a0mg": "5\u00a0mg",  # a space is seen
    "a\tb\nc": "a\tb\nc",
    "\uf0b7 Clean": "‹U+F0B7 private use: Word's bullet› Clean",
    "\ue123": "‹U+E123 private use: a sign of a symbol font›",
    "2026\u200e-11": "2026‹U+200E left-to-right mark›-11",
    "\u0645\u06cc\u200c\u062e": "\u0645\u06cc\u200c\u062e",
    "a\x07": "a‹U+0007 a control character›",
    "\U000f0000": "‹U+F0000 private use: a sign of a symbol font›",
    "\u0378": "‹U+0378 no character›",
}


@pytest.mark.parametrize("text", NAMED)
def test_what_cannot_be_seen_is_named_in_its_place(text: str) -> None:
    assert with_names(text) == NAMED[text]


def test_a_problem_names_it_in_what_it_says_and_in_what_to_do() -> None:
    problem = Problem("slot-value", 'there is no "\u200eyes"', None, 'not "\uf0b7"')
    assert problem.message == 'there is no "‹U+200E left-to-right mark›yes"'
    assert problem.hint == 'not "‹U+F0B7 private use: Word\'s bullet›"'


def test_a_name_by_itself_has_its_code_point() -> None:
    assert name_of("\x00") == "a control character (U+0000)"
    assert name_of("\u202e") == "right-to-left override (U+202E)"
