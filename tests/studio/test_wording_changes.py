"""What became of words, as people read it."""

from __future__ import annotations

import pytest

from hrcpub.studio.wording_changes import told_changes, told_words


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("Call 911 now", "Call 988 now", "Call -911 +988 now"),
        ("Call now", "Call now please", "Call now +please"),
        ("", "New", "+New"),
        # A word alone between changes is no island.
        ("one and two three", "four and five three", "-one and two +four and five three"),
    ],
)
def test_words_that_went_out_and_came_in_are_told(before: str, after: str, parts: str) -> None:
    signs = {"same": "", "out": "-", "in": "+"}
    told = " ".join(f"{signs[kind]}{text.strip()}" for kind, text in told_words(before, after))
    assert told == parts


def test_values_that_differ_are_told_by_their_slots() -> None:
    before = {"words": {"points": [{"text": "a"}, {"text": "b"}], "gone": "x"}}
    after = {"words": {"points": [{"text": "a"}, {"text": "c"}]}}
    changes = told_changes(before, after)
    assert [change["slot"] for change in changes] == ["words.points.2.text", "words.gone"]
