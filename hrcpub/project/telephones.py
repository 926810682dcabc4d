"""A text to a telephone number: whether it is one, and the link that calls it.

By rule alone: nobody is called. Whether somebody answers is for people to try.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# Numbers of three digits that somebody answers: 211, 311 … 911, 988 in the US; 112, 999 abroad.
# They are called as they are, whatever the country.
SHORT = {f"{n}11" for n in range(2, 10)} | {"988", "112", "999", "111"}
FEWEST, MOST = 7, 15  # digits: a local number; the longest of ITU-T E.164
_WHOLE = 10  # digits of a number with its area code, in the US and most countries
_NUMBER = re.compile(
    r"(?P<number>\+?[\dA-Z ().\-–\u00a0/]+?)(?:,? ?(?:ext\.?|x) ?(?P<extension>\d{1,6}))?",
    re.IGNORECASE,
)
# ITU-T E.161: the letters on a telephone's keys.
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


class Telephone(NamedTuple):
    """A telephone number as it is dialled; letters are the digits of their keys."""

    digits: str
    is_global: bool  # it begins with + and the country's code
    extension: str | None = None

    @property
    def is_short(self) -> bool:
        """Whether it is one of the numbers of three digits that are called as they are."""
        return self.digits in SHORT and not self.is_global

    @property
    def has_area_code(self) -> bool:
        """Whether it can be called from elsewhere."""
        return self.is_global or self.is_short or len(self.digits) >= _WHOLE

    def link(self, calling_code: str | None = None) -> str:
        """Return its link (RFC 3966); `calling_code` is its country's, without the +."""
        extension = f";ext={self.extension}" if self.extension else ""
        # In North America the prefix of a long-distance call is the calling code itself: 1.
        has_prefix = calling_code == "1" and len(self.digits) == 11 and self.digits[0] == "1"
        if self.is_global or has_prefix:
            return f"tel:+{self.digits}{extension}"
        code = f"+{calling_code}" if calling_code and not self.is_short else ""
        return f"tel:{code}{self.digits}{extension}"


def read(text: str) -> Telephone | None:
    """Return the telephone number that a text is, with at least three numerals; None for none.

    What only has too few digits for a local number is still one: offices print such numbers.
    """
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return None
    signs = [sign for sign in match["number"].upper() if sign.isdecimal() or sign.isalpha()]
    digits = "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign.translate(_KEYS)
        for sign in signs
    )
    if sum(sign.isdecimal() for sign in signs) < 3 or len(digits) > MOST:
        return None
    return Telephone(digits, match["number"].startswith("+"), match["extension"])


def is_number(text: str) -> bool:
    """Return whether a text is a telephone number that somebody can call."""
    number = read(text)
    return number is not None and (number.is_short or len(number.digits) >= FEWEST)
