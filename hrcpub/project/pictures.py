"""A named picture to its facts: of a kind that can be read, whole, and no larger than any page."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import io
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.words import Image

if TYPE_CHECKING:
    from PIL.Image import Image as PillowImage


class Picture(NamedTuple):
    """A picture that was found sound."""

    sha256: str
    width: int  # pixels, as it is stored
    height: int
    kind: str = ""  # PNG, JPEG, WEBP, AVIF or HEIF, whatever its name says


class PictureLimit(NamedTuple):
    """How large a picture may be, in pixels."""

    area: int
    side: int


# A full 11 x 17 in page at 600 ppi has 67 million pixels; 65,535 is the longest side of a JPEG.
LIMIT = PictureLimit(80_000_000, 65_535)

# What the ends of names say. MPO is what some cameras write as JPEG.
KINDS = {
    "png": "PNG",
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "webp": "WEBP",
    "avif": "AVIF",
    "heic": "HEIF",
    "heif": "HEIF",
}
PHOTOGRAPHS = ("JPEG", "WEBP", "AVIF", "HEIF")  # kinds that cameras and telephones make
_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")  # of ISO/IEC 23008-12


@contextlib.contextmanager
def opened(data: bytes) -> Iterator[PillowImage]:
    """Open a picture of a kind that we take; Pillow raises what it cannot read.

    AVIF and HEIC only where Pillow has their decoders. HEIC's is a package of its own.
    """
    from PIL import Image as Pillow
    from PIL import ImageFile

    # WeasyPrint 70 lets Pillow pad what is cut short, for the whole process: it would print so.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    if _is_heic(data):
        _learn_heic()
    Pillow.init()
    known = [kind for kind in ("PNG", "JPEG", "MPO", *PHOTOGRAPHS[1:]) if kind in Pillow.OPEN]
    with warnings.catch_warnings():
        # Pillow warns of large pictures on the terminal; here they are refused by their size.
        warnings.simplefilter("ignore")
        with Pillow.open(io.BytesIO(data), formats=known) as picture:
            yield picture


def eight_bits(picture: PillowImage) -> PillowImage:
    """Return a grey picture of 16 bits with 8, any other as it is.

    Pillow's convert() would make all but its darkest levels white.
    """
    if not picture.mode.startswith("I;16"):
        return picture
    return picture.point(lambda level: level / 256).convert("L")


def _is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC


def _learn_heic() -> bool:
    """Let Pillow read HEIC, and return whether it can: pillow-heif may be installed, or not."""
    try:
        from pillow_heif import register_heif_opener  # type: ignore[import-not-found]
    except ImportError:
        return False
    register_heif_opener()
    return True


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

    Raises HrcpubError when it is damaged, of a kind that cannot be read, or over the limit;
    `too_large` makes the Problem of the last of these.
    """
    too_large = too_large or image_large
    from PIL import Image as Pillow
    from PIL import UnidentifiedImageError

    if _is_heic(data) and not _learn_heic():
        raise HrcpubError(image_heic(image))
    try:
        with opened(data) as picture:
            width, height = picture.size
            if max(width, height) > limit.side or width * height > limit.area:
                raise HrcpubError(too_large(image, f"is {width:,} x {height:,} pixels"))
            kind = str(picture.format).replace("MPO", "JPEG")
            # All of a JPEG's data is read, at an eighth of its size: a quarter of the time.
            picture.draft(None, (max(1, width // 8), max(1, height // 8)))
            picture.load()
    except UnidentifiedImageError:
        raise HrcpubError(image_broken(image, "it is another kind of file")) from None
    except Pillow.DecompressionBombError:  # Pillow does not even open what is over 178 million
        raise HrcpubError(too_large(image, "has over 100 million pixels")) from None
    except HrcpubError:
        raise
    except Exception as error:  # Pillow raises what its decoders raise
        raise HrcpubError(image_broken(image, str(error))) from None
    return Picture(hashlib.sha256(data).hexdigest(), width, height, kind)


def misnamed(image: Image, picture: Picture) -> Problem | None:
    """Return a Problem when a picture's name says another kind than it is."""
    said = KINDS.get(image.file.text.rpartition(".")[2].lower())
    return None if said == picture.kind else image_misnamed(image, picture.kind)


def consented(image: Image, picture: Picture, sources: Sources) -> Problem | None:
    """Return a Problem when nothing says that the people in a photograph agreed, or for how long.

    Drawings are PNG or SVG: of them nothing is asked.
    """
    if image.consent is None:
        return consent_missing(image) if picture.kind in PHOTOGRAPHS else None
    until = image.consent.until
    if until and sources.is_over(until):
        return consent_over(image, until)
    return None


def image_missing(image: Image, why: Problem) -> Problem:
    """A picture is named that is not there, or lies outside the project.

    Fix: write its path from the project's folder: `materials/images/van.jpg`.
    """
    return Problem("image-missing", why.message, image.file.source, why.hint)


def image_broken(image: Image, reason: str) -> Problem:
    """A picture's file is damaged, cut short, or of a kind that cannot be read.

    Fix: save it again from the program it was made with, as PNG or JPEG. WebP can be read too.
    """
    return Problem(
        "image-broken",
        f"{image.file} cannot be read as a picture: {reason}",
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
        f"{image.file} {said}, more than any page here shows",
        image.file.source,
        "save it at 300 pixels to the printed inch",
    )


def image_heic(image: Image) -> Problem:
    """A photograph is of the kind that iPhones make (HEIC), which cannot be read here.

    Fix: save it as JPEG. On a Mac, open it in Preview and choose File > Export; elsewhere any
    program for photographs does it. An iPhone makes JPEG by itself when you choose Settings >
    Camera > Formats > Most Compatible. Or install the package `pillow-heif` beside hrcpub, which
    reads them.
    """
    return Problem(
        "image-heic",
        f"{image.file} is a HEIC photograph, which cannot be read here",
        image.file.source,
        "save it as JPEG (on a Mac: Preview, File > Export)",
    )


def image_misnamed(image: Image, kind: str) -> Problem:
    """A picture's file is of another kind than its name says.

    Fix: give its name the ending of its kind, in the folder and in the material. It prints either
    way, but other programs may refuse it. If you did not know of what kind it is, look at it: it
    may be another picture than you think.
    """
    ending = next(ending for ending, known in KINDS.items() if known == kind)
    return Problem(
        "image-misnamed",
        f"{image.file} is a {kind} file, whatever its name says",
        image.file.source,
        f"let its name end in .{ending}",
        Severity.WARNING,
    )


def consent_missing(image: Image) -> Problem:
    """Nothing says whether the people in a photograph agreed that it is shown.

    Fix: write `consent:` with `by:` (who agreed, or where the signed paper is kept), `on:` (the
    day) and, if there is one, `until:`. Where nobody can be recognised, write `consent: not
    needed`. It is kept with the piece and never printed. A face in a pamphlet about drugs can cost
    somebody a job, a flat or a child.
    """
    return Problem(
        "consent-missing",
        f"nothing says who agreed that {image.file} is shown",
        image.file.source,
        'add consent: with by: and on:, or "consent: not needed" where nobody is seen',
        Severity.NOTE,
    )


def consent_over(image: Image, until: datetime.date) -> Problem:
    """The people in a photograph agreed that it is shown for a time, and that time is over.

    Fix: ask them again, and set `on` and `until`; or take the photograph out. Do not print more
    copies until then.
    """
    return Problem(
        "consent-over",
        f"{image.file} may be shown until {until}",
        image.file.source,
        "ask again and set on: and until:, or take the photograph out",
        Severity.WARNING,
    )


CODES = {
    "image-missing": image_missing,
    "image-broken": image_broken,
    "image-large": image_large,
    "image-heic": image_heic,
    "image-misnamed": image_misnamed,
    "consent-missing": consent_missing,
    "consent-over": consent_over,
}
