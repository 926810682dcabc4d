"""The words and offices of a `verbatim` piece against the texts that they name as their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from hrcpub.files.project import Project
from hrcpub.files.yamlfile import Node
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project import material_problems
from hrcpub.project.contacts import Contact
from hrcpub.project.layout import Layout
from hrcpub.project.reprint import SourceText, office_differs, passage_differs, read_source
from hrcpub.project.words import Image, ScanCode, Words, values_of


def against_sources(
    words: Mapping[str, Any],
    source: Mapping[str, Any] | None,
    node: Node,
    layout: Layout,
    offices: Iterable[Contact],
    project: Project,
) -> list[Problem]:
    """Return a Problem for each text, and each part of an office, that its source has otherwise."""
    file: Words | None = (source or {}).get("file")
    if file is None:
        return [material_problems.verbatim_without_source(node.key("verbatim"))]
    try:
        original = _source_text(file, project)
        differences = [
            passage_differs(passage, original, is_title=layout.slots[name].kind == "line")
            for name, value in words.items()
            if layout.slots[name].kind != "contacts"
            for passage in _passages(value)
        ]
        # An office that answers today is not the source's: the piece says whom to call now.
        for office in offices:
            if office.historical:
                its_source = _source_text(office.reprints or file, project)
                differences += office_differs(office.as_typed, its_source)
    except HrcpubError as error:
        return list(error.problems)
    return [material_problems.verbatim_differs(*found) for found in differences if found]


def _source_text(file: Words, project: Project) -> SourceText:
    """Return a source's text; raise HrcpubError, placed where the file is named, without one."""
    try:
        return project.known(("source", file.text), lambda s: read_source(s.text(file.text)))
    except HrcpubError as error:
        raise HrcpubError(replace(error.problems[0], source=file.source)) from None


def _passages(value: object) -> Iterator[list[Words]]:
    """Yield the texts as the source has them: the fields of one entry are one passage."""
    if isinstance(value, Words):
        yield [value]
    elif isinstance(value, Mapping):
        yield from [texts] if (texts := list(values_of(value, Words))) else []
    elif isinstance(value, tuple) and not isinstance(value, Image | ScanCode):
        for inner in value:
            yield from _passages(inner)
