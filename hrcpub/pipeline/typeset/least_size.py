"""Texts on a page to those that are too small to read, as they are printed in the end."""

from __future__ import annotations

from collections.abc import Iterator

from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset import laid_text
from hrcpub.pipeline.typeset.laid_page import LaidPage, LaidText
from hrcpub.pipeline.typeset.misplaced import Misplaced

ROUNDED = 0.05  # points: sizes that are worked out are rounded in CSS


def small(texts: list[LaidText], page: LaidPage, html: Html) -> Iterator[Misplaced]:
    """Texts under the least size of their piece's format, by their size."""
    if html.format is None:
        return
    groups: dict[tuple[float, float], list[LaidText]] = {}
    for text in texts:
        size = laid_text.printed_size(text)
        if size >= html.format.least - ROUNDED:
            continue
        least = html.format.small if "small" in text.area.may else html.format.least
        if size < least - ROUNDED:
            groups.setdefault((round(size, 1), least), []).append(text)
    for (size, least), members in groups.items():
        yield Misplaced("small", tuple(members), size, least=least)
