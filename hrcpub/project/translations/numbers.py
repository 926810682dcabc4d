"""A text and its translation to the numbers and times of day that one of them has alone.

Each language has its own clock and its own way to write a number: 7:30 pm is `19.30 Uhr`, 10,000 is
`1万`. What says the same is the same. Of two times, one on a clock of twelve hours, the half of the
day must be said by one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hrcpub.project.clock_words import FROM_SUNRISE, NOON, clock_words, plain_words
from hrcpub.project.digits import latin_digits
from hrcpub.project.languages import main_part
from hrcpub.project.markup import spans as spans_of
from hrcpub.project.moments import Moment, moments
from hrcpub.project.translations.months import months_in, numbered_months

# Seven digits and more, but no date (2026-11-28, 28.11.2026) and no span of years.
TELEPHONE = re.compile(
    r"(?<![\w.,])(?!\d{4}-\d\d-\d\d(?!\d)|\d{4}-\d{4}(?!\d))"
    r"(?!\d{1,2}[.-] ?\d{1,2}[.-] ?(?:\d\d){1,2}(?![.-]?\d))"
    r"\+?\(?\d(?:[ ().\u00a0\u202f-]*\d){6,}(?!\w)"
)
_NUMBER = re.compile(r"\d+(?:[.,'’]\d+|[\u00a0\u202f]\d{3}(?!\d))*")
_DATE = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}\.(?:(?:\d\d){1,2}(?![\d.])|(?!\d))")  # 28.11.2026
# 1,000,000; in India 10,00,000.
_THOUSANDS = re.compile(r"\d{1,3}(?:\D\d{3})+|\d{1,2}(?:,\d\d)+,\d{3}")
# What a number is multiplied by where it stands before such a word.
_MULTIPLES = {
    "万": 10_000, "萬": 10_000, "만": 10_000, "亿": 10**8, "億": 10**8, "억": 10**8,
    "千": 1000, "천": 1000, "百": 100, "백": 100,
    "लाख": 10**5, "লাখ": 10**5, "لاکھ": 10**5, "करोड़": 10**7, "কোটি": 10**7,
}  # fmt: skip
_MULTIPLE = re.compile(rf"(\d+(?:[.,]\d+)?) ?({'|'.join(_MULTIPLES)})")
# "1.5 million", in the languages that have such a word of the same root.
_MILLIONS = re.compile(
    r"(\d+(?:[.,]\d+)?)[ \u00a0](?:mill?i|มิลลิ|милли|мільй|mily)\w*", re.IGNORECASE
)
_CJK = "\u2e80"  # from here on a sign is a word
_BUDDHIST = 543  # years before our era
_BY_BUDDHA = frozenset({"th", "lo", "km", "my"})


class Apart(NamedTuple):
    """What one of a text and its translation has alone."""

    numbers: tuple[list[str], list[str]]  # that the translation lacks, and that it adds
    times: tuple[list[str], list[str]]
    doubtful: tuple[list[str], list[str]]  # times of which the half of the day is not said


def in_latin_digits(text: str) -> str:
    """Return a text with the digits of all scripts as Latin ones, and their signs too."""
    return latin_digits(text).replace("\u066b", ".").replace("\u066c", ",").replace("\u066a", "%")


def without_links(text: str) -> str:
    """Return what is read of a text without the links in it."""
    return " ".join(span.text for span in spans_of(text) if not span.link)


def apart(text: str, words: str, written: str, language: str) -> Apart:
    """Return what a text, in the language `written`, and its translation do not share.

    Numbers are counted once each: a language may have to say a number twice.
    """
    there, here = (_Told(_bare(one), name) for one, name in ((text, written), (words, language)))
    ours = moments(there.text, written)
    is_told = there.all == here.all and not any(one.is_clock for one in ours)
    if is_told:  # most texts; what a language calls the parts of the day need not be known
        return Apart(([], []), ([], []), ([], []))
    theirs = moments(here.text, language)
    pairs = _matched(ours, theirs, language)
    times = _unlike(ours, theirs, pairs)
    left = (
        _without(there, [one for one, _ in pairs], times[0]),
        _without(here, [other for _, other in pairs], times[1]),
    )
    numbers = _numbers_apart(left[0], left[1], there.all, here.all)
    return Apart(
        _with_other_names(numbers, there, here),
        ([_shown(one) for one in times[0]], [_shown(one) for one in times[1]]),
        _halves_unsaid(pairs, here.text, language),
    )


class _Told(NamedTuple):
    """A text without telephones and links, and its language."""

    text: str
    language: str

    @property
    def all(self) -> set[str]:
        """Its numbers."""
        return set(numbers_in(self.text))


def _shown(moment: Moment) -> str:
    """Return a time as it was typed, without the full stop of a sentence: `7 pm`, but `7 p.m.`."""
    return re.sub(r"(?<=[ap]m)\.$", "", moment.text)


def _bare(text: str) -> str:
    return TELEPHONE.sub(" ", in_latin_digits(without_links(text)))


def numbers_in(text: str) -> Iterator[str]:
    """Yield the numbers of a text, as all languages could write them."""
    apart = _DATE.sub(lambda date: date[0].replace(".", " "), text)
    return map(_value, _NUMBER.findall(apart))


def _value(number: str) -> str:
    """Return a number as all languages could write it: `1.5` of `1,5`, `1000` of `1,000`."""
    if _THOUSANDS.fullmatch(number):
        return re.sub(r"\D", "", number)
    whole, *rest = re.split(r"\D", number)
    return ".".join([whole.lstrip("0") or "0", *rest])


_Matched = tuple[Moment, Moment]  # of a text, and of its translation


def _matched(ours: tuple[Moment, ...], theirs: tuple[Moment, ...], language: str) -> list[_Matched]:
    """Return which moments of a text are which of its translation.

    First each with one, times before numbers that may be some; then times that are said once more.
    """
    found: dict[int, int] = {}
    taken = set[int]()
    for is_ours, is_theirs in ((True, True), (True, False), (False, True)):
        free = [n for n, two in enumerate(theirs) if two.is_clock is is_theirs]
        for number, one in enumerate(ours):
            if one.is_clock is not is_ours or number in found:
                continue
            free = [n for n in free if n not in taken]
            match = next((n for n in free if _is_same(one, theirs[n], language)), None)
            if match is not None:
                found[number] = match
                taken.add(match)
    pairs = [(ours[one], theirs[two]) for one, two in found.items()]
    alone = [one for number, one in enumerate(ours) if one.is_clock and number not in found]
    said_again = [two for number, two in enumerate(theirs) if two.is_clock and number not in taken]
    pairs += [pair for one in alone for pair in _first(one, theirs, language)]
    return pairs + [pair for two in said_again for pair in _first_of(ours, two, language)]


def _first(one: Moment, theirs: tuple[Moment, ...], language: str) -> list[_Matched]:
    return [(one, two) for two in theirs if _is_same(one, two, language)][:1]


def _first_of(ours: tuple[Moment, ...], two: Moment, language: str) -> list[_Matched]:
    return [(one, two) for one in ours if _is_same(one, two, language)][:1]


def _is_same(one: Moment, two: Moment, language: str) -> bool:
    if not one.minutes & two.minutes:
        return False
    if main_part(language) in FROM_SUNRISE and one.is_clock:
        return True
    return one.minutes == two.minutes or one.is_said or two.is_said


def _unlike(
    ours: Iterable[Moment], theirs: Iterable[Moment], pairs: list[_Matched]
) -> tuple[list[Moment], list[Moment]]:
    """Return the exact times that stand in one text alone, where both have some."""
    known = [{id(pair[side]) for pair in pairs} for side in (0, 1)]
    left = [
        [
            one
            for one in all_
            if one.is_clock and one.digits and len(one.minutes) == 1 and id(one) not in paired
        ]
        for all_, paired in ((ours, known[0]), (theirs, known[1]))
    ]
    return (left[0], left[1]) if all(left) else ([], [])


def without_shared_times(text: str, words: str, written: str, language: str) -> tuple[str, str]:
    """Return a text and its translation without the times of day that both have."""
    pairs = _matched(moments(text, written), moments(words, language), language)
    return _cut(text, [one for one, _ in pairs]), _cut(words, [other for _, other in pairs])


def _without(told: _Told, *known: Iterable[Moment]) -> set[str]:
    """Return the numbers of a text without those of moments that are spoken for."""
    return set(numbers_in(_cut(told.text, *known)))


def _cut(text: str, *known: Iterable[Moment]) -> str:
    spans = sorted({(one.start, one.end) for some in known for one in some}, reverse=True)
    for start, end in spans:
        text = f"{text[:start]} {text[end:]}"
    return text


def _numbers_apart(
    there: set[str], here: set[str], all_there: set[str], all_here: set[str]
) -> tuple[list[str], list[str]]:
    """Return the numbers that one text lacks; what it has in a time is not lacking."""
    lacks, more = there - here, here - there
    if not more:
        lacks -= all_here
    if not lacks:
        more -= all_there
    return sorted(lacks), sorted(more)


def _with_other_names(
    numbers: tuple[list[str], list[str]], there: _Told, here: _Told
) -> tuple[list[str], list[str]]:
    """Return numbers without those that the other text writes in another way."""
    lacks, more = (set(found) for found in numbers)
    if not lacks and not more:
        return numbers
    for mine, other, found in ((there, here, lacks), (here, there, more)):
        found -= numbered_months(mine.text, mine.language) & months_in(other.text, other.language)
    names = (_other_names(there), _other_names(here))
    for lacking in sorted(lacks):
        for added in sorted(more):
            if {lacking, *names[0].get(lacking, ())} & {added, *names[1].get(added, ())}:
                lacks.discard(lacking)
                more.discard(added)
    return sorted(lacks), sorted(more)


def _other_names(told: _Told) -> dict[str, set[str]]:
    """Return what the numbers of a text are in other ways of counting: 10000 of `1万`."""
    names: dict[str, set[str]] = {}
    for number, word in _MULTIPLE.findall(told.text):
        names.setdefault(_value(number), set()).add(_multiplied(number, _MULTIPLES[word]))
    for number in _MILLIONS.findall(told.text):
        names.setdefault(_value(number), set()).add(_multiplied(number, 1_000_000))
    if main_part(told.language) in _BY_BUDDHA:
        for year in re.findall(r"(?<!\d)2[45]\d\d(?!\d)", told.text):
            names.setdefault(year, set()).add(str(int(year) - _BUDDHIST))
    return names


def _multiplied(number: str, by: int) -> str:
    return f"{round(float(_value(number)) * by)}"


def _halves_unsaid(pairs: list[_Matched], words: str, language: str) -> tuple[list[str], list[str]]:
    """Return times after noon whose translation has the same number on a clock of 24 hours.

    There it is in the morning. Not where the sentence says the part of the day somewhere else.
    """
    known = clock_words(language)
    doubtful = [
        (_shown(one), _shown(two))
        for one, two in pairs
        if known.is_by_24 and one.has_half and min(one.minutes) >= NOON + 60
        if two.is_clock and not two.is_said and len(two.minutes) > 1
    ]
    plain = plain_words(words)
    names = (name for name in known.parts if len(name) > 2 or name[0] > _CJK)
    said = any(name in plain for name in names)
    return ([], []) if said else ([a for a, _ in doubtful], [b for _, b in doubtful])
