"""`diff`: two files, or a piece and what it was, to what differs, in words and in pictures."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from hrcpub.build.approvals import Approvals, approved_bytes
from hrcpub.build.store import Store
from hrcpub.cli.approving import never_approved, usual_editions
from hrcpub.cli.building import BuildOptions
from hrcpub.cli.comparison_text import comparison_lines
from hrcpub.cli.making import names_of, reports_of
from hrcpub.cli.revisions import checked_out
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compare import compare
from hrcpub.pipeline.compare.records import Comparison
from hrcpub.problems import ExitCode, HrcpubError, Problem, Severity
from hrcpub.project.approval import Approval, approved_names, read_approval


class DiffOptions(NamedTuple):
    """What pieces are compared with, and where what differs is shown."""

    editions: tuple[str, ...] = ()
    is_with_built: bool = False
    since: str | None = None
    png: Path | None = None
    html: Path | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two files, what they are called, and what differs."""

    name: str  # of files that show it: `overdose-screen`
    before: bytes
    after: bytes
    before_called: str
    after_called: str
    comparison: Comparison


class _Looked(NamedTuple):
    """What was compared, and why some of it could not be."""

    compared: list[Compared]
    problems: list[Problem]
    unapproved: int = 0  # pieces of which nothing was approved


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


def _found(sources: Sources | None, sides: Sequence[str], options: DiffOptions) -> _Looked:
    if len(sides) == 2 and not (options.is_with_built or options.since):
        return _two(sources, sides[0], sides[1], options)
    assert sources is not None  # the command has seen to it
    if options.since:
        return _since(sources, sides, options, options.since)
    if options.is_with_built:
        return _with_built(sources, sides, options)
    return _with_approved(sources, sides, options)


def _pair(name: str, before: tuple[str, bytes], after: tuple[str, bytes]) -> Compared:
    found = compare(before[1], after[1], (before[0], after[0]))
    return Compared(name, before[1], after[1], before[0], after[0], found)


# --- Two files, or two pieces ---


def _two(sources: Sources | None, one: str, other: str, options: DiffOptions) -> _Looked:
    """Compare two files; of a piece, its edition for screens, unless another is asked for."""
    edition = options.editions[0] if options.editions else None
    before, after = (_side(sources, side, edition) for side in (one, other))
    return _Looked([_pair(Path(other).stem, before, after)], [])


def _side(sources: Sources | None, side: str, edition: str | None) -> tuple[str, bytes]:
    if is_file(side):
        try:
            return side, Path(side).read_bytes()
        except OSError as error:
            raise HrcpubError(file_unread(side, error.strerror or str(error))) from None
    assert sources is not None
    editions = (edition,) if edition else usual_editions(Project(sources), side)[:1]
    built, problems = _built(sources, (side,), editions)
    if problems or not built:
        raise HrcpubError(*problems)
    (((name, made), data),) = built.items()
    return f"{name} ({made})", data


_Files = dict[tuple[str, str], bytes]  # by piece and edition


def _built(
    sources: Sources,
    names: Sequence[str],
    editions: tuple[str, ...],
    output: Path | None = None,
) -> tuple[_Files, list[Problem]]:
    """Return the files of pieces, built where they are not up to date, and their mistakes."""
    if not names:
        return {}, []
    asked = BuildOptions(editions)
    reports = reports_of(sources, tuple(names), asked, output, None, force=False, is_quiet=True)
    files = {
        (report.material, made.edition): (sources.root / made.path).read_bytes()
        for report in reports
        for made in report.outputs
    }
    errors = [p for report in reports for p in report.all_problems if p.is_error]
    return files, errors


# --- Against what was approved ---


def _with_approved(sources: Sources, names: Sequence[str], options: DiffOptions) -> _Looked:
    """Compare pieces with what was approved of them; no names: all pieces that were approved."""
    known = approved_names(sources)
    asked = names_of(sources, tuple(names)) if names else []
    missing = [never_approved(name) for name in asked if name not in known]
    if missing:
        raise HrcpubError(*missing)
    there = names_of(sources, ())
    found = _Looked([], [], sum(name not in known for name in there) if not names else 0)
    for name in asked or known:
        if name not in there:
            found.problems.append(approved_gone(name))
            continue
        try:
            approval = read_approval(sources, name)
            if approval is not None:
                _add_approved(sources, approval, options, found)
        except HrcpubError as error:
            found.problems.extend(error.problems)
    return found


def _add_approved(
    sources: Sources, approval: Approval, options: DiffOptions, found: _Looked
) -> None:
    name = approval.piece
    editions = tuple(e for e in approval.editions if e in (options.editions or approval.editions))
    files, problems = _built(sources, (name,), editions)
    found.problems.extend(problems)
    approvals = Approvals(Store(sources.root, sources.root / "output"))
    for (_, edition), data in files.items():
        called = f"what was approved {approval.who_and_when(edition)}"
        before = approved_bytes(approval, edition, sources)
        comparison = approvals.compared(approval, edition, data, sources)
        now = f"{name}, {edition}"
        found.compared.append(Compared(f"{name}-{edition}", before, data, called, now, comparison))


# --- Against the last build ---


def _with_built(sources: Sources, names: Sequence[str], options: DiffOptions) -> _Looked:
    """Compare what pieces would be now with the files of their last build, which are left alone."""
    found = _Looked([], [])
    with tempfile.TemporaryDirectory() as folder:
        for name in names_of(sources, tuple(names)):
            old = dict(_last_built(sources, name, options.editions))
            if not old and names:
                found.problems.append(not_built(name))
            new, problems = _built(sources, (name,) if old else (), tuple(old), Path(folder))
            found.problems.extend(problems)
            for (_, edition), data in new.items():
                before = (f"the last build of {name}, {edition}", old[edition])
                pair = _pair(f"{name}-{edition}", before, (f"{name}, {edition}", data))
                found.compared.append(pair)
    return found


def _last_built(
    sources: Sources, name: str, editions: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    store = Store(sources.root, sources.root / "output")
    for edition in editions or usual_editions(Project(sources), name):
        with contextlib.suppress(OSError):
            yield edition, store.path(edition, name).read_bytes()


# --- Against a revision in git ---


def _since(sources: Sources, names: Sequence[str], options: DiffOptions, revision: str) -> _Looked:
    """Compare pieces with what this program makes of their files in a revision."""
    asked = names_of(sources, tuple(names))
    found = _Looked([], [])
    with checked_out(sources.root, revision) as (root, short):
        then = Sources(root)
        there = set(names_of(then, ()))
        for name in asked:
            if name not in there:
                found.problems.append(not_there_yet(name, short))
                continue
            editions = options.editions or usual_editions(Project(sources), name)
            _add_since(sources, then, name, editions, short, found)
    return found


def _add_since(
    sources: Sources,
    then: Sources,
    name: str,
    editions: tuple[str, ...],
    short: str,
    found: _Looked,
) -> None:
    try:
        new, problems = _built(sources, (name,), editions)
        old, old_problems = _built(then, (name,), editions)
    except HrcpubError as error:
        found.problems.extend(error.problems)
        return
    found.problems.extend((*problems, *(in_revision(problem, short) for problem in old_problems)))
    for (piece, edition), data in new.items():
        if before := old.get((piece, edition)):
            called = f"{name}, {edition} at {short}"
            pair = _pair(f"{name}-{edition}", (called, before), (f"{name}, {edition}", data))
            found.compared.append(pair)


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


def _total(found: _Looked, changed: int) -> str:
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


def approved_gone(piece: str) -> Problem:
    """Something was approved of a piece that is not in the project any more.

    Fix: if it was given another name, approve it under that. Then take the old approval back:
    `hrcpub approve PIECE --withdraw`.
    """
    return Problem(
        "approved-gone",
        f"{piece} was approved, and is not in the project any more",
        None,
        f"hrcpub approve {piece} --withdraw",
        Severity.WARNING,
    )


def not_built(piece: str) -> Problem:
    """There is no file of an earlier build to compare a piece with.

    Fix: build it: `hrcpub build PIECE`. From then on, `--built` compares with that.
    """
    return Problem("diff-not-built", f"{piece} was not built yet", None, f"hrcpub build {piece}")


def not_there_yet(piece: str, revision: str) -> Problem:
    """A piece was not in the project yet in the revision that you compare with.

    Fix: nothing, if that is so. All of it is new.
    """
    return Problem(
        "diff-new",
        f"{piece} is new since {revision}",
        None,
        None,
        Severity.NOTE,
    )


def in_revision(problem: Problem, revision: str) -> Problem:
    """A piece cannot be made from its files as they were in a revision.

    Fix: choose a later revision. This version of hrcpub may ask for what the older files lack.
    """
    place = f"{problem.source}: " if problem.source else ""
    return Problem(
        "diff-revision-broken",
        f"at {revision} it cannot be made: {place}{problem.message}",
        None,
        "choose a later revision",
    )


CODES = {
    "diff-file": file_unread,
    "approved-gone": approved_gone,
    "diff-not-built": not_built,
    "diff-new": not_there_yet,
    "diff-revision-broken": in_revision,
}
