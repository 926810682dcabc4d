"""Laid-out pages to texts that end in a colon and are not followed by their list where they stand.

An opening is what is seen at once: a page, or two that face each other. A mark that says where to
go on (`data-turn`) on the text's page will do too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import AuthorText, Html
from hrcpub.pipeline.typeset.laid_page import LaidPage
from hrcpub.pipeline.typeset.text_owners import TextOwners
from hrcpub.problems import Problem

_ENTRY = pattern(r"words\.[\w-]+\.1\.[\w-]+")
TURN = "data-turn"


def ends_in_colon(html: Html) -> list[AuthorText]:
    """Return the running texts that promise a list: those of offices, lists and labels are none."""
    own = re.compile(r"words\.[\w-]+(\.\d+)?")
    texts = (text for text in html.words if text.text.rstrip().endswith((":", "：")))
    return [text for text in texts if text.role == "text" and own.fullmatch(text.slot)]


def colons(pages: list[LaidPage], html: Html, owners: TextOwners) -> Iterator[Problem]:
    """Yield a Problem for each text that ends in a colon without its list on the same opening.

    Pages that come as the words need them have the list next: they are not asked.
    """
    if html.sides is None:
        return
    announcing = ends_in_colon(html)
    if not announcing:
        return
    turns = {page.number for page in pages if _turns(page)}
    standing = _standing(pages, owners)
    for text in announcing:
        rest = html.words[html.words.index(text) :]
        first = next((entry for entry in rest if _ENTRY.fullmatch(entry.slot)), None)
        last = max(standing.get(id(text), ()), default=0)
        if first is None or not last or last in turns:
            continue
        lists = {_opening(number, html.sides) for number in standing.get(id(first), ())}
        if _opening(last, html.sides) not in lists:
            yield colon_turns(text)


def _opening(page: int, sides: int) -> int:
    """Return which opening a page is of: of a leaf each side is one, in a booklet 2 and 3."""
    return page if sides <= 2 else page // 2


def _turns(page: LaidPage) -> bool:
    return any(
        text.element is not None and text.element.get(TURN) is not None for text in page.texts
    )


def _standing(pages: list[LaidPage], owners: TextOwners) -> dict[int, set[int]]:
    """Return the pages on which each author's text stands, by its `id`."""
    standing: dict[int, set[int]] = {}
    for page in pages:
        for laid in page.texts:
            if not laid.text.isspace() and (owner := owners.of(laid.element, laid.text)):
                standing.setdefault(id(owner), set()).add(page.number)
    return standing


def colon_turns(text: AuthorText) -> Problem:
    """A text ends in a colon, and its list is not on the same opening: it points at nothing.

    Fix: end the text with a full stop, or put the list beside or under it in the layout's
    template. Where the list is on the back, a template says so with `c.turn_over()`.
    """
    return Problem(
        "colon-turns",
        f'"{text.slot}" ends in a colon, but what it announces is on another page',
        text.source,
        "end it with a full stop, or ask the designer for a mark that says to turn over",
    )


CODES = {"colon-turns": colon_turns}
