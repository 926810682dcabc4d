"""The `logo:` of an organisation to an `OwnLogo`: a drawing or a picture that can sign any piece.

Pieces are printed in one black ink, so a logo is a shape: where it is dark there is ink, where it
is light there is paper. A drawing in one colour is that shape, and is its reverse too. All others
are taken by how dark they are, and need a file of their own for black ground.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project import drawings, drawn_colours, slot_problems, slots
from hrcpub.project.by_language import read_by_language
from hrcpub.project.drawn_colours import BLACK, PaintedColour
from hrcpub.project.pictures import eight_bits, opened, prove, read_bytes
from hrcpub.project.slots import Slot
from hrcpub.project.words import Image, Words
from hrcpub.records import record

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

_FILE = Slot("line", "its file, SVG or PNG, from the project's folder", required=True)
_REVERSED = Slot("line", "the same for black ground, if `file` is not a drawing in one colour")
ALT = Slot("line", "what it says, if not the name", limit=120)
FIELDS = {"file": _FILE, "reversed": _REVERSED, "alt": Slot("any", ALT.about)}
LEAST_SHARE = 150 / 225  # of the pixels that a logo takes: with fewer it is an error
_SEEN = 12  # of 255: what is darker than this belongs to the shape
_STEP = 24  # of 255: how far the pixels of a picture in one colour may be from a tint of it
_DEEPEST = 100  # elements within each other: no program writes so many
_SAMPLE = 200  # pixels a side, in which a picture's colours are looked for
_STRAY = 0.02  # of these: how many may be of another colour


@record
class Drawing:
    """An SVG that is drawn well."""

    data: bytes
    box: tuple[float, float, float, float]  # left, top, width, height of what it shows
    is_flat: bool  # in one colour and white; for black ground, in white and black


@record
class Stencil:
    """A picture of pixels as a shape: 255 is ink, 0 is paper, cut to where there is any."""

    levels: bytes  # a row of bytes under the other, from the top
    width: int
    height: int


@record
class LogoFile:
    """A file that was found sound."""

    file: Words
    shape: Drawing | Stencil

    @property
    def ratio(self) -> float:
        """Return how many times as wide as high it is."""
        if isinstance(self.shape, Drawing):
            return self.shape.box[2] / self.shape.box[3]
        return self.shape.width / self.shape.height


@record
class OwnLogo:
    """What signs pieces in place of the name in type."""

    black: LogoFile  # for paper
    reversed: LogoFile | None  # for black ground; None: the other one, if it is flat
    alts: Mapping[str, Words]  # by language, as names are


def read_logo(
    node: Node, names: Mapping[str, Words], sources: Sources, problems: list[Problem]
) -> OwnLogo | None:
    """Return the logo that a text or a group names; None where it has mistakes, which are noted."""
    if node.mapping is None:
        file: Words | None = slots.check(node, _FILE, "logo", problems)
        values: dict[str, Any] = {"file": file}
    else:
        values = slots.check(node, Slot("group", fields=FIELDS), "logo", problems) or {}
    alts = read_by_language(values.get("alt"), ALT, "logo.alt", problems) or dict(names)
    black = _file(values.get("file"), sources, problems)
    white = _file(values.get("reversed"), sources, problems, is_reversed=True)
    if black and not alts:
        problems.append(slot_problems.missing(node.source, "logo.alt", ALT.about))
    return OwnLogo(black, white, alts) if black else None


def _file(
    file: Words | None, sources: Sources, problems: list[Problem], is_reversed: bool = False
) -> LogoFile | None:
    """Return a sound file; note what is wrong with it, at the line that names it."""
    if file is None:
        return None
    image = Image(file, file)
    try:
        shape = read_shape(image, read_bytes(image, sources), is_reversed)
    except HrcpubError as error:
        problems += error.problems
        return None
    return LogoFile(file, shape)


def read_shape(image: Image, data: bytes, is_reversed: bool = False) -> Drawing | Stencil:
    """Return a file's shape; raise HrcpubError with what is wrong with it."""
    is_drawing = image.file.text.lower().endswith(".svg")
    return (_drawing if is_drawing else _stencil)(image, data, is_reversed)


def _drawing(image: Image, data: bytes, is_reversed: bool) -> Drawing:
    """Return a drawing; raise HrcpubError with what is wrong in it, at its own line."""
    if wrong := drawings.of_file(data, image.file.text):
        raise HrcpubError(*(_of_logo(problem) for problem in wrong))
    root = ElementTree.fromstring(data)
    if drawn_colours.depth(root) > _DEEPEST:
        raise HrcpubError(logo_uneven(image, f"has groups in groups, over {_DEEPEST} deep"))
    box = drawn_colours.shown(root)
    if box is None:
        raise HrcpubError(logo_unsized(image))
    if (uneven := drawn_colours.uneven(root)) is not None:
        what = "a picture" if drawings.local_name(uneven) == "image" else "a gradient or a pattern"
        raise HrcpubError(logo_uneven(image, f"has {what} in it"))
    try:
        colours = drawn_colours.painted(root)
    except ValueError as error:
        raise HrcpubError(
            logo_uneven(image, f"has a colour that cannot be read: {error}")
        ) from None
    if all(colour.is_like(BLACK) if is_reversed else colour.is_white for colour in colours):
        raise HrcpubError(logo_empty(image))
    is_flat = drawn_colours.are_flat(colours, of=BLACK if is_reversed else None)
    return Drawing(data, box, is_flat)


def _of_logo(problem: Problem) -> Problem:
    """Return what is wrong in a drawing with what to do of a logo: no page sets its words."""
    hint = "turn them into outlines, in the program that it was drawn with, and save it again"
    return replace(problem, hint=hint) if problem.code == "svg-words" else problem


def _stencil(image: Image, data: bytes, is_reversed: bool) -> Stencil:
    """Return a picture as a shape; of one for black ground, what is light is the shape."""
    prove(image, data)
    from PIL import Image as Pillow
    from PIL import ImageOps

    with opened(data) as picture:
        layer = eight_bits(ImageOps.exif_transpose(picture)).convert("RGBA")
    ground = Pillow.new("RGBA", layer.size, "black" if is_reversed else "white")
    flat = Pillow.alpha_composite(ground, layer).convert("RGB")
    grey = flat.convert("L")
    full = 255 if is_reversed else max(1, round(255 * _fullest(flat)))
    levels = grey.point(
        [
            min(255, round(255 * (level if is_reversed else 255 - level) / full))
            for level in range(256)
        ]
    )
    box = levels.point([255 * (level > _SEEN) for level in range(256)]).getbbox()
    if box is None:
        raise HrcpubError(logo_empty(image))
    cut = levels.crop(box)
    return Stencil(cut.tobytes(), *cut.size)


def small_png(stencil: Stencil, most: int, is_reversed: bool = False) -> bytes:
    """Return a shape in black on white, or in white on black, with `most` pixels a side."""
    from PIL import Image as Pillow
    from PIL import ImageOps

    levels = Pillow.frombytes("L", (stencil.width, stencil.height), stencil.levels)
    levels.thumbnail((most, most))
    out = io.BytesIO()
    (levels if is_reversed else ImageOps.invert(levels)).save(out, "PNG")
    return out.getvalue()


def _fullest(flat: Pixels) -> float:
    """Return how dark full ink is in a picture: as its colour, or as the darkest of several.

    It has one colour when all others are tints of that of which there is most, but for the few that
    JPEG blurs at edges.
    """
    from PIL import Image as Pillow

    sample = flat.copy()
    sample.thumbnail((_SAMPLE, _SAMPLE), Pillow.Resampling.NEAREST)
    counted: Any = sample.getcolors(_SAMPLE * _SAMPLE)  # of RGB pixels: counts and levels
    pixels = [(count, PaintedColour(*levels)) for count, levels in counted]
    ink = max(pixels, key=lambda pixel: pixel[0] * pixel[1].darkness)[1]
    others = sum(count for count, pixel in pixels if not _is_tint(pixel, ink))
    if others < _STRAY * sample.width * sample.height:
        return ink.darkness
    return max(pixel.darkness for _, pixel in pixels)


def _is_tint(colour: PaintedColour, ink: PaintedColour) -> bool:
    """Return whether a colour is an ink, more or less thinned to white."""
    tint = colour.darkness / (ink.darkness or 1.0)
    mixed = (255 - tint * (255 - level) for level in ink)
    return all(abs(a - b) <= _STEP for a, b in zip(colour, mixed, strict=True))


def logo_unsized(image: Image) -> Problem:
    """A logo's drawing does not say how large it is, so nobody knows how wide to print it.

    Fix: save it again as plain SVG, from the program that made it. Its first line needs a `viewBox`
    that holds the drawing exactly, without white around it.
    """
    said = f"{image.file} has neither a viewBox nor a width and a height"
    return Problem("logo-unsized", said, image.file.source, "save it again as plain SVG")


def logo_uneven(image: Image, said: str) -> Problem:
    """A logo's drawing has more than shapes in plain colours: a gradient, a pattern, a photo.

    Fix: give the logo as a drawing in one colour, without gradients. Pieces are printed in one
    black ink, often on coloured paper and by an office's printer: there a gradient is a grey smear.
    If there is no such drawing, save the logo as PNG, 600 pixels to the printed inch.
    """
    hint = "take it out, or save the logo as PNG"
    return Problem("logo-uneven", f"{image.file} {said}", image.file.source, hint)


def logo_empty(image: Image) -> Problem:
    """A logo has nothing in it that would be printed: it is white, transparent, or black on black.

    Fix: give the logo for white paper as `file:`, and the white one as `reversed:`, with which
    layouts sign on black ground.
    """
    return Problem(
        "logo-empty",
        f"there is nothing to be seen in {image.file}",
        image.file.source,
        "give the dark logo for paper, and the white one for black ground (reversed:)",
    )


def logo_coarse(file: Words, width: int, wanted: int) -> Problem:
    """A logo has too few pixels for its place, and would have stepped edges.

    Fix: save a larger copy from the program that it was made with; enlarging the picture itself
    does not help. Best is a drawing (SVG), which is sharp at any size. Under 225 pixels to the inch
    is a warning, under 150 an error (GWG 2022 R0031).
    """
    return Problem(
        "logo-coarse",
        f"{file} is {width:,} px wide; where it signs it takes {wanted:,}",
        file.source,
        "save a larger copy, or give it as SVG",
        Severity.ERROR if width < LEAST_SHARE * wanted else Severity.WARNING,
    )


def logo_unreversed(file: Words) -> Problem:
    """A layout signs on black ground, and nobody knows how the logo looks there.

    Fix: give the logo for black ground as `reversed:`, under `logo:` in
    `materials/organisation.yaml`. A drawing in one colour needs none: it is printed in the paper's
    colour.
    """
    return Problem(
        "logo-unreversed",
        f"{file} has several colours, and this layout signs on black ground",
        file.source,
        "give the logo for black ground: logo: {file: …, reversed: …}",
    )


CODES = {
    "logo-unsized": logo_unsized,
    "logo-uneven": logo_uneven,
    "logo-empty": logo_empty,
    "logo-coarse": logo_coarse,
    "logo-unreversed": logo_unreversed,
}
