"""Plain values to YAML text: as people write it, and as `yamlfile` reads it back."""

from __future__ import annotations

import io
import json
import re

import yaml

from hrcpub.files.yaml_spans import Plain

WIDTH = 88  # characters of a line, about: PyYAML ends one after the word that passes it
NO_END = 10.0**9


def quoted(text: str) -> str:
    """Return a text in quotation marks, as YAML 1.2 has it in common with JSON."""
    shown = json.dumps(text, ensure_ascii=False)
    return shown if shown.isprintable() else json.dumps(text)


def emitted(value: Plain, column: int, quote: str = "", *, is_flow: bool = False) -> str:
    """Return a value as YAML whose lines after the first begin at `column`, without a last break.

    A text that is too long for its line is folded below `>-`. `quote` are the quotation marks that
    a text had before: it keeps them while it is short. `is_flow` puts a list or a group into
    brackets, if it then fits on a line.
    """
    room = max(WIDTH - column, 40)
    if is_flow and value and not isinstance(value, str):
        line = _dumped(_node(value, NO_END, is_flow=True), NO_END)
        if "\n" not in line and len(line) <= room - 20:
            return line
    lines = _dumped(_node(value, room, quote), room).split("\n")
    return "\n".join([lines[0], *((" " * column + line if line else line) for line in lines[1:])])


def _dumped(node: yaml.Node, width: float) -> str:
    to = io.StringIO()
    dumper = _Dumper(to, width=width, allow_unicode=True)
    dumper.open()
    dumper.serialize(node)
    dumper.close()
    return to.getvalue().removesuffix("...\n").rstrip("\n")


class _Dumper(yaml.BaseDumper):
    """Writes texts as they are: `yes` and `02114` need no quotation marks here."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Give entries of a list two spaces, as the project's files have them."""
        super().increase_indent(flow, False)


def _node(value: Plain, room: float, quote: str = "", *, is_flow: bool = False) -> yaml.Node:
    if isinstance(value, str):
        return yaml.ScalarNode(_STR, value, style=_style(value, room, quote))
    if isinstance(value, dict):
        pairs = [
            (yaml.ScalarNode(_STR, name), _node(inner, room - 2, is_flow=is_flow))
            for name, inner in value.items()
        ]
        return yaml.MappingNode(_MAP, pairs, flow_style=is_flow or not pairs)
    items = [_node(inner, room - 2, is_flow=is_flow) for inner in value]
    return yaml.SequenceNode(_SEQ, items, flow_style=is_flow or not items)


def _style(text: str, room: float, quote: str) -> str | None:
    """Return how a text is written; None: plain, if YAML allows that."""
    if not text or text != text.strip() or re.search(r"[\r\x85\u2028\u2029]|\n[ \t]", text):
        return '"'
    return ">" if len(text) > room - 8 or "\n" in text else quote or None


_STR, _SEQ, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
