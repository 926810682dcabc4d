"""A packing list's boxes to its pages: what many boxes have in common is set once.

A frame is a box's page without its label and its quantities: boxes with the same things in them
share one. Labels are set many to a document, a page for each, and stamped on the frames, as are
figures. So a box more costs its label; and since a box's number is stamped too, no other box is
made again. What does not fit a frame is set whole: a box of several sites, one with a long list,
one with so long an address that its fold moves down.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from hrcpub.events.paperwork import phrases
from hrcpub.events.paperwork.label_patterns import (
    DrawnLabel,
    LabelLook,
    LabelPatterns,
    PatternLabel,
    depends_on_short,
    look_of,
    markups,
    shapes_of,
    trial,
)
from hrcpub.events.paperwork.packing_list import Carton, PackingList
from hrcpub.events.paperwork.printed_paper import (
    KeptPlace,
    Printed,
    PrintedPaper,
    Printing,
    all_good,
    printed_together,
)
from hrcpub.events.shells import PageForm, Stamp, StampedPages, layered
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_face, compose_paperwork, plain_text
from hrcpub.pipeline.compose.paperwork import MEASURE
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import Html
from hrcpub.problems import Problem
from hrcpub.project.layout import read_system

FEWEST, TOGETHER, MOST = 8, 24, 72  # labels in one document: at least, about, at the most
FEW = 24  # labels: of more, patterns are typeset
FACES = ("display", "text", "medium", "bold")  # of the design system
_LATIN = "\u024f"  # the last of the letters that our own faces have
# Of a box's number, whose last figure brings the space behind it, as readers of text want it.
LARGE = (*"0123456789", *(f"{figure} " for figure in "0123456789"))
SMALL = tuple("0123456789,")  # of quantities

LabelChunk = tuple[str, tuple[Carton, ...]]  # letters of other scripts beside them, and their boxes


class Figures(NamedTuple):
    """Texts that are set, each on a page of a document of its own."""

    paper: PrintedPaper
    pages: Mapping[str, KeptPlace]
    middle: float  # of their lines, on each page

    def row(
        self, texts: Iterable[str], left: float, place: KeptPlace, scale: float = 1.0
    ) -> Iterator[Stamp]:
        """Yield stamps beside each other, from `left` on, in the middle of a place's height.

        So they have the baseline that its own words had, however high its lines are.
        """
        for text in texts:
            at = self.pages[text]
            yield Stamp(
                PageForm(self.paper.pdf, at.page),
                left - scale * at.left,
                place.middle - scale * self.middle,
                scale,
            )
            left += scale * at.width

    def width(self, texts: Iterable[str]) -> float:
        """Return how wide they are beside each other."""
        return sum(self.pages[text].width for text in texts)


def print_packing_list(packing: PackingList, project: Project) -> Printing:
    """Print a packing list; raise HrcpubError with all that cannot be printed."""
    return _Boxes(packing, project).bound()


class _Boxes:
    """The boxes of one list, and what of them is printed by now."""

    def __init__(self, packing: PackingList, project: Project) -> None:
        self.packing, self.project = packing, project
        self.many = str(len(packing.boxes))
        self.problems: dict[Problem, None] = {}
        self.frames: dict[Carton, PrintedPaper] = {}  # by the box, what is its own left out
        self.labels: dict[Carton, DrawnLabel] = {}
        self.whole: dict[Carton, PrintedPaper] = {}
        self._framed = list(
            dict.fromkeys(box for box in packing.boxes if not (box.is_shared or box.is_long))
        )
        self._looks: dict[str, LabelLook | None] = {}  # by other scripts' letters in frames

    @cached_property
    def _faces(self) -> tuple[Face, ...]:
        """The faces that labels may be set in."""
        system = self.project.known("system", read_system)
        return tuple(
            compose_face(name, system, self.project) for name in FACES if name in system.faces
        )

    def bound(self) -> Printing:
        """Return all pages."""
        if not self.packing.boxes:
            return (yield from printed_together([self._page([], is_frame=False)]))
        yield from self._print_shared()
        yield from self._print_labels()
        yield from self._print_whole()
        sheets, pages = [], 0
        for number, box in enumerate(self.packing.boxes, 1):
            paper = self.whole.get(box) or self.frames[_bare(box)]
            sheets.append(StampedPages(paper.pdf, tuple(self._places(str(number), box, paper))))
            pages += paper.pages
        problems = dict.fromkeys((*self.packing.problems, *self.problems))
        return PrintedPaper(layered(sheets), pages, tuple(problems))

    # --- What is printed ---

    def _print_shared(self) -> Generator[Sequence[Html], list[Printed], None]:
        """Print figures and frames, and how labels look, where there are many."""
        alike = dict.fromkeys(map(_bare, self._framed))
        self._bare = {box: self._page([box], is_frame=True) for box in alike}
        figures = [
            self._figures(large=LARGE, small=SMALL),
            self._figures(of_all=(self.many,)),  # by itself: one more box changes it
        ]
        others = {box: _others(plain_text(html.text)) for box, html in self._bare.items()}
        self._others = {box: others[_bare(box)] for box in self._framed}
        is_many = len(self._framed) > FEW
        tried = dict.fromkeys(self._others.values()) if is_many else {}
        trials = {letters: self._labels(trial(self._faces), letters) for letters in tried}
        trials = {letters: html for letters, html in trials.items() if not depends_on_short(html)}
        printed = iter((yield [*figures, *self._bare.values(), *trials.values()]))
        self._take_figures(*all_good([next(printed), next(printed)]))
        for box, result in zip(self._bare, printed, strict=False):
            if isinstance(result, PrintedPaper) and result.pages == 1:
                self.frames[box] = result
                self._note(result)
        for letters, result in zip(trials, printed, strict=True):
            # What is told of a trial is told of labels too, and nobody tells it of drawn ones.
            if isinstance(result, PrintedPaper) and not result.problems:
                self._looks[letters] = look_of(result, self._faces)

    def _take_figures(self, common: PrintedPaper, of_all: PrintedPaper) -> None:
        large, small = common.kept[: len(LARGE)], common.kept[len(LARGE) :]
        self.large = Figures(common, dict(zip(LARGE, large, strict=True)), large[0].middle)
        self.small = Figures(common, dict(zip(SMALL, small, strict=True)), small[0].middle)
        # On the line of the large ones: their size makes it.
        self.of_all = Figures(of_all, {self.many: of_all.kept[0]}, large[0].middle)

    def _print_labels(self) -> Generator[Sequence[Html], list[Printed], None]:
        """Print labels: patterns of their shapes, and then those that no pattern is right for."""
        for letters, look in self._looks.items():
            if look:
                yield from self._print_patterns(letters, look)
        left = [box for box in self._framed if box not in self.labels]
        chunks = list(_chunks(left, self._others))
        results = yield [self._labels(some, letters) for letters, some in chunks]
        for (_, some), result in zip(chunks, results, strict=True):
            self.labels |= self._printed_labels(some, result)

    def _print_patterns(
        self, letters: str, look: LabelLook
    ) -> Generator[Sequence[Html], list[Printed], None]:
        """Print what labels are drawn after that have frames with such letters; draw them."""
        lines = {
            box: known
            for box, others in self._others.items()
            if others == letters and (known := look.lines(box))
        }
        shapes = shapes_of(lines)
        if not shapes:
            return
        asked = self._labels([one for shape in shapes for one in look.patterns(shape)], letters)
        (result,) = yield [asked]
        if not isinstance(result, PrintedPaper) or result.problems:
            return
        patterns = LabelPatterns(look, shapes, result)
        of_shapes = dict(zip(shapes, markups(asked.text)[::2], strict=False))
        said = markups(self._labels(list(lines), letters).text)
        if len(of_shapes) < len(shapes) or len(said) != len(lines):
            return  # a template of a designer's own
        for (box, known), markup in zip(lines.items(), said, strict=True):
            label = patterns.drawn(known)
            if label and look.is_said(box, markup, of_shapes[known.shape]):
                self.labels[box] = label

    def _printed_labels(
        self, boxes: Sequence[Carton], result: Printed
    ) -> Mapping[Carton, DrawnLabel]:
        """Return the labels of a document; none where one goes on over its page."""
        if not isinstance(result, PrintedPaper) or result.pages != len(boxes):
            return {}
        self._note(result)
        return {
            box: DrawnLabel(PageForm(result.pdf, place.page), place)
            for box, place in zip(boxes, result.kept, strict=True)
        }

    def _print_whole(self) -> Generator[Sequence[Html], list[Printed], None]:
        boxes = [box for box in dict.fromkeys(self.packing.boxes) if not self._is_framed(box)]
        papers = all_good((yield [self._page([box], is_frame=False) for box in boxes]))
        self.whole = dict(zip(boxes, papers, strict=True))
        for paper in papers:
            self._note(paper)

    def _is_framed(self, box: Carton) -> bool:
        """Return whether a box has its frame, and a label that fits above the fold."""
        frame, label = self.frames.get(_bare(box)), self.labels.get(box)
        if frame is None or label is None or box.is_shared or box.is_long:
            return False
        room = self.sheet.height / 2 - frame.kept[1].top
        return label.place.bottom - label.place.top <= room

    def _note(self, paper: PrintedPaper) -> None:
        self.problems |= dict.fromkeys(paper.problems)

    def _page(self, boxes: Sequence[Carton], *, is_frame: bool) -> Html:
        names = {line.front for box in boxes for part in box.parts for line in part.lines}
        pictures = {name: png for name, png in self.packing.pictures.items() if name in names}
        shown = {"boxes": boxes, "is_frame": is_frame, "number": phrases.number}
        html = compose_paperwork(
            "packing", {**self.packing.said, **shown, "pictures": pictures}, self.project, pictures
        )
        self.sheet = html.trim
        return html

    def _labels(self, boxes: Sequence[Carton] | Sequence[PatternLabel], letters: str) -> Html:
        return self._stamps("labels", {"boxes": boxes, "others": letters})

    def _figures(self, **texts: Sequence[str]) -> Html:
        return self._stamps("figures", {"large": (), "small": (), "of_all": (), **texts})

    def _stamps(self, name: str, shown: Mapping[str, object]) -> Html:
        return compose_paperwork(name, {**self.packing.said, **shown}, self.project)

    # --- Where it is stamped ---

    def _places(self, number: str, box: Carton, paper: PrintedPaper) -> Iterator[tuple[Stamp, ...]]:
        """Yield what is stamped in each place of a box's page, in their order."""
        yield tuple(self._number(number, paper.kept[0]))
        if box in self.whole:
            return
        label, at = self.labels[box], paper.kept[1]
        x, y = at.left - label.place.left, at.top - label.place.top
        yield (Stamp(label.form, x, y),)
        (part,) = box.parts
        counts = [phrases.number(line.quantity) for line in part.lines if not line.is_missing]
        for text, place in zip([*counts, part.total], paper.kept[2:], strict=True):
            yield tuple(self.small.row(text, place.right - self.small.width(text), place))

    def _number(self, number: str, place: KeptPlace) -> Iterator[Stamp]:
        """Yield a box's number, of so many; all boxes' are as large as the last one's can be."""
        figures = (*number[:-1], f"{number[-1]} ")
        widest = max(self.large.width(figure) for figure in "0123456789") * len(self.many)
        space = self.large.width(["0 "]) - self.large.width("0")
        room = (self.sheet.width + MEASURE) / 2 - place.left
        scale = min(1.0, room / (widest + space + self.of_all.width([self.many])))
        yield from self.large.row(figures, place.left, place, scale)
        left = place.left + scale * self.large.width(figures)
        yield from self.of_all.row([self.many], left, place, scale)


def _bare(box: Carton) -> Carton:
    """Return a box without its label and its quantities: what its frame depends on."""
    parts = [
        part._replace(
            name="", address=(), lines=tuple(line._replace(quantity=0) for line in part.lines)
        )
        for part in box.parts
    ]
    return box._replace(name="", driver=None, parts=tuple(parts))


def _chunks(boxes: Iterable[Carton], others: Mapping[Carton, str]) -> Iterator[LabelChunk]:
    """Yield boxes whose labels are set in one document.

    Where one ends is said by the label that it ends with, and not by how many came before: so one
    that is added or goes changes its own document alone. Letters of other scripts change the lines
    of all that is set beside them, so such a label has a document to itself.
    """

    def kind(box: Carton) -> tuple[str, Carton | None]:
        return others[box], (box if _others(repr(_said(box))) else None)

    for (letters, _), group in groupby(boxes, key=kind):
        some: list[Carton] = []
        for box in group:
            some.append(box)
            is_end = zlib.crc32(repr(_said(box)).encode()) % (TOGETHER - FEWEST) == 0
            if len(some) >= MOST or (is_end and len(some) >= FEWEST):
                yield letters, tuple(some)
                some = []
        if some:
            yield letters, tuple(some)


def _said(box: Carton) -> tuple[str, tuple[str, ...], str | None]:
    """Return what a label says."""
    return box.name, box.parts[0].address, box.driver


def _others(text: str) -> str:
    """Return the letters of a text that are not Latin, each once."""
    return "".join(sorted({c for c in text if c > _LATIN and unicodedata.category(c)[0] in "LMN"}))
