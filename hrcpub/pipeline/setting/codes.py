"""A text to the modules of a QR code (ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeVar

from hrcpub.patterns import pattern
from hrcpub.pipeline.setting.qr_masks import best_masked
from hrcpub.units import points

RunT = TypeVar("RunT")

QUIET = 4  # modules of white on every side (ISO/IEC 18004 §9.1)
# A module, in points: 2.5 pixels of a copy that is scanned or photographed at 150 to the inch, or
# 0.42 mm. Decoders read some codes that are smaller and fail at others.
LEAST = 2.5 / 150 * 72
MOST = points("0.8 mm")  # larger helps nobody who holds the piece
_DARK = pattern(b"[^\\0]+")  # modules side by side


class Modules(NamedTuple):
    """A code's rows, without the quiet zone."""

    rows: tuple[bytes, ...]

    @property
    def across(self) -> int:
        """Return how many modules it takes, quiet zone and all."""
        return len(self.rows) + 2 * QUIET


@lru_cache(maxsize=512)
def modules(text: str) -> Modules:
    """Return the code of a text; raise ValueError when it is too long for any.

    In UTF-8, which readers tell by its form. Why not segno's own choice of Latin-1, which is
    shorter: some readers take its "µ", "°", "½" and "«" for halves of Japanese signs (Shift JIS).
    """
    return Modules(best_masked(text))


def svg_path(rows: tuple[bytes, ...], quiet: int = 0) -> str:
    """Return the dark modules as the path of an SVG, with so many modules beside and above them."""
    return "".join(
        f"M{column + quiet} {row + quiet}h{length}v1h-{length}z"
        for column, row, length in runs(rows)
    )


def runs(rows: tuple[bytes, ...]) -> list[tuple[int, int, int]]:
    """Return the dark runs of modules: column, row, length."""
    return drawn_runs(rows, _whole)


def drawn_runs(rows: tuple[bytes, ...], draw: Callable[[int, int, int], RunT]) -> list[RunT]:
    """Return what draws each dark run of modules, by its column, row and length."""
    known = _known_runs(len(rows[0]) if rows else 0, draw)
    return [known[match.span()] for match in _DARK.finditer(b"\0".join(rows))]


class _KnownRuns(dict[tuple[int, int], RunT]):
    """What draws runs, by where they are in rows with a light module between two of these.

    The codes of a thousand sites are of few sizes, and have most of their runs in common.
    """

    def __init__(self, across: int, draw: Callable[[int, int, int], RunT]) -> None:
        super().__init__()
        self._step, self._draw = across + 1, draw

    def __missing__(self, span: tuple[int, int]) -> RunT:
        row, column = divmod(span[0], self._step)
        made = self[span] = self._draw(column, row, span[1] - span[0])
        return made


@lru_cache(maxsize=8)
def _known_runs(across: int, draw: Callable[[int, int, int], RunT]) -> _KnownRuns[RunT]:
    return _KnownRuns(across, draw)


def _whole(column: int, row: int, length: int) -> tuple[int, int, int]:
    return column, row, length
