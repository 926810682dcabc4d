"""`delivery:` of a manifest to when what has to be where, and who takes which box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hrcpub.events.manifest.event import Delivery, Route, Site
from hrcpub.files.yamlfile import Node
from hrcpub.problems import Problem, Severity, Source, did_you_mean


def delivery_of(values: Mapping[str, Any]) -> Delivery:
    """Return when everything has to be where, and who takes it there."""
    routes = {
        box: Route(route.get("name"), route.get("driver"))
        for box, route in (values.get("routes") or {}).items()
        if route
    }
    return Delivery(values.get("by"), values.get("to") or (), values.get("boxes"), routes)


def route_problems(manifest: Node, sites: Sequence[Site]) -> Iterator[Problem]:
    """Yield a warning for each route whose box no site is in."""
    delivery = (manifest.mapping or {}).get("delivery")
    routes = ((delivery.mapping if delivery else None) or {}).get("routes")
    if routes is None or not routes.mapping:
        return
    boxes = sorted({site.box for site in sites if site.box})
    for box in routes.mapping:
        if box not in boxes:
            yield route_unknown(routes.key(box), box, boxes)


def route_unknown(place: Source, box: str, boxes: Sequence[str]) -> Problem:
    """The manifest names a route for a box that no site is in.

    Fix: write the route's name as it stands in the column `box` of the table of sites.
    """
    hint = did_you_mean(box, boxes) if boxes else "give the table of sites a column box"
    said = f'no site is in the box "{box}"'
    return Problem("route-unknown", said, place, hint, Severity.WARNING)


CODES = {"route-unknown": route_unknown}
