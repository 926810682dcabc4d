"""The queues of this computer, and what each can do. Lengths in points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from hrcpub.printing import libcups
from hrcpub.printing.libcups import number, text
from hrcpub.problems import HrcpubError, Problem, did_you_mean
from hrcpub.project.office_queues import Calibration
from hrcpub.project.sheets import SHEETS
from hrcpub.records import record
from hrcpub.units import Size, points

HUNDREDTHS = 72 / 2540  # points in 1/100 mm, which IPP measures in
# A paper that says its own size, as queues name them (PWG 5101.1): na_letter_8.5x11in.
SELF_NAMED = re.compile(r"_([\d.]+)x([\d.]+)(in|mm)$")
SAME = 1.5  # points: queues round sizes to whole points, and A4 to 210 × 297 mm
_STATES = {3: "idle", 4: "printing", 5: "stopped"}  # RFC 8011 §5.4.12
_ASKED = ("all", "media-col-database")
_ASKED_DEVICE = (
    "media-col-ready", "media-ready", "printer-state", "printer-state-reasons",
    "printer-output-tray", "output-bin-default", "color-supported",
)  # fmt: skip


class PrintMargins(NamedTuple):
    """What a queue cannot reach, from each edge of an upright sheet."""

    left: float
    top: float
    right: float
    bottom: float


@record
class QueueMedia:
    """A size of paper that a queue takes, with its name as the queue says it."""

    name: str
    width: float
    height: float
    margins: PrintMargins

    def is_of(self, size: Size) -> bool:
        """Return whether it is paper of a size, whichever way up."""
        pairs = zip(sorted((self.width, self.height)), sorted(size), strict=True)
        return all(abs(one - other) <= SAME for one, other in pairs)

    @property
    def sheet(self) -> str | None:
        """Return its name in `SHEETS`; None where hrcpub has no such sheet."""
        return next((name for name, sheet in SHEETS.items() if self.is_of(sheet.size)), None)


class LoadedPaper(NamedTuple):
    """Paper that lies in a printer now, as far as it says so; nothing for what it does not say."""

    size: str  # as the queue names it
    sheet: str | None  # in SHEETS
    source: str = ""  # the tray: "main"
    kind: str = ""  # "stationery"
    colour: str = ""  # "yellow"


@record
class Queue:
    """A queue, and what is known of its printer.

    `state` is idle, printing or stopped. `reasons` are the keywords that say why, without none.
    `is_face_down` is how sheets come out; None where the printer does not say.
    """

    name: str
    description: str
    is_default: bool
    media: tuple[QueueMedia, ...]
    sides: frozenset[str]
    is_colour: bool
    state: str
    reasons: tuple[str, ...]
    ready: tuple[LoadedPaper, ...] = ()
    can_keep_size: bool = True  # print-scaling=none
    is_accepting: bool = True
    is_face_down: bool | None = None
    finishings: tuple[str, ...] = ()
    model: str = ""
    calibration: Calibration | None = None  # what a project has measured of it

    def of_size(self, size: Size) -> QueueMedia | None:
        """Return the paper of a size; of several the one with the widest margins, or None."""
        found = [media for media in self.media if media.is_of(size)]
        return max(found, key=lambda media: sum(media.margins), default=None)


def list_queues() -> tuple[Queue, ...]:
    """Return all queues with what they can do, the default first; raise HrcpubError without CUPS.

    A queue that does not answer has no media, and its state is what CUPS said last.
    """
    found = [read_queue(destination) for destination in libcups.destinations()]
    return tuple(sorted(found, key=lambda queue: (not queue.is_default, queue.name.casefold())))


def queue_names() -> tuple[str, ...]:
    """Return the names of all queues, which is sooner over; none without CUPS."""
    try:
        return tuple(destination.name for destination in libcups.destinations())
    except HrcpubError:
        return ()


def chosen_queue(name: str | None) -> Queue:
    """Return a queue by its name, or the one that is the default; raise HrcpubError for none."""
    known = libcups.destinations()
    if not known:
        raise HrcpubError(no_queue())
    if name is not None:
        found = [each for each in known if each.name == name]
        if not found:
            raise HrcpubError(unknown_queue(name, [each.name for each in known]))
    else:
        found = [each for each in known if each.is_default] or list(
            known if len(known) == 1 else ()
        )
        if not found:
            raise HrcpubError(which_queue([each.name for each in known]))
    return read_queue(found[0])


def with_margins(queue: Queue, margins: Sequence[float]) -> Queue:
    """Return a queue whose margins were measured: left, top, right, bottom; on all its papers."""
    media = (replace(each, margins=PrintMargins(*margins)) for each in queue.media)
    return replace(queue, media=tuple(media))


def ordinary_queue() -> Queue:
    """Return a printer as most offices have it, for a look at what would arrive: none is asked."""
    margins = PrintMargins(*(4 * [points("0.25 in")]))
    media = tuple(QueueMedia(name, *sheet.size, margins) for name, sheet in SHEETS.items())
    sides = frozenset({"one-sided", "two-sided-long-edge", "two-sided-short-edge"})
    return Queue("an ordinary printer", "", False, media, sides, True, "idle", ())


def read_queue(destination: libcups.Destination) -> Queue:
    """Return what a queue can do, with what its printer says of itself where it answers."""
    answer = libcups.ask(
        destination.name, libcups.GET_PRINTER_ATTRIBUTES, {"requested-attributes": _ASKED}
    )
    device: libcups.IppValues = {}
    # CUPS 2.4.2 says papers that are not in the printer: only the printer knows what it holds.
    if destination.options.get("device-uri", "").startswith(("ipp:", "ipps:", "dnssd:")):
        asked = {"requested-attributes": _ASKED_DEVICE}
        device = libcups.ask(
            destination.name, libcups.GET_PRINTER_ATTRIBUTES, asked, is_of_device=True
        ).values
    said = answer.values or {name: (text,) for name, text in destination.options.items()}
    return queue_from(destination, said, device)


def queue_from(
    destination: libcups.Destination,
    said: Mapping[str, tuple[Any, ...]],
    device: Mapping[str, tuple[Any, ...]],
) -> Queue:
    """Return a queue from what CUPS says of it, and what the printer says of itself."""
    reasons = [*_words(said, "printer-state-reasons"), *_words(device, "printer-state-reasons")]
    return Queue(
        name=destination.name,
        description=text(said, "printer-info") or destination.name,
        is_default=destination.is_default,
        media=tuple(_media(said)),
        sides=frozenset(_words(said, "sides-supported")) or frozenset({"one-sided"}),
        is_colour=text(said, "color-supported").lower() == "true",
        state=_STATES.get(int(text(said, "printer-state") or 3), "idle"),
        reasons=tuple(dict.fromkeys(reason for reason in reasons if reason != "none")),
        ready=tuple(_ready(device)),
        can_keep_size="none" in (_words(said, "print-scaling-supported") or ["none"]),
        is_accepting=text(said, "printer-is-accepting-jobs").lower() != "false",
        is_face_down=_face(device),
        finishings=tuple(_words(said, "finishing-template-supported")),
        model=text(said, "printer-make-and-model"),
    )


def _words(values: Mapping[str, tuple[Any, ...]], name: str) -> list[str]:
    return [str(value) for value in values.get(name, ())]


def _media(said: Mapping[str, tuple[Any, ...]]) -> Iterator[QueueMedia]:
    """Yield each paper once, with its margins, largest names first as the queue has them."""
    names = {_mm(name): name for name in _words(said, "media-supported") if _mm(name)}
    for entry in said.get("media-col-database", ()):
        wide, high = _size(entry)
        if not wide or not high:
            continue  # a range of sizes, for rolls
        margins = PrintMargins(
            *(
                (number(entry, f"media-{edge}-margin") or 0) * HUNDREDTHS
                for edge in PrintMargins._fields
            )
        )
        name = text(entry, "media-size-name") or _nearest(names, wide / 100, high / 100)
        yield QueueMedia(name, wide * HUNDREDTHS, high * HUNDREDTHS, margins)


def _size(entry: Mapping[str, tuple[Any, ...]]) -> tuple[int | None, int | None]:
    """Return the size of an entry, in 1/100 mm."""
    size = next(iter(entry.get("media-size", ())), None) or {}
    return number(size, "x-dimension"), number(size, "y-dimension")


def _mm(name: str) -> tuple[float, float] | None:
    """Return the size that a name of PWG 5101.1 ends in, in mm: na_letter_8.5x11in."""
    found = SELF_NAMED.search(name)
    if not found:
        return None
    unit = 25.4 if found[3] == "in" else 1.0
    return float(found[1]) * unit, float(found[2]) * unit


def _nearest(names: Mapping[tuple[float, float] | None, str], wide: float, high: float) -> str:
    """Return the name of a size in mm; one made of the size itself where none is within 0.5 mm."""
    for size, name in names.items():
        if size and abs(size[0] - wide) <= 0.5 and abs(size[1] - high) <= 0.5:
            return name
    return f"custom_{wide:g}x{high:g}mm_{wide:g}x{high:g}mm"


def _ready(device: Mapping[str, tuple[Any, ...]]) -> Iterator[LoadedPaper]:
    for entry in device.get("media-col-ready", ()):
        wide, high = _size(entry)
        if not wide or not high:
            continue
        name = text(entry, "media-size-name") or f"{wide / 100:g} x {high / 100:g} mm"
        none = PrintMargins(0, 0, 0, 0)
        sheet = QueueMedia(name, wide * HUNDREDTHS, high * HUNDREDTHS, none).sheet
        told = (text(entry, f"media-{what}") for what in ("source", "type", "color"))
        yield LoadedPaper(name, sheet, *told)


def _face(device: Mapping[str, tuple[Any, ...]]) -> bool | None:
    """Return whether sheets come out with what was printed last downwards (PWG 5100.13 §5.6)."""
    told = " ".join((*_words(device, "printer-output-tray"), *_words(device, "output-bin-default")))
    told = told.lower().replace("-", "")
    if "facedown" in told:
        return True
    return False if "faceup" in told else None


def no_queue() -> Problem:
    """This computer knows no printer.

    Fix: add yours in the settings of the computer, under Printers. If it is on the same network,
    it is mostly found by itself: switch it on, and wait a minute. Then look with
    `hrcpub printers --office`.
    """
    return Problem(
        "queue-none",
        "this computer knows no printer",
        None,
        "add it in the computer's settings, or print to a file: --to FILE.pdf",
    )


def unknown_queue(name: str, known: list[str]) -> Problem:
    """There is no printer of that name on this computer.

    Fix: look for a slip in the name. `hrcpub printers --office` lists all that there are.
    """
    return Problem(
        "queue-unknown", f'there is no printer "{name}" here', None, did_you_mean(name, known)
    )


def which_queue(known: list[str]) -> Problem:
    """There are several printers, and none of them is the default.

    Fix: say which: `--to NAME`. Or choose a default in the settings of the computer.
    """
    return Problem(
        "queue-unsaid",
        "there are several printers, and none is the default",
        None,
        f"say which with --to: {', '.join(known)}",
    )


CODES = {"queue-none": no_queue, "queue-unknown": unknown_queue, "queue-unsaid": which_queue}
