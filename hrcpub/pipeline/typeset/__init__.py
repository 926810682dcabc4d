"""`Html` to `Typeset`: pages laid out once by WeasyPrint, and what is wrong with them.

`weasyprint_log` makes Problems of what WeasyPrint logs. `verify` finds what it does not say: words
that a page lost, or has in the wrong place.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.pipeline.photographs import Master, PictureView, make_master
from hrcpub.pipeline.stages import Html, Typeset
from hrcpub.pipeline.typeset import (
    css_slips,
    failures,
    families,
    list_numbers,
    messages,
    tree,
    verify,
    weasyprint_log,
)
from hrcpub.pipeline.typeset.broken_html import CODES as BROKEN
from hrcpub.pipeline.typeset.broken_html import broken
from hrcpub.pipeline.typeset.colons import CODES as COLONS
from hrcpub.pipeline.typeset.dead_links import CODES as DEAD
from hrcpub.pipeline.typeset.dead_links import dead_links
from hrcpub.pipeline.typeset.engine import heard_parser, load
from hrcpub.pipeline.typeset.fetcher import BASE, Masters, fetcher, picture_paths
from hrcpub.pipeline.typeset.hollow import CODES as HOLLOW
from hrcpub.pipeline.typeset.ignored import CODES as IGNORED
from hrcpub.pipeline.typeset.ignored import ignored, unnumbered
from hrcpub.pipeline.typeset.laid_page import LaidRect
from hrcpub.pipeline.typeset.mentions import at_their_mention
from hrcpub.pipeline.typeset.page_sizes import CODES as SIZES
from hrcpub.pipeline.typeset.panel_fill import fills
from hrcpub.pipeline.typeset.stylesheets import read_styles
from hrcpub.pipeline.typeset.torn_titles import CODES as TORN
from hrcpub.problems import HrcpubError, Problem, stop_on_errors
from hrcpub.units import Size


def typeset(html: Html, project: Project) -> Typeset:
    """Return the laid-out pages; raise HrcpubError with all mistakes in CSS, files or places.

    Words that do not fit come back as `oversets`, since a tighter setting may make them fit. Where
    nothing else is tried, use `with_all_words`.
    """
    pages = lay_out(html, project)
    if any(problem.is_error for problem in pages.problems):
        raise HrcpubError(*pages.problems, *(overset.problem for overset in pages.oversets))
    return pages


def lay_out(html: Html, project: Project) -> Typeset:
    """Return the laid-out pages, even if something is wrong with them.

    Raises HrcpubError when they cannot be laid out: a stylesheet is broken, or the disk is full.
    """
    try:
        return _laid_out(html, project)
    except OSError as error:  # fonts are laid out from copies in a temporary folder
        raise HrcpubError(temporary_files(error)) from None


def _laid_out(html: Html, project: Project) -> Typeset:
    weasyprint = load(project.sources.root)
    key = hashlib.sha256(repr(html.stylesheets).encode()).digest()
    styles = project.parsed(
        ("styles", key), lambda s: read_styles(html, replace(project, sources=s))
    )
    stop_on_errors(styles.problems)
    proven = {picture.text for picture in html.owed_pictures}
    door = fetcher(project.sources, html.pictures, proven, _masters(html, project))
    with weasyprint_log.heard() as records, failures.told(html):
        base = f"{BASE}{html.base}/"
        with heard_parser(weasyprint) as mended:
            page = weasyprint.HTML(string=html.text, base_url=base, url_fetcher=door)
        passed_over = [
            *broken(mended, html, project.sources),
            *ignored(page.etree_element, html, project.sources),
            *dead_links(page.etree_element, html, project.sources),
        ]
        hints = list_numbers.hinted(page.etree_element)
        with styles.shelf.lent(records):
            document = page.render(
                stylesheets=[*([weasyprint.CSS(string=hints)] if hints else ()), *styles.sheets],
                font_config=styles.fonts,
            )
    if door.lacks:  # what stands in place of a picture is no fault of its own
        refused = at_their_mention(door.problems, html, project.sources)
        told = tuple(dict.fromkeys([*refused, *passed_over]))
        return Typeset(document, html, told, photographs=door.photographs)
    faults = verify.over(document, html)
    if hints:
        passed_over += unnumbered(page.etree_element, faults.pages, html, project.sources)
    valueless = weasyprint_log.lines_without_value(records)
    undefined = css_slips.told(styles.undefined, html, valueless)
    logged = weasyprint_log.problems(records, html, is_fetched=True, are_names_told=bool(undefined))
    problems = (
        *html.problems,
        *door.problems,
        *at_their_mention(door.coarse, html, project.sources),
        *undefined,
        *passed_over,
        *at_their_mention(logged, html, project.sources),
        *faults.problems,
    )
    return Typeset(
        document,
        html,
        problems,
        tuple(faults.oversets),
        tuple(faults.unprinted),
        faults.said,
        tuple(fills(faults.pages, html)),
        door.photographs,
    )


def _masters(html: Html, project: Project) -> Masters:
    """Return what makes the Master of a picture; it is kept for the next layout of the piece."""
    most = Size(html.trim.width + 2 * html.bleed, html.trim.height + 2 * html.bleed)

    def master(path: str, view: PictureView) -> Master:
        key = ("photograph", path, view, most)
        return project.parsed(key, lambda s: make_master(s.read(path), view, most))

    return master


def pictures_of(pages: Typeset) -> dict[str, str]:
    """Return the paths of the pictures on some pages by the names that they have in the PDF."""
    return picture_paths(pages.document)


class Reserved(NamedTuple):
    """A place that is kept for an imprint; points from the upper left corner of the page's trim."""

    page: int  # 1-based
    rect: LaidRect
    label: float  # the height at its head that is kept for a label


def reserved(pages: Typeset) -> list[Reserved]:
    """Return the places that are kept for an imprint."""
    return [Reserved(*place) for place in tree.reserved(pages.document)]


def with_all_words(pages: Typeset) -> Typeset:
    """Return the pages if all words fit; raise HrcpubError with those that do not."""
    stop_on_errors((*pages.problems, *(overset.problem for overset in pages.oversets)))
    return pages


def temporary_files(error: OSError) -> Problem:
    """Temporary files cannot be written: the disk is full, or their folder is missing.

    Fix: free some space, or set TMPDIR to another folder. `hrcpub doctor` says how much space is
    free.
    """
    return Problem(
        "temporary-files",
        f"temporary files cannot be written: {error.strerror}",
        None,
        "free some space on the disk, or set TMPDIR to another folder",
    )


CODES = (
    weasyprint_log.CODES
    | messages.CODES
    | COLONS
    | css_slips.CODES
    | failures.CODES
    | BROKEN
    | families.CODES
    | HOLLOW
    | TORN
    | IGNORED
    | DEAD
    | SIZES
    | {"temporary-files": temporary_files}
)
