"""What is wrong, where it stands and what to do: the one complaint every step makes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a Problem weighs: an error stops the piece, the others ride along."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ExitCode(IntEnum):
    """What the shell is told; part of the stable interface."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    OUR_BUG = 3
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Source:
    """A place that a person can open: in a project's file, or on a page of a PDF.

    Lines, columns and pages are 1-based. `quote` is the line as it stands in the file, so that
    a Problem can show it wherever it has travelled; `width` is how many characters of it are meant.
    `box` is left, top, right and bottom in mm from the upper left corner of a page's trim.
    """

    path: str | None = None
    line: int | None = None
    column: int | None = None
    page: int | None = None
    quote: str | None = None
    width: int = 1
    box: tuple[float, float, float, float] | None = None

    def __str__(self) -> str:
        """Return `path:line:column`, the form that editors and terminals make clickable."""
        parts = [self.path, self.line, self.column]
        place = ":".join(str(part) for part in parts if part is not None)
        if not self.page:
            return place
        corner = f" at {self.box[0]:.1f}, {self.box[1]:.1f} mm" if self.box else ""
        return f"{place} page {self.page}{corner}".strip()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    `code` is stable and explained by `hrcpub explain`; `message` says what is wrong in the
    author's words; `hint` says what to do about it.
    """

    code: str
    message: str
    source: Source | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        """Whether the piece cannot be printed."""
        return self.severity is Severity.ERROR

    def at(self, severity: Severity) -> Problem:
        """Return the same Problem with another weight."""
        return replace(self, severity=severity)

    def as_json(self) -> dict[str, Any]:
        """Return plain values for `--json` and reports."""
        fields = asdict(self)
        fields["severity"] = str(self.severity)
        return fields


def problem_from_json(fields: dict[str, Any]) -> Problem:
    """Return the Problem that `as_json` wrote."""
    source = fields.get("source")
    if source and source.get("box"):
        source = source | {"box": tuple(source["box"])}
    return Problem(
        code=fields["code"],
        message=fields["message"],
        source=Source(**source) if source else None,
        hint=fields.get("hint"),
        severity=Severity(fields["severity"]),
    )


class HrcpubError(Exception):
    """The piece cannot go on. Its arguments are its Problems, so it travels between processes."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that was found before it had to stop."""
        return self.args


def stop_on_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the Problems that ride along; raise HrcpubError with all when one is an error."""
    found = tuple(problems)
    if any(problem.is_error for problem in found):
        raise HrcpubError(*found)
    return found


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that `word` was probably meant to be, or None."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint: the nearest known word, or the list of them."""
    names = sorted(known)
    close = nearest(word, names)
    return f'did you mean "{close}"?' if close else "known here: " + ", ".join(names)
