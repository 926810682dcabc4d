"""What one file may cost, which a stranger may have written."""

from __future__ import annotations

from typing import NamedTuple


class Bounds(NamedTuple):
    """What one file may cost. The figures are far over those of any page that is meant for print.

    A page takes some milliseconds, a map a second. `decoded` counts the bytes of all contents and
    pictures together, `stream` those of one stream, `picture` those of one picture, `marks` what is
    painted on one page, `pixels` those of one picture.
    """

    seconds: float = 300.0
    page_seconds: float = 60.0
    decoded: int = 768 << 20
    stream: int = 96 << 20
    operators: int = 30_000_000
    marks: int = 400_000
    pixels: int = 80_000_000
    picture: int = 256 << 20


BOUNDS = Bounds()
