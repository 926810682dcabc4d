"""WeasyPrint's log records to Problems: nothing that it only mentions gets lost."""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator

from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.problems import Problem, Source

_CSS_PLACE = re.compile(r" at (\d+):(\d+)")
_FETCHED = ("Failed to load image", "Failed to load stylesheet")
_QUOTED = re.compile(r"selector, '(.+)'")


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@contextlib.contextmanager
def heard() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs, and keep it off the terminal."""
    logger, listener = logging.getLogger("weasyprint"), _Listener()
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [listener], False
    try:
        yield listener.records
    finally:
        logger.handlers, logger.propagate = handlers, propagate


def of_css(records: list[logging.LogRecord], sheet: Stylesheet) -> list[Problem]:
    """Return the Problems of one stylesheet's parsing."""
    return [css_ignored(record.getMessage(), sheet) for record in records]


def problems(
    records: list[logging.LogRecord], html: Html, *, is_fetched: bool = False
) -> list[Problem]:
    """Return the Problems of a layout. With `is_fetched`, the fetcher has told what it refused."""
    messages = dict.fromkeys(record.getMessage() for record in records)
    return [
        page_problem(message)
        for message in messages
        if not (is_fetched and message.startswith(_FETCHED))
    ]


def css_ignored(message: str, sheet: Stylesheet) -> Problem:
    """A rule in a stylesheet is not understood, so it does nothing: misspelt, or unknown here.

    Typesetting is by WeasyPrint, which knows most of CSS, but not all: its documentation lists
    what. A rule that does nothing is an error, since somebody meant something by it.
    """
    match = _CSS_PLACE.search(message)
    line, column = (int(match[1]), int(match[2])) if match else _place(message, sheet)
    lines = sheet.text.splitlines()
    quote = lines[line - 1] if line and line <= len(lines) else None
    said = _CSS_PLACE.sub("", message).removesuffix(".")
    return Problem("css-ignored", said, Source(sheet.path, line, column, quote=quote))


def _place(message: str, sheet: Stylesheet) -> tuple[int | None, int | None]:
    """Return where the text that a message quotes stands (of selectors, no place is logged)."""
    quoted = _QUOTED.search(message)
    at = sheet.text.find(quoted[1].strip()) if quoted else -1
    if at < 0:
        return None, None
    return sheet.text.count("\n", 0, at) + 1, at - sheet.text.rfind("\n", 0, at)


def css_too_deep(sheet: Stylesheet) -> Problem:
    """A stylesheet nests brackets so deeply that it cannot be read.

    Most often a `}` is missing, again and again, in something that another program wrote.
    """
    return Problem("css-too-deep", "this stylesheet nests too deeply", Source(sheet.path))


def page_problem(message: str) -> Problem:
    """WeasyPrint complains of something on a page: a font, an anchor, an attribute.

    What it does not understand it leaves out, so the page would lack what somebody meant. Look for
    the words that it quotes in the layout's template and stylesheet.
    """
    return Problem("page-warning", message.removesuffix("."))


CODES = {"css-ignored": css_ignored, "css-too-deep": css_too_deep, "page-warning": page_problem}
