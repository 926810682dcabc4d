"""Images to their samples: a band of 8 bits to each colour, whatever packs them."""

from __future__ import annotations

import io
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pikepdf
from PIL import Image, ImageChops, ImageFile

from hrcpub.pipeline.preflight.page.bounded import (
    Budget,
    TooLarge,
    decoded,
    filters,
    number,
    numbers,
)
from hrcpub.pipeline.preflight.page.spaces import CMYK, GREY, RGB, SRGB_GREY, Space, in_place_of

if TYPE_CHECKING:
    from hrcpub.pipeline.preflight.page.interpreter import Library


class Samples(NamedTuple):
    """An image's bands before its Decode is applied, and the space that they are in."""

    bands: list[Image.Image]
    space: Space
    decode: list[float]  # none where it is applied already

    def decoded(self) -> list[Image.Image]:
        """Return the bands with their Decode applied."""
        return [
            _decoded(band, self.decode[2 * at : 2 * at + 2], self.space)
            for at, band in enumerate(self.bands)
        ]


def samples(
    image: pikepdf.Object, data: bytes | None, resources: pikepdf.Object | None, library: Library
) -> Samples:
    """Return a picture's samples. Raises ODD for what cannot be read."""
    width, height = int(number(image.get("/Width"))), int(number(image.get("/Height")))
    if not 0 < width * height <= library.budget.bounds.pixels:
        raise ValueError(f"a picture of {width} x {height} pixels")
    is_mask = bool(image.get("/ImageMask", False))
    named = image.get("/ColorSpace")
    space = GREY if is_mask or named is None else library.space(named, resources)
    if not is_mask:
        space = in_place_of(space, resources)
    names = filters(image)
    last = names[-1] if names else ""
    decode = numbers(image.get("/Decode"))
    if last in ("/DCTDecode", "/DCT", "/JPXDecode"):
        bands = _packed(image, data, names, library.budget)
        if named is None:
            # A grey of its own is sRGB's: no ink of that name (§7.4.9).
            space = {1: SRGB_GREY, 3: RGB, 4: CMYK}.get(len(bands), SRGB_GREY)
    elif last in ("/CCITTFaxDecode", "/JBIG2Decode") and isinstance(image, pikepdf.Stream):
        return Samples([_faxed(image, library.budget)], space, [])  # pikepdf has applied Decode
    else:
        bits = 1 if is_mask else int(number(image.get("/BitsPerComponent"), 8))
        raw = _raw(image, data, library.budget)
        bands = _unpacked(raw, (width, height), bits, space.count)
    return Samples(bands, space, decode)


def _faxed(image: pikepdf.Stream, budget: Budget) -> Image.Image:
    parameters = image.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[-1]
    if isinstance(parameters, pikepdf.Dictionary) and parameters.get("/EncodedByteAlign", False):
        raise ValueError("CCITTFaxDecode with rows that begin with a byte")
    pdf = pikepdf.new()  # it must live as long as what is made in it
    if len(filters(image)) > 1:
        image = _last_filter(pdf, image, parameters, budget)
    try:
        return pikepdf.PdfImage(image).as_pil_image().convert("L")
    except Exception as error:  # pikepdf says in many ways that a decoder is not there
        raise ValueError(f"{filters(image)[-1].strip('/')}: {error}"[:60]) from None


def _packed(
    image: pikepdf.Object, data: bytes | None, names: list[str], budget: Budget
) -> list[Image.Image]:
    """Return the bands of a JPEG or JPEG 2000, as its samples are numbered in PDF."""
    raw = data if data is not None else image.read_raw_bytes()
    if len(names) > 1:
        raw = _outer(image, raw, budget)
    budget.clock()
    if number(image.get("/SMaskInData")):
        raise ValueError("a picture that holds its own opacity")
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


def _outer(image: pikepdf.Object, raw: bytes, budget: Budget) -> bytes:
    """Return an image's bytes with all its filters undone but the last."""
    named = list(image.get("/Filter", []))[:-1]
    parameters = image.get("/DecodeParms")
    pdf = pikepdf.new()
    stream = pikepdf.Stream(pdf, raw)
    stream.Filter = pikepdf.Array(named)
    if isinstance(parameters, pikepdf.Array):
        listed = [_scalars(part) for part in islice(parameters, len(named))]
        stream.DecodeParms = pikepdf.Array(listed)
    return _within(stream, budget)


def _last_filter(
    pdf: pikepdf.Pdf, image: pikepdf.Stream, parameters: pikepdf.Object | None, budget: Budget
) -> pikepdf.Stream:
    """Return an image that has its last filter alone."""
    single = pikepdf.Stream(pdf, _outer(image, image.read_raw_bytes(), budget))
    single.Width, single.Height = int(image["/Width"]), int(image["/Height"])
    single.BitsPerComponent, single.ColorSpace = 1, pikepdf.Name.DeviceGray  # of all such pictures
    if decode := numbers(image.get("/Decode")):
        single.Decode = pikepdf.Array(decode)
    single.Subtype = pikepdf.Name.Image
    single.Filter = list(image["/Filter"])[-1]
    if own := _scalars(parameters):
        single.DecodeParms = own
    return single


def _scalars(parameters: pikepdf.Object | None) -> pikepdf.Object | None:
    """Return a filter's numbers and flags for another file; None, since qpdf stops at an empty one.

    What they name in their own file is left out: JBIG2's shared part.
    """
    if not isinstance(parameters, pikepdf.Dictionary):
        return None
    kept: dict[str, object] = dict(parameters.items())
    kept = {key: value for key, value in kept.items() if isinstance(value, bool | int)}
    return pikepdf.Dictionary(kept) if kept else None


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
        return _within(image, budget)
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


def _within(image: pikepdf.Object, budget: Budget) -> bytes:
    try:
        return decoded(image, budget, budget.bounds.picture)
    except TooLarge as error:  # it costs this picture, not the file
        raise ValueError(str(error)) from None


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
