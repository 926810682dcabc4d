"""A paper on its way to its PDF, and the PDF: what asks for it need not know how it is printed."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import NamedTuple

from hrcpub.events.shells import bind
from hrcpub.pipeline.stages import Html, Pdf
from hrcpub.problems import HrcpubError, Problem


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


def bound(papers: Sequence[PrintedPaper]) -> PrintedPaper:
    """Return one PDF of some, in their order."""
    if len(papers) == 1:
        return papers[0]
    problems = tuple(dict.fromkeys(problem for paper in papers for problem in paper.problems))
    pdf = bind([paper.pdf for paper in papers])
    return PrintedPaper(pdf, sum(paper.pages for paper in papers), problems)
