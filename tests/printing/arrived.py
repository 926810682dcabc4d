"""What a printer was handed, read from its spool: sheets as pictures, and how they were ordered.

PDF is drawn by poppler. The headers and lines of PWG raster (PWG 5102.4) and Apple's URF are read
here, by nothing of hrcpub or CUPS.
"""

from __future__ import annotations

import io
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import Image

RESOLUTION = 300  # at which PDFs are drawn
POINTS_PER_MM = 72 / 25.4
_PWG_HEADER, _URF_HEADER = 1796, 32


@dataclass(frozen=True, eq=False)
class ArrivedSide:
    """One side of a sheet, in grey: 0 is black. `size` is the sheet's, in points."""

    size: tuple[float, float]
    picture: Image.Image
    dpi: int
    duplex: tuple[bool, bool] | None = None  # two-sided, and tumbled; None: the file does not say

    def millimetres(self, pixels: float) -> float:
        """Return a length of the picture on paper."""
        return pixels / self.dpi * 25.4


def read(path: Path) -> list[ArrivedSide]:
    """Return the sides of a spooled file, in the order in which they are printed."""
    data = path.read_bytes()
    if data.startswith(b"%PDF"):
        return list(_pdf(path))
    if data.startswith(b"RaS2"):
        return list(_pwg(data))
    assert data.startswith(b"UNIRAST\0"), data[:8]
    return list(_urf(data))


def _pdf(path: Path) -> Iterator[ArrivedSide]:
    with pikepdf.open(path) as file:
        boxes = [[float(each) for each in page.mediabox] for page in file.pages]
    for number, (left, bottom, right, top) in enumerate(boxes, 1):
        drawn = subprocess.run(
            [
                "pdftoppm",
                "-r",
                str(RESOLUTION),
                "-gray",
                "-f",
                str(number),
                "-l",
                str(number),
                path,
            ],
            capture_output=True,
            check=True,
        ).stdout
        picture = Image.open(io.BytesIO(drawn)).convert("L")
        yield ArrivedSide((right - left, top - bottom), picture, RESOLUTION)


def _pwg(data: bytes) -> Iterator[ArrivedSide]:
    at = 4
    while at < len(data):
        head = data[at : at + _PWG_HEADER]

        def number(offset: int, head: bytes = head) -> int:
            return int(struct.unpack_from(">I", head, offset)[0])

        wide, high, bits = number(372), number(376), number(388)
        # Of a byte for each pixel, 18 is grey and 3 is black ink; one bit is black ink.
        is_ink = number(400) == 3
        lines = bytearray()
        at = _unpacked(data, at + _PWG_HEADER, number(392), high, max(bits // 8, 1), lines, 0)
        picture = _grey(bytes(lines), wide, high, bits, is_ink)
        size = (float(number(352)), float(number(356)))
        yield ArrivedSide(size, picture, number(276), (bool(number(272)), bool(number(368))))


def _urf(data: bytes) -> Iterator[ArrivedSide]:
    at = 12
    while at < len(data):
        bits, _, duplex = data[at : at + 3]
        wide, high, dpi = struct.unpack_from(">III", data, at + 12)
        lines = bytearray()
        step = bits // 8
        at = _unpacked(data, at + _URF_HEADER, wide * step, high, step, lines, 255)
        picture = _grey(bytes(lines), wide, high, bits, is_ink=False)
        size = (wide / dpi * 72, high / dpi * 72)
        # 1: one side, 2: turned on the short edge, 3: on the long edge
        yield ArrivedSide(size, picture, dpi, (duplex > 1, duplex == 2))


def _unpacked(
    data: bytes, at: int, width: int, high: int, step: int, lines: bytearray, blank: int
) -> int:
    """Add the lines of a page, and return where the next one begins (PWG 5102.4 §4.5)."""
    done = 0
    while done < high:
        repeat, at = data[at] + 1, at + 1
        line = bytearray()
        while len(line) < width:
            code, at = data[at], at + 1
            if code == 128:
                line += bytes([blank]) * (width - len(line))
            elif code < 128:
                line += data[at : at + step] * (code + 1)
                at += step
            else:
                length = (257 - code) * step
                line += data[at : at + length]
                at += length
        lines += bytes(line[:width]) * repeat
        done += repeat
    return at


def _grey(lines: bytes, wide: int, high: int, bits: int, is_ink: bool) -> Image.Image:
    if bits == 1:
        picture = Image.frombytes("1", (wide, high), lines, "raw", "1;I").convert("L")
    elif bits == 24:
        picture = Image.frombytes("RGB", (wide, high), lines).convert("L")
    else:
        picture = Image.frombytes("L", (wide, high), lines)
    return Image.eval(picture, lambda value: 255 - value) if is_ink else picture
