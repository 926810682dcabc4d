"""A pile that is printed on one side, to the order of its backs and to how a person turns it.

How a pile lies in the tray decides which sheet is fed first: the one on top. Out of the printer
the pile has its first sheet at the bottom, whichever side is up.
"""

from __future__ import annotations

from enum import StrEnum

from hrcpub.printing.order import Sides


class Reload(StrEnum):
    """How a pile that is printed on one side lies in the tray for its backs."""

    UP = "up"  # the printed side is up
    DOWN = "down"


def backs_in_order(count: int, reload: Reload, is_face_down: bool) -> tuple[int, ...]:
    """Return the sheets, counted from 0, in the order in which the tray feeds them.

    A pile that came out face down has its first sheet at the bottom. Turned over, so that the
    printed side is up, the first sheet is on top; put in as it came out, the last one. A pile that
    came out face up is the other way round.
    """
    is_first_on_top = (reload is Reload.UP) is is_face_down
    return tuple(range(count)) if is_first_on_top else tuple(reversed(range(count)))


def how_to_turn(sides: Sides, reload: Reload, is_face_down: bool) -> tuple[str, ...]:
    """Return what to do with the pile, a sentence for each step."""
    must_turn = (reload is Reload.UP) is is_face_down
    edge = "side" if sides is Sides.LONG else "head over foot"
    move = (
        f"Turn the whole pile over to the {edge}"
        if sides is Sides.LONG
        else (f"Turn the whole pile over, {edge}")
    )
    first = (
        f"{move}. Do not turn single sheets."
        if must_turn
        else ("Take the whole pile as it lies. Do not turn it over.")
    )
    return (
        "Take the pile out of the printer. Do not mix the sheets.",
        first,
        f"Put it into the tray: the printed side is {reload}.",
    )


PICTURES = {
    Sides.LONG: r"""
     head                      head
   .-------.     over to     .-------.
   | front |    the side     |       |
   |  1    |    ------->     | blank |
   |       |                 |       |
   '-------'                 '-------'
     foot                      foot
""",
    Sides.SHORT: r"""
     head                      foot
   .-------.   head over     .-------.
   | front |      foot       |       |
   |  1    |    ------->     | blank |
   |       |                 |       |
   '-------'                 '-------'
     foot                      head
""",
}
