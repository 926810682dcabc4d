"""The lines of a YAML text, in which values are replaced, put in and taken out.

Each function gives the text with one change, or None where the change has no lines of its own.
Whether the text then says what it should, `yaml_edits` proves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrcpub.files.yaml_spans import BREAK, Plain, ValueSpan, YamlPath
from hrcpub.files.yaml_writing import emitted

_NAME = re.compile(r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|.*?)[ \t]*:(?=\s|$)""")
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*")


class YamlLines:
    """A text with its lines, in which values are replaced, put in and taken out."""

    def __init__(self, text: str) -> None:
        self.text = text

    def start_of_line(self, at: int) -> int:
        """Return where the line begins that a place is in."""
        last = 0
        for found in BREAK.finditer(self.text, 0, at):
            last = found.end()
        return last

    def end_of_line(self, at: int) -> int:
        """Return where the line ends, before its break."""
        found = BREAK.search(self.text, at)
        return found.start() if found else len(self.text)

    def next_line(self, at: int) -> int:
        """Return where the line after a place begins; the text's end after the last one."""
        found = BREAK.search(self.text, at)
        return found.end() if found else len(self.text)

    def is_first_on_line(self, at: int) -> bool:
        """Return whether there is only white space before a place on its line."""
        return not self.text[self.start_of_line(at) : at].strip()

    # Values

    def replaced(self, root: ValueSpan, path: YamlPath, value: Plain) -> str:
        """Return the text with another value at a path, in the same place."""
        span = root.at(path)
        assert span is not None
        if not path:
            return self._anew(span, span.start, emitted(value, 0), 0)
        column, head = self._head(root, path)
        is_list_or_group = not isinstance(value, str) and bool(value)
        was_lines = not span.is_flow and span.text is None
        if was_lines and is_list_or_group:
            return self._anew(span, span.start, emitted(value, span.column), column)
        if is_list_or_group and span.is_flow:
            line = emitted(value, column + 2, is_flow=True)
            if "\n" not in line and line[0] in "[{":
                return self._anew(span, span.start, line, column)
        if is_list_or_group:
            pad = "\n" + " " * (column + 2)
            return self._anew(span, head, pad + emitted(value, column + 2), column)
        quote = span.style if span.style in ("'", '"') else ""
        written = emitted(value, self._margin(span, column), quote=quote)
        if was_lines or span.start == span.end:
            return self._anew(span, head, " " + written, column)
        return self._anew(span, span.start, written, column)

    def _head(self, root: ValueSpan, path: YamlPath) -> tuple[int, int]:
        """Return the column of a value's name or hyphen, and where the value may begin after it."""
        holder, last = root.at(path[:-1]), path[-1]
        assert holder is not None
        if isinstance(last, int):
            dash = self._dash(holder, last)
            return holder.column, (dash + 1 if dash is not None else holder.start)
        begins = holder.keys[last]
        name = _NAME.match(self.text, begins)
        column = holder.column if not holder.is_flow else 0
        return column, name.end() if name else begins

    def _margin(self, span: ValueSpan, column: int) -> int:
        """Return at which column a folded text begins: where it did, else two after its name's."""
        if span.style in ("|", ">"):
            lines = BREAK.split(self.text[span.start : span.end])[1:]
            first = next((line for line in lines if line.strip()), "")
            if len(first) - len(first.lstrip()) > column:
                return len(first) - len(first.lstrip()) - 2
        return column

    def _anew(self, span: ValueSpan, start: int, written: str, column: int) -> str:
        """Return the text with a value written anew from `start` on.

        Comments that stood within it, and behind it, come to stand above it.
        """
        end = span.end
        comments = self._comments(span, start)
        rest = self.end_of_line(end)
        if "\n" in written and (after := self.text[end:rest].strip()).startswith("#"):
            comments.append(after)  # behind a folded text it would be a part of it
            end = rest
        made = self._spliced(start, end, written)
        if not comments:
            return made
        line = self.start_of_line(start)
        above = "".join(f"{' ' * column}{comment}\n" for comment in comments)
        return made[:line] + above + made[line:]

    def _comments(self, span: ValueSpan, start: int) -> list[str]:
        """Return the comments from `start` to the end of a value."""
        found, at = [], start
        for text in [*_texts(span), ValueSpan(span.end, span.end, 0)]:
            found += [one[0].rstrip() for one in _COMMENT.finditer(self.text[at : text.start])]
            at = text.end
            header = _HEADER.match(self.text, text.start) if text.style in ("|", ">") else None
            if header and (after := self.text[header.end() : self.end_of_line(text.start)]):
                found.append(after.rstrip())
        return found

    def _spliced(self, start: int, end: int, written: str) -> str:
        return self.text[:start] + written + self.text[end:]

    # Entries

    def named(self, group: ValueSpan, name: str, value: Plain, after: str | None) -> str | None:
        """Return the text with a value under a new name of a group; `after` None: as its first."""
        if group.is_flow or not group.group:
            return None
        written = emitted({name: value}, group.column)
        pad = " " * group.column
        if after is None:
            first = min(group.keys.values())
            return self._spliced(first, first, f"{written}\n{pad}")
        end = self.end_of_line(group.group[after].end)
        return self._spliced(end, end, f"\n{pad}{written}")

    def inserted(self, holder: ValueSpan, number: int, value: Plain) -> str | None:
        """Return the text with a new entry of a list."""
        if holder.is_flow or not holder.items:
            return None
        pad = " " * holder.column
        written = "- " + emitted(value, holder.column + 2)
        if number == len(holder.items):
            end = self.end_of_line(holder.end)
            return self._spliced(end, end, f"\n{pad}{written}")
        if number == 0:
            return self._spliced(holder.start, holder.start, f"{written}\n{pad}")
        start = self._begins(holder, number)
        return None if start is None else self._spliced(start, start, f"{pad}{written}\n")

    def removed(self, holder: ValueSpan, last: str | int) -> str | None:
        """Return the text without an entry; None where it has no lines of its own."""
        if holder.is_flow:
            return None
        start: int | None
        if isinstance(last, int):
            items = holder.items or []
            start, value = self._begins(holder, last), items[last]
            is_only = len(items) == 1
        else:
            group = holder.group or {}
            start, value = self._name_begins(holder, last), group[last]
            is_only = len(group) == 1
        if start is None or is_only:
            return None
        end = self.next_line(max(value.end, start))
        if self._is_blank_before(start) and self._is_blank_at(end):
            start = self.start_of_line(start - 1)
        return self._spliced(start, end, "")

    def moved(self, holder: ValueSpan | None, origin: int, target: int) -> str | None:
        """Return the text with an entry of a list in another place, its comment with it."""
        if holder is None or holder.is_flow or not holder.items:
            return None
        starts = [self._begins(holder, number) for number in range(len(holder.items))]
        known = [start for start in starts if start is not None]
        if len(known) < len(starts):
            return None
        ends = [*known[1:], self.next_line(holder.end)]
        parts = [self.text[a:b] for a, b in zip(known, ends, strict=True)]
        is_open = not parts[-1].endswith("\n")
        if is_open:
            parts[-1] += "\n"
        parts.insert(target, parts.pop(origin))
        whole = "".join(parts)
        return self._spliced(known[0], ends[-1], whole.removesuffix("\n") if is_open else whole)

    def _dash(self, holder: ValueSpan, number: int) -> int | None:
        """Return where an entry's hyphen is; None in brackets."""
        if holder.is_flow or not holder.items:
            return None
        if number == 0:
            return holder.start
        at = self.next_line(holder.items[number - 1].end)
        while at <= holder.items[number].start:
            line = self.text[at : self.end_of_line(at)]
            if line[holder.column : holder.column + 1] == "-" and not line[: holder.column].strip():
                return at + holder.column
            at = self.next_line(at)
        return None

    def _begins(self, holder: ValueSpan, number: int) -> int | None:
        """Return where the lines of an entry of a list begin, those of its comment included."""
        dash = self._dash(holder, number)
        if dash is None or not self.is_first_on_line(dash):
            return None
        line = self.start_of_line(dash)
        if number == 0:
            return line
        return self._with_comment(line, holder.column, holder.items[number - 1].end)  # type: ignore[index]

    def _name_begins(self, group: ValueSpan, name: str) -> int | None:
        """Return where the lines of a named value begin, those of its comment included."""
        begins = group.keys[name]
        if not self.is_first_on_line(begins):
            return None
        line = self.start_of_line(begins)
        before = [
            value.end for key, value in (group.group or {}).items() if group.keys[key] < begins
        ]
        return self._with_comment(line, group.column, max(before)) if before else line

    def _with_comment(self, line: int, column: int, after: int) -> int:
        """Return where the comment begins that is directly above a line, at its column."""
        first = self.next_line(after)
        while line > first:
            above = self.start_of_line(line - 1)
            words = self.text[above:line].rstrip()
            if not words.startswith(" " * column + "#"):
                break
            line = above
        return line

    def _is_blank_before(self, line: int) -> bool:
        return line > 0 and not self.text[self.start_of_line(line - 1) : line].strip()

    def _is_blank_at(self, line: int) -> bool:
        return not self.text[line : self.end_of_line(line)].strip()


def _texts(span: ValueSpan) -> Iterator[ValueSpan]:
    """Yield all texts in a value."""
    if span.text is not None:
        yield span
    for inner in (span.items or ()) if span.items is not None else (span.group or {}).values():
        yield from _texts(inner)
