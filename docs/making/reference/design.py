"""The design system (papers, grids, components, figures) to tables."""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Iterator

from docs.making.reference.layouts import both_families
from docs.making.reference.markdown import ROOT, code, project, table
from hrcpub.pipeline.compose.figures import FigureDrawer
from hrcpub.pipeline.compose.setter import Setter
from hrcpub.project.figures import figure_names
from hrcpub.project.figures.reading import read_figure
from hrcpub.project.layout import read_system
from hrcpub.project.layout.grids import MEASURES

_COMPONENT = re.compile(r"\{#(?P<about>[^#]*?)#\}\s*\{%-? macro (?P<call>[^%]*?) -?%\}", re.DOTALL)


def papers() -> str:
    """Return the papers with their names and colours."""
    rows = [
        [
            code(key),
            paper.name,
            code(paper.screen),
            " ".join(f"{ink:g}" for ink in paper.press or ()),
        ]
        for key, paper in read_system(project()).papers.items()
    ]
    return table(["Key", "Paper", "On screen", "Cyan, magenta, yellow, black (%)"], rows)


def grids() -> str:
    """Return each layout's measures in points: those that every grid has, on Letter and on A4."""
    return table(["Layout", *(code(name) for name in MEASURES)], _grid_rows())


def _grid_rows() -> Iterator[list[str]]:
    for name, (ours, theirs) in both_families().items():
        yield [
            code(name),
            *(_either(ours.grid[measure], theirs.grid[measure]) for measure in MEASURES),
        ]


def _either(letter: float, a4: float) -> str:
    texts = [f"{value:.2f}".rstrip("0").rstrip(".") for value in (letter, a4)]
    return texts[0] if texts[0] == texts[1] else " / ".join(texts)


def components() -> str:
    """Return the parts that layouts are put together from, with what their comments say."""
    rows = []
    for name, file in COMPONENTS.items():
        text = (ROOT / "layouts/system" / file).read_text(encoding="utf-8")
        rows += [
            [code(f"{name}.{one['call']}"), " ".join(one["about"].split())] for one in _found(text)
        ]
    return table(["Call", "Makes"], rows)


# As templates import them.
COMPONENTS = {
    "c": "components.html",
    "step": "step-components.html",
    "cover": "cover-components.html",
    "bar": "span-components.html",
    "twin": "twin-components.html",
    "write": "write-in-components.html",
    "opening": "openings.html",
}


def figures() -> str:
    """Return the figures with what each shows."""
    sources = project()
    drawn = [read_figure(sources, name) for name in figure_names(sources)]
    return table(["Figure", "Shows"], [[code(one.name), one.alt("en")] for one in drawn])


def _found(text: str) -> Iterator[re.Match[str]]:
    return _COMPONENT.finditer(text)


OF_PANELS = ("enter", "leave")  # what `c.panel` alone calls


def set_calls() -> str:
    """Return what templates may call on `set`, with what it gives."""
    methods = {name: getattr(Setter, name) for name in dir(Setter) if not name.startswith("_")}
    calls = {name: method for name, method in methods.items() if name not in OF_PANELS}
    rows = [_call(name, method) for name, method in sorted((calls | _FIGURE).items())]
    return table(["Call", "Gives"], rows)


_FIGURE: dict[str, Callable[..., object]] = {
    "figure": FigureDrawer.draw,
    "figure_width": FigureDrawer.wide,
}


def _call(name: str, method: Callable[..., object]) -> list[str]:
    parameters = list(inspect.signature(method).parameters.values())[1:]
    about = (inspect.getdoc(method) or "").partition("\n\nRaises ")[0]
    given = about.removeprefix("Return ")
    return [code(f"set.{name}({', '.join(map(_parameter, parameters))})"), _upper(given)]


def _parameter(parameter: inspect.Parameter) -> str:
    """Return a parameter as a template writes it: Jinja's `none`, and no default without end."""
    default = parameter.default
    if default is inspect.Parameter.empty or default == math.inf:
        return parameter.name
    return f"{parameter.name}={'none' if default is None else repr(default).lower()}"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
