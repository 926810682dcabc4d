"""A draft's band: its words in outline, from corner to corner, on the paper of each page."""

from __future__ import annotations

import math
from collections.abc import Mapping

from hrcpub.pipeline.setting import Face, at_size, isolates
from hrcpub.pipeline.setting.hollow import hollow
from hrcpub.pipeline.setting.outline import outline
from hrcpub.project.languages import is_right_to_left
from hrcpub.project.markup import plain
from hrcpub.project.material import Material
from hrcpub.project.review import DRAFT
from hrcpub.units import Size, rgb

_REACH = 0.94  # of the page that the words go over, from corner to corner
_LINE = (
    1 / 125
)  # of their size that their outline is wide: seen from afar, and no word is struck out
_THINNEST = 0.6  # points


def draft_words(material: Material) -> str | None:
    """Return what a draft is called in its language, else in English; None for no draft."""
    if not material.is_draft:
        return None
    system = material.layout.system
    for known in (system.phrases_in(material.language), system.phrases_in("en")):
        if "draft" in known:
            return plain(str(known["draft"]), material.language)
    return DRAFT


def title_of(material: Material) -> str:
    """Return what programs and printers call a piece: a draft says that it is one."""
    title = " / ".join(one.title.plain(one.language) for one in material.voices)
    draft = draft_words(material)
    return f"{draft}: {title}" if draft else title


def draft_band(material: Material, faces: Mapping[str, Face], trim: Size) -> str | None:
    """Return the operators of PDF that draw the band on a page; None for what is no draft.

    They stroke letters in the ink's screen colour, from the trim's lower left corner, y upwards.
    Why hollow: filled ones would hide words, and be grey in a photocopy.
    """
    words = draft_words(material)
    if words is None:
        return None
    face = faces["bold" if faces["display"].missing(words) else "display"]
    line = at_size(words, face, 1.0)
    shape, angle = outline(words, face), math.atan2(trim.height, trim.width)
    along, up = math.cos(angle), math.sin(angle)
    # What hangs under the line counts at both sides, since the line stands in the middle.
    tall = line.rise + 2 * line.depth
    wide, high = line.measure * along + tall * up, line.measure * up + tall * along
    size = _REACH * min(trim.width / wide, trim.height / high)
    scale = shape.scale * size
    if isolates(words) == [] and is_right_to_left(material.language):
        up = -up  # it ascends as it is read
    # From the middle of the page back to where the first letter stands.
    back, down = size * (line.left + line.measure / 2), size * line.rise / 2
    x = trim.width / 2 - back * along + down * up
    y = trim.height / 2 - back * up - down * along
    matrix = (along * scale, up * scale, -up * scale, along * scale)
    width = max(_THINNEST, size * _LINE) / scale
    colour = " ".join(f"{part:.6g}" for part in rgb(material.layout.system.ink.screen))
    return (
        f"{colour} RG\n{' '.join(f'{part:.6f}' for part in matrix)} {x:.3f} {y:.3f} cm\n"
        f"{hollow(shape.path.removesuffix('f'), width)}"
    )
