"""A document for paper that has its colour already: the colour of the paper is not printed.

Layouts paint their paper, so that the screen and flooded editions show it. On coloured stock, and
on white paper, only black is printed.
"""

from __future__ import annotations

from collections.abc import Mapping

import pydyf

from hrcpub.patterns import pattern
from hrcpub.pipeline.prepress.objects import streams
from hrcpub.units import Rgb, pdf_numbers, rgb

_COLOUR = pattern(rb"([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)")
_SHORT = 64  # bytes: an operator that sets a colour is shorter, and data of images is not


def unprint(pdf: pydyf.PDF, colours: Mapping[str, str]) -> None:
    """Set all fills and strokes in some colours to others: a colour of paper to white, mostly.

    What is white still covers what is beneath. Colours are written as #rrggbb.
    """
    changes = [(rgb(colour), _operands(other)) for colour, other in colours.items()]
    for stream in streams(pdf):
        stream.stream = [_unprinted(operator, changes) for operator in stream.stream]


def _unprinted(operator: object, changes: list[tuple[Rgb, bytes]]) -> object:
    if not isinstance(operator, bytes | str) or len(operator) > _SHORT:
        return operator
    match = _COLOUR.fullmatch(operator.encode() if isinstance(operator, str) else operator)
    if not match:
        return operator
    parts = [float(part) for part in match.groups()[:3]]
    for colour, other in changes:
        # CSS colours have 256 steps: those that differ by less than half a step are the same.
        if all(abs(a - b) < 0.5 / 255 for a, b in zip(parts, colour, strict=True)):
            return other + b" " + match[4]
    return operator


def _operands(colour: str) -> bytes:
    return pdf_numbers(rgb(colour), 6).encode()
