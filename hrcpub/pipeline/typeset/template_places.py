"""An element of the composed HTML to the places in the layout's templates that may have made it."""

from __future__ import annotations

import re

from hrcpub.files.sources import Sources
from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Html
from hrcpub.problems import Source
from hrcpub.project.layout import SYSTEM

_MOST, _LEAST = 200, 4  # characters of the composed HTML that are looked for: 4 have `<td>`
_COMMENT = pattern(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)


def places(
    tag: str,
    attribute: str,
    html: Html,
    sources: Sources,
    without: str = "",
    value: str | None = None,
) -> list[Source]:
    """Return where the templates have an element, in the first one that has it.

    With `attribute`, only those that have it, at its place; with `value` too, only where it is
    written so; with `without`, those that have not.

    The template itself without a line, when a tag's name or attribute is put together by Jinja.
    """
    inside = rf"[^<>]*?\s(?P<at>{re.escape(attribute)})(?=[\s=>/])" if attribute else ""
    inside += "" if value is None else rf"\s*=\s*(['\"]?){re.escape(value)}\2(?=[\s>/])"
    inside += rf"(?![^<>]*\s{re.escape(without)}[\s=>/])" if without else ""
    pattern = re.compile(rf"<(?:{re.escape(tag)})(?=[\s>/]){inside}", re.IGNORECASE)
    for path in _templates(html, sources):
        text = sources.text(path)
        plain = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
        starts = [m.start("at" if attribute else 0) for m in pattern.finditer(plain)]
        if starts:
            width = len(attribute or f"<{tag}")
            return [_place(path, text, start, width) for start in starts]
    return [Source(html.template or None)]


def place_of_text(text: str, html: Html, sources: Sources) -> Source:
    """Return where a template has the end of a text of the composed HTML, as long a part as it has.

    The template itself without a line where too little of it is written there.
    """
    for length in range(min(_MOST, len(text)), _LEAST - 1, -1):
        part = text[-length:]
        for path in _templates(html, sources):
            if (at := (template := sources.text(path)).find(part)) >= 0:
                end = at + len(part) - 1
                return _place(path, template, end, 1)
    return Source(html.template or None)


def _templates(html: Html, sources: Sources) -> list[str]:
    """Return the paths of a layout's templates, that of the form first, then the system's."""
    folders = dict.fromkeys((html.base, SYSTEM))
    paths = [f"{folder}/{name}" for folder in folders for name in sources.names(folder, ".html")]
    return sorted(paths, key=lambda path: path != html.template)


def _place(path: str, text: str, start: int, width: int) -> Source:
    line, begin = text.count("\n", 0, start) + 1, text.rfind("\n", 0, start) + 1
    quote = text.split("\n")[line - 1]
    return Source(path, line, start - begin + 1, quote=quote, width=width)
