"""Files that earlier builds of an event made, and that nobody plans now: which stay, which go.

All of them go where the event is complete. Where something is missing, a mistake must not cost what
was good before: what cannot be made now stays as it was. But what the manifest lists no longer goes
then too, before somebody prints it with the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from hrcpub.events.fulfil.ledger import NAME as LEDGER
from hrcpub.events.fulfil.ledger import Ledger
from hrcpub.events.fulfil.outcome import Outcome
from hrcpub.events.fulfil.plan import Batch
from hrcpub.events.fulfil.problems import changed_since, kept_from_before
from hrcpub.events.manifest.event import Event, ListedPiece
from hrcpub.problems import HrcpubError


def close_ledger(
    ledger: Ledger,
    planned: set[str],
    batches: Sequence[Batch],
    made: Mapping[str, object],
    outcome: Outcome,
) -> None:
    """Remove the files that are not `planned`, and note in the outcome what became of them.

    `batches` are those that have their shells, `made` are pieces and run files by their paths.
    """
    path = outcome.event.path
    if outcome.missing:
        former = sorted(ledger.entries.keys() - planned)
        old = {path for path in former if path.endswith(".zip")}
        pieces = [path for path in former if path not in old]
        stay = list(_staying(pieces, outcome.event, _whole(batches, made, outcome.failed)))
        outcome.problems += kept_from_before(stay, path)
        # An old zip beside the incomplete one would be taken for this event's.
        are_written = not any(failed.endswith(".zip") for failed in outcome.failed)
        planned = {*planned, *stay, *(() if are_written else old)}
    try:
        closed = ledger.close(planned)
    except HrcpubError as error:
        outcome.failed[LEDGER] = error.problems
    else:
        outcome.removed += closed.removed
        outcome.problems += changed_since(closed.changed, path)


def _whole(
    batches: Iterable[Batch], made: Mapping[str, object], failed: Collection[str]
) -> set[tuple[int, str]]:
    """Return which items, by their numbers, were made whole in which languages."""
    return {
        (batch.item.number, batch.language)
        for batch in batches
        if batch.run_path not in failed and all(piece.path in made for piece in batch.pieces)
    }


def _staying(
    paths: Iterable[str], event: Event, whole: Collection[tuple[int, str]]
) -> Iterator[str]:
    """Yield which of an incomplete event's former files stay; what is `whole` needs none."""
    left = [piece for piece in event.listed if (piece.number, piece.language) not in whole]
    sites = {site.id for site in event.sites}
    for path in paths:
        parts = path.split("/")
        if len(parts) < 4:
            stays = _is_of_any(parts, left)
        elif event.lacks_sites:  # it may be that of the row that nobody can read
            stays = _is_of_any(parts, event.listed)
        else:
            stays = parts[3].removesuffix(".pdf") in sites and _is_of_any(parts, left)
        if stays:
            yield path


def _is_of_any(parts: Sequence[str], pieces: Iterable[ListedPiece]) -> bool:
    """Return whether a file may be of one of some pieces, or of the event or shop as a whole."""
    return len(parts) == 1 or any(_is_of(parts, piece) for piece in pieces)


def _is_of(parts: Sequence[str], piece: ListedPiece) -> bool:
    vendor, name, *rest = parts
    if vendor != piece.vendor:
        return False
    if not rest:  # a shop's papers
        return True
    # Of two items of one stem, each has the shop and a number behind it.
    if name != piece.stem and not name.startswith(f"{piece.stem}-"):
        return False
    if len(rest) > 1:
        return rest[0] == piece.language
    stem = f"{name}-{piece.language}"
    return rest[0] in (f"{stem}.pdf", f"{stem}-run.pdf", f"{stem}.xjdf")
