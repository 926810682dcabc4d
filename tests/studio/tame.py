"""A studio's worker that does as it is told. Why not in its test: each start would load pytest."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

from hrcpub.studio.preview import Laid, Lay, PreviewAnswer, Proven, Task


def tame(root: str) -> Callable[[Task], PreviewAnswer]:
    """Return a worker that does as a piece's name says; it tells its process by a Proven's note.

    A name that is a path has it wait until there is such a file.
    """

    def do(task: Task) -> PreviewAnswer:
        if isinstance(task, Lay):
            if task.piece == "crash":
                os._exit(1)
            if task.piece == "hang":
                time.sleep(600)
            if task.piece == "wrong":
                raise ValueError("a mistake of ours")
            while task.piece.startswith("/") and not Path(task.piece).exists():
                time.sleep(0.01)
            time.sleep(0.05)
            return Laid(task.number)
        return Proven(task.number, (), str(os.getpid()))

    return do


def marking(root: str) -> Callable[[Task], PreviewAnswer]:
    """Return such a worker that leaves a file where it was started."""
    (Path(root) / "started").touch()
    return tame(root)
