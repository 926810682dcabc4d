"""Laid-out pages against their Html: every word is there, whole, in its place, to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from hrcpub.pipeline.stages import AuthorText, Html, Overset
from hrcpub.pipeline.typeset import accounting, messages, tree
from hrcpub.pipeline.typeset.collisions import Misplaced, past_pictures, places
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidText
from hrcpub.pipeline.typeset.text_owners import TextOwners
from hrcpub.problems import Problem

if TYPE_CHECKING:
    from weasyprint.document import Document

_DRAWN = ("img", f"{tree.SVG}svg")


def over(document: Document, html: Html) -> list[Problem | Overset]:
    """Return what is wrong with the pages' words and pictures."""
    pages, body = tree.pages(document), tree.body(document)
    written = list(tree.own_texts(body))
    found: list[Problem | Overset] = []
    if html.sides is not None and len(pages) != html.sides:
        problem = messages.wrong_pages(len(pages), html.sides)
        is_long = len(pages) > html.sides
        found.append(Overset(problem, None, html.sides / len(pages)) if is_long else problem)
    lost = accounting.losses(body, written, pages)
    hidden = [Misplaced("unseen", (text,)) for text in accounting.hidden(pages)]
    wrong = [*places(pages, html), *hidden]
    if lost or wrong:
        owners = TextOwners(html.words, written)
        found += [messages.of_loss(loss, owners) for loss in lost]
        found += [messages.of_found(part, owners) for one in wrong for part in _parted(one, owners)]
    found += [messages.image_outside(*one) for one in past_pictures(pages)]
    return found + _lost_pictures(body, pages)


def _parted(found: Misplaced, owners: TextOwners) -> Iterator[Misplaced]:
    """Yield a finding for each author's text that it is about; a template's own goes with them."""
    parts: dict[AuthorText | None, list[LaidText]] = {}
    for text in found.texts:
        parts.setdefault(owners.of(text.element, text.text), []).append(text)
    if len(parts) > 1:
        parts.pop(None, None)
    yield from (found._replace(texts=tuple(texts)) for texts in parts.values())


def _lost_pictures(body: Any, pages: list[LaidPage]) -> list[Problem | Overset]:
    """Return an Overset for each picture of which nothing is on a page."""
    there = {
        id(picture.element)
        for page in pages
        for picture in page.pictures
        if tree.is_on_sheet(picture, page)
    }
    asked = [one for tag in _DRAWN for one in body.iter(tag) if id(one) not in there]
    if not asked:
        return []
    around = accounting.surroundings(body)
    lost = [one for one in asked if not accounting.is_let_hide(around(one))]
    return [Overset(messages.image_lost(one.get("src", "a drawing")), None, 1.0) for one in lost]
