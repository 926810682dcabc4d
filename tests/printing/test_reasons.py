"""What printers say of themselves, in words that tell what to do."""

from __future__ import annotations

import pytest

from hrcpub.printing.reasons import matter
from hrcpub.printing.sending import refused


@pytest.mark.parametrize(
    ("keyword", "words", "todo"),
    [
        ("media-jam-error", "paper is jammed", "take the paper out"),
        ("media-empty", "the paper is used up", "put paper in"),
        ("toner-low-warning", "there is little toner left", "a new cartridge"),
        ("door-open-error", "a door is open", "close it"),
        ("offline-report", "it does not answer", "switch it on"),
        ("paused", "somebody has stopped it", "cupsenable front-desk"),
    ],
)
def test_what_stops_a_printer_is_told_with_what_to_do(keyword: str, words: str, todo: str) -> None:
    found = matter(keyword, "front-desk")
    assert found is not None
    assert (found.words, todo in found.todo) == (words, True)


@pytest.mark.parametrize("keyword", ["none", "job-printing", "job-completed-successfully"])
def test_that_all_is_well_is_not_said(keyword: str) -> None:
    assert matter(keyword) is None


def test_what_nobody_knows_is_read_as_it_stands() -> None:
    found = matter("com.example-left-flap-open-error")
    assert found is not None
    assert found.words == "com.example left flap open"


def test_a_queue_without_a_filter_is_told_with_the_packages_that_have_it() -> None:
    hint = refused("laser", 'Unsupported format "application/pdf".').hint
    assert hint is not None
    assert "cups-filters" in hint
    assert refused("laser", "Unauthorized").hint is None
