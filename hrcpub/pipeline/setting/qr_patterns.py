"""What all QR codes of a version have in common at level M: patterns, masks, and what names both.

Places are a column and a row, from the upper left corner (ISO/IEC 18004 §6.3 and 7.8 to 7.10).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

ModulePlace = tuple[int, int]

# By a mask's number: whether it changes a module of a column x and a row y (Table 10).
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda x, y: (x + y) % 2 == 0,
    lambda x, y: y % 2 == 0,
    lambda x, y: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0,
    lambda x, y: (x // 3 + y // 2) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0,
    lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
)
# The generators of what names mask and version, and a pattern that is laid on the first (Annexes
# C and D). Level M is 0 in it.
_FORMAT, _LAID_ON, _VERSION = 0x537, 0x5412, 0x1F25
NAMED = 7  # the smallest version that has its number in its codes


def side(version: int) -> int:
    """Return how many modules a code is wide: 21, and four more with each version (§5.3.1)."""
    return 17 + 4 * version


def patterns(version: int) -> set[ModulePlace]:
    """Return where codes of a version have the same modules, and where they name mask and version.

    Those are the finders with what is around them, the lines of the timing pattern, the alignment
    patterns, and in larger codes the version's number (§6.3).
    """
    size = side(version)
    far = range(size - 8, size)
    found = {(x, y) for x in range(9) for y in range(9)}
    found |= {pair for near in range(9) for end in far for pair in ((near, end), (end, near))}
    found |= {pair for along in range(size) for pair in ((6, along), (along, 6))}
    if version >= NAMED:
        ends = range(size - 11, size - 8)
        found |= {pair for near in range(6) for end in ends for pair in ((near, end), (end, near))}
    for centre in _alignments(version):
        found |= set(_square(centre, 2))
    return found


def dark_patterns(version: int) -> set[ModulePlace]:
    """Return where the patterns that all codes of a version have are dark."""
    far = side(version) - 4
    found = {pair for along in range(8, far - 4, 2) for pair in ((6, along), (along, 6))}
    for centre in ((3, 3), (far, 3), (3, far)):
        found |= {place for place in _square(centre, 3) if _apart(place, centre) != 2}
    for centre in _alignments(version):
        found |= {place for place in _square(centre, 2) if _apart(place, centre) != 1}
    return found


def names(version: int, mask: int) -> dict[ModulePlace, bool]:
    """Return the modules that name a code's mask and version: where they are, and which are dark.

    Beside them one is dark in all codes.
    """
    size, found = side(version), {(8, side(version) - 8): True}
    said = _with_remainder(mask, 10, _FORMAT) ^ _LAID_ON
    for bit in range(15):
        upper = (8, bit + (bit > 5)) if bit < 8 else (15 - bit - (bit > 8), 8)
        lower = (size - 1 - bit, 8) if bit < 8 else (8, size - 15 + bit)
        found[upper] = found[lower] = bool(said >> bit & 1)
    if version >= NAMED:
        said = _with_remainder(version, 12, _VERSION)
        for bit in range(18):
            x, y = size - 11 + bit % 3, bit // 3
            found[x, y] = found[y, x] = bool(said >> bit & 1)
    return found


def _with_remainder(number: int, bits: int, generator: int) -> int:
    """Return a number with what is left when it is divided, of so many bits."""
    left = number << bits
    for place in range(left.bit_length() - 1, bits - 1, -1):
        if left >> place & 1:
            left ^= generator << place - bits
    return number << bits | left


def _alignments(version: int) -> list[ModulePlace]:
    """Return the centres of alignment patterns: a grid that leaves the finders out (Annex E)."""
    if version == 1:
        return []
    count, size = version // 7 + 2, side(version)
    # Evenly from the far edge, by the smallest even step that leaves the first not the widest gap.
    step = (8 * version + 3 * count + 5) // (4 * count - 4) * 2
    at = [6, *(size - 7 - step * n for n in range(count - 1))]
    corners = {(6, 6), (6, size - 7), (size - 7, 6)}
    return [(x, y) for x in at for y in at if (x, y) not in corners]


def _square(centre: ModulePlace, reach: int) -> Iterator[ModulePlace]:
    """Yield the places that are up to so many modules from a centre."""
    around: Iterable[int] = range(-reach, reach + 1)
    return ((centre[0] + right, centre[1] + down) for right in around for down in around)


def _apart(place: ModulePlace, centre: ModulePlace) -> int:
    """Return how many rings a place is outside of a centre."""
    return max(abs(place[0] - centre[0]), abs(place[1] - centre[1]))
