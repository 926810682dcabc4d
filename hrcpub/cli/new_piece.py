"""`new`: a layout, a name and a language to a material's file, and what is said of it."""

from __future__ import annotations

from hrcpub.build.beginning import tag_asked
from hrcpub.build.starting import start_material
from hrcpub.cli.translation_files import bring_fonts
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Source
from hrcpub.project.languages import in_english, main_part, script_of
from hrcpub.project.layout import read_system
from hrcpub.project.layout.phrases import phrase_languages
from hrcpub.project.material_problems import language_unknown
from hrcpub.project.organisation import read_organisation
from hrcpub.project.words import Words


def begin_piece(sources: Sources, layout: str, name: str, language: str | None) -> list[str]:
    """Write a new material, with its language's fonts where they came with hrcpub; say so.

    Raises HrcpubError, before anything is written, where the design does not speak the language.
    """
    usual = read_organisation(sources).language
    asked = Words(tag_asked(language), Source()) if language else usual
    if asked:
        _must_speak(sources, asked)
    lines = [f"wrote {start_material(sources, layout, name, asked.text if asked else None)}"]
    if asked and main_part(asked.text) != "en":
        lines += bring_fonts(sources, asked.text)
        lines.append(_said(asked.text))
    return [*lines, f"Put your words into it, then run: hrcpub build {name} --watch"]


def _said(tag: str) -> str:
    """Return what is to be known of a piece whose sample is in English still.

    English words in the sizes of another script may be too long for their places.
    """
    said = f"It says that it is in {in_english(tag)}; its sample words are in English"
    if script_of(tag) == "Latn":
        return f"{said}."
    return f"{said}, and may be too long for their places until yours are there."


def _must_speak(sources: Sources, asked: Words) -> None:
    """Raise HrcpubError where the design has no words of its own in a language."""
    system = Project(sources).known("system", read_system)
    known = dict.fromkeys((*system.phrases, *phrase_languages(sources)))
    if {asked.text, main_part(asked.text)}.isdisjoint(known):
        raise HrcpubError(language_unknown(asked, known))
