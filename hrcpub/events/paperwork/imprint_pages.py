"""Many sites' imprints to the pages of a contact sheet, on one page that is set once.

Each imprint is taken from its finished copy, and captions are drawn as imprints are. So a site that
is added, wherever it stands in the table, costs no page that is set again.
"""

from __future__ import annotations

import io
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
from hrcpub.events.paperwork.missing import Missing
from hrcpub.events.paperwork.print_paper import (
    PrintedPaper,
    Printing,
    all_good,
    printed_together,
)
from hrcpub.events.shells import (
    CellPages,
    CopyCell,
    GatheredCopy,
    ImprintArea,
    ShellTemplate,
    Stamp,
    StampedPages,
    bind,
    blank,
    cell_pages,
    former_cells,
    gather,
    layered,
    packed_cells,
    prepare,
    verify_cells,
    verify_run,
)
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import Html, Pdf
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

    fonts: Fonts
    stacks: Callable[[Sequence[Words]], Mapping[str, FaceStack]]  # of a text


class KeptCells(NamedTuple):
    """Where the cells of one contact sheet are kept for the next one."""

    find: Callable[[], bytes | None]
    keep: Callable[[bytes], None]


NO_CELLS = KeptCells(lambda: None, lambda data: None)


class _Caption(NamedTuple):
    """Lines of a cell or of a page, from the head of their place."""

    lines: tuple[ImprintLine, ...]
    stacks: Mapping[str, FaceStack]


class _PlacedCell(NamedTuple):
    """A cell with its caption, and how much of a row it takes."""

    cell: CopyCell
    caption: _Caption
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
    pdf = bind([first.pdf, shown.pdf])
    verify_cells(pdf, shown.drawn)
    return PrintedPaper(pdf, first.pages + shown.count, (*first.problems, *ground.problems))


def _ground(event: Event, project: Project) -> Html:
    return compose_paperwork("imprints", {"event": event}, project)


class _ImprintPages:
    """The pages of imprints; `drawn` is what each imprint draws, in their order."""

    def __init__(
        self,
        ground: PrintedPaper,
        imprints: Sequence[Thumb],
        letters: Letters,
        sheet: Size,
        kept: KeptCells,
    ) -> None:
        self._ground, self._letters, self._sheet = ground, letters, sheet
        self._shown, self._grid = ground.kept
        cells = [_placed(thumb, letters) for thumb in imprints]
        pages = list(_pages(cells, sheet.height - FOOT - self._grid.top))
        self.count = len(pages)
        notes = [_note(number, page, len(cells), letters) for number, page in _numbered(pages)]
        captions = self._captions([*(cell.caption for cell in cells), *notes])
        filled = _filled(captions, [cell.cell for cell in cells], kept)
        self.drawn = filled.drawn
        stamped = [
            StampedPages(ground.pdf, self._places(filled.pdf, number, rows, len(cells) + at))
            for at, (number, rows) in enumerate(_numbered(pages), 1)
        ]
        self.pdf = layered(stamped)

    def _captions(self, captions: Sequence[_Caption]) -> Pdf:
        """Return captions, each at the head of a page of its own."""
        template = self._blank()
        fonts = self._letters.fonts
        forms = [
            draw(Imprint(self._sheet, caption.lines), fonts, "0 g", caption.stacks)
            for caption in captions
        ]
        file = io.BytesIO()
        pages = gather(template, map(GatheredCopy, forms), file)
        verify_run(file.getvalue(), pages, [form.operators for form in forms])
        return Pdf(file.getvalue())

    def _blank(self) -> ShellTemplate:
        area = ImprintArea(self._sheet, TEXT, TEXT, 0.0, is_inked=False)
        return prepare(*blank(self._sheet), area)

    def _places(
        self, pdf: Pdf, first: int, rows: Sequence[Sequence[_PlacedCell]], note: int
    ) -> tuple[tuple[Stamp, ...], ...]:
        """Return what is stamped on a page; `first` and `note` count pages of the PDF."""
        left, top, stamps = self._grid.left, self._grid.top, []
        number = first
        for row in rows:
            for column, _ in enumerate(row):
                x = left + column * (IMPRINTS.measure + GAP)
                stamps.append(Stamp(pdf, number, x, top))
                number += 1
            top += max(cell.height for cell in row)
        shown = Stamp(pdf, note, self._shown.left, self._shown.top)
        return (shown,), tuple(stamps)


def _filled(captions: Pdf, cells: Sequence[CopyCell], kept: KeptCells) -> CellPages:
    """Return cells, with the imprints of former ones where their copies are as they were."""
    former = kept.find()
    filled = cell_pages(captions, cells, former_cells(former) if former else None)
    kept.keep(packed_cells(filled, cells))
    return filled


def _placed(thumb: Thumb, letters: Letters) -> _PlacedCell:
    """Return a site's cell: its picture, and its name under it."""
    wide, high = dimensions(thumb.png)
    printed = thumb.size or Size(wide, high)
    scale = min(1.0, IMPRINTS.measure / printed.width, IMPRINTS.tall / printed.height)
    size = Size(printed.width * scale, printed.width * scale * high / wide)
    texts = [(thumb.name, "bold"), *((line, "text") for line in thumb.lines)]
    caption, height = _set(texts, size.height + UNDER, TEXT, IMPRINTS.measure, letters)
    return _PlacedCell(CopyCell(thumb.png, size, scale, thumb.copy), caption, height + AFTER)


def _note(
    first: int, rows: Sequence[Sequence[_PlacedCell]], many: int, letters: Letters
) -> _Caption:
    """Return the line that says which imprints a page has."""
    last = first - 1 + sum(map(len, rows))
    said = f"{first} to {last} of {many}" if last > first else f"{first} of {many}"
    return _set([(said, "bold")], 0.0, SHOWN, IMPRINTS.measure, letters)[0]


def _set(
    texts: Sequence[tuple[str, str]], top: float, size: float, measure: float, letters: Letters
) -> tuple[_Caption, float]:
    """Return texts, each in a face, as lines under each other, and where the last one ends."""
    stacks = letters.stacks([Words(text, _NOWHERE) for text, _ in texts])
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
    return _Caption(tuple(lines), stacks), top


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
