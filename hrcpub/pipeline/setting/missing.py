"""The Problem of letters that a font does not have."""

from __future__ import annotations

from collections.abc import Iterable

from hrcpub.problems import Problem, Source
from hrcpub.unseen import name_in_words


def by_script(letters: Iterable[str]) -> list[str]:
    """Return letters, those of one script together with its marks and signs; other signs alone."""
    letters = list(letters)
    scripts = {_script(letter) for letter in letters if letter.isalpha()}
    groups: dict[str, str] = {}
    for letter in letters:
        script = _script(letter)
        key = script if script in scripts else letter
        groups[key] = groups.get(key, "") + letter
    return list(groups.values())


def glyph_missing(letters: str, place: Source | None, font: str = "this font") -> Problem:
    """The words have a character that the project's font cannot draw. It would print as a box.

    Fix: write it another way, or ask the designer for a font that has it.
    """
    if len(letters) == 1:
        shown = f'"{letters}" ' if letters.isprintable() else ""
        what = f"{shown}(U+{ord(letters):04X}, {name_in_words(letters)})"
    else:
        shown = letters if len(letters) <= MOST else letters[:MOST] + "…"
        script = _script(next((letter for letter in letters if letter.isalpha()), letters[0]))
        said = _SAID.get(script, f"{script.title()} letters")
        what = f'{said}: {len(letters)} of them are in these words ("{shown}")'
    hint = "write it another way, or ask the designer for a font that has it"
    if letters in _BULLETS:
        hint = "these look like a list: a list has a slot of its own, one entry a line, after `- `"
    return Problem("glyph-missing", f"{font} cannot print {what}", place, hint)


# What word processors put before the entries of a list; of symbol fonts too.
_BULLETS = [
    "▪",
    "▫",
    "■",
    "□",
    "●",
    "○",
    "◦",
    "‣",
    "⁃",
    "➢",
    "➤",
    "\uf0a7",
    "\uf0b7",
    "\uf0d8",
    "\uf0fc",
]

# Scripts that Unicode's names call otherwise, and what people call one.
_ALIKE = dict.fromkeys(("HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH"), "CJK")
_SAID = {"CJK": "Chinese and Japanese signs", "HANGUL": "Korean letters"}

MOST = 12  # letters of one script that a message shows


def _name(letter: str) -> str:
    import unicodedata

    return unicodedata.name(letter, name_in_words(letter).upper())


def _script(letter: str) -> str:
    """Return a letter's script; Unicode's names begin with it: CYRILLIC SMALL LETTER ZHE."""
    word = _name(letter).partition(" ")[0].partition("-")[0]
    return _ALIKE.get(word, word)


CODES = {"glyph-missing": glyph_missing}
