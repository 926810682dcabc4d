"""Objects of a file that a stranger may have written, read within bounds: numbers, boxes, bytes.

`Budget` is what one file may cost: decoded bytes, operators, seconds. A file that asks for more
is stopped with `BudgetSpent`; what was found until then is kept.
"""

from __future__ import annotations

import struct
import time
import zlib
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import SupportsFloat

import pikepdf

from hrcpub.pipeline.preflight.page.bounds import BOUNDS, Bounds
from hrcpub.units import Rect

# What pikepdf and arithmetic raise when an object is not of the kind that its place asks for.
ODD = (
    TypeError,
    ValueError,
    KeyError,
    IndexError,
    AttributeError,
    NotImplementedError,
    RuntimeError,
    pikepdf.PdfError,
    OverflowError,
    ZeroDivisionError,
    OSError,
    EOFError,
    struct.error,
)

DEEPEST = 28  # forms in forms, as deep as any program nests them
_SMALL = 1 << 16  # bytes of a packed stream that is kept: a subset of a font has some thousands
_MOST_FILTERS = 8  # of one stream; honest ones have one or two


NumberArray = Iterable[SupportsFloat]  # an array, as far as it holds what it should


class BudgetSpent(Exception):
    """A file asks for more than one may; its argument says of what."""


class TooLarge(BudgetSpent):
    """One stream is larger than it may be; the file may be read on without it."""


class Budget:
    """What is left of a file's time, bytes and operators."""

    def __init__(self, bounds: Bounds = BOUNDS) -> None:
        """Start the clock."""
        self.bounds = bounds
        self._end = time.monotonic() + bounds.seconds
        self._bytes, self._operators = bounds.decoded, bounds.operators
        self._counted: set[tuple[int, int]] = set()
        self.page()

    def page(self) -> None:
        """Begin a page, which has its own share of the time."""
        self._page_end = time.monotonic() + self.bounds.page_seconds

    def operators(self, count: int) -> None:
        """Spend operators, and look at the clock."""
        self._operators -= count
        if self._operators < 0:
            raise BudgetSpent(f"more than {self.bounds.operators:,} operators")
        self.clock()

    def left(self) -> float:
        """Return how many seconds are left for this page; 0 or less when there are none."""
        return min(self._end, self._page_end) - time.monotonic()

    def clock(self) -> None:
        """Look at the clock."""
        now = time.monotonic()
        if now > self._end:
            raise BudgetSpent(f"more than {self.bounds.seconds:g} seconds")
        if now > self._page_end:
            raise BudgetSpent(f"more than {self.bounds.page_seconds:g} seconds for a page")

    def bytes(self, count: int, stream: tuple[int, int] = (0, 0)) -> None:
        """Spend decoded bytes; those of a stream of this object number once, on whatever pages."""
        if stream in self._counted:
            return
        if stream != (0, 0):
            self._counted.add(stream)
        self._bytes -= count
        if self._bytes < 0:
            raise BudgetSpent(f"more than {_size(self.bounds.decoded)} of contents")


def _size(count: int) -> str:
    """Return a number of bytes for a message."""
    return f"{count >> 20} MB" if count >= 1 << 20 else f"{count:,} bytes"


def box(array: NumberArray | None) -> Rect | None:
    """Return an array as a Box, its corners in order; None when it is none."""
    if array is None:
        return None
    try:
        # Five: one too many is seen, without reading an array of millions.
        edges = [float(edge) for edge in islice(array, 5)]
    except ODD:
        return None
    # The largest page has 14,400 units to a side (Annex C). What is a thousand times that is
    # damage, and arithmetic with it would overflow.
    if len(edges) != 4 or not all(abs(edge) < 1e7 for edge in edges):
        return None
    left, bottom, right, top = edges
    return Rect(min(left, right), min(bottom, top), max(left, right), max(bottom, top))


def numbers(array: NumberArray | None, limit: int = 64) -> list[float]:
    """Return an array's numbers; an empty list when it is none."""
    if array is None:
        return []
    try:
        return [float(number) for number in islice(array, limit)]
    except ODD:
        return []


def number(value: SupportsFloat | None, otherwise: float = 0.0) -> float:
    """Return an object as a number."""
    try:
        return otherwise if value is None else float(value)
    except ODD:
        return otherwise


def filters(stream: pikepdf.Object) -> list[str]:
    """Return the names of a stream's filters, the outermost first."""
    named = stream["/Filter"] if "/Filter" in stream else stream.get("/F")
    if isinstance(named, pikepdf.Array):
        return [str(name) for name in islice(named, 16)]
    return [str(named)] if isinstance(named, pikepdf.Name) else []


def decoded(
    stream: pikepdf.Object, budget: Budget, limit: int | None = None, *, is_shared: bool = False
) -> bytes:
    """Return a stream's bytes, decoded; raise TooLarge when there are more than `limit`.

    `is_shared` are streams that several files have: small ones are unpacked once. Raises what `ODD`
    holds, or pikepdf.PdfError, when they cannot be decoded.
    """
    budget.clock()
    limit = budget.bounds.stream if limit is None else limit
    names = filters(stream)
    if len(names) > _MOST_FILTERS:
        raise BudgetSpent(f"a stream in more than {_MOST_FILTERS} filters")
    # Nearly every stream. zlib stops at a limit; qpdf would unpack a bomb whole.
    if names == ["/FlateDecode"] and "/DecodeParms" not in stream:
        raw = stream.read_raw_bytes()
        known = _unpacked_once(raw) if is_shared and len(raw) <= _SMALL else None
        data = _inflated(raw, limit) if known is None else known
    else:
        _measure(stream, names, limit)
        data = _unpacked(stream, names)
    if len(data) > limit:
        raise TooLarge(f"a stream of more than {_size(limit)}")
    budget.bytes(len(data), stream.objgen)
    return data


def head(stream: pikepdf.Object, budget: Budget, count: int) -> bytes:
    """Return the first bytes of a stream; a profile's header says all that checks ask of it."""
    if filters(stream) != ["/FlateDecode"] or "/DecodeParms" in stream:
        return decoded(stream, budget)[:count]
    budget.clock()
    try:
        return zlib.decompressobj().decompress(stream.get_raw_stream_buffer(), count)
    except zlib.error:
        return _salvaged(stream.read_raw_bytes(), count)[:count]


def _unpacked(stream: pikepdf.Object, names: list[str]) -> bytes:
    try:
        return stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    except pikepdf.DependencyError:  # pikepdf runs jbig2dec
        listed = ", ".join(text(name) for name in names)
        raise ValueError(f"a stream in {listed}, for which no decoder is installed") from None


def _inflated(raw: bytes, limit: int) -> bytes:
    """Return what Flate packed; what a damaged stream still gives, as viewers do."""
    machine = zlib.decompressobj()
    try:
        data = machine.decompress(raw, limit + 1)
    except zlib.error as error:
        data = _salvaged(raw, limit)
        if not data:
            raise ValueError(f"a stream that cannot be unpacked ({error})") from None
    if len(data) > limit:
        raise TooLarge(f"a stream of more than {_size(limit)}")
    return data


@lru_cache(maxsize=16)  # a piece has some four fonts, and its editions come one after the other
def _unpacked_once(raw: bytes) -> bytes | None:
    """Return what Flate packed; None where that is damaged, or large."""
    try:
        data = zlib.decompressobj().decompress(raw, 4 * _SMALL + 1)
    except zlib.error:
        return None
    return data if len(data) <= 4 * _SMALL else None


def _salvaged(raw: bytes, limit: int) -> bytes:
    machine, parts, size = zlib.decompressobj(), [], 0
    # Piece by piece: of a piece with an error zlib gives nothing, of those before it all.
    for at in range(0, len(raw), 256):
        try:
            parts.append(machine.decompress(raw[at : at + 256], limit))
        except zlib.error:
            break
        size += len(parts[-1])
        if size > limit:
            break
    return b"".join(parts)


def _measure(stream: pikepdf.Object, names: Iterable[str], limit: int) -> None:
    """Unpack Flate's outer layers piece by piece, to find a bomb before it is unpacked whole."""
    raw = stream.read_raw_bytes()
    for name in names:
        if name not in ("/FlateDecode", "/Fl"):
            return
        raw = _inflated(raw, limit)


def name_of(value: pikepdf.Object) -> str:
    """Return a name without its slash: as UTF-8, or else as Latin-1, which older programs write."""
    raw = bytes(value).removeprefix(b"/")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def text(value: object, limit: int = 80) -> str:
    """Return a string or name as words for a message: printable, and short."""
    try:
        words = str(value).lstrip("/")
    except (*ODD, UnicodeError):
        return "?"
    words = "".join(c if c.isprintable() else "\ufffd" for c in words)
    return words if len(words) <= limit else words[: limit - 1] + "…"
