"""A text with its markup to the lines of a paragraph: best rag, even headlines, hanging quotes."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.patterns import pattern
from hrcpub.pipeline import setting
from hrcpub.pipeline.setting import Face
from hrcpub.project.languages import is_right_to_left
from hrcpub.project.markup import Span, plain, spans
from hrcpub.units import css

if TYPE_CHECKING:
    from markupsafe import Markup

Breaks = Callable[[str, list[float], float, str, float | None], list[tuple[int, int]] | None]
NamedFaces = tuple[tuple[str, Face], ...]  # by their uses


class TextLine(NamedTuple):
    """One line of a paragraph."""

    runs: tuple[Span, ...]  # lines are kept, and many pieces have the same ones
    width: float  # points, without the quotation mark that hangs
    hang: float  # points by which it begins before the measure
    after: str = " "  # what is between it and the next line: a key of _AFTER
    is_loose: bool = False  # a word is too wide for any line, so WeasyPrint breaks them


# A text is counted before it is set, and set again when others give way; offices are on many
# pieces.
@lru_cache(maxsize=1024)
def paragraph_lines(
    text: str,
    measure: float,
    face: str,
    size: float,
    faces: NamedFaces,
    tracking: float,
    language: str,
    breaks: Breaks = setting.rag,
) -> tuple[TextLine, ...]:
    """Return the lines of a text; a single loose one when a word is too wide for `measure`.

    `tracking` is in thousandths of the size.
    """
    lines: list[TextLine] = []
    named = dict(faces)
    extra = tracking * size / 1000
    hyphen = _hyphen(named[face], size, language)
    if breaks is setting.rag and face != "text":
        breaks = _in_roomy_words
    for part in _parts(spans(text, language)):
        lines[-1:] = [line._replace(after="\n") for line in lines[-1:]]
        flat = "".join(run.text for run in part)
        advances = [
            # Pango spaces clusters: what stands at a letter has no space of its own.
            width * size + (extra if width or letter < "\u0300" else 0.0)
            for run in part
            for letter, width in zip(
                run.text, _run_face(run, face, named).advances(run.text), strict=True
            )
        ]
        # Over the whole text between two breaks of the author: emphasis does not end a word.
        places = None
        if is_right_to_left(language):  # what belongs together there stays on one line, if it can
            places = breaks(setting.held(flat), advances, measure, language, hyphen)
        places = places or breaks(flat, advances, measure, language, hyphen)
        is_loose = places is None
        for start, end in [(0, len(flat))] if places is None else places:
            hang = setting.hang(flat[start:end], advances[start:end]) if places else 0.0
            width = sum(advances[start:end]) - hang
            after = _after(flat, end)
            lines.append(TextLine(_slice(part, start, end), width, hang, after, is_loose))
    return tuple(lines)


def in_whole_words(
    text: str, advances: list[float], measure: float, language: str, _: float | None
) -> list[tuple[int, int]] | None:
    """Return the lines of `rag` in any language without a hyphen, as WeasyPrint breaks texts."""
    return setting.rag(text, advances, measure, language)


def after_commas(
    text: str, advances: list[float], measure: float, language: str, _: float | None
) -> list[tuple[int, int]] | None:
    """Return the lines of a fact, as an address: they end after commas, if that takes no more.

    So a floor is not torn (`5th / Floor`), and what is said of one thing is read as one.
    """
    lines = setting.rag(text, advances, measure, language)
    if lines is None or len(lines) < 2 or setting.is_marked(text, language):
        return lines
    found: list[tuple[int, int]] = []
    ends = [0, *(comma.end() for comma in _COMMA.finditer(text)), len(text)]
    for start, end in itertools.pairwise(ends):
        last = len(text[:end].rstrip())
        if found and sum(advances[found[-1][0] : last]) <= measure - setting.SAFE:
            found[-1] = (found[-1][0], last)
        elif sum(advances[start:last]) <= measure - setting.SAFE:
            found.append((start, last))
        else:
            return lines
    return found if len(found) <= len(lines) else lines


# Or where `held` keeps a number with what is before it, in languages from the right.
_COMMA = pattern(r"(?<=[,;،؛])[ \u00a0]")


def _in_roomy_words(
    text: str, advances: list[float], measure: float, language: str, hyphen: float | None
) -> list[tuple[int, int]] | None:
    """Return the lines of `rag` for words that matter most: a hyphen only where one has no room."""
    return setting.rag(text, advances, measure, language, hyphen, is_whole=True)


def widths(
    lines: Sequence[TextLine], text: str, measure: float, language: str = "en"
) -> tuple[float, float, float]:
    """Return the width of all lines, what is free in the last one, and that of an average word."""
    used = sum(line.width for line in lines)
    words = max(1, len(setting.words_of(plain(text, language), language)))
    free = measure - (lines[-1].width if lines else 0.0)
    return used, free, (used / words) * 1.06  # a word and the space after it


def lines_html(lines: Sequence[TextLine], *, from_the_left: bool = False) -> Markup:
    """Return the HTML of a paragraph: one span for each line, in which nothing breaks.

    Lines may be `from_the_left` in a language from the right: else the comma at the end of one
    would stand before it.

    Words and spaces stay as they were written, so that the text can be copied and read aloud. Why
    not one span with line feeds, which is sooner laid out: in the tags of a file, the last word of
    a line and the first of the next would then be one word.
    """
    from markupsafe import Markup

    parts = []
    for line in lines:
        inner = _html(line.runs)
        if not line.is_loose:
            kind = "set-lines divided" if line.after == setting.HYPHEN else "set-lines"
            direction = ' dir="ltr"' if from_the_left else ""
            hung = f' style="margin-inline-start:{css(-line.hang)}"' if line.hang else ""
            inner = f'<span class="{kind}"{direction}{hung}>{inner}</span>'
        parts += [inner, _AFTER[line.after]]
    return Markup("".join(parts[:-1]))


def _after(text: str, end: int) -> str:
    """Return what is between the line that ends there and the next: a key of `_AFTER`."""
    if end == len(text):
        return " "
    if text[end] != " ":
        is_within = text[end - 1].isalpha() and text[end].isalpha()
        is_divided = is_within and not setting.is_marked(text[end - 1 : end + 1])
        return setting.HYPHEN if is_divided else "\u200b"
    return " " if text[end - 1].isalnum() and text[end + 1 : end + 2].isalnum() else " \u200b"


_AFTER = {
    " ": " ",
    # Beside signs: of itself no line ends after "(" or begins with "; " (UAX #14, LB13 and LB14).
    " \u200b": " <wbr>",
    "\u200b": "<wbr>",
    setting.HYPHEN: "<wbr>",
    "\n": "<br>",
}  # a space; nothing after a dash or in a word; a break that the author wrote


def _hyphen(face: Face, size: float, language: str) -> float | None:
    """Return how wide the hyphen is at a line's end, None where words are not divided."""
    if not setting.is_divided(language) or face.missing(setting.HYPHEN):
        return None
    return sum(face.advances(setting.HYPHEN)) * size


def _run_face(run: Span, face: str, faces: Mapping[str, Face]) -> Face:
    name = {(False, False): face, (True, False): "italic", (False, True): "bold"}
    return faces[name.get((run.emphasis, run.strong), "bold-italic")]


def _parts(pieces: tuple[Span, ...]) -> list[list[Span]]:
    """Return the runs between line breaks."""
    parts: list[list[Span]] = [[]]
    for run in pieces:
        if run.text == "\n":
            parts.append([])
        else:
            parts[-1].append(run)
    return [part for part in parts if part]


def _slice(part: list[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return the runs of the characters from `start` to `end`."""
    cut, at = [], 0
    for run in part:
        text = run.text[max(0, start - at) : max(0, end - at)]
        if text:
            cut.append(run._replace(text=text))
        at += len(run.text)
    return tuple(cut)


def _html(line: Sequence[Span]) -> str:
    """Return the HTML of a line's runs; what their authors wrote is text in it."""
    from markupsafe import escape

    html = []
    for run in line:
        piece = str(escape(run.text.replace(setting.CHANCE, "")))
        if run.emphasis:
            piece = f"<em>{piece}</em>"
        if run.strong:
            piece = f"<strong>{piece}</strong>"
        if run.link:
            piece = f'<a href="{escape(run.link)}">{piece}</a>'
        if run.language:
            piece = f'<span lang="{escape(run.language)}">{piece}</span>'
        html.append(piece)
    return "".join(html)
