"""An event's facts to `Html`: tickets, packing lists and contact sheets, in the house's look.

Their templates and their stylesheet are `layouts/system/paperwork/`. They are for the people who
print, fold and pack, in English, black on white Letter paper.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.templates import read_folder, render
from hrcpub.pipeline.compose.tokens import fonts
from hrcpub.pipeline.stages import Html, Stylesheet
from hrcpub.project.edition import MARGIN
from hrcpub.project.layout import SYSTEM, System, read_system
from hrcpub.units import PAPER_SIZES, css

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = f"{SYSTEM}/paperwork"
_TAG = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Kit:
    """What all paperwork is made with, as one worker keeps it."""

    system: System
    environment: Environment
    stylesheet: str


def compose_paperwork(
    name: str,
    context: Mapping[str, Any],
    project: Project,
    pictures: Mapping[str, bytes] | None = None,
) -> Html:
    """Return a paper of an event: `name` is its template's, `context` what that sees.

    `pictures` are PNG files by name; a template shows one by `hrcpub://made/NAME`. Raises
    HrcpubError when the template has a mistake.
    """
    kit = project.parsed("paperwork", _kit)
    sheet = PAPER_SIZES["letter"]
    text = render(kit.environment, dict(context), project.sources, f"{name}.html")
    ink, bare = kit.system.ink.screen, kit.system.papers["bare"].screen
    tokens = f"{fonts(kit.system)}:root{{--ink:{ink}}}\n"
    tokens += f"@page{{size:{css(sheet.width)} {css(sheet.height)};background:{bare}}}\n"
    return Html(
        text=text,
        stylesheets=(
            Stylesheet(f"{SYSTEM}/system.yaml", tokens),
            Stylesheet(f"{FOLDER}/paperwork.css", kit.stylesheet),
        ),
        base=FOLDER,
        words=(),
        families=frozenset(face.family for face in kit.system.faces.values()),
        sides=None,
        trim=sheet,
        bleed=0.0,
        safe=MARGIN,
        pictures=dict(pictures or {}),
    )


def _kit(sources: Sources) -> _Kit:
    return _Kit(
        read_system(sources),
        read_folder(FOLDER, sources),
        sources.text(f"{FOLDER}/paperwork.css"),
    )


def plain_text(document: Html) -> str:
    """Return the letters of a document, without its markup."""
    return html.unescape(_TAG.sub(" ", document.text))
