"""One worker for all windows: the newest goes first, and a crash costs its own task alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest

from hrcpub.build.workers import DIED, HUNG, LostTask
from hrcpub.studio.page_pictures import Draw
from hrcpub.studio.preview import Laid, Lay, PreviewAnswer, Proven, Task
from hrcpub.studio.renderer import Renderer

SECONDS = 60  # that an answer may take on a busy machine
# What a task may take, and with it the start of the worker that does it.
PATIENCE, SHORT = 40, 8


def tame(root: str) -> Callable[[Task], PreviewAnswer]:
    """Return a worker that does as a piece's name says; it tells its process by a Proven's note."""

    def do(task: Task) -> PreviewAnswer:
        if isinstance(task, Lay):
            if task.piece == "crash":
                os._exit(1)
            if task.piece == "hang":
                time.sleep(600)
            if task.piece == "wrong":
                raise ValueError("a mistake of ours")
            time.sleep(0.05)
            return Laid(task.number)
        return Proven(task.number, (), str(os.getpid()))

    return do


def lay(number: int, piece: str = "brief") -> Lay:
    return Lay(number, piece, "screen", {})


@pytest.fixture
def renderer(request: pytest.FixtureRequest) -> Iterator[Renderer]:
    patience = getattr(request, "param", PATIENCE)
    one = Renderer("", start=tame, patience=patience, most_lays=5)
    yield one
    one.end()


def process(renderer: Renderer) -> str:
    answer: Any = renderer.ask("a", Draw(0, 1, 100)).result(SECONDS)
    return str(answer.note)


def test_tasks_are_answered_in_their_order(renderer: Renderer) -> None:
    asked = [renderer.ask(window, lay(number)) for number, window in enumerate("abc")]
    assert [future.result(SECONDS) for future in asked] == [Laid(0), Laid(1), Laid(2)]


def test_a_newer_lay_of_a_window_cancels_what_the_window_waits_for(renderer: Renderer) -> None:
    renderer.ask("b", lay(0)).result(SECONDS)  # it runs
    first = renderer.ask("a", lay(1))
    time.sleep(0.02)  # it is under way, and will be answered
    older, drawn, other = (
        renderer.ask("a", lay(2)),
        renderer.ask("a", Draw(2, 1, 9)),
        renderer.ask("b", lay(3)),
    )
    newest = renderer.ask("a", lay(4))
    assert newest.result(SECONDS) == Laid(4)
    assert other.result(SECONDS) == Laid(3)
    assert first.result(SECONDS) == Laid(1)
    for future in (older, drawn):
        with pytest.raises(CancelledError):
            future.result(SECONDS)


@pytest.mark.parametrize(
    ("renderer", "piece", "how"),
    [(PATIENCE, "crash", DIED), (SHORT, "hang", HUNG)],
    indirect=["renderer"],
)
def test_a_worker_that_is_lost_costs_its_own_task(renderer: Renderer, piece: str, how: str) -> None:
    lost = renderer.ask("a", lay(1, piece))
    next_one = renderer.ask("b", lay(2))
    assert lost.result(SECONDS) == LostTask(how)
    assert next_one.result(SECONDS) == Laid(2)


def marking(root: str) -> Callable[[Task], PreviewAnswer]:
    """Return such a worker that leaves a file where it was started."""
    (Path(root) / "started").touch()
    return tame(root)


def test_a_worker_is_ready_before_anybody_asks_for_a_page(tmp_path: Path) -> None:
    one = Renderer(str(tmp_path), start=marking, patience=PATIENCE)
    one.warm()
    one.warm()
    end = time.monotonic() + SECONDS
    while not (tmp_path / "started").exists() and time.monotonic() < end:
        time.sleep(0.01)
    assert (tmp_path / "started").exists()
    assert one.ask("a", lay(1)).result(SECONDS) == Laid(1)
    one.end()


def test_a_mistake_of_ours_is_an_answer_too(renderer: Renderer) -> None:
    answer = renderer.ask("a", lay(1, "wrong")).result(SECONDS)
    assert isinstance(answer, LostTask)
    assert "a mistake of ours" in answer.how


def test_a_worker_is_replaced_after_some_lays_by_one_that_is_warm(renderer: Renderer) -> None:
    first = process(renderer)
    answers = []
    for number in range(60):
        answers.append(renderer.ask("a", lay(number)).result(SECONDS))
        if process(renderer) != first:
            break
    assert answers == [Laid(number) for number in range(len(answers))]
    assert 5 < len(answers) < 60


def test_the_end_cancels_what_waits() -> None:
    one = Renderer("", start=tame, patience=2)
    one.ask("a", lay(1))
    waiting = [one.ask(window, lay(2)) for window in "bcd"]
    one.end()
    assert waiting[-1].cancelled()
