"""A text and its translation to what in them must be the same, and is not.

Telephones, addresses, numbers and the signs of the markup are checked letter by letter, whatever
digits a language writes (`٣` is 3); ends of sentences and words that were left as they are, are
told as doubts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hrcpub.problems import Problem, Severity
from hrcpub.project.languages import main_part, script_of
from hrcpub.project.markup import LINK_SCHEMES, plain, spans
from hrcpub.project.translations.agreement_problems import (
    differs,
    ends_otherwise,
    left_as_it_was,
)
from hrcpub.project.translations.catalog import Message
from hrcpub.project.translations.passages import Passage, bare

_NAME = re.compile(r"\{[\w-]+\}")
# Seven digits and more, but no date and no span of years.
_TELEPHONE = re.compile(
    r"(?<![\w.,])(?!\d{4}-\d\d-\d\d(?!\d)|\d{4}-\d{4}(?!\d))"
    r"\+?\(?\d(?:[ ().\u00a0\u202f-]*\d){6,}(?!\w)"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+|[\u00a0\u202f]\d{3}(?!\d))*")
_THOUSANDS = re.compile(r"\d{1,3}(?:\D\d{3})+")
_CLOCK = re.compile(r"\d\s*[ap]\.?\s?m\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_AFTER_END = " \n\t\u00a0\"'»”’)]*\\"  # signs that stand behind the one that ends a sentence
_KINDS_OF_END = {
    "?": "?؟？;፧՞",
    "!": "!！՜",
    ":": ":：፥፦៖",
    ".": ".。．।۔።។။|՝։…",
}  # `;` is the question mark of Greek


_WITHOUT_QUESTION_MARK = frozenset({"th", "lo", "my"})


def _always(lacks: list[str], more: list[str]) -> Severity:
    return Severity.ERROR


def _if_it_lacks(lacks: list[str], more: list[str]) -> Severity:
    """A number that was in words may be in digits: only one that is not there is wrong."""
    return Severity.ERROR if lacks else Severity.WARNING


def _if_elsewhere(lacks: list[str], more: list[str]) -> Severity:
    """Another page of the same site may be that in the reader's language."""
    sites = [
        Counter(re.split("[/?#]", link)[2:3][0] for link in links if "//" in link)
        for links in (lacks, more)
    ]
    is_page = len(lacks) == len(more) == sites[0].total() and sites[0] == sites[1]
    return Severity.WARNING if is_page else Severity.ERROR


class _Sameness(NamedTuple):
    """What must be in both texts."""

    name: str  # of one, in a message
    found: Callable[[str, str], Counter[str]]  # in a text, and its language
    hint: str
    how_bad: Callable[[list[str], list[str]], Severity] = _always  # from what is lacking, and added


def disagreements(
    passage: Passage, message: Message, language: str, written: str
) -> Iterator[Problem]:
    """Yield what is not the same in a text, in the language `written`, and its translation."""
    text, words = bare(passage.slot, passage.text), bare(passage.slot, message.words)
    for part in _PARTS:
        there, here = part.found(text, written), part.found(words, language)
        lacks, more = sorted((there - here).elements()), sorted((here - there).elements())
        if part.name == "number" and _CLOCK.search(text + words):
            lacks, more = _without_hours(lacks, more)
        if lacks or more:
            severity = part.how_bad(lacks, more)
            yield differs(message, part.name, lacks, more, part.hint, severity)
    there_end, here_end = _ending(text), _ending(words)
    asks = {"?"} if main_part(language) in _WITHOUT_QUESTION_MARK else set()
    if there_end != here_end and {there_end, here_end} & ({"?", ":"} - asks):
        yield ends_otherwise(message, there_end, here_end)
    is_name = passage.slot.endswith("credit")
    if not is_name and _is_left(text, words, language, written):
        yield left_as_it_was(message, written)


def in_latin_digits(text: str) -> str:
    """Return a text with the digits of all scripts as Latin ones, and their signs too."""
    latin = "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in text
    )
    return latin.replace("\u066b", ".").replace("\u066c", ",").replace("\u066a", "%")


def _telephones(text: str, language: str) -> Counter[str]:
    return Counter(
        re.sub(r"[^\d+]", "", match)
        for match in _TELEPHONE.findall(in_latin_digits(plain(text, language)))
    )


def _numbers(text: str, language: str) -> Counter[str]:
    """Return the numbers that are not of a telephone, without what sets thousands apart.

    Counted once each: a language may have to say a number twice, or another sentence.
    """
    rest = _TELEPHONE.sub(" ", _without_links(in_latin_digits(text)))
    return Counter({_value(match) for match in _NUMBER.findall(rest)})


def _value(number: str) -> str:
    """Return a number as all languages could write it: `1.5` of `1,5`, `1000` of `1,000`."""
    if _THOUSANDS.fullmatch(number):
        return re.sub(r"\D", "", number)
    whole, *rest = re.split(r"\D", number)
    return ".".join([whole.lstrip("0") or "0", *rest])


def _without_hours(lacks: list[str], more: list[str]) -> tuple[list[str], list[str]]:
    """Return numbers without hours that the other text counts from noon: 7 pm is 19."""
    for hour in list(lacks):
        twins = [str(int(hour) + by) for by in (-12, 12)] if hour.isdigit() else []
        if twin := next((twin for twin in twins if twin in more), None):
            lacks.remove(hour)
            more.remove(twin)
    return lacks, more


def _without_links(text: str) -> str:
    return " ".join(span.text for span in spans(text) if not span.link)


def _links(text: str, language: str) -> Counter[str]:
    return Counter(
        span.link
        for span in spans(text, language)
        if span.link and span.link.lower().startswith(LINK_SCHEMES)
    )


def _emphasis(text: str, language: str) -> Counter[str]:
    """Return how many passages are set off, by how; where they stand is the language's."""
    kinds = Counter[str]()
    before = (False, False)
    for span in spans(text, language):
        now = (span.emphasis, span.strong)
        for name, was, is_ in zip(("*…*", "**…**"), before, now, strict=True):
            kinds[name] += is_ and not was
        before = now
    return +kinds


def _breaks(text: str, language: str) -> Counter[str]:
    count = sum(span.text == "\n" for span in spans(text, language))
    return Counter({r"\ at the end of a line": count} if count else {})


def _placeholders(text: str, language: str) -> Counter[str]:
    return Counter(set(_NAME.findall(text)))


_PARTS = (
    _Sameness("telephone", _telephones, "write telephones as the original has them"),
    _Sameness("number", _numbers, "write numbers in digits, as the original", _if_it_lacks),
    _Sameness("address", _links, "write addresses as the original has them", _if_elsewhere),
    _Sameness("emphasis", _emphasis, "put the * where these words are"),
    _Sameness("line break", _breaks, r"a line ends at \ before \n"),
    _Sameness("placeholder", _placeholders, "keep what is in { } as it is: it is put in later"),
)


def _ending(text: str) -> str:
    """Return with which kind of sign a text ends; "" with none, or with another."""
    last = text.rstrip(_AFTER_END)[-1:]
    return next((kind for kind, signs in _KINDS_OF_END.items() if last and last in signs), "")


def _is_left(text: str, words: str, language: str, written: str) -> bool:
    """Return whether words may not have been translated: they are the same, or in other letters."""
    if words.strip() == text.strip():
        return len(_WORD.findall(plain(text))) > 2
    if script_of(language) == script_of(written) or script_of(written) != "Latn":
        return False
    # Names begin with capital letters, and may be as they are.
    left = re.findall(r"\b[a-z]{2,}", _without_links(words))
    return len(left) > len(_WORD.findall(words)) / 2 and len(left) > 2
