"""An event's runs at one printer to the job ticket, for people at a press: facts before prose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hrcpub.events.manifest.event import Event, FinishedFile, Item, ProductionRun
from hrcpub.events.paperwork import arithmetic, phrases
from hrcpub.events.paperwork.arithmetic import Count, Counts, Paper
from hrcpub.events.paperwork.missing import Missing, told
from hrcpub.events.paperwork.phrases import number, several
from hrcpub.events.paperwork.ticket_facts import facts
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork
from hrcpub.pipeline.stages import Html
from hrcpub.project.printers import HOUSE

MOST_FILES = 4  # of an item that are in its block; more are listed at the ticket's end
MOST_LISTED = 200  # files on a ticket: nobody reads a longer one, and files.csv has them all
MOST_NAMED = 40  # files of other numbers than most that a longer ticket names


class TicketFile(NamedTuple):
    """One file as the ticket names it."""

    path: str
    whom: str  # the site's name, "every site", "all sites, in packing order"
    times: str  # how often it is printed
    pages: str
    digest: str


class TicketPaper(NamedTuple):
    """What an office printer needs of one stock."""

    stock: str
    size: str
    items: str
    sheets: str
    reams: str


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
    elsewhere: tuple[tuple[str, str | None], ...]  # what is listed; where, None: in files.csv
    is_once: bool  # its run file has all copies of each piece
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
    blocks = [_block(event, item, item_runs, is_short) for item, item_runs in by_item]
    whole = arithmetic.total(runs)
    item = runs[0].item if runs else None
    of_office = [run for run in runs if run.item.edition == "office"]
    context = {
        "event": event,
        "missing": told(missing, item.vendor) if item else told(missing),
        "maker": item.vendor if item else None,
        "about": _about(runs),
        "held": phrases.day(event.date) if event.place else None,
        "due": phrases.day(event.delivery.due) if event.delivery.due else None,
        "blocks": blocks,
        "listings": [
            listing
            for item, item_runs in by_item
            for listing in _listings(item, item_runs)
            if is_short
        ],
        "copies": number(whole.copies),
        "papers": [_paper(paper) for paper in arithmetic.papers(of_office)],
    }
    return compose_paperwork("ticket", context, project)


def _by_item(runs: Sequence[ProductionRun]) -> list[tuple[Item, list[ProductionRun]]]:
    """Return each item with its runs, in the manifest's order."""
    by_number: dict[int, tuple[Item, list[ProductionRun]]] = {}
    for run in runs:
        by_number.setdefault(run.item.number, (run.item, []))[1].append(run)
    return [by_number[number] for number in sorted(by_number)]


def _about(runs: Sequence[ProductionRun]) -> list[str]:
    """Return who the printer is. An office's own is named where items name one."""
    named = dict.fromkeys(run.item.printer for run in runs)
    if runs and runs[0].item.vendor == runs[0].item.printer.name:
        return ["not chosen yet" if shop == HOUSE else shop.about for shop in named]
    own = [f"{shop.name}: {shop.about}".strip(": ") for shop in named if shop != HOUSE]
    return own or ["your own printer"]


def _paper(paper: Paper) -> TicketPaper:
    return TicketPaper(
        paper.stock,
        phrases.size(*paper.sheet),
        ", ".join(map(str, paper.items)),
        number(paper.sheets),
        number(paper.reams),
    )


def _block(event: Event, item: Item, runs: Sequence[ProductionRun], is_short: bool) -> Block:
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
        (
            (_counted(run), _anchor(run))
            if is_short
            else (f"{_counted(run)}: {_by_number(run, count)}", None)
        )
        for run, count in zip(runs, counts, strict=True)
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
        facts=tuple(facts(event, runs)),
        rows=tuple(_row(run, count) for run, count in zip(runs, counts, strict=True)),
        files=tuple(files),
        elsewhere=tuple(elsewhere),
        note=first.facts.note,
        is_once=any(_is_repeated(run) for run in runs),
    )


def _counted(run: ProductionRun) -> str:
    return f"{phrases.language(run.language)} {several(len(run.finished), 'file')}"


def _by_number(run: ProductionRun, counts: Counts) -> str:
    """Return how often each file is printed, where there are too many to be listed.

    The number that most of them have, and those that have others by their sites' ids.
    """
    by_times: dict[int, list[str]] = {}
    for count in counts.files:
        id = count.piece.site.id if count.piece.site else ""
        by_times.setdefault(arithmetic.times(count.copies, run.facts.up), []).append(id)
    most, *others = sorted(by_times.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    said = f"each {number(most[0])} ×"
    if sum(len(ids) for _, ids in others) > MOST_NAMED:
        return f"from {number(min(by_times))} × to {number(max(by_times))} ×"
    exceptions = [f"{number(times)} × {', '.join(sorted(ids))}" for times, ids in sorted(others)]
    return "; but ".join([said, *exceptions])


def _is_repeated(run: ProductionRun) -> bool:
    """Return whether a run file has each piece as often as it is printed."""
    counts = [count.copies for count in arithmetic.counted(run).files]
    has_separators = run.item.has_separators
    repeats = arithmetic.repeats(counts, run.facts, has_separators=has_separators)
    needed = [arithmetic.times(count, run.facts.up) for count in counts]
    return run.file is not None and list(repeats) == needed


def _is_listed(runs: Sequence[ProductionRun]) -> bool:
    return sum(len(run.finished) for run in runs) > MOST_FILES


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
    )


def _sites(run: ProductionRun) -> int:
    """Return how many sites get something of what was made."""
    own = sum(piece.site is not None for piece in run.finished)
    return own or (len(run.item.receivers(run.language)) if run.finished else 0)


def _files(run: ProductionRun, counts: Counts) -> list[TicketFile]:
    return [_file(run, count) for count in counts.files]


def _file(run: ProductionRun, count: Count) -> TicketFile:
    site, file = count.piece
    whom = str(site.name) if site else "every site" if run.item.sites else "all copies"
    up = run.facts.up
    if up > 1:
        whom += f": {several(count.copies, 'piece')}, {up} to a sheet"
    times = f"{number(arithmetic.times(count.copies, up))} ×"
    return TicketFile(file.path, whom, times, number(file.pages), phrases.digest(file.sha256))


def _whole(run: ProductionRun, file: FinishedFile) -> TicketFile:
    """Return a run file: it has every site's piece, as often as it is printed or once."""
    separators = ", with separator sheets" if run.item.has_separators else ""
    sites = several(len(run.finished), "site")
    pages, hashed = number(file.pages), phrases.digest(file.sha256)
    if _is_repeated(run):
        whom = f"run file: all copies for {sites} in packing order{separators}"
        return TicketFile(file.path, whom, "once", pages, hashed)
    whom = f"run file, to look through: one copy for each of {sites}{separators}"
    return TicketFile(file.path, whom, "–", pages, hashed)


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
