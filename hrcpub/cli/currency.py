"""`current`: a code from a printed sheet, and its month, to whether it is what is given out now."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Problem, did_you_mean
from hrcpub.project.approval import said_day
from hrcpub.project.dates import STYLES, month_in_words, style_of
from hrcpub.project.material import Material, material_names, read_material
from hrcpub.project.material.trace import reviewers, trace_of

_MONTH = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{2})?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.](\d{4})")
_SHORTEST = 3  # letters of a month's name that is cut short
_YEAR = re.compile(r"\d{4}")
_BESIDE = re.compile("[·•,،、，]")  # what stands between a code and what is beside it
_REVISION = re.compile(r"\D+ (\d{1,3})")  # "Revision 1", in any language
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2} \D+ \d{4}")  # of large print: the latter in Arabic


class SheetFound(NamedTuple):
    """What stands on a sheet: its code, and the month or the revision beside it."""

    code: str
    month: str | None = None  # as the sheet has it: "November 2026", or "2026-11"
    revision: str | None = None


def as_found(code: str, month: str | None, revision: str | None) -> SheetFound:
    """Return what stands on a sheet; its code may be given with what stands beside it.

    `S1 · November 2026` is at the foot of a sheet, `S1, Revision 1, 2026-11-28` of large print.
    """
    code, *more = (part.strip() for part in _BESIDE.split(code))
    beside = [part for part in more if part]
    if revision is None and (found := _revision_in(beside)):
        revision = found
    elif month is None and beside:
        month = " ".join(beside)  # of which nothing is guessed: who is told wrongly throws away
    number = (revision or "").split()[-1:]  # "Revision 1"
    return SheetFound(code, month, number[0] if number else revision)


def _revision_in(beside: list[str]) -> str | None:
    """Return the revision among what stands beside a code; None where none is named."""
    if not beside or not (match := _REVISION.fullmatch(beside[0])):
        return None
    is_dated = len(beside) == 2 and _DAY.fullmatch(beside[1])
    return match[1] if is_dated or beside[0].casefold().startswith(("rev", "rév")) else None


def current(sources: Sources, sheet: SheetFound, *, as_json: bool) -> int:
    """Say of each piece with a code whether the sheet is current; return the exit code.

    0: it is. 1: it is older, or nothing has that code.
    """
    project = Project(sources)
    pieces, codes, problems = list[Material](), set[str](), list[Problem]()
    for name in material_names(sources):
        try:
            material = read_material(project, name, is_draft=True)
        except HrcpubError as error:
            problems += error.problems
            continue
        codes.add(material.code)
        if material.code.casefold() == sheet.code.casefold():
            pieces.append(material)
    if not pieces:
        raise HrcpubError(code_unknown(sheet.code, codes), *problems)
    if sheet.month is not None and sheet.revision is None:
        # A code is that of a piece in all its languages, and a month is printed in one of them.
        year, month = month_of(sheet.month, *(one.language for one in pieces))
        sheet = sheet._replace(month=f"{year:04}-{month:02}")
    if as_json:
        say_json([_fields(one, sheet) for one in pieces])
    else:
        for material in pieces:
            say(_said(material, sheet))
    show_problems(problems)
    is_good = all(is_current(one, sheet) is not False for one in pieces)
    return ExitCode.DONE if is_good else ExitCode.PROBLEMS


def _fields(material: Material, sheet: SheetFound) -> dict[str, object]:
    verdict = is_current(material, sheet)
    return {"piece": material.name, "is_current": verdict, **trace_of(material)}


def is_current(material: Material, sheet: SheetFound) -> bool | None:
    """Return whether a sheet has a piece's words of now; None where it does not say from when."""
    if sheet.revision is not None:
        return material.revision.casefold() == sheet.revision.casefold()
    if sheet.month is None:
        return None
    revised = material.revised
    return month_of(sheet.month) == (revised.year, revised.month)


def _said(material: Material, sheet: SheetFound) -> str:
    now = f"revision {material.revision}, {said_day(material.revised)}"
    verdict = {
        True: f"current: {now}",
        False: f"NOT current: it is now {now}. Take the old sheets away",
        None: f"it is now {now}",
    }[is_current(material, sheet)]
    lines = [
        f"{material.code}  {material.title.plain(material.language)} ({material.name})",
        f"  {verdict}",
    ]
    if is_current(material, sheet) and sheet.month and sheet.revision is None:
        lines.append("  a sheet says its month alone: what was changed within it cannot be told")
    lines += [f"  reviewed by {one}" for one in reviewers(material)]
    lines += [f"  rests on {reference}" for reference in material.references]
    if material.is_draft:
        lines.append("  a draft: nobody has reviewed these words")
    return "\n".join(lines)


def month_of(text: str, *languages: str) -> tuple[int, int]:
    """Return the year and month of `2026-11`, or of `November 2026` in one of some languages.

    Raises HrcpubError for what is no month.
    """
    typed = " ".join(text.split()).casefold()
    if match := _MONTH.fullmatch(typed):
        if 1 <= int(match[2]) <= 12:
            return int(match[1]), int(match[2])
    elif match := _MONTH_FIRST.fullmatch(typed):
        if 1 <= int(match[1]) <= 12:
            return int(match[2]), int(match[1])
    elif year := _YEAR.search(typed):
        days = [datetime.date(int(year[0]) or 1, month, 1) for month in range(1, 13)]
        names = (*languages, *STYLES)  # a sheet may be in another language than its piece is now
        styles = [style for name in names if (style := style_of(name))]
        found = [
            day
            for day in days
            if any(_is_said(typed, month_in_words(day, style)) for style in styles)
        ]
        if len(found) == 1:
            return found[0].year, found[0].month
    raise HrcpubError(month_unread(text))


def _is_said(typed: str, month: str) -> bool:
    """Return whether a month was typed as it is said, or cut short: `nov. 2026`."""
    words, said = typed.split(), month.casefold().split()
    return len(words) == len(said) and all(
        word == whole or (len(bare := word.rstrip(".")) >= _SHORTEST and whole.startswith(bare))
        for word, whole in zip(words, said, strict=True)
    )


def month_unread(text: str) -> Problem:
    """The month that you gave could not be read.

    Fix: write it as the sheet has it, `--month "November 2026"`, or in numbers, `--month 2026-11`.
    """
    hint = 'write it as the sheet has it, "November 2026", or as 2026-11'
    return Problem("month-unread", f'"{text}" is no month', None, hint)


def code_unknown(code: str, codes: set[str]) -> Problem:
    """No piece of the project has the code that stands on a sheet.

    Fix: read the code again: it stands at the foot of a sheet, before the month, as P1. If it is
    right, the piece is of another project, or was given up: then take the sheets away.
    """
    return Problem(
        "code-unknown", f'no piece has the code "{code}"', None, did_you_mean(code, codes)
    )


CODES = {"code-unknown": code_unknown, "month-unread": month_unread}
