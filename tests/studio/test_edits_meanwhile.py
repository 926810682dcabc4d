"""Edits on what others made of a file: what is done, what is asked about, what is there already."""

from __future__ import annotations

import pytest

from hrcpub.files.yaml_edits import Edit, Insert, Move, Put, Remove
from hrcpub.files.yaml_spans import Plain
from hrcpub.studio.conflicts import judged, saved

ONE, TWO, THREE = ({"head": head, "text": "words"} for head in ("One", "Two", "Three"))
SEEN: Plain = {"title": "Why?", "rows": [ONE, TWO, THREE], "photo": {"file": "a.png"}}


def theirs(**fields: Plain) -> Plain:
    assert isinstance(SEEN, dict)
    return SEEN | fields


def asked(edits: list[Edit], now: Plain) -> list[int]:
    """Return which edits are asked about."""
    return [one.edit for one in judged(SEEN, now, edits)[1]]


CHANGED = {"head": "One", "text": "other words"}


@pytest.mark.parametrize(
    ("edit", "now"),
    [
        (Put(("rows", 0, "figure"), "wake"), theirs(rows=[TWO, ONE, THREE])),  # both have none
        (Put(("rows", 1, "text"), "new"), theirs(rows=[TWO, THREE, ONE])),  # as long as before
        (Put(("rows", 0, "figure"), "wake"), theirs(rows=[{"head": "New"}, TWO, THREE])),
        (Remove(("rows", 2)), theirs(rows=[ONE, TWO])),
        (Put(("photo", "alt"), "a van"), theirs(photo="a.png")),
        (Insert(("rows", 3), ONE), theirs(rows=[CHANGED, TWO, THREE])),
        (Move(("rows",), 0, 2), theirs(rows=[ONE, THREE, TWO])),
    ],
    ids=lambda one: type(one).__name__,
)
def test_an_edit_is_asked_about_where_its_number_may_be_another_row(edit: Edit, now: Plain) -> None:
    assert asked([edit], SEEN) == []
    assert asked([edit], now) == [0]


def test_a_row_that_others_changed_elsewhere_is_the_same_row() -> None:
    edit = Put(("rows", 0, "head"), "Uno")
    assert judged(SEEN, theirs(rows=[CHANGED, TWO, THREE]), [edit]) == ([edit], ())


def test_a_row_of_cells_is_the_same_row_where_it_has_kept_one() -> None:
    van, corner = ["Van", "Mon", ""], ["Corner", "Tue", ""]
    edit = Put(("rows", 0, 2), "by the lake")
    for other, asks in ((["Van", "Wed", ""], 0), (["Bus", "Wed", ""], 1)):
        _, conflicts = judged({"rows": [van, corner]}, {"rows": [other, corner]}, [edit])
        assert len(conflicts) == asks


def test_a_row_that_became_another_kind_of_thing_is_asked_about() -> None:
    edit = Put(("rows", 0, "text"), "new")
    assert asked([edit], theirs(rows=["One", TWO, THREE])) == [0]


def test_edits_after_one_that_clashes_are_of_what_it_left() -> None:
    edits: list[Edit] = [
        Insert(("rows", 0), ONE),
        Put(("rows", 3, "text"), "new"),
        Put(("title",), "Mine"),
    ]
    now = theirs(rows=[ONE, TWO, CHANGED])
    assert asked(edits, now) == [0, 1]
    assert judged(SEEN, now, edits)[0] == edits[2:]


def test_what_others_did_too_is_neither_asked_nor_done_again() -> None:
    edits: list[Edit] = [Put(("title",), "Mine"), Remove(("photo",))]
    now: Plain = {"title": "Mine", "rows": [ONE, TWO]}
    assert judged(SEEN, now, edits) == ([], ())


def test_of_a_save_whose_answer_was_lost_the_edits_after_it_are_left() -> None:
    edits: list[Edit] = [Insert(("rows", 3), ONE), Put(("rows", 3, "text"), "new")]
    other, same = (theirs(rows=rows) for rows in ([ONE, TWO, ONE], [ONE, TWO, THREE, ONE]))
    assert saved(SEEN, [other, same], edits) == 1
    assert saved(SEEN, [other, SEEN], edits) == 0
