"""A material in one of its languages to a `Voice`: its words, and what sets their lines.

A piece has one voice, or two. A template that sets both beside each other gets them as `voices`.
Any other is rendered once for each; `joined` puts the second's pages behind those of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from hrcpub.pipeline.compose.figures import FigureDrawer
from hrcpub.pipeline.compose.measures import Measures
from hrcpub.pipeline.compose.owed import contact_words, reach_words
from hrcpub.pipeline.compose.setter import Setter
from hrcpub.pipeline.compose.templates import phrases_of
from hrcpub.pipeline.setting import Face
from hrcpub.project.contacts import Contact
from hrcpub.project.languages import is_spaced
from hrcpub.project.material import Material
from hrcpub.project.words import Words

_BODY = re.compile(r"<body\b[^>]*>(.*)</body>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Voice:
    """A material in one language, as templates see it."""

    material: Material
    faces: Mapping[str, Face]
    grid: Measures
    set: Setter
    drawer: FigureDrawer

    @property
    def words(self) -> dict[str, Any]:
        """The words by slot; None where there are none."""
        return {name: self.material.words.get(name) for name in self.material.layout.slots}

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The offices that it names."""
        return self.material.contacts

    @property
    def phrases(self) -> dict[str, Any]:
        """The design's own words."""
        return phrases_of(self.material)

    @property
    def language(self) -> str:
        """The language, by its tag."""
        return self.material.language

    @property
    def direction(self) -> str:
        """The direction in which it is written: ltr or rtl."""
        return self.material.direction

    @property
    def texts(self) -> tuple[Words, ...]:
        """All that it may say but who signs it."""
        return (*self.material.texts, *contact_words(self.material))

    def names(self) -> tuple[Words, ...]:
        """Return who signed, and how readers reach them, once its lines are set."""
        return (*self.set.signer.names.values(), *reach_words(self.set))


def unspaced(voices: Sequence[Voice]) -> Voice:
    """Return the voice whose lines may end where no space is; the first, where all have spaces."""
    return next((voice for voice in voices if not is_spaced(voice.language)), voices[0])


def joined(documents: Sequence[str], voices: Sequence[Voice]) -> str:
    """Return one document of those in each voice: what follows the first says its language."""
    first, *others = documents
    if not others:
        return first
    at = first.rindex("</body>")
    return "".join([first[:at], *_bodies(others, voices[1:]), first[at:]])


def _bodies(documents: Sequence[str], voices: Sequence[Voice]) -> Iterator[str]:
    for document, voice in zip(documents, voices, strict=True):
        match = _BODY.search(document)
        inner, language = match[1] if match else "", escape(voice.language)
        yield f'<div class="voice" lang="{language}" dir="{voice.direction}">{inner}</div>'
