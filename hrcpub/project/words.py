"""What authors write, as values that know their places: `Words`, `Image`, `Quantity`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hrcpub.problems import Source
from hrcpub.project.markup import plain


@dataclass(frozen=True, slots=True)
class Words:
    """A text that an author wrote, and where: markup as it was typed, white space made single."""

    text: str
    source: Source
    slot: str = ""  # `principles.3.text`: names from the root, entries counted from 1

    def __str__(self) -> str:
        """Return the text as it was typed."""
        return self.text

    def __bool__(self) -> bool:
        """Return whether there are any words."""
        return bool(self.text)

    def plain(self, language: str = "en") -> str:
        """Return what a reader sees, without markup, its quotes set as `language` sets them."""
        return plain(self.text, language)


class Image(NamedTuple):
    """A picture and the words that stand for it where it cannot be seen."""

    file: Words
    alt: Words


class Quantity(NamedTuple):
    """How many of what."""

    name: Words
    number: int
