"""A row's words to the details that are printed where there is room: `Extra`s in their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hrcpub.events.manifest.event import EXTRAS, Extra
from hrcpub.patterns import pattern
from hrcpub.project.addresses import mail
from hrcpub.project.spoken import own_and_english
from hrcpub.project.telephones import Home, link
from hrcpub.project.words import Words

_BETWEEN = pattern(r"\s*[,;/|]\s*|\s+(?:and|&|y|et|und)\s+")


def read_extras(words: Mapping[str, Words], home: Home) -> Iterator[Extra]:
    """Yield the details that a row has, in the order of `EXTRAS`."""
    for column in EXTRAS:
        if column in words:
            yield _extra(column, words[column], home)


def _extra(column: str, words: Words, home: Home) -> Extra:
    if column == "tel2":
        return Extra(column, words, link(words.text, home))
    if column == "email":
        address = mail(words.text)
        return Extra(column, words, address.link if address else None)
    if column == "languages":
        return Extra(column, replace(words, text=_spoken(words.text)))
    return Extra(column, words)


def _spoken(text: str) -> str:
    """Return languages by their own names, as people look for them: "English, Español".

    A name in letters that are not Latin or Cyrillic is the English one: an imprint's face has none.
    """
    names = []
    for part in filter(None, map(str.strip, _BETWEEN.split(text))):
        own, english = own_and_english(part) or (part, part)
        names.append(own if _is_printable(own) else english)
    return ", ".join(dict.fromkeys(names))


def _is_printable(text: str) -> bool:
    """Return whether the text face has all letters, in any design: it has two scripts."""
    scripts = ("LATIN", "CYRILLIC")
    return all(
        unicodedata.name(letter, "").startswith(scripts) for letter in text if letter.isalpha()
    )
