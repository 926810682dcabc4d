"""Checks of pieces that are mailed: nothing may be printed where a post reads, stamps and sprays.

Which places that are is data: `posts:` in layouts/system/system.yaml, `mail:` in a layout.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from hrcpub.pipeline.preflight.checks.geometry import what
from hrcpub.pipeline.preflight.checks.limits import Expected
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage, mm
from hrcpub.pipeline.preflight.page.marks import Mark, PaintedPath, PaintedText
from hrcpub.problems import Problem
from hrcpub.units import Rect

if TYPE_CHECKING:
    from hrcpub.project.layout.mail import MailZone

_SLACK = 0.2  # points: sizes that are worked out are rounded
_WORDS = {
    "stamp": "where the stamp goes",
    "address": "where the address goes",
    "barcode": "where the post prints its bar code",
}


def mail_zone(page: CheckedPage, expected: Expected) -> Iterator[Problem]:
    """Something is printed where a card that is mailed has to be bare.

    Sorting machines read the address, print a bar code at the foot of the card, and cancel the
    stamp. What else is printed there is read as a part of the address, or hides it; so the card
    comes late, or back to its sender.

    Fix: move it to the left part of the card, and leave those places white on coloured paper.
    They stand under `posts` in layouts/system/system.yaml, by the rules of each post.
    """
    if expected.mail is None or page.number != expected.mail.page:
        return
    for zone in expected.mail.zones:
        box = _on(page, zone)
        for mark in _uncovered(page, box, zone):
            said = f"{what(mark)} is printed {_WORDS.get(zone.name, zone.name)}"
            wide, high = mm(box.width * page.unit), mm(box.height * page.unit)
            hint = f"leave {wide} x {high} free there, and on coloured paper white"
            yield Problem("mail-zone", said, page.at(mark.box.meet(box)), hint)
            break


def _on(page: CheckedPage, zone: MailZone) -> Rect:
    """Return where a zone is on a page, a hair inside of its edges."""
    left, foot = page.trim.left, page.trim.bottom
    box = Rect(*(edge / page.unit for edge in zone.box))
    placed = Rect(left + box.left, foot + box.bottom, left + box.right, foot + box.top)
    return placed.outset(-_SLACK)


def _uncovered(page: CheckedPage, box: Rect, zone: MailZone) -> list[Mark]:
    """Return what is printed in a box and is seen: white that is painted over it takes it away."""
    seen: list[Mark] = []
    for mark in page.placed:
        if mark.is_inked:
            if mark.box.meet(box) and not _is_under_a_stamp(mark, zone):
                seen.append(mark)
        elif isinstance(mark.painted, PaintedPath) and mark.painted.path.is_box:
            seen = seen if not mark.box.holds(box) else []
    return seen


def _is_under_a_stamp(mark: Mark, zone: MailZone) -> bool:
    return isinstance(mark.painted, PaintedText) and mark.painted.height <= zone.small


CHECKS = (mail_zone,)

CODES = {"mail-zone": mail_zone}
