"""Two processes finish the editions of a piece as one does, and a lost one costs nothing."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
from pathlib import Path

import pytest

from hrcpub.build.abreast import finish_all
from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from tests.shared import forked

TEST = os.getpid()


def finish(key: str) -> tuple[str, bool]:
    """Return a task's name and whether another process did it; some names go wrong there."""
    is_forked = os.getpid() != TEST
    if key == "refused":
        raise HrcpubError(Problem("no", "it cannot be made"))
    if is_forked and key == "exit":
        os._exit(3)
    if is_forked and key == "bug":
        raise LookupError("no such thing")
    return key, is_forked


@pytest.mark.parametrize("lost", ["exit", "bug"])
def test_a_process_that_is_lost_costs_nothing(lost: str, tmp_path: Path) -> None:
    done = list(finish_all(["a"], ["b", lost], finish, Sources(tmp_path)))
    assert [each.done for each in done] == [("a", False), ("b", False), (lost, False)]


def test_what_cannot_be_made_does_not_stop_the_others(tmp_path: Path) -> None:
    done = dict(finish_all(["a"], ["refused", "b"], finish, Sources(tmp_path)))
    assert done["a"], done["b"] == (("a", False), ("b", True))
    error = done["refused"]
    assert isinstance(error, HrcpubError)
    assert [problem.code for problem in error.problems] == ["no"]


def test_what_the_other_process_reads_is_recorded_too(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text("words")
    sources = Sources(tmp_path)
    list(finish_all([], ["words.txt"], sources.text, sources))
    assert list(sources.reads.files) == ["words.txt"]


def test_the_other_process_ends_after_what_it_finished_was_taken(tmp_path: Path) -> None:
    finished = finish_all(["a"], ["b"], finish, Sources(tmp_path))
    assert [next(finished).done, next(finished).done] == [("a", False), ("b", True)]
    assert len(multiprocessing.active_children()) == 1
    assert not list(finished)
    assert not multiprocessing.active_children()


def test_all_is_done_here_where_the_system_refuses_another_process(
    full: None, tmp_path: Path
) -> None:
    done = list(finish_all(["a"], ["b"], finish, Sources(tmp_path)))
    assert [each.done for each in done] == [("a", False), ("b", False)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["why-harm-reduction", "contact-card"])
def test_editions_are_the_same_however_they_are_made(name: str, worker: BuildWorker) -> None:
    """One by one, together (drawn once), and by two processes, as the command does."""
    editions = ("office", "screen", "press")
    folder = Path(worker.options.folder)

    def digests() -> dict[str, str]:
        found = {edition: (folder / edition / f"{name}.pdf").read_bytes() for edition in editions}
        return {edition: hashlib.sha256(data).hexdigest() for edition, data in found.items()}

    assert not any(worker.do(Job(name, (edition,))).problems for edition in editions)
    alone = digests()
    for options in (["--jobs", "1"], []):
        asked = [part for one in editions for part in ("--edition", one)]
        done = forked.run("build", name, "--force", *asked, *options, cwd=worker.options.root)
        assert done.returncode == 0, done.stderr
        assert digests() == alone
