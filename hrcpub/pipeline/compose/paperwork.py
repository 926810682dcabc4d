"""The facts of an event to `Html`: tickets, packing lists and contact sheets, in the system's look.

Their templates and their stylesheet are in `layouts/system/paperwork/`. They are for the people who
print, fold and pack: in English, black on white paper, Letter or A4.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from hrcpub.files import lasting
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.patterns import pattern
from hrcpub.pipeline.compose.chances import with_chances
from hrcpub.pipeline.compose.faces import stacked_faces, stacks_for
from hrcpub.pipeline.compose.templates import read_folder, render
from hrcpub.pipeline.compose.tokens import families, fonts
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import AuthorText, Html, Stylesheet
from hrcpub.problems import Source
from hrcpub.project.edition import MARGIN
from hrcpub.project.layout import SYSTEM, FaceStacks, System, read_system
from hrcpub.project.paper_size import sheet_of
from hrcpub.records import record
from hrcpub.units import Size, css

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = f"{SYSTEM}/paperwork"
TALLER = f"{FOLDER}/scripts.css"
HEAD = 40.0  # points, above every page
MEASURE = 540.0  # points, of every page: on A4 it leaves 9.7 mm at each side
LANGUAGE = "en"  # names and addresses in it may be in any
_OURS = Source()
_TAG = pattern(r"<style.*?</style>|<[^>]*>", re.DOTALL)


@record
class _Paperwork:
    """What all paperwork is composed with, as one worker keeps it."""

    system: System
    environment: Environment
    stylesheet: str
    taller: tuple[Stylesheet, ...]  # for papers with other scripts; a system may lack it


def compose_paperwork(
    name: str,
    context: Mapping[str, Any],
    project: Project,
    pictures: Mapping[str, bytes] | None = None,
    sheet: Size | None = None,
) -> Html:
    """Return a paper of an event: `name` is that of its template, `context` what the template sees.

    `pictures` are PNG files by name; a template shows one with `hrcpub://made/NAME`. It is printed
    on a `sheet`; None: on the office's. Raises HrcpubError when the template has a mistake.
    """
    common = project.parsed("paperwork", _read)
    sheet = sheet or sheet_of(project).page
    text = render(common.environment, dict(context), project.sources, f"{name}.html")
    text = with_chances(text, [LANGUAGE])
    # Black on white alone: paperwork comes from an office printer.
    ink, bare = common.system.ink.screen, common.system.papers["bare"].screen
    half = css(sheet.height / 2 - HEAD)
    stacks, faces = paper_faces(text, common.system, project)
    names = "".join(f"--{name}:{value};" for name, value in families(stacks).items())
    names += f"--ink:{ink};--half:{half};--sheet-height:{css(sheet.height)}"
    tokens = f"{fonts(stacks, faces)}:root{{{names}}}\n"
    aside = css((sheet.width - MEASURE) / 2)
    tokens += (
        f"@page{{size:{css(sheet.width)} {css(sheet.height)};background:{bare};"
        f"margin-left:{aside};margin-right:{aside}}}\n"
    )
    return Html(
        text=with_chances(text, ["en"]),  # sites may have names in any script
        stylesheets=(
            Stylesheet(f"{SYSTEM}/system.yaml", tokens),
            Stylesheet(f"{FOLDER}/paperwork.css", common.stylesheet),
            *(common.taller if stacks != common.system.faces_for(LANGUAGE) else ()),
        ),
        base=FOLDER,
        words=(),
        families=stacks.families,
        sides=None,
        trim=sheet,
        bleed=0.0,
        safe=MARGIN,
        pictures=dict(pictures or {}),
    )


def _read(sources: Sources) -> _Paperwork:
    return _Paperwork(
        lasting.parsed("system", sources, read_system),
        read_folder(FOLDER, sources),
        sources.text(f"{FOLDER}/paperwork.css"),
        (Stylesheet(TALLER, sources.text(TALLER)),) if sources.has(TALLER) else (),
    )


def paper_faces(text: str, system: System, project: Project) -> tuple[FaceStacks, dict[str, Face]]:
    """Return the faces of a paper in HTML, with those of other scripts in it behind ours."""
    words = [AuthorText(plain_text(text), "", _OURS)]
    stacks = stacks_for(LANGUAGE, words, system, project.sources)
    return stacks, stacked_faces(stacks, LANGUAGE, system, project)


def plain_text(text: str) -> str:
    """Return the text of a document in HTML, without its markup."""
    return html.unescape(_TAG.sub(" ", text))
