"""The page's own words in a language, from its PO file.

Why Babel's reader and not the project's: here words are counted, and that one refuses plural forms,
which no pamphlet has. These files travel with the program; a test reads them strictly.
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "words"
COUNTED = 200  # numbers whose form is told: from there on, forms repeat by the hundred


@cache  # they travel with the program
def languages() -> tuple[str, ...]:
    """Return the languages that the page speaks, English first."""
    return ("en", *sorted(path.stem for path in FOLDER.glob("*.po")))


@cache
def words_in(language: str) -> dict[str, Any]:
    """Return translations by their English; raise KeyError for a language that there is none of.

    `plurals` has all forms by the English of one thing, `forms` the form of each number from 0.
    What is not translated, or doubtful, is left out: the page then says it in English.
    """
    if language not in languages()[1:]:
        raise KeyError(language)
    from babel.messages.pofile import read_po

    with (FOLDER / f"{language}.po").open("rb") as file:
        catalog = read_po(file, locale=language, abort_invalid=True)
    words: dict[str, str] = {}
    plurals: dict[str, list[str]] = {}
    for message in catalog:
        forms = _forms(message.string)
        if not message.id or message.fuzzy or not all(forms):
            continue
        if isinstance(message.id, str):
            words[message.id] = forms[0]
        else:
            plurals[message.id[0]] = forms
    form = gettext.c2py(catalog.plural_expr)
    return {"words": words, "plurals": plurals, "forms": [form(n) for n in range(COUNTED)]}


def _forms(said: object) -> list[str]:
    return [str(form) for form in said] if isinstance(said, list | tuple) else [str(said or "")]
