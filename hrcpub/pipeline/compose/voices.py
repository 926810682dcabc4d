"""A material in one of its languages to a `Voice`: its words, and what sets their lines.

A piece has one voice, or two. A template that sets both beside each other gets them as `voices`.
Any other is rendered once for each; `joined` puts the second's pages behind those of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

from hrcpub.files.project import Project
from hrcpub.patterns import pattern
from hrcpub.pipeline.compose.faces import MissingGlyphs, stacked_faces, stacks_for
from hrcpub.pipeline.compose.figures import LEAST, FigureDrawer
from hrcpub.pipeline.compose.measures import Measures
from hrcpub.pipeline.compose.owed import contact_words, endnotes, reach_words
from hrcpub.pipeline.compose.setter import Setter
from hrcpub.pipeline.compose.templates import phrases_of
from hrcpub.pipeline.compose.tokens import families, second_tokens, tokens
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import AuthorText
from hrcpub.project.contacts import Contact
from hrcpub.project.layout import FaceStacks, Form
from hrcpub.project.layout.panels import Setting
from hrcpub.project.material import Material
from hrcpub.project.words import Words, locate
from hrcpub.records import record

_BODY = pattern(r"<body\b[^>]*>(.*)</body>", re.DOTALL)


@record
class Voice:
    """A material in one language, as templates see it."""

    material: Material
    stacks: FaceStacks
    faces: Mapping[str, Face]
    shape: Form  # in the sizes that its script asks for
    grid: Measures
    set: Setter
    drawer: FigureDrawer
    lacks: MissingGlyphs

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
    def capital(self) -> str:
        """The letter whose top is that of its large words."""
        return self.stacks.capital

    @property
    def texts(self) -> tuple[Words, ...]:
        """All that it may say but who signs it."""
        notes = endnotes(self.material, self.shape.name)
        return (*self.material.texts, *contact_words(self.material), *notes)

    def names(self) -> tuple[Words, ...]:
        """Return who signed, and how readers reach them, once its lines are set."""
        return (*self.set.signer.names.values(), *reach_words(self.set))


def voice_of(
    material: Material,
    project: Project,
    form: str,
    settings: Mapping[str, Setting],
    first: Form,
    said: Sequence[AuthorText] = (),
) -> Voice:
    """Return what sets a material's lines in its language, with a grid of its own.

    `settings` are those of the panels of `first`, the first voice's form. `said` are a site's
    words, which stand on its pages too.
    """
    layout, sources = material.layout, project.sources
    own = (*material.texts, *contact_words(material), *endnotes(material, form))
    texts: tuple[Words | AuthorText, ...] = (*own, *said)
    stacks = stacks_for(material.language, texts, layout.system, sources)
    faces = stacked_faces(stacks, material.language, layout.system, project)
    shape = layout.form(form)
    grid = Measures(shape, _suited(settings, first, shape))
    template = f"{layout.folder}/{shape.template}"
    drawer = FigureDrawer(material, project, template, shape.grid.get("figure-least", LEAST))
    place = partial(locate, sources=sources)
    setter = Setter(material, faces, grid, place, shape.format.least, drawer)
    lacks = MissingGlyphs(faces["text"], material.language, layout.system, sources)
    return Voice(material, stacks, faces, shape, grid, setter, drawer, lacks)


def _suited(settings: Mapping[str, Setting], first: Form, own: Form) -> Mapping[str, Setting]:
    """Return panels' settings in the sizes of a script that has others than the first."""
    if first.grid == own.grid:
        return settings
    suited = {}
    for name, setting in settings.items():
        ours, theirs = own.panels[name].designed(own.grid), first.panels[name].designed(first.grid)
        size = setting.size * ours.size / theirs.size
        leading = setting.leading * ours.leading / theirs.leading
        suited[name] = Setting(size, leading, setting.tracking)
    return suited


def voiced_tokens(voices: Sequence[Voice], bleed: float) -> str:
    """Return the design system's values as CSS, those of a second voice within its elements."""
    first, *others = voices
    css = tokens(first.material, first.stacks, first.faces, first.shape, bleed)
    if others:
        # The head and the foot of a page may say words of any of them.
        names = ", ".join(families(voice.stacks)["text-face"] for voice in voices)
        css += f":root{{--page-face:{names}}}\n"
    return css + "".join(
        second_tokens(voice.material, voice.stacks, voice.faces, voice.shape, css)
        for voice in others
    )


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
