"""Texts that people write to plain values: dates, counts, quantities, shares."""

from __future__ import annotations

import datetime
import re

from hrcpub.project.digits import latin_digits

MOST = 1_000_000  # of anything that is printed


def day(text: str) -> datetime.date:
    """Return a date as people write it here: year-month-day; raise ValueError for another text.

    Its digits may be those of any script: ٢٠٢٦-١١-٢٨.
    """
    text = latin_digits(text)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):  # fromisoformat takes 2026-W22-7 too
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def count(text: str) -> int:
    """Return a whole number from 1; raise ValueError for another text."""
    if not re.fullmatch("[1-9][0-9]{0,8}", text):
        raise ValueError(text)
    return int(text)


def number(text: str) -> float:
    """Return a number, with a sign or without; raise ValueError for another text."""
    if not re.fullmatch(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?", text):
        raise ValueError(text)
    return float(text)


def quantity(text: str) -> int:
    """Return a number of copies, at most `MOST`; raise ValueError for another text."""
    if not re.fullmatch("[1-9][0-9]{0,6}", text) or int(text) > MOST:
        raise ValueError(text)
    return int(text)


def share(text: str) -> float:
    """Return per cent as a share of 1; raise ValueError for another text."""
    match = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*%", text)
    if not match or float(match[1]) > 100:
        raise ValueError(text)
    return float(match[1]) / 100


_SIDES = {"left": 0.0, "centre": 0.5, "center": 0.5, "right": 1.0}
_HEIGHTS = {"top": 0.0, "middle": 0.5, "centre": 0.5, "center": 0.5, "bottom": 1.0}


def place(text: str) -> tuple[float, float]:
    """Return a place in a picture as shares of its width and height, from its upper left corner.

    `60% 30%`, or words: `left top`, `top`, `centre`. Raises ValueError for another text.
    """
    parts = re.sub(r"\s+%", "%", text.lower().replace(",", " ")).split()
    if len(parts) not in (1, 2):
        raise ValueError(text)
    if len(parts) == 1:
        parts.append("centre")
    if parts[0] in ("top", "bottom") or parts[1] in ("left", "right"):  # the other way round
        parts.reverse()
    return _along(parts[0], _SIDES), _along(parts[1], _HEIGHTS)


def _along(part: str, words: dict[str, float]) -> float:
    return words[part] if part in words else share(part)


def points(text: str) -> tuple[tuple[float, float], ...]:
    """Return points such as `0 40, 100 40`, in per cent. Raises ValueError for another text."""
    pairs = [tuple(float(part) for part in point.split()) for point in text.split(",")]
    if any(len(pair) != 2 or not all(0 <= along <= 100 for along in pair) for pair in pairs):
        raise ValueError(text)
    return tuple((across, down) for across, down in pairs)
