"""What a job ticket says of an item: form, paper and finishing, and whose words these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hrcpub.events.manifest.event import Event, PieceApproval, ProductionRun
from hrcpub.events.paperwork import phrases
from hrcpub.events.paperwork.phrases import several
from hrcpub.project.folds import FOLDS
from hrcpub.project.material import Material
from hrcpub.project.material.trace import reviewers

MOST_WHOSE = 3  # publishers of an item's sources that are named


def facts(event: Event, runs: Sequence[ProductionRun]) -> Iterator[tuple[str, str]]:
    """Yield what is to be known of an item, and how it is: `runs` are the item's, one at least."""
    yield from _form(runs[0])
    yield from _grounds(runs)
    yield from _approved(event, runs)


def _form(run: ProductionRun) -> Iterator[tuple[str, str]]:
    item, facts = run.item, run.facts
    yield "Finished size", phrases.size(*facts.finished)
    yield "Flat size", phrases.size(*facts.flat)
    pages = {piece.file.pages for piece in run.finished} or {facts.sides}
    yield "Pages", f"{max(pages)}, printed on {'one side' if facts.sides == 1 else 'both sides'}"
    yield "Stock", str(item.stock) if item.stock else "as agreed"
    yield "Colours", facts.colours
    yield "Fold", FOLDS[item.fold].words if item.fold else "none"
    flips = {"long": "on the long edge", "short": "on the short edge"}
    yield "Flip", flips.get(facts.flip or "", "as the shop imposes")
    yield "Finishing", phrases.finishing(run)
    yield "Files are", f"the {item.edition} edition"
    yield "Spares", f"{item.spares * 100:g} %" if item.spares else "none"


def _grounds(runs: Sequence[ProductionRun]) -> Iterator[tuple[str, str]]:
    """Yield who reviewed the words of an item, and what they rest on, where anything is said."""
    by_language = {run.language: run.item.materials[run.language] for run in runs}
    who = {code: ", ".join(reviewers(one)) for code, one in by_language.items()}
    reviewed = {code: f"by {said}" if said else "not yet" for code, said in who.items()}
    if any(who.values()):
        yield "Reviewed", _of_all(reviewed)
    rests = {code: _rests(one) for code, one in by_language.items()}
    if any(rests.values()):
        yield "Rests on", _of_all({code: said or "–" for code, said in rests.items()})


def _rests(material: Material) -> str:
    """Return how many sources words rest on, whose they are, and until when the first is good."""
    references = material.references
    if not references:
        return ""
    whose = dict.fromkeys(str(one.publisher) for one in references)
    more = " and others" if len(whose) > MOST_WHOSE else ""
    shown = f"{', '.join([*whose][:MOST_WHOSE])}{more}"
    due = phrases.day(min(one.review_by for one in references)).partition(", ")[2]
    return f"{several(len(references), 'source')} ({shown}), good until {due}"


def _approved(event: Event, runs: Sequence[ProductionRun]) -> Iterator[tuple[str, str]]:
    """Yield who approved an item, and what changed since, where an event has any that was."""
    if not event.tells_approvals:
        return
    approvals = {run.language: event.approval(run.item, run.language) for run in runs}
    yield "Approved", _of_all({code: _said(one) for code, one in approvals.items()})
    changed = {code: _changed(one) for code, one in approvals.items()}
    yield "Changed since", _of_all(changed)


def _of_all(said: Mapping[str, str]) -> str:
    """Return what is said of an item's languages; once where it is the same of all."""
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "; ".join(f"{phrases.language(code)} {text}" for code, text in said.items())


def _said(approval: PieceApproval) -> str:
    if not approval.by:
        return "not yet"
    day = phrases.day(approval.on).partition(", ")[2] if approval.on else ""
    return f"by {approval.by}{day and f', {day}'}"


def _changed(approval: PieceApproval) -> str:
    if not approval.by:
        return "–"
    return "yes: ask before printing" if approval.differs else "no"
