"""What somebody is writing to pages that they see: the studio's renderer, for a process of its own.

Three tasks follow each other, so that the page is there before it is proven: `Lay` lays a piece out
and writes its file, `Draw` makes a picture of a page of it, `ProveFile` says what preflight says. A
worker keeps the last files that it laid out, one for each of a few windows, and all that it has
parsed.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Reads, Sources
from hrcpub.pipeline.stages import Fullness
from hrcpub.pipeline.typeset.word_places import PanelPlace, WordPlace, places_on
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.edition import Edition
from hrcpub.project.layout import OWN, SPECIMEN
from hrcpub.project.material import Material, read_material, read_material_file
from hrcpub.studio.attempts import BORNE, Attempt, attempted
from hrcpub.studio.folding import FoldedShape, folded_shape
from hrcpub.studio.on_sheets import on_sheets
from hrcpub.studio.page_pictures import Draw, PageDrawer, PagePicture
from hrcpub.studio.separating import PlateMaker, SeparatedPage, SeparatePage
from hrcpub.units import Size

if TYPE_CHECKING:
    from hrcpub.build.finishing import WrittenEdition
    from hrcpub.project.printers import Printer

_VARIABLE = re.compile(r"(?<=[;{])--([\w-]+):([^;}]*)")
# Things of Python's that may come into being before it looks for garbage by itself: a brief makes
# fewer, a book more. They take a hundred megabytes.
MOST_YOUNG = 500_000
MOST_UNSWEPT = 40  # Lays of one sweep, without a pause: each leaves 1 MB behind
MOST_SHOWN = 4  # files that are kept to be drawn and proven


class Lay(NamedTuple):
    """A piece to be laid out. `drafts` are files as they are typed, by their paths."""

    number: int  # of the request: a Draw or a ProveFile of another one is refused
    piece: str
    edition: str
    drafts: Mapping[str, bytes]
    sheet: str | None = None
    printer: str | None = None
    is_draft: bool = True  # a translation that is not finished is shown all the same
    layout_file: str = ""  # a layout's sample, which is laid out in place of a material
    tells_values: bool = False  # what the layout's CSS may call by name


class ProveFile(NamedTuple):
    """The file to be proven, as a build would."""

    number: int


class SheetOfPages(NamedTuple):
    """One page of a file. Lengths in points; `origin` is the trim's corner in the picture."""

    size: Size  # of the picture
    trim: Size
    origin: tuple[float, float]  # of the trim's upper left corner, from the picture's


class Laid(NamedTuple):
    """What became of a Lay: no pages where it could not be laid out, `problems` say why."""

    number: int
    pages: tuple[SheetOfPages, ...] = ()
    words: tuple[WordPlace, ...] = ()
    panels: tuple[PanelPlace, ...] = ()
    folds: tuple[tuple[float, ...], ...] = ()  # of each page, from its trim's left
    bleed: float = 0.0
    safe: float = 0.0
    is_imposed: bool = False
    folding: FoldedShape | None = None  # where its pages are the two sides of a folded piece
    spine: str = ""  # where pages turn like a book's: left or right
    lattice: tuple[float, float] | None = None  # the first line and the step, from the trim's head
    fullness: Fullness | None = None
    is_wrong: bool = False  # the pages are shown with mistakes that stop a build
    overset: tuple[str, ...] = ()  # the panels that are too full
    problems: tuple[Problem, ...] = ()
    values: Mapping[str, str] | None = None  # of the variables in CSS, where they were asked for
    reads: Reads = Reads()  # what it was made from, read or looked for


class Proven(NamedTuple):
    """What a build would say of the file, and what must be known at the printer."""

    number: int
    problems: tuple[Problem, ...]
    note: str | None = None


class Gone(NamedTuple):
    """Nothing is known of that file, or not any more: others have taken its place."""

    number: int


Task = Lay | Draw | ProveFile | SeparatePage
PreviewAnswer = Laid | PagePicture | Proven | SeparatedPage | Gone


@dataclass(slots=True, eq=False)
class _Shown:
    """A file as it is shown, the edition that it is of, and the project as it was then.

    `laid` is what was told of it, and `proven`, once somebody has asked. What each was made from is
    recorded apart: a proof reads files again, which may have changed since the pages were laid out.
    """

    file: WrittenEdition
    project: Project
    edition: Edition
    task: Lay
    laid: Laid
    proven: Proven | None = None
    proven_from: Reads = field(default_factory=Reads)

    def is_for(self, task: Lay, sources: Sources) -> bool:
        """Return whether another task would come to the same, with the files as they are now."""
        same = self.task._replace(number=0, drafts={}) == task._replace(number=0, drafts={})
        return same and sources.still_holds(self.laid.reads)

    def proof(self, task: ProveFile) -> Proven:
        """Return what is told of the file, with the files as they are now."""
        if self.proven is None or not self.project.sources.still_holds(self.proven_from):
            project = self.project.recording()
            self.proven, self.proven_from = _prove(task, self, project), project.sources.reads
        return self.proven._replace(number=task.number)


class PreviewWorker:
    """Lays out, draws and proves, in its own process."""

    def __init__(self, root: str) -> None:
        """Open the project in `root`."""
        self.project = Project(Sources(Path(root)))
        self._pages, self._plates = PageDrawer(), PlateMaker()
        self._shown: dict[int, _Shown] = {}  # by the numbers of their Lays, the oldest first
        self._unswept = 0  # Lays since garbage was looked for

    def do(self, task: Task) -> PreviewAnswer:
        """Return the answer to a task; mistakes of people are in it.

        Garbage is looked for while nobody waits for a picture: before a file is proven.
        """
        if isinstance(task, Lay):
            return self._lay(task)
        if isinstance(task, ProveFile):
            self._sweep()
        shown = self._shown.get(task.number)
        if shown is None:
            return Gone(task.number)
        if isinstance(task, SeparatePage):
            return self._plates.made(task, shown.file, shown.file.shop)
        if isinstance(task, Draw):
            return self._pages.made(task, shown.file.data) or Gone(task.number)
        return shown.proof(task)

    def _lay(self, task: Lay) -> Laid:
        # One cache for all drafts: what a draft does not change stays parsed.
        self.project.sources.look_at_clock()
        sources = self.project.sources.with_drafts(task.drafts)
        # A window asks again once it knows how wide its pages are, and when it has saved.
        newest = reversed(self._shown.values())
        known = next((one for one in newest if one.is_for(task, sources)), None)
        project = Project(sources, self.project.cache, task.sheet)
        if known:
            self._keep(task.number, replace(known, project=project))
            return known.laid._replace(number=task.number)
        self._unswept += 1
        if self._unswept > MOST_UNSWEPT:
            self._sweep()
        try:
            return self._laid(task, project)
        except HrcpubError as error:
            return Laid(task.number, problems=error.problems, reads=sources.reads)

    def _laid(self, task: Lay, project: Project) -> Laid:
        from hrcpub.project.printers import printer, read_printers

        material = _material(task, project)
        edition = _edition(task.edition, material)
        shop = printer(task.printer, project.known("printers", read_printers))
        attempt = attempted(material.laid_for(edition), edition, shop, project)
        attempt = attempt._replace(problems=_told(material, attempt.problems))
        if attempt.pages is None:
            return Laid(task.number, problems=attempt.problems, reads=project.sources.reads)
        try:
            return self._shown_as(task, attempt, edition, shop, project)
        except HrcpubError as error:
            told = tuple(dict.fromkeys((*attempt.problems, *error.problems)))
            return Laid(task.number, problems=told, reads=project.sources.reads)

    def _shown_as(
        self, task: Lay, attempt: Attempt, edition: Edition, shop: Printer, project: Project
    ) -> Laid:
        """Write a file of pages that were laid out, and return what is where on them."""
        from hrcpub.build.finishing import written
        from hrcpub.pipeline.fullness import fullness

        material, pages = attempt.material, attempt.laid
        file = written(material, pages, _plain(edition), edition.paper, shop, project)
        (words, panels), sheets = places_on(pages), file.sheets
        if sheets:
            words, panels = list(on_sheets(words, sheets, pages.html.trim)), []
        laid = Laid(
            task.number,
            _sheets(file.data),
            tuple(words),
            tuple(panels),
            tuple(side.folds_x for side in sheets.sides) if sheets else pages.html.folds,
            pages.html.bleed,
            pages.html.safe,
            sheets is not None,
            *_turning(material, edition, file),
            fullness(material, pages, edition.form),
            attempt.is_wrong,
            attempt.overset,
            attempt.problems,
            values_in(pages.html.stylesheets[0].text) if task.tells_values else None,
            project.sources.reads,
        )
        self._keep(task.number, _Shown(file, project, edition, task, laid))
        return laid

    def _sweep(self) -> None:
        if self._unswept:
            gc.collect()
        self._unswept = 0

    def _keep(self, number: int, shown: _Shown) -> None:
        while len(self._shown) >= MOST_SHOWN:
            del self._shown[next(iter(self._shown))]
        self._shown[number] = shown


def _material(task: Lay, project: Project) -> Material:
    if task.layout_file:
        return read_material_file(project, task.layout_file, task.piece, is_draft=True, bears=BORNE)
    return read_material(project, task.piece, is_draft=task.is_draft, bears=BORNE)


def _edition(name: str, material: Material) -> Edition:
    from hrcpub.build.specimen import plate_edition

    return plate_edition(SPECIMEN) if name == SPECIMEN else material.layout.edition(name)


def _told(material: Material, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Return Problems without what is doubtful about a sample's words, which are nobody's."""
    from hrcpub.build.specimen import OF_SAMPLES

    if not material.path.startswith("layouts/"):
        return problems
    return tuple(problem for problem in problems if problem.code not in OF_SAMPLES)


def _plain(edition: Edition) -> Edition:
    """Return an edition without tags and links: its pages look the same, and are there sooner."""
    return replace(edition, is_tagged=False, has_links=False)


def values_in(css: str) -> dict[str, str]:
    """Return the values of the variables that the design system's CSS declares."""
    return {match[1]: match[2].strip() for match in _VARIABLE.finditer(css)}


def _turning(
    material: Material, edition: Edition, file: WrittenEdition
) -> tuple[FoldedShape | None, str, tuple[float, float] | None]:
    """Return how a file's pages are folded or turned, and its lattice; nothing for sheets."""
    form = material.layout.form(edition.form)
    if file.sheets:
        return None, "", None
    grid = form.grid
    lattice = (grid["margin"], grid["step"]) if {"margin", "step"} <= grid.keys() else None
    if form.folding and material.folding:
        return folded_shape(material.folding), "", lattice
    count = len(file.pieces[0].pages.document.pages)
    is_bound = material.layout.scheme in ("saddle-stitch", "zine")
    is_turned = form.name == OWN and (is_bound or count == 2)
    spine = "right" if material.is_right_to_left else "left"
    return None, spine if is_turned else "", lattice


def started(root: str) -> PreviewWorker:
    """Set a worker process up, with all that it will need loaded.

    A third of a layout's time would go into looking for garbage among all of it, again and again.
    """
    from hrcpub.build.batch import preload

    preload(Path(root))
    gc.collect()
    gc.freeze()
    gc.set_threshold(MOST_YOUNG, 10, 10)
    return PreviewWorker(root)


def _prove(task: ProveFile, shown: _Shown, project: Project) -> Proven:
    from hrcpub.build.finishing import proven, written
    from hrcpub.project.placeholders import unfit_for

    file, material, edition = shown.file, shown.file.material, shown.edition
    unfit = tuple(unfit_for(edition, material.problems))
    try:
        if file.edition != edition:  # it was shown without what nobody sees
            pages = file.pieces[0].pages
            file = written(material, pages, edition, edition.paper, file.shop, project)
        made = proven(file, project)
    except HrcpubError as error:
        return Proven(task.number, _told(material, (*unfit, *error.problems)))
    told = (*unfit, *made.output.problems, *_of_words(material, project))
    return Proven(task.number, _told(material, told), made.output.note)


def _of_words(material: Material, project: Project) -> tuple[Problem, ...]:
    """Return what `hrcpub words` tells of a piece; nothing of a layout's sample."""
    from hrcpub.project.facts import facts_of
    from hrcpub.project.house_style import style_of_words

    if material.path.startswith("layouts/"):
        return ()
    return (*facts_of(material, project), *style_of_words(material, project.sources).problems)


def _sheets(data: bytes) -> tuple[SheetOfPages, ...]:
    """Return the pages of a file as PDFium draws them: its crop boxes."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        found = []
        for page in document:
            left, foot, right, head = page.get_cropbox()
            trim = page.get_trimbox()
            found.append(
                SheetOfPages(
                    Size(right - left, head - foot),
                    Size(trim[2] - trim[0], trim[3] - trim[1]),
                    (trim[0] - left, head - trim[3]),
                )
            )
        return tuple(found)
    finally:
        document.close()
