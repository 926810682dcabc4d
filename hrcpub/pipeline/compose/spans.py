"""The times of a span to its bar, true to scale, and to the places of the words at it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hrcpub.problems import Problem
from hrcpub.project.words import Words
from hrcpub.records import record
from hrcpub.units import css

if TYPE_CHECKING:
    from markupsafe import Markup

Times = Sequence[Mapping[str, Any]]  # entries of a slot: `at`, `strength`, and words

# What stands so near to an end of the bar, as a share of its length, has its words at that end: the
# bar still shows where it is.
_NEAR = 0.05
_ROOM = 60.0  # points: words with less of it before a fold stand behind that
_THIN = 1.5  # points: the line that the bar is where it has no strength


@record
class SpanMark:
    """Words at a span's bar. Lengths in points, from the end at which it begins."""

    number: Words
    text: Words | None
    left: float
    wide: float
    is_last: bool  # it ends where the bar ends: ranged to there


def span_marks(
    times: Times, wide: float, gutter: float, folds: Sequence[float] = (), clear: float = 0.0
) -> list[SpanMark]:
    """Return where the words of a span stand: each from its time to the next one's, less a gutter.

    Words stay `clear` of `folds`, that is of x from the end at which it begins.
    """
    said = [entry for entry in times if entry.get("number")]
    places = [_place(float(entry["at"]), times, wide) for entry in said]
    return [
        _mark(entry, index, places, wide, gutter, [(x - clear, x + clear) for x in folds])
        for index, entry in enumerate(said)
    ]


def _place(at: float, times: Times, wide: float) -> float:
    """Return a time's x; of one near to an end, that end's."""
    x = at * wide / (max(float(entry["at"]) for entry in times) or 1)
    return 0.0 if x < _NEAR * wide else wide if x > (1 - _NEAR) * wide else x


def _mark(
    entry: Mapping[str, Any],
    index: int,
    places: Sequence[float],
    wide: float,
    gutter: float,
    bare: Sequence[tuple[float, float]],
) -> SpanMark:
    """Return one mark; `bare` are bands in which no words stand."""
    x = places[index]
    if x == wide:
        # The last shares what is between it and the one before, on its own side of the folds.
        left = (places[index - 1] + wide + gutter) / 2 if index else 0.0
        left = max([left, *(end for _, end in bare if end < wide)])
        return SpanMark(entry["number"], entry.get("text"), left, wide - left, True)
    after = next((place for place in places[index + 1 :] if place > x), wide + gutter)
    right = (x + wide - gutter) / 2 if after == wide else after - gutter
    left = max([x, *(end for start, end in bare if start - _ROOM < x < end)])
    right = min([right, *(start for start, _ in bare if left < start)])
    return SpanMark(entry["number"], entry.get("text"), left, right - left, False)


def drawn_span(
    times: Times, wide: float, high: float, ink: str, is_right_to_left: bool = False
) -> Markup:
    """Return a span's bar as SVG: as long as its times, as thick as they are strong.

    It begins where lines do. It says nothing to a screen reader: its words do.
    """
    from markupsafe import Markup

    last = max(float(entry["at"]) for entry in times) or 1
    points = [(0.0, high), *_outline(times, wide / last, high), (wide, high)]
    if is_right_to_left:
        points = [(wide - x, y) for x, y in points]
    outline = " L".join(f"{x:.2f} {y:.2f}" for x, y in points)
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:.2f} {high:.2f}" role="img" '
        f'style="display:block;width:{css(wide)};height:{css(high)}"><title></title>'
        f'<path fill="{ink}" d="M{outline} Z"/></svg>'
    )


def _outline(times: Times, unit: float, high: float) -> Iterator[tuple[float, float]]:
    """Yield the upper edge of a bar, from its beginning; y downwards."""
    thin = high - min(_THIN, high)
    yield (0.0, thin if times[0]["at"] else _top(times[0], high, thin))
    for entry in times:
        yield (float(entry["at"]) * unit, _top(entry, high, thin))


def _top(entry: Mapping[str, Any], high: float, thin: float) -> float:
    return min(thin, high * (1 - float(entry["strength"])))


def backwards(times: Times, slot: Words | None) -> Iterator[Problem]:
    """Yield a Problem where a time is not later than the one before it."""
    for before, entry in itertools.pairwise(times):
        if float(entry["at"]) <= float(before["at"]):
            yield span_backwards(float(before["at"]), float(entry["at"]), slot)


def span_backwards(before: float, after: float, words: Words | None) -> Problem:
    """The times of a span are not in their order, so that its bar would run backwards.

    Fix: sort the entries by `at:`. Each must be later than the one before it.
    """
    return Problem(
        "span-backwards",
        f"{after:g} comes after {before:g} in this span",
        words.source if words else None,
        "write the times in their order, each later than the one before",
    )


CODES = {"span-backwards": span_backwards}
