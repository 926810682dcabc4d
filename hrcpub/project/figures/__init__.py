"""`layouts/figures/` to `Figure`s: a library of pictures of people and things, like that of fonts.

A figure is data: a body in a pose, outlines, lines; in two inks, on a floor. `reading` has the
files, `shapes` the records, `body` the one body that all people have. They are loaded where a
figure is drawn; what every piece needs is here.
"""

from __future__ import annotations

from hrcpub.files.sources import Sources
from hrcpub.project.figures.problems import CODES, untested

__all__ = ["CODES", "FOLDER", "HIGH", "figure_names", "untested"]

FOLDER = "layouts/figures"
HIGH = 100.0  # of every figure's field


def figure_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of all figures."""
    return tuple(file.removesuffix(".yaml") for file in sources.names(FOLDER, ".yaml"))
