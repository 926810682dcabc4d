"""A line of text to its runs: the pieces that are shaped by themselves, as Pango cuts them.

A run has one font of a stack, one script and one direction. Pango takes for each character the
first font that has it; spaces, format characters and variation selectors stay with what is before
them, or go with what follows where that has a better font (pango_itemize, Pango 1.50).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

import uharfbuzz as hb

from hrcpub.patterns import pattern
from hrcpub.pipeline.setting.bidi import levels
from hrcpub.pipeline.setting.isolates import isolates

# What is in one run in any face: letters and signs of the Latin script, with ordinary spaces.
_PLAIN = pattern(r"[ -~\u00a0-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ac]*")
_LETTER = pattern(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_WITH_BEFORE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_OPENING = dict(zip(")]}»’”⟩〉》」』】〕", "([{«‘“⟨〈《「『【〔", strict=True))
# What Pango shapes a script in, where the text's language is not written in it.
_SAMPLES = {
    "Latn": "en", "Cyrl": "ru", "Grek": "el", "Arab": "ar", "Hebr": "he", "Deva": "hi",
    "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Taml": "ta", "Telu": "te", "Thai": "th",
    "Laoo": "lo", "Khmr": "km", "Mymr": "my", "Ethi": "am", "Hang": "ko", "Hira": "ja",
    "Kana": "ja", "Hani": "zh-cn", "Armn": "hy", "Geor": "ka", "Cher": "chr",
}  # fmt: skip


class Run(NamedTuple):
    """Characters from `start` to `end` that are shaped together."""

    start: int
    end: int
    font: int  # which of the stack
    script: str | None  # ISO 15924; None: it has no letter
    level: int  # odd: from right to left


@lru_cache(maxsize=4096)
def script_of_letter(character: str) -> str | None:
    """Return a character's script (ISO 15924); None for what all scripts have in common."""
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character)])
    buffer.guess_segment_properties()
    script: str | None = buffer.script
    return script


def language_of_run(script: str | None, language: str, scripts: frozenset[str]) -> str:
    """Return the language that a run is shaped in: the text's, where that is written so."""
    if script is None or script in scripts:
        return language
    return _SAMPLES.get(script, language)


def runs(text: str, fonts: Sequence[frozenset[int]], is_right_to_left: bool) -> list[Run]:
    """Return the runs of a line in their order in the text; `fonts` are what each can draw."""
    if not is_right_to_left and _PLAIN.fullmatch(text) and len(fonts) == 1:
        return [Run(0, len(text), 0, "Latn" if _LETTER.search(text) else None, 0)]
    parts = _parts(text) if is_right_to_left else [text]
    keys = zip(
        [font for part in parts for font in _fonts(part, fonts)],
        [script for part in parts for script in _scripts(part)],
        _levels(parts, is_right_to_left),
        [number for number, part in enumerate(parts) for _ in part],
        strict=True,
    )
    result, at = [], 0
    for (font, script, level, _), group in groupby(keys):
        end = at + sum(1 for _ in group)
        result.append(Run(at, end, font, script, level))
        at = end
    return result


def _parts(text: str) -> list[str]:
    """Return what the page sets as elements: isolates at odd places, what is between at even ones.

    Pango knows nothing of the one before when it lays out another.
    """
    parts, at = [], 0
    for start, end in isolates(text):
        parts += [text[at:start], text[start:end]]
        at = end
    return [*parts, text[at:]]


def _levels(parts: list[str], is_right_to_left: bool) -> list[int]:
    """Return the level of each character of a line in parts, of which every other is an isolate."""
    marked = [f"\u2066{part}\u2069" if at % 2 else part for at, part in enumerate(parts)]
    found = levels("".join(marked), is_right_to_left)
    own: list[int] = []
    for at, part in enumerate(marked):
        own += found[1 : len(part) - 1] if at % 2 else found[: len(part)]
        found = found[len(part) :]
    return own


def _fonts(text: str, fonts: Sequence[frozenset[int]]) -> list[int]:
    """Return which font draws each character; the first one where none has it."""
    if len(fonts) == 1:
        return [0] * len(text)
    own = [None if goes_along(character) else _font(character, fonts) for character in text]
    first = next((font for font in own if font is not None), 0)
    chosen, before, waiting = [], first, 0
    for font in own:
        if font is None:
            chosen.append(before)
            waiting += 1
            continue
        if font < before and waiting:  # spaces go with the better font
            chosen[len(chosen) - waiting :] = [font] * waiting
        chosen.append(font)
        before, waiting = font, 0
    return chosen


def goes_along(character: str) -> bool:
    """Return whether a character has no font of its own: a space, or one that shows nothing."""
    return (
        unicodedata.category(character) in _WITH_BEFORE and character != "\u1680"
    ) or "\ufe00" <= character <= "\ufe0f"


def _font(character: str, fonts: Sequence[frozenset[int]]) -> int:
    return next((n for n, letters in enumerate(fonts) if ord(character) in letters), 0)


def _scripts(text: str) -> list[str | None]:
    """Return the script of each character; what is common has that of what is before it.

    A closing sign has that of its opening one (UAX #24, section 5.2).
    """
    own = [script_of_letter(character) for character in text]
    current = next(filter(None, own), None)
    result: list[str | None] = []
    opened: dict[str, str | None] = {}
    for character, script in zip(text, own, strict=True):
        current = script or (character in _OPENING and opened.get(_OPENING[character])) or current
        if character in _OPENING.values():
            opened[character] = current
        result.append(current)
    return result
