"""Errands: done in a process of their own, one after the other, whatever becomes of one."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from hrcpub.problems import HrcpubError, Problem
from hrcpub.studio.errands import Errands
from tests.shared import loops


class Say(NamedTuple):
    """An errand that says where it is done."""

    def run(self, root: Path) -> tuple[str, int]:
        return root.name, os.getpid()


class Fail(NamedTuple):
    """An errand that does something else than it should."""

    how: str

    def run(self, root: Path) -> None:
        if self.how == "refuse":
            raise HrcpubError(Problem("some-code", "that cannot be"))
        if self.how == "die":
            os._exit(3)
        time.sleep(60)


def test_an_errand_is_done_elsewhere_and_one_that_dies_costs_itself_alone(tmp_path: Path) -> None:
    # A task's time has the start of its process in it, which a busy machine draws out.
    errands, impatient = Errands(tmp_path, patience=60), Errands(tmp_path, patience=3)

    async def all_of_them() -> None:
        name, process = await errands.run(Say())
        assert name == tmp_path.name
        assert process != os.getpid()
        for who, how, code in (
            (errands, "refuse", "some-code"),
            (errands, "die", "errand-lost"),
            (impatient, "hang", "errand-lost"),
        ):
            with pytest.raises(HrcpubError) as refused:
                await who.run(Fail(how))
            assert refused.value.problems[0].code == code
        with pytest.raises(HrcpubError) as refused:  # a function that cannot be sent
            await errands.run(Fail(lambda: None))  # type: ignore[arg-type]
        assert "pickle" in refused.value.problems[0].message
        assert (await errands.run(Say()))[0] == tmp_path.name

    loops.run(all_of_them())
    errands.end()
    impatient.end()
