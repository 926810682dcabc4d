"""Setting type by the ink: words, a face and a measure to sizes, line breaks and heights.

Pure functions over HarfBuzz, for what WeasyPrint lacks: `fit` (a line's ink fills a measure),
`cuts` (an opening into such lines), `rag` (the best breaks of a ragged paragraph), `balance` (of a
headline), `choose` and `share` (the rows of a stack). Lengths are in points; y grows downwards from
the ink's top.
"""

from hrcpub.setting.cut import Cut, cuts, even, fill, lead
from hrcpub.setting.face import Face, Ink
from hrcpub.setting.fit import Fit, at_size, counter, fit
from hrcpub.setting.rag import balance, hang, rag
from hrcpub.setting.stack import choose, share

__all__ = [
    "Cut",
    "Face",
    "Fit",
    "Ink",
    "at_size",
    "balance",
    "choose",
    "counter",
    "cuts",
    "even",
    "fill",
    "fit",
    "hang",
    "lead",
    "rag",
    "share",
]
