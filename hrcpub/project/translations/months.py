"""A text to the months in it: those in numbers, and those that it calls by their names."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from hrcpub.project.cldr import Cldr
from hrcpub.project.dates import style_of

# 11/28/2026, 28.11., 2026-11-28, 11月28日, 11월, tháng 11.
_NUMBERED = re.compile(
    r"(?<![\d.,:/-])(?:(?:\d{4}[-/.])?(\d{1,2})[-/.](\d{1,2})(?:[-/.](?:\d{2}){1,2})?\.?(?![\d/])"
    r"|(\d{1,2}) ?[月월]|tháng (\d{1,2}))"
)


def numbered_months(text: str, language: str) -> set[str]:
    """Return the numbers of a text that are, or may be, those of months."""
    found = {number for match in _NUMBERED.finditer(text) for number in match.groups() if number}
    return {str(int(number)) for number in found if 1 <= int(number) <= 12}


def months_in(text: str, language: str) -> set[str]:
    """Return the numbers of the months that a text calls by their names."""
    words = set(re.findall(r"[^\W\d_]+", text.casefold()))
    return {
        str(number)
        for number, names in enumerate(names_of_months(language), 1)
        if any(_is_called(word, name) for word in words for name in names)
    }


def _is_called(word: str, name: str) -> bool:
    """Return whether a word is a month's name; a long one may have another ending."""
    return word == name or (len(name) >= _LONG and word.startswith(name))


_LONG = 4  # letters: "mar" of March begins "martes", too


@lru_cache(maxsize=32)
def names_of_months(language: str) -> tuple[set[str], ...]:
    """Return what each month is called, from January on; what all have is no name: `tháng`."""
    style = style_of(language)
    if style is None:
        return ()
    if not isinstance(style, Cldr):
        called = zip(style.months, style.short_months, strict=True)
        return tuple({name.casefold().rstrip(".") for name in names} for names in called)
    days = [datetime.date(2026, month, 1) for month in range(1, 13)]
    names = [_words(style.date(day)) | _words(style.day(day)) for day in days]
    in_all = set[str].intersection(*names)
    return tuple(some - in_all for some in names)


def _words(said: str) -> set[str]:
    """Return the words of a date that are no numbers."""
    return {word for word in re.findall(r"[^\W\d_]+", said.casefold()) if len(word) > 2}
