"""A language to the font files that it needs in a project: which are there, and how others come.

Those of most scripts come with hrcpub. Those of Chinese, Japanese and Korean are fetched, or taken
from a folder, and cut to the letters of their country's standard.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath

from hrcpub.build.starting import write_bytes, write_text
from hrcpub.cli import starter
from hrcpub.cli.font_packages import PACKAGES, FontPackage, fetched
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.languages import in_english, languages_in, script_in_english, script_of
from hrcpub.project.layout import (
    ScriptFaces,
    System,
    absent_files,
    files_lacking,
    read_system,
)
from hrcpub.project.layout.faceless import is_in_ours, language_faceless
from hrcpub.records import record

LICENCE = "OFL.txt"
# What a licence may be called in a folder that somebody unpacked.
_LICENCES = (LICENCE, "LICENSE_FONT", "LICENSE", "LICENSE.txt")


@record
class AddedFonts:
    """What was added for a language."""

    language: str
    files: tuple[str, ...]  # none: all were there already, or none are needed
    cut_to: str | None = None  # the standard whose letters the fonts have now


def add_fonts(
    sources: Sources,
    language: str,
    folder: Path | None = None,
    packages: Mapping[str, FontPackage] = PACKAGES,
) -> AddedFonts:
    """Bring the fonts of a language into a project; raise HrcpubError where they cannot be had.

    `folder` has them, where neither hrcpub nor a package is to be asked. Nothing that is there is
    written over.
    """
    system = read_system(sources)
    own = system.own_faces(language)
    if own is None:
        if is_in_ours(language):
            return AddedFonts(language, ())
        raise HrcpubError(language_faceless(language, None))
    absent = absent_files(own, sources)
    files: dict[str, bytes] = {}
    for name in dict.fromkeys(PurePosixPath(path).parent.as_posix() for path in absent):
        needed = [path for path in absent if PurePosixPath(path).parent.as_posix() == name]
        files |= _folder(name, needed, script_of(language), folder, packages)
    for path, data in files.items():
        if not sources.has(path):
            write_bytes(sources, path, data)
    _record(sources, files)
    is_cut = any(Path(path).parent.name in packages for path in files)
    return AddedFonts(language, tuple(absent), _standard(script_of(language)) if is_cut else None)


def bring_starters(sources: Sources, language: str) -> tuple[str, ...]:
    """Bring a language's fonts where they came with hrcpub; return their paths, else nothing."""
    lacking = files_lacking(language, read_system(sources), sources)
    return add_fonts(sources, language).files if lacking and come_with_hrcpub(lacking) else ()


def _folder(
    name: str,
    needed: list[str],
    script: str,
    folder: Path | None,
    packages: Mapping[str, FontPackage],
) -> dict[str, bytes]:
    """Return the files of one folder of fonts, with its licence, by their paths in a project."""
    from hrcpub.pipeline.setting.national_sets import cut_to_set

    package = packages.get(PurePosixPath(name).name)
    if folder is None:
        here = _starters(name, needed)
        if here is not None:
            return here
        if package is None:
            raise HrcpubError(fonts_unknown(needed[0]))
        found = fetched(PurePosixPath(name).name, package)
    else:
        found = _unpacked(folder, needed, package)
    names = [PurePosixPath(path).name for path in needed]
    if lacks := [file for file in (*names, LICENCE) if file not in found]:
        raise HrcpubError(fonts_incomplete(lacks, str(folder or (package and package.url))))
    cut = {file: cut_to_set(found[file], script) if package else found[file] for file in names}
    return {f"{name}/{file}": data for file, data in ({LICENCE: found[LICENCE]} | cut).items()}


def _starters(name: str, needed: list[str]) -> dict[str, bytes] | None:
    """Return the files that came with hrcpub; None where it has not all of them."""
    paths = [*needed, f"{name}/{LICENCE}"]
    if not come_with_hrcpub(paths):
        return None
    return {path: (starter.root() / path).read_bytes() for path in paths}


def come_with_hrcpub(paths: Iterable[str]) -> bool:
    """Return whether all of some files are among those that come with hrcpub."""
    root = starter.root()
    return all((root / path).is_file() for path in paths)


def _unpacked(folder: Path, needed: Iterable[str], package: FontPackage | None) -> dict[str, bytes]:
    """Return the files that somebody's folder has, at any depth, under our names or a package's."""
    there = {path.name: path for path in sorted(folder.rglob("*")) if path.is_file()}
    found = {}
    for name in (PurePosixPath(path).name for path in needed):
        also = PurePosixPath(package.members[name]).name if package else name
        if path := there.get(name) or there.get(also):
            found[name] = path.read_bytes()
    if licence := next((there[name] for name in _LICENCES if name in there), None):
        found[LICENCE] = licence.read_bytes()
    return found


def _record(sources: Sources, files: Mapping[str, bytes]) -> None:
    """Note what came with hrcpub, so that an upgrade brings it up to date."""
    root, record = starter.root(), starter.read_record(sources.root)
    new = {path: starter.digest(data) for path, data in files.items() if (root / path).is_file()}
    if record and new:
        write_text(sources, starter.RECORD, starter.record_text(record | new))


def _standard(script: str) -> str | None:
    from hrcpub.pipeline.setting.national_sets import SETS

    return SETS[script][0] if script in SETS else None


@record
class FontFacts:
    """The faces of a script or a language in a project, as people see them."""

    key: str  # ISO 15924, or a language
    name: str  # Arabic
    languages: tuple[str, ...]  # those that we know to be written so: ar, fa, ur
    families: tuple[str, ...]  # folders under fonts/
    size: int  # bytes of what is there
    state: str  # there, with hrcpub, or to fetch
    unlicensed: tuple[str, ...]  # folders that have fonts, and no licence


def facts(sources: Sources, system: System) -> list[FontFacts]:
    """Return what a project has of each script's faces, ours first."""
    ours = ScriptFaces("Latn", system.faces)
    known = system.script_faces
    return [_facts(faces, sources, known) for faces in (ours, *known.values())]


def _facts(faces: ScriptFaces, sources: Sources, known: Collection[str]) -> FontFacts:
    paths = list(dict.fromkeys(face.file for face in faces.files.values()))
    there = [path for path in paths if sources.has(path)]
    folders = tuple(dict.fromkeys(PurePosixPath(path).parent.name for path in paths))
    is_script = faces.key[:1].isupper()
    name = script_in_english(f"und-{faces.key}") if is_script else in_english(faces.key)
    own = {key for key in known if not key[:1].isupper()}
    languages = tuple(tag for tag in languages_in(faces.key) if tag not in own)
    there_in = dict.fromkeys(PurePosixPath(path).parent.as_posix() for path in there)
    return FontFacts(
        faces.key,
        name,
        languages if is_script else (faces.key,),
        folders,
        sum((sources.root / path).stat().st_size for path in there),
        _state(paths, there),
        tuple(folder for folder in there_in if not sources.has(f"{folder}/{LICENCE}")),
    )


def _state(paths: list[str], there: list[str]) -> str:
    if len(there) == len(paths):
        return "there"
    absent = [path for path in paths if path not in there]
    return "with hrcpub" if come_with_hrcpub(absent) else "to fetch"


def fonts_unknown(path: str) -> Problem:
    """A font that the design names is neither in the project nor known to hrcpub.

    Fix: put the file there, with its licence beside it, or take it from a folder: `hrcpub fonts add
    LANGUAGE --from FOLDER`. `layouts/system/system.yaml` names it.
    """
    return Problem(
        "fonts-unknown",
        f"{path} does not come with hrcpub, and no package is known that has it",
        None,
        "add it from a folder that has it: --from FOLDER",
    )


def fonts_incomplete(files: list[str], place: str) -> Problem:
    """A folder, or a package, does not have all the files that a language's fonts need.

    Fix: look for the files that the message names. The licence is needed too, since the fonts are
    passed on with it: as `OFL.txt`, or as `LICENSE_FONT`, as npm's packages of Google's fonts have
    it.
    """
    return Problem(
        "fonts-incomplete",
        f"there is no {', '.join(files)} in {place}",
        None,
        "the fonts and their licence are needed; they are looked for by their names",
    )


CODES = {"fonts-unknown": fonts_unknown, "fonts-incomplete": fonts_incomplete}
