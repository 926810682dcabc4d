"""A material, an edition and a printer to the `Demands` by which prepress writes a file."""

from __future__ import annotations

import json

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose_face, title_of
from hrcpub.pipeline.prepress import Demands, Identity, InkConversion, PaletteInk, Press, identity
from hrcpub.pipeline.stages import Html
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.layout import System
from hrcpub.project.material import Material
from hrcpub.project.material.trace import reviewers, trace_of
from hrcpub.project.printers import Printer

_BARE = "#ffffff"


def demands_of(
    material: Material,
    html: Html,
    edition: Edition,
    how: PaperColour,
    shop: Printer,
    project: Project,
) -> Demands:
    """Return what the file of an edition must be; `how` is how its paper gets its colour."""
    system = material.layout.system
    papers = {colour.screen: _BARE for colour in system.papers.values()}
    # Where the paper has its colour already, black alone is printed.
    unprinted = papers | ({system.accent.screen: system.ink.screen} if system.accent else {})
    if not edition.is_inked:
        return Demands(edition, how, edition.bleed, unprinted)
    # All that changes a press file changes its identifier: words, styles and condition.
    sheets = (sheet.text for sheet in html.stylesheets)
    trace = json.dumps(trace_of(material), sort_keys=True)
    made_from = [html.text, *sheets, shop.condition.identifier, trace]
    title, languages = title_of(material), tuple(one.language for one in material.voices)
    press = Press(
        condition=shop.condition,
        inks=inks_of(system, shop, project),
        identity=Identity(
            title,
            str(material.credit) if material.credit else None,
            material.language,
            material.revised,
            identity.identifier(made_from),
            languages[1:],
            version=material.revision,
            code=material.code,
            reviewers=reviewers(material),
            sources=tuple(str(reference) for reference in material.references),
        ),
        facts=(
            f"{material.code} {title}",
            f"revision {material.revision}, {material.revised}",
            ", ".join(languages),
            edition.name,
            shop.condition.identifier,
        ),
        face=compose_face("text", system, project, material.language),
        ppi=max(edition.ppi, shop.minimum_ppi),
    )
    return Demands(edition, how, shop.bleed, unprinted, press)


def inks_of(system: System, shop: Printer, project: Project) -> InkConversion:
    """Return the conversion into the inks of a shop; it is kept for the next piece."""
    # A colour without a build is converted as any other is, by the profile.
    palette = {
        colour.screen.lower(): PaletteInk(_build(colour.press), colour.spot)
        for colour in (*system.papers.values(), system.accent, system.ink)
        if colour and colour.press
    }

    def make(sources: Sources) -> InkConversion:
        profile = sources.read(shop.profile) if shop.profile else shop.condition.profile
        return InkConversion(profile, palette, shop.most_ink)

    return project.parsed(("inks", shop, tuple(sorted(palette.items()))), make)


def _build(press: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return percentages of four inks as shares."""
    return (press[0] / 100, press[1] / 100, press[2] / 100, press[3] / 100)
