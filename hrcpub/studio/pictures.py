"""Pictures that are dropped into a form: proven, named, and kept with those of the project."""

from __future__ import annotations

import io
import re
import unicodedata

from hrcpub.files.cache import write_whole
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.pictures import KINDS, opened, prove
from hrcpub.project.words import Image, Words

FOLDER = "materials/images"
LARGEST_UPLOAD = 40 * 2**20  # bytes: photographs of the largest cameras have 30 MB
PREVIEW = 480  # pixels of the longer side


def add_picture(sources: Sources, name: str, data: bytes) -> str:
    """Return the path of a new picture of the project; the same picture is not kept twice.

    Raises HrcpubError when it cannot be read as a picture, or be written.
    """
    picture = prove(_image(name), data)
    ending = next(ending for ending, kind in KINDS.items() if kind == picture.kind)
    stem = _stem(name)
    for number in range(1, 1000):
        path = f"{FOLDER}/{stem}{f'-{number}' if number > 1 else ''}.{ending}"
        digest = sources.digest(path)
        if digest == picture.sha256:
            return path
        if digest is None:
            break
    try:
        write_whole(sources.root / path, data)
    except OSError as error:
        raise HrcpubError(picture_not_kept(name, error.strerror or str(error))) from None
    return path


def preview(sources: Sources, file: str) -> bytes:
    """Return a small PNG of a picture of the project; raise HrcpubError where it cannot be read.

    `file` comes from a window: the door to the project's files refuses what is outside.
    """
    data = sources.read(file)
    prove(_image(file), data)
    with opened(data) as picture:
        picture.draft("RGB", (PREVIEW, PREVIEW))
        picture.thumbnail((PREVIEW, PREVIEW))
        out = io.BytesIO()
        picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(out, "PNG")
    return out.getvalue()


def _image(name: str) -> Image:
    """Return a picture as its checks know it: by its name alone."""
    return Image(Words(name, Source(name), ""), Words("", Source(name), ""))


def _stem(name: str) -> str:
    """Return a file's name as files of a project are named: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name.rpartition(".")[0] or name).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower()).strip("-")[:60] or "picture"


def picture_not_kept(name: str, reason: str) -> Problem:
    """A picture could not be written into the project.

    Fix: make room on the disk, or allow writing in `materials/images/`; then drop it in again.
    """
    return Problem(
        "picture-not-kept",
        f"{name} could not be kept: {reason}",
        None,
        f"make room, or allow writing in {FOLDER}, and drop it in again",
    )


CODES = {"picture-not-kept": picture_not_kept}
