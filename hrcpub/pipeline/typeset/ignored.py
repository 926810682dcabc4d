"""The composed HTML to Problems: elements and attributes that would have no effect on the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset.html_rules import REFUSED, SHOWN, UNHEEDED, VALUES, has_effect, instead
from hrcpub.pipeline.typeset.list_numbers import HINT, is_understood, unheeded
from hrcpub.pipeline.typeset.template_places import places
from hrcpub.problems import Problem, Source
from hrcpub.project import drawings

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from hrcpub.pipeline.typeset.laid_page import LaidPage


def ignored(root: Element, html: Html, sources: Sources) -> list[Problem]:
    """Return a Problem for each place of an element or attribute that has no effect."""
    slips = dict.fromkeys(_slips(root))
    told = [
        html_ignored(tag, attribute, value, place)
        for tag, attribute, value in slips
        for place in places(tag, attribute, html, sources)
    ]
    return [*told, *_without_alt(root, html, sources), *_misdrawn(root, html, sources)]


def unnumbered(
    root: Element, pages: Iterable[LaidPage], html: Html, sources: Sources
) -> list[Problem]:
    """Return a Problem for each place of a number of HTML that a list does not heed."""
    if not any(HINT in listing.attrib for tag in ("ol", "li") for listing in root.iter(tag)):
        return []
    made: dict[Element, str] = {}
    for text in (text for page in pages for text in page.texts if not text.is_written):
        if text.element is not None:
            made[text.element] = made.get(text.element, "") + text.text
    return [
        html_ignored(tag, attribute, value, place, UNHEEDED)
        for tag, attribute, value in dict.fromkeys(unheeded(root, made))
        for place in places(tag, attribute, html, sources)
    ]


def _without_alt(root: Element, html: Html, sources: Sources) -> Iterator[Problem]:
    """Yield a Problem for each place of a picture that has no `alt`, not even an empty one."""
    if not any("alt" not in picture.attrib for picture in root.iter("img")):
        return
    found = places("img", "", html, sources, without="alt")
    yield from (image_without_alt(place) for place in found)


def _misdrawn(root: Element, html: Html, sources: Sources) -> Iterator[Problem]:
    """Yield what is wrong in the drawings of a template."""
    by_name: dict[str, list[drawings.Fault]] = {}
    for drawing in root.iter(f"{drawings.SVG}svg"):
        for fault in drawings.faults(drawing):
            by_name.setdefault(drawings.local_name(fault.element), []).append(fault)
    for name, alike in by_name.items():
        where = places(name, "", html, sources)
        for number, fault in enumerate(alike):
            # Where a loop made several of one, they are told of its first.
            place = where[number] if len(where) == len(alike) else where[0]
            yield drawings.problem(fault, place)


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


def image_without_alt(place: Source) -> Problem:
    """A picture in a template has no words for those who cannot see it.

    Fix: say in its `alt` what it shows: `alt="{{ words.photo.alt }}"` for a picture of the
    material. If it says nothing that the words do not say, write `alt=""`: screen readers skip it.
    """
    return Problem(
        "image-alt",
        "this picture has no alt, so a screen reader cannot say what it shows",
        place,
        'say in alt="…" what it shows; or write alt="", if it says nothing',
    )


def html_ignored(tag: str, attribute: str, value: str, place: Source, hint: str = "") -> Problem:
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
        return Problem("html-ignored", what, place, hint or VALUES[attribute])
    what = f'the attribute "{attribute}" of <{tag}> has no effect'
    return Problem("html-ignored", what, place, instead(attribute))


CODES = {"html-ignored": html_ignored, "image-alt": image_without_alt}
