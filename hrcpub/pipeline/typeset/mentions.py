"""Where a layout asks for something: its name to the line of a stylesheet or the template."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hrcpub.files.sources import Sources
from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Html
from hrcpub.problems import HrcpubError, Problem, Source

# Of what WeasyPrint logs, and of what was refused: the name that is quoted, or the file.
_QUOTED = pattern(r"""["'`](?P<name>[^"'`]+)["'`]""")


def mention(name: str, html: Html, sources: Sources) -> Source | None:
    """Return where a name stands in the material's pictures, the stylesheets or the template."""
    for picture in html.owed_pictures:
        if picture.text == name:
            return picture.source
    for path, text in _texts(html, sources):
        if (at := text.find(name)) >= 0:
            return place_in(path, text, at, len(name))
    return None


def at_their_mention(problems: Iterable[Problem], html: Html, sources: Sources) -> list[Problem]:
    """Return Problems of files and of what WeasyPrint says, each where the layout asks for it."""
    return [_at_its_mention(problem, html, sources) for problem in problems]


def _at_its_mention(problem: Problem, html: Html, sources: Sources) -> Problem:
    at = problem.source
    if at and at.line:
        return problem
    quoted = _QUOTED.search(problem.message)
    names = (
        [at.path, at.path.rpartition("/")[2]] if at and at.path != html.template and at.path else []
    )
    names += [quoted["name"]] if quoted else []
    places = (mention(name, html, sources) for name in names if name)
    place = next((place for place in places if place), None)
    return replace(problem, source=place) if place else problem


def _texts(html: Html, sources: Sources) -> Iterator[tuple[str, str]]:
    yield from ((sheet.path, sheet.text) for sheet in html.stylesheets)
    if html.template:
        with contextlib.suppress(HrcpubError):
            yield html.template, sources.text(html.template)


def place_in(path: str, text: str, at: int, width: int) -> Source:
    """Return the place of some characters of a file."""
    start = text.rfind("\n", 0, at) + 1
    quote = text[start:].partition("\n")[0]
    line = text.count("\n", 0, at) + 1
    return Source(path, line, at - start + 1, quote=quote, width=width)
