"""Who signs a piece to the `Wordmark` that is printed, and the words in it."""

from __future__ import annotations

from collections.abc import Mapping

from hrcpub.pipeline import setting
from hrcpub.pipeline.setting import Face, Wordmark
from hrcpub.project.markup import plain
from hrcpub.project.organisation import Organisation
from hrcpub.project.words import Words


def signature(
    organisation: Organisation,
    language: str,
    faces: Mapping[str, Face],
    measure: float,
    least: float,
) -> tuple[Wordmark, Words | None]:
    """Return the wordmark, at most `measure` wide, and its name; empty and None for nobody.

    It is the short name where the whole one would be smaller than `least`, in points.
    """
    name = organisation.name(language)
    if name is None:
        return Wordmark(), None
    mark = _wordmark(name, language, faces, measure)
    if mark.lines[0].size < least and organisation.short:
        name = organisation.short
        mark = _wordmark(name, language, faces, measure)
    return mark, name


def _wordmark(name: Words, language: str, faces: Mapping[str, Face], measure: float) -> Wordmark:
    """Return a name as a wordmark, in the text's bold if the display face lacks a letter."""
    text = plain(name.text, language)
    is_in_text = bool(faces["display"].missing(text))
    face = faces["bold" if is_in_text else "display"]
    return setting.wordmark(text, face, measure, language, is_in_text)
