"""Bytes to text and the encoding's name: UTF-8, UTF-16 with its mark, and what Excel writes.

Why: Excel saves "CSV" in the encoding of the computer it runs on, and the file does not say which.
Windows-1252 and Mac Roman can be told apart by where their letters are: read in the wrong one,
small letters become capitals and signs within words (`José` becomes `JosÈ`, or `JosŽ`).
Why not a library: those that guess from statistics are worse on short texts in Latin letters.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from hrcpub.patterns import pattern

WINDOWS, MAC = "Windows-1252", "Mac Roman"
_CODECS = {WINDOWS: "cp1252", MAC: "mac_roman"}
_MARKS = (
    (codecs.BOM_UTF8, "UTF-8", "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)
# For a reading: an apostrophe where English or French has one: Women’s, they’re, l’eau.
_APOSTROPHE = pattern(r"’(?=(?:s|t|d|m|ll|re|ve)\b)|\b(?:[cdjlmnst]|qu)’", re.IGNORECASE)
_WITHIN = pattern(r"(?<=[^\W\d_])[^\x00-\x7f](?=[^\W\d_])")  # between two letters
# Against it: a capital after a small letter, a letter alone or beside a digit, a sign after one.
_CAPITAL = pattern(r"[a-zà-öø-ÿ](?=[À-ÖØ-ÞŒŠŽŸ])|[à-öø-ÿ](?=[A-Z])")
_ALONE = pattern(r"(?<![^\W_])[à-öø-ÿı](?![^\W_])|\d[à-öø-ÿ]|[à-öø-ÿ]\d")
_SIGN = pattern(r"[^\W\d_][†‡ˆ‰‹›ƒ¦§¨¬¯±´¸º¢¤¥≠∞≤≥∂∑∏π∫Ω√≈∆◊ˇ˘˙˚˝˛]")

# Not the dashes and quotation marks that stand beside each other, and no-break spaces.
_FOREIGN_RUN = pattern(r"[^\x00-\x7f\s\u2010-\u2026\u2039\u203a«»·¡¿]{4,}")


class Decoded(NamedTuple):
    """A text and the name of the encoding it was in; `is_guess` where nothing states it."""

    text: str
    encoding: str
    is_guess: bool = False


def decode(data: bytes) -> Decoded:
    """Return the text of a file; raise UnicodeDecodeError where its first bytes lie about it."""
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(codec), name)
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _guess(data)


def _guess(data: bytes) -> Decoded:
    """Return the likelier of two readings; Windows' where nothing speaks for either."""
    texts = {}
    for name, codec in _CODECS.items():
        try:
            texts[name] = data.decode(codec)
        except UnicodeDecodeError:  # five bytes mean nothing in Windows-1252
            continue
    best = max(texts, key=lambda name: _likelihood(texts[name]))
    return Decoded(texts[best], best, is_guess=True)


def of_other_script(data: bytes) -> str | None:
    """Return signs that no language in Latin letters has, in either reading; None without any.

    Excel on a Russian computer writes Windows-1251, on a Chinese one GBK: `Центр` is `Öåíòð` then.
    Four such letters stand side by side in nearly every name, and in no Western word.
    """
    for codec in _CODECS.values():
        for match in _FOREIGN_RUN.finditer(data.decode(codec, "replace")):
            if len(set(match[0])) > 2 and any(sign.isalpha() for sign in match[0]):
                return match[0]
    return None


def _likelihood(text: str) -> int:
    """Return how much a text looks like words.

    What speaks against a reading weighs more: right letters are common, wrong ones are a proof.
    """
    small = [letter for letter in _WITHIN.findall(text) if letter.islower()]
    good = len(_APOSTROPHE.findall(text)) + len(small)
    bad = len(_CAPITAL.findall(text)) + len(_SIGN.findall(text)) + len(_ALONE.findall(text))
    return 2 * good - 3 * bad
