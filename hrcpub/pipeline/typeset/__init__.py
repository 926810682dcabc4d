"""`Html` to `Typeset`: pages laid out once by WeasyPrint, and what it had to complain of.

What WeasyPrint says in its log becomes Problems here; what a page lost in silence, or has in the
wrong place, is found by `looking` over it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html, Overset, Stylesheet, Typeset
from hrcpub.pipeline.typeset import messages, tree, verify, weasyprint_log
from hrcpub.pipeline.typeset.engine import load, own_folder
from hrcpub.pipeline.typeset.fetcher import BASE, fetcher
from hrcpub.pipeline.typeset.laid_page import LaidRect
from hrcpub.problems import HrcpubError, Problem, stop_on_errors

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration


class Styles(NamedTuple):
    """A layout's parsed stylesheets with their fonts, as one worker keeps them."""

    fonts: FontConfiguration
    sheets: tuple[CSS, ...]
    problems: tuple[Problem, ...]


def typeset(html: Html, project: Project) -> Typeset:
    """Return the laid-out pages; raise HrcpubError with every mistake of CSS, files or place.

    Words that find no room come back as `oversets`: tighter setting may mend them, and `whole`
    tells of them where it does not.
    """
    pages = lay_out(html, project)
    if any(problem.is_error for problem in pages.problems):  # then all of it is told
        raise HrcpubError(*pages.problems, *(one.problem for one in pages.oversets))
    return pages


def lay_out(html: Html, project: Project) -> Typeset:
    """Return the laid-out pages, whatever is wrong with them.

    Raises HrcpubError when they cannot be laid out: a stylesheet is broken, the disk is full.
    """
    try:
        return _laid_out(html, project)
    except OSError as error:  # fonts are laid out from copies in a temporary folder
        raise HrcpubError(temporary_files(error)) from None


def _laid_out(html: Html, project: Project) -> Typeset:
    weasyprint = load(project.sources.root)
    key = hashlib.sha256(repr(html.stylesheets).encode()).digest()
    styles = project.parsed(("styles", key), lambda s: _styles(html, s))
    stop_on_errors(styles.problems)
    door = fetcher(project.sources, html.pictures)
    with weasyprint_log.heard() as records:
        document = weasyprint.HTML(
            string=html.text, base_url=f"{BASE}{html.base}/", url_fetcher=door
        ).render(
            stylesheets=styles.sheets,
            font_config=styles.fonts,
        )
    found = verify.over(document, html)
    problems = [
        *door.problems,
        *weasyprint_log.problems(records, html, is_fetched=True),
        *(one for one in found if isinstance(one, Problem)),
    ]
    oversets = tuple(one for one in found if isinstance(one, Overset))
    return Typeset(document, html, tuple(problems), oversets)


class Reserved(NamedTuple):
    """A place that is kept for an imprint; points from the upper left corner of the page's trim."""

    page: int  # 1-based
    rect: LaidRect
    label: float  # the height at its head where a label stands, at the left


def reserved(pages: Typeset) -> list[Reserved]:
    """Return the places that are kept for an imprint."""
    return [Reserved(*found) for found in tree.reserved(pages.document)]


def whole(pages: Typeset) -> Typeset:
    """Return pages on which all words have room; raise HrcpubError with those that have none."""
    stop_on_errors((*pages.problems, *(one.problem for one in pages.oversets)))
    return pages


def _styles(html: Html, sources: Sources) -> Styles:
    """Parse the stylesheets with a FontConfiguration of their own.

    Why: one FontConfiguration for all keeps the first font of a family for good, an edited file
    notwithstanding; one for each document takes twice the time and grows.
    """
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    door = fetcher(sources)
    sheets, problems = [], []
    for sheet in html.stylesheets:
        with weasyprint_log.heard() as records, own_folder():
            sheets.append(_parse(sheet, fonts, door))
        problems += weasyprint_log.of_css(records, sheet)
    return Styles(fonts, tuple(sheets), (*door.problems, *problems))


def _parse(sheet: Stylesheet, fonts: FontConfiguration, door: Any) -> CSS:
    from weasyprint import CSS

    folder = sheet.path.rpartition("/")[0]
    try:
        return CSS(
            string=sheet.text, base_url=f"{BASE}{folder}/", url_fetcher=door, font_config=fonts
        )
    except (RecursionError, SyntaxError):  # cssselect2 makes Python of selectors
        raise HrcpubError(weasyprint_log.css_too_deep(sheet)) from None


def temporary_files(error: OSError) -> Problem:
    """The folder for temporary files cannot be written to: the disk is full, or it is missing.

    Make room, or set TMPDIR to a folder that has some. `hrcpub doctor` says how much room there is.
    """
    return Problem(
        "temporary-files",
        f"temporary files could not be written: {error.strerror}",
        None,
        "make room on the disk, or set TMPDIR to a folder that has some",
    )


CODES = weasyprint_log.CODES | messages.CODES | {"temporary-files": temporary_files}
