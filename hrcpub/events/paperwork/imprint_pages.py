"""Many sites' imprints to the pages of a contact sheet, on one page that is set once.

Each imprint is taken from its finished copy, and captions are drawn as imprints are. So a site that
is added, wherever it stands in the table, costs no page that is set again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from hrcpub.events.imprint import FaceStack, Fonts, Imprint, ImprintLine, blocks, draw
from hrcpub.events.manifest.event import Event
from hrcpub.events.paperwork.contact_sheet import (
    GAP,
    IMPRINTS,
    TOGETHER,
    Thumb,
    contact_document,
    dimensions,
)
from hrcpub.events.paperwork.kept_cells import NO_CELLS, CellParts, DrawnCaption, KeptCells
from hrcpub.events.paperwork.missing import Missing
from hrcpub.events.paperwork.printed_paper import (
    PrintedPaper,
    Printing,
    all_good,
    printed_together,
)
from hrcpub.events.shells import (
    CellForm,
    ImprintFormFont,
    NamedGroup,
    Stamp,
    StampedPages,
    layered,
    made_group,
)
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import Html
from hrcpub.problems import Source
from hrcpub.project.words import Words
from hrcpub.units import Size

FOOT = 46.0  # points: the margin under every paper
UNDER, AFTER = 5.0, 18.0  # points between a picture and its caption, and after it
TEXT, LEADING = 8.0, 10.0  # of captions
SHOWN = 9.5  # size of the line that says which imprints a page has
_NOWHERE = Source()  # of words that are ours


class Letters(NamedTuple):
    """What captions are set in."""

    fonts: Callable[[], Fonts]  # read when the first caption is drawn
    stacks: Callable[[Sequence[Words]], Mapping[str, FaceStack]]  # of a text


class _PlacedCell(NamedTuple):
    """A cell with its caption, and how much of a row it takes."""

    form: CellForm
    height: float


def print_contact_sheet(
    event: Event,
    pages: Sequence[Thumb],
    imprints: Sequence[Thumb],
    project: Project,
    letters: Letters,
    missing: Sequence[Missing] = (),
    kept: KeptCells = NO_CELLS,
) -> Printing:
    """Print `pages` of pieces, then `imprints`, one a site; the imprints of few with the pages.

    Raises HrcpubError when something cannot be printed, ValueError for a picture that is not a PNG.
    """
    if len(imprints) <= TOGETHER:
        document = contact_document(event, pages, imprints, project, missing)
        return (yield from printed_together([document]))
    head = contact_document(event, pages, (), project, missing, sites=len(imprints))
    first, ground = all_good((yield [head, _ground(event, project)]))
    shown = _ImprintPages(ground, imprints, letters, head.trim, kept)
    pdf = layered([StampedPages(first.pdf), *shown.sheets])
    shown.parts.keep()
    return PrintedPaper(pdf, first.pages + shown.count, (*first.problems, *ground.problems))


def _ground(event: Event, project: Project) -> Html:
    return compose_paperwork("imprints", {"event": event}, project)


class _ImprintPages:
    """The pages of imprints, and how many there are."""

    def __init__(
        self,
        ground: PrintedPaper,
        imprints: Sequence[Thumb],
        letters: Letters,
        sheet: Size,
        kept: KeptCells,
    ) -> None:
        self.parts = CellParts(kept)
        self._captions = _Captions(letters, sheet, self.parts)
        self._shown, self._grid = ground.kept
        cells = [self._placed(thumb, sheet) for thumb in imprints]
        pages = list(_pages(cells, sheet.height - FOOT - self._grid.top))
        self.count = len(pages)
        self.sheets = [
            StampedPages(ground.pdf, self._places(number, page, len(cells)))
            for number, page in _numbered(pages)
        ]

    def _placed(self, thumb: Thumb, sheet: Size) -> _PlacedCell:
        """Return a site's cell: its picture, and its name under it."""
        wide, high = dimensions(thumb.png)
        printed = thumb.size or Size(wide, high)
        scale = min(1.0, IMPRINTS.measure / printed.width, IMPRINTS.tall / printed.height)
        size = Size(printed.width * scale, printed.width * scale * high / wide)
        texts = ((thumb.name, "bold"), *((line, "text") for line in thumb.lines))
        caption = self._captions.drawn(texts, size.height + UNDER, TEXT)
        copy, corner = None, (0.0, 0.0)
        if thumb.copy:
            copy, corner = self.parts.copy(thumb.copy), thumb.copy.corner
        form = CellForm(sheet, caption.drawn, caption.fonts, thumb.png, size, scale, corner, copy)
        return _PlacedCell(form, caption.foot + AFTER)

    def _places(
        self, first: int, rows: Sequence[Sequence[_PlacedCell]], many: int
    ) -> tuple[tuple[Stamp, ...], ...]:
        """Return what is stamped on a page, whose first imprint is the `first` of so many."""
        left, top, stamps = self._grid.left, self._grid.top, []
        for row in rows:
            for column, cell in enumerate(row):
                stamps.append(Stamp(cell.form, left + column * (IMPRINTS.measure + GAP), top))
            top += max(cell.height for cell in row)
        last = first - 1 + sum(map(len, rows))
        said = f"{first} to {last} of {many}" if last > first else f"{first} of {many}"
        note = self._captions.drawn(((said, "bold"),), 0.0, SHOWN)
        form = CellForm(self._captions.sheet, note.drawn, note.fonts)
        return (Stamp(form, self._shown.left, self._shown.top),), tuple(stamps)


class _Captions:
    """Draws captions, each at the head of a form as large as a sheet."""

    def __init__(self, letters: Letters, sheet: Size, parts: CellParts) -> None:
        self.sheet, self._letters, self._parts = sheet, letters, parts
        self._groups: dict[object, NamedGroup] = {}

    def drawn(self, texts: Sequence[tuple[str, str]], top: float, size: float) -> DrawnCaption:
        """Return texts, each in a face, as lines under each other."""
        made_from = repr((texts, top, size, self.sheet)).encode()
        key = hashlib.sha256(made_from).hexdigest()[:32]
        return self._parts.caption(key, lambda: self._draw(texts, top, size))

    def _draw(self, texts: Sequence[tuple[str, str]], top: float, size: float) -> DrawnCaption:
        stacks = self._letters.stacks([Words(text, _NOWHERE) for text, _ in texts])
        lines, foot = _set(texts, top, size, IMPRINTS.measure, stacks)
        form = draw(Imprint(self.sheet, tuple(lines)), self._letters.fonts(), "0 g", stacks)
        return DrawnCaption(form.operators, tuple(map(self._group, form.fonts)), foot)

    def _group(self, font: ImprintFormFont) -> NamedGroup:
        """Return a font's objects by themselves, made once for all captions."""
        name, key, make = font
        if (name, key) not in self._groups:
            self._groups[name, key] = (name, made_group(make(1)))
        return self._groups[name, key]


def _set(
    texts: Sequence[tuple[str, str]],
    top: float,
    size: float,
    measure: float,
    stacks: Mapping[str, FaceStack],
) -> tuple[list[ImprintLine], float]:
    """Return texts, each in a face, as lines under each other, and where the last one ends."""
    leading = size * LEADING / TEXT
    lines = []
    for text, name in texts:
        face = stacks[name].face
        known = text.translate(dict.fromkeys(map(ord, face.missing(text)), "?"))
        for part, fitted in _broken(known, face, size, measure):
            deep = leading
            if blocks.has_stacks(part):
                deep += size * max(0.0, face.display_ink(part).top - 0.8)
            base = top + (deep + (face.ascent - face.descent) * size) / 2
            from_right = blocks.is_from_the_right(part, face.language)
            lines.append(ImprintLine(part, name, fitted, 0.0, base, None, from_right))
            top += deep
    return lines, top


def _broken(text: str, face: Face, size: float, measure: float) -> Iterator[tuple[str, float]]:
    """Yield a text's lines with their size: smaller where a word alone is too wide."""
    lines = blocks.broken(text, face, size, measure, blocks.Group((text,)))
    if lines is None:
        yield text, measure / face.display_width(text)
    else:
        yield from ((line, size) for line in lines)


def _pages(cells: Sequence[_PlacedCell], room: float) -> Iterator[list[Sequence[_PlacedCell]]]:
    """Yield pages of rows, as many as have room; a row that is higher has a page of its own."""
    columns = IMPRINTS.columns
    page: list[Sequence[_PlacedCell]] = []
    left = room
    for start in range(0, len(cells), columns):
        row = cells[start : start + columns]
        high = max(cell.height for cell in row)
        if page and high - AFTER > left:
            yield page
            page, left = [], room
        page.append(row)
        left -= high
    if page:
        yield page


def _numbered(
    pages: Sequence[Sequence[Sequence[_PlacedCell]]],
) -> Iterator[tuple[int, Sequence[Sequence[_PlacedCell]]]]:
    """Yield pages with the number of their first imprint, counted from 1."""
    number = 1
    for page in pages:
        yield number, page
        number += sum(map(len, page))
