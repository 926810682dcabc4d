"""Who has reviewed which words of a piece, as what: `materials/reviewed/PIECE.yaml`.

`hrcpub review` writes it. Each review is bound to the digests of what was seen, slot by slot: a
word that is changed asks for a review of its slot alone. `reviewed:` at a material's head is the
same by hand, for the piece as a whole (`review.py`).
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.files.yaml_writing import quoted
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project import slots
from hrcpub.project.names import REVIEWED
from hrcpub.project.slot import Slot
from hrcpub.project.words import Words
from hrcpub.records import record

# What somebody answers for who reviews.
ROLES: Mapping[str, str] = {
    "words": "plain, right and respectful",
    "medicine": "true, and safe to act on",
    "language": "said as people say it who speak the language",
    "design": "easy to read, and in the right place",
}
_DIGITS = 12  # of a digest: 48 bits, so that nobody meets two alike among a million texts


class ReviewPassage(NamedTuple):
    """A text that is reviewed: where it stands in the material, and what it says."""

    slot: str
    text: str
    source: Source
    said: str = ""  # to people, where its text is none

    @property
    def shown(self) -> str:
        """What people read of it."""
        return self.said or self.text

    @property
    def digest(self) -> str:
        """What a review of it is bound to."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:_DIGITS]


class RoleReview(NamedTuple):
    """One person's review, as one role."""

    role: str
    by: str
    on: datetime.date
    is_a: str  # what they are: "a nurse of our clinic"
    seen: Mapping[str, str]  # digests by slot
    note: str = ""

    def covers(self, passage: ReviewPassage) -> bool:
        """Return whether it is of a passage as it is now."""
        return self.seen.get(passage.slot) == passage.digest


@record
class ReviewRecord:
    """All reviews of a piece, the oldest first."""

    piece: str
    reviews: tuple[RoleReview, ...] = field(default=())

    def of(self, passage: ReviewPassage, role: str) -> RoleReview | None:
        """Return the last review of a passage as it is, as a role; None where it waits for one."""
        found = (one for one in reversed(self.reviews) if one.role == role and one.covers(passage))
        return next(found, None)

    def waiting(self, passages: Iterable[ReviewPassage], role: str) -> tuple[ReviewPassage, ...]:
        """Return the passages that nobody has reviewed as they are, as a role."""
        return tuple(passage for passage in passages if self.of(passage, role) is None)

    def covering(self, passages: Sequence[ReviewPassage], role: str) -> tuple[RoleReview, ...]:
        """Return the reviews that cover all passages together, the last first; () if one waits."""
        found = [self.of(passage, role) for passage in passages]
        whole = [one for one in found if one is not None]
        if len(whole) < len(found):
            return ()
        unique = {(one.by, one.on): one for one in whole}
        return tuple(sorted(unique.values(), key=lambda one: one.on, reverse=True))

    def with_review(self, review: RoleReview) -> ReviewRecord:
        """Return it with a review more; what older ones of the role saw of the same slots goes."""
        former = (_without(one, review) for one in self.reviews)
        return ReviewRecord(self.piece, (*(one for one in former if one.seen), review))


def _without(former: RoleReview, review: RoleReview) -> RoleReview:
    """Return a review without the slots that another of its role has seen since."""
    if former.role != review.role:
        return former
    seen = {slot: digest for slot, digest in former.seen.items() if slot not in review.seen}
    return former._replace(seen=seen)


def passages_of(title: Words, texts: Iterable[Words]) -> tuple[ReviewPassage, ...]:
    """Return what is reviewed of a material: its title, and the text of each slot."""
    own = [ReviewPassage("title", title.text, title.source)]
    own += [ReviewPassage(words.slot, words.text, words.source) for words in texts if words.slot]
    return tuple({passage.slot: passage for passage in own}.values())


def review_path(piece: str) -> str:
    """Return the path of a piece's record."""
    return f"{REVIEWED}/{piece}.yaml"


_REVIEW = Slot(
    "group",
    fields={
        "role": Slot("choice", "as what", required=True, choices=tuple(ROLES)),
        "by": Slot("line", "their name", required=True),
        "is": Slot("line", "what they are", required=True),
        "on": Slot("date", "the day", required=True),
        "note": Slot("line", "what they said"),
        "seen": Slot("any", "digests by slot", required=True),
    },
)
_RECORD = Slot(
    "group",
    "what was reviewed of a piece",
    fields={"reviews": Slot("items", "the oldest first", fields=_REVIEW.fields)},
)


def read_reviews(sources: Sources, piece: str) -> ReviewRecord:
    """Return the reviews of a piece, none where there is no record.

    Raises HrcpubError when the record cannot be read.
    """
    path = review_path(piece)
    if not sources.has(path):
        return ReviewRecord(piece)
    problems: list[Problem] = []
    try:
        values = slots.check(read_yaml(sources, path), _RECORD, "", problems) or {}
    except HrcpubError as error:
        problems += error.problems
    if problems:
        raise HrcpubError(*(broken(piece, problem) for problem in problems))
    return ReviewRecord(piece, tuple(map(_review, values.get("reviews") or ())))


def _review(values: Mapping[str, Any]) -> RoleReview:
    note, seen = values.get("note"), values["seen"]
    digests = seen.mapping or {} if isinstance(seen, Node) else {}
    return RoleReview(
        values["role"],
        values["by"].text,
        values["on"],
        values["is"].text,
        {slot: digest.text or "" for slot, digest in digests.items()},
        note.text if note else "",
    )


def record_yaml(record: ReviewRecord) -> str:
    """Return a record as YAML: each fact on a line of its own, in an order that stays."""
    return "\n".join(_lines(record)) + "\n"


def _lines(record: ReviewRecord) -> Iterator[str]:
    yield f"# Who has reviewed {record.piece}, as what. `hrcpub review` writes this file: each text"
    yield "# is named by its place, with a digest of what was seen. Keep it in git."
    yield "reviews:"
    for one in record.reviews:
        yield f"  - role: {one.role}"
        yield f"    by: {quoted(one.by)}"
        yield f"    is: {quoted(one.is_a)}"
        yield f"    on: {one.on.isoformat()}"
        if one.note:
            yield f"    note: {quoted(one.note)}"
        yield "    seen:"
        yield from (f"      {slot}: {quoted(digest)}" for slot, digest in one.seen.items())


def broken(piece: str, problem: Problem) -> Problem:
    """A record of reviews cannot be read: it was changed by hand, or two were merged.

    Fix: take the one from before out of git: `git checkout -- materials/reviewed`. Or have the
    piece reviewed anew: `hrcpub review PIECE --by NAME --as ROLE`.
    """
    return Problem(
        "review-broken",
        f"who has reviewed {piece} cannot be read: {problem.message}",
        problem.source or Source(review_path(piece)),
        "take it from git again, or have the piece reviewed anew",
    )


CODES = {"review-broken": broken}
