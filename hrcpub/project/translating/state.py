"""Originals and their PO files to how far the translations are: `TranslationState`s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.translating.originals import Original
from hrcpub.project.translations.po_reading import read_catalog
from hrcpub.project.translations.wording import is_open, word_count


class TranslationState(NamedTuple):
    """How much of an original is translated into a language, in words of the original."""

    name: str
    language: str
    path: str
    words: int
    open_words: int
    places: int
    open_places: int
    fuzzy_places: int  # of the open ones, those that have to be looked over
    is_machine_made: bool = False
    reviewed_by: str | None = None
    problems: tuple[Problem, ...] = ()  # why the file cannot be read

    @property
    def per_cent(self) -> int:
        """How much is translated; 100 only when all is."""
        if not self.words:
            return 0 if self.open_places or self.problems else 100
        return int(100 * (self.words - self.open_words) / self.words)


def states(
    project: Project, originals: Iterable[Original], languages: Iterable[str]
) -> Iterator[TranslationState]:
    """Yield how far each translation is that there is a file of."""
    chosen = tuple(languages)
    for original in originals:
        for language in chosen:
            if project.sources.has(original.file(language)):
                yield state(project, original, language)


def state(project: Project, original: Original, language: str) -> TranslationState:
    """Return how far one translation is; all is open in a file that cannot be read."""
    path, passages = original.file(language), original.passages
    words = word_count(passages)
    try:
        catalog, _ = read_catalog(project.sources, path, language)
    except HrcpubError as error:
        count = len(passages)
        problems = error.problems
        return TranslationState(
            original.name, language, path, words, words, count, count, 0, problems=problems
        )
    messages = catalog.by_slot
    open_ = [
        (passage, messages.get(passage.slot))
        for passage in passages
        if passage.slot not in messages or is_open(passage, messages[passage.slot])
    ]
    fuzzy = [message for _, message in open_ if message and message.words.strip()]
    return TranslationState(
        original.name,
        language,
        path,
        words,
        word_count(passage for passage, _ in open_),
        len(passages),
        len(open_),
        len(fuzzy),
        catalog.is_machine_made,
        catalog.header.get("X-Reviewed-By"),
    )
