"""Words and their language to what belongs together on a line.

A line should not end in a word that leans on the next ("of", "the"), nor within a name. It must not
end between a number and its unit, or within a telephone number, which are read as one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_LEANING = {
    "en": """a an the of to in on at by for from with into and or nor but as if than that which
        who whose is are was were be its it no not do does we our your their his her this these
        those more most very""",
    "es": """a al con de del e el en la las los lo le les mi más no o para por que se sin su sus tu
        u un una unas unos y""",
    "fr": """à au aux avec ce ces dans de des du en et la le les leur leurs ne ou par pas pour que
        qui sa sans se ses son sur un une""",
}
_WORDS = {language: frozenset(words.split()) for language, words in _LEANING.items()}

_TOGETHER = {
    # After a number: measures, times and amounts, in the languages of the table above.
    "units": """mg g kg mcg µg ml mL l cc oz lb lbs mm cm m km in ft mi pt % ° °C °F h hr hrs min
        sec hour hours minute minutes second seconds day days week weeks month months year years
        a.m. p.m. am pm AM PM A.M. P.M. o’clock percent million billion thousand dollars cents
        Floor hora horas minuto minutos día días semana semanas mes meses año años por millones
        heure heures jour jours semaine semaines mois an ans pour euros""",
    # Before a number.
    "counted": """No. no. Nos. nos. Nr. n° nº p. pp. § Suite Ste. Room Rm. Floor Box Apt. Apt Unit
        Ext. ext. ext Tel Tel: Tel. Fax Fax: Fig. Page page Step step Section vol. Route Hwy.
        Oficina Sala Piso""",
    # Before a name.
    "titles": "Dr. Mr. Mrs. Ms. Mx. St. Sr. Sra. Dra. Prof. M. Mme",
}
Names = tuple[tuple[str, ...], ...]  # each name's words, as `names_of` returns them

_UNITS, _COUNTED, _TITLES = (frozenset(words.split()) for words in _TOGETHER.values())
_NUMBER = re.compile(r"[(“‘]?[$€£~≈<>≤≥±+−-]?\d[\d.,:/–-]*(?:st|nd|rd|th)?")
_AREA_CODE = re.compile(r"\+\d{1,3}|\(?\d{3}\)")
_OPEN, _CLOSE = "(“‘\"'", ".,;:!?)”’\"'"
# Signs with a space before them, as in French: no line begins with them (UAX #14, LB13).
_CLOSING = re.compile(r"[.,;:!?)\]}»/…]+")


@lru_cache(maxsize=4096)  # small words come again and again
def leans(word: str, language: str = "en") -> bool:
    """Return whether a line that ends in `word` reads as broken off ("a", "of", "the")."""
    return word.lower() in _WORDS.get(language.partition("-")[0], frozenset())


def is_small(word: str, language: str = "en") -> bool:
    """Return whether a word says nothing alone, in any language: "of", "für", "I"; not "YOUR"."""
    letters = "".join(filter(str.isalnum, word))
    is_short = letters.islower() and len(letters) <= 3
    return len(letters) == 1 or is_short or (letters.islower() and leans(letters, language))


@lru_cache(maxsize=4096)
def holds(word: str, following: str) -> bool:
    """Return whether words belong together: `5 mg`, `Suite 510`, `(212) 213-6376`, `Dr. Ruiz`."""
    if _CLOSING.fullmatch(following):
        return True
    bare = word.lstrip(_OPEN)
    if bare in _TITLES:
        return following[:1].isupper()
    if _AREA_CODE.fullmatch(word) or bare in _COUNTED:
        return any(character.isdigit() for character in following[:2])
    if not _NUMBER.fullmatch(word):
        return False
    return following in _UNITS or following.rstrip(_CLOSE) in _UNITS


def ends_badly(lines: list[str], language: str = "en") -> int:
    """Return how many of the lines but the last end where they should not."""
    words = [line.split() for line in lines]
    ends = ((line[-1], following[0]) for line, following in itertools.pairwise(words))
    return sum(leans(last, language) or holds(last, first) for last, first in ends)


def names_of(texts: Iterable[str]) -> Names:
    """Return names of two words and more, to be compared with words of any text."""
    names = (tuple(_bare(word) for word in text.split()) for text in texts)
    return tuple(name for name in dict.fromkeys(names) if len(name) > 1)


def cuts_names(lines: Sequence[str], names: Names) -> int:
    """Return how often names are cut at ends of lines: `the Harm / Reduction Coalition` cuts two.

    A name within another counts too, so that the longer one is cut where the shorter stays whole.
    """
    if not names or len(lines) < 2:
        return 0
    words = [_bare(word) for line in lines for word in line.split()]
    ends = list(itertools.accumulate(len(line.split()) for line in lines))[:-1]
    places = (
        (at, at + len(name))
        for name in names
        for at in range(len(words) - len(name) + 1)
        if tuple(words[at : at + len(name)]) == name
    )
    return sum(first < end < last for first, last in places for end in ends)


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()
