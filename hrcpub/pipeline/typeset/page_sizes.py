"""Laid-out pages to those that a stylesheet gives another size than the layout's trim."""

from __future__ import annotations

from collections.abc import Iterable

from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset.laid_page import LaidPage
from hrcpub.problems import Problem, Source

_SLACK = 1.0  # points: sizes are rounded in CSS
_SIZE = pattern(r"@page[^{}]*\{[^{}]*?(?<![-\w])size\s*:")


def wrong_sizes(pages: Iterable[LaidPage], html: Html) -> list[Problem]:
    """Return a Problem of the first page that has not the size of the trim."""
    width, height = html.trim
    return [
        page_size(page, html)
        for page in pages
        if max(abs(page.width - width), abs(page.height - height)) > _SLACK
    ][:1]


def page_size(page: LaidPage, html: Html) -> Problem:
    """A stylesheet gives a page another size than the layout's trim. What is beyond is cut off.

    Fix: take `size` out of the `@page` rules, and write the size into `trim:` of `layout.yaml`.
    """
    return Problem(
        "page-size",
        f"page {page.number} is {page.width:g} × {page.height:g} pt, but the layout's trim is "
        f"{html.trim.width:g} × {html.trim.height:g} pt",
        _place(html),
        "take size out of @page, and write it into trim: of layout.yaml",
    )


def _place(html: Html) -> Source:
    """Return the last rule that sets a size: it is the strongest, unless it is for one page."""
    place = Source(html.template or None)
    for sheet in html.stylesheets:
        for match in _SIZE.finditer(sheet.text):
            line = sheet.text.count("\n", 0, match.end()) + 1
            place = Source(sheet.path, line, quote=sheet.text.split("\n")[line - 1])
    return place


CODES = {"page-size": page_size}
