"""Checks of what a page says to whoever copies, searches or hears it: all that was set.

What the codes of a page say is compared with what was set on it, letter by letter. Where marks and
letters are drawn in another order than they are read, PDFium reads the page, too, word by word:
that takes some milliseconds, so pages of plain letters are spared it. Words from right to left are
compared by their letters alone, since PDFium turns some of them round whatever a file says.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

import pikepdf

from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.page.bounded import decoded
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.fonts import PdfFont
from hrcpub.pipeline.preflight.page.marks import PaintedText
from hrcpub.problems import Problem, Severity

ReadPage = Callable[[int], str]  # a page, counted from 1, to what PDFium reads on it

# What these find is compiled when it is first looked for: files from elsewhere are asked for none.


@functools.cache
def _passed_over() -> re.Pattern[str]:
    """Spaces and hyphens come and go at the ends of lines; marks of direction shape others."""
    return re.compile(
        "[\\s\u00ad\u034f\u061c\u200b-\u200f\u2010\u2011\u202a-\u202e\u2060-\u2069\ufeff\ufffe-]+"
    )


@functools.cache
def _from_the_right() -> re.Pattern[str]:
    """Hebrew to Thaana, and their forms for compatibility."""
    return re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")


@functools.cache
def _involved() -> re.Pattern[str]:
    """Marks over and around letters; scripts from Devanagari to Myanmar, and others like them."""
    return re.compile(
        "[\u0300-\u036f\u0483-\u0489\u0900-\u109f\u135d-\u135f\u1700-\u18af\u1900-\u1cff"
        "\u1dc0-\u1dff\u20d0-\u20ff\ua800-\uabff\ufe20-\ufe2f\U00011000-\U00011fff]"
    )


def text_layer(
    page: CheckedPage, expected: Expected, read: ReadPage | None = None
) -> Iterator[Problem]:
    """What is copied, found or read aloud on a page is not what was set on it.

    Fix: if the words are yours, take another font for them, one that is made for their script.
    If that does not help, the fault is in hrcpub: please send us the words. People who listen to a
    page, or copy a telephone number from it, get what its text layer says, and not what is seen.
    (ISO 14289-1 §7.21.7; ISO 32000-2 §9.10.)
    """
    if page.number > len(expected.said):
        return
    said = expected.said[page.number - 1]
    by_codes = _by_codes(page)
    lost = Counter(_letters(said)) - Counter(_letters(by_codes))
    readings = [by_codes]
    if read and (lost or _involved().search(said)):
        readings.append(read(page.number))
        # A letter whose glyph has no ink is not painted: there PDFium alone is asked.
        lost &= Counter(_letters(said)) - Counter(_letters(readings[1]))
    if lost:
        words = _words_with(said, lost, readings)
    else:
        words = words_lost(said, readings[-1]) if len(readings) > 1 else []
    for word in words:
        yield Problem(
            "text-layer",
            f"the word «{word}» is on the page, but cannot be copied from it or read aloud",
            page.at(),
            "take another font for it, one that is made for its script",
        )


def _by_codes(page: CheckedPage) -> str:
    texts = (mark.painted for mark in page.marks)
    return "".join(text.words for text in texts if isinstance(text, PaintedText))


def _letters(text: str) -> str:
    """Return the letters of a text, their accents by themselves."""
    return _passed_over().sub("", unicodedata.normalize("NFD", text))


def _words_with(said: str, lost: Counter[str], readings: list[str]) -> list[str]:
    """Return the words of a text that have one of some letters, and if possible are not read."""
    times = Counter(said.split())
    having = [word for word in times if not lost.keys().isdisjoint(_letters(word))]
    there = [_whole(reading) for reading in readings]
    unread = [
        word
        for word in having
        if all(reading.count(_whole(word)) < times[word] for reading in there)
    ]
    return unread or having


def words_lost(said: str, read: str) -> list[str]:
    """Return the words of a text that were read less often than they are in it.

    Only those that have such letters: others may stand in a line from right to left. Of a page that
    is mostly from right to left PDFium turns all lines round, whatever a file says.
    """
    letters = _letters(said)
    if 2 * len(_from_the_right().findall(letters)) > len(letters):
        return []
    there = _whole(read)
    return [
        word
        for word, times in Counter(said.split()).items()
        if _involved().search(word) and not _from_the_right().search(word)
        if there.count(_whole(word)) < times
    ]


def _whole(text: str) -> str:
    """Return the letters of a text with their accents."""
    return _passed_over().sub("", unicodedata.normalize("NFC", text))


def font_without_text(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Letters of a font do not say which they are: they cannot be copied, found or read aloud.

    Fix: export the file again with its fonts as text, and not as a subset without ToUnicode. It
    prints as it looks. But nobody can search it, and who listens to it hears nothing, or wrong
    words. (ISO 32000-2 §9.10; ISO 14289-1 §7.21.7.)
    """
    if expected.ours:
        return
    silent: dict[str, set[int]] = {}
    for mark in page.marks:
        text = mark.painted
        if isinstance(text, PaintedText) and _needs_table(text.font):
            codes = {code for code in set(text.codes) if not _says(text.font, code)}
            silent.setdefault(text.font.family, set()).update(codes)
    if not any(silent.values()) or _has_actual_text(page):
        return
    for family, codes in silent.items():
        if codes:
            many, do = ("s", "do") if len(codes) > 1 else ("", "does")
            said = f"{len(codes)} glyph{many} of {family} {do} not say which letters they are"
            yield Problem("font-without-text", said, page.at(), None, Severity.WARNING)


def _needs_table(font: PdfFont) -> bool:
    """Return whether readers know only from ToUnicode what a font's codes say."""
    system = font.inner.get("/CIDSystemInfo")
    # A character collection, such as Adobe-Japan1, says what its CIDs are.
    ordering = "" if system is None else str(system.get("/Ordering", ""))
    return font.is_identical and ordering in ("", "Identity", "UCS")


def _says(font: PdfFont, code: int) -> bool:
    return font.words((code,)) not in ("", "\ufffd")


def _has_actual_text(page: CheckedPage) -> bool:
    """Return whether a page has texts beside its operators, which say what glyphs do not."""
    contents = page.dictionary.get("/Contents")
    streams = [*contents] if isinstance(contents, pikepdf.Array) else [contents]
    budget = page.library.budget
    return any(part is not None and b"/ActualText" in decoded(part, budget) for part in streams)


CHECKS = (text_layer, font_without_text)

CODES = {"text-layer": text_layer, "font-without-text": font_without_text}
