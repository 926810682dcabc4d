"""Large lines of a title on a page to what tears it: sizes too unlike, holes between lines.

Titles that are fitted (`set.fill`, `set.spread`) are never torn. This looks at what a template made
of its lines in the end.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import AuthorText, Html
from hrcpub.pipeline.typeset import laid_text
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidText
from hrcpub.pipeline.typeset.text_owners import TextOwners
from hrcpub.problems import Problem, Severity

UNEVEN = 2.4  # times the smallest line: what is larger shouts; a first word may be the picture
HOLE = 0.9  # of the lower line's rise: a wider gap between two lines is a hole
TITLES = frozenset({"words.title", "words.question", "words.reach"})  # slots
TAILED, TAIL = set("gjpqyQ,"), 0.2  # letters with tails, and how deep these are
CAPITALS = 0.73  # of its size that a line of capitals rises, in condensed gothics
_LATIN = pattern("[A-Za-z]")


class _TitleRow(NamedTuple):
    """One line of a title; lengths in points."""

    baseline: float  # from the page's head
    size: float
    rise: float  # from the baseline to the ink's top, about
    tail: float  # how far its letters reach under the baseline, about


def torn_titles(pages: list[LaidPage], html: Html, owners: TextOwners) -> Iterator[Problem]:
    """Yield a Problem for each title whose lines are too unlike, or too far apart."""
    for page in pages:
        for title, rows in _titles(page, html, owners).items():
            if _is_ambiguous(title, html):
                continue
            # The first may be the picture, and stand apart from what it begins.
            rest = [row.size for row in rows[1:]]
            # What its author marked in the file weighs more.
            is_marked = "*" in (title.source.quote or "")
            if rest and max(rest) > UNEVEN * min(rest) and not is_marked:
                yield title_uneven(title, max(rest) / min(rest))
            gaps = [
                (lower.baseline - upper.baseline - upper.tail) / lower.rise - 1
                for upper, lower in itertools.pairwise(rows[1:])
            ]
            if max(gaps, default=0.0) > HOLE:
                yield title_gap(title, max(gaps))


def _is_ambiguous(title: AuthorText, html: Html) -> bool:
    """Return whether another text says the same: then its lines cannot be told from the title's."""
    return any(
        other.slot != title.slot and (title.text in other.text or other.text in title.text)
        for other in html.words
    )


def _titles(page: LaidPage, html: Html, owners: TextOwners) -> dict[AuthorText, list[_TitleRow]]:
    """Return the large lines of each title on a page, from its head downwards."""
    found: dict[AuthorText, set[_TitleRow]] = {}
    for text in page.texts:
        if text.element is None or text.look.families[0] != html.display:
            continue
        owner = owners.of(text.element, text.text)
        if owner and owner.slot in TITLES:
            size = round(laid_text.printed_size(text), 1)
            row = _TitleRow(round(text.baseline, 1), size, *_reach(text, size))
            found.setdefault(owner, set()).add(row)
    return {owner: sorted(rows) for owner, rows in found.items()}


def _reach(text: LaidText, size: float) -> tuple[float, float]:
    """Return how far a line's ink rises, and how far it hangs: a guess for Latin letters."""
    if _LATIN.search(text.text):
        return CAPITALS * size, TAIL * size if TAILED & set(text.text) else 0.0
    ink = laid_text.ink(text)
    return text.baseline - ink.top, max(0.0, ink.bottom - text.baseline)


def title_uneven(title: AuthorText, times: float) -> Problem:
    """Of a title's lines, besides the first, one is much larger than another: it looks torn.

    Fix: cut the title into lines with `set.fill`, which keeps sizes near each other. If some words
    are to weigh more, mark them: `We Carry *Naloxone*`.
    """
    return Problem(
        "title-uneven",
        f'a line of "{title.slot}" is {times:.1f} times as large as another',
        title.source,
        "change the words, or mark those that matter most: *so*",
        Severity.WARNING,
    )


def title_gap(title: AuthorText, share: float) -> Problem:
    """Two lines of a title are so far apart that they look like two titles.

    Fix: space its lines with `set.spread`, which keeps them together.
    """
    return Problem(
        "title-gap",
        f'two lines of "{title.slot}" are {share:.1f} times as far apart as the lower is high',
        title.source,
        "change the words, or ask the designer to keep the lines together",
        Severity.WARNING,
    )


CODES = {"title-uneven": title_uneven, "title-gap": title_gap}
