"""Images of a page to plates: each fits a rectangle of the grid's cells, with its opacity."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image, ImageChops, ImageDraw, ImageOps

from hrcpub.pipeline.preflight.ink.managed import plates as managed_plates
from hrcpub.pipeline.preflight.ink.managed import printed
from hrcpub.pipeline.preflight.ink.samples import samples
from hrcpub.pipeline.preflight.page.bounded import number, numbers
from hrcpub.pipeline.preflight.page.marks import PaintedImage
from hrcpub.pipeline.preflight.page.matrices import place
from hrcpub.pipeline.preflight.page.separation import separate
from hrcpub.pipeline.preflight.page.spaces import InkAmounts, Space
from hrcpub.units import Matrix

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.page.interpreter import Library

from hrcpub.pipeline.preflight.ink.plates import PLATES, Plates


def picture(
    shown: PaintedImage, matrix: Matrix, cells: tuple[int, int, int, int], library: Library
) -> tuple[Image.Image, Plates]:
    """Return a picture's opacity and plates in the cells. Raises ODD for what cannot be read."""
    read = samples(shown.dictionary, shown.data, shown.resources, library)
    bands, space = read.decoded(), read.space
    if space.kind == "Indexed":
        looked_up = _looked_up(bands[0], space, shown.dictionary)
        plates = {name: _fitted(band, matrix, cells) for name, band in looked_up.items()}
    else:
        plates = _plates([_fitted(band, matrix, cells) for band in bands], space)
    alpha = _outline(matrix, cells)
    soft = shown.dictionary.get("/SMask")
    mask = shown.dictionary.get("/Mask")
    if isinstance(soft, pikepdf.Stream):
        if "/Matte" in soft:
            raise ValueError("a picture that is mixed with a colour already")
        band, *_ = samples(soft, None, None, library).decoded()
        alpha = ImageChops.multiply(alpha, _fitted(band, matrix, cells))
    elif isinstance(mask, pikepdf.Stream):
        band, *_ = samples(mask, None, None, library).decoded()
        alpha = ImageChops.multiply(alpha, _fitted(ImageChops.invert(band), matrix, cells))
    elif keyed := _keyed_out(read.bands, shown.dictionary):
        alpha = ImageChops.multiply(alpha, _fitted(ImageChops.invert(keyed), matrix, cells))
    return alpha, plates


def most_ink(shown: PaintedImage, library: Library) -> float:
    """Return the most ink that any pixel of a picture has, in per cent, or up to 2 more.

    Raises ODD for a picture that cannot be read.
    """
    soft = shown.dictionary.get("/SMask")
    if isinstance(soft, pikepdf.Stream) and "/Matte" in soft:
        raise ValueError("a picture that is mixed with a colour already")
    read = samples(shown.dictionary, shown.data, shown.resources, library)
    bands, space = read.decoded(), read.space
    if space.kind == "Indexed":
        plates = _looked_up(bands[0], space, shown.dictionary)
    else:
        plates = _plates(bands, space)
    # Halves, so that sums stay in 8 bits; each of the two steps drops less than a level of four.
    cyan, magenta, yellow, black = (plates[at] for at in range(4))
    pairs = ImageChops.add(cyan, magenta, scale=2), ImageChops.add(yellow, black, scale=2)
    spots = sum(_top(plate) for name, plate in plates.items() if isinstance(name, str))
    return (4 * _top(ImageChops.add(*pairs, scale=2)) + 4 + spots) / 2.55


def _top(band: Image.Image) -> int:
    """Return a band's highest level."""
    return max(level for level, count in enumerate(band.histogram()) if count)


def _keyed_out(bands: list[Image.Image], image: pikepdf.Object) -> Image.Image | None:
    """Return where a picture is left out by its samples (§8.9.6.4); None where it has no key."""
    ranges = numbers(image.get("/Mask"))
    if not ranges:
        return None
    top = (1 << min(int(number(image.get("/BitsPerComponent"), 8)), 8)) - 1
    out: Image.Image | None = None
    for band, low, high in zip(bands, ranges[::2], ranges[1::2], strict=False):
        is_in = [255 if low <= round(level * top / 255) <= high else 0 for level in range(256)]
        mask = band.point(is_in)
        out = mask if out is None else ImageChops.darker(out, mask)
    return out


def stencil(
    shown: PaintedImage, matrix: Matrix, cells: tuple[int, int, int, int], library: Library
) -> Image.Image:
    """Return where a stencil lets paint through (§8.9.6.2)."""
    band, *_ = samples(shown.dictionary, shown.data, shown.resources, library).decoded()
    through = _fitted(ImageChops.invert(band), matrix, cells)
    return ImageChops.multiply(through, _outline(matrix, cells))


def _looked_up(band: Image.Image, space: Space, image: pikepdf.Object) -> Plates:
    """Return an Indexed picture's plates."""
    bits = int(number(image.get("/BitsPerComponent"), 8))
    top = (1 << min(bits, 8)) - 1
    decode = numbers(image.get("/Decode"))
    is_turned = decode == [top, 0]
    if decode not in ([], [0, top], [top, 0]):
        raise ValueError("numbers of a table that lie between two")
    paints: dict[int, InkAmounts] = {}
    tables: dict[int | str, list[int]] = {at: [0] * 256 for at in range(4)}
    for level in range(256):
        index = round(level * top / 255)
        index = top - index if is_turned else index
        if index not in paints:
            paints[index] = printed(space, (float(index),))
        laid: list[tuple[int | str, float]] = [*enumerate(paints[index].process)]
        for name, tint in (*laid, *paints[index].spots):
            tables.setdefault(name, [0] * 256)[level] = round(255 * min(tint, 1))
    return {name: band.point(table) for name, table in tables.items()}


def _plates(bands: list[Image.Image], space: Space) -> Plates:
    """Return fitted bands as plates."""
    managed = managed_plates(bands, space)
    if managed is not None:
        return managed
    family = space.family
    if family == "DeviceCMYK" and len(bands) >= 4:
        return dict(enumerate(bands[:4]))
    if family == "DeviceRGB" and len(bands) >= 3:
        return dict(enumerate(separate(Image.merge("RGB", bands[:3])).split()))
    if family in ("Separation", "DeviceN"):
        plates: Plates = {}
        for name, band in zip(space.names, bands, strict=False):
            if name == "All":
                plates |= dict.fromkeys(range(4), band)
            elif name != "None":
                plates[PLATES.get(name, name)] = band
        return _filled_up(plates, bands[0].size)
    return _filled_up({3: ImageChops.invert(bands[0])}, bands[0].size)


def _filled_up(plates: Plates, size: tuple[int, int]) -> Plates:
    for at in range(4):
        plates.setdefault(at, Image.new("L", size))
    return plates


def _fitted(band: Image.Image, matrix: Matrix, cells: tuple[int, int, int, int]) -> Image.Image:
    """Return a band as it falls on the cells; the matrix leads from its unit square to cells."""
    left, top, right, bottom = cells
    size = (right - left, bottom - top)
    a, b, c, d, e, f = matrix
    # Not turned, but for rounding: then it can be averaged into the cells at once.
    if abs(b) + abs(c) < 1e-6 * (abs(a) + abs(d)):
        if a < 0:
            band, a, e = ImageOps.mirror(band), -a, e + a
        if (
            d > 0
        ):  # the first row of a picture is at its square's upper edge, which is the lower one now
            band, d, f = ImageOps.flip(band), -d, f + d
        wide, high = band.width / a, band.height / -d
        part = (
            min(max((left - e) * wide, 0), band.width - 1e-3),
            min(max((top - (f + d)) * high, 0), band.height - 1e-3),
            min(max((right - e) * wide, 1e-3), band.width),
            min(max((bottom - (f + d)) * high, 1e-3), band.height),
        )
        if part[0] < part[2] and part[1] < part[3]:
            return band.resize(size, Image.Resampling.BOX, box=part)
        return Image.new("L", size)
    return _turned(band, matrix, cells)


def _turned(band: Image.Image, matrix: Matrix, cells: tuple[int, int, int, int]) -> Image.Image:
    """Return a band that is turned: first reduced to the fineness of the cells."""
    a, b, c, d, e, f = matrix
    shrink = min(band.width / max(math.hypot(a, b), 1), band.height / max(math.hypot(c, d), 1))
    # To turn, Pillow looks at four samples only; a fine picture would be sampled and not averaged.
    if shrink >= 2:
        band = band.reduce(int(shrink))
    turned = a * d - b * c
    if not turned:
        return Image.new("L", (cells[2] - cells[0], cells[3] - cells[1]))
    w, h = band.size
    ox, oy = cells[0] - e, cells[1] - f
    u = (d / turned * w, -c / turned * w, (d * ox - c * oy) / turned * w)
    v = (b / turned * h, -a / turned * h, h - (-b * ox + a * oy) / turned * h)
    size = (cells[2] - cells[0], cells[3] - cells[1])
    return band.transform(size, Image.Transform.AFFINE, (*u, *v), Image.Resampling.BILINEAR)


def _outline(matrix: Matrix, cells: tuple[int, int, int, int]) -> Image.Image:
    """Return the unit square as it falls on the cells."""
    size = (cells[2] - cells[0], cells[3] - cells[1])
    if abs(matrix[1]) + abs(matrix[2]) < 1e-6:
        return Image.new("L", size, 255)
    fine = 4
    big = Image.new("L", (size[0] * fine, size[1] * fine))
    corners = [place(matrix, *corner) for corner in ((0, 0), (1, 0), (1, 1), (0, 1))]
    points = [((x - cells[0]) * fine - 0.5, (y - cells[1]) * fine - 0.5) for x, y in corners]
    ImageDraw.Draw(big).polygon(points, 255)
    return big.reduce(fine)
