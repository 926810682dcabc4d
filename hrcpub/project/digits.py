"""Digits of any script as those of the keys: 212 for ٢١٢."""

from __future__ import annotations

import unicodedata


def latin_digits(text: str) -> str:
    """Return a text with the digits of all scripts as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
