"""An event to the same one with what was approved of its pieces; where it must be, without others.

Who approves a piece has seen one edition of a form: `screen` is laid out as `press` and `office`
are. So an item is approved where some edition of its form was, and is as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hrcpub.build.job import Job
from hrcpub.build.piece import check
from hrcpub.build.store import Store
from hrcpub.events.manifest.event import Event, Item, PieceApproval
from hrcpub.files.project import Project
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.approval import Approval, approval_missing, read_approval, unlike_approved
from hrcpub.project.edition import EDITIONS

_NONE = PieceApproval()


def with_approvals(event: Event, project: Project, store: Store) -> Event:
    """Return an event with what was approved of each item, in each language.

    Of one that prints only what was approved, what is not is left out, and told.
    """
    read: dict[str, Approval | None] = {}
    known: dict[tuple[str, str], PieceApproval] = {}
    approvals: dict[tuple[int, str], PieceApproval] = {}
    for item in event.items:
        for language, material in item.materials.items():
            form = EDITIONS[item.edition].form
            if material.name not in read:
                read[material.name] = _read(project, material.name)
            if (material.name, form) not in known:
                found = _approval(read[material.name], form, project, store)
                known[material.name, form] = found
            approvals[item.number, language] = known[material.name, form]
    event = replace(event, approvals=approvals)
    if event.needs_approval:
        return _without(event)
    return replace(event, problems=(*event.problems, *_notes(event)))


def _read(project: Project, name: str) -> Approval | None:
    try:
        return read_approval(project.sources, name)
    except HrcpubError:  # it cannot be read: nobody knows what was approved
        return None


def _approval(
    approval: Approval | None, form: str, project: Project, store: Store
) -> PieceApproval:
    """Return what was approved of a piece in a form, and whether it is so still."""
    if approval is None:
        return _NONE
    editions = [name for name in approval.editions if EDITIONS[name].form == form]
    if not editions:
        return _NONE
    name = max(editions, key=lambda edition: (edition == "screen", edition))
    one = approval.editions[name]
    found = PieceApproval(one.by, one.on)
    report = check(Job(approval.piece, (name,)), project, store)
    for problem in report.all_problems:
        if problem.code in ("approved-differs", "approval-lost", "approval-broken"):
            return found._replace(differs=problem.message)
        if problem.is_error:
            return found._replace(differs="it has mistakes now")
    return found


def _notes(event: Event) -> Iterator[Problem]:
    """Yield a note for each piece that is not as somebody approved it."""
    told: set[str] = set()
    for item in event.items:
        for language, material in item.materials.items():
            approval = event.approval(item, language)
            if approval.differs and material.name not in told:
                told.add(material.name)
                yield unlike_approved(material.name, approval.differs, item.source)


def _without(event: Event) -> Event:
    """Return an event without what is not as somebody approved it."""
    problems: list[Problem] = []
    items = []
    for item in event.items:
        missing = dict(_missing(item, event))
        if missing:
            problems.append(approval_missing(missing, item.source))
        if kept := _kept(item, event):
            items.append(kept)
    return replace(event, items=tuple(items), problems=(*event.problems, *problems))


def _missing(item: Item, event: Event) -> Iterator[tuple[str, str]]:
    for language, material in item.materials.items():
        approval = event.approvals[item.number, language]
        if not approval.is_approved:
            yield material.name, approval.said if approval.by else "was never approved"


def _kept(item: Item, event: Event) -> Item | None:
    materials = {
        language: material
        for language, material in item.materials.items()
        if event.approvals[item.number, language].is_approved
    }
    if not materials:
        return None
    quantities = {name: count for name, count in item.quantities.items() if name in materials}
    return replace(item, materials=materials, quantities=quantities)
