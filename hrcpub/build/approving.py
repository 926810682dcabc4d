"""A piece is built, and what was made of it is kept as what somebody approved; or taken back."""

from __future__ import annotations

import contextlib
import datetime
import shutil
from collections.abc import Sequence
from typing import NamedTuple

from hrcpub import __version__
from hrcpub.build.job import BuildOptions
from hrcpub.build.orders import reports_in_silence, usual_editions
from hrcpub.build.store import not_written
from hrcpub.files.cache import write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Output, Report
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.approval import (
    LONGEST,
    Approval,
    ApprovedEdition,
    approval_path,
    approval_yaml,
    approved_file,
    approved_names,
    read_approval,
)
from hrcpub.project.material import Material, read_material, words_file
from hrcpub.project.names import APPROVED
from hrcpub.unseen import INVISIBLE

SAMPLES = ("sample-words", "placeholder-left")  # codes of what nobody can have meant to approve


class ApproveOptions(NamedTuple):
    """Who approves, and what."""

    by: str
    note: str | None = None
    editions: tuple[str, ...] = ()  # none: one of each form
    on: datetime.date | None = None  # None: today


def line_of(text: str) -> str:
    """Return a name or a note as a record keeps it; raise ValueError where it is none.

    It is a line of up to LONGEST letters, each of which can be seen.
    """
    line = " ".join(text.split())
    if not line or len(line) > LONGEST or INVISIBLE.search(line):
        raise ValueError(f"a line of up to {LONGEST} letters")
    return line


def report_of(project: Project, name: str, options: ApproveOptions) -> Report:
    """Return the Report of what would be approved of a piece, built where it is not up to date."""
    editions = options.editions or usual_editions(project, name)
    (report,) = reports_in_silence(project.sources, (name,), BuildOptions(editions))
    return report


def keep(project: Project, report: Report, options: ApproveOptions) -> Approval:
    """Keep what was made as approved, and return the record.

    Raises HrcpubError where the piece has mistakes, is a draft, or still has words of a sample.
    """
    _refuse(report)
    approval = _with_former(_approval(project, report, options), project.sources)
    _write(approval, report, project.sources)
    return approval


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


def withdraw(sources: Sources, pieces: Sequence[str]) -> None:
    """Take approvals back: their records and files are removed.

    Pieces need not be there any more. Raises HrcpubError where nothing was approved of one.
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
