"""`translate export` and `import`: PO files to XLIFF in any folder, and back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from hrcpub.build.beginning import tag_asked, wanted
from hrcpub.build.starting import write_text
from hrcpub.build.store import not_written
from hrcpub.files.cache import write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Severity, Source
from hrcpub.project.translating.exchange import exported, imported
from hrcpub.project.translating.originals import Original, originals
from hrcpub.project.translations.xliff_reading import TranslatedUnit, read_xliff

ENDS = (".xlf", ".xliff")


def export_xliff(
    sources: Sources, language: str, names: Sequence[str], target: Path
) -> Iterator[str]:
    """Write what is to be translated, in one file or a folder; yield what was written.

    Raises HrcpubError where there is nothing to write, or it cannot be written.
    """
    project, tag = Project(sources), tag_asked(language)
    chosen = wanted(project, tag, names)
    if target.suffix.lower() not in ENDS:
        files = {target / f"{item.name}.{tag}.xlf": [item] for item in chosen}
    else:
        files = {target: chosen}
        if len({item.language for item in chosen}) > 1:
            raise HrcpubError(several_languages(str(target)))
    for path, items in files.items():
        try:
            write_whole(path, exported(project, items, tag).encode())
        except OSError as error:
            raise HrcpubError(not_written(str(path), error)) from None
        yield f"wrote {path}"


def import_xliff(
    sources: Sources, paths: Sequence[Path], *, is_accepted: bool
) -> tuple[list[str], list[Problem]]:
    """Write the PO files with what came back; return what to say, and what went wrong."""
    project = Project(sources)
    known = {item.name: item for item in originals(project)}
    lines: list[str] = []
    problems: list[Problem] = []
    for path in list(_files(paths)):
        try:
            lines += _take(project, known, path, problems, is_accepted=is_accepted)
        except HrcpubError as error:
            problems += error.problems
    return lines, problems


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = sorted(file for file in path.iterdir() if file.suffix.lower() in ENDS)
        if not inside:
            raise HrcpubError(unreadable(str(path), f"there is no {' or '.join(ENDS)} in it"))
        yield from inside


def _take(
    project: Project,
    known: dict[str, Original],
    path: Path,
    problems: list[Problem],
    *,
    is_accepted: bool,
) -> Iterator[str]:
    """Write the PO files with the translations of one file; yield what was taken."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise HrcpubError(unreadable(str(path), error.strerror or str(error))) from None
    found = read_xliff(data, str(path))
    tag = tag_asked(found.target)
    by_file: dict[str, list[TranslatedUnit]] = {}
    for unit in found.units:
        by_file.setdefault(unit.file, []).append(unit)
    for name, units in by_file.items():
        if name not in known:
            problems.append(unknown_original(str(path), name))
            continue
        taken = imported(
            project,
            known[name],
            tag,
            units,
            str(path),
            datetime.date.today(),
            is_accepted=is_accepted,
        )
        write_text(project.sources, taken.path, taken.text)
        problems += taken.problems
        fuzzy = f", {taken.fuzzy} to look over" if taken.fuzzy else ""
        yield f"{taken.path}  {taken.taken} of {len(units)} taken{fuzzy}"


def several_languages(path: str) -> Problem:
    """One file of XLIFF can have words of one language alone.

    Fix: name the materials of one language, or a folder: then each has a file of its own.
    """
    said = "these materials are in several languages, and XLIFF has one"
    return Problem("xliff-languages", said, Source(path), "name a folder in place of a file")


def unreadable(path: str, reason: str) -> Problem:
    """A file that was to be imported cannot be read.

    Fix: look whether it is there, and whether you may read it.
    """
    return Problem(
        "xliff-unread", f"{path} cannot be read: {reason}", Source(path), "look for its name"
    )


def unknown_original(path: str, name: str) -> Problem:
    """A file has translations of a material that this project does not have.

    Fix: import it in the project that it was exported from; or the material has another name now:
    then change the `id` of its `<file>` to that.
    """
    return Problem(
        "xliff-original",
        f'this project has no material "{name}": its translations are not taken',
        Source(path),
        "look whether it has another name now",
        Severity.WARNING,
    )


CODES = {
    "xliff-languages": several_languages,
    "xliff-unread": unreadable,
    "xliff-original": unknown_original,
}
