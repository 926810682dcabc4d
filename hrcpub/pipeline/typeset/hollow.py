"""Laid-out pages to what is said where the last of them is nearly empty."""

from __future__ import annotations

from collections.abc import Sequence

from hrcpub.pipeline.setting import words_of
from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset.laid_page import LaidPage
from hrcpub.pipeline.typeset.wording import counted
from hrcpub.problems import Problem, Severity

FULL = 0.35  # of its height, that a last page should be filled to


def hollow(pages: Sequence[LaidPage], html: Html) -> list[Problem]:
    """Return a Problem where words flow over pages, and hardly anything is left for the last."""
    if html.sides is not None or len(pages) < 2:
        return []
    last = pages[-1]
    feet = [text.baseline for text in last.texts if text.is_written and text.text.strip()]
    feet += [picture.rect.bottom for picture in last.pictures]
    share = max(feet, default=0.0) / last.height
    words = sum(len(words_of(text.text)) for text in last.texts if text.is_written)
    return [page_hollow(len(pages), share, words)] if share < FULL else []


def page_hollow(count: int, share: float, words: int) -> Problem:
    """The last page of large print, or of the edition for phones, is nearly empty.

    Fix: cut the words that stand on it, or as many before it: one sheet less is to be printed and
    turned. Nothing is wrong with the page as it is.
    """
    return Problem(
        "page-hollow",
        f"the last of {count} pages is {share:.0%} full",
        None,
        f"cut {counted(words, 'word')} to save the page",
        Severity.NOTE,
    )


CODES = {"page-hollow": page_hollow}
