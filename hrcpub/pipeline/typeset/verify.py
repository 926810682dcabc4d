"""Laid-out pages against their Html: each word is there, whole, in its place and visible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.pipeline.stages import AuthorText, Html, Overset
from hrcpub.pipeline.typeset import (
    accounting,
    colons,
    contrast,
    laid_text,
    messages,
    picture_problems,
    tree,
    unfit_problems,
)
from hrcpub.pipeline.typeset.collisions import misplaced, past_pictures, uncut_drawings
from hrcpub.pipeline.typeset.distance import far_texts
from hrcpub.pipeline.typeset.families import foreign_families
from hrcpub.pipeline.typeset.hollow import hollow
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidText
from hrcpub.pipeline.typeset.least_size import under_floor
from hrcpub.pipeline.typeset.misplaced import Misplaced
from hrcpub.pipeline.typeset.page_sizes import wrong_sizes
from hrcpub.pipeline.typeset.posted import posted
from hrcpub.pipeline.typeset.text_owners import TextOwners
from hrcpub.pipeline.typeset.torn_titles import torn_titles
from hrcpub.pipeline.typeset.unprinted import unprinted, unshown
from hrcpub.pipeline.typeset.written_html import SVG, own_texts
from hrcpub.problems import Problem

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from weasyprint.document import Document

_DRAWN = ("img", f"{SVG}svg")


class PageFaults(NamedTuple):
    """What is wrong with pages."""

    problems: list[Problem]
    oversets: list[Overset]
    unprinted: list[Problem]  # only where the colours of papers are not printed
    said: tuple[str, ...]  # the texts of each page that can be seen, line by line
    pages: list[LaidPage]  # what was looked over


def over(document: Document, html: Html) -> PageFaults:
    """Return what is wrong with the pages' words and pictures."""
    pages, body = tree.pages(document), tree.body(document)
    written = list(own_texts(body))
    wrong = [*_wrong_pages(html, len(pages)), *wrong_sizes(pages, html)]
    wrong += hollow(pages, html)
    absent = [*unprinted(html.owed, body, written), *unshown(html.owed_pictures, html.text)]
    wrong += messages.of_unprinted(absent, html.template)
    lost = accounting.losses(body, written, pages)
    hidden = [Misplaced("invisible", (text,)) for text in accounting.hidden(pages)]
    placed = [*misplaced(pages, html), *hidden]
    unseen = contrast.unprinted(pages, html)
    owners = TextOwners(html.words, written, html.template)
    wrong += [messages.of_loss(loss, owners) for loss in lost]
    wrong += _told(
        [*placed, *under_floor(pages, html, owners), *far_texts(pages, html, owners)], owners
    )
    wrong += colons.colons(pages, html, owners)
    wrong += torn_titles(pages, html, owners)
    wrong += [picture_problems.image_outside(*picture) for picture in past_pictures(pages)]
    wrong += [picture_problems.image_uncut(picture) for picture in uncut_drawings(pages)]
    wrong += _lost_pictures(body, pages)
    wrong += foreign_families(pages, html)
    wrong += posted(list(tree.reserved(document)) if html.mail else [], html)
    return PageFaults(
        [problem for problem in wrong if isinstance(problem, Problem)],
        [overset for overset in wrong if isinstance(overset, Overset)],
        [problem for problem in _told(unseen, owners) if isinstance(problem, Problem)],
        tuple(map(laid_text.lines, pages)),
        pages,
    )


def _wrong_pages(html: Html, count: int) -> list[Problem | Overset]:
    if html.sides is None or count == html.sides:
        return []
    # Too many pages may be cured by a tighter setting; too few are a mistake of the template.
    problem = unfit_problems.wrong_pages(count, html.sides)
    is_long = count > html.sides
    return [Overset(problem, None, html.sides / count) if is_long else problem]


def _told(wrong: list[Misplaced], owners: TextOwners) -> list[Problem | Overset]:
    return [
        messages.of_misplaced(part, owners)
        for texts in wrong
        for part in _by_author_text(texts, owners)
    ]


def _by_author_text(wrong: Misplaced, owners: TextOwners) -> Iterator[Misplaced]:
    """Yield one Misplaced for each author's text in it; those of the template go with them."""
    parts: dict[AuthorText | None, list[LaidText]] = {}
    for text in wrong.texts:
        parts.setdefault(owners.of(text.element, text.text), []).append(text)
    if len(parts) > 1:
        parts.pop(None, None)
    yield from (wrong._replace(texts=tuple(texts)) for texts in parts.values())


def _lost_pictures(body: Element, pages: list[LaidPage]) -> list[Problem | Overset]:
    """Return an Overset for each picture of which nothing is seen on any page."""
    there = {
        id(picture.element)
        for page in pages
        for picture in page.pictures
        if tree.is_shown(picture, page)
    }
    absent = [image for tag in _DRAWN for image in body.iter(tag) if id(image) not in there]
    if not absent:
        return []
    around = accounting.surroundings(body)
    lost = [image for image in absent if not accounting.is_let_hide(around(image))]
    names = [image.get("src", "a drawing") for image in lost]
    return [Overset(picture_problems.image_lost(name), None, 1.0) for name in names]
