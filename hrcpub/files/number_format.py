"""A workbook's value and its number format to the text that the cell shows.

Why: Excel keeps a telephone as 5105550101 and shows (510) 555-0101, keeps 2114 and shows 02114,
keeps half a day and shows 12:00. What its author sees is what is meant.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_LITERAL = r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)'
_SECTION = re.compile(rf"(?:{_LITERAL}|[^;])*")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
# Space as wide as a sign, a sign that fills the cell, a colour, a language: nothing that is read.
_LAYOUT = re.compile(r"[_*].|\[(?:[a-z]+ ?\d*|\$-[^\]]*)\]", re.IGNORECASE)
_MASK = re.compile(rf"{_LITERAL}|(?P<digit>[0#?])|(?P<sign>[-+ $()/:])")
_PLAIN = re.compile(r"(?:general|@|[#0?,]*(?:\.[#0?]+)?)", re.IGNORECASE)
_TESTS = {
    "<=": float.__le__, ">=": float.__ge__, "<>": float.__ne__,
    "<": float.__lt__, ">": float.__gt__, "=": float.__eq__,
}  # fmt: skip


class CellText(NamedTuple):
    """The text of a cell; `is_sure` unless its format would show something else."""

    text: str
    is_sure: bool = True


def shown(value: object, form: str) -> CellText:
    """Return what a cell shows, as near as its number's format is known."""
    if value is None:
        return CellText("")
    if isinstance(value, bool):
        return CellText(str(value).upper())
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, datetime.date):
        return CellText(_date(value, form))
    if isinstance(value, datetime.time):
        return CellText(_time(value, form))
    if isinstance(value, datetime.timedelta):
        minutes = round(value.total_seconds() / 60)
        return CellText(f"{minutes // 60}:{minutes % 60:02}")
    return CellText(str(value))


def _number(value: float, form: str) -> CellText:
    """Return a number in the format's section that is for it."""
    plain = str(int(value)) if float(value).is_integer() else format(value, ".15g")
    section = _LAYOUT.sub("", _CONDITION.sub("", _section(value, form))).strip()
    parts = list(_mask(section)) if plain.isdigit() else []
    if any(part.is_place and part.text in "0#" for part in parts):
        return CellText(_filled(parts, plain))
    is_empty = not re.search("[0#]", re.sub(_LITERAL, "", section))  # a dash for nothing
    return CellText(plain, is_sure=is_empty or _PLAIN.fullmatch(section) is not None)


def _section(value: float, form: str) -> str:
    """Return the part of a format, between its semicolons, that a value is shown by."""
    sections = [match[0] for match in _SECTION.finditer(form) if match[0]] or [form]
    for section in sections:
        condition = _CONDITION.search(section)
        if condition and _TESTS[condition[1]](float(value), float(condition[2])):
            return section
    if any(map(_CONDITION.search, sections)):
        return next((one for one in sections if not _CONDITION.search(one)), sections[-1])
    place = 0 if value > 0 else 1 if value < 0 else 2
    return sections[place] if place < len(sections) else sections[0]


class _MaskSign(NamedTuple):
    """A sign of a mask: the place of a digit, or what stands between two."""

    text: str
    is_place: bool


def _mask(section: str) -> Iterator[_MaskSign]:
    """Yield the parts of `(000) 000-0000`; none where there is anything else in it."""
    matches = list(_MASK.finditer(section))
    if sum(len(match[0]) for match in matches) == len(section):
        for match in matches:
            texts = (match["quoted"], match["escaped"], match["sign"])
            between = next((text for text in texts if text is not None), "")
            yield _MaskSign(match["digit"] or between, match["digit"] is not None)


def _filled(parts: list[_MaskSign], digits: str) -> str:
    """Return digits in their places, from the last one on; the first place takes what is left."""
    left, texts = digits, list[str]()
    places = sum(part.is_place for part in parts)
    for part in reversed(parts):
        if not part.is_place:
            texts.append(part.text)
            continue
        places -= 1
        taken = left[-1:] if places else left
        left = left[: len(left) - len(taken)]
        texts.append(taken or {"0": "0", "?": " "}.get(part.text, ""))
    return "".join(reversed(texts))


def _date(value: datetime.date, form: str) -> str:
    """Return a date; one without a year as Excel writes what it took for one: 9-May."""
    if "y" not in re.sub(_LITERAL, "", form).casefold():
        return f"{value.day}-{_MONTHS[value.month - 1]}"
    time = value.time() if isinstance(value, datetime.datetime) else datetime.time()
    date = f"{value:%Y-%m-%d}"
    return f"{date} {time:%H:%M}" if time != datetime.time() else date


def _time(value: datetime.time, form: str) -> str:
    if "am/pm" in form.casefold():
        return f"{value.hour % 12 or 12}:{value.minute:02} {'PM' if value.hour >= 12 else 'AM'}"
    return f"{value.hour}:{value.minute:02}"
