"""A piece and its passages to the sheet on which somebody reviews them with a pen.

Not an event's paper, but made like one: black on white, for an office printer.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose_paperwork
from hrcpub.pipeline.compose.paperwork import MEASURE
from hrcpub.pipeline.compose.tokens import families
from hrcpub.pipeline.stages import Html
from hrcpub.project.markup import plain
from hrcpub.project.material import Material
from hrcpub.project.reviewed import ROLES, ReviewPassage
from hrcpub.units import css

GAP = 12.0  # points, between pictures of pages
TALLEST = 300.0  # points, of one: a page and the first passages are seen together


class SheetPicture(NamedTuple):
    """A page of the piece, as the sheet shows it."""

    number: int
    address: str
    style: str


class SheetPassage(NamedTuple):
    """A passage, as the sheet shows it."""

    text: str
    place: str  # its slot, and its line in the material
    sources: tuple[str, ...]  # what it rests on


def review_document(
    material: Material,
    role: str,
    passages: Sequence[ReviewPassage],
    pages: Sequence[bytes],
    project: Project,
) -> Html:
    """Return the sheet for one role; `pages` are PNG pictures of the piece's pages, in order.

    Raises ValueError for a picture that is not a PNG, and HrcpubError when the template has a
    mistake.
    """
    pictures = {f"page-{number}.png": png for number, png in enumerate(pages, 1)}
    columns = min(max(len(pages), 1), 3)
    context = {
        "event": {"name": material.title.plain(material.language)},
        "version": f"{material.code}, revision {material.revision}, {material.revised}: "
        f"{material.name}",
        "role": role,
        "question": ROLES[role],
        "language": material.language,
        "direction": material.direction,
        # Its own face comes first: a mark over a letter of another face would stand beside it.
        "faces": families(material.layout.system.faces_for(material.language))["text-face"],
        "columns": columns,
        "pages": [
            SheetPicture(number, f"hrcpub://made/page-{number}.png", _style(png, columns))
            for number, png in enumerate(pages, 1)
        ],
        "passages": [_shown(passage, material) for passage in passages],
    }
    return compose_paperwork("review", context, project, pictures)


def _shown(passage: ReviewPassage, material: Material) -> SheetPassage:
    rests = [claim.source for claim in material.claims if claim.slot == passage.slot]
    known = {reference.id: str(reference) for reference in material.references}
    is_name = passage.slot == "title"  # of the piece, which may not be printed
    where = "name of the piece" if is_name else passage.slot.removeprefix("words.")
    line = f", line {passage.source.line}" if passage.source.line else ""
    text = plain(passage.shown, material.language)
    return SheetPassage(text, f"{where}{line}", tuple(known[id] for id in dict.fromkeys(rests)))


def _style(png: bytes, columns: int) -> str:
    """Return the size of a picture as CSS: as large as its column and TALLEST let it be."""
    if not png.startswith(b"\x89PNG\r\n\x1a\n"):
        raise ValueError("a page's picture is a PNG")
    width, height = struct.unpack(">II", png[16:24])
    measure = (MEASURE - (columns - 1) * GAP) / columns - GAP
    shown = min(measure, TALLEST * width / height)
    return f"width:{css(shown)};height:{css(shown * height / width)}"
