"""Time bars: how long and how thick they are, and where the words at them stand."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hrcpub.pipeline.compose.spans import backwards, drawn_span, span_marks
from hrcpub.problems import Source
from hrcpub.project.words import Words

WIDE = 720.0


def time(at: float, strength: float, number: str = "", text: str = "") -> dict[str, Any]:
    said = {"number": number, "text": text}
    texts = {name: Words(value, Source("piece.yaml", 3)) for name, value in said.items() if value}
    return {"at": at, "strength": strength, **texts}


NALOXONE = [
    time(0, 0),
    time(2, 0),
    time(3, 1, "2–3 min", "It begins"),
    time(30, 1, "30 min", "It wanes"),
    time(90, 0, "90 min", "It is over"),
]


def test_a_bar_is_as_long_as_its_times_and_as_thick_as_they_are_strong() -> None:
    svg = drawn_span(NALOXONE, WIDE, 20, "#141414")
    path = re.search(r' d="M([^"]+) Z"', svg)
    assert path
    corners = [tuple(map(float, corner.split())) for corner in path[1].split(" L")]
    # Without strength it is a line of 1.5 pt; 8 pt are a minute.
    assert corners[1:-1] == [(0, 18.5), (0, 18.5), (16, 18.5), (24, 0), (240, 0), (720, 18.5)]
    assert (corners[0], corners[-1]) == ((0, 20), (720, 20))
    assert "<title></title>" in svg  # its words say it all


def test_words_stand_at_their_times_and_at_the_ends_where_these_are_near() -> None:
    marks = span_marks(NALOXONE, WIDE, 18)
    assert [(m.number.text, m.left, m.wide, m.is_last) for m in marks] == [
        ("2–3 min", 0, 222, False),
        ("30 min", 240, 231, False),
        ("90 min", 489, 231, True),
    ]


def test_words_stay_clear_of_a_fold() -> None:
    marks = span_marks(NALOXONE, WIDE, 18, folds=[360], clear=18)
    assert [(m.left, m.left + m.wide) for m in marks] == [(0, 222), (240, 342), (489, 720)]
    early = [time(0, 1, "now", "here"), time(10, 1, "10 min", "there")]
    assert span_marks(early, WIDE, 18, [360], 18)[1].left == 378
    middle = [*early, time(20, 0, "20 min", "gone")]
    assert [mark.left for mark in span_marks(middle, WIDE, 18, [360], 18)] == [0, 378, 549]


def test_one_time_alone_has_the_whole_bar() -> None:
    (mark,) = span_marks([time(0, 0), time(5, 1, "5 min")], WIDE, 18)
    assert (mark.left, mark.wide, mark.text) == (0, WIDE, None)


@pytest.mark.parametrize("second", [10, 5])
def test_times_that_do_not_go_on_are_told(second: float) -> None:
    times = [time(10, 0, "10 min"), time(second, 1, "then")]
    (problem,) = backwards(times, times[0]["number"])
    assert problem.code == "span-backwards"
    assert problem.source == Source("piece.yaml", 3)
    assert list(backwards(NALOXONE, None)) == []
