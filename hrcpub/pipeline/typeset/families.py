"""Laid-out texts to the families of fonts that nobody has, at the line of CSS that asks for them.

Without this, such a text is drawn in whatever font there is, and only the finished file shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset.laid_page import LaidPage
from hrcpub.pipeline.typeset.mentions import place_in
from hrcpub.problems import Problem, Source


def foreign_families(pages: Iterable[LaidPage], html: Html) -> list[Problem]:
    """Return a Problem for each family that a text asks for, where the layout has none of its list.

    The first of a list is told: the others stand in for it.
    """
    known = {family.lower() for family in html.families}
    lists = {text.look.families for page in pages for text in page.texts if text.text.strip()}
    absent = {names[0] for names in lists if not known & {name.lower() for name in names}}
    return [font_unknown(name, html) for name in sorted(absent)] if known else []


def font_unknown(family: str, html: Html) -> Problem:
    """A stylesheet asks for a font that the project does not have.

    Fix: name one of the design system's fonts, as the hint lists them. To have another one, put its
    files into `fonts/` and name it in `layouts/system/system.yaml`. Fonts of your computer are left
    out on purpose: the same words would look different on the next one.
    """
    known = f"known here: {', '.join(sorted(html.families))}"
    return Problem("font-unknown", f"there is no font {family}", _place(family, html), known)


def _place(family: str, html: Html) -> Source | None:
    """Return the line of a stylesheet that asks for a family; else the template."""
    asked = re.compile(
        rf"""font(?:-family)?\s*:[^;{{}}]*?(?P<name>{re.escape(family)})(?![\w-])""", re.I
    )
    for sheet in html.stylesheets:
        if match := asked.search(sheet.text):
            return place_in(sheet.path, sheet.text, match.start("name"), len(family))
    return Source(html.template) if html.template else None


CODES = {"font-unknown": font_unknown}
