"""What was found on finished pages, to the file of the author or the designer that it comes from.

A preflight knows the file alone: it says on which page something lies, and calls a picture by its
name in the PDF. What is wrong with a picture is told where the material names it, and with a word
where it was written; all else is the layout's. What several editions have in common is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hrcpub.files.project import Project
from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Typeset
from hrcpub.pipeline.typeset import pictures_of
from hrcpub.pipeline.typeset.mentions import mention
from hrcpub.problems import Problem, Source

_NAMED = pattern(r"the picture (i[0-9a-f]{33})\b")
_WORD = pattern(r"^the word «(.+?)»")


def blamed(problems: Iterable[Problem], pages: Typeset, project: Project) -> list[Problem]:
    """Return the Problems of a file that was made from some pages, each once, at its origin."""
    return list(dict.fromkeys(_blamed(problem, pages, project) for problem in problems))


def _blamed(problem: Problem, pages: Typeset, project: Project) -> Problem:
    if problem.source and problem.source.path:
        return problem
    if problem.code == "text-layer" and (word := _WORD.search(problem.message)):
        return _at_its_author(problem, word[1], pages)
    named = _NAMED.search(problem.message)
    path = pictures_of(pages).get(named[1]) if named else None
    if named and path:
        message = problem.message.replace(named[0], path)
        return replace(problem, message=message, source=_of_picture(path, pages, project))
    template = pages.html.template or None
    return replace(problem, source=replace(problem.source or Source(), path=template))


def _at_its_author(problem: Problem, word: str, pages: Typeset) -> Problem:
    """Return a Problem with a word where the author, or else the template, wrote it."""
    at = problem.source or Source()
    for text in pages.html.words:
        if word in text.text:
            message = problem.message.replace("»", f"» ({text.slot})", 1)
            return replace(
                problem, message=message, source=replace(text.source, page=at.page, box=at.box)
            )
    return replace(problem, source=replace(at, path=pages.html.template or None))


def of_editions(found: Sequence[tuple[str, Problem]], editions: Sequence[str]) -> list[Problem]:
    """Return what was found in the editions of a piece, each once, wherever it is on their pages.

    An error in words or pages that only some of `editions` have says which.
    """
    names: dict[Problem, dict[str, None]] = {}
    first: dict[Problem, Problem] = {}
    for edition, problem in found:
        alike = _without_page(problem)
        names.setdefault(alike, {})[edition] = None
        first.setdefault(alike, problem)
    return [
        replace(problem, message=problem.message + _among(list(names[alike]), editions))
        if problem.is_error and not _is_in_a_layout(problem)
        else problem
        for alike, problem in first.items()
    ]


def _without_page(problem: Problem) -> Problem:
    """Return a Problem that has a line without its place on a page."""
    at = problem.source
    return replace(problem, source=replace(at, page=None, box=None)) if at and at.line else problem


def _is_in_a_layout(problem: Problem) -> bool:
    """Return whether a Problem has its line in a layout: that is wrong in whatever edition."""
    at = problem.source
    return bool(at and at.line and at.path and at.path.startswith("layouts/"))


def _among(names: Sequence[str], editions: Sequence[str]) -> str:
    """Return in which of several editions something is; nothing where it is in all."""
    others = [name for name in editions if name not in names]
    if not others:
        return ""
    if len(names) <= len(others):
        return f" (in the {' and '.join(names)} edition{'s' * (len(names) > 1)})"
    return f" (in all editions but {' and '.join(others)})"


def _of_picture(path: str, pages: Typeset, project: Project) -> Source:
    """Return where a picture is named: in the material, a stylesheet or the template."""
    names = (path, path.rpartition("/")[2])
    places = (mention(name, pages.html, project.sources) for name in names)
    return next((place for place in places if place), Source(path))
