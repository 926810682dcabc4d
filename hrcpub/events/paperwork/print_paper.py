"""`Html` of an event's paper to its PDF: typeset, written and proven as a piece is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.events.shells import bind
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import paper_faces, plain_text
from hrcpub.pipeline.preflight import Expected, preflight
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.setting import by_script, glyph_missing
from hrcpub.pipeline.stages import Html, Pdf, Typeset
from hrcpub.pipeline.typeset import failures, typeset, weasyprint_log, with_all_words
from hrcpub.problems import Problem, Severity, stop_on_errors
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.layout import read_system

# Black on white, and one-sided: a box's page goes into the box, whatever is printed next.
EDITION = Edition("paperwork", "an event's own papers", paper=PaperColour.WHITE)


class PrintedPaper(NamedTuple):
    """A paper, ready to be written; `problems` ride along."""

    pdf: Pdf
    pages: int
    problems: tuple[Problem, ...] = ()


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
    problems = (*pages.problems, *weasyprint_log.problems(records, html), *preflight(pdf, expected))
    return PrintedPaper(pdf, count, stop_on_errors(dict.fromkeys(problems)))


def _with_known_letters(html: Html, project: Project) -> tuple[Html, list[Problem]]:
    """Return a document with a question mark for each letter that no face of the project has.

    Why this is not an error: with one letter of an address missing a list still packs a box;
    without a list nobody does.
    """
    system = project.known("paperwork-system", read_system)
    face = paper_faces(html.text, system, project)[1]["text"]
    missing = sorted(set(face.missing(plain_text(html.text))))
    if not missing:
        return html, []
    problems = [glyph_missing(letters, None).at(Severity.WARNING) for letters in by_script(missing)]
    known = html.text.translate(dict.fromkeys(map(ord, missing), "?"))
    return replace(html, text=known), problems
