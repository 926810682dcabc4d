"""WeasyPrint's log records to Problems, so that nothing that it only logs gets lost."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator

from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.problems import Problem, Source

_CSS_PLACE = pattern(r" at (\d+):(\d+)")
_ALT = "has no required alt description"  # also of alt="", which is right
_FETCHED = ("Failed to load image", "Failed to load stylesheet")
_NO_VALUE = pattern(r"Ignored `.*` at (\d+):\d+, no value")  # of a variable without one
_QUOTED = pattern(r"selector, '(.+)'")


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextlib.contextmanager
def heard() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs, and do not let it onto the terminal."""
    logger, listener = logging.getLogger("weasyprint"), _Listener()
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [listener], False
    try:
        yield listener.records
    finally:
        logger.handlers, logger.propagate = handlers, propagate


def of_css(records: list[logging.LogRecord], sheet: Stylesheet) -> list[Problem]:
    """Return the Problems of parsing one stylesheet."""
    return [css_ignored(record.getMessage(), sheet) for record in records]


def problems(
    records: list[logging.LogRecord],
    html: Html,
    *,
    is_fetched: bool = False,
    are_names_told: bool = False,
) -> list[Problem]:
    """Return the Problems of laying out.

    With `is_fetched`, those of files are left out: the fetcher has reported what it refused. Of
    pictures without `alt`, `ignored` tells; `are_names_told`: of variables, `css_slips` does.
    """
    # Once each: the same is logged for each page.
    messages = dict.fromkeys(record.getMessage() for record in records)
    return [
        page_problem(message, html.template)
        for message in messages
        if not (is_fetched and message.startswith(_FETCHED))
        and not (are_names_told and _NO_VALUE.match(message))
        and _ALT not in message
    ]


def lines_without_value(records: list[logging.LogRecord]) -> set[int]:
    """Return the lines of stylesheets, or of `style`, with a variable that has no value."""
    found = (_NO_VALUE.match(record.getMessage()) for record in records)
    return {int(match[1]) for match in found if match}


def css_ignored(message: str, sheet: Stylesheet) -> Problem:
    """A rule in a stylesheet does nothing, because it is misspelt or not known here.

    Fix: check the spelling, or use another rule. WeasyPrint, which sets the pages, knows most of
    CSS; its documentation lists what. A rule without effect is an error, since somebody meant
    something by it.
    """
    match = _CSS_PLACE.search(message)
    line, column = (int(match[1]), int(match[2])) if match else _place(message, sheet)
    lines = sheet.text.splitlines()
    quote = lines[line - 1] if line and line <= len(lines) else None
    reason = _CSS_PLACE.sub("", message).removesuffix(".")
    return Problem("css-ignored", reason, Source(sheet.path, line, column, quote=quote))


def _place(message: str, sheet: Stylesheet) -> tuple[int | None, int | None]:
    """Return line and column of the text that a message quotes; of selectors no place is logged."""
    quoted = _QUOTED.search(message)
    at = sheet.text.find(quoted[1].strip()) if quoted else -1
    if at < 0:
        return None, None
    return sheet.text.count("\n", 0, at) + 1, at - sheet.text.rfind("\n", 0, at)


def css_too_deep(sheet: Stylesheet) -> Problem:
    """A stylesheet has brackets in brackets so deep that it cannot be read.

    Fix: look for a missing `}`, often in what another program wrote.
    """
    return Problem("css-too-deep", "this stylesheet is nested too deeply", Source(sheet.path))


def page_problem(message: str, template: str = "") -> Problem:
    """WeasyPrint warns of something on a page: a font, an anchor, an attribute.

    Fix: look for the words that it quotes in the layout's template and stylesheet. WeasyPrint
    leaves out what it does not understand, so something would be missing on the page.
    """
    source = Source(template) if template else None
    return Problem("page-warning", message.removesuffix("."), source)


CODES = {"css-ignored": css_ignored, "css-too-deep": css_too_deep, "page-warning": page_problem}
