"""An event's runs at one printer to the job ticket: what somebody in the shop reads standing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hrcpub.cache import Shelf
from hrcpub.compose import compose_paperwork
from hrcpub.event.records import Event, Finished, Item, Run
from hrcpub.paperwork import arithmetic, wording
from hrcpub.paperwork.arithmetic import Counts
from hrcpub.paperwork.paper import Printed, printed
from hrcpub.paperwork.wording import number, several
from hrcpub.sources import Sources
from hrcpub.stages import Html

MOST_FILES = 4  # of an item that stand in its block; more are listed at the ticket's end
MOST_LISTED = 200  # files on a ticket: what is longer nobody reads, and SHA256SUMS has them all


class File(NamedTuple):
    """One file as the ticket names it."""

    path: str
    whom: str  # the site's name, "every site", "all sites, in packing order"
    copies: str
    pages: str
    digest: tuple[str, str]


class Row(NamedTuple):
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


class Listing(NamedTuple):
    """Files that stand at the ticket's end: an item's, in one language."""

    anchor: str
    head: str
    files: tuple[File, ...]


class Block(NamedTuple):
    """One item."""

    number: int
    id: str
    title: str
    version: str
    copies: str
    is_office: bool
    facts: tuple[tuple[str, str], ...]  # what, and how
    rows: tuple[Row, ...]
    files: tuple[File, ...]
    elsewhere: tuple[tuple[str, str | None], ...]  # what is listed; where, None: in the manifest
    note: str | None


def job_ticket(event: Event, runs: Sequence[Run], sources: Sources, shelf: Shelf) -> Printed:
    """Return the ticket of what one printer makes of an event.

    `runs` are those of the printer's items. Raises HrcpubError when it cannot be printed.
    """
    return printed(ticket_document(event, runs, sources, shelf), sources, shelf)


def ticket_document(event: Event, runs: Sequence[Run], sources: Sources, shelf: Shelf) -> Html:
    """Return the ticket, to be printed."""
    by_item = _by_item(runs)
    is_short = sum(len(run.finished) for run in runs) <= MOST_LISTED
    blocks = [_block(item, those, is_short) for item, those in by_item]
    whole = arithmetic.total(runs)
    context = {
        "event": event,
        "printer": runs[0].item.printer if runs else None,
        "held": wording.day(event.date),
        "due": wording.day(event.delivery.due) if event.delivery.due else None,
        "blocks": blocks,
        "listings": [one for item, those in by_item for one in _listings(item, those) if is_short],
        "copies": number(whole.copies),
        "sheets": _sheets([run for run in runs if run.item.edition == "office"]),
    }
    return compose_paperwork("ticket", context, sources, shelf)


def _by_item(runs: Sequence[Run]) -> list[tuple[Item, list[Run]]]:
    """Return each item with its runs, in the manifest's order."""
    found: dict[int, tuple[Item, list[Run]]] = {}
    for run in runs:
        found.setdefault(run.item.number, (run.item, []))[1].append(run)
    return [found[key] for key in sorted(found)]


def _sheets(runs: Sequence[Run]) -> str | None:
    counts = arithmetic.total(runs)
    return _paper(counts) if runs else None


def _paper(counts: Counts) -> str:
    reams = several(arithmetic.reams(counts.sheets), "ream")
    return f"{several(counts.sheets, 'sheet')}, {reams}"


def _block(item: Item, runs: Sequence[Run], is_short: bool) -> Block:
    first, material = runs[0], wording.of_item(item)
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
        title=wording.title(material),
        version=f"{material.code}, revision {material.revision}, {material.revised}",
        copies=number(sum(count.copies for count in counts)),
        is_office=item.edition == "office",
        facts=tuple(_facts(first)),
        rows=tuple(_row(run, count) for run, count in zip(runs, counts, strict=True)),
        files=tuple(files),
        elsewhere=tuple(elsewhere),
        note=first.note,
    )


def _counted(run: Run) -> str:
    return f"{wording.language(run.language)} {several(len(run.finished), 'file')}"


def _is_listed(runs: Sequence[Run]) -> bool:
    return sum(len(run.finished) for run in runs) > MOST_FILES


def _facts(run: Run) -> Iterable[tuple[str, str]]:
    item = run.item
    yield "Finished size", wording.size(*run.size)
    yield "Flat size", wording.size(*run.flat)
    pages = {one.pages for one in run.finished} or {run.sides}
    yield "Pages", f"{max(pages)}, printed on {'one side' if run.sides == 1 else 'both sides'}"
    yield "Stock", str(item.stock) if item.stock else "as agreed"
    yield "Colours", run.colours
    yield "Fold", wording.FOLDS.get(item.fold, item.fold) if item.fold else "none"
    flips = {"long": "on the long edge", "short": "on the short edge"}
    yield "Flip", flips.get(run.flip or "", "as the shop imposes")
    yield "Finishing", wording.finishing(run)
    yield "Files are", f"the {item.edition} edition"
    yield "Spares", f"{item.spares * 100:g} %" if item.spares else "none"


def _row(run: Run, counts: Counts) -> Row:
    item = run.item
    material, first = item.materials[run.language], wording.of_item(item)
    title = wording.title(material)
    pages = {one.pages for one in run.finished}
    return Row(
        language=wording.language(run.language),
        title="" if title == wording.title(first) else title,
        version=f"rev. {material.revision}, {material.revised}",
        each=number(item.quantities.get(run.language, 0)),
        sites=number(_sites(run)) if item.sites else "–",
        quantity=number(counts.quantity),
        copies=number(counts.copies),
        pages=", ".join(str(many) for many in sorted(pages)) or "–",
        sheets=number(counts.sheets),
        reams=number(counts.reams),
    )


def _sites(run: Run) -> int:
    """Return how many sites get something of what was made."""
    own = sum(one.piece.site is not None for one in run.finished)
    return own or (len(run.item.sites) if run.finished else 0)


def _files(run: Run, counts: Counts) -> list[File]:
    return [_file(one.finished, number(one.copies)) for one in counts.files]


def _file(finished: Finished, copies: str) -> File:
    site, sites = finished.piece.site, finished.piece.item.sites
    whom = str(site.name) if site else "every site" if sites else "the event"
    return File(
        finished.piece.path, whom, copies, number(finished.pages), wording.digest(finished.sha256)
    )


def _whole(run: Run, file: Finished) -> File:
    """Return a run file: it has every site's piece, so it has no number of copies of its own."""
    separators = ", with separator sheets" if run.item.has_separators else ""
    whom = f"run file: all {several(len(run.finished), 'piece')} in packing order{separators}"
    pages, hashed = number(file.pages), wording.digest(file.sha256)
    return File(file.piece.path, whom, "each as listed", pages, hashed)


def _anchor(run: Run) -> str:
    return f"files-{run.item.number}-{run.language}"


def _listings(item: Item, runs: Sequence[Run]) -> list[Listing]:
    if not _is_listed(runs):
        return []
    title = wording.title(wording.of_item(item))
    return [
        Listing(
            _anchor(run),
            f"{item.number} {title}, {wording.language(run.language)}",
            tuple(_files(run, arithmetic.counted(run))),
        )
        for run in runs
        if run.finished
    ]
