"""`build --specimen`: the project's design to its specimen book."""

from __future__ import annotations

import time
from pathlib import Path

from hrcpub.cli.show import say, show_problems
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode


def make_specimen(sources: Sources, output: Path | None, sheet: str | None) -> int:
    """Write the book and say where it is; raise HrcpubError with all that is wrong in it."""
    from hrcpub.build.specimen import build_specimen
    from hrcpub.pipeline.typeset.engine import load

    started = time.perf_counter()
    load(sources.root)
    book = build_specimen(Project(sources), output or sources.root / "output", sheet)
    show_problems(book.problems)
    inside = book.path.is_relative_to(sources.root)
    path = book.path.relative_to(sources.root).as_posix() if inside else str(book.path)
    say(f"{path}  {book.pages} pages  {time.perf_counter() - started:.1f} s")
    return ExitCode.DONE
