"""Labels to `Html`: as many sheets as they need, each label in the place that is cut for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import NamedTuple

from hrcpub.events.imprint import Imprint, as_html
from hrcpub.events.labels.corner import LabelArea
from hrcpub.events.labels.lines import DISPLAY
from hrcpub.events.labels.setting import SetLabel, set_labels
from hrcpub.events.labels.words import LabelWords
from hrcpub.events.manifest.event import Event
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork, paper_faces
from hrcpub.pipeline.setting import Face, by_script, glyph_missing
from hrcpub.pipeline.stages import Html
from hrcpub.problems import Problem, Source, stop_on_errors
from hrcpub.project.edition import MARGIN
from hrcpub.project.label_sheets import LabelPlace, LabelSheet
from hrcpub.project.layout import read_system
from hrcpub.units import Size, css

# From a label's edge to what is printed on it: sheets are fed askew by up to 1/16 in.
SAFE = 9.0
SAFE_LEAST = 4.5  # of the smallest labels
SAFE_SHARE = 0.08  # of a label's height
_BRING = "bring the fonts of its script: hrcpub fonts add LANGUAGE; or write the name another way"
_SMALL = 42.0  # points: labels that are lower begin close to their edge


class LabelOrder(NamedTuple):
    """How labels are printed: on which sheet, from which label on, how often each."""

    sheet: LabelSheet
    start: int = 1  # the first label that is still on the first sheet
    each: int = 1
    outlines: bool = False  # with the edges of the labels, as a proof


class LabelCell(NamedTuple):
    """A label in its place, as the template shows it."""

    style: str
    html: str


def area_of(sheet: LabelSheet) -> tuple[LabelArea, float, float]:
    """Return where all labels of a sheet may be printed, and how far in from their left and top.

    Clear of the die-cut edge, and of the sheet's own, where no printer reaches.
    """
    safe = max(SAFE_LEAST, min(SAFE, SAFE_SHARE * sheet.label.height))
    aside, above = max(safe, MARGIN - sheet.left), max(safe, MARGIN - sheet.top)
    if sheet.label.height < _SMALL:
        above = max(2.5, MARGIN - sheet.top)
    width, height = sheet.label.width - 2 * aside, sheet.label.height - 2 * above
    return LabelArea(width, height, safe), aside, above


def sheets_for(count: int, order: LabelOrder) -> int:
    """Return how many sheets so many labels take."""
    return -(-(order.start - 1 + count * order.each) // order.sheet.count)


def label_document(
    event: Event, labels: Sequence[LabelWords], order: LabelOrder, project: Project
) -> Html:
    """Return the sheets; raise HrcpubError with all labels that have no room, or letters missing.

    Why: a list with a question mark in it still packs a box. A label with one sends it astray.
    """
    faces = _faces(labels, project)
    stop_on_errors(_without_letters(event, labels, faces["text"]))
    ink = project.known("system", read_system).ink.screen
    cells = _set(labels, order.sheet, faces, ink)
    repeated = [cell for cell in cells for _ in range(order.each)]
    context = {
        "event": event,
        "sheets": [list(page) for page in _pages(repeated, order)],
        "outlines": list(_outlines(order.sheet)) if order.outlines else [],
        "sheet": order.sheet,
    }
    return compose_paperwork("die-cut", context, project, sheet=order.sheet.size)


def _faces(labels: Sequence[LabelWords], project: Project) -> Mapping[str, Face]:
    said = " ".join(text for label in labels for text in label.texts)
    system = project.known("system", read_system)
    return paper_faces(escape(said), system, project)[1]


def _without_letters(event: Event, labels: Sequence[LabelWords], face: Face) -> Iterator[Problem]:
    """Yield a Problem for the letters that no face has: a site's at its row, all others once."""
    said = "\n".join(text for label in labels for text in label.texts)
    told: set[str] = set()
    for site in event.sites:
        texts = [text for text in map(str, (site.name, *site.lines)) if text in said]
        letters = face.missing("".join(texts))
        told.update(letters)
        yield from _missing(letters, site.source)
    yield from _missing((one for one in sorted(face.missing(said)) if one not in told), None)


def _missing(letters: Iterable[str], place: Source | None) -> Iterator[Problem]:
    for alike in by_script(dict.fromkeys(letters)):
        yield replace(glyph_missing(alike, place), hint=_BRING)


def _set(
    labels: Sequence[LabelWords], sheet: LabelSheet, faces: Mapping[str, Face], ink: str
) -> list[str]:
    """Return each label as HTML."""
    area = area_of(sheet)[0]
    return [
        _html(one, area, faces, ink) for one in set_labels(labels, area, faces, sheet.label_size)
    ]


def _html(label: SetLabel, area: LabelArea, faces: Mapping[str, Face], ink: str) -> str:
    size = Size(area.width, area.height)
    large = tuple(line for line in label.lines if line.face == DISPLAY)
    text = tuple(line for line in label.lines if line.face != DISPLAY)

    def set_lines(imprint: Imprint) -> str:
        return as_html(imprint, faces, ink, lambda says: f"QR code: {says}")

    rules = "".join(
        f'<div class="rule" style="left:{css(left)};top:{css(top)};width:{css(width)}"></div>'
        for left, top, width in label.rules
    )
    return (
        f'<div class="large">{set_lines(Imprint(size, large))}</div>'
        f"{set_lines(Imprint(size, text, label.code))}{rules}"
    )


def _pages(cells: Sequence[str], order: LabelOrder) -> Iterator[list[LabelCell]]:
    """Yield the labels of each sheet, the first one from its first free place on."""
    sheet = order.sheet
    _, aside, above = area_of(sheet)
    skip, rest = order.start - 1, list(cells)
    while rest:
        places = sheet.places[skip:]
        some, rest, skip = rest[: len(places)], rest[len(places) :], 0
        yield [
            LabelCell(f"left:{css(place.left + aside)};top:{css(place.top + above)}", html)
            for place, html in zip(places, some, strict=False)
        ]


def _outlines(sheet: LabelSheet) -> Iterator[str]:
    """Yield the style of each label's edge."""
    for place in sheet.places:
        yield _outline(place, sheet)


def _outline(place: LabelPlace, sheet: LabelSheet) -> str:
    return (
        f"left:{css(place.left)};top:{css(place.top)};width:{css(sheet.label.width)};"
        f"height:{css(sheet.label.height)};border-radius:{css(sheet.corner)}"
    )
