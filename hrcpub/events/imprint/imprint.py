"""What an imprint says, and where its parts lie.

Lengths are points; x and y count from the upper left corner of the reserved area, y downwards.
"""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.events.manifest.event import Logo
from hrcpub.problems import Problem
from hrcpub.records import record
from hrcpub.units import Size


class ImprintLine(NamedTuple):
    """One line of text, its baseline's left end at x and y; it may be read from the right."""

    text: str
    face: str  # of the design system: text or bold
    size: float
    x: float
    y: float
    link: str | None = None  # where a reader on the screen may go
    is_right_to_left: bool = False


class Code(NamedTuple):
    """A QR code without its quiet zone: `rows` of modules, 1 where it is dark."""

    says: str
    x: float
    y: float
    module: float
    rows: tuple[bytes, ...]


class PlacedLogo(NamedTuple):
    """A picture where it lies."""

    picture: Logo
    x: float
    y: float
    width: float
    height: float


@record
class Imprint:
    """A local site's details, arranged in an area of a piece."""

    area: Size
    lines: tuple[ImprintLine, ...]
    code: Code | None = None
    logo: PlacedLogo | None = None
    left_out: tuple[Problem, ...] = ()  # what is said of details for which there is no room
