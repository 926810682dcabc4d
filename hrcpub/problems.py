"""`Problem`: what is wrong, where, and what to do. Every step reports mistakes with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from enum import IntEnum, StrEnum
from typing import Any

from hrcpub.records import record
from hrcpub.unseen import with_names


class Severity(StrEnum):
    """How bad a Problem is: an error stops the piece; the others are kept in its report."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class ExitCode(IntEnum):
    """The exit codes of the command. They are part of the stable interface."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    OUR_BUG = 3
    INTERRUPTED = 130
    READER_LEFT = 141  # as of git and others, which SIGPIPE ends


@record
class Source:
    """A place that a person can open: in a project's file, or on a page of a PDF.

    Lines, columns and pages are 1-based. `quote` is the line of the file, so that a Problem can
    be shown without the file; `width` is how many of its characters are meant. `box` is left, top,
    right and bottom, in mm from the upper left corner of a page's trim.
    """

    path: str | None = None
    line: int | None = None
    column: int | None = None
    page: int | None = None
    quote: str | None = None
    width: int = 1
    box: tuple[float, float, float, float] | None = None

    def __str__(self) -> str:
        """Return `path:line:column`, which editors and terminals make clickable."""
        parts = [self.path, self.line, self.column]
        place = ":".join(str(part) for part in parts if part is not None)
        if not self.page:
            return place
        corner = f" at {self.box[0]:.1f}, {self.box[1]:.1f} mm" if self.box else ""
        return f"{place} page {self.page}{corner}".strip()


@record
class Problem:
    """One mistake.

    `code` is stable, and `hrcpub explain` explains it. `message` says what is wrong in the
    author's words, `hint` what to do. `source` is None if the mistake has no single place. What
    cannot be seen is named in both.
    """

    code: str
    message: str
    source: Source | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        """Name the characters of quoted words that nobody would see."""
        object.__setattr__(self, "message", with_names(self.message))
        if self.hint:
            object.__setattr__(self, "hint", with_names(self.hint))

    @property
    def is_error(self) -> bool:
        """Whether this stops the piece."""
        return self.severity is Severity.ERROR

    def at(self, severity: Severity) -> Problem:
        """Return the same Problem with another severity."""
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
    """The work cannot go on, because of the Problems that are its arguments.

    Why arguments: an exception with no others can be sent from one process to another.
    """

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All Problems that were found until then."""
        return self.args


def stop_on_errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return warnings and notes; if one Problem is an error, raise HrcpubError with all."""
    collected = tuple(problems)
    if any(problem.is_error for problem in collected):
        raise HrcpubError(*collected)
    return collected


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that was probably meant, or None; small and capital letters are one."""
    import difflib  # not before: most commands have nothing to guess

    words = {name.lower(): name for name in known}
    close = difflib.get_close_matches(word.lower(), list(words), n=1, cutoff=0.6)
    return words[close[0]] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a hint: the nearest known word, or a list of all; "" where there is none at all."""
    names = sorted(set(known))
    if not names:
        return ""
    close = nearest(word, names)
    return f'did you mean "{close}"?' if close else "possible: " + ", ".join(names)


def some(names: Sequence[str], most: int) -> str:
    """Return the first `most` names, and how many more there are: `A, B and 3 more`."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
