"""A page as checks see it: its boxes, what is painted on it, and where that is in millimetres."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Any

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import box, number
from hrcpub.pipeline.preflight.page.interpreter import Library, Walk, walk_page
from hrcpub.pipeline.preflight.page.marks import Mark, PaintedImage, PaintedPath, PaintedText
from hrcpub.problems import Source
from hrcpub.units import Rect

# What viewers take for a page without a MediaBox.
LETTER = Rect(0.0, 0.0, 612.0, 792.0)
MM = 25.4 / 72
_INHERITED = ("/MediaBox", "/CropBox", "/Resources", "/Rotate")
_DEEPEST = 64  # levels of the page tree


class CheckedPage:
    """One page. Boxes are as a reader takes them: inherited, and within the MediaBox."""

    def __init__(self, number_: int, dictionary: pikepdf.Object, library: Library) -> None:
        """Read the boxes; `number_` counts from 1."""
        self.number = number_
        self.dictionary = dictionary
        self.library = library
        media = box(self.inherited("/MediaBox"))
        self.media = media or LETTER
        self.has_media = media is not None
        crop = box(self.inherited("/CropBox"))
        # What is beyond the MediaBox is not there (§14.11.2.1).
        self.crop = (crop.meet(self.media) if crop else None) or self.media
        self.own_trim = box(dictionary.get("/TrimBox"))
        self.own_art = box(dictionary.get("/ArtBox"))
        self.own_bleed = box(dictionary.get("/BleedBox"))
        # Without a TrimBox it is the CropBox (§14.11.2); old PDF/X has an ArtBox in its place.
        self.trim = self.own_trim or self.own_art or self.crop
        self.bleed = self.own_bleed or self.crop
        self.unit = number(dictionary.get("/UserUnit"), 1.0)
        self.rotation = int(number(self.inherited("/Rotate"))) % 360
        self.notes: dict[str, Any] = {}  # what checks worked out and need again
        self._walk: Walk | None = None

    def inherited(self, key: str) -> pikepdf.Object | None:
        """Return an attribute of the page, or of the nearest node above that has it (§7.7.3.4)."""
        node: pikepdf.Object | None = self.dictionary
        # Not `while`: /Parent may lead in a circle.
        for _ in range(_DEEPEST):
            if not isinstance(node, pikepdf.Dictionary):
                return None
            if key in node:
                return node[key]
            node = node.get("/Parent")
        return None

    @property
    def walk(self) -> Walk:
        """What the page paints; walked through when it is first asked for."""
        if self._walk is None:
            self._walk = Walk(
                self.library
            )  # kept first: if it is stopped, what was found is not lost
            resources = self.inherited("/Resources")
            if not isinstance(resources, pikepdf.Dictionary):
                resources = pikepdf.Dictionary()
            view = self.bleed.meet(self.media) or self.media
            walk_page(self._walk, self.dictionary, resources, self.media, view)
        return self._walk

    @property
    def marks(self) -> list[Mark]:
        """Everything that is painted, in its order."""
        return self.walk.marks

    @cached_property
    def product(self) -> list[Mark]:
        """What is painted inside the trim, at least in part; patterns' cells too."""
        # So much is rounding: what only touches the trim is outside.
        inner = self.trim.outset(-0.05)
        return [mark for mark in self.marks if mark.is_pattern or inner.touches(mark.box)]

    @cached_property
    def printed(self) -> list[Mark]:
        """What is painted inside the bleed: what is beyond it is for the shop alone."""
        return [m for m in self.marks if m.is_pattern or self.bleed.touches(m.box)]

    @cached_property
    def placed(self) -> list[Mark]:
        """What is painted inside the trim, and where is known."""
        return [mark for mark in self.product if not mark.is_pattern]

    @cached_property
    def texts(self) -> list[tuple[Mark, PaintedText]]:
        """The texts of what is placed. A page has many marks, and a check asks for one kind."""
        return [(m, m.painted) for m in self.placed if isinstance(m.painted, PaintedText)]

    @cached_property
    def art(self) -> list[Mark]:
        """What is placed besides texts: paths, pictures and shadings."""
        return [mark for mark in self.placed if not isinstance(mark.painted, PaintedText)]

    @cached_property
    def paths(self) -> list[tuple[Mark, PaintedPath]]:
        """The paths of what is placed."""
        return [(m, m.painted) for m in self.art if isinstance(m.painted, PaintedPath)]

    @cached_property
    def pictures(self) -> list[tuple[Mark, PaintedImage]]:
        """The pictures of what is placed, stencils too."""
        return [(m, m.painted) for m in self.art if isinstance(m.painted, PaintedImage)]

    def at(self, place: Rect | None = None) -> Source:
        """Return a place on the page as a Source."""
        if place is None:
            return Source(page=self.number)
        # What reaches far out of the page is shown by its part on it.
        seen = place.meet(self.media) or place
        scale = MM * self.unit
        edges = (
            (seen.left - self.trim.left) * scale,
            (self.trim.top - seen.top) * scale,
            (seen.right - self.trim.left) * scale,
            (self.trim.top - seen.bottom) * scale,
        )
        if not all(math.isfinite(edge) for edge in edges):
            return Source(page=self.number)
        # -0.0 + 0.0 is 0.0: no message says "-0".
        a, b, c, d = (round(edge, 2) + 0.0 for edge in edges)
        return Source(page=self.number, box=(a, b, c, d))


def mm(points: float) -> str:
    """Return a length in points as millimetres, for a message."""
    return f"{points * MM:.2f}".rstrip("0").rstrip(".") + " mm"


def inch(points: float) -> str:
    """Return a length in points as millimetres and inches."""
    return f"{mm(points)} ({points / 72:.3g} in)"
