"""What goes from one step to the next: Html, Typeset, Pdf; and the Report at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, NamedTuple, NewType

from hrcpub.files.sources import Reads
from hrcpub.problems import Problem, Source
from hrcpub.records import record
from hrcpub.units import Rect, Size

if TYPE_CHECKING:
    from weasyprint.document import Document

    from hrcpub.pipeline.photographs import Master
    from hrcpub.project.layout.formats import Format
    from hrcpub.project.layout.mail import Mail
    from hrcpub.project.layout.panels import Setting

Pdf = NewType("Pdf", bytes)  # one file of one edition, one-up
Sheets = NewType("Sheets", bytes)  # the same, imposed on press sheets


@record
class Stylesheet:
    """CSS with the path under which its mistakes are reported."""

    path: str
    text: str


class AuthorText(NamedTuple):
    """An author's text as a reader sees it, with its slot and the place where it was written."""

    text: str
    slot: str
    source: Source
    role: str = ""  # text or contacts, where its size has a floor of its own


class InlineImprint(NamedTuple):
    """The details of a local site as HTML, for a page that is typeset with them."""

    html: str
    words: tuple[AuthorText, ...]


class Overset(NamedTuple):
    """Words that do not fit in their panel; a tighter setting might make them fit."""

    problem: Problem  # what to report if they do not
    panel: str | None  # None: they are in no panel that the layout names
    share: float  # how much of what is in the panel fits: 0 to 1


class LaidSlot(NamedTuple):
    """One text as composing set it; from this follows how much more would fit. In points."""

    panel: str | None
    slot: str
    lines: int
    used: float  # the widths of its lines together
    free: float  # the width that is free in the last line
    word: float  # the mean width of a word with its space
    measure: float
    leading: float
    spare: float | None = None  # the height by which it may grow; None: what its panel has


class Fill(NamedTuple):
    """How full a panel or a slot is; `used` and `holds` are in the same unit, whichever it is."""

    panel: str | None
    slot: str | None  # None: the whole panel
    used: float
    holds: float
    words: int | None = None  # about how many more fit

    @property
    def share(self) -> float:
        """Return how full it is; 1 is full."""
        return self.used / self.holds if self.holds else 1.0


class Fullness(NamedTuple):
    """How full a layout is with the words of a material, in the editions that share a form."""

    editions: tuple[str, ...]
    pages: int
    fills: tuple[Fill, ...]  # panels before their slots; empty for pages as the words need them

    def as_json(self) -> dict[str, Any]:
        """Return plain values for reports."""
        return self._asdict() | {"fills": [fill._asdict() for fill in self.fills]}


def fullness_from_json(fields: dict[str, Any]) -> Fullness:
    """Return the Fullness that `as_json` wrote."""
    fills = tuple(Fill(**fill) for fill in fields["fills"])
    return Fullness(tuple(fields["editions"]), fields["pages"], fills)


class DrawnCode(NamedTuple):
    """A QR code on the pages: what it says, and where its author wrote that."""

    payload: str
    source: Source


@record
class Html:
    """One composed document. Files are named by their paths in the project.

    `words` are the author's texts with their places, so that what is wrong on a page can be
    reported where it was written.
    """

    text: str
    stylesheets: tuple[Stylesheet, ...]
    base: str  # the folder at which relative paths start
    words: tuple[AuthorText, ...]
    families: frozenset[str]  # the font families that may be used
    sides: int | None  # how many pages; None: as many as the words need
    trim: Size
    bleed: float
    safe: float  # no text may be nearer to the trim
    folds: tuple[tuple[float, ...], ...] = ()  # where each page is folded, from its left edge
    is_right_to_left: bool = False  # its pages are turned from left to right
    oversets: tuple[Overset, ...] = ()  # those that composing found
    texts: tuple[LaidSlot, ...] = ()  # to measure how full their places are
    fills: tuple[Fill, ...] = ()  # of stacks, which always reach to the foot of their panel
    settings: Mapping[str, Setting] = field(default_factory=dict)  # of panels that are set tighter
    pictures: Mapping[str, bytes] = field(default_factory=dict)  # in no file: hrcpub://made/NAME
    template: str = ""  # its path
    owed: tuple[AuthorText, ...] = ()  # those of `words` that the template must print
    owed_pictures: tuple[AuthorText, ...] = ()  # the same for pictures, by their paths
    codes: tuple[DrawnCode, ...] = ()  # that telephones must read off the finished pages
    format: Format | None = None  # how small words may be; None: a paper that is no piece
    problems: tuple[Problem, ...] = ()  # that ride along
    display: str | None = None  # the family of the display face
    band: str | None = None  # operators of a draft's, on each page
    far: float = 0.0  # metres from which all can be read but what is `near`; 0: it is held
    near: frozenset[str] = frozenset()  # slots without numbers: words.principles.text
    mail: Mail | None = None  # what a post keeps of an address side
    papers: tuple[str, ...] = ()  # #rrggbb: what is not printed where paper has its colour already


@record
class Typeset:
    """Pages, laid out once; every edition is written from them."""

    document: Document
    html: Html
    problems: tuple[Problem, ...] = ()
    oversets: tuple[Overset, ...] = ()  # words that do not fit: no file may be written like this
    unprinted: tuple[Problem, ...] = ()  # of editions that leave the colours of papers unprinted
    said: tuple[str, ...] = ()  # the texts of each page that can be seen, line by line
    fills: tuple[Fill, ...] = ()  # of each panel, and behind it those of the slots in it
    # By their names in a PDF. Pictures in drawings come in when the first edition is written.
    photographs: Mapping[str, Master] = field(default_factory=dict)
    # The pages as they were drawn for an edition without tags; None: each is drawn for itself.
    drawn: list[Any] | None = None


@record
class Output:
    """One finished file."""

    edition: str
    path: str  # from the project's root, or absolute when it is elsewhere
    sha256: str
    size: int  # bytes
    sides: int  # pages of the file
    is_cached: bool = False
    note: str | None = None  # what the person at the printer must know
    paper: str | None = None  # the colour of paper to load; None: what is printed is in colour
    together: int = 1  # how many of the piece come out of its sheets, printed once
    pieces: Rect | None = None  # on each sheet, what is around them; None: pages are the sheets
    problems: tuple[Problem, ...] = ()
    fullness: Fullness | None = None
    trace: Mapping[str, Any] = field(default_factory=dict)  # whose words it has, and on what ground


@record
class Report:
    """What became of one Job. Problems of the whole piece are here, those of a file with it."""

    material: str
    outputs: tuple[Output, ...] = ()
    problems: tuple[Problem, ...] = ()
    reads: Reads = field(default_factory=Reads)
    seconds: float = 0.0
    fullness: tuple[Fullness, ...] = ()  # one for each form that is known

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """All Problems, each of them once, those of the piece first."""
        of_files = (problem for output in self.outputs for problem in output.problems)
        return tuple(dict.fromkeys([*self.problems, *of_files]))

    @property
    def failed(self) -> bool:
        """Whether any of the requested files was not made."""
        return any(problem.is_error for problem in self.all_problems)
