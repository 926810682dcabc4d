"""`Html` of an event's paper to its PDF: typeset, written and proven as a piece is."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.events.shells import bind
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import paper_faces, plain_text
from hrcpub.pipeline.preflight import Expected, preflight
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.setting import by_script, glyph_missing
from hrcpub.pipeline.stages import Html, Pdf, Typeset
from hrcpub.pipeline.typeset import (
    failures,
    reserved,
    typeset,
    weasyprint_log,
    with_all_words,
)
from hrcpub.pipeline.typeset.hollow import CODES as HOLLOW
from hrcpub.problems import HrcpubError, Problem, Severity, stop_on_errors
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.layout import read_system

# Black on white, and one-sided: a box's page goes into the box, whatever is printed next.
EDITION = Edition("paperwork", "an event's own papers", paper=PaperColour.WHITE)


class KeptPlace(NamedTuple):
    """A place for a stamp, or a stamp on its page; points from the sheet's upper left corner."""

    page: int  # 1-based
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def middle(self) -> float:
        """Where it is half as high."""
        return (self.top + self.bottom) / 2


class PrintedPaper(NamedTuple):
    """A paper, ready to be written; `problems` ride along."""

    pdf: Pdf
    pages: int
    problems: tuple[Problem, ...] = ()
    kept: tuple[KeptPlace, ...] = ()  # for stamps, in the order in which they are drawn


Printed = PrintedPaper | HrcpubError  # of one document
# A paper on its way: it asks for documents, gets what became of each, and returns the whole. Thus
# papers ask together, workers share all that there is, and what two of them show is set once.
Printing = Generator[Sequence[Html], list[Printed], PrintedPaper]


def printed_together(documents: Sequence[Html]) -> Printing:
    """Print documents and bind them, in their order."""
    return bound(all_good((yield documents)))


def all_good(printed: Sequence[Printed]) -> list[PrintedPaper]:
    """Return printed documents; raise HrcpubError with the problems of all that are not."""
    wrong = [one for one in printed if isinstance(one, HrcpubError)]
    if wrong:
        raise HrcpubError(*(problem for one in wrong for problem in one.problems))
    return [one for one in printed if isinstance(one, PrintedPaper)]


def printed(html: Html, project: Project) -> PrintedPaper:
    """Return a paper's PDF; raise HrcpubError when its words do not fit or it is unsound."""
    html, missing = _with_known_letters(html, project)
    paper = _written(html, with_all_words(typeset(html, project)))
    return paper._replace(problems=(*missing, *paper.problems))


def bound(papers: Sequence[PrintedPaper]) -> PrintedPaper:
    """Return one PDF of some, in their order."""
    if len(papers) == 1:
        return papers[0]
    problems = tuple(dict.fromkeys(problem for paper in papers for problem in paper.problems))
    pdf = bind([paper.pdf for paper in papers])
    return PrintedPaper(pdf, sum(paper.pages for paper in papers), problems)


def _written(html: Html, pages: Typeset) -> PrintedPaper:
    """Return laid-out pages as a PDF; raise HrcpubError when it is unsound."""
    with weasyprint_log.heard() as records, failures.told(html):
        pdf = prepress(pages, Demands(EDITION, EDITION.paper))
    count = len(pages.document.pages)
    expected = Expected(EDITION, count, html.trim, 0.0, html.families)
    problems = (*_told(pages), *weasyprint_log.problems(records, html), *preflight(pdf, expected))
    return PrintedPaper(pdf, count, stop_on_errors(dict.fromkeys(problems)), _kept(pages))


def _told(pages: Typeset) -> list[Problem]:
    """Return what was found, but for how full the last page is: nobody can cut a list's words."""
    return [problem for problem in pages.problems if problem.code not in HOLLOW]


def _kept(pages: Typeset) -> tuple[KeptPlace, ...]:
    """Return the places for stamps: they are drawn from the head down."""
    found = (KeptPlace(place.page, *place.rect[:4]) for place in reserved(pages))
    return tuple(sorted(found, key=lambda place: (place.page, place.top)))


def _with_known_letters(html: Html, project: Project) -> tuple[Html, list[Problem]]:
    """Return a document with a question mark for each letter that no face of the project has.

    Why this is not an error: with one letter of an address missing a list still packs a box;
    without a list nobody does.
    """
    system = project.known("system", read_system)
    face = paper_faces(html.text, system, project)[1]["text"]
    missing = sorted(set(face.missing(plain_text(html.text))))
    if not missing:
        return html, []
    problems = [_shown_as_question_mark(letters) for letters in by_script(missing)]
    known = html.text.translate(dict.fromkeys(map(ord, missing), "?"))
    return replace(html, text=known), problems


def _shown_as_question_mark(letters: str) -> Problem:
    """Return letters that papers lack; which cells they stand in is told of the pieces."""
    problem = glyph_missing(letters, None, "the font of tickets and lists")
    message = f'{problem.message}; a "?" stands there for each'
    return replace(problem, message=message, severity=Severity.WARNING)
