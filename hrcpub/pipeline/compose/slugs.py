"""A piece that is imposed to the slug lines of its sheets, as `Html`."""

from __future__ import annotations

from hrcpub.files.project import Project
from hrcpub.pipeline.compose.direction import isolated
from hrcpub.pipeline.compose.templates import phrases_of, render, templates_of
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.project.edition import Edition, PaperColour
from hrcpub.project.layout import SYSTEM
from hrcpub.project.material import Material
from hrcpub.units import Size, css


def compose_slugs(
    material: Material,
    edition: Edition,
    how: PaperColour,
    html: Html,
    sheet: Size,
    sides: int,
    is_two_sided: bool,
    project: Project,
) -> Html:
    """Return the slug lines of an imposed sheet's sides: what it is, and how to print it.

    They are typeset like a piece as large as the sheet, and then drawn beneath the pieces. `html`
    is the piece, whose look they share; `sides` counts those of all sheets.
    """
    layout = material.layout
    context = {
        "material": material,
        "layout": layout,
        "phrases": phrases_of(material),
        "paper": layout.system.papers[material.colour].name if how is PaperColour.STOCK else None,
        "sides": sides,
        "is_two_sided": is_two_sided,
        "is_upright": sheet.width <= sheet.height,
    }
    # The template is the system's; it is found in the environment of any layout.
    templates = templates_of(layout, project)
    style = Stylesheet(f"{SYSTEM}/slugs.html", _page_style(sheet, edition.margin))
    text = render(templates, context, project.sources, "system/slugs.html")
    return Html(
        text=isolated(text),
        stylesheets=(*html.stylesheets[:2], style),  # those of the system, not of the layout
        base=SYSTEM,
        words=(),
        families=html.families,
        sides=sides,
        trim=sheet,
        bleed=0.0,
        safe=edition.margin - 0.5,  # lines begin exactly at the margin, but for rounding
    )


def _page_style(sheet: Size, margin: float) -> str:
    """Return CSS: a line at the foot of each page, which has no margin below it."""
    edge = css(margin)
    return (
        f"@page{{size:{css(sheet.width)} {css(sheet.height)};margin:{edge} {edge} 0;"
        "bleed:0;background:none}\n"
        f".slug-side{{height:{css(sheet.height - 2 * margin)}}}\n"
    )
