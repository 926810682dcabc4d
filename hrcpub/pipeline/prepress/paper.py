"""A document whose paper is coloured already: what only imitates the paper is not printed.

Layouts paint their paper, so that the screen and the flooded edition show it. On coloured stock,
and on white, the same files are printed in black alone.
"""

from __future__ import annotations

import re

import pydyf

_COLOUR = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (rg|RG)")
_SHORT = 64  # bytes: a colour operator is shorter, an image's data is not looked through


def unprint(pdf: pydyf.PDF, papers: tuple[str, ...]) -> None:
    """Set every fill and stroke in a paper's colour to white: no ink, whatever lies beneath."""
    colours = [_fractions(paper) for paper in papers]
    for stream in (found for found in pdf.objects if isinstance(found, pydyf.Stream)):
        stream.stream = [_unprinted(operator, colours) for operator in stream.stream]


def _unprinted(operator: object, colours: list[tuple[float, ...]]) -> object:
    if not isinstance(operator, bytes | str) or len(operator) > _SHORT:
        return operator
    found = _COLOUR.fullmatch(operator.encode() if isinstance(operator, str) else operator)
    if not found:
        return operator
    parts = [float(part) for part in found.groups()[:3]]
    for colour in colours:
        # CSS colours have 256 steps; half a step apart is the same colour, rounded elsewhere.
        if all(abs(a - b) < 0.5 / 255 for a, b in zip(parts, colour, strict=True)):
            return b"1 1 1 " + found[4]
    return operator


def _fractions(colour: str) -> tuple[float, ...]:
    """Return #rrggbb as three numbers from 0 to 1."""
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
