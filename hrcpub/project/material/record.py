"""`Material`: one pamphlet as it was read, with all that its pages say."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from hrcpub.problems import Problem
from hrcpub.project.calls import CallLine
from hrcpub.project.claims import Claim, small_number, without_numbers
from hrcpub.project.contacts import Contact
from hrcpub.project.edition import Edition
from hrcpub.project.folds import Folding, mirrored
from hrcpub.project.languages import direction_of
from hrcpub.project.layout import Layout
from hrcpub.project.organisation import Organisation
from hrcpub.project.references import Reference
from hrcpub.project.review import Review
from hrcpub.project.reviewed import RoleReview
from hrcpub.project.scancodes import Scannable
from hrcpub.project.waivers import Waiver
from hrcpub.project.words import Image, Words
from hrcpub.records import record

_NOTE = "sources."  # where the slot of an endnote begins: no material has such words


class Translated(NamedTuple):
    """What a material was translated from, and how."""

    material: str  # its name
    file: str  # the YAML that has its layout, its offices, and the words it was translated from
    language: str  # of those words
    is_machine_made: bool = False
    changed: datetime.date | None = None  # the day of the last change, as its file says
    open_slots: tuple[str, ...] = ()  # of a draft: where the words are still in that language


@record
class Material:
    """One pamphlet: its words and where they came from."""

    name: str
    path: str
    layout: Layout
    title: Words
    language: str
    code: str  # what a reorder asks for: "P1"
    revision: str
    revised: datetime.date
    colour: str  # its paper's name in the palette
    verbatim: bool  # a reprint to the letter of its source
    credit: Words | None  # whose words they are
    editions: tuple[str, ...]  # that it can be made in
    usual: tuple[str, ...]  # of these, what is made where nobody asks for another
    words: Mapping[str, Any]  # per slot
    contacts: tuple[Contact, ...]
    organisation: Organisation  # who signs it
    reach: tuple[CallLine, ...]  # how readers reach them, besides what its offices say
    texts: tuple[Words, ...]  # all of the slots, in their order
    pictures: tuple[Image, ...]
    codes: Mapping[str, Scannable]  # what each QR code says, by the place of its value
    problems: tuple[Problem, ...] = ()  # that ride along
    reviewed: Review | None = None  # who looked its words over
    reviews: tuple[RoleReview, ...] = ()  # of its words as they are, by role
    keeps_imprint: bool = True  # a place for a local site's details, where its layout has one
    spares_toner: bool = False  # it is laid out for an office that prints no black panels
    translated: Translated | None = None  # of what, and by whom; None: in its own language
    claims: tuple[Claim, ...] = ()  # its passages that name what they rest on
    references: tuple[Reference, ...] = ()  # what they name, each once, as they come
    languages: tuple[Words, ...] = ()  # of a piece in two, as they were typed
    is_of_verbatim: bool = False  # a translation of such a reprint
    waived: tuple[Waiver, ...] = ()  # words that stay as they are, whatever is told of them
    twin: Material | None = None  # the same in the second language of such a piece

    def laid_for(self, edition: Edition) -> Material:
        """Return it as an edition lays it out: an office may have to spare its toner."""
        spares = bool(edition.sheet) and self.organisation.spares_toner
        if not spares:
            return self
        return replace(self, spares_toner=True, twin=self.twin and self.twin.laid_for(edition))

    @property
    def voices(self) -> tuple[Material, ...]:
        """It in each of its languages: itself, and its twin."""
        return (self, self.twin) if self.twin else (self,)

    @property
    def endnotes(self) -> tuple[Words, ...]:
        """What it rests on, a line each; with the numbers at the passages, where there are some."""
        has_numbers = self.has_note_numbers
        return tuple(
            Words(
                f"{small_number(at)} {one}" if has_numbers else str(one), one.place, _NOTE + one.id
            )
            for at, one in enumerate(self.references, 1)
        )

    @property
    def has_note_numbers(self) -> bool:
        """Whether small numbers at its passages lead to what it rests on; templates ask it."""
        return self.layout.has_note_numbers(self.language)

    @property
    def own_texts(self) -> tuple[Words, ...]:
        """Its texts without the small numbers that stand for what they rest on."""
        return without_numbers(self.texts, self.claims) if self.layout.has_endnotes else self.texts

    @property
    def direction(self) -> str:
        """The direction in which its language is written, as HTML says it: ltr or rtl."""
        return direction_of(self.language)

    @property
    def is_right_to_left(self) -> bool:
        """Whether its lines, columns and pages begin at the right."""
        return self.direction == "rtl"

    @property
    def folding(self) -> Folding | None:
        """How it folds, as it lies on the paper; None where it is not folded.

        A layout's own folding is that of a piece that reads from left to right.
        """
        folding = self.layout.folding
        return mirrored(folding) if folding and self.is_right_to_left else folding

    @property
    def is_draft(self) -> bool:
        """Whether its words have consequences, and nobody has looked them over as they are."""
        of = self.translated
        is_covered = self.reviewed and self.reviewed.covers(self.worded)
        needs_review = self.layout.needs_review or (of is not None and of.is_machine_made)
        is_open = of is not None and bool(of.open_slots)
        is_twin_draft = self.twin is not None and self.twin.is_draft
        return (needs_review and not is_covered) or is_open or is_twin_draft

    @property
    def worded(self) -> datetime.date:
        """The day since which its words are as they are: of a translation, in its language."""
        changed = self.translated.changed if self.translated else None
        return max(self.revised, changed or self.revised)
