"""A text to the telephone numbers in it, as somebody at `Home` reads them, and their links.

The numbering plans are phonenumberslite's (Apache-2.0). Nobody is called: whether somebody answers
is for people to try. Metadata is loaded with the first number that is read, not with this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.patterns import pattern
from hrcpub.project.digits import latin_digits
from hrcpub.project.texting import BEHIND, QUOTES, SEND, TO

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber


class Home(NamedTuple):
    """Where people call from: a country's calling code, and the country where several share it."""

    code: str = "1"
    country: str | None = None  # ISO 3166, "CA"; None: the code's main one, for 1 the US

    @property
    def region(self) -> str | None:
        """The country, None where no such country has this calling code."""
        from phonenumbers import region_code_for_country_code, region_codes_for_country_code

        if not re.fullmatch("[0-9]{1,3}", self.code):
            return None
        if self.country is None:
            main = region_code_for_country_code(int(self.code))
            return main if main.isalpha() and main != "ZZ" else None
        country = self.country.upper()
        return country if country in region_codes_for_country_code(int(self.code)) else None


def examples(home: Home) -> tuple[str, ...]:
    """Return how a number is written at home, and so that all the world can call it."""
    from phonenumbers import PhoneNumberFormat, example_number, format_number

    number = example_number(home.region) if home.region and home.code != "1" else None
    if number is None:
        return "(510) 555-0101", "+1 510 555 0101"
    ways = (PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL)
    return tuple(dict.fromkeys(format_number(number, way) for way in ways))


class Doubt(StrEnum):
    """Why a telephone number is perhaps not what its author meant."""

    IMPOSSIBLE = "impossible"  # no number has so many digits; never a Telephone's
    AREA_CODE = "area-code"  # has none, and cannot be called from elsewhere
    UNKNOWN = "unknown"  # could be one, but the country's numbering plan does not have it
    FICTION = "fiction"  # reserved for books and films: nobody has it
    ABROAD = "abroad"  # another country's
    LETTERS = "letters"  # O for 0: the keys of these letters would call somebody else


class Telephone(NamedTuple):
    """One telephone number."""

    text: str  # as it is typed, without what stands around it
    link: str | None  # tel: (RFC 3966) or sms: (RFC 5724); None: it would not dial
    doubt: Doubt | None = None
    country: str | None = None  # whose it is (ISO 3166); None: short, or not known
    number: str = ""  # the text without its extension
    extension: str | None = None


_LABEL = pattern(
    r"(?:(?:call|dial|phone|telephone|tel|voice|tty|tdd)(?: ?(?:/|or|and) ?(?:text|tdd|voice))?"
    r"|text or call)\b[.:]? ?",
    re.IGNORECASE,
)
_TEXT_LINE = pattern(rf"(?:{SEND}:? ?)+(?:[{QUOTES}]?\w{{1,20}}?[{QUOTES}]?{TO})?", re.IGNORECASE)
_BEHIND_TEXT = pattern(f"{BEHIND}$")
# "988, then press 1" calls 988: RFC 3966 has no key to be pressed after that. A number in letters
# is often repeated in digits, "1-800-273-TALK (8255)".
_REMARK = pattern(r",? ?(?:\((?:[^()\d]*|24/7)\)|(?:and |then )*press \d|tty|tdd)$", re.IGNORECASE)
_REPEATED = pattern(r"([a-z-]{3,}) ?\(([\d-]+)\)$", re.IGNORECASE)
_BETWEEN = pattern(r" ?(?:[/;|&]|,(?! ?(?:ext|x|#|dw|durchwahl))|\bor\b|\band\b) ?", re.IGNORECASE)
_NUMBER = pattern(
    r"(?P<number>\+?[\dA-Z ().\-‐‑–/]+?)"
    r"(?:,? ?(?:ext(?:ension|ensión|n)?\.?|durchwahl|dw\.?|x|#) ?(?P<extension>\d{1,6}))?",
    re.IGNORECASE,
)
_FAX = pattern(r"\bfax[^\w\n]*$", re.IGNORECASE)
_KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")  # ITU-T E.161
# A group that has no other letters: 1-800-GO-FEDEX is meant, 5OOO is not.
_LIKE_DIGITS = pattern(r"(?<![^\W_])\d*[OIl][\dOIl]*(?![^\W_])", re.IGNORECASE)
_LONGEST_SHORT = 6  # digits: 741741, 116123
_FEWEST = 2  # numerals: 15 calls an ambulance in France
_LONGEST_ENDING = 4  # digits that differ: "213-6376/6582"
_FEWEST_CODE = 5  # digits from which on a number that takes texts takes no calls

# PhoneNumberMatcher 9.0.42 finds no number in which a narrow space or a mark of direction stands,
# and passes over a word joiner.
_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SOUGHT = {
    **dict.fromkeys(map(ord, "\u2002\u2003\u2005\u2006\u2007\u2008\u2009\u200a\u202f"), " "),
    **dict.fromkeys(map(ord, _MARKS), "\u2060"),
}

# No area code and no exchange of North America begins with 0 or 1 (NANPA).
_NORTH_AMERICAN = pattern(r"[2-9]\d\d[2-9]\d{6}")
_TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
# By calling code: 555-0100 to 555-0199, of toll-free numbers 555-0199 alone (ATIS-0300115);
# Ofcom's "Telephone numbers for use in TV and radio drama programmes".
_FICTION = {
    1: r"(?!800|8([3-8])\1)\d{3}55501\d\d|8(?:00|([3-8])\2)5550199",
    44: r"(?:11[3-8]|1[2-6]1)4960\d{3}|1914980\d{3}|2079460\d{3}|2896496\d{3}|2920180\d{3}"
    r"|1632960\d{3}|7700900\d{3}|8081570\d{3}|9098790\d{3}|3069990\d{3}",
}
# Numbers of a country's own islands and territories are no calls abroad.
_KIN = {
    "US": ("AS", "GU", "MP", "PR", "VI"),
    "GB": ("GG", "IM", "JE"),
    "AU": ("CC", "CX"),
    "FI": ("AX",),
    "NO": ("SJ",),
}
# Lines for people in a crisis that phonenumberslite 9.0.42 lacks: CVV; Gewalt gegen Frauen.
_SHORT_TOO = {"BR": {"188"}, "DE": {"116016"}}


@lru_cache(maxsize=4096)  # a contact's is read to be checked, and again for each piece
def read(text: str, home: Home) -> tuple[Telephone, ...]:
    """Return the telephone numbers that a text is; none when it is anything else."""
    region = home.region
    text = _plain(text)
    is_text_line = False
    if label := _LABEL.match(text):
        text = text[label.end() :]
    elif label := _TEXT_LINE.match(text):
        text, is_text_line = _BEHIND_TEXT.sub("", text[label.end() :]), True
    while remark := _REMARK.search(text):
        text = text[: remark.start()]
    if (repeated := _REPEATED.search(text)) and _in_digits(repeated[1]) == _in_digits(repeated[2]):
        text = text[: repeated.end(1)]
    if region is None:
        return ()
    return _several(text, region, is_text_line)


def link(text: str, home: Home) -> str | None:
    """Return what calls, or sends a text to, the first number of a text; None when nothing does."""
    numbers = read(text, home)
    return numbers[0].link if numbers else None


def in_groups(text: str, home: Home) -> str | None:
    """Return digits alone as their country writes them: (212) 736-5000; None for any other text.

    A spreadsheet that takes 0301234567 for a number drops the 0 in front: it is back here.
    """
    from phonenumbers import PhoneNumberFormat, format_number, parse

    called = link(text, home) if re.fullmatch(r"\+?[0-9]{7,15}", text) else None
    if called is None or not called.startswith("tel:+"):  # nobody can call it, or it is short
        return None
    number = parse(called.removeprefix("tel:"))
    is_from_here = not text.startswith("+") and str(number.country_code) == home.code
    way = PhoneNumberFormat.NATIONAL if is_from_here else PhoneNumberFormat.INTERNATIONAL
    return str(format_number(number, way))


def first_number(text: str, home: Home) -> str | None:
    """Return the first telephone number among words, as it is typed; None when there is none.

    What is called a fax is passed over.
    """
    for start, _, number in numbers_in(text, home):
        if not _FAX.search(text[:start]):
            return number
    return None


def numbers_in(text: str, home: Home) -> Iterator[tuple[int, int, str]]:
    """Yield where each telephone number stands among words, and the number as it is typed."""
    from phonenumbers import Leniency, PhoneNumberMatcher

    if home.region is None:
        return
    sought = text.translate(_SOUGHT)
    for match in PhoneNumberMatcher(sought, home.region, leniency=Leniency.POSSIBLE):
        yield match.start, match.end, text[match.start : match.end]


def is_toll_free(link: str) -> bool:
    """Return whether what a link calls is toll-free in North America."""
    return link.removeprefix("tel:").removeprefix("+1").startswith(_TOLL_FREE)


def _plain(text: str) -> str:
    """Return a text with single spaces and the digits 0 to 9, whatever its script; no marks."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return " ".join(on_keys(seen).split())


def on_keys(text: str) -> str:
    """Return a text with the digits that are on the keys: 2 for ٢.

    In a line from right to left the groups of ٢١٢-٢١٣-٦٣٧٦ stand the other way round (UAX 9: a
    hyphen between Arabic numbers is no part of them).
    """
    return latin_digits(text)


def _in_digits(text: str) -> str:
    """Return the keys that are pressed: letters are those of their keys."""
    return re.sub(r"\D", "", text.upper().translate(_KEYS))


def _several(text: str, region: str, is_text_line: bool) -> tuple[Telephone, ...]:
    """Return all numbers of a text; (212) 213-6376/6582 has the second one's last digits alone.

    What stands before a stroke is an area code in some countries: it divides two numbers when the
    first can be called, or when the whole is not one.
    """
    parts = _BETWEEN.split(text)
    first = _one(parts[0], region, is_text_line)
    whole = None if first and first.link else _one(text, region, is_text_line)
    if whole:
        return (whole,)
    if first is None:
        return ()
    numbers = [first]
    for part in parts[1:]:
        ending = part.strip()
        is_ending = ending.isdecimal() and len(ending) <= _LONGEST_ENDING
        whole_number = _with_ending(parts[0], ending) if first.country and is_ending else part
        number = _one(whole_number, region, is_text_line)
        if number is None:
            return ()
        numbers.append(number)
    return tuple(numbers)


def _with_ending(number: str, ending: str) -> str:
    """Return a number with other last digits."""
    places = [place for place, sign in enumerate(number) if sign.isalnum()]
    return number[: places[-len(ending)]] + ending


def _one(text: str, region: str, is_text_line: bool) -> Telephone | None:
    """Return the number that a text is, None when it is anything else."""
    match = _NUMBER.fullmatch(text.strip())
    if not match or sum(sign.isdecimal() for sign in match["number"]) < _FEWEST:
        return None
    text, typed, extension = text.strip(), match["number"].upper(), match["extension"]
    is_plain = not (extension or typed.startswith("+") or any(sign.isalpha() for sign in typed))
    digits = _in_digits(typed)
    if is_plain and (called := _short(digits, region, is_text_line)):
        return Telephone(text, called)
    number = _parsed(typed, region)
    doubt = _doubt(number, region) if number else Doubt.IMPOSSIBLE
    if is_plain and doubt is Doubt.IMPOSSIBLE and _may_be_short(digits, region):
        doubt = Doubt.UNKNOWN
    if doubt is Doubt.IMPOSSIBLE:
        return None
    if _LIKE_DIGITS.search(match["number"]):
        doubt = Doubt.LETTERS
    if number is None or doubt in (Doubt.AREA_CODE, Doubt.UNKNOWN, Doubt.LETTERS):
        return Telephone(text, None, doubt)
    called = _called(number, is_plain) + (f";ext={extension}" if extension else "")
    scheme, shown = "sms" if is_text_line else "tel", match["number"].strip()
    return Telephone(text, f"{scheme}:{called}", doubt, _country(number), shown, extension)


def _short(digits: str, region: str, is_text_line: bool) -> str | None:
    """Return the link of a number that is called as it is, such as 988; None for another number."""
    from phonenumbers import is_valid_short_number_for_region, parse
    from phonenumbers.shortnumberinfo import is_sms_service_for_region

    # Carriers lease numbers for text messages; no table has them all. Seven digits are a local one.
    if is_text_line and len(digits) in (3, 4, 5, 6, 8):
        return f"sms:{digits}"
    if len(digits) > _LONGEST_SHORT:
        return None
    number = parse(digits, region)
    is_known = is_valid_short_number_for_region(number, region)
    if not (is_known or digits in _SHORT_TOO.get(region, ())):
        return None
    takes_texts_alone = len(digits) >= _FEWEST_CODE and is_sms_service_for_region(number, region)
    return f"{'sms' if takes_texts_alone else 'tel'}:{digits}"


def _may_be_short(digits: str, region: str) -> bool:
    """Return whether few digits may be a short number that the library does not know yet.

    Not in North America: all that are called there are N11, 988 and 112, which it knows.
    """
    from phonenumbers import (
        country_code_for_region,
        is_possible_short_number_for_region,
        parse,
    )

    if country_code_for_region(region) == 1 or not 3 <= len(digits) <= _LONGEST_SHORT:
        return False
    return is_possible_short_number_for_region(parse(digits, region), region)


def _parsed(typed: str, region: str) -> PhoneNumber | None:
    """Return a number as the library has it, None when it has none.

    1-800-MEDICARE has a letter too many, which exchanges ignore: of toll-free numbers it is cut.
    """
    from phonenumbers import NumberParseException, parse, truncate_too_long_number

    try:
        number = parse(typed.translate(_KEYS), region)
    except NumberParseException:
        return None
    is_toll_free = number.country_code == 1 and str(number.national_number).startswith(_TOLL_FREE)
    if is_toll_free and typed[-1:].isalpha():
        truncate_too_long_number(number)
    return number


def _doubt(number: PhoneNumber, region: str) -> Doubt | None:
    """Return what is doubtful about a number that is called from a region."""
    import phonenumbers as library

    national = library.national_significant_number(number)
    if re.fullmatch(_FICTION.get(number.country_code or 0, "(?!)"), national):
        return Doubt.FICTION
    length = library.is_possible_number_with_reason(number)
    if length == library.ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        return Doubt.AREA_CODE
    is_north_american = number.country_code == 1
    if length != library.ValidationResult.IS_POSSIBLE or (
        is_north_american and not _NORTH_AMERICAN.fullmatch(national)
    ):
        return Doubt.IMPOSSIBLE
    if not library.is_valid_number(number):
        return Doubt.UNKNOWN
    here = (region, *_KIN.get(region, ()))
    is_here = any(library.is_valid_number_for_region(number, country) for country in here)
    return None if is_here else Doubt.ABROAD


def _called(number: PhoneNumber, is_plain: bool) -> str:
    """Return a number as anybody calls it; 13 11 14 in Australia has no country's code."""
    import phonenumbers as library

    national = library.national_significant_number(number)
    if is_plain and len(national) <= _LONGEST_SHORT:
        return national
    return library.format_number(number, library.PhoneNumberFormat.E164)


def _country(number: PhoneNumber) -> str | None:
    from phonenumbers import region_code_for_number

    return region_code_for_number(number)
