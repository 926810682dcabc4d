"""A PO file's text and new words to the same text with them: every other line stays as it is.

Why not the writer of whole catalogs: it breaks lines as gettext does, and a file that somebody
keeps in another form would differ in each of its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hrcpub.project.translations.catalog import FUZZY, Catalog, Message
from hrcpub.project.translations.po_writing import text_lines

_BEFORE = ("msgctxt", "msgid", "#,", "#|", '"')  # lines between a message's comments and its words


class NewWords(NamedTuple):
    """What a message is to say; and whether somebody has to look it over."""

    words: str
    is_fuzzy: bool


def with_words(text: str, catalog: Catalog, changes: Mapping[str, NewWords]) -> str:
    """Return a file's text with new words for some slots. `catalog` is what the text says.

    Words that are looked over lose `fuzzy`, and the old source that stood with it.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    # From the last one on, so that the places of the others stay right.
    found = [message for message in catalog.messages if not message.is_obsolete]
    for message in sorted(found, key=_line, reverse=True):
        if message.slot in changes:
            _change(lines, message, changes[message.slot])
    return end.join(lines)


def _line(message: Message) -> int:
    return message.place.line or 0


def _change(lines: list[str], message: Message, new: NewWords) -> None:
    if new.words != message.words:
        first = _line(message) - 1
        last = first + 1
        while last < len(lines) and lines[last].lstrip().startswith('"'):
            last += 1
        lines[first:last] = text_lines("msgstr", new.words)
    if new.is_fuzzy is not message.is_fuzzy:
        first = _head(lines, _line(message) - 1)
        lines[first : _line(message) - 1] = _marked(lines[first : _line(message) - 1], new.is_fuzzy)


def _head(lines: list[str], words: int) -> int:
    """Return the first line of what stands right before a message's words, without its notes."""
    first = words
    while first and lines[first - 1].lstrip().startswith(_BEFORE):
        first -= 1
    return first


def _marked(head: list[str], is_fuzzy: bool) -> list[str]:
    """Return the lines before a message's words, with the flag or without it."""
    if is_fuzzy:
        flags = next((n for n, line in enumerate(head) if line.startswith("#,")), None)
        if flags is None:
            return [f"#, {FUZZY}", *head]
        return [*head[:flags], f"#, {FUZZY},{head[flags][2:]}", *head[flags + 1 :]]
    return list(_plain(head))


def _plain(head: list[str]) -> Iterator[str]:
    for line in head:
        if line.lstrip().startswith("#|"):
            continue
        if not line.lstrip().startswith("#,"):
            yield line
            continue
        others = [flag for flag in re.split(r"[,\s]+", line.strip()[2:]) if flag not in ("", FUZZY)]
        if others:
            yield f"#, {', '.join(others)}"
