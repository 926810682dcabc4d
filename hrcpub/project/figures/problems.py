"""What can be wrong with a figure, as the Problems that its designer reads."""

from __future__ import annotations

from collections.abc import Iterable

from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.words import Words


def not_a_point(node: Node, path: str) -> Problem:
    """A point of a figure is not written as one.

    Fix: write two numbers in brackets: how far to the right, and how far up from the floor. A
    corner of an outline or of a line may have a third one, its radius.
    """
    said = f'"{path}" is not a point: here is {node.shape}'
    return Problem("figure-point", said, node.source, "write it like [40, 12.5]")


def out_of_reach(node: Node, limbs: str, miss: float) -> Problem:
    """A hand or foot of a figure is where the arm or leg does not reach.

    Fix: move the hips, the hand or the foot, or bend the limb another way. All people in figures
    have one body, so an arm is never longer because a scene needs it. If you name an elbow or a
    knee, the limb goes in those directions: leave it out, and it is found.
    """
    end = "hand" if limbs == "arms" else "foot"
    return Problem(
        "figure-reach",
        f"this {end} is {miss:.1f} away from where the {limbs.removesuffix('s')} ends",
        node.source,
        f"move the {end} or the hips, or leave out the {'elbow' if end == 'hand' else 'knee'}",
    )


def in_itself(words: Words) -> Problem:
    """A figure is drawn inside itself, or too many inside of each other.

    Fix: take it out. A figure may stand in another one, and that in a third.
    """
    return Problem(
        "figure-in-itself",
        f'"{words.text}" cannot be drawn here: it would be inside itself, or too deep',
        words.source,
        "take it out",
    )


def too_many(node: Node, most: int) -> Problem:
    """A figure has more shapes than one can be drawn with.

    Fix: draw it with fewer. Those of figures inside it are counted. A figure that people read at a
    glance has about ten.
    """
    said = f"this figure has more than {most} shapes"
    return Problem("figure-shapes", said, node.source, "draw it with fewer")


def untested(names: Iterable[str], place: Source | None) -> Problem:
    """No reader has been asked what some figures of this piece mean.

    Fix: show each of them, without words, to people who will get the piece: ask what it says and
    what they would do. Write into the figure's file who asked whom: `tested: {by: …, on:
    2026-05-31, with: "30 readers, 27 right"}`. Redraw what fewer than 85 of 100 get right (ANSI
    Z535.3). Many people read medical pictograms otherwise than their designers.
    """
    shown = ", ".join(sorted(names))
    return Problem(
        "figure-untested",
        f"no reader has been asked what these figures mean: {shown}",
        place,
        "show them to readers without words, and write `tested:` into their files",
        Severity.WARNING,
    )


CODES = {
    "figure-point": not_a_point,
    "figure-reach": out_of_reach,
    "figure-in-itself": in_itself,
    "figure-shapes": too_many,
    "figure-untested": untested,
}
