"""`review`: what waits for whom, the sheet that a reviewer fills in, and what they have said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hrcpub.build.job import BuildOptions
from hrcpub.build.reviewing import (
    ReviewAnswers,
    Reviewer,
    RoleState,
    all_states,
    answers_table,
    keep_review,
    read_answers,
    role_states,
)
from hrcpub.build.store import not_written
from hrcpub.cli.making import reports_of
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.cache import write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Problem, some
from hrcpub.project.material import material_names, read_material
from hrcpub.project.material.reviews import required_role
from hrcpub.project.reviewed import ROLES, review_path

FOLDER = "review"  # of output/, for sheets


def list_reviews(sources: Sources, names: Sequence[str], role: str | None, *, as_json: bool) -> int:
    """Print what waits for whom; return the exit code: 1 where something that must be done waits.

    Without names, of each piece that must be reviewed, or that somebody has begun to review.
    """
    chosen = tuple(dict.fromkeys(names)) or material_names(sources)
    states, problems = list[RoleState](), list[Problem]()
    for found in all_states(Project(sources), chosen):
        if isinstance(found, HrcpubError):
            problems += found.problems
        elif _is_shown(found, role, is_named=bool(names)):
            states.append(found)
    if as_json:
        say_json([state_fields(state) for state in states])
    else:
        for line in _lines(states):
            say(line)
        if not states and not problems:
            say("nothing waits for a review")
    show_problems(problems)
    waits = any(state.is_required and not state.is_done for state in states)
    return ExitCode.PROBLEMS if waits or problems else ExitCode.DONE


def _is_shown(state: RoleState, role: str | None, *, is_named: bool) -> bool:
    return state.role == role if role else is_named or state.is_required or state.is_begun


def _lines(states: Sequence[RoleState]) -> Iterator[str]:
    widths = [max((len(text) for text in column), default=0) for column in _columns(states)]
    for state in states:
        yield f"{state.piece:{widths[0]}}  {state.role:{widths[1]}}  {_said(state)}"
        if state.is_begun and state.waiting:
            names = [passage.slot.removeprefix("words.") for passage in state.waiting]
            yield f"  {some(names, 6)}"


def _columns(states: Sequence[RoleState]) -> Iterator[list[str]]:
    yield [state.piece for state in states]
    yield [state.role for state in states]


def _said(state: RoleState) -> str:
    last = state.last
    if last and state.is_done:
        every = (f"{one.by}, {one.is_a}, {one.on}" for one in reversed(state.reviewers))
        return f"reviewed by {'; and by '.join(every)}"
    if last:
        count, wait = len(state.waiting), "wait" if state.waiting[1:] else "waits"
        return (
            f"{count} of {len(state.passages)} passages {wait} since the review by "
            f"{last.by}, {last.on}"
        )
    return f"{'waits' if state.is_required else 'nobody has'}: {ROLES[state.role]}?"


def state_fields(state: RoleState) -> dict[str, object]:
    """Return plain values of how far a review is."""
    last = state.last
    return {
        "piece": state.piece,
        "role": state.role,
        "required": state.is_required,
        "done": state.is_done,
        "passages": len(state.passages),
        "waiting": [
            {
                "slot": passage.slot,
                "text": passage.shown,
                "path": passage.source.path,
                "line": passage.source.line,
            }
            for passage in state.waiting
        ],
        "by": last and last.by,
        "is": last and last.is_a,
        "on": last and last.on.isoformat(),
        "reviewers": [
            {"by": one.by, "is": one.is_a, "on": one.on.isoformat()} for one in state.reviewers
        ],
    }


def keep(sources: Sources, names: Sequence[str], reviewer: Reviewer, *, as_json: bool) -> int:
    """Keep that somebody has reviewed pieces as they are; return the exit code."""
    states, problems = list[RoleState](), list[Problem]()
    for name in names:
        try:
            states.append(keep_review(Project(sources), name, reviewer))
        except HrcpubError as error:
            problems += error.problems
    _say_kept(states, as_json=as_json)
    show_problems(problems)
    return ExitCode.PROBLEMS if problems else ExitCode.DONE


def _say_kept(states: Sequence[RoleState], *, as_json: bool) -> None:
    if as_json:
        say_json([state_fields(state) for state in states])
        return
    for state in states:
        say(f"{state.piece}, {state.role}: {_said(state)}")
        if state.is_begun:
            say(f"  kept in {review_path(state.piece)}", err=True)


def take(sources: Sources, name: str, table: Path, reviewer: Reviewer, *, as_json: bool) -> int:
    """Keep the answers of a table that a reviewer has filled in; return the exit code.

    Remarks are told at the words that they are of.
    """
    project = Project(sources)
    answers = _answers(project, name, table, reviewer.role)
    state = keep_review(project, name, reviewer, answers.right)
    _say_kept([state], as_json=as_json)
    show_problems(answers.problems)
    return ExitCode.PROBLEMS if answers.problems else ExitCode.DONE


def _answers(project: Project, name: str, table: Path, role: str) -> ReviewAnswers:
    material = read_material(project, name)
    states = {state.role: state for state in role_states(material, project.sources)}
    return read_answers(table.read_bytes(), table.name, states[role].passages)


class SheetFiles(NamedTuple):
    """The sheet that a reviewer reads, and the table that they fill in."""

    pdf: Path
    table: Path
    passages: int
    pages: int  # that it has pictures of


def write_sheets(
    sources: Sources, names: Sequence[str], role: str | None, folder: Path | None, *, is_whole: bool
) -> int:
    """Write a sheet and a table for the reviewers of pieces; return the exit code.

    They have what waits alone; all, where nothing does or with `is_whole`. Without a role: the one
    that somebody must review the piece as, else words.
    """
    project, problems = Project(sources), list[Problem]()
    for name in names:
        try:
            made = _sheet(project, name, role, folder, is_whole=is_whole)
        except HrcpubError as error:
            problems += error.problems
            continue
        count = f"{made.passages} passage{'s' * (made.passages != 1)}"
        say(f"{_shown(made.pdf, sources)}  {count}")
        if not made.pages:
            say(f"  without its pages, which cannot be made: hrcpub check {name}", err=True)
        say(f"{_shown(made.table, sources)}  to fill in, and give back with --answers")
    show_problems(problems)
    return ExitCode.PROBLEMS if problems else ExitCode.DONE


def _shown(path: Path, sources: Sources) -> str:
    return str(path.relative_to(sources.root) if path.is_relative_to(sources.root) else path)


def _sheet(
    project: Project, name: str, role: str | None, folder: Path | None, *, is_whole: bool
) -> SheetFiles:
    from hrcpub.events.paperwork import printed
    from hrcpub.events.paperwork.review_sheet import review_document

    sources = project.sources
    material = read_material(project, name)
    role = role or required_role(material) or "words"
    states = {state.role: state for state in role_states(material, sources)}
    passages = (not is_whole and states[role].waiting) or states[role].passages
    pages = _pictures(sources, name)
    document = review_document(material, role, passages, pages, project)
    paper = printed(document, project)
    show_problems(paper.problems)
    target = (folder or sources.root / "output" / FOLDER) / f"{name}-{role}.pdf"
    files = SheetFiles(target, target.with_suffix(".csv"), len(passages), len(pages))
    _write(files.pdf, paper.pdf)
    _write(files.table, answers_table(passages))
    return files


def _pictures(sources: Sources, name: str) -> list[bytes]:
    """Return a picture of each page as it is on screens; none where the piece cannot be made."""
    from hrcpub.pipeline.export import export

    (report,) = reports_of(
        sources, (name,), BuildOptions(("screen",)), None, None, force=False, is_quiet=True
    )
    outputs: Iterable[Path] = (sources.root / output.path for output in report.outputs)
    return [page.picture for path in outputs for page in export(path.read_bytes(), (), "png", 900)]


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None
