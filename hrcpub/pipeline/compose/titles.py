"""The words of a title to its parts: what leads, what follows, and what its author marked."""

from __future__ import annotations

from dataclasses import replace

from hrcpub.pipeline.setting import CHANCE, Names, breaks, chances, is_marked, names_of
from hrcpub.problems import Problem, Severity
from hrcpub.project.graphemes import letter_count
from hrcpub.project.languages import script_of
from hrcpub.project.markup import plain, spans
from hrcpub.project.material import Material
from hrcpub.project.quotes import tight
from hrcpub.project.words import Words

# Scripts without spaces of which phrases are known. Of others only words are, and the first may be
# half of what it means (အပြည်ပြည်ဆိုင်ရာ, "international"): what leads, a space or a mark says.
_PHRASED = frozenset({"Jpan", "Hans", "Hant"})

RUNNING = 36  # letters of a running head, which has one line of 18 pt; the half of wide ones

SMALL = 2.0  # times the text's size: what is smaller is no title


def weights(text: str, language: str) -> list[bool]:
    """Return of each word of a text whether it is marked (`*so*`, `**so**`): it matters most.

    In scripts without spaces, words are what a title's lines may be cut at.
    """
    marks = iter(
        [
            span.emphasis or span.strong
            for span in spans(text, language)
            for letter in span.text
            if _is_seen(letter)
        ]
    )
    words = chances(tight(plain(text, language)), language).split()
    of_words = [[next(marks) for letter in word if _is_seen(letter)] for word in words]
    return [any(of_word) for of_word in of_words]


def _is_seen(letter: str) -> bool:
    return not letter.isspace() and letter != CHANCE


def parts(words: Words, language: str) -> tuple[Words, Words]:
    """Return what leads a title, its first word or the marked ones that begin it, and the rest.

    The marks of the rest are kept; those of a title that is marked as a whole say nothing. In a
    script without spaces the first ends in U+200B: no space is between it and the rest.
    """
    marks = weights(words.text, language)
    count = marks.index(False) if False in marks else 0
    text = words.text
    if count == 0 and any(marks) and not all(marks):
        # Its first word has no marks, so it stands there as it is read.
        read = plain(text, language) if is_marked(text, language) else text
        first, rest = _parted(read, 0, language)
        size = len(first.removesuffix(CHANCE))
        if text.startswith(first.removesuffix(CHANCE)):
            rest = text[size:].removeprefix(" ")
            return replace(words, text=first), replace(words, text=rest)
    if any(sign in text for sign in "*[\\"):  # markup may go over both parts, so it is dropped
        text = plain(text, language)
    first, rest = _parted(text, count, language)
    return replace(words, text=first), replace(words, text=rest)


def _parted(text: str, marked: int, language: str) -> tuple[str, str]:
    """Return what leads of a text, so many words or one if none is marked, and the rest."""
    count = max(1, marked)
    if not is_marked(text, language):
        every = text.split(" ", count)
        return " ".join(every[:count]), " ".join(every[count:])
    places = [place for place in breaks(text, language) if not place.cost]
    if not marked and script_of(language) not in _PHRASED:
        places = [place for place in places if place.is_spaced]
    if len(places) < count:
        return text, ""
    end, start = places[count - 1].at, places[count - 1].to
    return text[:end] + ("" if " " in text[end:start] else CHANCE), text[start:]


def running(text: str, language: str) -> str:
    """Return a title as it stands at the head of each page, cut short where it is long."""
    most = RUNNING // 2 if script_of(language) in _PHRASED else RUNNING
    if letter_count(text) <= most:
        return text
    if not is_marked(text, language):
        return text[: most - 1].rstrip() + "…"
    ends = (place.at for place in breaks(text, language))
    fitting = [end for end in ends if letter_count(text[:end]) < most]
    return text[: fitting[-1] if fitting else most - 1] + "…"


def kept_whole(material: Material) -> Names:
    """Return the names that titles keep in one line: the design's (`keep`), and who signs."""
    kept = material.layout.system.phrases_in(material.language).get("keep")
    by = material.organisation
    signs = (by.name(material.language), by.short)
    return names_of(
        [*(kept.text.split(",") if kept else ()), *(name.text for name in signs if name)]
    )


def title_small(words: Words, size: float, text: float) -> Problem:
    """A title is hardly larger than the text, because it has a very long word or very many words.

    Fix: use fewer or shorter words. Or write a long one with hyphens, after which it may go on in
    the next line: `Antidiskriminierungs-Beratung`.
    """
    return Problem(
        "title-small",
        f"this is set in {size:.3g} pt, hardly larger than the text ({text:.3g} pt)",
        words.source,
        "use shorter words, or put hyphens into a long one",
        Severity.WARNING,
    )


CODES = {"title-small": title_small}
