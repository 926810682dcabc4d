"""A language and its words to the `Face`s that set them, and to the letters that none has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.setting import Face, by_script, glyph_missing, script_of_letter
from hrcpub.pipeline.stages import AuthorText
from hrcpub.problems import HrcpubError, Problem, Source, stop_on_errors
from hrcpub.project.languages import forms_of, languages_in
from hrcpub.project.layout import NUMBERS, FaceFile, FaceStacks, ScriptFaces, System, absent_files
from hrcpub.project.words import Words, locate

# The scripts whose faces have the letters that Unicode calls so, the likeliest first.
_HAVING = {
    "Hani": ("Hans", "Hant", "Jpan"),
    "Hira": ("Jpan",),
    "Kana": ("Jpan",),
    "Hang": ("Kore",),
    "Bopo": ("Hant",),
}


def stacks_for(
    language: str, texts: Iterable[Words | AuthorText], system: System, sources: Sources
) -> FaceStacks:
    """Return the faces of a language, and behind them those of other scripts in its texts."""
    stacks = system.faces_for(language)
    texts = tuple(texts)
    if all(words.text.isascii() for words in texts):
        return stacks
    return system.faces_for(language, tuple(_others(language, texts, system, sources)))


def _others(
    language: str, texts: Iterable[Words | AuthorText], system: System, sources: Sources
) -> Iterator[ScriptFaces]:
    """Yield the faces of other scripts than a language's that are in texts, and in the project."""
    letters = dict.fromkeys(letter for words in texts for letter in words.text if letter > "\u024f")
    scripts = dict.fromkeys(script for letter in letters if (script := script_of_letter(letter)))
    own, seen = system.own_faces(language), set()
    for script in scripts:
        for key in _HAVING.get(script, (script,)):
            faces = system.script_faces.get(key)
            is_new = faces and faces is not own and "text" in faces.files and key not in seen
            if faces and is_new and not absent_files(faces, sources):
                seen.add(key)
                yield faces
                break


def stacked_faces(
    stacks: FaceStacks, language: str, system: System, project: Project
) -> dict[str, Face]:
    """Return a language's faces by their uses; raise HrcpubError with all that cannot be read."""
    faces: dict[str, Face] = {}
    problems: list[Problem] = []
    for role, files in stacks.stacks.items():
        try:
            faces[role] = _stack(role, files, language, system, project)
        except HrcpubError as error:
            problems += error.problems
    stop_on_errors(dict.fromkeys(problems))
    return faces


def compose_face(name: str, system: System, project: Project, language: str = "en") -> Face:
    """Return one of the design system's faces, for lines that are set outside of pages."""
    return _stack(name, system.faces_for(language).stacks[name], language, system, project)


def _stack(
    role: str, files: tuple[FaceFile, ...], language: str, system: System, project: Project
) -> Face:
    """Return the stack of a use, which sits in a line box as our own face does."""
    # A large line has one face, which may be another than ours.
    ours = system.faces[role] if role == "display" else files[0]
    family = files[0].family if role == NUMBERS else ""
    key = ("face", *(file.file for file in files), ours.file, language, family)
    return project.parsed(key, lambda s: _read_stack(s, files, ours, language, family))


def _read_stack(
    sources: Sources, files: tuple[FaceFile, ...], ours: FaceFile, language: str, family: str
) -> Face:
    data = [_read(sources, file) for file in files]
    sits_as = None if files[0] == ours else Face(_read(sources, ours))
    lends_signs = sits_as is not None
    language = forms_of(language) if lends_signs else language
    face = Face(*data, language=language, sits_as=sits_as, family=family, lends_signs=lends_signs)
    broken = [file for file, font in zip(files, face.fonts, strict=True) if not font.characters]
    stop_on_errors([replace(font_broken(file.file), source=file.source) for file in broken])
    return face


def _read(sources: Sources, file: FaceFile) -> bytes:
    try:
        return sources.read(file.file)
    except HrcpubError as error:
        placed = [replace(problem, source=file.source) for problem in error.problems]
        raise HrcpubError(*placed) from None


def read_face(sources: Sources, path: str) -> Face:
    """Return the face of a font file; raise HrcpubError when it has no characters."""
    face = Face(sources.read(path))
    if not face.count:
        raise HrcpubError(font_broken(path))
    return face


def font_broken(path: str) -> Problem:
    """A font file cannot be read: it is damaged, or not a TrueType or OpenType font.

    Fix: copy it again from where you got it. It must be a full static TTF, neither a subset nor a
    variable font.
    """
    return Problem(
        "font-broken", f"the font {path} cannot be read", Source(path), "copy the file again"
    )


class MissingGlyphs:
    """The letters of texts that a face cannot draw: one Problem for each script, at its first."""

    def __init__(self, face: Face, language: str, system: System, sources: Sources) -> None:
        """Look for letters that the text face does not have; `sources` have their places."""
        self._face, self._language, self._sources = face, language, sources
        self._system = system
        self._places: dict[str, Words] = {}

    def look_at(self, texts: Iterable[Words]) -> None:
        """Take note of the letters that are missing in texts."""
        for words in texts:
            for letter in self._face.missing(words.plain(self._language)):
                self._places.setdefault(letter, words)

    @property
    def problems(self) -> list[Problem]:
        """What is missing, by script."""
        return [self._problem(letters) for letters in by_script(self._places)]

    def _problem(self, letters: str) -> Problem:
        place = locate(letters[0], self._places[letters[0]].source, self._sources)
        problem = glyph_missing(letters, place)
        language = _addable(letters, self._system, self._sources)
        hint = f"the project has no font with these letters yet: hrcpub fonts add {language}"
        return replace(problem, hint=hint) if language else problem


def _addable(letters: str, system: System, sources: Sources) -> str | None:
    """Return the language whose fonts would bring letters; None for those that none would."""
    script = next((script for letter in letters if (script := script_of_letter(letter))), "")
    for key in _HAVING.get(script, (script,)):
        faces = system.script_faces.get(key)
        if faces and "text" in faces.files and absent_files(faces, sources):
            return next(iter(languages_in(key)), None)
    return None


CODES = {"font-broken": font_broken}
