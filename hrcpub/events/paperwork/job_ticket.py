"""An event's runs at one printer to the job ticket, for people at a press: facts before prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hrcpub.events.manifest.event import Event, FinishedFile, Item, ProductionRun
from hrcpub.events.paperwork import arithmetic, phrases
from hrcpub.events.paperwork.arithmetic import Count, Counts
from hrcpub.events.paperwork.missing import Missing, told
from hrcpub.events.paperwork.phrases import number, several
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork
from hrcpub.pipeline.stages import Html
from hrcpub.project.folds import FOLDS

MOST_FILES = 4  # of an item that are in its block; more are listed at the ticket's end
MOST_LISTED = 200  # files on a ticket: nobody reads a longer one, and SHA256SUMS has them all


class TicketFile(NamedTuple):
    """One file as the ticket names it."""

    path: str
    whom: str  # the site's name, "every site", "all sites, in packing order"
    copies: str
    pages: str
    digest: str


class TicketRow(NamedTuple):
    """One language of an item."""

    language: str
    title: str  # where it is not the block's
    version: str
    each: str
    sites: str
    quantity: str
    copies: str
    pages: str
    sheets: str
    reams: str


class FileListing(NamedTuple):
    """Files that are listed at the ticket's end: an item's, in one language."""

    anchor: str
    head: str
    files: tuple[TicketFile, ...]


class Block(NamedTuple):
    """One item."""

    number: int
    id: str
    kind: str  # "Postcard": several pieces may have one title
    title: str
    version: str
    copies: str
    is_office: bool
    facts: tuple[tuple[str, str], ...]  # what, and how
    rows: tuple[TicketRow, ...]
    files: tuple[TicketFile, ...]
    elsewhere: tuple[tuple[str, str | None], ...]  # what is listed; where, None: in the manifest
    note: str | None


def ticket_document(
    event: Event,
    runs: Sequence[ProductionRun],
    project: Project,
    missing: Sequence[Missing] = (),
) -> Html:
    """Return the ticket of what one printer makes of an event: `runs` are those of its items."""
    by_item = _by_item(runs)
    is_short = sum(len(run.finished) for run in runs) <= MOST_LISTED
    blocks = [_block(item, item_runs, is_short) for item, item_runs in by_item]
    whole = arithmetic.total(runs)
    item = runs[0].item if runs else None
    context = {
        "event": event,
        "missing": told(missing, item.vendor) if item else told(missing),
        "maker": item.vendor if item else None,
        "about": item.printer.about if item and item.vendor == item.printer.name else None,
        "held": phrases.day(event.date),
        "due": phrases.day(event.delivery.due) if event.delivery.due else None,
        "blocks": blocks,
        "listings": [
            listing
            for item, item_runs in by_item
            for listing in _listings(item, item_runs)
            if is_short
        ],
        "copies": number(whole.copies),
        "sheets": _sheets([run for run in runs if run.item.edition == "office"]),
    }
    return compose_paperwork("ticket", context, project)


def _by_item(runs: Sequence[ProductionRun]) -> list[tuple[Item, list[ProductionRun]]]:
    """Return each item with its runs, in the manifest's order."""
    by_number: dict[int, tuple[Item, list[ProductionRun]]] = {}
    for run in runs:
        by_number.setdefault(run.item.number, (run.item, []))[1].append(run)
    return [by_number[number] for number in sorted(by_number)]


def _sheets(runs: Sequence[ProductionRun]) -> str | None:
    counts = arithmetic.total(runs)
    return _paper(counts) if runs else None


def _paper(counts: Counts) -> str:
    reams = several(arithmetic.reams(counts.sheets), "ream")
    return f"{several(counts.sheets, 'sheet')}, {reams}"


def _block(item: Item, runs: Sequence[ProductionRun], is_short: bool) -> Block:
    first, material = runs[0], phrases.of_item(item)
    counts = [arithmetic.counted(run) for run in runs]
    is_listed = _is_listed(runs)
    files = [
        file
        for run, count in zip(runs, counts, strict=True)
        for file in ([_whole(run, run.file)] if run.file else [])
        + ([] if is_listed else _files(run, count))
    ]
    elsewhere = [
        (_counted(run), _anchor(run) if is_short else None)
        for run in runs
        if is_listed and run.finished
    ]
    return Block(
        number=item.number,
        id=item.id,
        kind=str(material.layout.title),
        title=phrases.title(material),
        version=f"{material.code}, revision {material.revision}, {material.revised}",
        copies=number(sum(count.copies for count in counts)),
        is_office=item.edition == "office",
        facts=tuple(_facts(first)),
        rows=tuple(_row(run, count) for run, count in zip(runs, counts, strict=True)),
        files=tuple(files),
        elsewhere=tuple(elsewhere),
        note=first.facts.note,
    )


def _counted(run: ProductionRun) -> str:
    return f"{phrases.language(run.language)} {several(len(run.finished), 'file')}"


def _is_listed(runs: Sequence[ProductionRun]) -> bool:
    return sum(len(run.finished) for run in runs) > MOST_FILES


def _facts(run: ProductionRun) -> Iterable[tuple[str, str]]:
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


def _row(run: ProductionRun, counts: Counts) -> TicketRow:
    item = run.item
    material, first = item.materials[run.language], phrases.of_item(item)
    title = phrases.title(material)
    pages = {piece.file.pages for piece in run.finished}
    return TicketRow(
        language=phrases.language(run.language),
        title="" if title == phrases.title(first) else title,
        version=f"rev. {material.revision}, {material.revised}",
        each="–".join(number(count) for count in dict.fromkeys(item.each(run.language))),
        sites=number(_sites(run)) if item.sites else "–",
        quantity=number(counts.quantity),
        copies=number(counts.copies),
        pages=", ".join(str(count) for count in sorted(pages)) or "–",
        sheets=number(counts.sheets),
        reams=number(counts.reams),
    )


def _sites(run: ProductionRun) -> int:
    """Return how many sites get something of what was made."""
    own = sum(piece.site is not None for piece in run.finished)
    return own or (len(run.item.receivers(run.language)) if run.finished else 0)


def _files(run: ProductionRun, counts: Counts) -> list[TicketFile]:
    return [_file(run, count) for count in counts.files]


def _file(run: ProductionRun, count: Count) -> TicketFile:
    site, file = count.piece
    whom = str(site.name) if site else "every site" if run.item.sites else "the event"
    copies, pages = number(count.copies), number(file.pages)
    return TicketFile(file.path, whom, copies, pages, phrases.digest(file.sha256))


def _whole(run: ProductionRun, file: FinishedFile) -> TicketFile:
    """Return a run file: it has every site's piece, so it has no number of copies of its own."""
    separators = ", with separator sheets" if run.item.has_separators else ""
    whom = f"run file: all {several(len(run.finished), 'piece')} in packing order{separators}"
    pages, hashed = number(file.pages), phrases.digest(file.sha256)
    return TicketFile(file.path, whom, "each as listed", pages, hashed)


def _anchor(run: ProductionRun) -> str:
    return f"files-{run.item.number}-{run.language}"


def _listings(item: Item, runs: Sequence[ProductionRun]) -> list[FileListing]:
    if not _is_listed(runs):
        return []
    title = phrases.of_item(item).layout.title
    return [
        FileListing(
            _anchor(run),
            f"{item.number} {title}, {phrases.language(run.language)}",
            tuple(_files(run, arithmetic.counted(run))),
        )
        for run in runs
        if run.finished
    ]
