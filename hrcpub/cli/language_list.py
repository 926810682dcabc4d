"""A project to the table of `hrcpub list --languages`: what can be set here, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.setting.breaks import has_segmenters
from hrcpub.problems import HrcpubError
from hrcpub.project.languages import direction_of, is_spaced, main_part, script_of
from hrcpub.project.layout import System, absent_files, read_system
from hrcpub.project.layout.faceless import is_in_ours
from hrcpub.project.layout.phrases import phrase_languages
from hrcpub.project.spoken import own_and_english
from hrcpub.project.translating.originals import originals
from hrcpub.project.translating.state import TranslationState, states
from hrcpub.project.translations.files import languages as translated_into

# Own names come last: in a terminal some letters are two columns wide, and some none.
COLUMNS = (
    "language", "english", "script", "direction", "faces", "phrases", "lines", "translated", "name",
)  # fmt: skip

# What neighbours of groups like ours read most, beside English. Others are set where their script
# is; a project's own are added.
ASKED_FOR = """en es fr ht pt pl tr ro so tl hmn vi yo nv haw ru uk el ar fa ur ps ku ckb he hi ne
bn pa ta te gu th lo km my am ti zh-Hans zh-Hant ja ko chr hy ka"""


def language_rows(project: Project) -> list[dict[str, str]]:
    """Return what is known of each language that is asked for, or used in the project."""
    sources = project.sources
    system = project.known("system", read_system)
    used = (*system.phrases, *phrase_languages(sources), *translated_into(sources))
    tags = dict.fromkeys([*ASKED_FOR.split(), *used])
    found = _translations(project)
    return [_row(tag, system, sources, found.get(tag, [])) for tag in tags]


def _translations(project: Project) -> Mapping[str, list[TranslationState]]:
    found: dict[str, list[TranslationState]] = {}
    try:
        known = [original for original in originals(project) if not original.is_of_design]
    except HrcpubError:  # `check` says why
        return found
    for state in states(project, known, translated_into(project.sources)):
        found.setdefault(state.language, []).append(state)
    return found


def _row(
    tag: str, system: System, sources: Sources, translations: list[TranslationState]
) -> dict[str, str]:
    names = own_and_english(tag) or own_and_english(main_part(tag)) or (tag, tag)
    return {
        "language": tag,
        "name": names[0],
        "english": names[1],
        "script": script_of(tag),
        "direction": direction_of(tag),
        "faces": _faces(tag, system, sources),
        "phrases": _phrases(tag, system, sources),
        "lines": "yes" if is_spaced(tag) or has_segmenters() else "not installed",
        "translated": ", ".join(_parts(translations)) or "none",
    }


def _faces(tag: str, system: System, sources: Sources) -> str:
    """Return whether there are faces for a language: all the files, none, or some."""
    own = system.own_faces(tag)
    if own is None:
        return "yes" if is_in_ours(tag) else "none"
    return "to add" if absent_files(own, sources) else "yes"


def _phrases(tag: str, system: System, sources: Sources) -> str:
    names = {tag, main_part(tag)}
    if names & {*system.phrases, *phrase_languages(sources)}:
        return "yes"
    return "not finished" if names & {*system.unfinished} else "none"


def _parts(translations: list[TranslationState]) -> Iterator[str]:
    """Yield how many pieces are translated, and how many words are open in others."""
    whole = [state for state in translations if not state.open_places]
    if whole:
        yield f"{len(whole)} pieces" if len(whole) > 1 else "1 piece"
    if words := sum(state.open_words for state in translations if state.open_places):
        yield f"{words:,} words open"
