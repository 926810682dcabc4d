"""A material's language to the Problems of faces that it needs and the project does not have."""

from __future__ import annotations

from hrcpub.files.sources import Sources
from hrcpub.problems import Problem, Source, some
from hrcpub.project.languages import in_english, script_in_english, script_of
from hrcpub.project.layout.faces import ScriptFaces
from hrcpub.project.layout.system import SYSTEM, System
from hrcpub.project.words import Words

# Those of the design's own faces; and what is not known to be another.
_OURS = frozenset({"Latn", "Zyyy"})


def faces_lacking(language: Words, system: System, sources: Sources) -> list[Problem]:
    """Return a Problem when a project has no faces for a language, or not their files."""
    own = system.own_faces(language.text)
    if own is None:
        is_ours = is_in_ours(language.text)
        return [] if is_ours else [language_faceless(language.text, language.source)]
    absent = absent_files(own, sources)
    return [faces_absent(language.text, absent, language.source)] if absent else []


def is_in_ours(language: str) -> bool:
    """Return whether a language is written in the letters of the design's own faces."""
    return script_of(language) in _OURS


def absent_files(faces: ScriptFaces, sources: Sources) -> list[str]:
    """Return the files of a script's faces that a project does not have."""
    return [face.file for face in faces.files.values() if not sources.has(face.file)]


def files_lacking(language: str, system: System, sources: Sources) -> list[str]:
    """Return the files of a language's own faces that a project does not have."""
    own = system.own_faces(language)
    return absent_files(own, sources) if own else []


def language_faceless(language: str, place: Source | None) -> Problem:
    """The design has no face for the script of a piece's language, so it cannot be set at all.

    Fix: put fonts that have its letters into `fonts/`, and name them for the script in
    `layouts/system/system.yaml`, under `faces-for:`. `hrcpub fonts` lists the scripts that have
    faces.
    """
    script = script_in_english(language)
    return Problem(
        "language-faceless",
        f"the design has no face for {in_english(language)}, which is written in {script}",
        place,
        f"add one under faces-for: in {SYSTEM}/system.yaml; `hrcpub fonts` lists what there is",
    )


def faces_absent(language: str, files: list[str], place: Source | None) -> Problem:
    """The fonts for a piece's language are not in the project.

    Fix: `hrcpub fonts add LANGUAGE` brings them. Most come with hrcpub; those of Chinese, Japanese
    and Korean are large, and are fetched from the network, or taken from a folder with `--from`.
    """
    return Problem(
        "faces-absent",
        f"the fonts for {in_english(language)} are not in this project: {some(files, 1)}",
        place,
        f"hrcpub fonts add {language}",
    )


CODES = {"language-faceless": language_faceless, "faces-absent": faces_absent}
