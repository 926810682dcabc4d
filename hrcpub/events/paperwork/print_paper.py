"""`Html` of an event's paper to its PDF: typeset, written and proven as a piece is."""

from __future__ import annotations

from dataclasses import replace

from hrcpub.events.paperwork.printed_paper import KeptPlace, PrintedPaper
from hrcpub.files.project import Project
from hrcpub.pipeline.compose import paper_faces, plain_text
from hrcpub.pipeline.preflight import Expected, preflight
from hrcpub.pipeline.prepress import Demands, prepress
from hrcpub.pipeline.setting import by_script, glyph_missing
from hrcpub.pipeline.stages import Html, Typeset
from hrcpub.pipeline.typeset import (
    failures,
    reserved,
    typeset,
    weasyprint_log,
    with_all_words,
)
from hrcpub.pipeline.typeset.hollow import CODES as HOLLOW
from hrcpub.problems import Problem, Severity, stop_on_errors
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.layout import read_system

# Black on white, and one-sided: a box's page goes into the box, whatever is printed next.
EDITION = Edition("paperwork", "an event's own papers", paper=PaperColour.WHITE)


def printed(html: Html, project: Project) -> PrintedPaper:
    """Return a paper's PDF; raise HrcpubError when its words do not fit or it is unsound."""
    html, missing = _with_known_letters(html, project)
    paper = _written(html, with_all_words(typeset(html, project)))
    return paper._replace(problems=(*missing, *paper.problems))


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
