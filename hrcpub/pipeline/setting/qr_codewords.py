"""Bytes to the codewords of their QR code at level M, and where these stand (ISO/IEC 18004 §7).

segno goes through every bit by itself. Here a block's parity is a number that takes a table's
number for each byte, and the places of a size's bits are listed once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, pairwise, zip_longest

from hrcpub.pipeline.setting.qr_patterns import patterns, side

BYTES = 4  # the indicator of byte mode (Table 2)
PADS = (0xEC, 0x11)  # that fill up what is left (§7.4.10)
# Of level M, by the version: codewords of parity in a block, and blocks (Table 9).
PARITY = (
    10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
    26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
)  # fmt: skip
BLOCKS = (
    1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
    17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
)  # fmt: skip
_FIELD = 0x11D  # x⁸ + x⁴ + x³ + x² + 1, which GF(2⁸) is counted in (§7.5.2)


def version_for(length: int) -> int | None:
    """Return the smallest version that holds so many bytes; None when none does."""
    return next((v for v in range(1, 41) if length + _head(v) <= _room(v)), None)


def codewords(data: bytes, version: int) -> bytes:
    """Return the codewords of bytes in a version that has room for them, blocks interleaved."""
    room, bits = _room(version), 8 * len(data)
    # The indicator, the count, the bytes, and the four bits that end them: whole bytes.
    head = (BYTES << 8 * _head(version) - 8) + len(data)
    said = ((head << bits) + int.from_bytes(data) << 4).to_bytes(len(data) + _head(version))
    # A byte of zeros more, where there is room for it, is segno's: readers stop before it.
    filled = said + b"\0" + bytes(PADS) * ((room - len(said)) // 2)
    blocks = _blocks(filled[:room], BLOCKS[version - 1])
    parity = [_parity(block, PARITY[version - 1]) for block in blocks]
    return bytes([*_interleaved(blocks), *_interleaved(parity)])


def places(version: int) -> list[tuple[int, int]]:
    """Return the column and the row of each bit, in the order in which codewords fill a code.

    In columns of two from the right, by turns upwards and downwards, around the patterns that each
    code has (§7.7.3).
    """
    size, taken = side(version), patterns(version)
    found = []
    for number, right in enumerate(range(size - 1, 0, -2)):
        right -= right <= 6  # the timing pattern's column is left out
        rows = range(size) if number % 2 else range(size - 1, -1, -1)
        found += [(x, y) for y in rows for x in (right, right - 1) if (x, y) not in taken]
    return found


def _head(version: int) -> int:
    """Return how many bytes the indicator, the count and the end take (Table 3)."""
    return 2 if version < 10 else 3


@lru_cache(maxsize=40)
def _room(version: int) -> int:
    """Return how many codewords of data a version has."""
    return len(places(version)) // 8 - PARITY[version - 1] * BLOCKS[version - 1]


def _blocks(data: bytes, count: int) -> list[bytes]:
    """Return data in so many blocks; the last ones have a byte more where it does not come out."""
    short, longer = divmod(len(data), count)
    ends = [short * n + max(0, n - (count - longer)) for n in range(count + 1)]
    return [data[start:end] for start, end in pairwise(ends)]


def _interleaved(blocks: Sequence[bytes]) -> Iterator[int]:
    """Yield the first byte of each block, then the second ones (§7.6)."""
    columns = chain.from_iterable(zip_longest(*blocks))
    return (byte for byte in columns if byte is not None)


def _parity(block: bytes, count: int) -> bytes:
    """Return a block's Reed-Solomon codewords: what is left when it is divided (§7.5.2)."""
    multiples, top = _multiples(count), 8 * (count - 1)
    below, left = (1 << top) - 1, 0
    for byte in block:
        left = (left & below) << 8 ^ multiples[byte ^ left >> top]
    return left.to_bytes(count)


@cache  # there are no more counts than PARITY has
def _multiples(count: int) -> tuple[int, ...]:
    """Return the generator polynomial times each number, without the first coefficient.

    A number has a coefficient in each byte. The polynomial's roots are the first powers of 2
    (Annex A).
    """
    powers = _powers()
    logs = {power: exponent for exponent, power in enumerate(powers)}

    def times(a: int, b: int) -> int:
        return powers[(logs[a] + logs[b]) % 255] if a and b else 0

    generator = [1]
    for root in powers[:count]:
        pairs = zip([*generator, 0], [0, *generator], strict=True)
        generator = [one ^ times(root, before) for one, before in pairs]
    return tuple(
        int.from_bytes(times(factor, coefficient) for coefficient in generator[1:])
        for factor in range(256)
    )


def _powers() -> list[int]:
    """Return the powers of 2 in the field: all of its numbers but 0."""
    powers = [1]
    while len(powers) < 255:
        doubled = powers[-1] << 1
        powers.append(doubled ^ _FIELD if doubled > 255 else doubled)
    return powers
