"""A second process that makes a share of a piece's editions, and what becomes of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

import pytest

from hrcpub.build.abreast import FinishedEditions
from hrcpub.build.batch import BuildWorker
from hrcpub.build.editions import JobShare, MadeBeside
from hrcpub.build.job import Job
from hrcpub.build.second import Second
from hrcpub.files.sources import Reads
from hrcpub.problems import HrcpubError, Problem

EDITIONS = ("office", "screen", "press")
NAME = "contact-card"


def asked() -> Callable[[str], str]:
    """Return what says a word again; some words go wrong."""

    def do(word: str) -> str:
        if word == "exit":
            os._exit(3)
        if word == "bug":
            raise LookupError("no such thing")
        return word

    return do


def test_an_answer_that_nobody_waited_for_is_not_taken_for_the_next_one() -> None:
    with Second(asked) as second:
        assert second.give("first")
        assert second.give("next")
        assert second.answer() == "next"


def test_one_that_is_lost_is_given_nothing_more() -> None:
    with Second(asked) as second:
        assert second.give("bug")
        assert second.answer() is None
        assert second.give("exit")
        assert second.answer() is None
        assert not second.give("more")


def answering(made: MadeBeside) -> Callable[[JobShare], MadeBeside]:
    """Return what answers the same whatever is asked."""
    return lambda share: made


def practised(made: MadeBeside) -> Second[JobShare, MadeBeside]:
    """Return a second process that has made something by now, and answers the same again."""
    second = Second(answering, made)
    assert second.give(JobShare(Job(NAME, EDITIONS), EDITIONS))
    return second


def test_the_first_piece_is_practice_for_the_second_process(worker: BuildWorker) -> None:
    """Both of them would have to load all that a piece is made with, before there is a file."""
    refused = FinishedEditions("screen", HrcpubError(Problem("no", "it cannot be made")))
    with Second(answering, MadeBeside([refused], {}, Reads())) as second:
        builder = BuildWorker(replace(worker.options, force=True), second=second)
        first, then = builder.do(Job(NAME, EDITIONS)), builder.do(Job(NAME, EDITIONS))
    assert [output.edition for output in first.outputs] == list(EDITIONS)
    assert not first.problems
    assert [problem.code for problem in then.problems] == ["no"]


def test_what_was_made_of_other_words_is_made_again_here(worker: BuildWorker) -> None:
    """Somebody saved once more between two processes' looks at the same file."""
    other = Reads({f"materials/{NAME}.yaml": "another text"})
    with practised(MadeBeside([], {}, other)) as second:
        told = BuildWorker(worker.options, second=second).do(Job(NAME, EDITIONS))
    assert [output.edition for output in told.outputs] == list(EDITIONS)
    assert told.reads.files[f"materials/{NAME}.yaml"] != "another text"


@pytest.mark.parametrize("editions", [("press",), ("office", "press")])
def test_editions_that_are_drawn_once_are_made_here(
    editions: tuple[str, ...], worker: BuildWorker
) -> None:
    with practised(MadeBeside([], {}, Reads())) as second:
        told = BuildWorker(worker.options, second=second).do(Job("principles", editions))
    assert [output.edition for output in told.outputs] == list(editions)


def test_what_the_second_process_refused_is_told(worker: BuildWorker) -> None:
    refused = FinishedEditions("screen", HrcpubError(Problem("no", "it cannot be made")))
    with practised(MadeBeside([refused], {}, Reads())) as second:
        told = BuildWorker(worker.options, second=second).do(Job(NAME, EDITIONS))
    assert [output.edition for output in told.outputs] == ["office"]
    assert [problem.code for problem in told.problems] == ["no"]


def test_all_is_made_here_where_the_second_process_died_at_once(worker: BuildWorker) -> None:
    second: Second[JobShare, MadeBeside] = Second(os._exit, 3)
    with second:
        second.give(JobShare(Job(NAME, EDITIONS), EDITIONS))
        told = BuildWorker(worker.options, second=second).do(Job(NAME, EDITIONS))
        assert [output.edition for output in told.outputs] == list(EDITIONS)
        assert not second.give(JobShare(Job(NAME, EDITIONS), EDITIONS))


def test_one_that_the_system_refuses_is_done_without(full: None) -> None:
    with Second(asked) as second:
        assert not second.give("word")
