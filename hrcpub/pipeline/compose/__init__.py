"""A `Material` to `Html`: its words through its layout's template, display lines set by their ink.

Templates (`layouts/<name>/layout.html`, components in `layouts/system/`) get the words of the
material and the values of the design system, and call the `Setter` for what CSS cannot do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import faces as face_files
from hrcpub.pipeline.compose import figures, setter, templates
from hrcpub.pipeline.compose.chances import with_chances
from hrcpub.pipeline.compose.design_facts import DesignFacts
from hrcpub.pipeline.compose.direction import isolated
from hrcpub.pipeline.compose.draft import draft_band, draft_words, title_of
from hrcpub.pipeline.compose.faces import (
    MissingGlyphs,
    compose_face,
    font_broken,
    read_face,
    stacked_faces,
    stacks_for,
)
from hrcpub.pipeline.compose.figures import LEAST, FigureDrawer
from hrcpub.pipeline.compose.measures import Measures
from hrcpub.pipeline.compose.owed import (
    contact_words,
    owed_figures,
    owed_logos,
    owed_pictures,
    owed_texts,
    reach_words,
)
from hrcpub.pipeline.compose.paperwork import compose_paperwork, paper_faces, plain_text
from hrcpub.pipeline.compose.roles import role_of
from hrcpub.pipeline.compose.setter import Setter
from hrcpub.pipeline.compose.slugs import compose_slugs
from hrcpub.pipeline.compose.templates import phrases_of, render, templates_of
from hrcpub.pipeline.compose.tokens import tokens
from hrcpub.pipeline.setting import has_unknown, line_breaks_unknown
from hrcpub.pipeline.stages import AuthorText, Html, InlineImprint, Stylesheet
from hrcpub.problems import Problem, stop_on_errors
from hrcpub.project.edition import BLEED, EDITIONS, SAFE
from hrcpub.project.layout import OWN, PLATES, SYSTEM, Form, Layout
from hrcpub.project.layout.panels import Setting
from hrcpub.project.material import Material
from hrcpub.project.words import Words, locate
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
    layout, sources = material.layout, project.sources
    texts = (*material.texts, *contact_words(material))
    shown: tuple[Words | AuthorText, ...] = (*texts, *(local.words if local else ()))
    stacks = stacks_for(material.language, shown, layout.system, sources)
    faces = stacked_faces(stacks, material.language, layout.system, project)
    shape = layout.form(form)
    grid = Measures(shape, settings or {})
    template = f"{layout.folder}/{shape.template}"
    drawer = FigureDrawer(material, project, template, shape.grid.get("figure-least", LEAST))
    setter = Setter(
        material, faces, grid, partial(locate, sources=sources), shape.format.least, drawer
    )
    owed = owed_texts(material, form)
    lacks = MissingGlyphs(faces["text"], material.language, sources)
    lacks.look_at(texts)
    context = _context(material, setter, shape, grid, local, sources)
    html = render(templates_of(layout, project), context, sources, shape.template)
    html = isolated(html) if material.is_right_to_left else html
    names = (*setter.signer.names.values(), *reach_words(setter))
    lacks.look_at(names)
    problems = [*lacks.problems, *setter.signer.problems]
    drawn = [*drawer.unprinted(owed_figures(material, form)), *drawer.problems, *drawer.untested()]
    problems += _line_breaks(texts, material)
    along = stop_on_errors(dict.fromkeys([*problems, *setter.problems, *drawn]))
    return Html(
        text=with_chances(html, material.language),
        stylesheets=_stylesheets(tokens(material, stacks, faces, shape, bleed), shape, sources),
        base=layout.folder,
        words=(
            *_author_texts((*texts, *names), material),
            *(local.words if local else ()),
        ),
        families=stacks.families,
        sides=shape.sides and layout.sides_of(material.words),
        trim=shape.trim,
        bleed=bleed,
        # An edition that prints the piece to the edges of its sheet needs the printer's margin.
        safe=max([safe, *_margins(layout, shape)]),
        folds=_folds(material) if shape.folding else (),
        is_right_to_left=material.is_right_to_left,
        oversets=tuple(setter.oversets),
        texts=tuple(setter.texts),
        fills=tuple(setter.fills),
        settings=settings or {},
        pictures=setter.signer.pictures,
        template=template,
        owed=tuple(_author_texts(owed, material)),
        owed_pictures=(*owed_pictures(material, form), *owed_logos(setter)),
        codes=tuple(setter.drawn_codes),
        format=shape.format,
        mail=shape.mail,
        far=layout.far if form == OWN else 0.0,
        near=layout.near,
        display=stacks.stacks["display"][0].family,
        papers=tuple(paper.screen for paper in layout.system.papers.values()),
        problems=along,
        # A sample's words are nobody's advice.
        band=None if shape.name in PLATES else draft_band(material, faces, shape.trim),
    )


def _line_breaks(texts: Iterable[Words], material: Material) -> list[Problem]:
    """Return one Problem of the first text whose words nobody here can tell apart."""
    language = material.language
    unknown = (words for words in texts if has_unknown(words.plain(language), language))
    first = next(unknown, None)
    return [line_breaks_unknown(language, first.source)] if first else []


def _folds(material: Material) -> tuple[tuple[float, ...], ...]:
    """Return where each page is folded, from its left edge."""
    return tuple(side.folds_x for side in material.folding.sides) if material.folding else ()


def _margins(layout: Layout, shape: Form) -> Iterator[float]:
    """Yield the printers' margins of the editions that print pieces to their sheet's edges."""
    for edition in map(layout.edition, EDITIONS):
        if edition.is_filled_by(shape.trim):
            yield edition.margin


def _stylesheets(values: str, shape: Form, sources: Sources) -> tuple[Stylesheet, ...]:
    """Return the system's values and rules, then the layout's, which may change them."""
    return (
        Stylesheet(f"{SYSTEM}/system.yaml", values),
        Stylesheet(f"{SYSTEM}/system.css", sources.text(f"{SYSTEM}/system.css")),
        *(Stylesheet(path, sources.text(path)) for path in shape.stylesheets),
    )


def _author_texts(texts: Iterable[Words], material: Material) -> Iterator[AuthorText]:
    """Yield texts as a reader sees them, without markup."""
    for words in texts:
        role = role_of(words.slot, material.layout)
        yield AuthorText(words.plain(material.language), words.slot, words.source, role)


def _context(
    material: Material,
    setter: Setter,
    shape: Form,
    grid: Measures,
    local: InlineImprint | None,
    sources: Sources,
) -> dict[str, Any]:
    """Return what a template sees."""
    from markupsafe import Markup

    layout = material.layout
    return {
        "material": material,
        "words": {name: material.words.get(name) for name in layout.slots},
        "contacts": material.contacts,
        "layout": layout,
        "grid": grid,
        "folding": shape.folding,
        "mail": shape.mail.places(shape.trim, shape.grid["margin"]) if shape.mail else None,
        "height": shape.trim.height - 2 * shape.grid["margin"],
        "phrases": phrases_of(material),
        "draft": draft_words(material),
        "local": Markup(local.html if local else ""),
        "set": setter,
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
