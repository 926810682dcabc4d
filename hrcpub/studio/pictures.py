"""Pictures that are dropped into a form: proven, named, and kept with those of the project."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata

from hrcpub.files.cache import write_whole
from hrcpub.files.sources import Sources
from hrcpub.pipeline.photographs import PictureView, make_master
from hrcpub.pipeline.photographs.master import FINEST
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.pictures import KINDS, prove
from hrcpub.project.words import Image, Words
from hrcpub.units import Size

FOLDER = "materials/images"
LARGEST_UPLOAD = 40 * 2**20  # bytes: photographs of the largest cameras have 30 MB
PREVIEW = 480  # pixels of the longer side
_ENOUGH = PREVIEW * 72 / FINEST  # points of a page that shows as many: no master need be finer


def add_picture(sources: Sources, name: str, data: bytes) -> str:
    """Return the path of a new picture of the project; the same picture is not kept twice.

    Raises HrcpubError when it cannot be read as a picture, or be written.
    """
    picture = prove(image_named(name), data)
    ending = next(ending for ending, kind in KINDS.items() if kind == picture.kind)
    return keep(sources, name, ending, data)


def keep(sources: Sources, name: str, ending: str, data: bytes) -> str:
    """Return where a file is kept now; raise HrcpubError when it cannot be written."""
    stem, sha256 = _stem(name), hashlib.sha256(data).hexdigest()
    for number in range(1, 1000):
        path = f"{FOLDER}/{stem}{f'-{number}' if number > 1 else ''}.{ending}"
        digest = sources.digest(path)
        if digest == sha256:
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

    It is upright and in the colours that pages show. `file` comes from a window: the door to the
    project's files refuses what is outside.
    """
    data = sources.read(file)
    prove(image_named(file), data)
    master = make_master(data, PictureView(), Size(_ENOUGH, _ENOUGH))
    picture = master.picture
    if master.alpha:
        picture = picture.convert("RGB")
        picture.putalpha(master.alpha)
    picture.thumbnail((PREVIEW, PREVIEW))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def image_named(name: str) -> Image:
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
