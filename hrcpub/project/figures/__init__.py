"""`layouts/figures/` to `Figure`s: a library of pictures of people and things, like that of fonts.

A figure is data: a body in a pose, outlines, lines; in two inks, on a floor. `body` has the one
body that all people have, `shapes` the records, `reading` the files.
"""

from hrcpub.project.figures.problems import CODES, untested
from hrcpub.project.figures.reading import FOLDER, HIGH, figure_names, read_figure
from hrcpub.project.figures.shapes import Figure

__all__ = ["CODES", "FOLDER", "HIGH", "Figure", "figure_names", "read_figure", "untested"]
