"""An element of the composed HTML to the places in the layout's templates that may have made it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html
from hrcpub.problems import Source
from hrcpub.project.layout import SYSTEM

_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)


def places(
    tag: str, attribute: str, html: Html, sources: Sources, without: str = ""
) -> list[Source]:
    """Return where the templates have an element, in the first one that has it.

    With `attribute`, only those that have it, at its place; with `without`, those that have not.

    The template itself without a line, when a tag's name or attribute is put together by Jinja.
    """
    inside = rf"[^<>]*?\s(?P<at>{re.escape(attribute)})(?=[\s=>/])" if attribute else ""
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


def _templates(html: Html, sources: Sources) -> Iterator[str]:
    folders = dict.fromkeys((html.base, SYSTEM))
    if html.template:
        yield html.template
    for folder in folders:
        paths = (f"{folder}/{name}" for name in sources.names(folder, ".html"))
        yield from (path for path in paths if path != html.template)


def _place(path: str, text: str, start: int, width: int) -> Source:
    line, begin = text.count("\n", 0, start) + 1, text.rfind("\n", 0, start) + 1
    quote = text.split("\n")[line - 1]
    return Source(path, line, start - begin + 1, quote=quote, width=width)
