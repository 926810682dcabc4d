"""`waived:` at the head of a material: words that stay as they are, each with its reason.

It stands beside the words and not in them, so that nothing of it is printed or translated. One that
names a `language` is of the words in that language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from hrcpub.project.languages import main_part
from hrcpub.project.slot import Slot
from hrcpub.project.words import Words

FAMILIES = (  # of rules on words, the serious ones first; `words-` before it is a Problem's code
    "stigma",
    "fear",
    "absolutes",
    "jargon",
    "acronym",
    "grade",
    "long-sentence",
    "passive",
    "two-actions",
    "numbers",
    "link",
)


class Waiver(NamedTuple):
    """Words that a rule would find, and why they stay."""

    rule: str  # one of FAMILIES
    word: Words
    reason: Words
    language: str | None = None  # None: that of the material

    def holds_for(self, family: str, found: str, language: str, original: str) -> bool:
        """Return whether it is of what a rule found in words of a language.

        `original` is the language in which the material itself is written.
        """
        is_here = main_part(self.language or original) == main_part(language)
        return is_here and self.rule == family and _even(self.word.plain()) in _even(found)


def _even(text: str) -> str:
    """Return a text in small letters, with single spaces and one kind of apostrophe."""
    return " ".join(text.casefold().replace("’", "'").split())


WAIVED = Slot(
    "items",
    "words that hrcpub words is not to tell of, with the reason",
    fields={
        "rule": Slot("choice", "what would be told of them", required=True, choices=FAMILIES),
        "word": Slot("line", "the words, or a part of the sentence", required=True, limit=120),
        "reason": Slot("line", "why they stay", required=True, limit=200),
        "language": Slot("label", "of the words, where it is that of a translation: es"),
    },
)


def waivers_of(entries: Iterable[Mapping[str, Any] | None] | None) -> tuple[Waiver, ...]:
    """Return the waivers of a checked `waived:`; none of those that are not whole."""
    return tuple(
        Waiver(
            entry["rule"],
            entry["word"],
            entry["reason"],
            entry["language"].text if entry.get("language") else None,
        )
        for entry in entries or ()
        if entry and entry.get("rule") and entry.get("word") and entry.get("reason")
    )
