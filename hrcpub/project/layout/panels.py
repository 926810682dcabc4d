"""A layout's panels, and what each may give when its words are too many, or too few.

`fit: [leading ..1.16, size ..9.5 pt, tracking ..-5]` names in order what gives, and how far: the
leading as a multiple of the size, the size as a length, the tracking in thousandths of an em.
Without a first value it starts from the grid's. `size ..14 pt up` says how far the size may grow.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from hrcpub import units
from hrcpub.files.yamlfile import Node
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, Source
from hrcpub.project import slot_problems, slots
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words
from hrcpub.records import record

# Each step is worth about one line in fifty: finer ones would only cost more tries.
STEPS = {"leading": 0.02, "size": 0.125, "tracking": 2.0}
_RANGE = pattern(
    r"(?P<what>leading|size|tracking)\s+(?P<first>[^.\s].*?)?\s*\.\.\s*(?P<last>\S.*?)"
    r"(?P<up>\s+up)?"
)
_NUMBER = pattern(r"-?\d+(\.\d+)?")


class Setting(NamedTuple):
    """How a panel's text is set. Size and leading in points, tracking in thousandths of an em."""

    size: float
    leading: float
    tracking: float = 0.0


class Allowance(NamedTuple):
    """One thing that may give, from `first` (None: as the grid has it) to `last`."""

    what: str
    first: float | None
    last: float
    grows: bool = False  # a size that may become larger, where words are few


@record
class Panel:
    """A place on the page with a name: what it holds, and how far its text may give way."""

    name: str
    about: str
    text: str  # which of the grid's texts it has: `text` or `small`
    gives: tuple[Allowance, ...] = ()  # nothing: it is set as designed, or not at all
    largest: float | None = None  # the size up to which it may grow; None: it does not

    def designed(self, grid: Mapping[str, float]) -> Setting:
        """Return the grid's setting."""
        return Setting(grid[f"{self.text}-size"], grid[f"{self.text}-leading"])

    def ladder(self, grid: Mapping[str, float]) -> tuple[Setting, ...]:
        """Return its settings, each tighter than the one before; the first is as designed.

        One thing gives after the other, as far as it may. The leading stays the same multiple of
        the size while the size gives.
        """
        size, leading, _ = self.designed(grid)
        at = {"size": size, "leading": leading / size, "tracking": 0.0}
        at |= {give.what: give.first for give in self.gives if give.first is not None}
        settings = [_setting(at)]
        for give in self.gives:
            step, start = STEPS[give.what], at[give.what]
            count = round((start - give.last) / step + 0.499)  # a last, shorter step counts
            for number in range(1, count + 1):
                at[give.what] = max(give.last, start - number * step)
                settings.append(_setting(at))
        return tuple(settings)

    def suited(self, size: float, leading: float) -> Panel:
        """Return it for a script whose text is set in other sizes and leadings: multiples of them.

        How small a text may become stays as it is.
        """
        factors = {"leading": leading / size, "size": max(1.0, size)}
        gives = (
            give
            if give.what == "tracking"
            else give._replace(
                first=give.first and give.first * factors[give.what],
                last=give.last * factors[give.what] if give.what == "leading" else give.last,
            )
            for give in self.gives
        )
        return replace(self, gives=tuple(gives), largest=self.largest and self.largest * size)

    def grown(self, grid: Mapping[str, float]) -> tuple[Setting, ...]:
        """Return the settings to which it may grow, each larger; the leading follows."""
        size, leading, _ = self.designed(grid)
        step, most = STEPS["size"], self.largest or size
        count = math.ceil((most - size) / step - 1e-9)
        sizes = (min(most, size + number * step) for number in range(1, count + 1))
        return tuple(Setting(larger, larger * leading / size) for larger in sizes)


def _setting(at: Mapping[str, float]) -> Setting:
    return Setting(at["size"], at["size"] * at["leading"], at["tracking"])


PANEL = Slot(
    "group",
    fields={
        "about": Slot("line", "what it holds", required=True),
        "text": Slot("choice", choices=("text", "small", "lead")),
        "fit": Slot("any"),
    },
)


def read_panels(
    node: Node | None, grid: Mapping[str, float], problems: list[Problem]
) -> dict[str, Panel]:
    """Return the panels under a layout's `panels:`; Problems go onto the list."""
    table = Slot("table", fields=PANEL.fields)
    values: dict[str, Any] = (node and slots.check(node, table, "panels", problems)) or {}
    panels = {}
    for name, value in values.items():
        fit = (value or {}).get("fit")
        text = (value or {}).get("text") or "text"
        all_gives = _gives(fit, f"panels.{name}.fit", grid, text, problems) if fit else ()
        panels[name] = Panel(
            name,
            value["about"].text if value and value.get("about") else "",
            text,
            tuple(give for give in all_gives if not give.grows),
            next((give.last for give in all_gives if give.grows), None),
        )
    return panels


def _gives(
    node: Node, path: str, grid: Mapping[str, float], text: str, problems: list[Problem]
) -> tuple[Allowance, ...]:
    if node.text == "none":
        return ()
    if node.items is None:
        problems.append(slot_problems.wrong_shape(node, path, "none, or a list in square brackets"))
        return ()
    gives: list[Allowance] = []
    for number, item in enumerate(node.items, 1):
        words = Words(item.text or "", item.source, f"{path}.{number}")
        give = _give(words)
        is_twice = give and any(give[::3] == before[::3] for before in gives)
        if give is None or is_twice:
            problems.append(slot_problems.not_a(words, "range", _EXAMPLES))
            continue
        gives.append(give)
        problems += _limits(give, words, grid, text)
    return tuple(gives)


_EXAMPLES = "leading 1.26..1.16, size 10.75 pt..9.5 pt, tracking 0..-5, size ..14 pt up, each once"


def _give(words: Words) -> Allowance | None:
    match = _RANGE.fullmatch(words.text)
    if not match:
        return None
    read = units.points if match["what"] == "size" else _number
    try:
        first = read(match["first"]) if match["first"] else None
        return Allowance(match["what"], first, read(match["last"]), bool(match["up"]))
    except ValueError:
        return None


_GROWING = "size ..14 pt up: from the grid's size, at most to twice that"


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text.strip()):
        raise ValueError(text)
    return float(text)


def _limits(give: Allowance, words: Words, grid: Mapping[str, float], text: str) -> list[Problem]:
    """Return a Problem where a range gives the wrong way, or too far to be read."""
    size = grid[f"{text}-size"]
    start = {"size": size, "leading": grid[f"{text}-leading"] / size, "tracking": 0.0}
    if give.grows:
        is_right = give.what == "size" and give.first is None and size < give.last <= 2 * size
        return [] if is_right else [slot_problems.not_a(words, "range that grows", _GROWING)]
    first = start[give.what] if give.first is None else give.first
    if give.what == "size" and give.last < grid["smallest"]:
        return [fit_too_small(words.source, give.last, grid["smallest"])]
    least = {"leading": 1.0, "size": 0.0, "tracking": -30.0}[give.what]
    most = {"leading": 2.0, "size": 2 * size, "tracking": 50.0}[give.what]
    if give.last > first or give.last < least or first > most:
        return [slot_problems.not_a(words, "range that gives way", _EXAMPLES)]
    return []


def fit_too_small(place: Source, size: float, smallest: float) -> Problem:
    """A layout lets its text become smaller than the smallest size of its format.

    Fix: stop at the grid's `smallest`, which people can still read: 9.5 pt on a sheet, 7 pt on a
    card. Words that do not fit at that size have to be cut.
    """
    return Problem(
        "fit-too-small",
        f"{size:g} pt is under the smallest size of this format, {smallest:g} pt",
        place,
        f"stop at {smallest:g} pt",
    )
