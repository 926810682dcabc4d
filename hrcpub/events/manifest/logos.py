"""A picture's path to a `Logo`: read whole once, PNG or JPEG, of a size that prints and no bomb."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

from hrcpub.events.manifest.event import Logo
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.material import image_broken, image_missing
from hrcpub.project.slots import Image

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS = 40_000_000  # a full Letter page at 600 ppi has 34 million
WIDEST = 10_000  # pixels of a side: a poster's width at 900 ppi


def read_logo(image: Image, sources: Sources, known: dict[str, Logo] | None = None) -> Logo:
    """Return a logo; raise HrcpubError when it is not there, damaged, too large, or no PNG or JPEG.

    `known` holds those of one table by path: a picture is decoded once, however many sites have it.
    """
    path = image.file.text
    if known and path in known:
        return replace(known[path], alt=image.alt.text)
    logo = Logo(path, image.alt.text, *_proven(image, sources))
    if known is not None:
        known[path] = logo
    return logo


def _proven(image: Image, sources: Sources) -> tuple[str, int, int]:
    """Return a picture's SHA-256, width and height, when all of it can be decoded."""
    try:
        data = sources.read(image.file.text)
    except HrcpubError as error:
        raise HrcpubError(image_missing(image, error.problems[0])) from None
    if data.lstrip()[:5].lower() in (b"<?xml", b"<svg ") or _says_svg(image):
        raise HrcpubError(logo_unfit(image, "is an SVG", "export it as PNG, 1000 pixels wide"))
    width, height = _decoded(image, data)
    return hashlib.sha256(data).hexdigest(), width, height


def _says_svg(image: Image) -> bool:
    return image.file.text.lower().endswith((".svg", ".svgz"))


def _decoded(image: Image, data: bytes) -> tuple[int, int]:
    """Return a picture's size after all of it was decoded; its header is looked at before."""
    from PIL import Image as Pictures
    from PIL import ImageFile, UnidentifiedImageError

    # WeasyPrint 70 lets Pillow pad what is cut short, for the whole process: it would print so.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures on the terminal; here they are refused by their size.
            warnings.simplefilter("ignore")
            with Pictures.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                _stop_when_large(image, picture)
                picture.load()
                return picture.size
    except UnidentifiedImageError:
        raise HrcpubError(image_broken(image, "it is no such picture")) from None
    except Pictures.DecompressionBombError:
        raise HrcpubError(_large(image, "has over 100 million pixels")) from None
    except HrcpubError:
        raise
    except Exception as error:  # Pillow raises what its decoders raise
        raise HrcpubError(image_broken(image, str(error))) from None


def _stop_when_large(image: Image, picture: Picture) -> None:
    width, height = picture.size
    if max(width, height) > WIDEST or width * height > MOST_PIXELS:
        raise HrcpubError(_large(image, f"is {width:,} x {height:,} pixels"))


def _large(image: Image, said: str) -> Problem:
    return logo_unfit(image, said, "save it at about 1000 pixels wide")


def logo_unfit(image: Image, said: str, hint: str) -> Problem:
    """A partner's or site's logo is of a kind or size that is not taken.

    Logos are PNG or JPEG, at most 10,000 pixels a side and 40 million in all: an inch of print
    needs 300 to 600. SVG is not taken from partners, since such a file can do more than draw;
    export a PNG from it.
    """
    return Problem("logo-unfit", f"{image.file} {said}", image.file.source, hint)


CODES = {"logo-unfit": logo_unfit}
