"""What failed in a build, and what its event left out, to what the papers say is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hrcpub.events.fulfil.plan import shell_job
from hrcpub.events.manifest.event import Event
from hrcpub.events.paperwork.missing import Missing
from hrcpub.events.paperwork.phrases import language
from hrcpub.patterns import pattern
from hrcpub.problems import Problem

_MATERIAL = pattern(r"materials/(?:[^/]+\.yaml|i18n/.+\.po)")


def missing_of(event: Event, failed: Mapping[str, Sequence[Problem]]) -> tuple[Missing, ...]:
    """Return what an event lacks; nothing when it is complete.

    `failed` are files by their paths, and shells by their names. What the manifest's reading left
    out is there as the errors that ride along with the event.
    """
    return tuple(dict.fromkeys((*_left_out(event), *_not_made(event, failed))))


def _left_out(event: Event) -> Iterator[Missing]:
    for problem in event.problems:
        place = problem.source
        # A mistake in a material is why an item is left out; that is told of the item.
        is_cause = place and place.path and _MATERIAL.fullmatch(place.path)
        if problem.is_error and not is_cause:
            where = f"{place.path}, line {place.line}: " if place and place.line else ""
            yield Missing(f"Left out. {where}{problem.message}")


def _not_made(event: Event, failed: Mapping[str, Sequence[Problem]]) -> Iterator[Missing]:
    pieces = [(item, code) for item in event.items for code in item.materials]
    shells = {shell_job(item, code).name for item, code in pieces}
    for name in failed:
        if name in shells:  # which may be of several items
            for item, code in pieces:
                if shell_job(item, code).name == name:
                    yield Missing(f"Not made: {item.id}, {language(code)}", item.vendor)
        else:
            folder, slash, _ = name.partition("/")
            yield Missing(f"Not made: {name}", folder if slash else None)
