"""`Html` of an event's paper to its PDF: typeset, written and proven as a piece is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from hrcpub.cache import Shelf
from hrcpub.compose import compose_face, plain_text
from hrcpub.edition import Edition, Paper
from hrcpub.layout import read_system
from hrcpub.preflight import Wanted, preflight
from hrcpub.prepress import Demands, prepress
from hrcpub.problems import Problem, Severity, stop_on_errors
from hrcpub.setting import glyph_missing
from hrcpub.sources import Sources
from hrcpub.stages import Html, Pdf, Typeset
from hrcpub.stock import bind
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


def bound(papers: Sequence[Printed]) -> Printed:
    """Return one PDF of some, in their order."""
    if len(papers) == 1:
        return papers[0]
    problems = tuple(dict.fromkeys(one for paper in papers for one in paper.problems))
    pdf = bind([paper.pdf for paper in papers])
    return Printed(pdf, sum(paper.pages for paper in papers), problems)


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
