"""The day of a notice and the last day on which it holds: `date: {on: 2026-11-24, until: …}`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem
from hrcpub.project import date_problems
from hrcpub.project.dates import style_of
from hrcpub.project.slot import Slot
from hrcpub.project.words import Dated, Words

FIELDS = {
    "on": Slot("date", "the day of the notice: year, month, day", required=True),
    "until": Slot("date", "the last day on which it holds", required=True),
}
NOTICE = datetime.timedelta(days=14)  # how long before its last day a notice is told to end


def dated_of(values: Mapping[str, Any], node: Node, problems: list[Problem]) -> Dated | None:
    """Return the days that checked values say; None, with a Problem, where they cannot be."""
    on, until = values.get("on"), values.get("until")
    if on is None or until is None:  # told already
        return None
    dated = Dated(on, until, node.source)
    if until < on:
        problems.append(date_problems.order(dated))
        return None
    return dated


def doubtful(
    dated: Dated, language: str, phrases: Mapping[str, Words], sources: Sources
) -> Iterator[Problem]:
    """Yield what is to be known of a notice's days today, and what its language cannot print."""
    if style_of(language) is None:
        yield date_problems.no_language(dated, language)
    elif "valid-until" not in phrases:
        yield date_problems.no_phrase(dated, language)
    if sources.is_past(dated.until):
        yield date_problems.over(dated)
    elif sources.has_come(dated.until - NOTICE):
        yield date_problems.over_soon(dated)
