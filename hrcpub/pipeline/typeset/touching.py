"""Texts on a page to those whose letters touch letters of another line.

Each line's reach is a rectangle, and cheap; only where two reaches meet are letters looked at, and
only of those that meet the outlines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import laid_text
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidRect, LaidText
from hrcpub.pipeline.typeset.letterforms import Letter, letters, outer, reach
from hrcpub.pipeline.typeset.misplaced import Misplaced
from hrcpub.pipeline.typeset.shapes import do_meet

# Points: in display type, what is nearer than 0.14 mm grows together on paper, where ink spreads.
# The letters of a word are often nearer in small type, so there it is a hundredth of the size.
TOUCH, SHARE = 0.4, 1 / 100


def touching(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Lower lines whose letters touch those of a line above, each once."""
    held = [text for text in texts if "overlap" not in text.area.may]
    # Few are near another: only of those it is looked up how far they reach.
    near = {id(text) for _, one, _, other in _near(held, outer) for text in (one, other)}
    held = [text for text in held if id(text) in near]
    reported: set[int] = set()
    for room, text, other_room, other in _near(held, reach):
        upper, lower = sorted((text, other), key=lambda text: text.baseline)
        if id(lower.line) in reported:
            continue
        pair = _pair(upper, lower, room.shared(other_room))
        if pair:
            reported.add(id(lower.line))
            names = tuple(letter.text for letter in pair)
            yield Misplaced("touching", (lower,), 0.0, None, upper, letters=names)


def _near(
    texts: list[LaidText], room_of: Callable[[LaidText], LaidRect]
) -> Iterator[tuple[LaidRect, LaidText, LaidRect, LaidText]]:
    """Yield texts of different lines whose rooms meet, and these."""
    reached = sorted(((room_of(text), text) for text in texts), key=lambda pair: pair[0].top)
    for index, (room, text) in enumerate(reached):
        for at in range(index + 1, len(reached)):
            other_room, other = reached[at]
            if other_room.top >= room.bottom + TOUCH:
                break
            if text.line is not other.line and room.meets(other_room, -TOUCH):
                yield room, text, other_room, other


def _pair(upper: LaidText, lower: LaidText, room: LaidRect) -> tuple[Letter, Letter] | None:
    """Return the first two letters of two texts that touch, looked for in a rectangle."""
    size = min(laid_text.printed_size(upper), laid_text.printed_size(lower))
    within = min(TOUCH, size * SHARE)
    above = [letter for letter in letters(upper) if letter.box.meets(room, -within)]
    below = (
        [letter for letter in letters(lower) if letter.box.meets(room, -within)] if above else []
    )
    for one in above:
        for other in below:
            if one.box.meets(other.box, -within) and do_meet(
                one.contours(), other.contours(), within
            ):
                return one, other
    return None
