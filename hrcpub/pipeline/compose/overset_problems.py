"""What does not fit a page by its own measure, as the Problems that authors read."""

from __future__ import annotations

import math

from hrcpub.problems import Problem
from hrcpub.project.material import Material
from hrcpub.project.words import Words
from hrcpub.units import distance


def stack_overset(words: Words, over: float, lines: int, cut: int, panel: str | None) -> Problem:
    """The entries of a list are together taller than their place.

    Fix: cut words from the longest entries, or take an entry out. If the layout's `panels:` allow
    a slightly tighter setting, that was tried before.
    """
    where = f'the panel "{panel}"' if panel else "its page"
    return Problem(
        "stack-overset",
        f"the list is {distance(over)}, about {lines} line{'s' * (lines > 1)}, too tall for "
        f"{where}",
        words.source,
        f"cut about {cut} word{'s' * (cut > 1)} from the longest entries, or take an entry out",
    )


def offices_named(material: Material) -> tuple[Words, ...]:
    """Return the ids of the offices of a piece, as they were written."""
    slots = material.layout.slots
    names = [name for name, slot in slots.items() if slot.kind == "contacts"]
    return tuple(id for name in names for id in material.words.get(name) or ())


def offices_overset(office: Words, over: float, leading: float) -> Problem:
    """The offices of a piece are together taller than their place.

    Fix: name fewer offices, or leave out some of their hours, numbers or addresses in
    `materials/contacts.yaml`. Longer hours in fewer entries take fewer lines.
    """
    lines = math.ceil(over / leading)
    return Problem(
        "offices-overset",
        f"the offices are {distance(over)}, about {lines} line{'s' * (lines > 1)}, too tall for "
        "their place",
        office.source,
        "name fewer offices, or leave out hours or numbers in materials/contacts.yaml",
    )


CODES = {"stack-overset": stack_overset, "offices-overset": offices_overset}
