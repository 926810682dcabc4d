"""`text-transform: capitalize`: the first letter of a word to its titlecase, as CSS has it.

WeasyPrint 70 takes a capital instead. That is the same but for signs of two letters (`ﬁ`, `ǆ`,
Armenian `և`) and for Georgian, whose capitals are for whole words: a letter is its own titlecase.

A private name of WeasyPrint is used here; `test_titlecase.py` fails when it changes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from hrcpub.pipeline.typeset.replacing import put_in_place


def take_titlecase() -> None:
    """Let WeasyPrint begin words with titlecase. Once for the process."""
    from weasyprint.formatting_structure import text as transforms

    theirs = transforms.capitalize

    def capitalize(text: str, lang_code: str) -> str:
        shown, done = "", 0
        for place in _otherwise(text):
            before = theirs(_within(done) + text[done:place], lang_code)
            shown += before.removeprefix(_within(done).upper()) + text[place].title()
            done = place + 1
        rest: str = theirs(_within(done) + text[done:], lang_code)
        return shown + rest.removeprefix(_within(done).upper())

    put_in_place(theirs, capitalize)


def _within(done: int) -> str:
    """Return what stands for the beginning of a word that is done; nothing at a text's start."""
    return "x" if done else ""


def _otherwise(text: str) -> Iterator[int]:
    """Yield the places of first letters that have another titlecase than capital."""
    is_within = False
    for place, letter in enumerate(text):
        category = unicodedata.category(letter)[0]
        if category in "LN" and not is_within:
            is_within = True
            if letter.title() != letter.upper():
                yield place
        elif category == "Z":
            is_within = False
