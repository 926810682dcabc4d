"""What lies on the line between two steps: Html, Typeset, Pdf; and the Report at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NewType

from hrcpub.problems import Problem, Source
from hrcpub.sources import Reads
from hrcpub.units import Size

if TYPE_CHECKING:
    from weasyprint.document import Document

Pdf = NewType("Pdf", bytes)  # one file of one edition, one-up
Sheets = NewType("Sheets", bytes)  # the same, imposed on press sheets


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """CSS with the path under which its mistakes are reported."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Html:
    """One composed document. Its files are named by their path in the project.

    `words` are the author's texts with their places, so that what goes wrong on a page can be
    told where it was written.
    """

    text: str
    stylesheets: tuple[Stylesheet, ...]
    base: str  # the folder that relative paths start from
    words: tuple[tuple[str, Source], ...]
    families: frozenset[str]  # the font families that may be drawn
    sides: int | None  # None: as many as the words need
    trim: Size
    bleed: float
    safe: float  # from the trim inwards: no text comes nearer


@dataclass(frozen=True, slots=True)
class Typeset:
    """Pages, laid out once; every edition is written from them."""

    document: Document
    html: Html
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """One finished file."""

    edition: str
    path: str  # from the project's root, or absolute when it lies elsewhere
    sha256: str
    size: int  # bytes
    sides: int  # pages of the file
    is_cached: bool = False
    note: str | None = None  # what the person at the printer must know
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one Job. Problems of the whole piece stand here, of one file with it."""

    material: str
    outputs: tuple[Output, ...] = ()
    problems: tuple[Problem, ...] = ()
    reads: Reads = field(default_factory=Reads)
    seconds: float = 0.0

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Every Problem once, those of the piece first."""
        every = [*self.problems, *(p for output in self.outputs for p in output.problems)]
        return tuple(dict.fromkeys(every))

    @property
    def failed(self) -> bool:
        """Whether any file that was asked for was not made."""
        return any(problem.is_error for problem in self.all_problems)

    def as_json(self) -> dict[str, Any]:
        """Return plain values for `--json`."""
        return {
            "material": self.material,
            "failed": self.failed,
            "seconds": round(self.seconds, 3),
            "outputs": [
                {
                    "edition": output.edition,
                    "path": output.path,
                    "sha256": output.sha256,
                    "bytes": output.size,
                    "pages": output.sides,
                    "cached": output.is_cached,
                    "note": output.note,
                }
                for output in self.outputs
            ],
            "problems": [problem.as_json() for problem in self.all_problems],
        }
