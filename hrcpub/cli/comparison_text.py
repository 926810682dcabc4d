"""A comparison to lines for a terminal: a word diff, and boxes in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Protocol

import click

from hrcpub.pipeline.compare.records import Comparison, LookChange, PagePair, WordChange
from hrcpub.pipeline.compare.wording import in_short, joined
from hrcpub.units import POINTS_PER_UNIT

MOST_WORDS = 30  # changes of a page that are shown
MOST_LOOKS = 6  # places
_WHY = {
    "moved": "the same words stand elsewhere",
    "drawn": "is drawn otherwise",
    "size": "the page has another size",
}


class HasComparison(Protocol):
    """What was compared, and what its two sides are called."""

    @property
    def before_called(self) -> str:
        """The earlier side."""
        ...

    @property
    def after_called(self) -> str:
        """The later side."""
        ...

    @property
    def comparison(self) -> Comparison:
        """What differs."""
        ...


def comparison_lines(one: HasComparison) -> Iterator[str]:
    """Yield what differs between two files; one line where nothing does."""
    comparison = one.comparison
    if comparison.is_same:
        yield f"{one.after_called}: the same as {one.before_called}"
        return
    head = click.style(one.after_called, bold=True)
    yield f"{head}: differs from {one.before_called}: {in_short(comparison)}"
    for page in comparison.changed:
        yield f"  {_page(page)}"
        for line in _page_lines(page):
            yield f"    {line}"


def _page(page: PagePair) -> str:
    if page.before is None:
        return f"page {page.after} is new: {page.count:,} words"
    if page.after is None:
        return f"page {page.before} is gone: {page.count:,} words"
    was = f" (was page {page.before})" if page.before != page.after else ""
    return f"page {page.after}{was}"


def _page_lines(page: PagePair) -> Iterator[str]:
    for change in page.words[:MOST_WORDS]:
        yield word_line(change)
    if len(page.words) > MOST_WORDS:
        yield f"… and {len(page.words) - MOST_WORDS} more changes of words"
    looks = page.own_looks
    for look in looks[:MOST_LOOKS]:
        yield _look(look)
    if len(looks) > MOST_LOOKS:
        kinds = Counter(look.kind for look in looks[MOST_LOOKS:])
        yield f"… and {kinds.total()} more places"


def word_line(change: WordChange) -> str:
    """Return a change in its place: what is gone as [-so-], what is new as {+so+}, as git does."""
    parts = [joined(change.lead)] if change.lead else []
    if change.removed:
        parts.append(click.style(f"[-{joined(change.removed)}-]", fg="red"))
    if change.added:
        parts.append(click.style(f"{{+{joined(change.added)}+}}", fg="green"))
    if change.tail:
        parts.append(joined(change.tail))
    return " ".join(parts)


def _look(look: LookChange) -> str:
    if look.kind == "size":
        return f"looks: {_WHY['size']}"
    left, top, right, foot = (round(edge / POINTS_PER_UNIT["mm"]) for edge in look.box)
    size = f"{max(1, right - left)} × {max(1, foot - top)} mm"
    return f"looks: {_WHY[look.kind]}, {size} at {left}, {top} mm from the upper left corner"
