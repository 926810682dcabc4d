"""What the judges of pages say: texts that are in a wrong place, and how."""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.pipeline.typeset.laid_page import Area, LaidPicture, LaidRule, LaidText

SLACK = 0.5  # points: edges of boxes are rounded


class Misplaced(NamedTuple):
    """Texts in one place that are wrong in one way."""

    kind: str  # a key of `messages._WORDED`
    texts: tuple[LaidText, ...]
    over: float = 0.0  # by how many points; of faint texts their contrast, of small ones their size
    area: Area | None = None  # the one that they exceed
    other: LaidText | LaidPicture | LaidRule | Area | None = None  # what they are on or under
    least: float = 0.0  # the size that small ones would need, in points
    letters: tuple[str, ...] = ()  # of those that touch: the one above, the one below
