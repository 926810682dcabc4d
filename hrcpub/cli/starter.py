"""What a new project begins with: the layouts and fonts that travel with hrcpub, and their record.

In an installed hrcpub they are in `hrcpub/starter/`, where the wheel's build puts them
(pyproject.toml); in a checkout they are the repository's own folders.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import hrcpub
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.layout import System, read_system

FOLDERS = ("layouts", "fonts")  # the design: what an upgrade brings up to date
PRINTERS = "materials/printers.yaml"
RECORD = "layouts/.installed.json"  # the digest of each file as it was installed
# Made from other files, or only this repository's.
_LEFT_OUT = frozenset({"schema.json", "pamphlets.png"})


def root() -> Path:
    """Return the folder that holds the layouts and fonts that came with hrcpub."""
    package = Path(hrcpub.__file__).parent
    installed = package / "starter"
    return installed if installed.is_dir() else package.parent


def system() -> System:
    """Return the design system that came with hrcpub."""
    return Project(Sources(root())).known("system", read_system)


def design(folder: Path, fonts: Collection[str] | None = None) -> dict[str, bytes]:
    """Return the files of the design in a project's folder, by their paths in it.

    `fonts` are the folders of fonts that count, as `fonts_for` has them; None: all.
    """
    found = (path for name in FOLDERS for path in sorted((folder / name).rglob("*")))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in found
        if path.is_file()
        and path.name not in _LEFT_OUT
        and not path.name.startswith(".")
        and (fonts is None or _font_folder(path.relative_to(folder)) in {None, *fonts})
    }


def fonts_for(languages: Iterable[str]) -> frozenset[str]:
    """Return the folders under `fonts/` that pieces in some languages need, of what came with us.

    A new project has these alone: with all scripts' it would be ten times as large.
    """
    ours = system()
    files = list(ours.faces.values())
    for language in languages:
        files += ours.faces_for(language).files
    return frozenset(Path(face.file).parent.name for face in files)


def fonts_in(folder: Path) -> frozenset[str]:
    """Return the folders of fonts that a project has."""
    inside = (folder / "fonts").glob("*/*")
    return frozenset(path.parent.name for path in inside)


def _font_folder(path: Path) -> str | None:
    """Return the folder of fonts that a file of the design is in; None for other files."""
    return path.parts[1] if path.parts[0] == "fonts" and len(path.parts) > 2 else None


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def record_text(digests: Mapping[str, str]) -> str:
    """Return the record of what was installed, as it is kept in a project."""
    fields = {"hrcpub": hrcpub.__version__, "files": dict(sorted(digests.items()))}
    return json.dumps(fields, indent=1) + "\n"


def read_record(folder: Path) -> dict[str, str]:
    """Return the digests of what was installed by path; none in a project without a record.

    Raises HrcpubError where the record is damaged.
    """
    try:
        files = json.loads((folder / RECORD).read_text(encoding="utf-8"))["files"]
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError):
        raise HrcpubError(record_damaged()) from None
    if not isinstance(files, dict):
        raise HrcpubError(record_damaged())
    return {str(path): str(value) for path, value in files.items()}


def record_damaged() -> Problem:
    """The record of what was installed into a project cannot be read.

    Fix: get the file back from a copy of the project, or delete it. Without it, `hrcpub upgrade`
    does not know which files a designer changed, and so keeps every file that differs.
    """
    return Problem(
        "record-damaged",
        "the record of what was installed cannot be read",
        Source(RECORD),
        "restore the file, or delete it: then every file that differs is kept",
    )


CODES = {"record-damaged": record_damaged}
