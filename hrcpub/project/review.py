"""Words with consequences: who has looked them over, and what is told where nobody has.

A layout declares `review: required`. Until its materials say who reviewed their words, a band goes
across all pages, and an event's press files are refused.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hrcpub.problems import Problem, Severity, Source, some
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words

DRAFT = "Draft, not reviewed"  # what a draft is called where the design has no phrase for it


class Review(NamedTuple):
    """Who looked a material's words over, and on which day."""

    by: Words
    role: Words
    on: datetime.date
    is_bound: bool = False  # to the digests of the words: it is of them whatever day it was

    def covers(self, revised: datetime.date) -> bool:
        """Return whether it is of the words as they are, which were last changed on that day."""
        return self.is_bound or self.on >= revised


REVIEWED = Slot(
    "group",
    "who has looked the words over, for pieces that say what to do",
    fields={
        "by": Slot("line", "their name", required=True),
        "role": Slot("line", "what they are: a nurse of our clinic", required=True),
        "on": Slot("date", "the day: not before the last change of the words", required=True),
    },
)


def review_of(values: Mapping[str, Any] | None) -> Review | None:
    """Return the review of the checked `reviewed:`; None where it is absent or not whole."""
    by, role, on = ((values or {}).get(name) for name in ("by", "role", "on"))
    return Review(by, role, on) if by and role and on else None


def not_reviewed(
    review: Review | None,
    revised: datetime.date,
    place: Source,
    is_translation: bool = False,
    changed: Sequence[str] = (),
) -> Problem:
    """Nobody has looked over the words of a piece that says what to do in an emergency.

    Fix: give the piece to somebody who knows, such as a nurse: `hrcpub review PIECE --sheet` makes
    a sheet to read and to fill in, `hrcpub review PIECE --by NAME --as medicine` keeps that they
    have said yes. Or write who it was at its head: `reviewed: {by: …, role: …, on: 2026-11-29}`.
    Until then "Draft, not reviewed" stands across every page, and events make no press files of it.
    A review at the head from before the day that `revised:` gives is of other words. A translation
    has a review of its own, at the head of its PO file: `X-Reviewed-By:`, `X-Reviewed-Role:` and
    `X-Reviewed-On:`; one that a machine has made (`X-Machine-Translation: yes`) needs it in every
    layout, by somebody who knows the language.
    """
    if changed:
        names = [slot.removeprefix("words.") for slot in changed]
        why = f"these words have changed since their review, {some(names, 4)}"
    elif review:
        why = f"the words were changed on {revised}, after their review on {review.on}"
    else:
        why = "nobody has reviewed these words"
    return Problem(
        "not-reviewed",
        f'{why}: "{DRAFT}" stands across every page',
        place,
        "once somebody has looked them over, say so with hrcpub review, or write "
        f"{_OF_TRANSLATION if is_translation else _OF_MATERIAL}",
        Severity.NOTE,
    )


_OF_MATERIAL = "reviewed: with by:, role: and on:"
_OF_TRANSLATION = "X-Reviewed-By:, X-Reviewed-Role: and X-Reviewed-On: into its header"


def unrevised(reviewed: datetime.date, revised: datetime.date, place: Source) -> Problem:
    """Words were changed after a review of them, and `revised:` says an earlier day.

    Fix: set `revised:` to the day of the change, and count `revision:` up. Both are printed: by
    them somebody who finds an old sheet in a drawer can tell that it is old (`hrcpub current`).
    """
    return Problem(
        "review-unrevised",
        f"these words have changed since their review on {reviewed}, and revised: still says "
        f"{revised}",
        place,
        "set revised: to the day of the change, and count revision: up",
        Severity.WARNING,
    )


def review_missing(note: Problem) -> Problem:
    """An event would print a piece whose words nobody has reviewed.

    Fix: have the words reviewed, and say so at the material's head with `reviewed:`. Or ask for an
    `office` or `screen` edition, which have a band "Draft, not reviewed" across each page.
    """
    return Problem(
        "review-missing",
        f"not ready for the press: {note.message.partition(':')[0]}",
        note.source,
        note.hint,
    )


CODES = {
    "not-reviewed": not_reviewed,
    "review-missing": review_missing,
    "review-unrevised": unrevised,
}
