"""What one place of a file that people write may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from hrcpub.records import record


@record
class Slot:
    """What one place may hold.

    `limit` counts the characters a reader sees. Where words fit themselves it is not firm: the page
    decides. `fewest` and `most` count entries of a list.
    """

    kind: str
    about: str = ""
    required: bool = False
    limit: int | None = None
    is_firm: bool = True
    fewest: int = 0
    most: int | None = None
    choices: tuple[str, ...] = ()
    fields: Mapping[str, Slot] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)  # choices that mean another one
    only: str = ""  # of offices what is printed: "call", their name and the number to call; "": all
    near: bool = False  # read from near, in a layout that is read from afar
    forms: tuple[str, ...] = ()  # of its layout, that print it; none named: all
    # By language, what a form calls it ("": in all others) and tells of it. None: by its name.
    labels: Mapping[str, str] = field(default_factory=dict)
    abouts: Mapping[str, str] = field(default_factory=dict)

    def at(self, path: str) -> Iterator[Slot]:
        """Yield the slots on a path below this one ("points.3.text"), the outermost first."""
        name, _, rest = path.partition(".")
        inner = self if name.isdigit() else self.fields.get(name)
        if inner is not None:
            yield inner
            yield from inner.at(rest)


def slots_at(place: str, slots: Mapping[str, Slot]) -> Iterator[Slot]:
    """Yield the slots around a place in a material ("words.points.3.text"), the outermost first.

    `slots` are those of its layout.
    """
    return Slot("group", fields={"words": Slot("group", fields=slots)}).at(place)
