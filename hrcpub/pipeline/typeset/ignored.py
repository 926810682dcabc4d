"""The composed HTML to Problems: elements and attributes that would have no effect on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset.html_rules import REFUSED, SHOWN, VALUES, has_effect, instead
from hrcpub.pipeline.typeset.list_numbers import is_understood
from hrcpub.problems import Problem, Source
from hrcpub.project.layout import SYSTEM

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_COMMENT = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)


def ignored(root: Element, html: Html, sources: Sources) -> list[Problem]:
    """Return a Problem for each place of an element or attribute that has no effect."""
    slips = dict.fromkeys(_slips(root))
    return [
        html_ignored(tag, attribute, value, place)
        for tag, attribute, value in slips
        for place in _places(tag, attribute, html, sources)
    ]


def _slips(root: Element) -> Iterator[tuple[str, str, str]]:
    """Yield tag, attribute and value of what has no effect; without attribute, the element has."""
    todo = [root]
    while todo:
        element = todo.pop()
        name: object = element.tag
        # Comments have no name; what is in a drawing is no HTML.
        if not isinstance(name, str):
            continue
        space, _, tag = name.rpartition("}")
        if tag not in SHOWN and "-" not in tag and not space.endswith("/svg"):
            yield tag, "", ""
        if space:
            continue
        for attribute, value in element.attrib.items():
            if not has_effect(tag, attribute) or not is_understood(tag, attribute, value):
                yield tag, attribute, value
        todo += reversed(element)


def _places(tag: str, attribute: str, html: Html, sources: Sources) -> list[Source]:
    """Return where the templates have an element, in the first one that has it.

    The template itself without a line, when a tag's name or attribute is put together by Jinja.
    """
    inside = rf"[^<>]*?\s(?P<at>{re.escape(attribute)})(?=[\s=>/])" if attribute else ""
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


def html_ignored(tag: str, attribute: str, value: str, place: Source) -> Problem:
    """An element or attribute of a template does not do on paper what HTML says.

    Fix: say it in CSS, as the hint says. WeasyPrint, which sets the pages, passes over old
    presentation (`align`, `bgcolor`), over what needs a screen (`<video>`, form fields), and over
    what it does not know. Something was meant by it, so it is an error. `start`, `reversed`,
    `value` and `type` of lists, and the `width` and `height` of a picture in pixels, count.
    """
    if not attribute and tag in REFUSED:
        return Problem("html-ignored", f"<{tag}> does not work on paper", place, REFUSED[tag])
    if not attribute:
        return Problem("html-ignored", f"HTML has no <{tag}>", place, "check its spelling")
    if has_effect(tag, attribute):
        what = f'{attribute}="{value}" has no effect on <{tag}>'
        return Problem("html-ignored", what, place, VALUES[attribute])
    what = f'the attribute "{attribute}" of <{tag}> has no effect'
    return Problem("html-ignored", what, place, instead(attribute))


CODES = {"html-ignored": html_ignored}
