"""`printers`: the print shops of a project, and the queues of this computer with what each can."""

from __future__ import annotations

from collections.abc import Iterator

from hrcpub.cli.show import say, say_json
from hrcpub.cli.tables import table
from hrcpub.files.sources import Sources
from hrcpub.printing.queues import SELF_NAMED, LoadedPaper, Queue, QueueMedia, list_queues
from hrcpub.printing.reasons import matter
from hrcpub.problems import ExitCode
from hrcpub.project.printers import Printer, read_printers
from hrcpub.units import dimensions

MILLIMETRE = 72 / 25.4


def list_office(as_json: bool) -> int:
    """Print what the printers of this computer can do; return the exit code."""
    queues = list_queues()
    if as_json:
        say_json([queue_fields(queue) for queue in queues])
    elif not queues:
        say("this computer knows no printer: add one in its settings")
    for queue in () if as_json else queues:
        for line in queue_lines(queue):
            say(line)
    return ExitCode.DONE


def queue_lines(queue: Queue) -> Iterator[str]:
    """Yield what a queue is and can do, a line for each thing that decides over a print."""
    name = f"{queue.name} (default)" if queue.is_default else queue.name
    about = queue.description if queue.description != queue.name else queue.model
    yield f"{name}: {about}" if about else name
    colour = "colour" if queue.is_colour else "black only"
    sides = "both sides by itself" if len(queue.sides) > 1 else "one side; backs by hand"
    yield f"  prints   {colour}, {sides}"
    for media in queue.media:
        if media.sheet:
            yield f"  {media.sheet:<8} keeps {margins_text(media)} free"
    if queue.ready:
        yield f"  holds    {'; '.join(map(paper_text, queue.ready))}"
    yield f"  now      {state_text(queue)}"


def margins_text(media: QueueMedia) -> str:
    """Return a paper's margins in mm: one number where they are alike."""
    numbers = [f"{each / MILLIMETRE:.1f}".removesuffix(".0") for each in media.margins]
    if len(set(numbers)) == 1:
        return f"{numbers[0]} mm"
    told = zip(("left", "top", "right", "bottom"), numbers, strict=True)
    return ", ".join(f"{edge} {number}" for edge, number in told) + " mm"


def paper_text(paper: LoadedPaper) -> str:
    """Return what lies in a tray: `letter, yellow, in main`."""
    parts = [paper.sheet or _size_text(paper.size), paper.colour, paper.kind]
    text = ", ".join(part for part in parts if part)
    return f"{text} in {paper.source}" if paper.source else text


def _size_text(name: str) -> str:
    found = SELF_NAMED.search(name)
    return f"{found[1]} × {found[2]} {found[3]}" if found else name


def state_text(queue: Queue) -> str:
    """Return a queue's state in words, with what to do about it."""
    found = [each for word in queue.reasons if (each := matter(word, queue.name))]
    told = "; ".join(f"{each.words}{f' ({each.todo})' if each.todo else ''}" for each in found)
    state = queue.state if queue.is_accepting else f"{queue.state}, takes no jobs"
    return f"{state}: {told}" if told else state


def queue_fields(queue: Queue) -> dict[str, object]:
    """Return plain values of a queue; lengths in mm."""
    return {
        "name": queue.name,
        "description": queue.description,
        "model": queue.model,
        "default": queue.is_default,
        "colour": queue.is_colour,
        "sides": sorted(queue.sides),
        "actual_size": queue.can_keep_size,
        "state": queue.state,
        "reasons": list(queue.reasons),
        "accepts": queue.is_accepting,
        "face_down": queue.is_face_down,
        "finishings": list(queue.finishings),
        "media": [
            {
                "name": media.name,
                "sheet": media.sheet,
                "size_mm": [
                    round(media.width / MILLIMETRE, 1),
                    round(media.height / MILLIMETRE, 1),
                ],
                "margins_mm": [round(each / MILLIMETRE, 2) for each in media.margins],
            }
            for media in queue.media
        ],
        "ready": [paper._asdict() for paper in queue.ready],
    }


def list_shops(sources: Sources, as_json: bool) -> int:
    """Print the print shops of a project; return the exit code."""
    shops = read_printers(sources)
    rows = [_shop_row(shop) for shop in shops.values()]
    if as_json:
        say_json(rows)
    else:
        say(table("Print shops", rows, ("name", "kind", "bleed", "sheets", "about")))
        say("the printers of this computer: hrcpub printers --office", err=True)
    return ExitCode.DONE


def _shop_row(shop: Printer) -> dict[str, str]:
    return {
        "name": shop.name,
        "kind": shop.kind,
        "bleed": f"{shop.bleed / 72:g} in",
        "sheets": ", ".join(map(dimensions, shop.sheets)),
        "about": shop.about,
    }
