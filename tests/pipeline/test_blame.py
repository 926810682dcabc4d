"""What several editions have in common is told once, and what some have says which."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.blame import of_editions
from hrcpub.problems import Problem, Severity, Source

EDITIONS = ("office", "screen", "press", "large-print")
WORDS = Source("materials/mine.yaml", 8, 10, quote="  title: Words")


def lost(source: Source | None = WORDS, severity: Severity = Severity.ERROR) -> Problem:
    return Problem("text-lost", "1 word is lost", source, None, severity)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (EDITIONS, "1 word is lost"),
        (("large-print",), "1 word is lost (in the large-print edition)"),
        (("office", "press"), "1 word is lost (in the office and press editions)"),
        (EDITIONS[:3], "1 word is lost (in all editions but large-print)"),
    ],
)
def test_an_error_of_some_editions_says_which(names: tuple[str, ...], message: str) -> None:
    (problem,) = of_editions([(name, lost()) for name in names], EDITIONS)
    assert (problem.message, problem.source) == (message, WORDS)


def test_the_only_edition_that_was_asked_for_is_not_named() -> None:
    assert of_editions([("press", lost())], ["press"]) == [lost()]


def test_the_same_words_are_told_once_wherever_their_pages_are() -> None:
    on_pages = [Source("m.yaml", 8, 10, page=page, box=(1, 1, 2, 2)) for page in (2, 3)]
    found = [("press", lost(on_pages[0])), ("large-print", lost(on_pages[1]))]
    assert of_editions(found, ["press", "large-print"]) == [lost(on_pages[0])]


def test_what_has_no_line_is_told_for_each_page() -> None:
    pages = [Source("layouts/card/layout.html", page=page) for page in (1, 2)]
    found = [(name, lost(page)) for name in EDITIONS for page in pages]
    assert of_editions(found, EDITIONS) == [lost(page) for page in pages]


def test_a_designers_line_and_a_warning_name_no_edition() -> None:
    css = lost(Source("layouts/card/layout.css", 3, 1))
    warning = lost(severity=Severity.WARNING)
    assert of_editions([("press", css), ("press", warning)], EDITIONS) == [css, warning]
