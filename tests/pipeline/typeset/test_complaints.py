"""What WeasyPrint logs becomes Problems, and stays off the terminal."""

from __future__ import annotations

import logging

import pytest

from hrcpub.pipeline.stages import Stylesheet
from hrcpub.pipeline.typeset.weasyprint_log import css_ignored, heard

SHEET = Stylesheet("layouts/mine/layout.css", "p {\n  colour: red;\n}\n")


def test_what_is_logged_is_heard_and_not_shown(capfd: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("weasyprint")
    before = (list(logger.handlers), logger.propagate)
    with heard() as records:
        logger.warning("Ignored %s", "something")
        logger.debug("only for developers")
    assert [record.getMessage() for record in records] == ["Ignored something"]
    assert (list(logger.handlers), logger.propagate) == before
    assert capfd.readouterr() == ("", "")


def test_listening_ends_with_an_exception_too() -> None:
    logger = logging.getLogger("weasyprint")
    before = list(logger.handlers)
    with pytest.raises(RuntimeError), heard():
        raise RuntimeError
    assert logger.handlers == before


@pytest.mark.parametrize(
    ("message", "line", "column", "quote"),
    [
        ("Ignored `colour: red` at 2:3, unknown property.", 2, 3, "  colour: red;"),
        ("Ignored something without a place.", None, None, None),
        ("Ignored something at 99:1, beyond the end.", 99, 1, None),
    ],
)
def test_a_css_mistake_has_the_place_that_was_logged(
    message: str, line: int | None, column: int | None, quote: str | None
) -> None:
    problem = css_ignored(message, SHEET)
    assert problem.source
    assert (problem.source.line, problem.source.column) == (line, column)
    assert problem.source.quote == quote
    assert " at " not in problem.message
    assert problem.is_error
