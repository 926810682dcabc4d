"""A printer's job ticket, typeset once for as long as nothing but its files' bytes changes.

Of each file a ticket says how its digest begins, and any build may change that. So the ticket is
typeset with marks in their place, which are exchanged in its PDF: a kept ticket serves the next
build too. Where a template shows digests otherwise, they are typeset with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from hrcpub.events.manifest.event import Event, ProductionRun
from hrcpub.events.paperwork import phrases
from hrcpub.events.paperwork.job_ticket import ticket_document
from hrcpub.events.paperwork.missing import Missing
from hrcpub.events.paperwork.printed_paper import PrintedPaper, Printing, printed_together
from hrcpub.events.shells import reworded
from hrcpub.files.project import Project
from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Html

_DIGITS = "0123456789abcdef"
_SHOWN = pattern(r"(?<=>)[0-9a-f]{4}(?: [0-9a-f]{4}){2}(?=<)")  # a text by itself
# Not kerned, so that a digit takes the same room beside any other.
_MARK = '<span style="font-kerning:none">{}</span>'


def print_ticket(
    event: Event,
    runs: Sequence[ProductionRun],
    project: Project,
    missing: Sequence[Missing] = (),
) -> Printing:
    """Print the ticket of what one printer makes of an event; `runs` are those of its items."""
    html = ticket_document(event, runs, project, missing)
    marked, words = _marked(html, {phrases.digest(digest) for digest in _digests(runs)})
    if words:
        (paper,) = yield [marked]
        # What is said of marks may not be true of digests.
        if isinstance(paper, PrintedPaper) and not paper.problems:
            pdf = reworded(paper.pdf, words)
            if pdf is not None:
                return paper._replace(pdf=pdf)
    return (yield from printed_together([html]))


def _digests(runs: Sequence[ProductionRun]) -> list[str]:
    files = [piece.file for run in runs for piece in run.finished]
    files += [run.file for run in runs if run.file]
    return [file.sha256 for file in files]


def _marked(html: Html, digests: set[str]) -> tuple[Html, dict[str, str]]:
    """Return a ticket with marks in the place of digests, and the digest of each mark.

    Marks have all digits and a space, each in an order of its own: none is taken for another.
    """
    orders = permutations(_DIGITS)
    words: dict[str, str] = {}

    def mark(found: re.Match[str]) -> str:
        if found[0] not in digests:
            return found[0]
        digits = "".join(next(orders))
        text = f"{digits[:4]} {digits[4:]}"
        words[text] = found[0]
        return _MARK.format(text)

    return replace(html, text=_SHOWN.sub(mark, html.text)), words
