"""A text and its glyphs to what each glyph says, and to the codes and the text that a file needs.

What is copied, found and read aloud is what a file says of its codes (ISO 32000-2 §9.10), one code
at a time. Where a script reorders, joins or splits its letters, one glyph says different things in
different words. So a code stands for a glyph *and* what it says (`GlyphCodes`), the letters of a
cluster are dealt out over its glyphs (`glyph_texts`), and lines in which readers would still lose
a letter have their text beside them (`needs_spelling`, `actual_text`; §14.9.4).

Used for pages (`typeset/coded_text.py`), and for whoever writes text operators without WeasyPrint:

    texts = glyph_texts(line, [glyph.cluster for glyph in shaped])
    codes = [font_codes.code(glyph.number, text) for glyph, text in zip(shaped, texts)]
    ... /Span <</ActualText %b>> BDC  <codes> Tj  EMC    with actual_text(line), if needs_spelling
    ... the font: ToUnicode from font_codes.texts, /CIDToGIDMap from font_codes.glyph_map()
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from hrcpub.pipeline.setting.bidi import FROM_THE_RIGHT

CODES_OF = "glyph_codes"  # the attribute of a font of WeasyPrint that has its GlyphCodes
NO_CODES = 0x10000  # codes have two bytes: from here on there are none
_CONTROLS = (0x02, 0x03, 0x93, 0x94, 0x96, 0x97, 0x98)  # that PDFium does not read
# Controls of lines and of direction are followed, and say nothing: soft hyphen, space without
# width, marks and isolates of direction, word joiner. The joiners U+200C and U+200D are letters.
_UNSAID = dict.fromkeys(
    [0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A)]
)


def glyph_texts(
    text: str, clusters: Sequence[int], *, is_right_to_left: bool = False, end: int | None = None
) -> list[str]:
    """Return what each glyph of a run says; together they say the run, each letter once.

    `clusters` has, for glyphs from left to right, where in `text` the letters begin that a glyph
    belongs to; leave out glyphs that are not drawn. `end`: where the run ends. In a run from right
    to left a glyph's letters are in the order of reading, those of the rightmost glyph come first.
    "" where a cluster has more glyphs than letters.
    """
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], end], strict=False))
    texts = [""] * len(clusters)
    for first, after in _groups(clusters):
        at = clusters[first]
        letters = text[at : ends[at]].translate(_UNSAID)
        places = range(first, after)
        for place, part in zip(
            reversed(places) if is_right_to_left else places,
            _dealt(letters, after - first),
            strict=True,
        ):
            texts[place] = part
    return texts


def _groups(clusters: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first glyph of each cluster, and the one after its last."""
    first = 0
    for place in range(1, len(clusters) + 1):
        if place == len(clusters) or clusters[place] != clusters[first]:
            yield first, place
            first = place


def _dealt(letters: str, count: int) -> list[str]:
    """Deal letters out over `count` glyphs: one for each, what is left over with the last."""
    letters = unicodedata.normalize("NFC", letters)
    if len(letters) < count:  # a letter and its accent, in two glyphs
        letters = unicodedata.normalize("NFD", letters)
    parts = [*letters[: count - 1], letters[count - 1 :]]
    return parts + [""] * (count - len(parts))


def needs_spelling(text: str, clusters: Sequence[int]) -> bool:
    """Return whether readers need the text of a line beside its glyphs.

    Marks are drawn over and around their letters, where readers look for another line or word. A
    text that runs from right to left is never spelled out: readers would turn it round.
    """
    if not {unicodedata.bidirectional(letter) for letter in text}.isdisjoint(FROM_THE_RIGHT):
        return False
    is_marked = any(unicodedata.category(letter).startswith("M") for letter in text)
    return is_marked or any(after - first > 1 for first, after in _groups(clusters))


def actual_text(text: str) -> bytes:
    """Return a text as ActualText has it, in hexadecimal UTF-16 (ISO 32000-2 §7.9.2.2).

    What only says where a line may end, or may not, is left out: nobody means to copy it.
    """
    said = text.translate({0x200B: None, 0x2060: None})
    return b"<feff%b>" % said.encode("utf-16-be").hex().encode()


class GlyphCodes:
    """The codes of one font in a file: each stands for a glyph and for what it says.

    The first thing that a glyph says has the glyph's own number as its code. Whatever else it says
    gets a code of its own, after the last glyph. In `texts` is what each code says, for ToUnicode,
    and in `others` are the glyphs of the codes that are not glyphs' own numbers.
    """

    def __init__(self, glyph_count: int, texts: dict[int, str] | None = None) -> None:
        """Begin codes for a font of `glyph_count` glyphs; `texts` are known already, and kept."""
        self.texts: dict[int, str] = {} if texts is None else texts
        self.others: dict[int, int] = {}
        self._next = glyph_count
        self._codes: dict[tuple[int, str], int] = {}
        self._silent: dict[int, int] = {}

    def code(self, glyph: int, text: str) -> int:
        """Return the code for a glyph that says a text. When all are given, the glyph's own."""
        if glyph not in self.others:
            said = self.texts.setdefault(glyph, text)
            if said == text or (said.isspace() and text.isspace()):
                return glyph
        if (glyph, text) not in self._codes:
            if self._next >= NO_CODES:
                return glyph
            self.others[self._next] = glyph
            self.texts[self._next] = text
            self._codes[glyph, text] = self._next
            self._next += 1
        return self._codes[glyph, text]

    def silent(self, glyph: int) -> int | None:
        """Return the code for a glyph that no reader hears; None when all are given.

        PDFium reads a code without a text as the character of that number, and passes over those of
        controls.
        """
        if glyph not in self._silent:
            code = next((code for code in _CONTROLS if code not in self.texts), None)
            if code is None:
                return None
            self._silent[glyph] = code
            self.others[code], self.texts[code] = glyph, ""
        return self._silent[glyph]

    def glyph_map(self) -> bytes:
        """Return the stream /CIDToGIDMap, unpacked (ISO 32000-2 §9.7.4.2): glyphs by their codes.

        Glyphs that are not used have none, so it packs to some hundred bytes.
        """
        return b"".join(
            self.others.get(code, code if code in self.texts else 0).to_bytes(2, "big")
            for code in range(max(self.texts, default=-1) + 1)
        )
