"""A page's number and size to the operators of its dummy, from which a hand folds a sheet."""

from __future__ import annotations

from hrcpub.pipeline.impose import letters
from hrcpub.units import Size


def page(number: int, size: Size) -> bytes:
    """Return the operators of a dummy page: its outline, its number, an arrow to its head."""
    width, height = size
    figure = min(height * 0.25, width * 0.5 / max(1, len(str(number)) * 0.8))
    middle = width / 2
    x = middle - letters.advance(str(number), figure) / 2
    tip, shaft, arm = height * 0.92, height * 0.14, min(width, height) * 0.05
    return "\n".join(
        [
            "0 G 0.5 w",
            f"0.25 0.25 {width - 0.5:.3f} {height - 0.5:.3f} re S",
            f"{middle:.3f} {tip - shaft:.3f} m {middle:.3f} {tip:.3f} l S",
            f"{middle - arm:.3f} {tip - arm:.3f} m {middle:.3f} {tip:.3f} l "
            f"{middle + arm:.3f} {tip - arm:.3f} l S",
            *letters.lines(str(number), x, height * 0.4, figure),
            *letters.lines("head", middle + 1.5 * arm, tip - shaft, min(7.0, height * 0.03)),
        ]
    ).encode()
