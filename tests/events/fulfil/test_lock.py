"""One build at a time in an event's folder: the second is told whom it waits for."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from hrcpub.events.fulfil.lock import NAME, alone_in
from hrcpub.problems import HrcpubError


def nobody(process: str) -> None:
    raise AssertionError(f"it waits for {process}")


def test_the_second_waits_for_the_first_and_is_told_once_which_process_that_is(
    tmp_path: Path,
) -> None:
    told: list[str] = []
    with contextlib.ExitStack() as first:
        first.enter_context(alone_in(tmp_path, nobody))

        def waiting(process: str) -> None:
            told.append(process)
            first.close()

        with alone_in(tmp_path, waiting):
            assert told == [str(os.getpid())]
    with alone_in(tmp_path, nobody):
        assert (tmp_path / NAME).read_text("ascii") == str(os.getpid())


def test_a_lock_that_says_nothing_is_waited_for_too(tmp_path: Path) -> None:
    told: list[str] = []
    with contextlib.ExitStack() as first:
        first.enter_context(alone_in(tmp_path, nobody))
        (tmp_path / NAME).write_bytes(b"")

        def waiting(process: str) -> None:
            told.append(process)
            first.close()

        with alone_in(tmp_path, waiting):
            assert told == ["unknown"]


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "event").write_text("in the way", encoding="utf-8")
    with pytest.raises(HrcpubError) as told, alone_in(tmp_path / "event", nobody):
        pass
    assert [problem.code for problem in told.value.problems] == ["output-not-written"]
