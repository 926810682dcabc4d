"""A text with a typewriter's quotes to one with those of its language, by CLDR 48.2 (delimiters).

English has rules of its own, in `markup.py`. A language that is not in the table keeps what was
typed. So does one in which the sign is a letter: Hawaiian writes an ʻokina (U+02BB), Navajo and
Yapese a glottal stop (U+02BC), and no quote that is put there is right. `letters_meant` finds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.project.languages import is_spaced, main_part, script_of


class Quotes(NamedTuple):
    """A language's marks of quotation, in the order of reading, and what stands inside of them."""

    start: str
    end: str
    inner_start: str
    inner_end: str
    space: str = ""  # inside the outer ones


NARROW = "\u202f"
_HIGH = Quotes("“", "”", "‘", "’")
_POINTED = Quotes("«", "»", "“", "”")
_LOW = Quotes("„", "”", "«", "»")
_CORNERS = Quotes("「", "」", "『", "』")
_REVERSED = Quotes("”", "“", "’", "‘")  # read from the right, 99 66 there looks as 66 99 here
_WITH_HIGH = """es pt tr so tl fil vi yo nv haw yap to sm ps ku ckb hi ne mr bn pa ta te gu th lo
    km my zh ko chr om sw hmn mww"""
# By the language's tag, or its main part. French and Haitian quote within quotes as the Imprimerie
# nationale does, with “ ”: CLDR's « » within « » cannot be told apart.
QUOTES: dict[str, Quotes] = {
    **dict.fromkeys(_WITH_HIGH.split(), _HIGH),
    **dict.fromkeys(("pt-PT", "el", "ti", "it", "es-US"), _POINTED),
    **dict.fromkeys(("fr", "ht"), _POINTED._replace(space=NARROW)),
    "fr-CA": _POINTED._replace(space="\u00a0"),
    "fr-CH": _POINTED._replace(inner_start="‹", inner_end="›"),
    **dict.fromkeys(("fa", "am"), Quotes("«", "»", "‹", "›")),
    "hy": Quotes("«", "»", "«", "»"),
    **dict.fromkeys(("ru", "uk"), Quotes("«", "»", "„", "“")),
    **dict.fromkeys(("pl", "ro"), _LOW),
    "ka": Quotes("„", "“", "«", "»"),
    "de": Quotes("„", "“", "‚", "‘"),
    **dict.fromkeys(("ar", "ur"), _REVERSED),
    "he": Quotes("”", "”", "’", "’"),
    **dict.fromkeys(("ja", "zh-Hant", "zh-TW", "zh-HK", "zh-MO"), _CORNERS),
}


class Signs(NamedTuple):
    """What a language sets after a label, and between things of a list with the space after it."""

    colon: str = ":"
    comma: str = ", "


# By the language's main part, or its script.
_SIGNS = {
    "fr": Signs("\u00a0:"),
    **dict.fromkeys(("Hans", "Hant", "Jpan"), Signs("：", "、")),
    "Arab": Signs(comma="، "),
    "Ethi": Signs("፦", "፣ "),
}


def signs_of(language: str) -> Signs:
    """Return the signs of a language."""
    return _SIGNS.get(main_part(language)) or _SIGNS.get(script_of(language)) or Signs()


# Languages in which an apostrophe is a letter, by what is to be typed for it.
LETTERS = {
    **dict.fromkeys(("haw", "to", "sm", "ty", "rar", "wls"), "ʻ"),
    **dict.fromkeys(("nv", "yap", "quc", "kek", "apw", "gwi"), "ʼ"),
}
_SIGN = pattern("(?<=[^\\W\\d_])['‘’`´]|['‘’`´](?=[^\\W\\d_])")
_QUOTE = pattern("[\"']")
_OPENS_AFTER = pattern(r"(?:^|[\s([{—–/“‘«„‚「『\"'])[*_]*$")
_HEBREW = pattern("[א-ת]")
# A typed space before these signs is a narrow one that does not break, before a colon a whole one.
_FRENCH_SIGNS = (
    (pattern(r"[ \u00a0](?=[;!?])"), NARROW),
    (pattern(r" (?=:(?!\S))"), "\u00a0"),
)


def quotes_of(language: str) -> Quotes | None:
    """Return a language's marks of quotation; None where nobody has said."""
    return QUOTES.get(language) or QUOTES.get(main_part(language))


def tight(text: str) -> str:
    """Return a text as large type has it: without narrow spaces, which would be holes there."""
    return text.replace(NARROW, "")


def letters_meant(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield words in which a quote stands for a letter, as typed and as they are to be."""
    letter = LETTERS.get(main_part(language))
    if letter is None or not _SIGN.search(text):
        return
    for word in dict.fromkeys(re.findall(r"[\w'‘’`´]+", text)):
        inner = word.rstrip("'’") if word[0] in "'‘" and word[-1] in "'’" else word
        if _SIGN.search(inner):
            yield inner, _SIGN.sub(letter, inner)


def quoted_as(text: str, language: str) -> str:
    """Return a text with its language's quotes and apostrophes in place of straight ones."""
    marks = quotes_of(language)
    if marks is None:
        return text
    if marks.space:
        text = _spaced(text, marks, language)
    return _set(text, marks, language) if _QUOTE.search(text) else text


def _spaced(text: str, marks: Quotes, language: str) -> str:
    """Return a text whose spaces inside quotes, and before high signs, do not break."""
    text = re.sub(r"(?<=«)[ \u00a0\u202f]*(?=\S)", marks.space, text)
    text = re.sub(r"(?<=\S)[ \u00a0\u202f]*(?=»)", marks.space, text)
    for before, space in () if language == "fr-CA" else _FRENCH_SIGNS:
        text = before.sub(space, text)
    return text


def _set(text: str, marks: Quotes, language: str) -> str:
    """Return the text, each straight quote in the form that its place asks for."""
    parts: list[str] = []
    at, is_open, is_inner = 0, False, False
    keeps = main_part(language) in LETTERS
    for match in _QUOTE.finditer(text):
        start, end = match.span()
        before, after = text[:start], text[end : end + 1]
        parts.append(text[at:start])
        at = end
        if match[0] == '"':
            sign, is_open = _double(before, after, is_open, marks, language)
        elif keeps:
            sign = "'"
        else:
            sign, is_inner = _single(before, text[end:], is_inner, marks, language)
        parts.append(sign)
    return "".join(parts) + text[at:]


def _double(
    before: str, after: str, is_open: bool, marks: Quotes, language: str
) -> tuple[str, bool]:
    if _is_inside(before, after, language):
        return "״", is_open
    # Where no spaces are, a quote opens where none is open.
    opens = _OPENS_AFTER.search(before) if is_spaced(language) else not is_open
    if opens and after.strip():
        return marks.start + marks.space, True
    return marks.space + marks.end, False


def _single(
    before: str, rest: str, is_open: bool, marks: Quotes, language: str
) -> tuple[str, bool]:
    after = rest[:1]
    if script_of(language) == "Hebr" and _HEBREW.match(before[-1:]) and not is_open:
        return "׳", is_open
    if before[-1:].isalnum() and after.isalnum() and is_spaced(language):
        return "’", is_open
    opens = _OPENS_AFTER.search(before) if is_spaced(language) else not is_open
    if opens and after.strip() and re.search(r"\S'(?!\w)", rest):
        return marks.inner_start, True
    return (marks.inner_end, False) if is_open else ("’", False)


def _is_inside(before: str, after: str, language: str) -> bool:
    """Return whether a quote is a gershayim, inside of a Hebrew abbreviation."""
    is_hebrew = script_of(language) == "Hebr"
    return is_hebrew and bool(_HEBREW.match(before[-1:]) and _HEBREW.match(after))
