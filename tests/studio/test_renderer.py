"""One worker for all windows: the newest goes first, and a crash costs its own task alone."""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest

from hrcpub.build.workers import DIED, HUNG, LostTask
from hrcpub.studio.page_pictures import Draw
from hrcpub.studio.preview import Laid, Lay
from hrcpub.studio.renderer import Renderer
from tests.studio.tame import marking, tame

SECONDS = 60  # that an answer may take on a busy machine
# What a task may take, and with it the start of the worker that does it.
PATIENCE, SHORT = 40, 8


def lay(number: int, piece: str = "brief") -> Lay:
    return Lay(number, piece, "screen", {})


@contextlib.contextmanager
def working(root: str = "", **plan: Any) -> Iterator[Renderer]:
    one = Renderer(root, **{"start": tame, "patience": PATIENCE, **plan})
    try:
        yield one
    finally:
        one.end()


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    with working() as one:
        yield one


def process(renderer: Renderer) -> str:
    answer: Any = renderer.ask("a", Draw(0, 1, 100)).result(SECONDS)
    return str(answer.note)


def test_tasks_are_answered_in_their_order(renderer: Renderer) -> None:
    asked = [renderer.ask(window, lay(number)) for number, window in enumerate("abc")]
    assert [future.result(SECONDS) for future in asked] == [Laid(0), Laid(1), Laid(2)]


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)


def test_a_newer_lay_of_a_window_cancels_what_the_window_waits_for(
    renderer: Renderer, tmp_path: Path
) -> None:
    enough = tmp_path / "enough"
    first = renderer.ask("a", lay(1, str(enough)))
    until(first.running)  # it is under way, and will be answered
    older, drawn, other = (
        renderer.ask("a", lay(2)),
        renderer.ask("a", Draw(2, 1, 9)),
        renderer.ask("b", lay(3)),
    )
    newest = renderer.ask("a", lay(4))
    enough.touch()
    assert newest.result(SECONDS) == Laid(4)
    assert other.result(SECONDS) == Laid(3)
    assert first.result(SECONDS) == Laid(1)
    for future in (older, drawn):
        with pytest.raises(CancelledError):
            future.result(SECONDS)


def costs_its_own_task(renderer: Renderer, piece: str, how: str) -> None:
    lost = renderer.ask("a", lay(1, piece))
    next_one = renderer.ask("b", lay(2))
    assert lost.result(SECONDS) == LostTask(how)
    assert next_one.result(SECONDS) == Laid(2)


def test_a_worker_that_dies_costs_its_own_task(renderer: Renderer) -> None:
    costs_its_own_task(renderer, "crash", DIED)


def test_a_worker_that_hangs_costs_its_own_task() -> None:
    with working(patience=SHORT) as one:
        costs_its_own_task(one, "hang", HUNG)


def test_a_worker_is_ready_before_anybody_asks_for_a_page(tmp_path: Path) -> None:
    with working(str(tmp_path), start=marking) as one:
        one.warm()
        one.warm()
        until((tmp_path / "started").exists)
        assert (tmp_path / "started").exists()
        assert one.ask("a", lay(1)).result(SECONDS) == Laid(1)


def test_a_mistake_of_ours_is_an_answer_too(renderer: Renderer) -> None:
    answer = renderer.ask("a", lay(1, "wrong")).result(SECONDS)
    assert isinstance(answer, LostTask)
    assert "a mistake of ours" in answer.how


def test_a_worker_is_replaced_after_some_lays_by_one_that_is_warm() -> None:
    answers = []
    with working(most_lays=5) as one:
        first = process(one)
        for number in range(60):
            answers.append(one.ask("a", lay(number)).result(SECONDS))
            if process(one) != first:
                break
    assert answers == [Laid(number) for number in range(len(answers))]
    assert 5 < len(answers) < 60


def test_a_task_that_cannot_be_sent_is_answered(renderer: Renderer) -> None:
    task = Lay(1, "brief", "screen", {"a.yaml": lambda: None})  # type: ignore[dict-item]
    answer = renderer.ask("a", task).result(SECONDS)
    assert isinstance(answer, LostTask)
    assert "pickle" in answer.how
    assert renderer.ask("a", lay(2)).result(SECONDS) == Laid(2)


def test_the_end_is_that_of_a_successor_too() -> None:
    others = set(multiprocessing.active_children())
    with working(most_lays=1) as one:
        assert one.ask("a", lay(1)).result(SECONDS) == Laid(1)
    until(lambda: set(multiprocessing.active_children()) <= others)
    assert set(multiprocessing.active_children()) <= others


def test_the_end_cancels_what_waits() -> None:
    with working(patience=2) as one:
        one.ask("a", lay(1))
        waiting = [one.ask(window, lay(2)) for window in "bcd"]
    assert waiting[-1].cancelled()
