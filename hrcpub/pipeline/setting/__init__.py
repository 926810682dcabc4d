"""Setting type by its ink: words, a face and a measure to sizes, line breaks and heights.

Pure functions over HarfBuzz, for what WeasyPrint lacks: `fit` (the ink of a line fills a measure),
`cuts` (words in such lines), `fill` and `spread` (a title in its place), `Openings` (of a list, in
one size), `share` (the rows of a stack), `rag` (the best breaks of a ragged paragraph), `balance`
(of a headline), `isolates` (what is from left to right in a text from right to left), `words_of`
(a text in any script), `wordmark` (a name in one line or two), `subset` (a font with fewer
letters).
Lengths are points.
"""

from hrcpub.pipeline.setting.breaks import (
    CHANCE,
    breaks,
    chances,
    has_segmenters,
    has_unknown,
    is_marked,
    line_breaks_unknown,
    words_of,
)
from hrcpub.pipeline.setting.cut import Cut, clear, cuts, even, lead
from hrcpub.pipeline.setting.face import DISPLAY_FEATURES, Face, InkBox
from hrcpub.pipeline.setting.fit import Fit, at_size, counter, fit
from hrcpub.pipeline.setting.hyphens import HYPHEN, is_divided
from hrcpub.pipeline.setting.isolates import held, is_whole, isolates
from hrcpub.pipeline.setting.itemising import script_of_letter
from hrcpub.pipeline.setting.missing import by_script, glyph_missing
from hrcpub.pipeline.setting.openings import Openings
from hrcpub.pipeline.setting.rag import SAFE, balance, hang, rag
from hrcpub.pipeline.setting.said import said_line
from hrcpub.pipeline.setting.sense import Names, names_of
from hrcpub.pipeline.setting.shown import ShownLine, ShownLines
from hrcpub.pipeline.setting.stack import lines_over, share
from hrcpub.pipeline.setting.subset import subset, subset_of_glyphs
from hrcpub.pipeline.setting.title import TitlePlace, apart, fill, spread
from hrcpub.pipeline.setting.wordmark import SigningLogo, Wordmark, logo_size, wordmark

__all__ = [
    "CHANCE",
    "DISPLAY_FEATURES",
    "HYPHEN",
    "SAFE",
    "Cut",
    "Face",
    "Fit",
    "InkBox",
    "Names",
    "Openings",
    "ShownLine",
    "ShownLines",
    "SigningLogo",
    "TitlePlace",
    "Wordmark",
    "apart",
    "at_size",
    "balance",
    "breaks",
    "by_script",
    "chances",
    "clear",
    "counter",
    "cuts",
    "even",
    "fill",
    "fit",
    "glyph_missing",
    "hang",
    "has_segmenters",
    "has_unknown",
    "held",
    "is_divided",
    "is_marked",
    "is_whole",
    "isolates",
    "lead",
    "line_breaks_unknown",
    "lines_over",
    "logo_size",
    "names_of",
    "rag",
    "said_line",
    "script_of_letter",
    "share",
    "spread",
    "subset",
    "subset_of_glyphs",
    "wordmark",
    "words_of",
]
