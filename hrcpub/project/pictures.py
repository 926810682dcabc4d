"""A named picture to its facts: a PNG or JPEG, whole, and not larger than any page can show."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable
from typing import NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.words import Image


class Picture(NamedTuple):
    """A picture that was found sound."""

    sha256: str
    width: int  # pixels
    height: int


class PictureLimit(NamedTuple):
    """How large a picture may be, in pixels."""

    area: int
    side: int


# A full 11 x 17 in page at 600 ppi has 67 million pixels; 65,535 is the longest side of a JPEG.
LIMIT = PictureLimit(80_000_000, 65_535)


def read_bytes(image: Image, sources: Sources) -> bytes:
    """Return a picture's file; raise HrcpubError, placed where it is named, when there is none."""
    try:
        return sources.read(image.file.text)
    except HrcpubError as error:
        raise HrcpubError(image_missing(image, error.problems[0])) from None


def prove(
    image: Image,
    data: bytes,
    limit: PictureLimit = LIMIT,
    too_large: Callable[[Image, str], Problem] | None = None,
) -> Picture:
    """Return a picture's facts when all of it can be decoded; its header is looked at before.

    Raises HrcpubError when it is damaged, neither PNG nor JPEG, or over the limit; `too_large`
    makes the Problem of the last of these.
    """
    too_large = too_large or image_large
    from PIL import Image as Pillow
    from PIL import ImageFile, UnidentifiedImageError

    # WeasyPrint 70 lets Pillow pad what is cut short, for the whole process: it would print so.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures on the terminal; here they are refused by their size.
            warnings.simplefilter("ignore")
            with Pillow.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                width, height = picture.size
                if max(width, height) > limit.side or width * height > limit.area:
                    raise HrcpubError(too_large(image, f"is {width:,} x {height:,} pixels"))
                picture.load()
    except UnidentifiedImageError:
        raise HrcpubError(image_broken(image, "it is another kind of file")) from None
    except Pillow.DecompressionBombError:  # Pillow does not even open what is over 178 million
        raise HrcpubError(too_large(image, "has over 100 million pixels")) from None
    except HrcpubError:
        raise
    except Exception as error:  # Pillow raises what its decoders raise
        raise HrcpubError(image_broken(image, str(error))) from None
    return Picture(hashlib.sha256(data).hexdigest(), width, height)


def image_missing(image: Image, why: Problem) -> Problem:
    """A picture is named that is not there, or lies outside the project.

    Fix: write its path from the project's folder: `materials/images/van.jpg`.
    """
    return Problem("image-missing", why.message, image.file.source, why.hint)


def image_broken(image: Image, reason: str) -> Problem:
    """A picture's file is damaged, cut short, or neither PNG nor JPEG.

    Fix: save it again from the program it was made with, as PNG or JPEG.
    """
    return Problem(
        "image-broken",
        f"{image.file} cannot be read as PNG or JPEG: {reason}",
        image.file.source,
        "save it again as PNG or JPEG",
    )


def image_large(image: Image, said: str) -> Problem:
    """A picture has more pixels than any page here can show.

    Fix: save a smaller copy. 300 pixels to the printed inch are enough, 600 for line art. The most
    is 80 million pixels; an 11 x 17 in page has 67 million at 600 pixels to the inch.
    """
    return Problem(
        "image-large",
        f"{image.file} {said}",
        image.file.source,
        "save it at 300 pixels to the printed inch",
    )


CODES = {"image-missing": image_missing, "image-broken": image_broken, "image-large": image_large}
