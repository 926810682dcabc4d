"""The organisation's logo in the studio: taken in, shown as it is printed, and how fine it is."""

from __future__ import annotations

from typing import Any, NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.logo import COARSE, SignColours, drawn_logo
from hrcpub.pipeline.setting.wordmark import logo_size
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.logos import Drawing, LogoFile, OwnLogo, Stencil, read_shape, small_png
from hrcpub.project.pictures import KINDS, prove
from hrcpub.studio.pictures import image_named, keep

SHEET = 558.0  # points: from margin to margin of a Letter sheet, which a wide logo signs across
SHOWN = 960  # pixels of a picture's longer side
_WIDE = 2400  # pixels that are told to who has none yet: more than a sheet takes
_DOCUMENTS = (b"%PDF", b"%!PS", b"\xc5\xd0\xd3\xc6")  # PDF (Illustrator's too), EPS, EPS of DOS


class LogoPicture(NamedTuple):
    """A logo as it is printed: an SVG, or a PNG."""

    data: bytes
    kind: str  # as the web calls it


def add_logo(sources: Sources, name: str, data: bytes, is_reversed: bool = False) -> str:
    """Return the path of a new logo, kept with the project's pictures.

    Raises HrcpubError with all that is wrong with it as a logo.
    """
    if data.lstrip()[:4].startswith(_DOCUMENTS):
        raise HrcpubError(logo_document(name))
    image = image_named(name)
    if _is_drawing(data):
        plain = image_named(f"{name.rpartition('.')[0] or name}.svg")
        read_shape(plain, data, is_reversed)
        return keep(sources, name, "svg", data)
    kind = prove(image, data).kind
    ending = next(ending for ending, known in KINDS.items() if known == kind)
    read_shape(image_named(f"{name.rpartition('.')[0] or name}.{ending}"), data, is_reversed)
    return keep(sources, name, ending, data)


def _is_drawing(data: bytes) -> bool:
    """Return whether a file is XML: what else it might be, its reader says."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def logo_facts(sources: Sources, file: str, is_reversed: bool = False) -> dict[str, Any]:
    """Return what is to be known of a logo before it signs; raise HrcpubError with its mistakes.

    `wanted` are the pixels that it takes across where it signs a Letter sheet.
    """
    shape = _shape(sources, file, is_reversed)
    if isinstance(shape, Drawing):
        return {"is_drawing": True, "is_flat": shape.is_flat}
    width, _ = logo_size(SHEET, shape.width / shape.height)
    return {
        "is_drawing": False,
        "is_flat": False,
        "width": shape.width,
        "height": shape.height,
        "wanted": round(width / 72 * COARSE),
    }


def logo_picture(sources: Sources, file: str, is_reversed: bool = False) -> LogoPicture:
    """Return a logo in black on white, or in white for black ground."""
    shape = _shape(sources, file, is_reversed)
    if isinstance(shape, Stencil):
        return LogoPicture(small_png(shape, SHOWN, is_reversed), "image/png")
    own = LogoFile(image_named(file).file, shape)
    logo = OwnLogo(own, own if is_reversed else None, {})
    colours = ("#ffffff", "#000000") if is_reversed else ("#000000", "#ffffff")
    drawn = drawn_logo(logo, SignColours(*colours), is_reversed)
    return LogoPicture(drawn.files[drawn.name], "image/svg+xml")


def _shape(sources: Sources, file: str, is_reversed: bool) -> Drawing | Stencil:
    """Return a shape; `file` comes from a window: the door refuses what is outside the project."""
    return read_shape(image_named(file), sources.read(file), is_reversed)


def logo_document(name: str) -> Problem:
    """A logo was dropped in as PDF, EPS or an Illustrator file, which pieces cannot be signed with.

    Fix: open it in the program that it was made with, or in Inkscape, which is free, and save it as
    SVG, its words as outlines: it stays sharp at any size. Or export it as PNG, 2,400 pixels wide.
    """
    return Problem(
        "logo-document",
        f"{name} is a PDF or EPS: a logo has to be SVG, PNG or JPEG",
        None,
        f"save it as SVG (in Illustrator or Inkscape), or as PNG, {_WIDE:,} pixels wide",
    )


CODES = {"logo-document": logo_document}
