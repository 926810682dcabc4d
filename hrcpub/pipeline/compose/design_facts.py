"""The design system to what its specimen book says of it: papers, faces, floors, figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.project.colours import contrast
from hrcpub.project.figures import figure_names
from hrcpub.project.layout import FaceFile, Layout
from hrcpub.units import rgb

if TYPE_CHECKING:
    from hrcpub.project.figures.shapes import Figure

_INKS = "CMYK"


class PaperFacts(NamedTuple):
    """One paper, as a designer looks it up."""

    role: str  # what layouts call it: "what"
    name: str  # the paper to buy: "yellow"
    screen: str  # #rrggbb
    press: str  # its inks: "M 6  Y 80"
    contrast: str  # of black words on it: "14.1 : 1"


class SizeFacts(NamedTuple):
    """What one grid sets its words in, in points."""

    name: str
    text: float
    leading: float
    small: float
    small_leading: float
    step: float
    rule: float


class DesignFacts:
    """What a specimen's templates ask of the design system."""

    def __init__(self, layout: Layout, sources: Sources) -> None:
        """Tell of a layout's system, on its sheet; `sources` have the figures."""
        self._system, self._sheet, self._sources = layout.system, layout.sheet, sources

    @property
    def papers(self) -> Iterator[PaperFacts]:
        """Yield the papers, in the order of system.yaml."""
        ink = rgb(self._system.ink.screen)
        for role, paper in self._system.papers.items():
            ratio = contrast(ink, rgb(paper.screen))
            build = zip(_INKS, paper.press or (), strict=False)
            inks = "  ".join(f"{name} {share:g}" for name, share in build if share)
            none = "no ink" if paper.press else "by the shop's profile"
            yield PaperFacts(role, paper.name, paper.screen, inks or none, f"{ratio:.1f} : 1")

    @property
    def faces(self) -> dict[str, FaceFile]:
        """The faces by their names."""
        return dict(self._system.faces)

    @property
    def sizes(self) -> Iterator[SizeFacts]:
        """Yield the sizes of each grid that layouts may be like, on the office's sheet."""
        for name, grid in self._system.grids.items():
            at = grid.worked_out(self._sheet.page, self._sheet, [])
            keys = ("text-size", "text-leading", "small-size", "small-leading", "step", "rule")
            if all(key in at for key in keys):
                yield SizeFacts(name, *(at[key] for key in keys))

    @property
    def figures(self) -> list[Figure]:
        """All figures, by their names."""
        from hrcpub.project.figures.reading import read_figure

        return [read_figure(self._sources, name) for name in figure_names(self._sources)]
