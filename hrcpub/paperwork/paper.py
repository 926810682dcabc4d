"""`Html` of an event's paper to its PDF: typeset, written and proven as a piece is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.cache import Shelf
from hrcpub.compose import compose_face, plain_text
from hrcpub.edition import Edition, Paper
from hrcpub.impose.joining import joined
from hrcpub.layout import read_system
from hrcpub.preflight import Wanted, preflight
from hrcpub.prepress import Demands, prepress
from hrcpub.problems import Problem, Severity, stop_on_errors
from hrcpub.setting import glyph_missing
from hrcpub.sources import Sources
from hrcpub.stages import Html, Pdf, Stylesheet, Typeset
from hrcpub.typeset import complaints, typeset, whole

# Black on white and one-sided, whatever paper is in the tray: each page may go its own way.
EDITION = Edition("paperwork", "an event's own papers", paper=Paper.WHITE)


class Printed(NamedTuple):
    """A paper, ready to be written; `problems` ride along."""

    pdf: Pdf
    pages: int
    problems: tuple[Problem, ...] = ()


def printed(html: Html, sources: Sources, shelf: Shelf) -> Printed:
    """Return a paper's PDF; raise HrcpubError when its words have no room or it is unsound."""
    html, missing = _with_known_letters(html, sources, shelf)
    paper = _written(html, whole(typeset(html, sources, shelf)))
    return paper._replace(problems=(*missing, *paper.problems))


def printed_in_parts(parts: Sequence[Html], guess: int, sources: Sources, shelf: Shelf) -> Printed:
    """Return one PDF of many documents, their pages numbered through.

    Why: a line that is laid out takes an eighth of a megabyte, and a list for two thousand sites
    takes no more memory in parts than one for twenty. How many pages there are is known only when
    all were laid out: where that is not `guess`, they are laid out again.
    """
    if len(parts) == 1:
        return printed(parts[0], sources, shelf)
    known = [_with_known_letters(html, sources, shelf) for html in parts]
    papers, pages = _numbered_through([html for html, _ in known], guess, sources)
    if pages != guess:
        papers, pages = _numbered_through([html for html, _ in known], pages, sources)
    problems = [one for _, missing in known for one in missing]
    problems += [one for paper in papers for one in paper.problems]
    pdf = joined(paper.pdf for paper in papers)
    return Printed(pdf, pages, tuple(dict.fromkeys(problems)))


def _numbered_through(
    parts: Sequence[Html], of: int, sources: Sources
) -> tuple[list[Printed], int]:
    """Return the parts' PDFs, numbered as if there were `of` pages; and how many there are."""
    papers: list[Printed] = []
    pages = 0
    for part in parts:
        html = _numbered(part, pages, of)
        # A Shelf of its own: these styles are nobody else's.
        papers.append(_written(html, whole(typeset(html, sources, Shelf()))))
        pages += papers[-1].pages
    return papers, pages


def _numbered(html: Html, before: int, pages: int) -> Html:
    """Return a document whose pages are numbered on from those before it."""
    rules = f"@page :first{{counter-reset:page {before + 1}}}\n"
    rules += f'@page{{@bottom-right{{content:counter(page) " of {pages}"}}}}\n'
    sheet = Stylesheet(html.stylesheets[-1].path, rules)
    return replace(html, stylesheets=(*html.stylesheets, sheet))


def _written(html: Html, pages: Typeset) -> Printed:
    """Return laid-out pages as a PDF; raise HrcpubError when it is unsound."""
    with complaints.heard() as records:
        pdf = prepress(pages, Demands(EDITION, EDITION.paper))
    count = len(pages.document.pages)
    wanted = Wanted(EDITION, count, html.trim, 0.0, html.families)
    problems = (*pages.problems, *complaints.problems(records, html), *preflight(pdf, wanted))
    return Printed(pdf, count, stop_on_errors(dict.fromkeys(problems)))


def _with_known_letters(html: Html, sources: Sources, shelf: Shelf) -> tuple[Html, list[Problem]]:
    """Return a document with a question mark for each letter that the text face lacks.

    Why no error: a list on which one letter of an address is missing packs a box; no list doesn't.
    """
    system = shelf.get("paperwork-system", sources, read_system)
    face = compose_face("text", system, sources, shelf)
    missing = sorted(set(face.missing(plain_text(html))))
    if not missing:
        return html, []
    problems = [glyph_missing(one, None, "the text face").at(Severity.WARNING) for one in missing]
    known = html.text.translate(dict.fromkeys(map(ord, missing), "?"))
    return replace(html, text=known), problems
