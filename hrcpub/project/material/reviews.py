"""A material and the record of its reviews to the same material with those of its words as now.

Who may answer for what a piece tells people to do: for its own words, medicine; for a translation,
language.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.date_problems import is_to_come, to_come
from hrcpub.project.material.record import Material
from hrcpub.project.review import Review, not_reviewed, unrevised
from hrcpub.project.reviewed import (
    ROLES,
    ReviewPassage,
    ReviewRecord,
    RoleReview,
    passages_of,
    read_reviews,
)
from hrcpub.project.words import Words

LAYOUT = "layout"  # the passage that stands for how the pages look


def required_role(material: Material) -> str | None:
    """Return as what somebody must have reviewed a material; None where nobody has to."""
    of = material.translated
    if of is not None and (of.is_machine_made or material.layout.needs_review):
        return "language"
    return "medicine" if material.layout.needs_review else None


def to_review(material: Material, sources: Sources) -> Mapping[str, tuple[ReviewPassage, ...]]:
    """Return what is reviewed of a material, by role: its words, and for design its layout too."""
    words = words_to_review(material)
    return dict.fromkeys(ROLES, words) | {"design": (*words, _layout(material, sources))}


def words_to_review(material: Material) -> tuple[ReviewPassage, ...]:
    """Return the words of a material; of an office that it names, what is printed of it."""
    slots = material.layout.slots
    offices = {one.id: one for one in material.contacts}
    texts = []
    for words in material.own_texts:
        parts = words.slot.split(".")
        is_office = len(parts) > 1 and parts[1] in slots and slots[parts[1]].kind == "contacts"
        office = offices.get(words.text) if is_office else None
        said = ", ".join(text.text.rstrip(":") for text in office.texts) if office else words.text
        texts.append(replace(words, text=said))
    return passages_of(material.title, texts)


def _layout(material: Material, sources: Sources) -> ReviewPassage:
    """Return a passage whose text changes with any file of the layout."""
    folder = material.layout.folder
    files = [f"{folder}/{name}" for name in sources.names(folder)]
    digests = "".join(sources.digest(path) or "" for path in files)
    text = hashlib.sha256(digests.encode()).hexdigest()
    return ReviewPassage(LAYOUT, text, Source(folder), "How the pages look")


def with_reviews(material: Material, head: Source, sources: Sources) -> Material:
    """Return a material with the reviews that cover it, and a Problem where it is a draft.

    `head` is where it says itself who reviewed it. Raises HrcpubError for a record that cannot be
    read.
    """
    record = read_reviews(sources, material.name)
    role = required_role(material)
    if record.reviews:
        material = _covered(material, record, role, sources)
        material = replace(material, problems=(*material.problems, *_unrevised(material, record)))
    if not material.is_draft:
        return material
    # What somebody has seen as that role, and what of it is not as it was.
    seen = {slot for one in record.reviews if one.role == role for slot in one.seen}
    words = words_to_review(material) if seen and role else ()
    waiting = record.waiting(words, role) if role else ()
    draft = not_reviewed(
        material.reviewed,
        material.worded,
        head,
        bool(material.translated),
        [passage.slot for passage in waiting],
    )
    return replace(material, problems=(*material.problems, draft))


def _covered(
    material: Material, record: ReviewRecord, role: str | None, sources: Sources
) -> Material:
    passages = to_review(material, sources)
    whole = {name: record.covering(passages[name], name) for name in ROLES}
    every = tuple(one for found in whole.values() for one in found)
    reviewed = material.reviewed
    if role and whole[role] and not (reviewed and reviewed.covers(material.worded)):
        reviewed = _as_head(whole[role][0], record.piece)
    elif role and not whole[role] and reviewed and _is_older(reviewed, record, role):
        reviewed = None
    return replace(material, reviews=every, reviewed=reviewed)


def _is_older(head: Review, record: ReviewRecord, role: str) -> bool:
    """Return whether the record has a review that is as young as the one at the head, or younger.

    It knows what was seen to the letter: words that have changed since wait, though nobody has
    given `revised:` another day.
    """
    return any(one.role == role and one.on >= head.on for one in record.reviews)


def _unrevised(material: Material, record: ReviewRecord) -> Iterator[Problem]:
    """Yield a Problem where words have changed since a review, and their day has not."""
    words = {} if material.translated else {one.slot: one for one in words_to_review(material)}
    changed = [
        (one.on, words[slot])
        for one in record.reviews
        for slot, digest in one.seen.items()
        if slot in words and words[slot].digest != digest and one.on > material.revised
    ]
    if changed:
        day, passage = max(changed, key=lambda found: found[0])
        yield unrevised(day, material.revised, passage.source)


def head_to_come(
    node: Node, review: Review | None, revised: datetime.date | None, sources: Sources
) -> Iterator[Problem]:
    """Yield a Problem for each day at a material's head that is still to come.

    The day of the words is printed, and readers go by it.
    """
    head = node.mapping or {}
    if revised and is_to_come(revised, sources):
        told = to_come("its words were revised", revised, head["revised"].source)
        yield told.at(Severity.WARNING)
    if review and is_to_come(review.on, sources):
        place = (head["reviewed"].mapping or {})["on"].source
        yield to_come("its words were reviewed", review.on, place)


def _as_head(review: RoleReview, piece: str) -> Review:
    """Return a review as `reviewed:` would say it."""
    place = Source(f"materials/reviewed/{piece}.yaml")
    return Review(Words(review.by, place), Words(review.is_a, place), review.on, is_bound=True)
