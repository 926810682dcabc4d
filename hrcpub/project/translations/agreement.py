"""A text and its translation to what in them must be the same, and is not.

Telephones, addresses, numbers and the signs of the markup are checked letter by letter, whatever
digits a language writes (`٣` is 3); ends of sentences and words that were left as they are, are
told as doubts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hrcpub.problems import Problem, Severity
from hrcpub.project.languages import main_part, script_of
from hrcpub.project.markup import LINK_SCHEMES, plain, spans
from hrcpub.project.translations.agreement_problems import (
    differs,
    ends_otherwise,
    half_unsaid,
    left_as_it_was,
)
from hrcpub.project.translations.catalog import Message
from hrcpub.project.translations.numbers import TELEPHONE, apart, in_latin_digits, without_links
from hrcpub.project.translations.passages import Passage, bare

_NAME = re.compile(r"\{[\w-]+\}")
# Its last digits in letters, 1-800-GET-HELP: as many signs as a number has, or more.
_IN_LETTERS = re.compile(
    r"(?<![\w-])(?:1[-. ])?(?:\(?8\d\d\)? |\(?\d{3}\)?[-.])"
    r"(?=[\dA-Z-]*[A-Z]{2})[\dA-Z]+(?:[-.][\dA-Z]+)*(?!\w)"
)
_FEWEST_SIGNS = 10
_ADDRESS = re.compile(  # that is no link: example.org/help
    r"(?<![\w@.-])(?:[\w-]+\.)+(?:org|com|net|gov|edu|info|us|ca|uk)\b(?:/[\w./~-]*\w)?"
)
_TEXT_NUMBER = re.compile(r"(?<!\d)\d{5,6}(?!\d)")  # Text HOME to 741741
_CAPITALS = re.compile(r"(?<![A-Za-z])[A-Z]{3,}(?![A-Za-z])")
_UNIT = re.compile(r"\d\s?(mg|mcg|µg|μg|ug|g|kg|ml)(?![^\W\d_])", re.IGNORECASE)
_MICROGRAMS = ("mcg", "ug", "μg", "µg")
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


def _as_a_doubt(lacks: list[str], more: list[str]) -> Severity:
    return Severity.WARNING


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
    is_swap: bool = False  # wrong only where one stands for another: it may be in words as well


def disagreements(
    passage: Passage, message: Message, language: str, written: str
) -> Iterator[Problem]:
    """Yield what is not the same in a text, in the language `written`, and its translation."""
    text, words = bare(passage.slot, passage.text), bare(passage.slot, message.words)
    yield from _of_numbers(message, text, words, written, language)
    for part in _PARTS:
        there, here = part.found(text, written), part.found(words, language)
        lacks, more = sorted((there - here).elements()), sorted((here - there).elements())
        if (lacks and more) if part.is_swap else (lacks or more):
            severity = part.how_bad(lacks, more)
            yield differs(message, part.name, lacks, more, part.hint, severity)
    there_end, here_end = _ending(text), _ending(words)
    asks = {"?"} if main_part(language) in _WITHOUT_QUESTION_MARK else set()
    if there_end != here_end and {there_end, here_end} & ({"?", ":"} - asks):
        yield ends_otherwise(message, there_end, here_end)
    is_name = passage.slot.endswith("credit")
    if not is_name and _is_left(text, words, language, written):
        yield left_as_it_was(message, written)


def _of_numbers(
    message: Message, text: str, words: str, written: str, language: str
) -> Iterator[Problem]:
    """Yield what is not the same of numbers and times of day.

    A number that was in words may be in digits: only one that is not there is wrong.
    """
    found = apart(text, words, written, language)
    if found.times[0]:
        yield differs(message, "time", *found.times, "write the time that the original has")
    lacks, more = found.numbers
    if lacks or more:
        hint = "write numbers in digits, as the original"
        severity = Severity.ERROR if lacks else Severity.WARNING
        yield differs(message, "number", lacks, more, hint, severity)
    if found.doubtful[0]:
        yield half_unsaid(message, *found.doubtful)


def _telephones(text: str, language: str) -> Counter[str]:
    shown = in_latin_digits(plain(text, language))
    in_letters = (re.sub(r"[^\dA-Z]", "", match) for match in _IN_LETTERS.findall(shown))
    return Counter(
        [
            *(re.sub(r"[^\d+]", "", match) for match in TELEPHONE.findall(shown)),
            *(number for number in in_letters if len(number) >= _FEWEST_SIGNS),
        ]
    )


def _links(text: str, language: str) -> Counter[str]:
    return Counter(
        span.link
        for span in spans(text, language)
        if span.link and span.link.lower().startswith(LINK_SCHEMES)
    )


def _addresses(text: str, language: str) -> Counter[str]:
    """Return the addresses of the web that are printed, and no links: each once."""
    return Counter({f"//{one.lower()}" for one in _ADDRESS.findall(without_links(text))})


def _words_to_send(text: str, language: str) -> Counter[str]:
    """Return the words in capitals beside a number that takes texts."""
    shown = in_latin_digits(plain(text, language))
    return Counter(set(_CAPITALS.findall(shown)) if _TEXT_NUMBER.search(shown) else ())


def _units(text: str, language: str) -> Counter[str]:
    """Return the units of doses in Latin letters, each once; mcg and µg are the same."""
    units = {unit.lower() for unit in _UNIT.findall(in_latin_digits(plain(text, language)))}
    return Counter({"mcg" if unit in _MICROGRAMS else unit for unit in units})


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
    _Sameness("address", _links, "write addresses as the original has them", _if_elsewhere),
    _Sameness("printed address", _addresses, "write addresses as the original", _if_elsewhere),
    _Sameness("word to send", _words_to_send, "try whether this word is answered", _as_a_doubt),
    _Sameness("unit", _units, "write units as the original has them", is_swap=True),
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
    left = re.findall(r"\b[a-z]{2,}", without_links(words))
    return len(left) > len(_WORD.findall(words)) / 2 and len(left) > 2
