"""`rules/LANGUAGE.yaml` to a `RuleBook`: what to look for in words, why, and after whom.

A rule's words are regular expressions. Few texts have any of them, so each is looked for by letters
that it cannot be without, before its expression is made and tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from hrcpub.files.yaml_spans import spans
from hrcpub.project.languages import main_part
from hrcpub.records import record

FOLDER = Path(__file__).parent / "rules"
LANGUAGES = ("en", "es")

_HEAD = re.compile(r"\b\w{4}")  # how a word begins, by which terms are looked for first
_FEWEST = 3  # letters that many lines are without
_GROUP = re.compile(r"\([^()]*\)[?*+]?")
_LOOSE = re.compile(r"\[[^\]]*\][?*+]?|\\.[?*+]?|.[?*]|[.^$|+]")


class Guidance(NamedTuple):
    """Who published the guidance behind a rule, and where."""

    name: str
    url: str = ""  # "" where no address of it lasts

    def __str__(self) -> str:
        """Return it as a line."""
        return f"{self.name}, {self.url}" if self.url else self.name


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
    # Regular expressions, for `compiled`.
    terms: tuple[tuple[str, str], ...] = ()  # with letters that each cannot be without
    allowed: tuple[str, ...] = ()  # phrases in which the terms are all right
    near: tuple[str, ...] = ()  # words of which a text must have one; none: any text
    limits: Mapping[str, Any] | None = None  # of a rule on the shape of sentences

    def is_near(self, text: str, start: int, end: int) -> bool:
        """Return whether a part of a text is about what the rule is for."""
        return any(
            _begins_word(text, match.start())
            for word in self.near
            for match in compiled(word).finditer(text, start, end)
        )

    def is_allowed(self, text: str, match: re.Match[str]) -> bool:
        """Return whether a term stands in a phrase in which it is all right."""
        return any(
            phrase.start() < match.end() and match.start() < phrase.end()
            for allowed in self.allowed
            for phrase in compiled(allowed).finditer(
                text, max(0, match.start() - 60), match.end() + 60
            )
        )


def _lines_with(letters: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the lines begin and end that have some letters; all as one for too few."""
    if len(letters) < _FEWEST:
        yield 0, len(text)
        return
    end = 0
    while (at := text.find(letters, end)) >= 0:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield text.rfind("\n", 0, at) + 1, end


def _begins_word(text: str, start: int) -> bool:
    return start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_")


class _Lookup(NamedTuple):
    """A term of a rule, in the order of their file."""

    number: int
    letters: str
    term: str
    rule: StyleRule

    def found_in(self, text: str) -> Iterator[tuple[int, int, StyleRule]]:
        """Yield where it stands. No term goes over a line's end."""
        for start, end in _lines_with(self.letters, text):
            if self.rule.near and not self.rule.is_near(text, start, end):
                continue
            for match in compiled(self.term).finditer(text, start, end):
                is_word = _begins_word(text, match.start())
                if is_word and not self.rule.is_allowed(text, match):
                    yield (*match.span(), self.rule)


@record
class RuleBook:
    """The rules of a language."""

    language: str
    terms: tuple[StyleRule, ...]  # on words
    shapes: Mapping[str, StyleRule]  # on sentences and numbers, by their names
    medicines: frozenset[str]
    lookups: Mapping[str, tuple[_Lookup, ...]]  # by how a word of theirs begins; "": the others

    @property
    def rules(self) -> tuple[StyleRule, ...]:
        """All of them."""
        return (*self.terms, *self.shapes.values())

    def found_in(self, text: str) -> Iterator[tuple[int, int, StyleRule]]:
        """Yield where terms stand in a text of small letters with straight apostrophes.

        How its words begin is held against all terms at once: few terms are tried.
        """
        heads = self.lookups.keys() & {*_HEAD.findall(text), ""}
        likely = [one for head in heads for one in self.lookups[head] if one.letters in text]
        for lookup in sorted(likely, key=lambda one: one.number):
            yield from lookup.found_in(text)


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
    medicines = frozenset(values["medicines"])
    return RuleBook(language, tuple(terms), shapes, medicines, _lookups(terms))


def _lookups(rules: Iterable[StyleRule]) -> Mapping[str, tuple[_Lookup, ...]]:
    every = ((letters, term, rule) for rule in rules for letters, term in rule.terms)
    found: dict[str, list[_Lookup]] = {}
    for number, (letters, term, rule) in enumerate(every):
        found.setdefault(_head(letters, term), []).append(_Lookup(number, letters, term, rule))
    return {head: tuple(lookups) for head, lookups in found.items()}


def _head(letters: str, term: str) -> str:
    """Return how a word begins that a term cannot be without; "" where that is not known.

    Whether its letters begin with a whole word is known where the term begins with them.
    """
    is_first = term.startswith(f"(?:{letters}")
    heads = (match for match in _HEAD.finditer(letters) if is_first or match.start())
    return max((match[0] for match in heads), default="")


_FAMILY = {"starts-with-figure": "numbers"}  # of shapes that are not a family by themselves


def _rule(
    family: str, id: str, values: Mapping[str, Any], known: Mapping[str, Guidance]
) -> StyleRule:
    told = ("say", "because", "source", "bad", "good", "id", "not", "except", "near")
    return StyleRule(
        family,
        id,
        values["say"],
        values["because"],
        known[values["source"]],
        values["bad"],
        values["good"],
        tuple((needed_letters(term), _whole(term)) for term in values.get("not", ())),
        tuple(_whole(phrase) for phrase in values.get("except", ())),
        tuple(_whole(word) for word in values.get("near", ())),
        {name: value for name, value in values.items() if name not in told},
    )


def _whole(term: str) -> str:
    """Return an expression that ends where a word does."""
    return f"(?:{term})(?!\\w)".replace("’", "'")


@cache
def compiled(term: str) -> re.Pattern[str]:
    """Return the pattern of a rule's expression, which few texts ask for."""
    return re.compile(term, re.MULTILINE)


def needed_letters(term: str) -> str:
    """Return the longest run of letters that all matches of an expression have; "" for none."""
    text = term.replace("’", "'")
    while _GROUP.search(text):
        text = _GROUP.sub("\0", text)
    return max(_LOOSE.sub("\0", text).split("\0"), key=len)
