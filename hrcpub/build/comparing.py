"""Pieces as they are now, against what they were: as approved, as last built, as in git."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hrcpub.build.approvals import Approvals, approved_bytes
from hrcpub.build.approving import never_approved
from hrcpub.build.job import BuildOptions
from hrcpub.build.orders import names_of, reports_in_silence, usual_editions
from hrcpub.build.revisions import checked_out
from hrcpub.build.store import Store
from hrcpub.files.cache import ordinary_bytes
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compare import compare
from hrcpub.pipeline.compare.records import Comparison
from hrcpub.pipeline.stages import Report
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.approval import Approval, approved_names, read_approval
from hrcpub.project.edition import EDITIONS
from hrcpub.records import record


@record
class Compared:
    """Two files, what they are called, and what differs."""

    name: str  # of files that show it: `overdose-screen`
    before: bytes
    after: bytes
    before_called: str
    after_called: str
    comparison: Comparison


class Looked(NamedTuple):
    """What was compared, and why some of it could not be."""

    compared: list[Compared]
    problems: list[Problem]
    unapproved: int = 0  # pieces of which nothing was approved


def paired(name: str, before: tuple[str, bytes], after: tuple[str, bytes]) -> Compared:
    """Compare two files, each with what it is called."""
    found = compare(before[1], after[1], (before[0], after[0]))
    return Compared(name, before[1], after[1], before[0], after[0], found)


PieceFiles = dict[tuple[str, str], bytes]  # by piece and edition


def files_of(
    sources: Sources, names: Sequence[str], editions: tuple[str, ...]
) -> tuple[PieceFiles, list[Problem]]:
    """Return the files of pieces as they are now, and their mistakes.

    What is not up to date is built aside: the last build stays, to be compared with.
    """
    files, reports = _made_aside(sources, names, editions)
    return files, _errors(reports)


def _made_aside(
    sources: Sources, names: Sequence[str], editions: tuple[str, ...]
) -> tuple[PieceFiles, list[Report]]:
    if not names:
        return {}, []
    names = names_of(sources, tuple(names))
    with tempfile.TemporaryDirectory() as folder:
        _copy_built(sources.root / "output", Path(folder), names, editions)
        reports = reports_in_silence(sources, names, BuildOptions(editions), Path(folder))
        files = {
            (report.material, made.edition): (sources.root / made.path).read_bytes()
            for report in reports
            for made in report.outputs
        }
    return files, reports


def _errors(reports: Iterable[Report]) -> list[Problem]:
    return [p for report in reports for p in report.all_problems if p.is_error]


def _copy_built(output: Path, folder: Path, names: Iterable[str], editions: Iterable[str]) -> None:
    """Copy what was built, with its reports: what is up to date need not be built again."""
    for edition, name in itertools.product(EDITIONS.keys() & {*editions}, names):
        (folder / edition).mkdir(exist_ok=True)
        for file in (f"{edition}/{name}.pdf", f"{edition}/{name}.json"):
            with contextlib.suppress(OSError):
                (folder / file).write_bytes(ordinary_bytes(output / file))


# --- Against what was approved ---


def with_approved(sources: Sources, names: Sequence[str], editions: tuple[str, ...]) -> Looked:
    """Compare pieces with what was approved of them; no names: all pieces that were approved."""
    known = approved_names(sources)
    asked = names_of(sources, tuple(names)) if names else []
    missing = [never_approved(name) for name in asked if name not in known]
    if missing:
        raise HrcpubError(*missing)
    there = names_of(sources, ())
    found = Looked([], [], sum(name not in known for name in there) if not names else 0)
    for name in asked or known:
        if name not in there:
            found.problems.append(approved_gone(name))
            continue
        try:
            approval = read_approval(sources, name)
            if approval is not None:
                _add_approved(sources, approval, editions, found, is_named=bool(asked))
        except HrcpubError as error:
            found.problems.extend(error.problems)
    return found


def _add_approved(
    sources: Sources,
    approval: Approval,
    editions: tuple[str, ...],
    found: Looked,
    *,
    is_named: bool,
) -> None:
    name, approved = approval.piece, approval.editions
    wanted = tuple(edition for edition in approved if edition in (editions or approved))
    missing = [edition for edition in editions if edition not in approved] if is_named else []
    found.problems.extend(edition_not_approved(name, edition, approved) for edition in missing)
    files, reports = _made_aside(sources, (name,) if wanted else (), wanted)
    found.problems.extend(_errors(reports))
    approvals = Approvals(Store(sources.root, sources.root / "output"))
    for (_, edition), data in files.items():
        called = f"what was approved {approval.who_and_when(edition)}"
        before = approved_bytes(approval, edition, sources)
        comparison = approvals.compared(approval, edition, data, sources)
        approvals.remember(approval, edition, comparison, reports[0].reads)
        now = f"{name}, {edition}"
        found.compared.append(Compared(f"{name}-{edition}", before, data, called, now, comparison))


# --- Against the last build ---


def with_built(sources: Sources, names: Sequence[str], editions: tuple[str, ...]) -> Looked:
    """Compare what pieces would be now with the files of their last build."""
    found = Looked([], [])
    for name in names_of(sources, tuple(names)):
        old = dict(_last_built(sources, name, editions))
        if not old and names:
            found.problems.append(not_built(name))
        new, problems = files_of(sources, (name,) if old else (), tuple(old))
        found.problems.extend(problems)
        for (_, edition), data in new.items():
            before = (f"the last build of {name}, {edition}", old[edition])
            pair = paired(f"{name}-{edition}", before, (f"{name}, {edition}", data))
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


def since(
    sources: Sources, names: Sequence[str], editions: tuple[str, ...], revision: str
) -> Looked:
    """Compare pieces with what this program makes of their files in a revision."""
    asked = names_of(sources, tuple(names))
    found = Looked([], [])
    with checked_out(sources.root, revision) as (root, short):
        then = Sources(root)
        there = set(names_of(then, ()))
        for name in asked:
            if name not in there:
                found.problems.append(not_there_yet(name, short))
                continue
            wanted = editions or usual_editions(Project(sources), name)
            _add_since(sources, then, name, wanted, short, found)
    return found


def _add_since(
    sources: Sources,
    then: Sources,
    name: str,
    editions: tuple[str, ...],
    short: str,
    found: Looked,
) -> None:
    try:
        new, problems = files_of(sources, (name,), editions)
        old, old_problems = files_of(then, (name,), editions)
    except HrcpubError as error:
        found.problems.extend(error.problems)
        return
    found.problems.extend((*problems, *(in_revision(problem, short) for problem in old_problems)))
    for (piece, edition), data in new.items():
        if before := old.get((piece, edition)):
            called = f"{name}, {edition} at {short}"
            pair = paired(f"{name}-{edition}", (called, before), (f"{name}, {edition}", data))
            found.compared.append(pair)


# --- Against an earlier text ---


def with_text(
    sources: Sources, name: str, editions: tuple[str, ...], earlier: tuple[str, str, str]
) -> Looked:
    """Compare a piece with what one of its files would make of it if it had an earlier text.

    `earlier` is the file's path, the text, and what that is called. Nothing of it is kept.
    """
    from hrcpub.build.finishing import unproven

    path, text, called = earlier
    wanted = editions or usual_editions(Project(sources), name)
    files, problems = files_of(sources, (name,), wanted)
    found = Looked([], problems)
    then = Project(sources.with_drafts({path: text.encode()}))
    for (_, edition), data in files.items():
        try:
            before = unproven(then, name, edition)
        except HrcpubError as error:
            errors = (problem for problem in error.problems if problem.is_error)
            found.problems.extend(in_revision(problem, called) for problem in errors)
            continue
        pair = paired(f"{name}-{edition}", (called, before), (f"{name}, {edition}", data))
        found.compared.append(pair)
    return found


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


def edition_not_approved(piece: str, edition: str, approved: Iterable[str]) -> Problem:
    """An edition that you named was not approved of a piece, so nothing says what it should be.

    Fix: name one that was approved, or compare it with its last build, `hrcpub diff PIECE --built`.
    To have it approved too: `hrcpub approve PIECE --edition EDITION --by NAME`.
    """
    return Problem(
        "diff-not-approved",
        f"the {edition} edition of {piece} was not approved; these were: {', '.join(approved)}",
        None,
        f"hrcpub approve {piece} --edition {edition} --by NAME; or compare it with --built",
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
    "approved-gone": approved_gone,
    "diff-not-approved": edition_not_approved,
    "diff-not-built": not_built,
    "diff-new": not_there_yet,
    "diff-revision-broken": in_revision,
}
