"""`export`: the pages of built pieces to pictures and their words, and what is printed of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from hrcpub.build.job import BuildOptions
from hrcpub.build.store import not_written
from hrcpub.cli.making import reports_of
from hrcpub.cli.reports import exit_code
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.cache import write_whole
from hrcpub.files.sources import Sources
from hrcpub.pipeline.export import FORMATS, ExportedPage, export
from hrcpub.pipeline.stages import Report
from hrcpub.problems import HrcpubError, Problem, Source
from hrcpub.project.material import words_file

FOLDER = "pictures"  # of output/


class ExportOptions(NamedTuple):
    """Which pages become pictures, and of what kind."""

    kind: str
    width: int  # pixels
    pages: tuple[int, ...]  # from 1; none: all
    edition: str
    output: Path | None


class _Written(NamedTuple):
    """A picture that was written, with what it shows."""

    material: str
    path: str
    page: ExportedPage


def export_pages(
    sources: Sources, materials: tuple[str, ...], options: ExportOptions, as_json: bool
) -> int:
    """Build what is not up to date, and write its pages as pictures; return the exit code."""
    asked = BuildOptions((options.edition,))
    reports = reports_of(sources, materials, asked, None, None, force=False, is_quiet=True)
    problems: list[Problem] = []
    written: list[_Written] = []
    for report in reports:
        show_problems([problem for problem in report.all_problems if problem.is_error])
        try:
            written += _pictures(sources, report, options)
        except HrcpubError as error:
            place = Source(words_file(sources, report.material))
            problems += [
                replace(problem, source=problem.source or place) for problem in error.problems
            ]
    show_problems(problems)
    _say(written, as_json)
    return exit_code(reports, problems)


def _pictures(sources: Sources, report: Report, options: ExportOptions) -> Iterator[_Written]:
    """Write the pictures of one piece, and take away those of pages that it no longer has."""
    folder = (options.output or sources.root / "output") / FOLDER
    suffix = FORMATS[options.kind].suffix
    for output in report.outputs:
        names = set()
        pdf = (sources.root / output.path).read_bytes()
        for page in export(pdf, options.pages, options.kind, options.width):
            path = folder / f"{report.material}-{page.number}.{suffix}"
            _write(path, page.picture)
            _write(path.with_suffix(".txt"), page.words.encode())
            names.add(path.stem)
            shown = path.relative_to(sources.root) if path.is_relative_to(sources.root) else path
            yield _Written(report.material, str(shown), page)
        if not options.pages:
            _clear(folder, report.material, names)


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None


def _clear(folder: Path, material: str, names: set[str]) -> None:
    pattern = re.compile(rf"{re.escape(material)}-\d+\.(png|jpg|webp|txt)")
    for path in folder.iterdir():
        if pattern.fullmatch(path.name) and path.stem not in names:
            path.unlink(missing_ok=True)


def _say(written: list[_Written], as_json: bool) -> None:
    if as_json:
        say_json([_fields(picture) for picture in written])
        return
    for picture in written:
        width, height = picture.page.size
        size = max(1, round(len(picture.page.picture) / 1000))
        say(f"{picture.path}  {width} x {height} px  {size} kB")
    if written:
        say("the .txt beside each picture is its alt text", err=True)


def _fields(picture: _Written) -> dict[str, object]:
    width, height = picture.page.size
    return {
        "material": picture.material,
        "page": picture.page.number,
        "path": picture.path,
        "width": width,
        "height": height,
        "bytes": len(picture.page.picture),
        "words": picture.page.words,
    }
