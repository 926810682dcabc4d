"""A picture's path to a `Logo`: read whole once, PNG or JPEG, of a size that prints."""

from __future__ import annotations

from dataclasses import replace

from hrcpub.events.manifest.event import Logo
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.pictures import PictureLimit, prove, read_bytes
from hrcpub.project.words import Image

# A full Letter page at 600 ppi has 34 million pixels; a poster's width at 900 ppi is 10,000.
LIMIT = PictureLimit(40_000_000, 10_000)


def read_logo(image: Image, sources: Sources, known: dict[str, Logo] | None = None) -> Logo:
    """Return a logo; raise HrcpubError when it is missing, damaged, too large, or not PNG or JPEG.

    `known` holds those of one table by path: a picture is decoded once, however many sites have it.
    """
    path = image.file.text
    if image.is_decorative:
        hint = "give it an alt: the organisation's name"
        raise HrcpubError(logo_unfit(image, "says whose it is, so it is not decorative", hint))
    if known and path in known:
        return replace(known[path], alt=image.alt.text)
    data = read_bytes(image, sources)
    if _is_svg(path, data):
        raise HrcpubError(logo_unfit(image, "is an SVG", "export it as PNG, 1000 pixels wide"))
    logo = Logo(path, image.alt.text, *prove(image, data, LIMIT, _large)[:3])
    if known is not None:
        known[path] = logo
    return logo


def _is_svg(path: str, data: bytes) -> bool:
    """Return whether a picture is an SVG, by its name or by how its file begins."""
    is_named_so = path.lower().endswith((".svg", ".svgz"))
    return is_named_so or data.lstrip()[:5].lower() in (b"<?xml", b"<svg ")


def _large(image: Image, said: str) -> Problem:
    return logo_unfit(image, said, "save it at about 1000 pixels wide")


def logo_unfit(image: Image, said: str, hint: str) -> Problem:
    """A partner's or site's logo is of a kind or size that cannot be used, or says nothing.

    Fix: save it as PNG or JPEG, about 1000 pixels wide; an inch of print needs 300 to 600. The
    most is 10,000 pixels a side, and 40 million in all. SVGs from partners are refused, since such
    files can do more than draw: export a PNG from it.
    """
    return Problem("logo-unfit", f"{image.file} {said}", image.file.source, hint)


CODES = {"logo-unfit": logo_unfit}
