"""A text to the modules of its QR code, the mask that ISO/IEC 18004 prefers found on whole numbers.

segno fills a code and tries its eight masks module by module. Here a code is one number, its
modules bits: its codewords come to their places at once, and to lay another mask on it, or to count
what a mask is penalised for (§7.8.3), is a few operations. The choice is segno's: modules are those
that `segno.make` returns. It is loaded only for what it says in fewer bits than these codewords do,
since to load it takes as long as two hundred codes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from hrcpub.pipeline.setting.qr_codewords import codewords, places, version_for
from hrcpub.pipeline.setting.qr_patterns import (
    MASKS,
    ModulePlace,
    dark_patterns,
    names,
    patterns,
    side,
)

LEVEL = "m"  # restores 15 per cent, as DENSO WAVE has it for ordinary use
# What segno says in fewer bits than a byte each (ISO/IEC 18004 §7.4.3 and 7.4.4).
_SHORTER = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
_LIGHT = 4  # modules beside a finder's pattern; so many bits are between two lines, and stay 0
_PATTERN = (0, 2, 3, 4, 6)  # 1011101: where it is dark,
_GAPS = (1, 5)  # and where it is light
_WIDE = 7  # modules of it


class _ModuleGrid(NamedTuple):
    """All modules of a code as two numbers: line by line from the left, and from the head.

    The first module is the lowest bit but `_LIGHT`.
    """

    rows: int
    columns: int


class _BitOrder(NamedTuple):
    """Take the digits of codewords, and a 0 behind them, as those of a `_ModuleGrid`."""

    rows: Callable[[str], Sequence[str]]
    columns: Callable[[str], Sequence[str]]


class _CodeVersion(NamedTuple):
    """What codes of one size have in common."""

    size: int  # modules of a side
    order: _BitOrder
    empty: _ModuleGrid  # a code with the first mask whose codewords are all 0
    flips: tuple[_ModuleGrid, ...]  # what each mask changes beside the first one
    reserved: tuple[_ModuleGrid, ...]  # the modules that name mask and version, by the mask
    kept: _ModuleGrid  # 1 for all other modules
    lines: int  # 1 where a line begins
    inner: int  # 1 for all modules but a line's last one
    far: int  # 1 where a finder's pattern may begin


def best_masked(text: str) -> tuple[bytes, ...]:
    """Return the rows of a text's code in UTF-8; raise ValueError when it is too long for any."""
    version, bare = _bare(text)
    grids = [_changed(bare, flip) for flip in version.flips]
    penalties = [_penalty(grid, version) for grid in grids]
    best = penalties.index(min(penalties))
    whole = grids[best].rows | version.reserved[best].rows
    return tuple(_lines(whole, version.size))


def _bare(text: str) -> tuple[_CodeVersion, _ModuleGrid]:
    """Return a text's code with the first mask, without the modules that name it."""
    data = text.encode()
    number = version_for(len(data))
    # segno has a third way for what begins as Japanese signs do, and tells what is too long.
    if number is None or _SHORTER.issuperset(text) or not text[0].isascii():
        made = _made(text)
        version = _version((len(made) - side(0)) // 4)
        return version, _masked(_grid(made), version.kept)
    version = _version(number)
    return version, _changed(_placed(codewords(data, number), version.order), version.empty)


def _made(text: str) -> Sequence[Sequence[int]]:
    """Return a text's code with the first mask, by segno."""
    import segno

    made = segno.make(
        text, error=LEVEL, boost_error=False, micro=False, encoding="utf-8", mask=0
    )  # fmt: skip
    rows: Sequence[Sequence[int]] = made.matrix
    return rows


@lru_cache(maxsize=40)  # there are no more versions
def _version(number: int) -> _CodeVersion:
    """Return what codes of a version share."""
    size, taken = side(number), patterns(number)
    across = range(size)
    free = [(x, y) for y in across for x in across if (x, y) not in taken]
    masks = [_at((place for place in free if is_dark(*place)), size) for is_dark in MASKS]
    every = _grid([[1] * size] * size)
    kept = _changed(every, _at(names(number, 0), size))
    lines = every.rows & ~(every.rows << 1)
    return _CodeVersion(
        size,
        _bit_order(number),
        _changed(_at(dark_patterns(number), size), masks[0]),
        tuple(_changed(mask, masks[0]) for mask in masks),
        tuple(_named(number, mask) for mask in range(len(MASKS))),
        kept,
        lines,
        inner=every.rows & (every.rows >> 1),
        far=sum(lines << place for place in range(size - _WIDE + 1)),
    )


def _named(number: int, mask: int) -> _ModuleGrid:
    said = names(number, mask)
    return _at((place for place, is_dark in said.items() if is_dark), side(number))


def _at(dark: Iterable[ModulePlace], size: int) -> _ModuleGrid:
    """Return a code with dark modules at some places."""
    rows = [bytearray(size) for _ in range(size)]
    for x, y in dark:
        rows[y][x] = 1
    return _grid(rows)


def _bit_order(number: int) -> _BitOrder:
    """Return the order of a version's bits; modules that have none take the 0 behind all."""
    size, at = side(number), places(number)
    bits = {place: bit for bit, place in enumerate(at[: len(at) // 8 * 8])}
    gap, across = [-1] * _LIGHT, range(size)
    rows = [*gap, *(bits.get((x, y), -1) for y in across for x in (*across, *gap))]
    columns = [*gap, *(bits.get((x, y), -1) for x in across for y in (*across, *gap))]
    # The first module is a number's lowest bit, and so its last digit.
    return _BitOrder(itemgetter(*reversed(rows)), itemgetter(*reversed(columns)))


def _placed(said: bytes, order: _BitOrder) -> _ModuleGrid:
    """Return codewords in their places, and 0 everywhere else."""
    digits = f"{int.from_bytes(said):0{8 * len(said)}b}0"
    return _ModuleGrid(int("".join(order.rows(digits)), 2), int("".join(order.columns(digits)), 2))


def _grid(rows: Sequence[Sequence[int]]) -> _ModuleGrid:
    return _ModuleGrid(_number(rows), _number(zip(*rows, strict=True)))


def _number(lines: Iterable[Iterable[int]]) -> int:
    gap = "0" * _LIGHT
    digits = gap + gap.join(bytes(line).translate(_DIGITS).decode() for line in lines)
    return int(digits[::-1], 2)


def _masked(grid: _ModuleGrid, mask: _ModuleGrid) -> _ModuleGrid:
    return _ModuleGrid(grid.rows & mask.rows, grid.columns & mask.columns)


def _changed(grid: _ModuleGrid, flip: _ModuleGrid) -> _ModuleGrid:
    return _ModuleGrid(grid.rows ^ flip.rows, grid.columns ^ flip.columns)


def _lines(number: int, size: int) -> Iterator[bytes]:
    """Yield a number's lines, a byte for each module."""
    step = size + _LIGHT
    digits = f"{number:0{size * step}b}"[::-1].encode().translate(_BYTES)
    for start in range(_LIGHT, size * step + _LIGHT, step):
        yield digits[start : start + size].ljust(size, b"\0")


_BYTES, _DIGITS = bytes.maketrans(b"01", b"\0\1"), bytes.maketrans(b"\0\1", b"01")


def _penalty(grid: _ModuleGrid, version: _CodeVersion) -> int:
    """Return what a masked code is penalised with: Table 11's four features, as segno has them."""
    dark = grid.rows.bit_count() / version.size**2
    return (
        _runs(grid.rows, version)
        + _runs(grid.columns, version)
        + 3 * _blocks(grid.rows, version)
        + 40 * (_finders(grid.rows, version) + _finders(grid.columns, version))
        + 10 * int(abs(dark * 100 - 50) / 5)
    )


def _alike(lines: int, version: _CodeVersion) -> int:
    """Return a number with 1 for each module that is as the next one of its line."""
    return ~(lines ^ (lines >> 1)) & version.inner


def _runs(lines: int, version: _CodeVersion) -> int:
    """Return 3 for each run of five modules of a colour, and 1 for each module more."""
    alike = _alike(lines, version)
    five = alike & (alike >> 1)
    five &= five >> 2
    return five.bit_count() + 2 * (five & ~(five << 1)).bit_count()


def _blocks(rows: int, version: _CodeVersion) -> int:
    """Return how many squares of two by two modules have one colour."""
    step = version.size + _LIGHT
    alike, below = _alike(rows, version), ~(rows ^ (rows >> step))
    return (alike & (alike >> step) & below).bit_count()


def _finders(lines: int, version: _CodeVersion) -> int:
    """Return how often a finder's pattern stands beside four light modules, or at an end.

    From each line's beginning; one that counts is gone over, as segno does.
    """
    found = version.far
    for place in _PATTERN:
        found &= lines >> place
    for place in _GAPS:
        found &= ~(lines >> place)
    dark = lines | lines << 1
    dark |= dark << 2  # where one of four modules that end here is dark: beyond a line none is
    counted = found & ~(dark << 1 & dark >> _WIDE + _LIGHT - 1)
    if found & (counted << 4 | counted << 6):  # the next one begins in it, as it can at these
        return _apart(found, counted)
    return counted.bit_count()


def _apart(found: int, counted: int) -> int:
    """Return how many patterns count where one that begins in one that counts does not."""
    count = free = 0
    while found:
        at = (found & -found).bit_length() - 1
        found &= found - 1
        if at >= free and counted >> at & 1:
            count += 1
            free = at + _WIDE
    return count
