"""A text and its language to where its lines may end: the segmenter's one door, and its words.

Most scripts set a space between words, and a line ends there. Thai, Lao, Khmer, Burmese, Chinese
and Japanese do not: dictionaries and the rules of Unicode (UAX #14) know where their words end
(ICU, through icu4py), and budoux where a Japanese or a Chinese phrase does. U+200B between words
(a space without width) is a chance in any script; so are the word signs of Amharic and Tibetan.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from hrcpub.pipeline.setting.sense import follows, leans
from hrcpub.problems import Problem, Source
from hrcpub.project.languages import main_part

CHANCE = "\u200b"  # in display lines: a line may end here, and there is no space

BETWEEN_WORDS = 0.01  # the cost of a line that ends within a Japanese phrase, between two words
LONG_PHRASE = 5  # letters: from which on a display line may end within it, between words

LEANING = 0.012  # the cost of a line that ends in "of": as much as one that is 11 % off


class Break(NamedTuple):
    """A place where a line may end."""

    at: int  # after the last letter of the line
    to: int  # where the next line begins: `at`, or after the space
    cost: float = 0.0  # of a line that ends here, as `rag` reckons
    is_hyphen: bool = False  # it is within a word, and the line ends in a hyphen

    @property
    def is_spaced(self) -> bool:
        """Return whether the words are parted by a space, or by one without width."""
        return self.to > self.at


def is_marked(text: str, language: str = "en") -> bool:
    """Return whether lines of a text may end at more than its spaces and dashes."""
    if text.isascii() or (main_part(language) == "ko" and CHANCE not in text):
        return False
    if not _has_beyond(text):
        return False
    from hrcpub.pipeline.setting.segments import may_be_cut

    return may_be_cut(text)


def _has_beyond(text: str) -> bool:
    """Return whether a text has what may end a line without a space, or a letter near to it.

    Most texts have none, and then nothing is loaded of what knows more (`segments.py`). Why not a
    pattern: one of so many letters takes longer to make than a page's texts to look through.
    """
    signs = set(text)
    return any("\u0dff" < sign < "\u2000" or sign == CHANCE or sign > "\u2e7f" for sign in signs)


@lru_cache(maxsize=1024)  # a text is measured before it is set
def breaks(text: str, language: str = "en") -> tuple[Break, ...]:
    """Return where lines of a text may end, the end of the text apart.

    Where the segmenter is not installed, the chances are spaces and what authors typed;
    `line_breaks_unknown` says so.
    """
    if text.isascii() and " " not in text:  # one word, for which nothing need be loaded
        return ()
    from hrcpub.pipeline.setting.segments import is_legal, places_in

    places = places_in(text, language, has_dictionaries=has_segmenters())
    found = [Break(len(text[:to].rstrip(f" {CHANCE}")), to, places[to]) for to in sorted(places)]
    legal = [place for place in found if place.at > 0 and is_legal(text, place.at, place.to)]
    return tuple(_weighed(text, legal, language))


def _weighed(text: str, places: list[Break], language: str) -> Iterator[Break]:
    """Yield the breaks, those between a word and what leans on it with a cost."""
    ends = [place for place in places if not place.cost]
    starts = [0, *(place.to for place in ends)]
    words = zip(starts, [*(place.at for place in ends), len(text)], strict=True)
    of = {start: text[start:end] for start, end in words}
    before = dict(zip(starts[1:], of.values(), strict=False))
    for place in places:
        is_word = place.to in before and not place.is_spaced
        if is_word and (leans(before[place.to], language) or follows(of[place.to], language)):
            yield place._replace(cost=LEANING)
        else:
            yield place


def words_of(text: str, language: str = "en") -> list[str]:
    """Return the words of a text; of Japanese and Chinese, the phrases."""
    if not is_marked(text, language):
        return text.split()
    ends = [place for place in breaks(text, language) if place.cost == 0]
    starts = [0, *(place.to for place in ends)]
    pieces = zip(starts, [*(place.at for place in ends), len(text)], strict=True)
    return [word for start, end in pieces for word in text[start:end].split()]


def chances(text: str, language: str = "en") -> str:
    """Return the text of a display line, each chance without a space as U+200B and a space.

    So its words are what `split` finds, in any script, and `whole` makes the line of some of them.
    """
    if not is_marked(text, language):
        return text
    pieces, start = [], 0
    for place in _places_of_display(text, language):
        glue = " " if " " in text[place.at : place.to] else f"{CHANCE} "
        pieces.append(text[start : place.at] + glue)
        start = place.to
    return "".join([*pieces, text[start:]])


def _places_of_display(text: str, language: str) -> Iterator[Break]:
    """Yield where display lines may end: after phrases, and between words in long ones."""
    ends = [0, *(place.to for place in breaks(text, language) if not place.cost), len(text)]
    for place in breaks(text, language):
        at = bisect_right(ends, place.to - 1)
        if not place.cost or (
            ends[at] - ends[at - 1] > LONG_PHRASE and place.cost == BETWEEN_WORDS
        ):
            yield place


def whole(line: str) -> str:
    """Return a display line as it is read, without the marks of chances."""
    return line.replace(f"{CHANCE} ", "").replace(CHANCE, "") if CHANCE in line else line


@cache
def has_segmenters() -> bool:
    """Return whether the extra `scripts` is there: icu4py and budoux."""
    from importlib.util import find_spec

    return find_spec("icu4py") is not None and find_spec("budoux") is not None


def has_unknown(text: str, language: str) -> bool:
    """Return whether a text needs the segmenter, and it is not there."""
    if text.isascii() or main_part(language) == "ko":
        return False
    if CHANCE in text or not _has_beyond(text) or has_segmenters():
        return False
    from hrcpub.pipeline.setting.segments import LONG

    return LONG.search(text) is not None


def line_breaks_unknown(language: str, place: Source | None) -> Problem:
    """These words have no spaces between them, and nothing here knows where their lines may end.

    Thai, Lao, Khmer, Burmese, Chinese and Japanese are written so. Programs that know their words
    are an extra of hrcpub, since they are large.

    Fix: install them: `pip install "hrcpub[scripts]"`. Or type U+200B, a space without width,
    between the words of each text: a line may end there.
    """
    return Problem(
        "line-breaks-unknown",
        f'where lines may end in "{language}" is not known: its words have no spaces between them',
        place,
        'install the extra for it: pip install "hrcpub[scripts]"; or type U+200B between words',
    )
