"""An event's papers as files: tickets, packing lists, contact sheet, manifest, XJDF, zips.

Each has a key of all that it shows, so that a paper that would be the same is not made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple, cast

from hrcpub.events.fulfil.jobs import Shell, ShellJob
from hrcpub.events.fulfil.letters import ImprintLetters
from hrcpub.events.fulfil.parts import PartCache
from hrcpub.events.fulfil.plan import said_of, shell_job
from hrcpub.events.manifest.event import Event, FinishedFile, Item, PageView, ProductionRun, Site
from hrcpub.events.paperwork import (
    INCOMPLETE,
    KeptCells,
    Letters,
    Missing,
    Printing,
    Thumb,
    ZipEntry,
    files_csv,
    phrases,
    print_contact_sheet,
    print_packing_list,
    print_ticket,
    write_archive,
    xjdf_bytes,
    xjdf_ticket,
)
from hrcpub.events.paperwork.contact_sheet import TOGETHER as FEW_IMPRINTS
from hrcpub.events.paperwork.manifest_json import manifest_json
from hrcpub.events.paperwork.packing_list import packing_list
from hrcpub.events.shells import CopyImprint, imprint_corner
from hrcpub.files.cache import SYNCS_ALL, write_whole
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import stacks_for
from hrcpub.pipeline.compose.paperwork import FOLDER as PAPERWORK
from hrcpub.pipeline.preflight.thumbnail import CropBox, thumbnail
from hrcpub.problems import Problem
from hrcpub.project.layout import SYSTEM, read_system
from hrcpub.units import Size

PAGE_WIDTH = 330  # pixels: of a page that is 170 pt wide in print, or less
FINE = 3.0  # pixels to the point of an imprint, which is read as closely as it will be
FINEST = 6.0  # of what many sites share: an imprint's place without it
WIDEST = 1200  # pixels of an imprint
SMALL_WIDTH = 110  # of a page that is 36 pt wide on a packing list
MOST_PAGES = 8  # of one piece that are shown

Begin = Callable[[], Printing]
WrittenPaper = tuple[int, Sequence[Problem]]  # pages, and its problems


class Document(NamedTuple):
    """One paper: where it goes and what it depends on.

    `write` makes it in the event's folder; or `begin` starts to print it.
    """

    path: str
    key: str
    write: Callable[[Path, str], WrittenPaper] | None = None
    begin: Begin | None = None


class Papers:
    """The papers of one event."""

    def __init__(
        self,
        project: Project,
        engine: str,
        event: Event,
        runs: Sequence[ProductionRun],
        shells: dict[ShellJob, Shell],
        folder: Path,
        parts: PartCache,
        missing: Sequence[Missing] = (),
    ) -> None:
        """Plan for what was made in the event's `folder`; `parts` are kept from earlier builds.

        What is `missing` is said on tickets and the contact sheet.
        """
        self._missing = tuple(missing)
        self._folder, self._parts = folder, parts
        self.project, self.event, self.runs, self.shells = project, event, runs, shells
        self._engine = engine
        self._corners: dict[ShellJob, tuple[float, float] | None] = {}
        self._manifest = manifest_json(event, runs, missing)

    @property
    def vendors(self) -> list[str]:
        """Return who prints, in the order of the items."""
        return list(dict.fromkeys(run.item.vendor for run in self.runs))

    @cached_property
    def jobs(self) -> list[Document]:
        """Return every paper but the zips, in the order in which they are written.

        The manifest and the contact sheet are of the whole event. Then comes each shop's folder.
        The checksums name pieces only, so they need no paper to be there.
        """
        papers = [
            Document("manifest.json", self._key(self._manifest), self._written(self._manifest)),
            self._typeset("contact-sheet.pdf", self._manifest, self._contact_sheet),
        ]
        for name in self.vendors:
            runs = [run for run in self.runs if run.item.vendor == name]
            items = [item for item in self.event.items if item.vendor == name]
            part = _shown(runs) + repr((self._missing, self.event.approvals)).encode()
            papers += [
                self._typeset(f"{name}/job-ticket.pdf", part, partial(self._ticket, runs)),
                self._typeset(
                    f"{name}/packing-list.pdf", part, partial(self._packing, runs, items)
                ),
                self._checksums(name, runs),
                self._files(name, runs),
            ]
            papers += [self._xjdf(name, run) for run in runs]
        return papers

    def _key(self, *parts: bytes) -> str:
        """Return a digest of what a paper shows, and of what it is set with."""
        digest = hashlib.sha256(self._design)
        for part in parts:
            digest.update(hashlib.sha256(part).digest())
        return digest.hexdigest()[:32]

    @cached_property
    def _design(self) -> bytes:
        """Return digests of the programs, the design system's files and the event's own."""
        system = self.project.known("system", read_system)
        folders = (SYSTEM, PAPERWORK)
        paths = {f"{one}/{name}" for one in folders for name in self.project.sources.names(one)}
        said = [words for site in self.event.sites for words in said_of(site)]
        stacks = stacks_for("en", said, system, self.project.sources)  # as the papers are
        paths |= {file.file for file in stacks.files}
        paths |= {self.event.path, *(str(site.source.path) for site in self.event.sites)}
        digests = [f"{path} {self.project.sources.digest(path)}" for path in sorted(paths)]
        return "\n".join([self._engine, *digests]).encode()

    def _typeset(self, path: str, shown: bytes, begin: Begin) -> Document:
        """Return a paper that is typeset."""
        return Document(path, self._key(path.encode(), shown), None, begin)

    def _written(self, data: bytes) -> Callable[[Path, str], WrittenPaper]:
        def write(folder: Path, path: str) -> WrittenPaper:
            write_whole(folder / path, data, sync=not SYNCS_ALL)
            return 0, ()

        return write

    def _ticket(self, runs: Sequence[ProductionRun]) -> Printing:
        return print_ticket(self.event, runs, self.project, self._missing)

    def _packing(self, runs: Sequence[ProductionRun], items: Sequence[Item]) -> Printing:
        packing = packing_list(self.event, runs, items, self._fronts(runs))
        return print_packing_list(packing, self.project)

    def _checksums(self, name: str, runs: Sequence[ProductionRun]) -> Document:
        """Return what `sha256sum -c` reads in a printer's folder."""
        files: list[FinishedFile] = []
        for run in runs:
            files += [run.file] if run.file else []
            files += [piece.file for piece in run.finished]
        lines = [f"{file.sha256}  {file.path.removeprefix(f'{name}/')}\n" for file in files]
        path, data = f"{name}/SHA256SUMS", "".join(lines).encode()
        return Document(path, self._key(path.encode(), data), self._written(data))

    def _files(self, name: str, runs: Sequence[ProductionRun]) -> Document:
        """Return how often each file is printed, as a table."""
        path, data = f"{name}/files.csv", files_csv(runs, f"{name}/")
        return Document(path, self._key(path.encode(), data), self._written(data))

    def _xjdf(self, name: str, run: ProductionRun) -> Document:
        path = f"{name}/{run.item.id}/{run.item.id}-{run.language}.xjdf"
        ticket = xjdf_ticket(self.event, run, f"{name}/{run.item.id}/")

        def write(folder: Path, path: str) -> WrittenPaper:
            write_whole(folder / path, xjdf_bytes(ticket), sync=not SYNCS_ALL)
            return 0, ()

        # Nothing else is in it: neither its letters nor its files' bytes.
        key = hashlib.sha256(f"{self._engine}\0{ticket}".encode()).hexdigest()[:32]
        return Document(path, key, write)

    # --- The contact sheet ---

    def _contact_sheet(self) -> Printing:
        pages = [thumb for run in self.runs for thumb in self._pages(run)]
        imprints = list(self._imprints())
        known = ImprintLetters(self.project)
        letters = Letters(lambda: known.fonts, partial(known.stacks, "en"))
        cells = (str(self._folder), "cells")
        kept = KeptCells(partial(self._parts.find, *cells), partial(self._parts.keep, *cells))
        return print_contact_sheet(
            self.event, pages, imprints, self.project, letters, self._missing, kept
        )

    def _pages(self, run: ProductionRun) -> Iterator[Thumb]:
        """Yield the pages of a piece, its imprint blank."""
        count = len(run.facts.views)
        said = phrases.language(run.language)
        title = str(run.item.materials[run.language].layout.title)
        for number, view in enumerate(run.facts.views[:MOST_PAGES], 1):
            of = f"{said}, {number} of {count}" if count > 1 else said
            png = self._page(run, view, PAGE_WIDTH)
            yield Thumb(title, (run.item.id, of), png)

    def _page(self, run: ProductionRun, view: PageView, width: int) -> bytes:
        """Return a picture of a page on its paper."""
        shell, paper = self.shells[shell_job(run.item, run.language)], run.facts.paper
        return self._parts.take(
            f"{shell.digest} {view} {paper} {width}",
            "png",
            lambda: thumbnail(shell.pdf, view.page, view.box, width, paper, view.turn),
        )

    def _fronts(self, runs: Sequence[ProductionRun]) -> dict[tuple[int, str], bytes]:
        """Return a small picture of each piece's first page, by item and language."""
        return {
            (run.item.number, run.language): self._page(run, run.facts.views[0], SMALL_WIDTH)
            for run in runs
            if run.facts.views
        }

    def _imprints(self) -> Iterator[Thumb]:
        """Yield each site's imprint, as the first piece that has one shows it."""
        shown: dict[str, tuple[ProductionRun, Site, FinishedFile]] = {}
        for run in self.runs:
            for site, file in run.finished if run.facts.place else ():
                if site is not None:
                    shown.setdefault(site.id, (run, site, file))
        is_drawn = len(shown) > FEW_IMPRINTS
        for run, site, file in shown.values():
            page, _, turn = place = cast(PageView, run.facts.place)
            box = cast(CropBox, place.box)
            size = Size(box[2] - box[0], box[3] - box[1])
            if turn % 180:
                size = Size(size.height, size.width)
            corner = self._corner(run, file, page, box) if is_drawn else None
            if corner is None:
                png, copy = self._imprint(run, file, page, box, turn), None
            else:
                png = self._bare(run, page, box)
                copy = CopyImprint(self._folder / file.path, page, corner, file.sha256)
            yield Thumb(str(site.name), (site.id,), png, size, copy)

    def _corner(
        self, run: ProductionRun, file: FinishedFile, page: int, box: CropBox
    ) -> tuple[float, float] | None:
        """Return where copies of a shell have their imprint in a box; None: not by themselves."""
        shell = self.shells[shell_job(run.item, run.language)]
        if not shell.template:
            return None
        if shell.job not in self._corners:
            self._corners[shell.job] = imprint_corner(self._folder / file.path, page, box)
        return self._corners[shell.job]

    def _bare(self, run: ProductionRun, page: int, box: CropBox) -> bytes:
        """Return a picture of the place of an imprint that is drawn over it."""
        shell, paper = self.shells[shell_job(run.item, run.language)], run.facts.paper
        width = round(min(WIDEST, FINEST * (box[2] - box[0])))
        return self._parts.take(
            f"{shell.digest} {page} {box} {width} {paper}",
            "png",
            lambda: thumbnail(shell.pdf, page, box, width, paper),
        )

    def _imprint(
        self,
        run: ProductionRun,
        file: FinishedFile,
        page: int,
        box: CropBox,
        turn: int,
    ) -> bytes:
        """Return a picture of a copy's imprint on its paper, upright."""
        path, paper = self._folder / file.path, run.facts.paper
        width = round(min(WIDEST, FINE * (box[2] - box[0])))
        return self._parts.take(
            f"{file.sha256} {page} {box} {width} {paper} {turn}",
            "png",
            lambda: thumbnail(path.read_bytes(), page, box, width, paper, turn),
        )

    # --- Zips ---

    def archives(self, *, is_complete: bool, failed: Collection[str] = ()) -> list[Document]:
        """Return a zip for each printer, and last one of everything; they hold all other papers.

        Those that `failed` are not there.
        """
        papers = [paper.path for paper in self.jobs if paper.path not in failed]
        return list(self._archives(papers, is_complete))

    def _archives(self, papers: Sequence[str], is_complete: bool) -> Iterator[Document]:
        end = ".zip" if is_complete else f"-{INCOMPLETE}.zip"
        files = [file for run in self.runs for file in _files(run)]
        digests = dict.fromkeys(papers, "") | {file.path: file.sha256 for file in files}
        for name in self.vendors:
            inside = [path for path in digests if path.startswith(f"{name}/")]
            yield self._archive(f"{self.event.id}-{name}{end}", inside, digests)
        yield self._archive(f"{self.event.id}{end}", list(digests), digests)

    def _archive(self, path: str, inside: list[str], digests: dict[str, str]) -> Document:
        top = path.removesuffix(".zip")

        def write(folder: Path, path: str) -> WrittenPaper:
            write_archive(
                folder / path, (ZipEntry(f"{top}/{name}", folder / name) for name in inside)
            )
            return 0, ()

        shown = "\n".join(f"{name} {digests[name]}" for name in sorted(inside))
        return Document(path, self._key(path.encode(), shown.encode(), self._manifest), write)


def _files(run: ProductionRun) -> list[FinishedFile]:
    """Return a run's files: its pieces in packing order, then the run file."""
    return [*(piece.file for piece in run.finished), *([run.file] if run.file else [])]


def _shown(runs: Sequence[ProductionRun]) -> bytes:
    """Return what papers show of runs, beside what the event's own files say."""
    lines = []
    for run in runs:
        lines.append(f"{run.item.id} {run.language} {run.facts}")
        lines += [f"{file.path} {file.sha256} {file.pages}" for file in _files(run)]
    return "\n".join(lines).encode()
