"""The words of a title to its parts: what leads, what follows, and what its author marked."""

from __future__ import annotations

from dataclasses import replace

from hrcpub.pipeline.setting import Names, names_of
from hrcpub.problems import Problem, Severity
from hrcpub.project.markup import plain, spans
from hrcpub.project.material import Material
from hrcpub.project.words import Words

SMALL = 2.0  # times the text's size: what is smaller is no title


def weights(text: str, language: str) -> list[bool]:
    """Return of each word of a text whether it is marked (`*so*`, `**so**`): it matters most."""
    letters = [
        (letter, span.emphasis or span.strong)
        for span in spans(text, language)
        for letter in span.text
    ]
    words: list[list[bool]] = [[]]
    for letter, is_marked in letters:
        if letter.isspace():
            words.append([])
        else:
            words[-1].append(is_marked)
    return [any(word) for word in words if word]


def parts(words: Words, language: str) -> tuple[Words, Words]:
    """Return what leads a title, its first word or the marked ones that begin it, and the rest.

    The marks of the rest are kept; those of a title that is marked as a whole say nothing.
    """
    marks = weights(words.text, language)
    count = marks.index(False) if False in marks else 0
    if any(marks[count:]) and count < len(marks) and not all(marks):
        first, _, rest = words.text.partition(" ")
        if count == 0:
            return replace(words, text=first), replace(words, text=rest)
    text = words.text
    if any(sign in text for sign in "*[\\"):  # markup may go over both parts, so it is dropped
        text = plain(text, language)
    every = text.split(" ", max(1, count))
    first, rest = " ".join(every[: max(1, count)]), " ".join(every[max(1, count) :])
    return replace(words, text=first), replace(words, text=rest)


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
