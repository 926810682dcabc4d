"""A site and its `Imprint` to what its author should know of it."""

from __future__ import annotations

from collections.abc import Iterator

from hrcpub.events.imprint.imprint import Imprint
from hrcpub.events.imprint.problems import logo_coarse, logo_left_out
from hrcpub.events.manifest.event import Site
from hrcpub.problems import Problem

COARSE = 150.0  # pixels to the inch: what a preflight warns of


def remarks(site: Site, imprint: Imprint) -> tuple[Problem, ...]:
    """Return what its author should know of an imprint that can be printed."""
    return (*imprint.left_out, *_of_logo(site, imprint))


def _of_logo(site: Site, imprint: Imprint) -> Iterator[Problem]:
    if site.logo is None:
        return
    if imprint.logo is None:
        yield logo_left_out(site.logo.path, site.name, imprint.area)
        return
    resolution = site.logo.width / imprint.logo.width * 72
    if resolution < COARSE:
        yield logo_coarse(site.logo.path, resolution, site.name)
