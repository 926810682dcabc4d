"""Lines with accents, with their text beside them: what is copied is what was typed."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint.formatting_structure.boxes import TextBox
    from weasyprint.pdf.stream import Stream

_HYPHENATED = re.compile("\u00ad?\u2010$")  # what WeasyPrint sets at a line's end


def spell_out_accents() -> None:
    """Let WeasyPrint write the text of lines with accents beside them, as ActualText (§14.9.4).

    Once for the process. Why: an accent is shown by itself, above the line, where readers look for
    another line.
    """
    from weasyprint.draw import text as drawing

    draw = drawing.draw_first_line

    def _drawn(stream: Stream, box: TextBox, *place: object) -> object:
        if not _needs_spelling(box.text):
            return draw(stream, box, *place)
        spelt = _HYPHENATED.sub("\u00ad", box.text)
        mark = _tag_around(stream)
        if mark is not None:
            # Not a mark of its own: poppler takes the end of that for the tag's.
            mark["ActualText"] = _written(spelt)
            return draw(stream, box, *place)
        stream.begin_marked_content("Span", b"<</ActualText %b>>" % _written(spelt))
        emojis = draw(stream, box, *place)
        stream.end_marked_content()
        return emojis

    drawing.draw_first_line = _drawn


def _tag_around(stream: Stream) -> dict[str, object] | None:
    """Return the properties of the tag that a text is drawn in, None in a file without tags."""
    marks = (item for item in reversed(stream.stream) if isinstance(item, dict))
    return next((mark for mark in marks if "MCID" in mark), None)


def _written(text: str) -> bytes:
    return b"<feff%b>" % text.encode("utf-16-be").hex().encode()


def _needs_spelling(text: str) -> bool:
    """Return whether a line has accents by themselves, and runs from left to right."""
    # What runs from right to left, readers would turn round.
    kinds = {unicodedata.bidirectional(letter) for letter in text}
    return any(map(unicodedata.combining, text)) and kinds.isdisjoint({"R", "AL", "AN"})
