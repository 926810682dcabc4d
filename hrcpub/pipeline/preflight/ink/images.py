"""Images of a page to plates: each fits a rectangle of the grid's cells, with its opacity."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

import pikepdf
from PIL import Image, ImageChops, ImageDraw, ImageFile, ImageOps

from hrcpub.pipeline.preflight.page.bounded import (
    Budget,
    TooLarge,
    decoded,
    filters,
    number,
    numbers,
)
from hrcpub.pipeline.preflight.page.marks import PaintedImage
from hrcpub.pipeline.preflight.page.matrices import place
from hrcpub.pipeline.preflight.page.separation import separate
from hrcpub.pipeline.preflight.page.spaces import CMYK, GREY, RGB, InkAmounts, Space, inks
from hrcpub.units import Matrix

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.page.interpreter import Library

from hrcpub.pipeline.preflight.ink.plates import PLATES, Plates


def picture(
    shown: PaintedImage, matrix: Matrix, cells: tuple[int, int, int, int], library: Library
) -> tuple[Image.Image, Plates]:
    """Return a picture's opacity and plates in the cells. Raises ODD for what cannot be read."""
    bands, space = _bands(shown.dictionary, shown.data, shown.resources, library)
    if space.kind == "Indexed":
        looked_up = _looked_up(bands[0], space, shown.dictionary)
        plates = {name: _fitted(band, matrix, cells) for name, band in looked_up.items()}
    else:
        plates = _plates([_fitted(band, matrix, cells) for band in bands], space)
    alpha = _outline(matrix, cells)
    soft = shown.dictionary.get("/SMask")
    mask = shown.dictionary.get("/Mask")
    if isinstance(soft, pikepdf.Stream):
        (band, *_), _ = _bands(soft, None, None, library)
        alpha = ImageChops.multiply(alpha, _fitted(band, matrix, cells))
    elif isinstance(mask, pikepdf.Stream):
        (band, *_), _ = _bands(mask, None, None, library)
        alpha = ImageChops.multiply(alpha, _fitted(ImageChops.invert(band), matrix, cells))
    elif keyed := _keyed_out(bands, shown.dictionary):
        alpha = ImageChops.multiply(alpha, _fitted(ImageChops.invert(keyed), matrix, cells))
    return alpha, plates


def _keyed_out(bands: list[Image.Image], image: pikepdf.Object) -> Image.Image | None:
    """Return where a picture is left out by its colours (§8.9.6.4); None where it has no such key.

    Raises ValueError for a key on samples that Decode changed.
    """
    ranges = numbers(image.get("/Mask"))
    if not ranges:
        return None
    if numbers(image.get("/Decode")) not in ([], [0.0, 1.0] * len(bands)):
        raise ValueError("a colour key on decoded samples")
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
    (band, *_), _ = _bands(shown.dictionary, shown.data, shown.resources, library)
    through = _fitted(ImageChops.invert(band), matrix, cells)
    return ImageChops.multiply(through, _outline(matrix, cells))


def _bands(
    image: pikepdf.Object, data: bytes | None, resources: pikepdf.Object | None, library: Library
) -> tuple[list[Image.Image], Space]:
    """Return a picture's samples, a band to a colour, its Decode applied; and their space."""
    width, height = int(number(image.get("/Width"))), int(number(image.get("/Height")))
    if not 0 < width * height <= library.budget.bounds.pixels:
        raise ValueError(f"a picture of {width} x {height} pixels")
    is_mask = bool(image.get("/ImageMask", False))
    named = image.get("/ColorSpace")
    space = GREY if is_mask or named is None else library.space(named, resources)
    names = filters(image)
    last = names[-1] if names else ""
    decode = numbers(image.get("/Decode"))
    if last in ("/DCTDecode", "/DCT", "/JPXDecode"):
        bands = _packed(image, data, names, library.budget)
        if named is None:
            space = {1: GREY, 3: RGB, 4: CMYK}.get(len(bands), GREY)
    elif last in ("/CCITTFaxDecode", "/JBIG2Decode") and isinstance(image, pikepdf.Stream):
        return [_faxed(image)], space  # pikepdf has applied Decode
    else:
        bits = 1 if is_mask else int(number(image.get("/BitsPerComponent"), 8))
        raw = _raw(image, data, library.budget)
        bands = _unpacked(raw, (width, height), bits, space.count)
    return [_decoded(b, decode[2 * i : 2 * i + 2], space) for i, b in enumerate(bands)], space


def _faxed(image: pikepdf.Stream) -> Image.Image:
    try:
        return pikepdf.PdfImage(image).as_pil_image().convert("L")
    except Exception as error:  # pikepdf says in many ways that a decoder is not there
        raise ValueError(f"{filters(image)[-1].strip('/')}: {error}"[:60]) from None


def _packed(
    image: pikepdf.Object, data: bytes | None, names: list[str], budget: Budget
) -> list[Image.Image]:
    """Return the bands of a JPEG or JPEG 2000, as its samples are numbered in PDF."""
    raw = data if data is not None else image.read_raw_bytes()
    if len(names) > 1 and names[0] in ("/FlateDecode", "/Fl"):
        import zlib

        raw = zlib.decompressobj().decompress(raw, 96 << 20)
    budget.clock()
    picture = _opened(raw, budget.bounds.pixels)
    if picture.mode == "CMYK" and picture.format == "JPEG":
        picture = ImageChops.invert(
            picture
        )  # Pillow turns every CMYK JPEG over, as Photoshop's are
    if picture.mode in ("RGBA", "LA"):
        picture = picture.convert(picture.mode[:-1])
    elif picture.mode not in ("L", "RGB", "CMYK"):
        picture = picture.convert("RGB" if picture.mode in ("P", "YCbCr", "LAB") else "L")
    return list(picture.split())


def _opened(raw: bytes, limit: int) -> Image.Image:
    """Return a packed picture, even a torn one. Raises ValueError over `limit` pixels."""
    try:
        picture = Image.open(io.BytesIO(raw))
        if picture.width * picture.height > limit:
            raise ValueError("too many pixels")
        # Viewers show a torn picture as far as it goes, so its ink counts.
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        picture.load()
    except Exception as error:  # Pillow says in many ways that a picture is broken
        raise ValueError(f"a broken picture: {error}"[:60]) from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    return picture


def _raw(image: pikepdf.Object, data: bytes | None, budget: Budget) -> bytes:
    if data is None:
        try:
            return decoded(image, budget, budget.bounds.picture)
        except TooLarge as error:  # it costs this picture, not the file
            raise ValueError(str(error)) from None
    names = filters(image)
    if not names:
        return data
    # pikepdf unpacks streams only, so the inline image becomes one, in a file of its own.
    pdf = pikepdf.new()
    stream = pikepdf.Stream(pdf, data)
    stream.Filter = image["/Filter"]
    if "/DecodeParms" in image:
        stream.DecodeParms = image["/DecodeParms"]
    return decoded(stream, budget)


def _unpacked(data: bytes, size: tuple[int, int], bits: int, count: int) -> list[Image.Image]:
    """Return bands of 8 bits from samples of any."""
    width, height = size
    row = (width * count * bits + 7) // 8
    data = data[: row * height]
    data += b"\0" * (row * height - len(data))
    if bits == 16:
        # The upper bytes: plates have 8 bits.
        data, bits = data[::2], 8
    if bits == 8:
        if count == 1:
            return [Image.frombytes("L", size, data)]
        return [Image.frombytes("L", size, data[part::count]) for part in range(count)]
    if bits == 1 and count == 1:
        return [Image.frombytes("1", size, data).convert("L")]
    if bits not in (1, 2, 4):
        raise ValueError(f"{bits} bits to a sample")
    # A row ends with its byte: what is behind its last sample is cut off.
    wide = Image.frombytes("L", (row * 8 // bits, height), _a_byte_each(data, bits))
    samples = wide.crop((0, 0, width * count, height)).tobytes()
    return [Image.frombytes("L", size, samples[part::count]) for part in range(count)]


def _a_byte_each(data: bytes, bits: int) -> bytes:
    """Return samples of less than a byte as levels of 8 bits."""
    top, each = (1 << bits) - 1, 8 // bits
    wide = bytearray(len(data) * each)
    for at in range(each):
        down = 8 - bits * (at + 1)
        wide[at::each] = data.translate(
            bytes(((byte >> down) & top) * 255 // top for byte in range(256))
        )
    return bytes(wide)


def _decoded(band: Image.Image, pair: list[float], space: Space) -> Image.Image:
    """Return a band with its Decode applied; Indexed's numbers are left as they are."""
    if len(pair) < 2 or space.kind in ("Indexed", "Lab") or pair == [0.0, 1.0]:
        return band
    low, high = pair
    table = [
        min(max(round(255 * (low + level / 255 * (high - low))), 0), 255) for level in range(256)
    ]
    return band.point(table)


def _looked_up(band: Image.Image, space: Space, image: pikepdf.Object) -> Plates:
    """Return an Indexed picture's plates."""
    bits = int(number(image.get("/BitsPerComponent"), 8))
    top = (1 << min(bits, 8)) - 1
    decode = numbers(image.get("/Decode"))
    is_turned = len(decode) == 2 and decode[0] > decode[1]
    paints: dict[int, InkAmounts] = {}
    tables: dict[int | str, list[int]] = {at: [0] * 256 for at in range(4)}
    for level in range(256):
        index = round(level * top / 255)
        index = top - index if is_turned else index
        if index not in paints:
            paints[index] = inks(space, (float(index),))
        laid: list[tuple[int | str, float]] = [*enumerate(paints[index].process)]
        for name, tint in (*laid, *paints[index].spots):
            tables.setdefault(name, [0] * 256)[level] = round(255 * min(tint, 1))
    return {name: band.point(table) for name, table in tables.items()}


def _plates(bands: list[Image.Image], space: Space) -> Plates:
    """Return fitted bands as plates."""
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
    if family == "Lab" and len(bands) == 3:
        # Its lightness alone, as a grey.
        light = bands[0]
        return _filled_up({3: ImageChops.invert(light)}, light.size)
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
