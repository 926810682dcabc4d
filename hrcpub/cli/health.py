"""`doctor`: this machine and this project to findings, each with advice if something is wrong."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import NamedTuple

from hrcpub.build.store import versions
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import read_face
from hrcpub.pipeline.setting import has_segmenters
from hrcpub.pipeline.typeset.engine import library_versions, load
from hrcpub.problems import HrcpubError
from hrcpub.project.layout import read_system

SYSTEM_LIBRARIES = (
    "Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
PINNED = {"weasyprint": "70.0"}  # as in pyproject.toml: each release changes what comes out


class Finding(NamedTuple):
    """One thing that was examined. `found` is its version, or what is wrong."""

    name: str
    is_well: bool
    found: str
    advice: str | None = None
    is_needed: bool = True


def examine(sources: Sources) -> list[Finding]:
    """Return the findings; what others depend on comes first."""
    return [
        *_python(),
        *_packages(),
        *_libraries(sources),
        *_fonts(sources),
        *_programs(),
        *_segmenters(),
        *_output(sources),
    ]


def verdict(findings: list[Finding]) -> str:
    """Return what the findings come to, in one line."""
    wrong = [finding.name for finding in findings if not finding.is_well and finding.is_needed]
    if wrong:
        return f"to be mended: {', '.join(wrong)}"
    absent = [finding.name for finding in findings if not finding.is_well]
    needed = "everything that is needed is there"
    return f"{needed}; not there: {', '.join(absent)}" if absent else needed


def _python() -> Iterator[Finding]:
    version = ".".join(str(part) for part in sys.version_info[:3])
    is_well = sys.version_info >= (3, 11)
    yield Finding("Python", is_well, version, None if is_well else "install Python 3.11 or newer")


def _packages() -> Iterator[Finding]:
    for name, version in versions().items():
        if name != "python":
            pinned = PINNED.get(name, version)
            advice = None if version == pinned else f"layouts are drawn for {pinned}: make setup"
            yield Finding(name, version == pinned, version, advice)


def _libraries(sources: Sources) -> Iterator[Finding]:
    try:
        load(sources.root)
    except HrcpubError as error:
        problem = error.problems[0]
        yield Finding("system libraries", False, problem.message, SYSTEM_LIBRARIES)
        return
    for name, version in library_versions().items():
        yield Finding(name, version != "unknown", version)
    yield Finding("HarfBuzz's subsetter", True, "installed")


def _fonts(sources: Sources) -> Iterator[Finding]:
    try:
        faces = read_system(sources).faces
    except HrcpubError as error:
        yield Finding("design system", False, str(error.problems[0].message), "hrcpub check")
        return
    for name, file in faces.items():
        try:
            face = read_face(sources, file.file)
            yield Finding(f"font {name}", True, f"{file.file}, {face.count} characters")
        except HrcpubError as error:
            yield Finding(
                f"font {name}",
                False,
                error.problems[0].message,
                "restore the file",
            )


def _programs() -> Iterator[Finding]:
    """Programs that help where they are installed, and are not needed."""
    from hrcpub.pipeline.preflight.ink import ghostscript

    program = ghostscript.installed()
    if program is None:
        oldest = ".".join(map(str, ghostscript.OLDEST))
        missing = f"not installed, or older than {oldest}"
        advice = "preflight estimates ink without it"
        yield Finding("Ghostscript (optional)", False, missing, advice, is_needed=False)
    else:
        yield Finding("Ghostscript (optional)", True, program.version, is_needed=False)


def _segmenters() -> Iterator[Finding]:
    """What says where lines may end in scripts without spaces; told where it is not there."""
    if not has_segmenters():
        missing, advice = "not installed", 'pip install "hrcpub[scripts]" for Thai, Chinese, …'
        yield Finding("icu4py, budoux (optional)", False, missing, advice, is_needed=False)


def _output(sources: Sources) -> Iterator[Finding]:
    import shutil

    free = shutil.disk_usage(sources.root).free // 10**6
    is_well = free > 200
    yield Finding("disk", is_well, f"{free} MB free", None if is_well else "make room on the disk")
