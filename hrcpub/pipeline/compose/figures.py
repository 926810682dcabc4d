"""A figure to the SVG that templates place: paths in the ink and in what is around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.files.project import Project
from hrcpub.problems import Problem, Severity, Source, did_you_mean
from hrcpub.project.figures import HIGH, figure_names, untested
from hrcpub.project.material import Material
from hrcpub.project.words import FigureName
from hrcpub.units import css, distance

if TYPE_CHECKING:
    from markupsafe import Markup

    from hrcpub.project.figures.shapes import Figure

# Points, where the grid says nothing of it. Under that, a photocopy closes the hair of paper that
# tells limbs from bodies.
LEAST = 60.0


class Low(NamedTuple):
    """The part of a figure that stands on another ground than what is over it."""

    high: float  # from the figure's foot, in its own units
    inks: Mapping[str, str]


class FigureDrawer:
    """Draws the figures that the templates of one material ask for."""

    def __init__(self, material: Material, project: Project, template: str, least: float) -> None:
        """Draw for a material, `least` points high; `template` is the path of the one that asks."""
        self.problems: list[Problem] = []
        self._project, self._language = project, material.language
        self._template, self._least = Source(template), least
        self._drawn: dict[str, Figure] = {}
        self._places: dict[str, Source] = {}  # where each figure was first asked for
        self._asked: set[Source] = set()  # all places that asked for one
        system = material.layout.system
        ink, paper = system.ink.screen, system.papers[material.colour].screen
        self._grounds = {
            "paper": {"ink": ink, "paper": paper},
            # A panel of a form that spares toner is paper with a frame.
            "ink": {"ink": ink, "paper": paper}
            if material.spares_toner
            else {"ink": paper, "paper": ink},
            "bare": {"ink": ink, "paper": system.papers["bare"].screen},
        }

    def draw(
        self,
        name: FigureName | str,
        height: float,
        ground: str = "paper",
        language: str | None = None,
        edge: float | None = None,
    ) -> Markup:
        """Return a figure as SVG, `height` points high, on paper, on ink or on bare paper.

        From `edge` points above its foot downwards it stands on ink, whatever `ground` it has over
        that. Raises LookupError when a template asks for a figure, or a ground, that there is none
        of.
        """
        if ground not in self._grounds:
            raise LookupError(f'a figure stands on {", ".join(self._grounds)}, not on "{ground}"')
        place = name.name.source if isinstance(name, FigureName) else self._template
        figure = self._figure(str(name))
        self._places.setdefault(figure.name, place)
        self._asked.add(place)
        language = language or self._language
        if height < self._least - 0.01:
            self.problems.append(figure_small(figure.name, height, self._least, place))
        if not figure.speaks(language):
            self.problems.append(figure_speechless(figure.name, language, place))
        low = Low(edge * HIGH / height, self._grounds["ink"]) if edge else None
        return drawn_figure(figure, height, self._grounds[ground], language, low)

    def wide(self, name: FigureName | str, height: float) -> float:
        """Return how wide a figure is, in points, where it is `height` points high."""
        return height * self._figure(str(name)).wide / HIGH

    def _figure(self, name: str) -> Figure:
        from hrcpub.project.figures.reading import read_figure

        if name not in self._drawn:
            names = figure_names(self._project.sources)
            if name not in names:
                hint = did_you_mean(name, names)
                raise LookupError(f'there is no figure "{name}" in layouts/figures; {hint}')
            self._drawn[name] = self._project.parsed(
                ("figure", name), lambda sources: read_figure(sources, name)
            )
        return self._drawn[name]

    def untested(self) -> Iterator[Problem]:
        """Yield a Problem when readers were not asked about some of what was drawn."""
        names = [name for name in self._places if not self._drawn[name].is_tested]
        if names:
            yield untested(names, self._places[names[0]])

    def unprinted(self, chosen: list[FigureName]) -> Iterator[Problem]:
        """Yield a Problem for each figure that an author chose and that is not drawn."""
        for figure in chosen:
            if figure.name.source not in self._asked:
                yield figure_unprinted(figure, self._template)


def drawn_figure(
    figure: Figure,
    height: float,
    inks: Mapping[str, str],
    language: str,
    low: Low | None = None,
) -> Markup:
    """Return a figure as SVG, `height` points high, in two colours: those of ink and paper.

    `low` is the part at its foot that has others.
    """
    from markupsafe import Markup

    wide = css(height * figure.wide / HIGH)
    paths = _paths(figure, inks)
    if low:
        paths = _part(figure, "high", 0, HIGH - low.high, paths)
        paths += _part(figure, "low", HIGH - low.high, low.high, _paths(figure, low.inks))
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {figure.wide:g} {HIGH:g}" '
        f'role="img" style="display:block;width:{wide};height:{css(height)}">'
        f"<title>{escape(figure.alt(language))}</title>{paths}</svg>"
    )


def _paths(figure: Figure, inks: Mapping[str, str]) -> str:
    from hrcpub.pipeline.setting.figures import painted

    return "".join(
        f'<path fill="{inks[paint]}" d="{path}"/>'
        if width is None
        else f'<path fill="none" stroke="{inks[paint]}" stroke-width="{width:.4g}" '
        f'stroke-linejoin="round" stroke-linecap="{"butt" if is_flat else "round"}" d="{path}"/>'
        for path, paint, width, is_flat in painted(figure)
    )


def _part(figure: Figure, name: str, top: float, tall: float, paths: str) -> str:
    """Return what of paths is seen in a band across a figure."""
    band = f'<rect x="0" y="{top:.4g}" width="{figure.wide:g}" height="{tall:.4g}"/>'
    clip = f'<clipPath id="{figure.name}-{name}">{band}</clipPath>'
    return f'{clip}<g clip-path="url(#{figure.name}-{name})">{paths}</g>'


def figure_small(name: str, height: float, least: float, place: Source) -> Problem:
    """A figure is so small that it cannot be told what it shows.

    Fix: draw it at least 60 pt (21 mm) high, or leave it out. What is smaller loses the paper
    between arms and bodies in the first photocopy. A grid whose pages are read from afar says more
    (`figure-least`).
    """
    return Problem(
        "figure-small",
        f'the figure "{name}" is {distance(height)} high, and needs {distance(least)}',
        place,
        "give it more room, or leave it out",
    )


def figure_speechless(name: str, language: str, place: Source) -> Problem:
    """A figure does not say what it shows in the language of the piece.

    Fix: write it into the figure's file, under `alt:` and the language. Until then, screen readers
    read it out in English.
    """
    return Problem(
        "figure-speechless",
        f'the figure "{name}" does not say in "{language}" what it shows',
        place,
        f"write it into layouts/figures/{name}.yaml, under alt: and {language.partition('-')[0]}:",
        Severity.WARNING,
    )


def figure_unprinted(figure: FigureName, template: Source) -> Problem:
    """A figure that was chosen is nowhere on the pages: the template leaves its slot out.

    Fix: print it with `c.figure(words.…, height)`. If the template leaves it out on purpose, name
    the form that prints it in layout.yaml: `forms: [layout]`.
    """
    return Problem(
        "figure-unprinted",
        f'the figure "{figure}" is not on the pages: {template.path} does not print '
        f'"{figure.name.slot}"',
        figure.name.source,
        "ask the designer to print it",
    )


CODES = {
    "figure-small": figure_small,
    "figure-speechless": figure_speechless,
    "figure-unprinted": figure_unprinted,
}
