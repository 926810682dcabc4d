"""The Problem of a letter that a face does not have."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from hrcpub.problems import Problem, Source

T = TypeVar("T")
FEWEST = 3  # letters of a script that are missing, for the script to be


def glyph_missing(letter: str, place: Source | None, face: str) -> Problem:
    """The words have a character that the project's font cannot draw. It would print as a box.

    Fix: write it another way, or ask the designer for a font that has it.
    """
    name = unicodedata.name(letter, "").lower() or "a sign of a symbol font"
    shown = f'"{letter}" ' if letter.isprintable() else ""
    hint = "write it another way, or ask the designer for a font that has it"
    if letter in _BULLETS:
        hint = "these look like a list: a list has a slot of its own, one entry a line, after `- `"
    return Problem(
        "glyph-missing", f"{face} has no {shown}(U+{ord(letter):04X}, {name})", place, hint
    )


def glyphs_missing(
    missing: Iterable[tuple[str, T]], locate: Callable[[str, T], Source | None], face: str
) -> Iterator[Problem]:
    """Yield a Problem for each letter with its text, but a single one for a script not there."""
    scripts: dict[str, list[tuple[str, T]]] = {}
    for letter, text in missing:
        scripts.setdefault(_script(letter), []).append((letter, text))
    for script, letters in scripts.items():
        problems = (glyph_missing(letter, locate(letter, text), face) for letter, text in letters)
        if script and len({letter for letter, _ in letters}) >= FEWEST:
            yield script_missing(script, letters[0][0], next(problems), face)
        else:
            yield from problems


def script_missing(script: str, letter: str, first: Problem, face: str) -> Problem:
    """Return the one Problem of all letters of a script, in place of that of the first one."""
    return replace(
        first,
        message=f'{face} has no {script} letters, such as "{letter}" (U+{ord(letter):04X})',
        hint=f"ask the designer for a font that has {script}",
    )


def _script(letter: str) -> str:
    """Return a letter's script by its name in Unicode ("Arabic"); "" for signs and Latin."""
    is_letter = unicodedata.category(letter)[0] in "LM"
    script = unicodedata.name(letter, "").partition(" ")[0].capitalize() if is_letter else ""
    return "" if script in ("Latin", "Combining", "Modifier") else _SCRIPTS.get(script, script)


_SCRIPTS = {"Cjk": "Chinese"}
# What word processors put before the entries of a list; of symbol fonts too.
_BULLETS = "▪▫■□●○◦‣⁃➢➤\uf0a7\uf0b7\uf0d8\uf0fc"

CODES = {"glyph-missing": glyph_missing}
