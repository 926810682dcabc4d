"""Problems: how they travel, how places read, and which word was meant."""

from __future__ import annotations

import json
import pickle

import pytest

from hrcpub.problems import (
    HrcpubError,
    Problem,
    Severity,
    Source,
    did_you_mean,
    nearest,
    problem_from_json,
    some,
    stop_on_errors,
)

PLACED = Problem(
    "slot-unknown",
    'there is no "titel" here',
    Source("materials/a.yaml", 3, 5, quote="    titel: x", width=5),
    'did you mean "title"?',
)
BARE = Problem("code-unknown", "no Problem has that code")
WARNING = PLACED.at(Severity.WARNING)
NOTE = PLACED.at(Severity.NOTE)

PLACES = {
    "": Source(),
    "a.yaml": Source("a.yaml"),
    "a.yaml:3": Source("a.yaml", 3),
    "a.yaml:3:5": Source("a.yaml", 3, 5),
    "a.pdf page 2": Source("a.pdf", page=2),
    "page 2": Source(page=2),
}


@pytest.mark.parametrize("text", PLACES)
def test_a_place_reads_as_terminals_make_it_clickable(text: str) -> None:
    assert str(PLACES[text]) == text


@pytest.mark.parametrize("problem", [PLACED, BARE, WARNING, NOTE], ids=lambda p: p.severity)
def test_a_problem_comes_back_from_json_as_it_was(problem: Problem) -> None:
    assert problem_from_json(json.loads(json.dumps(problem.as_json()))) == problem


def test_an_error_brings_its_problems_through_to_another_process() -> None:
    error = pickle.loads(pickle.dumps(HrcpubError(PLACED, BARE)))
    assert isinstance(error, HrcpubError)
    assert error.problems == (PLACED, BARE)


def test_another_weight_changes_nothing_else() -> None:
    assert PLACED.is_error
    assert not WARNING.is_error
    assert not NOTE.is_error
    assert WARNING.at(Severity.ERROR) == PLACED


def test_one_error_stops_and_takes_the_warnings_along() -> None:
    with pytest.raises(HrcpubError) as caught:
        stop_on_errors(iter([WARNING, PLACED, NOTE]))
    assert caught.value.problems == (WARNING, PLACED, NOTE)


def test_warnings_alone_ride_along() -> None:
    assert stop_on_errors(iter([WARNING, NOTE])) == (WARNING, NOTE)
    assert stop_on_errors([]) == ()


MEANT = {
    "titel": "title",
    "tite": "title",
    "contact": "contacts",
    "colors": "colour",
    "lede": "lead",
    "zzz": None,
    "": None,
}


@pytest.mark.parametrize("word", MEANT)
def test_the_nearest_word_is_offered(word: str) -> None:
    known = ["title", "lead", "contacts", "colour"]
    assert nearest(word, known) == MEANT[word]
    hint = did_you_mean(word, known)
    if MEANT[word]:
        assert hint == f'did you mean "{MEANT[word]}"?'
    else:
        assert hint == "possible: colour, contacts, lead, title"
    assert did_you_mean(word, []) == ""


@pytest.mark.parametrize(
    ("names", "shown"),
    [([], ""), (["a"], "a"), (["a", "b"], "a, b"), (["a", "b", "c", "d"], "a, b and 2 more")],
)
def test_of_many_names_the_first_are_shown_and_the_others_counted(
    names: list[str], shown: str
) -> None:
    assert some(names, 2) == shown
