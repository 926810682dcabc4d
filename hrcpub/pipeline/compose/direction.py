"""The HTML of a piece from right to left to the same with its parts from left to right set apart.

WeasyPrint 70 has no isolates (`<bdi>` and U+2066 do nothing), but it lays out each element by
itself, in its own direction. So every telephone, address and dose gets an element of its own,
wherever a template or an author wrote it.
"""

from __future__ import annotations

import html as entities
import re

from hrcpub.pipeline.setting import is_whole, isolates

_TAG = re.compile(r"(<[^>]*>)")
# What is not shown, or not laid out by WeasyPrint.
_PASSED = ("title", "style", "script")


def isolated(html: str) -> str:
    """Return the document with `<span dir="ltr">` about each such part of its texts."""
    pieces = _TAG.split(html)
    passed = False
    for at, piece in enumerate(pieces):
        if at % 2:
            name = piece.strip("</>").partition(" ")[0].lower()
            passed = name in _PASSED and not piece.startswith("</") and not piece.endswith("/>")
        elif not passed and piece.strip():
            pieces[at] = _with_spans(piece)
    return "".join(pieces)


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
