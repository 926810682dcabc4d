"""YAML text to `Node`s: every value a string with its place, every mistake a Problem.

Why: YAML guesses. `zip: 02114` becomes 1100, `no` becomes False, `9:30` becomes 570, and of two
equal keys the last wins. Here a scalar is the text that the author wrote; what it means is decided
by its slot. Anchors, aliases, tags and second documents are refused: no pamphlet needs them, and
they are how YAML files are made to explode.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import field, replace
from typing import Protocol

import yaml

from hrcpub.files import yaml_problems
from hrcpub.files.sources import Sources
from hrcpub.files.yaml_slips import slip_near
from hrcpub.files.yaml_spans import BREAK, LOADER
from hrcpub.patterns import pattern
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.records import record
from hrcpub.unseen import INVISIBLE

LARGEST = 2**20  # bytes: the text of a book of 300 pages is less
DEEPEST = 12  # levels: the deepest layout.yaml has five


# A comment after a text: behind a comma too, if the text is in brackets.
_AFTER_TEXT = pattern(r",?[ \t]+(?P<comment>#.*)")
# One before it: after a name or a hyphen, with the text on the lines below.
_AFTER_NAME = pattern(r"(?:^|[ \t])(?:-|[^\s#]+:)[ \t]+(?P<comment>#.*)")
_NO_TEXT = pattern(r"\s*(?:#.*)?$")
_AFTER_HEADER = pattern(r"[|>][-+0-9]*[ \t]+(?P<comment>#.*)")


@record
class Node:
    """A value of a YAML file with its place: a text, a mapping of Nodes, or a list of Nodes."""

    value: str | dict[str, Node] | list[Node]
    source: Source
    keys: dict[str, Source] = field(default_factory=dict)  # the place of each key of a mapping
    lost: Problem | None = None  # of a text: what follows on its line is a comment

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
        """Return the place of a key; that of the mapping when it is absent."""
        return self.keys.get(name, self.source)


def read_yaml(sources: Sources, path: str) -> Node:
    """Return a file's root mapping; raise HrcpubError with every mistake that could be found."""
    return root_of(sources.text(path), path)


def root_of(text: str, path: str) -> Node:
    """Return the root mapping of a file's text; raise HrcpubError as `read_yaml` does."""
    node, problems = parse(text, path)
    if problems or node is None:
        raise HrcpubError(*problems)
    return node


def parse(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """Return the root mapping of a YAML text and its Problems; None when there is no root."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        return None, [yaml_problems.too_large(Source(path))]
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
        return None, [*reader.problems, yaml_problems.too_deep(error.source, DEEPEST)]
    return node, reader.problems


class _YamlMark(Protocol):
    """A position as both of PyYAML's parsers give it, 0-based."""

    line: int
    column: int


class _TooDeepError(Exception):
    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.source = source


class _NodeReader:
    """Turns the events of one YAML text into Nodes, collecting Problems.

    Why events and not PyYAML's nodes: these are composed at once, aliases followed, and a file of
    a few lines can so become gigabytes.
    """

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        self.lines = BREAK.split(text)
        if len(self.lines) > 1 and not self.lines[-1]:
            self.lines.pop()
        self.problems = [
            yaml_problems.unseen_character(character, self.point(line, column))
            for line, column, character in _first_invisible(text, self)
        ]
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=LOADER)
        self.brackets = 0  # that are open
        self.lost: Problem | None = None  # the last comment that follows a text

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
        """Return all Problems and what stopped the parser, unless an alias already explains it."""
        problem = self._syntax(error)
        if self.lost and self._goes_on_after(self.lost, problem, error.context_mark):
            problem = self.lost
        known = {(p.code, p.source.line) for p in self.problems if p.source}
        line = problem.source.line if problem.source else None
        return self.problems if ("yaml-alias", line) in known else [*self.problems, problem]

    def _syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        """Return what stopped the parser, as its author would say it."""
        mark = error.problem_mark or error.context_mark
        if error.context == "while scanning a quoted scalar":
            mark = error.context_mark  # where it opens: the parser sees only at the file's end
        # `*emphasis*` without quotation marks: libyaml stops at the second *.
        if error.context in ("while scanning an alias", "while scanning an anchor"):
            return yaml_problems.alias(self.place(error.context_mark))
        place = self.place(mark)
        indent = re.match(r"[\s-]*", place.quote or "")
        if mark and indent and "\t" in indent[0]:
            return yaml_problems.tab(place)
        if mark and (near := slip_near(self.lines, min(mark.line, len(self.lines) - 1))):
            return yaml_problems.slip(near.message, near.hint, self.point(near.line, near.column))
        # The parser's position is a point, and often one past the mistake: its width says nothing.
        place = Source(place.path, place.line, place.column, quote=place.quote)
        return yaml_problems.syntax(f"{error.problem} {error.context}", place)

    def _goes_on_after(self, lost: Problem, syntax: Problem, bracket: _YamlMark | None) -> bool:
        """Return whether the parser stopped because a comment cut off the rest of a text.

        So it is in brackets, whose end is then in the comment, and where the text goes on in the
        next line, which is indented more and has no name.
        """
        if not (lost.source and lost.source.line and syntax.source and syntax.source.line):
            return False
        if syntax.message.endswith(yaml_problems.NEVER_CLOSED):
            return bracket is not None and bracket.line < lost.source.line
        line = self.lines[syntax.source.line - 1]
        is_next = syntax.source.line == lost.source.line + 1
        return is_next and bool(re.match(r" +(?=\S)(?!- |[\w-]+:(\s|$))", line))

    def document(self) -> Node | None:
        """Return the root mapping; note a Problem when the file is empty or something else."""
        node: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                self.problems.append(
                    yaml_problems.second_document(self.place(event.start_mark, event.end_mark))
                )
                break
            if isinstance(event, yaml.NodeEvent):
                node = self.node(event, 1)
        if node is None or node.mapping is None:
            place = node.source if node else Source(self.path, 1, 1, quote=self.lines[0])
            self.problems.append(yaml_problems.not_a_mapping(place))
            return None
        return node

    def node(self, event: yaml.Event, depth: int) -> Node:
        """Return the Node that starts with `event`."""
        place = self.place(event.start_mark, event.end_mark)
        if depth > DEEPEST:
            raise _TooDeepError(place)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self.problems.append(yaml_problems.alias(place))
        if name := getattr(event, "tag", None):
            self.problems.append(yaml_problems.tag(place, name))
        if isinstance(event, yaml.CollectionStartEvent):
            self.brackets += bool(event.flow_style)
            is_group = isinstance(event, yaml.MappingStartEvent)
            node = self.group(place, depth) if is_group else self.list(place, depth)
            self.brackets -= bool(event.flow_style)
            return node
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if invisible := INVISIBLE.search(text):  # written as an escape, "\x07"
            self.problems.append(yaml_problems.unseen_character(invisible[0], place))
        node = Node(unicodedata.normalize("NFC", text), place, lost=self._comment_after(event))
        self.lost = node.lost or self.lost
        return node

    def value(self, event: yaml.Event, depth: int) -> Node:
        """Return the Node of a name or of an entry, which a comment before it may have cut."""
        node = self.node(event, depth)
        if node.lost or not isinstance(event, yaml.ScalarEvent):
            return node
        lost = self._comment_before(event)
        return replace(node, lost=lost) if lost else node

    def _comment_before(self, event: yaml.ScalarEvent) -> Problem | None:
        """Return the Problem of a comment after a name or a hyphen, where the text is below it."""
        mark = event.start_mark
        if mark is None or mark.line >= len(self.lines) or not event.value:
            return None
        if self.lines[mark.line][: mark.column].strip():
            return None  # the text begins on the line of its name
        above = range(mark.line - 1, -1, -1)
        number = next((n for n in above if not _NO_TEXT.match(self.lines[n])), None)
        comment = None if number is None else _AFTER_NAME.search(self.lines[number])
        if number is None or comment is None:
            return None
        words, column = comment["comment"].rstrip(), comment.start("comment")
        place = Source(
            self.path, number + 1, column + 1, quote=self.lines[number], width=len(words)
        )
        return yaml_problems.comment("", words, place, f" {event.value}")

    def _comment_after(self, event: yaml.Event) -> Problem | None:
        """Return the Problem of a comment on the line on which a text ends, or begins after >-."""
        if not isinstance(event, yaml.ScalarEvent):
            return None
        is_block = event.style in ("|", ">")
        mark = event.start_mark if is_block else event.end_mark
        if mark is None or mark.line >= len(self.lines):
            return None
        line = self.lines[mark.line]
        comment = (_AFTER_HEADER if is_block else _AFTER_TEXT).match(line, mark.column)
        if not comment:
            return None
        column = comment.start("comment")
        place = Source(
            self.path, mark.line + 1, column + 1, quote=line, width=len(line.rstrip()) - column
        )
        is_plain = not is_block and event.style not in ("'", '"')
        typed = (event.value + line[mark.column : column]).lstrip() if is_plain else None
        words = comment["comment"].rstrip()
        if self.brackets:  # what comes after the text belongs to the list or group
            words = re.split(r"[,\]}]", words)[0]
        return yaml_problems.comment(typed, words, place)

    def list(self, place: Source, depth: int) -> Node:
        """Return a list whose start was read."""
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.value(event, depth + 1))
        return Node(items, place)

    def group(self, place: Source, depth: int) -> Node:
        """Return a mapping whose start was read; of two equal keys the first is kept."""
        values: dict[str, Node] = {}
        keys: dict[str, Source] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            value = self.value(next(self.events), depth + 1)
            if key.text is None:
                self.problems.append(yaml_problems.key_not_text(key.source))
            elif key.text in values:
                self.problems.append(self._twice(key.text, key.source, values, keys))
            else:
                values[key.text], keys[key.text] = value, key.source
        return Node(values, place, keys)

    def _twice(
        self, name: str, place: Source, values: dict[str, Node], keys: dict[str, Source]
    ) -> Problem:
        """Return the Problem of a name that a group has already."""
        last = next(reversed(values))
        # `words:` and its texts in one column: then it is empty.
        return yaml_problems.duplicate_key(
            name, place, keys[name], None if values[last].value else last
        )


def _first_invisible(text: str, reader: _NodeReader) -> Iterator[tuple[int, int, str]]:
    """Yield (line, column, character), 0-based, once for each line that has an invisible one."""
    if INVISIBLE.search(text):
        for number, line in enumerate(reader.lines):
            if match := INVISIBLE.search(line):
                yield number, match.start(), match[0]
