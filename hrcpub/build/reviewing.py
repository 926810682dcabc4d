"""What waits for whose review, a review that is kept, and answers that come back in a table."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.build.store import not_written
from hrcpub.files.cache import write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.table import Columns, Row
from hrcpub.files.tablefile import parse
from hrcpub.problems import HrcpubError, Problem, Severity, Source
from hrcpub.project.material import Material, read_material
from hrcpub.project.material.reviews import required_role, to_review
from hrcpub.project.reviewed import (
    ROLES,
    ReviewPassage,
    ReviewRecord,
    RoleReview,
    read_reviews,
    record_yaml,
    review_path,
)
from hrcpub.records import record

HEADS = ("place", "text", "right?", "remark", "digest")
# What people type for yes: in English, in Spanish, with a sign, and in languages into which pieces
# are often translated: French, Haitian, Russian, Vietnamese, Arabic, Amharic, Khmer and Chinese.
YES = frozenset(
    {"yes", "y", "ok", "okay", "right", "correct", "x", "1", "true"}
    | {"✓", "✔", "✅", "☑", "👍"}
    | {"si", "sí", "s", "correcto", "correcta", "bien", "verdadero", "oui", "wi", "да"}
    | {"có", "đúng", "نعم", "አዎ", "បាទ", "ចាស", "是", "对", "對"}
)
NO = frozenset(
    {"no", "n", "wrong", "0", "false"}
    | {"✗", "✘", "❌", "👎"}
    | {"falso", "non", "нет", "không", "sai", "لا", "አይ", "ទេ", "否", "不", "不对", "不對"}
)
# What a telephone adds to a sign: that it is drawn in colours, and the colour of its skin.
_DRAWN = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
# Before a digest in the table: a spreadsheet program takes 004599712345 and 12e5 for numbers.
_DIGEST = "#"
_RUNS = ("=", "+", "-", "@", "\t")  # at its head a spreadsheet program runs a cell as a formula


@record
class RoleState:
    """How far a piece's review is, as one role."""

    piece: str
    role: str
    is_required: bool
    passages: tuple[ReviewPassage, ...]
    waiting: tuple[ReviewPassage, ...]
    last: RoleReview | None = None  # whoever looked last
    reviewers: tuple[RoleReview, ...] = ()  # who cover all of it together; none if some waits

    @property
    def is_done(self) -> bool:
        """Whether all was reviewed as it is."""
        return not self.waiting

    @property
    def is_begun(self) -> bool:
        """Whether somebody has looked at any of it, as it is or was."""
        return self.last is not None


def role_states(material: Material, sources: Sources) -> tuple[RoleState, ...]:
    """Return how far the review of a piece is, role by role.

    A review at its head, which covers the words as a whole, counts for the role that must be.
    Raises HrcpubError where the record cannot be read.
    """
    record = read_reviews(sources, material.name)
    required = required_role(material)
    passages = to_review(material, sources)
    return tuple(_state(material, record, role, role == required, passages[role]) for role in ROLES)


def _state(
    material: Material,
    record: ReviewRecord,
    role: str,
    is_required: bool,
    passages: tuple[ReviewPassage, ...],
) -> RoleState:
    mine = [one for one in record.reviews if one.role == role]
    waiting = record.waiting(passages, role)
    head = material.reviewed
    if is_required and waiting and head and head.covers(material.worded):
        seen = {passage.slot: passage.digest for passage in passages}
        said = RoleReview(role, str(head.by), head.on, str(head.role), seen)
        return RoleState(material.name, role, is_required, passages, (), said, (said,))
    last = mine[-1] if mine else None
    every = record.covering(passages, role)
    return RoleState(material.name, role, is_required, passages, waiting, last, every)


class Reviewer(NamedTuple):
    """Who reviews, as what."""

    by: str
    role: str
    is_a: str  # "a nurse of our clinic"
    on: datetime.date
    note: str = ""


def keep_review(
    project: Project, name: str, reviewer: Reviewer, slots: Sequence[str] | None = None
) -> RoleState:
    """Keep that somebody has reviewed a piece as it is, or some of its slots; return its state.

    Raises HrcpubError where the piece cannot be read, or the record cannot be written.
    """
    material = read_material(project, name)
    passages = to_review(material, project.sources)[reviewer.role]
    seen = {
        passage.slot: passage.digest
        for passage in passages
        if slots is None or passage.slot in slots
    }
    record = read_reviews(project.sources, name)
    if seen:
        said = RoleReview(
            reviewer.role, reviewer.by, reviewer.on, reviewer.is_a, seen, reviewer.note
        )
        record = record.with_review(said)
        _write(project.sources, record)
    required = reviewer.role == required_role(material)
    return _state(material, record, reviewer.role, required, passages)


def _write(sources: Sources, record: ReviewRecord) -> None:
    path = review_path(record.piece)
    try:
        write_whole(sources.root / path, record_yaml(record).encode())
    except OSError as error:
        raise HrcpubError(not_written(path, error)) from None


def answers_table(passages: Sequence[ReviewPassage]) -> bytes:
    """Return the table that a reviewer fills in, as CSV: a row for each passage.

    The digest says which words were seen. Words that a spreadsheet program would run begin with a
    quotation mark.
    """
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(HEADS)
    for passage in passages:
        shown = f"'{passage.shown}" if passage.shown.startswith(_RUNS) else passage.shown
        table.writerow((passage.slot, shown, "", "", _DIGEST + passage.digest))
    return text.getvalue().encode("utf-8-sig")  # by its mark a spreadsheet program knows UTF-8


class ReviewAnswers(NamedTuple):
    """What a reviewer has said of a piece."""

    right: tuple[str, ...]  # the slots that are right as they were seen, and are so still
    remarks: Mapping[str, str]  # by slot
    problems: tuple[Problem, ...]  # remarks and noes at their places, and rows that cannot count


def read_answers(data: bytes, path: str, passages: Sequence[ReviewPassage]) -> ReviewAnswers:
    """Return the answers of a table that came back; `path` is its name in messages.

    Raises HrcpubError where the file is no such table.
    """
    columns = Columns(
        HEADS, also={"place": ("slot",), "right?": ("right", "ok"), "remark": ("remarks",)}
    )
    table = parse(data, path, columns)
    if any(problem.is_error for problem in table.problems):
        raise HrcpubError(*map(_of_answers, table.problems))
    known = {passage.slot.casefold(): passage for passage in passages}
    right, wrong, said = list[str](), set[str](), list[tuple[ReviewPassage, str]]()
    remarks, problems = dict[str, str](), [*map(_of_answers, table.problems)]
    if not any(_cell(row, "right?") or _cell(row, "remark") for row in table.rows):
        problems.append(no_answers(path))
    for row in table.rows:
        typed = _cell(row, "place")
        if (passage := known.get(typed.casefold())) is None:
            problems.append(row_unknown(typed, row.source))
            continue
        slot = passage.slot
        remark = _cell(row, "remark")
        answer = _DRAWN.sub("", _cell(row, "right?")).casefold().rstrip(".!")
        if remark:
            remarks[slot] = remark
        digest = _cell(row, "digest").removeprefix(_DIGEST)
        if answer in YES and digest == passage.digest:
            right.append(slot)
        elif answer in YES:
            problems.append(seen_otherwise(passage, digest, row.source))
        elif answer and answer not in NO:
            problems.append(answer_unread(slot, answer, row.source))
        if answer in NO:
            wrong.add(slot)
        if remark or answer in NO:
            said.append((passage, remark))
    kept = tuple(slot for slot in dict.fromkeys(right) if slot not in wrong)  # of joined tables
    problems += (remarked(one, remark, is_right=one.slot in kept) for one, remark in said)
    return ReviewAnswers(kept, remarks, tuple(problems))


def _of_answers(problem: Problem) -> Problem:
    """Return a Problem of the table; what is said of events is not for reviewers."""
    if problem.code != "csv-column-unknown":
        return problem
    return replace(problem, hint=f"a table of answers has the columns {', '.join(HEADS)}")


def _cell(row: Row, name: str) -> str:
    cell = row.cells.get(name)
    return " ".join(cell.text.split()) if cell else ""


def remarked(passage: ReviewPassage, remark: str, *, is_right: bool = False) -> Problem:
    """A reviewer has a remark on these words, or says that they are not right.

    Fix: change the words, or talk with the reviewer. The passage waits for a review until somebody
    has said that it is right as it is. One with a yes and a remark counts as reviewed.
    """
    said = f": {remark}" if remark else ""
    name = passage.slot.removeprefix("words.")
    return Problem(
        "review-remark",
        f'the reviewer says of "{name}"{said or ": not right"}',
        passage.source,
        "it counts as reviewed as it is; who changes it has it reviewed again"
        if is_right
        else "change the words, then have just this passage reviewed again",
        Severity.WARNING,
    )


def seen_otherwise(passage: ReviewPassage, digest: str, place: Source) -> Problem:
    """Words were changed after the review sheet was made: the answer is of other words.

    Or the column `digest` of the table, which says which words were seen, was changed or left out.

    Fix: have the passage looked at once more. `hrcpub review PIECE --sheet` makes a sheet of what
    waits alone.
    """
    why = "was changed after this answer" if digest else "has no digest that says what was seen"
    return Problem(
        "review-other-words",
        f'"{passage.slot}" {why}: the answer does not count',
        place,
        "is it the table of another piece? Else make a new sheet: it has only what waits",
        Severity.WARNING,
    )


def row_unknown(slot: str, place: Source) -> Problem:
    """A row of a table of answers names a place that the piece does not have.

    Fix: nothing, if the passage was taken out. Else look whether the table is of this piece.
    """
    said = f'the piece has no place "{slot}"' if slot else "this row names no place"
    hint = "is this the table of another piece?"
    return Problem("review-row", said, place, hint, Severity.WARNING)


def no_answers(path: str) -> Problem:
    """A table of answers has no answer and no remark in any row.

    Fix: in the column `right?` write yes beside each passage that is right, and give that file.
    Its columns keep their names: `place`, `text`, `right?`, `remark`, `digest`.
    """
    said = "nobody has answered in this table: its columns right? and remark are empty"
    hint = "write yes under right?, or a remark, and give the file that was filled in"
    return Problem("review-no-answers", said, Source(path), hint, Severity.WARNING)


def answer_unread(slot: str, answer: str, place: Source) -> Problem:
    """An answer is neither yes nor no.

    Fix: write yes, or leave the cell empty and write a remark.
    """
    said = f'"{answer}" is neither yes nor no: "{slot}" waits'
    return Problem("review-answer", said, place, "write yes or no", Severity.WARNING)


def with_piece(problem: Problem, path: str) -> Problem:
    """Return a Problem with the file that it is in, where it names none."""
    place = problem.source or Source()
    return problem if place.path else replace(problem, source=replace(place, path=path))


CODES = {
    "review-remark": remarked,
    "review-other-words": seen_otherwise,
    "review-row": row_unknown,
    "review-answer": answer_unread,
    "review-no-answers": no_answers,
}


def all_states(project: Project, names: Sequence[str]) -> Iterator[RoleState | HrcpubError]:
    """Yield how far the reviews of some pieces are; for one that cannot be read, why."""
    for name in names:
        try:
            material = read_material(project, name)
            yield from role_states(material, project.sources)
        except HrcpubError as error:
            yield error
