"""`office:` in `materials/printers.yaml`: what was measured of the printers of one's own.

All of it is what a person read from a ruler on a calibration page (`hrcpub calibrate`). Lengths are
points; places count from the sheet's left edge and its top, on the side that is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hrcpub import units
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError, Problem, did_you_mean, stop_on_errors
from hrcpub.project import slot_problems, slots
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words
from hrcpub.records import record

PATH = "materials/printers.yaml"
MARK = units.points("20 mm")  # from the left edge, and from the top, to the lines of mark A
BARS = {"mm": "100 mm", "in": "4 in"}  # how long bars should be, by who measures them in what
MOST_OFF = 0.05  # of a bar: what is further off was read or typed wrong
MOST_SHIFT = units.points("15 mm")
MOST_MARGIN = units.points("30 mm")  # that anybody reads from the staircase of the page


class MeasuredMark(NamedTuple):
    """Where mark A is found on a side."""

    left: float
    top: float


EXACT = MeasuredMark(MARK, MARK)


class EdgeMargins(NamedTuple):
    """What a printer leaves unprinted at each edge."""

    left: float
    top: float
    right: float
    bottom: float


@record
class Calibration:
    """How a printer moves and stretches what it prints.

    `across` and `down` are how long things are, in shares of how long they should be.
    """

    across: float = 1.0
    down: float = 1.0
    front: MeasuredMark = EXACT
    back: MeasuredMark | None = None  # None: as the front

    @property
    def is_exact(self) -> bool:
        """Whether nothing has to be moved."""
        return self == Calibration()


@record
class OfficeQueue:
    """A printer of one's own, by the name of its queue."""

    name: str
    about: str = ""
    speed: float | None = None  # sides a minute
    margins: EdgeMargins | None = None
    calibration: Calibration | None = None


_MARK = {
    "left": Slot("length", "from the left edge to the line of mark A", required=True),
    "top": Slot("length", "from the top to the line of mark A", required=True),
}
_MARGINS = {
    edge: Slot("length", f"what is not printed at the {edge}", required=True)
    for edge in EdgeMargins._fields
}
OFFICE = Slot(
    "items",
    "your own printers, by the names of their queues",
    fields={
        "queue": Slot("line", "the queue's name, as `lpstat -e` lists it", required=True),
        "about": Slot("line", "which printer it is"),
        "speed": Slot("count", "sides that it prints in a minute"),
        "across": Slot("line", "how long the bar across is: 99.4 mm of 100 mm"),
        "down": Slot("line", "how long the bar down is: 4.02 in of 4 in"),
        "front": Slot("group", "where mark A is on the front", fields=_MARK),
        "back": Slot("group", "where mark A is on the back", fields=_MARK),
        "margins": Slot("group", "what it leaves unprinted at each edge", fields=_MARGINS),
    },
)


def read_office_queues(sources: Sources) -> tuple[OfficeQueue, ...]:
    """Return the printers that were measured; raise HrcpubError with every mistake."""
    if not sources.has(PATH):
        return ()
    node = (read_yaml(sources, PATH).mapping or {}).get("office")
    if node is None or not node.value:
        return ()
    problems: list[Problem] = []
    entries = slots.check(node, OFFICE, "office", problems) or ()
    named = [entry for entry in entries if entry and entry.get("queue")]
    queues = tuple(_queue(entry, problems) for entry in named)
    known: set[str] = set()
    for entry in named:
        if entry["queue"].text in known:
            problems.append(queue_twice(entry["queue"]))
        known.add(entry["queue"].text)
    stop_on_errors(problems)
    return queues


def office_queue(name: str, known: Sequence[OfficeQueue]) -> OfficeQueue:
    """Return a printer by its queue's name; raise HrcpubError where it was not measured."""
    for queue in known:
        if queue.name == name:
            return queue
    raise HrcpubError(queue_unmeasured(name, [queue.name for queue in known]))


def _queue(entry: Mapping[str, Any], problems: list[Problem]) -> OfficeQueue:
    margins, speed = entry.get("margins"), entry.get("speed")
    return OfficeQueue(
        name=str(entry["queue"]),
        about=str(entry.get("about") or ""),
        speed=float(speed) if speed else None,
        margins=_edges(margins) if margins else None,
        calibration=_calibration(entry, problems),
    )


def _edges(margins: Mapping[str, float]) -> EdgeMargins | None:
    return EdgeMargins(**margins) if len(margins) == len(EdgeMargins._fields) else None


def _calibration(entry: Mapping[str, Any], problems: list[Problem]) -> Calibration | None:
    """Return what was measured; None where nothing was."""
    if not any(entry.get(name) for name in ("across", "down", "front", "back")):
        return None
    across = _share(entry.get("across"), problems)
    down = _share(entry.get("down"), problems)
    front = _mark(entry.get("front"), entry["queue"], problems)
    back = _mark(entry.get("back"), entry["queue"], problems)
    return Calibration(across, down, front or EXACT, back)


def _share(words: Words | None, problems: list[Problem]) -> float:
    if words is None:
        return 1.0
    try:
        share = measured_share(words.text)
    except ValueError:
        problems.append(slot_problems.not_a(words, "measure", "99.4 mm of 100 mm"))
        return 1.0
    if abs(share - 1) > MOST_OFF:
        problems.append(measure_doubtful(words))
    return share


def _mark(
    entry: Mapping[str, float] | None, queue: Words, problems: list[Problem]
) -> MeasuredMark | None:
    if not entry or len(entry) != len(_MARK) or None in entry.values():
        return None
    mark = MeasuredMark(**entry)
    if max(abs(mark.left - MARK), abs(mark.top - MARK)) > MOST_SHIFT:
        problems.append(measure_doubtful(queue))
    return mark


def measured_share(text: str) -> float:
    """Return how long a bar is in shares of what it should be: "99.4 mm of 100 mm", "4.02 in".

    Raises ValueError for another text.
    """
    measured, of, wanted = text.partition(" of ")
    is_inches = measured.strip().endswith(("in", '"', "″", "”"))
    wanted = wanted if of else BARS["in" if is_inches else "mm"]
    length = units.points(wanted)
    if not length:
        raise ValueError(f'"{text}" is not the length of a bar')
    return units.points(measured) / length


def queue_unmeasured(name: str, known: Sequence[str]) -> Problem:
    """Nothing was measured of a printer that is named.

    Fix: print its calibration page with `hrcpub calibrate QUEUE`, measure it, and type what you
    read with `hrcpub calibrate QUEUE --measured`. Or look for a slip in the name.
    """
    return Problem(
        "queue-unmeasured",
        f'"{name}" is not under office: in {PATH}',
        None,
        did_you_mean(name, known) if known else f"measure it once: hrcpub calibrate {name}",
    )


def queue_twice(name: Words) -> Problem:
    """A printer of one's own stands twice under `office:`, so it is not clear which holds.

    Fix: keep the entry that was measured last, and take the other one out.
    """
    return Problem(
        "queue-twice",
        f'"{name.text}" stands twice under office:',
        name.source,
        "keep what was measured last",
    )


def measure_doubtful(words: Words) -> Problem:
    """What was measured of a printer is so far off that it was read or typed wrong.

    Fix: measure again, and look at the unit. The bars are 100 mm and 4 in long, and mark A is 20 mm
    from the left edge and from the top. If a bar is really off by more than a twentieth, the page
    was printed smaller than it is: print it again at actual size.
    """
    return Problem(
        "measure-doubtful",
        f'"{words.text}" is further off than a printer is',
        words.source,
        "measure again; print the calibration page at actual size, 100 %",
    )


CODES = {
    "queue-unmeasured": queue_unmeasured,
    "queue-twice": queue_twice,
    "measure-doubtful": measure_doubtful,
}
