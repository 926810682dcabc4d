"""`approve`: pieces are built, and what was made of them is kept as what somebody approved."""

from __future__ import annotations

import contextlib
import datetime
import shutil
from collections.abc import Sequence
from typing import NamedTuple

from hrcpub import __version__
from hrcpub.build.store import not_written
from hrcpub.cli.building import BuildOptions
from hrcpub.cli.making import editions_of, names_of, reports_of
from hrcpub.cli.reports import exit_code
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.cache import write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Output, Report
from hrcpub.problems import ExitCode, HrcpubError, Problem, Source
from hrcpub.project.approval import (
    Approval,
    ApprovedEdition,
    approval_path,
    approval_yaml,
    approved_file,
    approved_names,
    read_approval,
)
from hrcpub.project.edition import EDITIONS
from hrcpub.project.material import Material, read_material, words_file
from hrcpub.project.names import APPROVED

SAMPLES = ("sample-words", "placeholder-left")  # codes of what nobody can have meant to approve


class ApproveOptions(NamedTuple):
    """Who approves, and what."""

    by: str
    note: str | None = None
    editions: tuple[str, ...] = ()  # none: one of each form
    on: datetime.date | None = None  # None: today


def approve(
    sources: Sources, pieces: Sequence[str], options: ApproveOptions, *, as_json: bool
) -> int:
    """Build what is not up to date, and keep it as approved; return the exit code.

    Each piece is for itself: one that is refused stops no other.
    """
    project, problems = Project(sources), list[Problem]()
    kept: list[Approval] = []
    reports: list[Report] = []
    for name in names_of(sources, tuple(pieces)):
        editions = options.editions or usual_editions(project, name)
        asked = BuildOptions(editions)
        (report,) = reports_of(sources, (name,), asked, None, None, force=False, is_quiet=True)
        reports.append(report)
        try:
            _refuse(report)
            approval = _approval(project, report, options)
            kept.append(_with_former(approval, sources))
            _write(kept[-1], report, sources)
        except HrcpubError as error:
            problems += error.problems
    show_problems(problems)
    if as_json:
        say_json([approval_fields(approval) for approval in kept])
    else:
        for approval in kept:
            _say(approval, options)
    return exit_code(reports, problems)


def usual_editions(project: Project, name: str) -> tuple[str, ...]:
    """Return the editions that are approved where nobody says which: one of each form.

    A piece is laid out once in each form, and every edition is written from that: who has seen one
    has seen the words and the lines of all. The one on screens has all that the others have.
    """
    by_form: dict[str, str] = {}
    for edition in editions_of(project, name).usual:
        form = EDITIONS[edition].form
        if form not in by_form or edition == "screen":
            by_form[form] = edition
    return tuple(by_form.values())


def _refuse(report: Report) -> None:
    """Raise HrcpubError where a piece has mistakes."""
    if errors := [problem for problem in report.all_problems if problem.is_error]:
        raise HrcpubError(*errors)
    if samples := [problem for problem in report.all_problems if problem.code in SAMPLES]:
        raise HrcpubError(sample_approved(report.material, samples[0].source))


def _approval(project: Project, report: Report, options: ApproveOptions) -> Approval:
    """Return the record of what was made; raise HrcpubError for a draft."""
    material = read_material(project, report.material)
    if material.is_draft:
        place = words_file(project.sources, report.material)
        raise HrcpubError(draft_approved(report.material, Source(place)))
    day = options.on or datetime.date.today()
    return Approval(
        report.material,
        {
            output.edition: ApprovedEdition(
                options.by, day, output.sha256, output.sides, options.note
            )
            for output in report.outputs
        },
        texts_of(material),
        _made_from(report),
        __version__,
    )


def texts_of(material: Material) -> dict[str, str]:
    """Return the text of each slot, and of the offices, by their names; in the order of the page.

    Of a piece in two languages, those of the second have its language before them.
    """
    texts: dict[str, str] = {}
    for voice in material.voices:
        start = "" if voice is material else f"{voice.language}: "
        found = [("title", str(voice.title))]
        found += [(text.slot or "text", str(text)) for text in voice.texts]
        for office in voice.contacts:
            found += [(f"{office.id}: {text.slot or 'line'}", str(text)) for text in office.texts]
        found += [("reach", line.text) for line in voice.reach]
        for slot, text in found:
            texts[_unlike(f"{start}{slot}", text, texts)] = text
    return texts


def _unlike(slot: str, text: str, texts: dict[str, str]) -> str:
    """Return a name that no other text has: counted, where a slot has several."""
    name, number = slot, 1
    while name in texts and texts[name] != text:
        number += 1
        name = f"{slot} ({number})"
    return name


def _made_from(report: Report) -> dict[str, str]:
    """Return the digests of the files that a piece was made from, but for records like this."""
    files = sorted(report.reads.files.items())
    return {path: digest for path, digest in files if digest and not path.startswith(APPROVED)}


def _with_former(approval: Approval, sources: Sources) -> Approval:
    """Return a record with the editions that were approved before, as long as they say the same.

    All editions of a record have the same words: what has others is approved no more.
    """
    try:
        former = read_approval(sources, approval.piece)
    except HrcpubError:
        return approval
    if former is None or former.words != approval.words:
        return approval
    return Approval(
        approval.piece,
        {**former.editions, **approval.editions},
        approval.words,
        approval.made_from,
        approval.hrcpub,
    )


def _write(approval: Approval, report: Report, sources: Sources) -> None:
    """Write the files, then the record that names them, and remove those that it names no more."""
    path = approval_path(approval.piece)
    try:
        for output in report.outputs:
            target = sources.root / approved_file(approval.piece, output.edition)
            write_whole(target, _bytes(sources, output))
        write_whole(sources.root / path, approval_yaml(approval).encode())
        for file in (sources.root / APPROVED / approval.piece).glob("*.pdf"):
            if file.stem not in approval.editions:
                file.unlink()
    except OSError as error:
        raise HrcpubError(not_written(path, error)) from None


def _bytes(sources: Sources, output: Output) -> bytes:
    return (sources.root / output.path).read_bytes()


def _say(approval: Approval, options: ApproveOptions) -> None:
    now = [name for name, one in approval.editions.items() if one.by == options.by]
    say(f"{approval.piece}: {', '.join(now)} approved by {options.by}")
    say(f"  kept in {approval_path(approval.piece)}", err=True)


def approval_fields(approval: Approval) -> dict[str, object]:
    """Return plain values of what was approved."""
    return {
        "piece": approval.piece,
        "path": approval_path(approval.piece),
        "editions": {
            name: {
                "by": one.by,
                "on": one.on.isoformat(),
                "note": one.note,
                "pages": one.pages,
                "sha256": one.sha256,
                "file": approved_file(approval.piece, name),
            }
            for name, one in sorted(approval.editions.items())
        },
    }


def withdraw(sources: Sources, pieces: Sequence[str], *, as_json: bool) -> int:
    """Take approvals back: their records and files are removed; return the exit code.

    Pieces need not be there any more.
    """
    known = approved_names(sources)
    if unknown := [name for name in pieces if name not in known]:
        raise HrcpubError(*(never_approved(name) for name in unknown))
    for name in pieces:
        try:
            (sources.root / approval_path(name)).unlink()
            shutil.rmtree(sources.root / APPROVED / name, ignore_errors=True)
        except OSError as error:
            raise HrcpubError(not_written(approval_path(name), error)) from None
    with contextlib.suppress(OSError):  # where it is empty
        (sources.root / APPROVED).rmdir()
    if as_json:
        say_json([{"piece": name, "withdrawn": True} for name in pieces])
    else:
        for name in pieces:
            say(f"{name}: no longer approved")
    return ExitCode.DONE


def sample_approved(piece: str, place: Source | None) -> Problem:
    """A piece cannot be approved that still has words of its layout's sample.

    Fix: write your own in their place, then approve it.
    """
    return Problem(
        "approved-sample",
        f"{piece} still has words of the sample: nobody can have meant to approve them",
        place,
        "write your own in their place",
    )


def draft_approved(piece: str, place: Source) -> Problem:
    """A draft cannot be approved: its words tell people what to do, and nobody reviewed them.

    Fix: have the words reviewed by somebody who knows, and say so at the head of the material with
    `reviewed:` (of a translation, in its PO file's header). Then have the piece approved. Who
    reviews answers for what the words say; who approves, for the piece as it goes out.
    """
    return Problem(
        "approved-draft",
        f"{piece} is a draft: its words must be reviewed before it can be approved",
        place,
        "hrcpub check says what is missing",
    )


def never_approved(piece: str) -> Problem:
    """Nothing was approved of a piece that you named.

    Fix: compare it with its last build, `hrcpub diff PIECE --built`, or with what it was in git:
    `hrcpub diff PIECE --since main`. To have it approved: `hrcpub approve PIECE --by NAME`.
    """
    return Problem(
        "never-approved",
        f"nothing was approved of {piece}",
        None,
        f"hrcpub approve {piece} --by NAME; or compare it with --built or --since",
    )


CODES = {
    "approved-sample": sample_approved,
    "approved-draft": draft_approved,
    "never-approved": never_approved,
}
