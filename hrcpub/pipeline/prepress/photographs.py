"""Pictures as an edition prints them, in place of the empty ones that pages were laid out with.

Each gets the pixels and the colours that the edition needs: 220 pixels to the inch in sRGB on a
screen, 300 in the inks of a press, 300 in grey for an office printer. Photographs are JPEG of the
lowest quality that looks the same, drawings stay as they are, line screens are made anew.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import pydyf

from hrcpub.pipeline.photographs import Master, is_bitmap, lined, smallest_jpeg
from hrcpub.pipeline.prepress import placements
from hrcpub.pipeline.prepress.inks import MOST_PICTURES, InkConversion
from hrcpub.pipeline.prepress.objects import PdfEntries, resolve, streams
from hrcpub.units import Size

if TYPE_CHECKING:
    from PIL.Image import Image

SHINE = "Shine"  # the graphics state in which the paper's colour shines through
_FINE = 2  # so many times as fine are drawings: their edges show steps sooner


class Needs(NamedTuple):
    """What an edition needs of photographs. Without inks they stay in screen colours."""

    ppi: float
    is_black: bool  # black alone is printed
    inks: InkConversion | None = None


class WrittenPicture(NamedTuple):
    """The bytes of an image XObject and of its mask, with what they are."""

    size: tuple[int, int]
    space: str
    bits: int
    data: bytes
    is_jpeg: bool
    is_inverted: bool = False  # Pillow writes CMYK as Adobe does
    mask: WrittenPicture | None = None


def place(pdf: pydyf.PDF, masters: Mapping[str, Master], needs: Needs) -> None:
    """Put the pictures of an edition in their places."""
    if not masters:
        return
    sizes = placements.sizes(pdf)
    names: dict[int, str] = {}
    for resources in _resources(pdf):
        pictures = resources["XObject"]
        for name in [name for name in pictures if name in masters]:
            stream = resolve(pdf, pictures[name])
            names[id(stream)] = name
            if masters[name].is_black:
                resources["ExtGState"][SHINE] = pydyf.Dictionary({"BM": "/Multiply"})
    for stream in [stream for stream in pdf.objects if id(stream) in names]:
        name = names[id(stream)]
        _fill(pdf, stream, written(masters[name], sizes.get(name), needs))
    _let_shine(pdf, {name for name, master in masters.items() if master.is_black})


def _resources(pdf: pydyf.PDF) -> Iterator[PdfEntries]:
    """Yield the dictionaries of resources that name pictures or forms."""
    for entries in pdf.objects:
        if isinstance(entries, dict) and "XObject" in entries and "ExtGState" in entries:
            yield entries


def _fill(pdf: pydyf.PDF, stream: pydyf.Stream, picture: WrittenPicture) -> None:
    """Replace an image XObject by a picture, and give it its mask."""
    stream.stream, stream.compress = [picture.data], not picture.is_jpeg
    for name in ("Filter", "DecodeParms", "Decode"):
        stream.extra.pop(name, None)
    stream.extra |= _entries(picture)
    if picture.mask:
        mask = pydyf.Stream([picture.mask.data], _entries(picture.mask), compress=True)
        pdf.add_object(mask)
        stream.extra["SMask"] = mask.reference


def _entries(picture: WrittenPicture) -> dict[str, object]:
    entries: dict[str, object] = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": picture.size[0],
        "Height": picture.size[1],
        "ColorSpace": picture.space,
        "BitsPerComponent": picture.bits,
        "Interpolate": "false",
    }
    if picture.is_jpeg:
        entries["Filter"] = "/DCTDecode"
    if picture.is_inverted:
        entries["Decode"] = pydyf.Array([1, 0] * 4)
    return entries


def _let_shine(pdf: pydyf.PDF, black: set[str]) -> None:
    """Paint black pictures so that they darken what is under them, as ink on paper does."""
    wanted = {f"/{name} Do".encode() for name in black}
    for stream in streams(pdf) if black else ():
        if not wanted.isdisjoint(_bytes(part) for part in stream.stream):
            shining: list[object] = []
            for part in stream.stream:
                shining += [f"/{SHINE} gs", part] if _bytes(part) in wanted else [part]
            stream.stream = shining


def _bytes(part: object) -> bytes:
    """Return an operator; nothing for the objects that pydyf has in streams of pictures."""
    if isinstance(part, str):
        return part.encode()
    return part if isinstance(part, bytes) else b""


@lru_cache(maxsize=MOST_PICTURES)
def written(master: Master, place: Size | None, needs: Needs) -> WrittenPicture:
    """Return a picture as it is written; `place` is its size, None: not known."""
    if master.is_lined and place:
        return _flate(lined(_on_white(master), place, is_soft=not (needs.is_black or needs.inks)))
    size = _pixels(master, place, needs.ppi)
    picture = _resized(master.picture, size)
    if needs.is_black:
        picture = picture.convert("L")
    if needs.inks and not (picture.mode == "L" and master.is_bitmap):
        picture = needs.inks.photograph(picture)
    mask = _flate(_resized(master.alpha, size)) if master.alpha else None
    made = _flate(_bits(picture)) if master.is_drawing else _jpeg(picture)
    return made._replace(mask=mask)


def _on_white(master: Master) -> Image:
    """Return a picture on white paper, where it is transparent."""
    from PIL import Image

    if master.alpha is None:
        return master.picture
    white = Image.new("L", master.picture.size, 255)
    return Image.composite(master.picture.convert("L"), white, master.alpha)


def _pixels(master: Master, place: Size | None, ppi: float) -> tuple[int, int]:
    """Return how many pixels a picture keeps across and down: no more than it shows."""
    width, height = master.picture.size
    if place is None or master.is_bitmap:
        return width, height
    fine = ppi / 72 * (_FINE if master.is_drawing else 1)
    share = min(1.0, max(place.width * fine / width, place.height * fine / height))
    return math.ceil(width * share - 0.01), math.ceil(height * share - 0.01)


def _resized(picture: Image, size: tuple[int, int]) -> Image:
    from PIL.Image import Resampling

    return picture if picture.size == size else picture.resize(size, Resampling.LANCZOS)


def _bits(picture: Image) -> Image:
    """Return a picture of black and white alone with one bit for a pixel."""
    return picture.point(lambda level: level, "1") if is_bitmap(picture) else picture


def _flate(picture: Image) -> WrittenPicture:
    bits = 1 if picture.mode == "1" else 8
    return WrittenPicture(picture.size, _space(picture), bits, picture.tobytes(), False)


def _jpeg(picture: Image) -> WrittenPicture:
    data, is_inverted = smallest_jpeg(picture), picture.mode == "CMYK"
    return WrittenPicture(picture.size, _space(picture), 8, data, True, is_inverted)


def _space(picture: Image) -> str:
    return {"RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}.get(picture.mode, "/DeviceGray")
