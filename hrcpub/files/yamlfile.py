"""YAML text to `Node`s: every value a string with its place, every mistake a Problem.

Why: YAML guesses. `zip: 02114` becomes 1100, `no` becomes False, `9:30` becomes 570, and of two
equal keys the last wins. Here a scalar is the text that the author wrote; what it means is decided
by the slot it stands in. Anchors, aliases, tags and second documents are refused: no pamphlet
needs them, and they are how YAML files are made to explode.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from hrcpub.files.invisible import UNSEEN, name_of
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Source

LARGEST = 2**20  # bytes: a book of 300 pages is less
DEEPEST = 12  # levels: the deepest layout.yaml has five

# Where YAML ends a line (YAML 1.1 §4.2). str.splitlines ends one at form feeds too, and would
# count other lines than the parser does.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a YAML file with its place: a text, a mapping of Nodes or a list of Nodes."""

    value: str | dict[str, Node] | list[Node]
    source: Source
    keys: dict[str, Source] = field(default_factory=dict)  # where each key of a mapping stands

    @property
    def text(self) -> str | None:
        """The text, or None when the Node is a mapping or a list."""
        return self.value if isinstance(self.value, str) else None

    @property
    def items(self) -> list[Node] | None:
        """The list, or None when the Node is something else."""
        return self.value if isinstance(self.value, list) else None

    @property
    def mapping(self) -> dict[str, Node] | None:
        """The mapping, or None when the Node is something else."""
        return self.value if isinstance(self.value, dict) else None

    @property
    def shape(self) -> str:
        """What the Node is, in an author's words."""
        if isinstance(self.value, str):
            return "text" if self.value else "nothing"
        return "a list" if isinstance(self.value, list) else "a group of names and values"

    def key(self, name: str) -> Source:
        """Return where a key stands; the mapping's own place when it is absent."""
        return self.keys.get(name, self.source)


def read_yaml(sources: Sources, path: str) -> Node:
    """Return a file's root mapping; raise HrcpubError with every mistake that could be found."""
    node, problems = parse(sources.text(path), path)
    if problems or node is None:
        raise HrcpubError(*problems)
    return node


def parse(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """Return the root mapping of a YAML text and its Problems; None when there is no root."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        return None, [too_large(Source(path))]
    reader = _NodeReader(text, path)
    if reader.problems:
        return None, reader.problems
    try:
        node = reader.document()
    except yaml.MarkedYAMLError as error:
        return None, reader.with_syntax(error)
    except yaml.YAMLError as error:
        return None, [*reader.problems, Problem("yaml-syntax", str(error), Source(path))]
    except _TooDeepError as error:
        return None, [*reader.problems, too_deep(error.source)]
    return node, reader.problems


class _YamlMark(Protocol):
    """A position as both of PyYAML's parsers tell it, 0-based."""

    line: int
    column: int


class _TooDeepError(Exception):
    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.source = source


class _NodeReader:
    """Turns the events of one YAML text into Nodes, collecting Problems."""

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.lines = _BREAK.split(text)
        if len(self.lines) > 1 and not self.lines[-1]:
            self.lines.pop()
        self.problems = [
            unseen_character(character, self.point(line, column))
            for line, column, character in _first_unseen(text, self)
        ]
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def place(self, mark: _YamlMark | None, end: _YamlMark | None = None) -> Source:
        """Return a mark as a Source; `end` on the same line gives the width."""
        if mark is None:
            return Source(self.path)
        if mark.line >= len(self.lines):
            return self.point(len(self.lines) - 1, len(self.lines[-1]))
        quote = self.lines[mark.line]
        same_line = end is not None and end.line == mark.line
        width = end.column - mark.column if end is not None and same_line else len(quote)
        width = max(1, min(width, len(quote) - mark.column))
        return Source(self.path, mark.line + 1, mark.column + 1, quote=quote, width=width)

    def point(self, line: int, column: int) -> Source:
        """Return one character's place; `line` and `column` are 0-based."""
        return Source(self.path, line + 1, column + 1, quote=self.lines[line])

    def with_syntax(self, error: yaml.MarkedYAMLError) -> list[Problem]:
        """Return the Problems and what ended the parsing, unless that is an alias's other half."""
        found = syntax(error, self)
        known = {(p.code, p.source.line) for p in self.problems if p.source}
        line = found.source.line if found.source else None
        return self.problems if ("yaml-alias", line) in known else [*self.problems, found]

    def document(self) -> Node | None:
        """Return the root mapping; note a Problem when the file is empty or something else."""
        node: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                self.problems.append(second_document(self.place(event.start_mark, event.end_mark)))
                break
            if isinstance(event, yaml.NodeEvent):
                node = self.node(event, 1)
        if node is None or node.mapping is None:
            place = node.source if node else Source(self.path, 1, 1, quote=self.lines[0])
            self.problems.append(not_a_mapping(place))
            return None
        return node

    def node(self, event: yaml.Event, depth: int) -> Node:
        """Return the Node that starts with `event`."""
        place = self.place(event.start_mark, event.end_mark)
        if depth > DEEPEST:
            raise _TooDeepError(place)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.problems.append(alias(place))
        if name := getattr(event, "tag", None):
            self.problems.append(tag(place, name))
        if isinstance(event, yaml.MappingStartEvent):
            return self.group(place, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.list(place, depth)
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if unseen := UNSEEN.search(text):  # written as an escape, "\x07"
            self.problems.append(unseen_character(unseen[0], place))
        return Node(unicodedata.normalize("NFC", text), place)

    def list(self, place: Source, depth: int) -> Node:
        """Return a list whose start was read."""
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return Node(items, place)

    def group(self, place: Source, depth: int) -> Node:
        """Return a mapping whose start was read; of two equal keys the first is kept."""
        values: dict[str, Node] = {}
        keys: dict[str, Source] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if key.text is None:
                self.problems.append(key_not_text(key.source))
            elif key.text in values:
                self.problems.append(duplicate_key(key.text, key.source, keys[key.text]))
            else:
                values[key.text], keys[key.text] = value, key.source
        return Node(values, place, keys)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _first_unseen(text: str, reader: _NodeReader) -> Iterator[tuple[int, int, str]]:
    """Yield (line, column, character), 0-based, once for each line that has an unseen one."""
    if UNSEEN.search(text):
        for number, line in enumerate(reader.lines):
            if match := UNSEEN.search(line):
                yield number, match.start(), match[0]


def syntax(error: yaml.MarkedYAMLError, reader: _NodeReader) -> Problem:
    """The file is not YAML: the computer cannot tell where a value begins or ends.

    Most often a colon inside a text, a quotation mark that is never closed, or a line that is
    indented by another number of spaces than its neighbours. A text with a colon in it is safe
    after `|` or `>` on a line of its own, or inside quotation marks.
    """
    mark = error.problem_mark or error.context_mark
    if error.context == "while scanning a quoted scalar":
        mark = error.context_mark  # where it opens: that it never ends is seen at the file's end
    place = reader.place(mark)
    # `*emphasis*` without quotation marks: libyaml stops at the second *.
    if error.context in ("while scanning an alias", "while scanning an anchor"):
        return alias(reader.place(error.context_mark))
    indent = re.match(r"[\s-]*", place.quote or "")
    if mark and indent and "\t" in indent[0]:
        return tab(place)
    # The parser's position is a point, and often one past the mistake: no width can be told.
    place = Source(place.path, place.line, place.column, quote=place.quote)
    said, hint = _in_words(f"{error.problem} {error.context}", place)
    return Problem("yaml-syntax", f"this is not YAML: {said}", place, hint)


def _in_words(said: str, place: Source) -> tuple[str, str]:
    """Return what libyaml says, and what to do, in an author's words."""
    at = (place.column or 1) - 1
    before, sign = (place.quote or "")[:at], (place.quote or "")[at : at + 1]
    if "expected key while parsing a block mapping" in said and before.strip(" -"):
        return _AFTER_CLOSE
    for part, words, hint in _WORDS:
        if part in said:
            return words.format(sign=sign), hint
    return said.removesuffix(" None"), "put a text with signs in it in quotation marks"


_AFTER_CLOSE = (
    "text goes on here after a closing quotation mark or bracket",
    "put all of the text in quotation marks of the other kind",
)
# A part of what libyaml says, then the author's words for it and what to do.
_WORDS = (
    (
        "mapping values are not allowed",
        "a second value is not allowed here",
        'put a text with ": " in it in quotation marks; or the line above lacks a space after ":"',
    ),
    (
        "block sequence entries are not allowed",
        'a list\'s "- " is not allowed here',
        "begin the list on the next line, or put the text in quotation marks",
    ),
    (
        "cannot start any token",
        'a text cannot begin with "{sign}"',
        "put the text in quotation marks",
    ),
    (
        "mapping keys are not allowed",
        'a text cannot begin with "{sign}"',
        "put the text in quotation marks",
    ),
    (
        "unknown escape character",
        "after a backslash stands a sign that it has no meaning with",
        "write two backslashes, or take single quotation marks: 'C:\\x'",
    ),
    (
        "end of stream while scanning a quoted scalar",
        "this quotation mark is never closed",
        "close it at the end of the text, or take it away",
    ),
    (
        "expected key while parsing a block mapping",
        "this line begins in another column than the lines of its group",
        "begin the lines of one group in one column",
    ),
    (
        "could not find expected ':'",
        'before this place a name lacks its ": "',
        'write ": " after the name; a text of several lines begins with >- after the colon',
    ),
    (
        "expected ',' or ",
        "a bracket is never closed",
        "close it, or put the text in quotation marks",
    ),
    (
        "expected node content",
        "a bracket is never closed",
        "close it, or put the text in quotation marks",
    ),
)


def tab(place: Source) -> Problem:
    """A line is indented with a tab. YAML takes spaces only, since tabs have no fixed width.

    Replace the tab by two spaces. Most editors can be told to do so always.
    """
    quote = place.quote or ""
    column = quote.find("\t") + 1
    return Problem(
        "yaml-tab",
        "this line is indented with a tab",
        Source(place.path, place.line, column or place.column, quote=quote),
        "use two spaces for each step inwards",
    )


def duplicate_key(name: str, place: Source, first: Source) -> Problem:
    """A name stands twice in one group, so one of the two texts would be lost.

    Keep one. In a list, begin each entry with `- `.
    """
    return Problem(
        "yaml-duplicate-key",
        f'"{name}" stands twice here; the first is on line {first.line}',
        place,
        "keep one of the two",
    )


def alias(place: Source) -> Problem:
    """A `&` or `*` at the beginning of a value: YAML takes it for an anchor or an alias.

    Put the text in quotation marks when the sign is part of it; write a repeated text out twice.
    """
    return Problem(
        "yaml-alias",
        "a value that begins with & or * is an anchor or alias to YAML",
        place,
        "put the text in quotation marks",
    )


def tag(place: Source, name: str) -> Problem:
    """A `!` at the beginning of a value: YAML takes it for a tag.

    Put the text in quotation marks when the sign is part of it.
    """
    return Problem(
        "yaml-tag",
        f'a value that begins with "{name}" is a tag to YAML',
        place,
        "put the text in quotation marks",
    )


def second_document(place: Source) -> Problem:
    """A line of `---` begins a second document, which would be lost: a file holds one piece.

    Delete the line, or move what follows into a file of its own.
    """
    return Problem(
        "yaml-second-document",
        "a second document begins here",
        place,
        "delete the line ---, or move what follows into a file of its own",
    )


def key_not_text(place: Source) -> Problem:
    """A name before a colon is itself a list or a group.

    Most often a curly bracket that was meant as text: put it in quotation marks.
    """
    return Problem(
        "yaml-key", "a name must be plain text", place, "put the text in quotation marks"
    )


def not_a_mapping(place: Source) -> Problem:
    """The file holds no names with values: it is empty, or only text, or a list.

    `hrcpub new` writes a material to begin from.
    """
    return Problem(
        "yaml-empty",
        "this file has no names with values",
        place,
        "begin from a file that `hrcpub new` writes",
    )


def too_large(place: Source) -> Problem:
    """The file is over 1 MB: hundreds of pages of text, so most likely not a material.

    A picture, or another program's data, may have got into it. Pictures are files of their own.
    """
    return Problem("yaml-too-large", "this file is over 1 MB", place, "split it")


def too_deep(place: Source) -> Problem:
    """Lists in lists over 12 levels deep, which no layout asks for.

    Most often a text begins with many brackets: put it in quotation marks.
    """
    return Problem(
        "yaml-too-deep", f"more than {DEEPEST} levels deep", place, "take out a level of brackets"
    )


def unseen_character(character: str, place: Source) -> Problem:
    """A character that no one can see: a control character, or one that turns text around.

    They come with copied text, print as nothing or make a number read backwards. Delete the
    character: select the letters on both sides of it and type them again.
    """
    return Problem(
        "yaml-unseen-character",
        f"an unseen character stands here: {name_of(character)}",
        place,
        "type the letters around it again",
    )


CODES = {
    "yaml-syntax": syntax,
    "yaml-tab": tab,
    "yaml-duplicate-key": duplicate_key,
    "yaml-alias": alias,
    "yaml-tag": tag,
    "yaml-second-document": second_document,
    "yaml-key": key_not_text,
    "yaml-empty": not_a_mapping,
    "yaml-too-large": too_large,
    "yaml-too-deep": too_deep,
    "yaml-unseen-character": unseen_character,
}
