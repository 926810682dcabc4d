"""What posts keep of a card's address side for themselves: `posts:` of system.yaml to `MailZone`s.

A layout whose pieces can be mailed names the side and the post (`mail:`). Its template places its
parts by the zones, and preflight looks whether anything is printed in them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrcpub.project.sheets import FAMILIES
from hrcpub.project.slots import Slot
from hrcpub.records import record
from hrcpub.units import Rect, Size


@record
class MailZone:
    """A rectangle of an address side that has to stay free.

    `box` is in points from the trim's lower left corner, y upwards. Words of up to `small` points
    may stand in it, since a stamp covers them; 0 where nothing may.
    """

    name: str
    box: Rect
    small: float = 0.0


@record
class Mail:
    """The address side of a piece: its page, counted from 1, and the zones on it."""

    page: int
    zones: tuple[MailZone, ...]

    def places(self, trim: Size, margin: float) -> dict[str, dict[str, float]]:
        """Return the zones for a template: left, top, width and height from a side's corner."""
        return {
            zone.name: {
                "left": zone.box.left - margin,
                "top": trim.height - zone.box.top - margin,
                "width": zone.box.width,
                "height": zone.box.height,
            }
            for zone in self.zones
        }


Posts = Mapping[str, Mapping[str, Mapping[str, float]]]  # post, then zone, then its measures


def mail_of(values: Mapping[str, Any], family: str, trim: Size, posts: Posts) -> Mail | None:
    """Return the zones of a layout's checked `mail:`; None where it has none."""
    name = (values.get("post") or {}).get(family, "")
    if name not in posts or not values.get("side"):
        return None
    zones = (_zone(name, measures, trim) for name, measures in posts[name].items())
    return Mail(values["side"], tuple(zones))


def _zone(name: str, measures: Mapping[str, float], trim: Size) -> MailZone:
    """Return a zone that is measured from the right, and from the head or the foot of a card."""
    right = trim.width - measures.get("right", 0.0)
    if "top" in measures:
        top = trim.height - measures["top"]
        bottom = top - measures["high"]
    else:
        bottom = measures.get("bottom", 0.0)
        top = bottom + measures["high"]
    left = max(right - measures["wide"], 0.0)
    return MailZone(name, Rect(left, bottom, right, top), measures.get("small", 0.0))


ZONES = ("stamp", "address", "barcode")
_ZONE = Slot(
    "group",
    "one place that a post keeps",
    required=True,
    fields={
        "right": Slot("length", "from the card's right edge; without it, at the edge"),
        "top": Slot("length", "from its upper edge"),
        "bottom": Slot("length", "from its lower edge; without both, at that edge"),
        "wide": Slot("length", "its width", required=True),
        "high": Slot("length", "its height", required=True),
        "small": Slot("length", "the size of words that may stand in it, under a stamp"),
    },
)
POSTS = Slot("table", "what posts keep of an address side", fields=dict.fromkeys(ZONES, _ZONE))


def mail_slot(posts: Posts) -> Slot:
    """Return what a layout's `mail:` may say."""
    post = Slot("choice", required=True, choices=tuple(posts))
    return Slot(
        "group",
        "its address side, where it can be mailed",
        fields={
            "side": Slot("count", "the page that the address is on", required=True),
            "post": Slot(
                "group",
                "whose rules it obeys, by family of paper",
                required=True,
                fields=dict.fromkeys(FAMILIES, post),
            ),
        },
    )
