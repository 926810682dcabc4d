"""A file of XLIFF 2 to its units: what an agency sends back, which is not trusted.

A document type is refused at once, and so are entities of its own, which can make a small file
gigabytes; so are files that are very large or very deep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree

from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.translations import xliff_problems
from hrcpub.project.translations.xliff_writing import FUZZY_STATE, NAMESPACE

LARGEST = 16 * 2**20  # bytes: all pamphlets of a large house in one file have less
DEEPEST = 64  # elements within each other
_NAMESPACES = (NAMESPACE, "urn:oasis:names:tc:xliff:document:2.1", f"{NAMESPACE[:-3]}2.2")
_OLDER = "urn:oasis:names:tc:xliff:document:1.2"
_DONE = frozenset({"reviewed", "final"})


class TranslatedUnit(NamedTuple):
    """One text of the file, and its translation."""

    file: str  # the `id` of its file: the material's name
    slot: str
    source: str
    target: str  # "" without one
    is_done: bool  # somebody has looked it over
    is_fuzzy: bool  # it went out as one to look over, and came back so


class XliffFile(NamedTuple):
    """What a file has."""

    source: str  # the languages' tags
    target: str
    units: tuple[TranslatedUnit, ...]


class _RefusedError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree, and stops at what no translation needs."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.depth = path, 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _RefusedError(xliff_problems.too_deep(self.path))
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self.depth -= 1
        return super().end(tag)

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise _RefusedError(xliff_problems.document_type(self.path))


def read_xliff(data: bytes, path: str) -> XliffFile:
    """Return what a file has; raise HrcpubError with what is wrong with it."""
    root = _root(data, path)
    space, _, name = root.tag.removeprefix("{").rpartition("}")
    if name != "xliff" or space not in _NAMESPACES:
        raise HrcpubError(xliff_problems.other_format(path, is_older=space == _OLDER))
    target = root.get("trgLang", "")
    if not target:
        raise HrcpubError(xliff_problems.no_target(path))
    units = tuple(_units(root, f"{{{space}}}"))
    if not units:
        raise HrcpubError(xliff_problems.no_units(path))
    return XliffFile(root.get("srcLang", ""), target, units)


def _root(data: bytes, path: str) -> ElementTree.Element:
    if len(data) > LARGEST:
        raise HrcpubError(xliff_problems.too_large(path))
    parser = ElementTree.XMLParser(target=_Builder(path))
    try:
        parser.feed(data)
        root: ElementTree.Element = parser.close()
    except _RefusedError as error:
        raise HrcpubError(error.problem) from None
    except ElementTree.ParseError as error:
        line, column = error.position
        place = Source(path, line, column + 1)
        raise HrcpubError(xliff_problems.syntax(place, str(error).partition(":")[0])) from None
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise HrcpubError(xliff_problems.syntax(Source(path), str(error))) from None
    return root


def _units(root: ElementTree.Element, space: str) -> Iterator[TranslatedUnit]:
    for file in root.iter(f"{space}file"):
        for unit in file.iter(f"{space}unit"):
            data = {d.get("id", ""): "".join(d.itertext()) for d in unit.iter(f"{space}data")}
            # A program may have cut a text into sentences; `ignorable` is the space between them.
            segments = [s for s in unit.iter() if s.tag in (f"{space}segment", f"{space}ignorable")]
            sources = [_text(segment.find(f"{space}source"), data, space) for segment in segments]
            targets = [
                _target(segment, source, data, space)
                for segment, source in zip(segments, sources, strict=True)
            ]
            states = [s for s in segments if s.tag == f"{space}segment"]
            is_whole = bool(states) and all(
                segment.find(f"{space}target") is not None for segment in states
            )
            yield TranslatedUnit(
                file.get("id", ""),
                unit.get("name", unit.get("id", "")),
                "".join(sources),
                "".join(targets) if is_whole else "",
                is_whole and all(segment.get("state") in _DONE for segment in states),
                any(segment.get("subState") == FUZZY_STATE for segment in states),
            )


def _target(segment: ElementTree.Element, source: str, data: Mapping[str, str], space: str) -> str:
    """Return a segment's translation; of what is between segments, it may be left out."""
    found = segment.find(f"{space}target")
    if found is None:
        return source if segment.tag == f"{space}ignorable" else ""
    return _text(found, data, space)


def _text(element: ElementTree.Element | None, data: Mapping[str, str], space: str) -> str:
    """Return a text with its signs in place of the codes."""
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        inner = _text(child, data, space)
        match child.tag.removeprefix(space):
            case "ph" | "sc" | "ec":
                parts.append(data.get(child.get("dataRef", ""), ""))
            case "pc":
                start, end = child.get("dataRefStart", ""), child.get("dataRefEnd", "")
                parts.append(f"{data.get(start, '')}{inner}{data.get(end, '')}")
            case "mrk":  # a remark on words
                parts.append(inner)
            case "cp":  # a character that XML cannot have: none of these is printed
                pass
        parts.append(child.tail or "")
    return "".join(parts)
