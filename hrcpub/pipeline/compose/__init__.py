"""A `Material` to `Html`: its words through its layout's template, display lines set by their ink.

Templates (`layouts/<name>/layout.html`, components in `layouts/system/`) get the words of the
material and the values of the design system, and call the `Setter` for what CSS cannot do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import faces as face_files
from hrcpub.pipeline.compose import figures, setter, templates
from hrcpub.pipeline.compose.chances import line_breaks, with_chances
from hrcpub.pipeline.compose.design_facts import DesignFacts
from hrcpub.pipeline.compose.direction import isolated
from hrcpub.pipeline.compose.draft import draft_band, draft_words, title_of
from hrcpub.pipeline.compose.faces import (
    compose_face,
    font_broken,
    read_face,
    stacked_faces,
    stacks_for,
)
from hrcpub.pipeline.compose.owed import (
    owed_figures,
    owed_logos,
    owed_pictures,
    owed_texts,
)
from hrcpub.pipeline.compose.paperwork import compose_paperwork, paper_faces, plain_text
from hrcpub.pipeline.compose.roles import role_of
from hrcpub.pipeline.compose.setter import Setter
from hrcpub.pipeline.compose.slugs import compose_slugs
from hrcpub.pipeline.compose.templates import render, templates_of
from hrcpub.pipeline.compose.voices import Voice, joined, voice_of, voiced_tokens
from hrcpub.pipeline.setting import line_breaks_unknown
from hrcpub.pipeline.stages import AuthorText, Html, InlineImprint, Stylesheet
from hrcpub.problems import Problem, stop_on_errors
from hrcpub.project.edition import BLEED, EDITIONS, SAFE
from hrcpub.project.layout import OWN, PLATES, SYSTEM, Form, Layout
from hrcpub.project.layout.panels import Setting
from hrcpub.project.material import Material
from hrcpub.project.words import Words
from hrcpub.units import css

__all__ = [
    "CODES",
    "compose",
    "compose_face",
    "compose_paperwork",
    "compose_slugs",
    "font_broken",
    "paper_faces",
    "plain_text",
    "read_face",
    "stacked_faces",
    "stacks_for",
    "title_of",
]


def compose(
    material: Material,
    project: Project,
    form: str = OWN,
    bleed: float = BLEED,
    safe: float = SAFE,
    settings: Mapping[str, Setting] | None = None,
    local: InlineImprint | None = None,
) -> Html:
    """Return the composed document; raise HrcpubError with all mistakes in words or template.

    `form` names the layout's template: its own, or that of large print. `bleed` is the most that
    any edition has. No text may be nearer to the trim than `safe`. `settings` are those of panels
    that are not set as designed. `local` fills the place that the piece keeps for an imprint.
    """
    layout = material.layout
    shape = layout.form(form)
    said = local.words if local else ()
    voices = [voice_of(one, project, form, settings or {}, shape, said) for one in material.voices]
    for voice in voices:
        voice.lacks.look_at(voice.texts)
    text = _rendered(voices, shape, local, project)
    along = stop_on_errors(dict.fromkeys(_problems(voices, shape, form)))
    html = Html(
        text=text,
        stylesheets=_stylesheets(voiced_tokens(voices, bleed), shape, project),
        base=layout.folder,
        words=(*_said_by(voices), *said),
        families=frozenset(name for voice in voices for name in voice.stacks.families),
        sides=_sides(shape, voices),
        trim=shape.trim,
        bleed=bleed,
        # An edition that prints the piece to the edges of its sheet needs the printer's margin.
        safe=max([safe, *_margins(layout, shape)]),
        folds=_folds(material) if shape.folding else (),
        is_right_to_left=material.is_right_to_left,
        settings=settings or {},
        template=f"{layout.folder}/{shape.template}",
        owed=_owed(material, shape),
        owed_pictures=owed_pictures(material, form),
        format=shape.format,
        mail=shape.mail,
        far=layout.far if form == OWN else 0.0,
        near=layout.near,
        display=voices[0].stacks.stacks["display"][0].family,
        papers=tuple(paper.screen for paper in layout.system.papers.values()),
        problems=along,
        # A sample's words are nobody's advice.
        band=None if shape.name in PLATES else draft_band(material, voices[0].faces, shape.trim),
    )
    return _noted(html, [voice.set for voice in voices])


def _noted(html: Html, setters: Sequence[Setter]) -> Html:
    """Return the document with all that was noted when its lines were set."""
    return replace(
        html,
        oversets=tuple(overset for each in setters for overset in each.oversets),
        texts=tuple(text for each in setters for text in each.texts),
        fills=tuple(fill for each in setters for fill in each.fills),
        pictures={name: data for each in setters for name, data in each.signer.pictures.items()},
        owed_pictures=(
            *html.owed_pictures,
            *(logo for each in setters for logo in owed_logos(each)),
        ),
        codes=tuple(code for each in setters for code in each.drawn_codes),
    )


def _problems(voices: Sequence[Voice], shape: Form, form: str) -> Iterator[Problem]:
    """Yield what is wrong with the words of all voices, once their lines are set."""
    for voice in voices:
        voice.lacks.look_at(voice.names())
        yield from (*voice.lacks.problems, *voice.set.signer.problems, *voice.set.problems)
        # What both languages have, a template that sets both may print once.
        if voice is voices[0] or not shape.is_twin:
            yield from voice.drawer.unprinted(owed_figures(voice.material, form))
        yield from (*voice.drawer.problems, *voice.drawer.untested())
        yield from line_breaks(voice.texts, voice.material.language)


def _said_by(voices: Sequence[Voice]) -> Iterator[AuthorText]:
    """Yield all that the voices say."""
    for voice in voices:
        yield from _author_texts((*voice.texts, *voice.names()), voice.material)


def _owed(material: Material, shape: Form) -> tuple[AuthorText, ...]:
    """Return the texts that the template must print, in each language of the piece.

    What both say alike, such as a telephone, a template that sets both may print once.
    """
    own, *others = (
        tuple(_author_texts(owed_texts(one, shape.name), one)) for one in material.voices
    )
    once = {text.text for text in own} if shape.is_twin else set()
    return (*own, *(text for texts in others for text in texts if text.text not in once))


def _rendered(
    voices: list[Voice], shape: Form, local: InlineImprint | None, project: Project
) -> str:
    """Return the HTML of all voices: of one template that sets both, or one for each."""
    layout, sources = voices[0].material.layout, project.sources
    templates = templates_of(layout, project)

    def document(*spoken: Voice) -> str:
        context = _context(spoken, shape, local, sources)
        html = render(templates, context, sources, shape.template)
        return with_chances(isolated(html), [voice.language for voice in spoken])

    if shape.is_twin:
        return document(*voices)
    return joined([document(voice) for voice in voices], voices)


def _sides(shape: Form, voices: list[Voice]) -> int | None:
    """Return how many pages there are; None: as many as the words need."""
    each = voices[:1] if shape.is_twin else voices
    own = [voice.material.layout.sides_of(voice.material.words) for voice in each]
    return shape.sides and sum(own)


def _folds(material: Material) -> tuple[tuple[float, ...], ...]:
    """Return where each page is folded, from its left edge."""
    return tuple(side.folds_x for side in material.folding.sides) if material.folding else ()


def _margins(layout: Layout, shape: Form) -> Iterator[float]:
    """Yield the printers' margins of the editions that print pieces to their sheet's edges."""
    for edition in map(layout.edition, EDITIONS):
        if edition.is_filled_by(shape.trim):
            yield edition.margin


def _stylesheets(values: str, shape: Form, project: Project) -> tuple[Stylesheet, ...]:
    """Return the system's values and rules, then the layout's, which may change them."""
    paths = (f"{SYSTEM}/system.css", *shape.stylesheets)
    written = project.parsed(
        ("stylesheets", paths), lambda s: tuple(Stylesheet(path, s.text(path)) for path in paths)
    )
    return (Stylesheet(f"{SYSTEM}/system.yaml", values), *written)


def _author_texts(texts: Iterable[Words], material: Material) -> Iterator[AuthorText]:
    """Yield texts as a reader sees them, without markup."""
    for words in texts:
        role = role_of(words.slot, material.layout)
        yield AuthorText(words.plain(material.language), words.slot, words.source, role)


def _context(
    voices: tuple[Voice, ...], shape: Form, local: InlineImprint | None, sources: Sources
) -> dict[str, Any]:
    """Return what a template sees: the first voice's words, and all `voices`."""
    from markupsafe import Markup

    voice = voices[0]
    material, layout = voice.material, voice.material.layout
    return {
        "material": material,
        "voices": voices,
        "words": voice.words,
        "contacts": voice.contacts,
        "layout": layout,
        "grid": voice.grid,
        "folding": shape.folding,
        "mail": shape.mail.places(shape.trim, shape.grid["margin"]) if shape.mail else None,
        "height": shape.trim.height - 2 * shape.grid["margin"],
        "phrases": voice.phrases,
        "draft": draft_words(material),
        "local": Markup(local.html if local else ""),
        "set": voice.set,
        "pt": css,
        "up": lambda length: math.ceil(round(length / shape.grid["step"], 6)) * shape.grid["step"],
        **({"design": DesignFacts(layout, sources)} if shape.name in PLATES else {}),
    }


CODES = (
    setter.CODES
    | templates.CODES
    | figures.CODES
    | face_files.CODES
    | {"line-breaks-unknown": line_breaks_unknown}
)
