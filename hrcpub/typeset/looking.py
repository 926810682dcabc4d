"""Laid-out pages against their Html: every word is there, whole, in its place, to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hrcpub.problems import Problem
from hrcpub.stages import Html, Overset
from hrcpub.typeset import accounting, tree, wording
from hrcpub.typeset.owners import Owners
from hrcpub.typeset.places import Found, past_pictures, places
from hrcpub.typeset.records import Page

if TYPE_CHECKING:
    from weasyprint.document import Document


def over(document: Document, html: Html) -> list[Problem | Overset]:
    """Return what is wrong with the pages' words and pictures."""
    pages, body = tree.pages(document), tree.body(document)
    written = list(tree.own_texts(body))
    found: list[Problem | Overset] = []
    if html.sides is not None and len(pages) != html.sides:
        problem = wording.wrong_pages(len(pages), html.sides)
        is_long = len(pages) > html.sides
        found.append(Overset(problem, None, html.sides / len(pages)) if is_long else problem)
    lost = accounting.losses(body, written, pages)
    hidden = [Found("unseen", (text,)) for text in accounting.hidden(pages)]
    wrong = [*places(pages, html), *hidden]
    if lost or wrong:
        owners = Owners(html.words, written)
        found += [wording.of_loss(loss, owners) for loss in lost]
        found += [wording.of_found(one, owners) for one in wrong]
    found += [wording.image_outside(*one) for one in past_pictures(pages, html)]
    return found + _lost_pictures(body, pages)


def _lost_pictures(body: Any, pages: list[Page]) -> list[Problem | Overset]:
    there = {id(picture.element) for page in pages for picture in page.pictures}
    return [
        Overset(wording.image_lost(image.get("src", "a picture")), None, 1.0)
        for image in body.iter("img")
        if id(image) not in there and "hide" not in image.get(tree.MAY, "").split()
    ]
