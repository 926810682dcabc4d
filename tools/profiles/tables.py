"""An ICC `lut16Type` (ICC.1:2001-04) to the same table with fewer nodes and shorter values.

Numbers run from 0 to 1 inside and from 0 to 65535 in bytes. Lab is the PCS of version 2 profiles:
L* 100 is 0xFF00, a* and b* 0 are 0x8000.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product

TOP = 65535
WHITE = 0xFF00
# 257 steps of 255: WHITE is entry 256 exactly.
ENTRIES = 258

Curve = tuple[float, ...]
Node = tuple[float, ...]
Quantise = Callable[[float], int]


@dataclass(frozen=True, slots=True)
class Lut:
    """Input curves, a grid (the last input varies fastest), output curves."""

    inputs: tuple[Curve, ...]
    size: int  # nodes along each input
    nodes: tuple[Node, ...]
    outputs: tuple[Curve, ...]

    def __call__(self, point: Sequence[float]) -> Node:
        """Return what the table makes of a point, linear between nodes."""
        places = [at(curve, x) for curve, x in zip(self.inputs, point, strict=True)]
        node = self._between(places)
        return tuple(at(curve, y) for curve, y in zip(self.outputs, node, strict=True))

    def _between(self, places: Sequence[float]) -> Node:
        cells = [_cell(x, self.size) for x in places]
        sums = [0.0] * len(self.outputs)
        for corner in product((0, 1), repeat=len(cells)):
            weight, index = 1.0, 0
            for (low, part), high in zip(cells, corner, strict=True):
                weight *= part if high else 1 - part
                index = index * self.size + low + high
            for channel, value in enumerate(self.nodes[index]):
                sums[channel] += weight * value
        return tuple(sums)


def at(curve: Curve, x: float) -> float:
    """Return a curve's value at x, linear between its entries."""
    low, part = _cell(x, len(curve))
    return curve[low] * (1 - part) + curve[low + 1] * part


def _cell(x: float, count: int) -> tuple[int, float]:
    place = min(max(x, 0.0), 1.0) * (count - 1)
    low = min(int(place), count - 2)
    return low, place - low


def read(tag: bytes) -> Lut:
    """Read a `mft2` tag."""
    if tag[:4] != b"mft2":
        raise ValueError(f"a table of type {tag[:4]!r}, not mft2")
    ins, outs, size = tag[8:11]
    in_entries, out_entries = struct.unpack_from(">HH", tag, 48)
    count = ins * in_entries + size**ins * outs + outs * out_entries
    values = [number / TOP for number in struct.unpack_from(f">{count}H", tag, 52)]
    start, end = ins * in_entries, count - outs * out_entries
    return Lut(
        inputs=_groups(values[:start], in_entries),
        size=size,
        nodes=_groups(values[start:end], outs),
        outputs=_groups(values[end:], out_entries),
    )


def _groups(values: Sequence[float], length: int) -> tuple[Curve, ...]:
    return tuple(tuple(values[i : i + length]) for i in range(0, len(values), length))


def write(lut: Lut, quantise: Quantise) -> bytes:
    """Return the `mft2` tag of a table, its grid in the numbers that `quantise` gives."""
    head = struct.pack(">4s4x3Bx", b"mft2", len(lut.inputs), len(lut.outputs), lut.size)
    no_matrix = struct.pack(">9i", *(0x10000 if i % 4 == 0 else 0 for i in range(9)))
    counts = struct.pack(">HH", len(lut.inputs[0]), len(lut.outputs[0]))
    return b"".join(
        (
            head + no_matrix + counts,
            *(_numbers(map(_nearest, curve)) for curve in lut.inputs),
            *(_numbers(map(quantise, node)) for node in lut.nodes),
            *(_numbers(map(_nearest, curve)) for curve in lut.outputs),
        )
    )


def _numbers(values: Iterable[int]) -> bytes:
    numbers = tuple(values)
    return struct.pack(f">{len(numbers)}H", *numbers)


def _nearest(value: float) -> int:
    return round(min(max(value, 0.0), 1.0) * TOP)


def in_eleven_bits(value: float) -> int:
    """Return 31 and steps of 32: 1 is exact, and ½ is 0x7FFF, a* of -0.004.

    Why: the five bits that never change are what Flate saves. A step is 0.05 L*, 0.125 a* or b*.
    """
    return 31 + 32 * min(max(round((value * TOP - 31) / 32), 0), 2047)


def in_one_byte(value: float) -> int:
    """Return one byte and a byte of zero, which costs Flate next to nothing: 1 is 0xFF00.

    Why: inks go into images of one byte a channel.
    """
    return round(min(max(value, 0.0), 1.0) * 255) << 8


# From the numbers of `in_one_byte` to 0 … 1.
FROM_ONE_BYTE: Curve = tuple(min(i / 256, 1.0) for i in range(ENTRIES))


def with_short_curves(lut: Lut, inputs: int, outputs: int) -> Lut:
    """Return the table with so many entries in each curve."""
    return Lut(
        tuple(_resampled(curve, inputs) for curve in lut.inputs),
        lut.size,
        lut.nodes,
        tuple(_resampled(curve, outputs) for curve in lut.outputs),
    )


def _resampled(curve: Curve, count: int) -> Curve:
    return tuple(at(curve, i / (count - 1)) for i in range(count))


def from_lab(lut: Lut, size: int, spread: float) -> Lut:
    """Return a table from Lab with `size` nodes (odd) a side, closer to each other near grey.

    Along a* and b* the nodes stand at ±127.5·x^(1/spread), x in equal steps: prints reach ±90 or
    so, and the eye sees most between greys. White and every grey lie on nodes.
    """
    lightness = tuple(min(i / 256, 1.0) for i in range(ENTRIES))
    chroma = tuple(_place(i * 255 / 256 - 128, spread) for i in range(ENTRIES))
    steps = [i / (size - 1) for i in range(size)]
    heights = [step * WHITE / TOP for step in steps]
    widths = [(_chroma(step, spread) + 128) * 256 / TOP for step in steps]
    nodes = tuple(lut(point) for point in product(heights, widths, widths))
    return Lut((lightness, chroma, chroma), size, nodes, (FROM_ONE_BYTE,) * len(lut.outputs))


def _place(chroma: float, spread: float) -> float:
    part = min(abs(chroma) / 127.5, 1.0) ** spread
    return (1 + (part if chroma > 0 else -part)) / 2


def _chroma(place: float, spread: float) -> float:
    part = abs(2 * place - 1) ** (1 / spread) * 127.5
    return part if place > 0.5 else -part
