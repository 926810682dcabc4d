"""`diff`: two files, or a piece and what it was, to what differs, in words and in pictures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from hrcpub.build.comparing import (
    Compared,
    Looked,
    files_of,
    paired,
    since,
    with_approved,
    with_built,
)
from hrcpub.build.orders import usual_editions
from hrcpub.cli.comparison_text import comparison_lines
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Problem


class DiffOptions(NamedTuple):
    """What pieces are compared with, and where what differs is shown."""

    editions: tuple[str, ...] = ()
    is_with_built: bool = False
    since: str | None = None
    png: Path | None = None
    html: Path | None = None


def diff(
    sources: Sources | None, sides: Sequence[str], options: DiffOptions, *, as_json: bool
) -> int:
    """Compare, and say what differs; return 1 where something does."""
    found = _found(sources, sides, options)
    changed = [one for one in found.compared if not one.comparison.is_same]
    written = _pictures(changed, options)
    show_problems(dict.fromkeys(found.problems))
    if as_json:
        say_json([_fields(one) for one in found.compared])
    else:
        for one in found.compared:
            for line in comparison_lines(one):
                say(line)
        for path in written:
            say(f"shown in {path}", err=True)
        say(_total(found, len(changed)), err=True)
    is_wrong = changed or any(problem.is_error for problem in found.problems)
    return ExitCode.PROBLEMS if is_wrong else ExitCode.DONE


def is_file(side: str) -> bool:
    """Return whether a side is a PDF's path, and not a piece's name."""
    return side.lower().endswith(".pdf")


def _found(sources: Sources | None, sides: Sequence[str], options: DiffOptions) -> Looked:
    if len(sides) == 2 and not (options.is_with_built or options.since):
        return _two(sources, sides[0], sides[1], options)
    assert sources is not None  # the command has seen to it
    if options.since:
        return since(sources, sides, options.editions, options.since)
    if options.is_with_built:
        return with_built(sources, sides, options.editions)
    return with_approved(sources, sides, options.editions)


# --- Two files, or two pieces ---


def _two(sources: Sources | None, one: str, other: str, options: DiffOptions) -> Looked:
    """Compare two files; of a piece, its edition for screens, unless another is asked for."""
    edition = options.editions[0] if options.editions else None
    before, after = (_side(sources, side, edition) for side in (one, other))
    return Looked([paired(Path(other).stem, before, after)], [])


def _side(sources: Sources | None, side: str, edition: str | None) -> tuple[str, bytes]:
    if is_file(side):
        try:
            return side, Path(side).read_bytes()
        except OSError as error:
            raise HrcpubError(file_unread(side, error.strerror or str(error))) from None
    assert sources is not None
    editions = (edition,) if edition else usual_editions(Project(sources), side)[:1]
    built, problems = files_of(sources, (side,), editions)
    if problems or not built:
        raise HrcpubError(*problems)
    (((name, made), data),) = built.items()
    return f"{name} ({made})", data


# --- What is printed and written ---


def _pictures(changed: Sequence[Compared], options: DiffOptions) -> list[Path]:
    """Write what shows the differences; return the paths that people open."""
    written: list[Path] = []
    if options.png and changed:
        from hrcpub.cli.comparison_files import write_pictures

        written += write_pictures(changed, options.png)
    if options.html:
        from hrcpub.cli.comparison_files import write_report

        written.append(write_report(changed, options.html))
    return written


def _total(found: Looked, changed: int) -> str:
    same = len(found.compared) - changed
    files = "file" if len(found.compared) == 1 else "files"
    said = f"{len(found.compared)} {files} compared: {changed} differ, {same} the same"
    if found.unapproved:
        pieces = "piece was" if found.unapproved == 1 else "pieces were"
        said += f"; {found.unapproved} {pieces} never approved"
    return said


def _fields(one: Compared) -> dict[str, Any]:
    return {
        "name": one.name,
        "before": one.before_called,
        "after": one.after_called,
        **one.comparison.as_json(),
    }


def file_unread(path: str, said: str) -> Problem:
    """A PDF that you named cannot be opened.

    Fix: look for a slip in its name and its folder.
    """
    return Problem("diff-file", f"{path} cannot be opened: {said}", None, "check its name")


CODES = {"diff-file": file_unread}
