"""Laid-out pages to places for an imprint that lie where a post wants a card to be bare.

What is printed already, preflight sees; a site's details are printed later.
"""

from __future__ import annotations

from collections.abc import Iterator

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset.laid_page import LaidRect
from hrcpub.problems import Problem, Source
from hrcpub.project.layout.mail import MailZone
from hrcpub.units import Rect

_SLACK = 0.2  # points: sizes are rounded in CSS


def posted(places: list[tuple[int, LaidRect, float]], html: Html) -> Iterator[Problem]:
    """Yield a Problem for each place on a piece's address side that reaches into a post's zone."""
    if html.mail is None:
        return
    for number, place, _ in places:
        low, high = html.trim.height - place.bottom, html.trim.height - place.top
        box = Rect(place.left, low, place.right, high).outset(-_SLACK)
        met = [zone for zone in html.mail.zones if zone.box.meet(box)]
        if number == html.mail.page and met:
            yield imprint_posted(met[0], html.template)


def imprint_posted(zone: MailZone, template: str) -> Problem:
    """Return the Problem of a place for an imprint that reaches into a zone of the post."""
    said = f"the place for a local site's details reaches into the post's zone \"{zone.name}\""
    return Problem("mail-zone", said, Source(template or None), "move it, or make it smaller")
