"""HTML with words from right to left to the same, with what is from left to right set apart.

WeasyPrint 70 has no isolates (`<bdi>` and U+2066 do nothing), but it lays out each element by
itself, in its own direction. So every telephone, address and dose gets an element of its own,
wherever a template or an author wrote it.
"""

from __future__ import annotations

import html as entities
import re
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.pipeline.setting import is_whole, isolates

_TAG = pattern(r"(<[^>]*>)")
_NAME = pattern(r"</?([a-z0-9!-]+)", re.IGNORECASE)
_DIRECTION = pattern(r"""\bdir=["']?(ltr|rtl)""")
_FROM_RIGHT = pattern(r"""\bdir=["']?rtl""")
# What has no end, and what is not shown or not laid out by WeasyPrint.
_EMPTY = frozenset({"!doctype", "!--", "br", "wbr", "img", "meta", "link", "hr", "input", "path"})
_PASSED = frozenset({"title", "style", "script"})


class _Open(NamedTuple):
    """An element that the text is in."""

    name: str
    is_right_to_left: bool


def isolated(html: str) -> str:
    """Return the document with `<span dir="ltr">` about each such part of its texts."""
    if not _FROM_RIGHT.search(html):
        return html
    pieces = _TAG.split(html)
    around = [_Open("", is_right_to_left=False)]
    for at, piece in enumerate(pieces):
        if at % 2:
            _go_on(around, piece)
        elif around[-1].is_right_to_left and around[-1].name not in _PASSED and piece.strip():
            pieces[at] = "\n".join(map(_with_spans, piece.split("\n")))
    return "".join(pieces)


def _go_on(around: list[_Open], tag: str) -> None:
    """Note an element that begins, or ends with all in it whose end tags are left out."""
    found = _NAME.match(tag)
    name = found[1].lower() if found else ""
    if tag.startswith("</"):
        places = [at for at, element in enumerate(around) if element.name == name]
        if name and places:
            del around[places[-1] :]
    elif name and name not in _EMPTY and not tag.endswith("/>"):
        said = _DIRECTION.search(tag)
        is_rtl = said[1] == "rtl" if said else around[-1].is_right_to_left
        around.append(_Open(name, is_rtl))


def _with_spans(escaped: str) -> str:
    text = entities.unescape(escaped)
    parts = isolates(text)
    if not parts:
        return escaped
    made, at = [], 0
    for start, end in parts:
        part = text[start:end]
        whole = ' class="line"' if is_whole(part) else ""
        made += [_escaped(text[at:start]), f'<span dir="ltr"{whole}>{_escaped(part)}</span>']
        at = end
    return "".join([*made, _escaped(text[at:])])


def _escaped(text: str) -> str:
    return entities.escape(text, quote=False)
