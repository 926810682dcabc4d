"""How a template shows a picture, as the query of its address: `?frame=270x180&focus=60,30`.

Why in the address: a page asks for a picture by it, so what is cut off never gets into a file, and
a check of its pixels counts those that are left.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qs

from hrcpub.patterns import pattern
from hrcpub.project.words import Focus
from hrcpub.units import Size

MIDDLE = Focus(0.5, 0.5)
_NUMBER = r"(\d+(?:\.\d+)?)"
_FRAME = pattern(f"{_NUMBER}x{_NUMBER}")
_FOCUS = pattern(f"{_NUMBER},{_NUMBER}")


class PictureView(NamedTuple):
    """How a picture is shown. With the frame left out it is shown whole."""

    frame: Size | None = None  # in points
    focus: Focus = MIDDLE
    is_black: bool = False  # black on the paper, whatever its colours are
    is_lined: bool = False  # in lines of that black

    @property
    def query(self) -> str:
        """Return the part of an address that says so, with its question mark."""
        parts = [f"frame={self.frame.width:.2f}x{self.frame.height:.2f}"] if self.frame else []
        if self.frame and self.focus != MIDDLE:
            parts.append(f"focus={100 * self.focus.x:g},{100 * self.focus.y:g}")
        if self.is_black:
            parts.append("ink=lines" if self.is_lined else "ink=black")
        return f"?{'&'.join(parts)}" if parts else ""


def view_of(query: str) -> PictureView:
    """Return the view that an address asks for; what is written wrong is left out."""
    fields = {name: values[0] for name, values in parse_qs(query).items()}
    match = _FRAME.fullmatch(fields.get("frame", ""))
    frame = Size(float(match[1]), float(match[2])) if match else None
    focus = _FOCUS.fullmatch(fields.get("focus", ""))
    return PictureView(
        frame if frame and min(frame) > 0 else None,
        Focus(float(focus[1]) / 100, float(focus[2]) / 100) if focus else MIDDLE,
        fields.get("ink") in ("black", "lines"),
        fields.get("ink") == "lines",
    )


def framed(width: float, height: float, view: PictureView) -> tuple[float, float, float, float]:
    """Return the part of a picture that fills a frame: left, top, right, bottom.

    It is the largest of the frame's proportion. Its middle is as near to the focus as it can be.
    """
    if view.frame is None:
        return (0.0, 0.0, width, height)
    ratio = view.frame.width / view.frame.height
    wide, high = min(width, height * ratio), min(height, width / ratio)
    left = min(max(view.focus.x * width - wide / 2, 0.0), width - wide)
    top = min(max(view.focus.y * height - high / 2, 0.0), height - high)
    return (left, top, left + wide, top + high)
