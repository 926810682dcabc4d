"""What was approved of a piece, by whom and when: `materials/approved/PIECE.yaml`, and its files.

`hrcpub approve` writes it. Beside it, in a folder of the piece's name, lie the files that were
approved: a file has all words and the look of all pages at any size, and is smaller than pictures
of its pages (docs/decisions/16-comparing.md). A record of some lines a piece goes into git with
small changes.

Not to be taken for `reviewed:`, at a material's head: that is of words that tell people what to do
in an emergency, by somebody who knows, and stands first (`review.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.files.yaml_writing import quoted
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import HrcpubError, Problem, Severity, Source
from hrcpub.project import slots
from hrcpub.project.dates import DateStyle, style_of
from hrcpub.project.edition import EDITIONS
from hrcpub.project.names import APPROVED
from hrcpub.project.slot import Slot
from hrcpub.records import record

LONGEST = 120  # characters of a name, and of a note


class ApprovedEdition(NamedTuple):
    """One file that was approved."""

    by: str
    on: datetime.date
    sha256: str
    pages: int
    note: str | None = None


@record
class Approval:
    """What was approved of a piece. All its editions have the same words."""

    piece: str
    editions: Mapping[str, ApprovedEdition]
    words: Mapping[str, str]  # by slot
    made_from: Mapping[str, str]  # SHA-256 of files, by their paths in the project
    hrcpub: str

    def who_and_when(self, edition: str) -> str:
        """Return "on 3 May 2026 by Ana"."""
        one = self.editions[edition]
        return f"on {said_day(one.on)} by {one.by}"


def approval_path(piece: str) -> str:
    """Return the path of a piece's record."""
    return f"{APPROVED}/{piece}.yaml"


def approved_file(piece: str, edition: str) -> str:
    """Return the path of a file that was approved."""
    return f"{APPROVED}/{piece}/{edition}.pdf"


def approved_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of all pieces of which something was approved."""
    return tuple(name.removesuffix(".yaml") for name in sources.names(APPROVED, ".yaml"))


_EDITION = Slot(
    "group",
    fields={
        "by": Slot("line", "who approved it", required=True),
        "on": Slot("date", "the day", required=True),
        "note": Slot("line", "what they said"),
        "pages": Slot("count", "how many it has", required=True),
        "sha256": Slot("line", "its digest", required=True),
    },
)
_RECORD = Slot(
    "group",
    "what was approved of a piece",
    fields={
        "hrcpub": Slot("line", "the version that made it", required=True),
        "editions": Slot("table", "what was approved", required=True, fields=_EDITION.fields),
        "words": Slot("any", "the text of each slot"),
        "made-from": Slot("any", "digests of files"),
    },
)


def read_approval(sources: Sources, piece: str) -> Approval | None:
    """Return what was approved of a piece; None where nothing was.

    Raises HrcpubError when the record cannot be read.
    """
    path = approval_path(piece)
    if not sources.has(path):
        return None
    node = read_yaml(sources, path)
    problems: list[Problem] = []
    values = slots.check(node, _RECORD, "", problems) or {}
    if problems:
        raise HrcpubError(*(broken(path, problem) for problem in problems))
    return Approval(
        piece,
        {name: _edition(fields) for name, fields in values["editions"].items() if name in EDITIONS},
        _texts(values.get("words")),
        _texts(values.get("made-from")),
        values["hrcpub"].text,
    )


def _edition(fields: Mapping[str, Any]) -> ApprovedEdition:
    note = fields.get("note")
    return ApprovedEdition(
        fields["by"].text,
        fields["on"],
        fields["sha256"].text,
        fields["pages"],
        note.text if note else None,
    )


def _texts(node: Node | None) -> dict[str, str]:
    return {name: value.text or "" for name, value in ((node and node.mapping) or {}).items()}


def approval_yaml(approval: Approval) -> str:
    """Return a record as YAML: each fact on a line of its own, in an order that stays."""
    return "\n".join(_lines(approval)) + "\n"


def _lines(approval: Approval) -> Iterator[str]:
    yield f"# What was approved of {approval.piece}. `hrcpub approve` writes this file, and"
    yield f"# `hrcpub diff {approval.piece}` compares with it. The files that were approved are in"
    yield f"# {approval.piece}/. Keep all of it in git."
    yield f"hrcpub: {quoted(approval.hrcpub)}"
    yield "editions:"
    for name, edition in sorted(approval.editions.items()):
        yield f"  {name}:"
        yield f"    by: {quoted(edition.by)}"
        yield f"    on: {edition.on.isoformat()}"
        if edition.note:
            yield f"    note: {quoted(edition.note)}"
        yield f"    pages: {edition.pages}"
        yield f"    sha256: {edition.sha256}"
    for head, texts in (("words", approval.words), ("made-from", approval.made_from)):
        yield f"{head}:"
        yield from (f"  {quoted(name)}: {quoted(text)}" for name, text in texts.items())


def said_day(day: datetime.date) -> str:
    """Return a day as messages say it: "3 May 2026"."""
    style = style_of("en")
    assert isinstance(style, DateStyle)
    return f"{day.day} {style.months[day.month - 1]} {day.year}"


def broken(path: str, problem: Problem) -> Problem:
    """A record of what was approved cannot be read: it was changed by hand, or two were merged.

    Fix: take the one from before out of git: `git checkout -- materials/approved`. Or look at the
    piece, and approve it anew: `hrcpub approve PIECE --by NAME`.
    """
    return Problem(
        "approval-broken",
        f"what was approved cannot be read: {problem.message}",
        problem.source or Source(path),
        "take it from git again, or approve the piece anew",
    )


def lost_file(piece: str, edition: str) -> Problem:
    """A file that was approved is not there, or is another one than the record says.

    Fix: take it out of git again: `git checkout -- materials/approved`. Or look at the piece, and
    approve it anew: `hrcpub approve PIECE --by NAME`.
    """
    path = approved_file(piece, edition)
    return Problem(
        "approval-lost",
        f"{path} is not the file that was approved",
        Source(approval_path(piece)),
        "take it from git again, or approve the piece anew",
        Severity.WARNING,
    )


def differs(
    approval: Approval, edition: str, others: int, short: str, words: str, place: Source
) -> Problem:
    """A piece is not as it was when somebody approved it: words of it, or how it looks.

    Fix: look at it: `hrcpub diff PIECE`. If it is right so, have it approved again:
    `hrcpub approve PIECE --by NAME`. This is a note: the piece is made all the same.
    """
    more = f" and {others} more edition{'s' * (others > 1)}" if others else ""
    of = "" if edition == "screen" and not others else f" ({edition}{more})"
    return Problem(
        "approved-differs",
        f"differs from what was approved {approval.who_and_when(edition)}{of}: "
        f"{short}{': ' if words else ''}{words}",
        place,
        f"hrcpub diff {approval.piece} shows it",
        Severity.NOTE,
    )


def unlike_approved(piece: str, how: str, place: Source) -> Problem:
    """Return the note that an event prints a piece which is not as somebody approved it."""
    message, hint = f"{piece} {how}", f"hrcpub diff {piece} shows it"
    return Problem("approved-differs", message, place, hint, Severity.NOTE)


def approval_missing(pieces: Mapping[str, str], place: Source) -> Problem:
    """An event prints only what was approved, and pieces of it are not as somebody approved them.

    Fix: look at each of them, and have it approved: `hrcpub approve PIECE --by NAME`. Or take
    `approved: required` out of the event's manifest.
    """
    said = "; ".join(f"{name} {why}" for name, why in pieces.items())
    return Problem(
        "approval-missing",
        f"not approved: {said}",
        place,
        f"hrcpub approve {' '.join(pieces)} --by NAME",
    )


CODES = {
    "approval-broken": broken,
    "approval-lost": lost_file,
    "approved-differs": differs,
    "approval-missing": approval_missing,
}
