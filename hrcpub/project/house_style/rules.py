"""`rules/LANGUAGE.yaml` to a `RuleBook`: what to look for in words, why, and after whom.

A rule's words are regular expressions. Few texts have any of them, so each is looked for by letters
that it cannot be without, before its expression is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from hrcpub.files.yaml_spans import spans
from hrcpub.project.languages import main_part
from hrcpub.records import record

FOLDER = Path(__file__).parent / "rules"
LANGUAGES = ("en", "es")

_GROUP = re.compile(r"\([^()]*\)[?*+]?")
_LOOSE = re.compile(r"\[[^\]]*\][?*+]?|\\.[?*+]?|.[?*]|[.^$|+]")


class Guidance(NamedTuple):
    """Who published the guidance behind a rule, and where."""

    name: str
    url: str


@record
class StyleRule:
    """One rule: what it finds, what to say instead, why, and after whom."""

    family: str
    id: str
    say: str
    because: str
    guidance: Guidance
    bad: str  # a text that it finds
    good: str  # and one that it lets pass
    terms: tuple[tuple[str, re.Pattern[str]], ...] = ()  # with letters that each cannot be without
    allowed: tuple[re.Pattern[str], ...] = ()  # phrases in which the terms are all right
    limits: Mapping[str, Any] | None = None  # of a rule on the shape of sentences

    def found_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the terms stand in a text of small letters with straight apostrophes."""
        for letters, term in self.terms:
            if letters in text:
                yield from (
                    match.span()
                    for match in term.finditer(text)
                    if _begins_word(text, match.start()) and not self._is_allowed(text, match)
                )

    def _is_allowed(self, text: str, match: re.Match[str]) -> bool:
        return any(
            phrase.start() < match.end() and match.start() < phrase.end()
            for allowed in self.allowed
            for phrase in allowed.finditer(text, max(0, match.start() - 60), match.end() + 60)
        )


def _begins_word(text: str, start: int) -> bool:
    return start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")


class RuleBook(NamedTuple):
    """The rules of a language."""

    language: str
    terms: tuple[StyleRule, ...]  # on words
    shapes: Mapping[str, StyleRule]  # on sentences and numbers, by their names
    medicines: frozenset[str]

    @property
    def rules(self) -> tuple[StyleRule, ...]:
        """All of them."""
        return (*self.terms, *self.shapes.values())


def rule_book(language: str) -> RuleBook | None:
    """Return the rules for words in a language; None where nobody has written any."""
    name = main_part(language)
    return _read(name) if name in LANGUAGES else None


@lru_cache(maxsize=4)
def _read(language: str) -> RuleBook:
    values: Any = spans((FOLDER / f"{language}.yaml").read_text(encoding="utf-8")).plain
    known = {name: Guidance(**source) for name, source in values["sources"].items()}
    terms = [
        _rule(family, rule["id"], rule, known)
        for family, rules in values["terms"].items()
        for rule in rules
    ]
    shapes = {
        name: _rule(_FAMILY.get(name, name), name, rule, known)
        for name, rule in values["shapes"].items()
    }
    return RuleBook(language, tuple(terms), shapes, frozenset(values["medicines"]))


_FAMILY = {"starts-with-figure": "numbers"}  # of shapes that are not a family by themselves


def _rule(
    family: str, id: str, values: Mapping[str, Any], known: Mapping[str, Guidance]
) -> StyleRule:
    told = ("say", "because", "source", "bad", "good", "id", "not", "except")
    return StyleRule(
        family,
        id,
        values["say"],
        values["because"],
        known[values["source"]],
        values["bad"],
        values["good"],
        tuple((needed_letters(term), _compiled(term)) for term in values.get("not", ())),
        tuple(_compiled(phrase) for phrase in values.get("except", ())),
        {name: value for name, value in values.items() if name not in told},
    )


def _compiled(term: str) -> re.Pattern[str]:
    return re.compile(f"(?:{term})(?!\\w)".replace("’", "'"), re.MULTILINE)


def needed_letters(term: str) -> str:
    """Return the longest run of letters that all matches of an expression have; "" for none."""
    text = term.replace("’", "'")
    while _GROUP.search(text):
        text = _GROUP.sub("\0", text)
    return max(_LOOSE.sub("\0", text).split("\0"), key=len)
