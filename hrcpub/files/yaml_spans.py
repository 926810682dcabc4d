"""YAML text to `ValueSpan`s: where each value stands, so that a change replaces nothing else.

`yamlfile` reads what people wrote and says what is wrong with it. Here a text that it took is read
once more for its places alone. Offsets count the characters of the text, from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import yaml

from hrcpub.patterns import pattern

Plain = str | list[Any] | dict[str, Any]  # a value without its places; scalars are all texts
YamlPath = tuple[str | int, ...]  # names in groups, numbers of entries from 0

# Where YAML ends a line (YAML 1.1 §4.2). str.splitlines also ends one at form feeds and
# the like, so it would count other lines than the parser does.
BREAK = pattern("\r\n|[\n\r\x85\u2028\u2029]")

# The parser in C is ten times faster; PyYAML has it only where it was built with libyaml.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class ValueSpan:
    """One value: a text, a list or a group, and what of the file is its own.

    `end` is behind its last character: no comment, no line break. `column` is that of its first
    one; in a list over several lines that is the hyphen's. `is_flow` says that it is in brackets.
    """

    start: int
    end: int
    column: int
    text: str | None = None
    style: str = ""  # of a text: plain, or one of ' " | >
    is_flow: bool = False
    items: list[ValueSpan] | None = None
    group: dict[str, ValueSpan] | None = None
    keys: dict[str, int] = field(default_factory=dict)  # where each name of a group begins

    @property
    def plain(self) -> Plain:
        """The value alone."""
        if self.items is not None:
            return [item.plain for item in self.items]
        if self.group is not None:
            return {name: value.plain for name, value in self.group.items()}
        return self.text or ""

    def at(self, path: YamlPath) -> ValueSpan | None:
        """Return the value at a path below this one, None where there is none."""
        span: ValueSpan | None = self
        for step in path:
            if span is None:
                return None
            if isinstance(step, int):
                items = span.items or []
                span = items[step] if 0 <= step < len(items) else None
            else:
                span = (span.group or {}).get(step)
        return span


def spans(text: str) -> ValueSpan:
    """Return the root of a text; raise ValueError for one that `yamlfile` would refuse."""
    events = yaml.parse(text, Loader=LOADER)
    try:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                return _SpanReader(text, events).span(event)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    return ValueSpan(len(text), len(text), 0, group={})


class _SpanReader:
    def __init__(self, text: str, events: Iterator[yaml.Event]) -> None:
        self.text = text
        self.events = events

    def span(self, event: yaml.Event) -> ValueSpan:
        start, column = _place(event.start_mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(
                ValueSpan(start, start, column, is_flow=bool(event.flow_style), items=[])
            )
        if isinstance(event, yaml.MappingStartEvent):
            return self._group(
                ValueSpan(start, start, column, is_flow=bool(event.flow_style), group={})
            )
        if not isinstance(event, yaml.ScalarEvent):
            raise ValueError("an alias")
        end, _ = _place(event.end_mark)
        if event.style in ("|", ">"):  # the parser goes on to the next value
            end = start + len(self.text[start:end].rstrip())
        return ValueSpan(start, end, column, event.value, event.style or "")

    def _list(self, span: ValueSpan) -> ValueSpan:
        items = span.items if span.items is not None else []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.span(event))
            span.end = items[-1].end
        return _closed(span, event)

    def _group(self, span: ValueSpan) -> ValueSpan:
        group = span.group if span.group is not None else {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self.span(event)
            if name.text is None or name.text in group:
                raise ValueError(f"a name at {name.start} is no text, or is there twice")
            span.keys[name.text] = name.start
            group[name.text] = value = self.span(next(self.events))
            span.end = value.end
        return _closed(span, event)


class _EventMark(Protocol):
    """A place as both of PyYAML's parsers give it, from 0."""

    index: int
    column: int


def _place(mark: _EventMark | None) -> tuple[int, int]:
    """Return a mark's offset and its column."""
    if mark is None:
        raise ValueError("an event without a place")
    return mark.index, mark.column


def _closed(span: ValueSpan, event: yaml.Event) -> ValueSpan:
    """Return a list or a group with its end: that of its bracket, or of what is last in it."""
    if span.is_flow:
        span.end, _ = _place(event.end_mark)
    return span
