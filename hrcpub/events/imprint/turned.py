"""An `Imprint` to the same one from the right: for pieces in Arabic, Hebrew and others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hrcpub.events.imprint.imprint import Imprint
from hrcpub.pipeline.setting import Face


def turned(imprint: Imprint, faces: Mapping[str, Face]) -> Imprint:
    """Return an imprint with its left side at the right; nothing in it is mirrored."""
    wide, code, logo = imprint.area.width, imprint.code, imprint.logo
    lines = tuple(
        line._replace(x=wide - line.x - faces[line.face].display_width(line.text) * line.size)
        for line in imprint.lines
    )
    if code:
        code = code._replace(x=wide - code.x - len(code.rows) * code.module)
    if logo:
        logo = logo._replace(x=wide - logo.x - logo.width)
    return replace(imprint, lines=lines, code=code, logo=logo)
