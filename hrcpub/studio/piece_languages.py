"""The languages of a piece: how far its translations are, and how a new one is begun."""

from __future__ import annotations

from typing import Any

from hrcpub.build.beginning import begin_translations, tag_asked
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.languages import main_part
from hrcpub.project.layout.phrases import phrase_languages
from hrcpub.project.spoken import code_named
from hrcpub.project.translating.originals import original
from hrcpub.project.translating.state import state
from hrcpub.project.translations.files import languages
from hrcpub.studio.open_translation import language_name


def language_rows(project: Project, name: str) -> dict[str, Any]:
    """Return a row for each translation of a piece, and the languages that it may get."""
    project = Project(project.sources.recording(), project.cache)
    of = original(project, name)
    there = [tag for tag in languages(project.sources) if project.sources.has(of.file(tag))]
    rows = []
    for tag in there:
        now = state(project, of, tag)
        rows.append(
            {
                "language": tag,
                "called": language_name(tag),
                "per_cent": now.per_cent,
                "open_places": now.open_places,
                "fuzzy_places": now.fuzzy_places,
                "problem": now.problems[0].message if now.problems else None,
            }
        )
    known = dict.fromkeys((*languages(project.sources), *phrase_languages(project.sources)))
    taken = {main_part(tag) for tag in (of.language, *there)}
    offered = [tag for tag in known if main_part(tag) not in taken]
    return {
        "languages": rows,
        "offered": [{"language": tag, "called": language_name(tag)} for tag in offered],
    }


def begun_translation(sources: Sources, name: str, language: str) -> str:
    """Begin a piece's translation, and the design's phrases; return the language's tag.

    Raises HrcpubError for what is no language, and for the piece's own.
    """
    tag = tag_asked(code_named(language) or language)
    list(begin_translations(sources, tag, [name]))
    return tag
