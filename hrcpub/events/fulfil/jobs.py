"""What travels between those who make an event's pieces: plain values alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from hrcpub.events.manifest.event import Site
from hrcpub.files.sources import Reads
from hrcpub.pipeline.stages import Html
from hrcpub.problems import Problem
from hrcpub.units import Size


class ShellJob(NamedTuple):
    """One piece as it is typeset once, for all sites."""

    material: str
    edition: str
    printer: str | None = None
    scheme: str | None = None

    @property
    def name(self) -> str:
        """Return a file's name for it."""
        parts = (self.material, self.edition, self.printer, self.scheme)
        return ".".join(part for part in parts if part)


class PieceFacts(NamedTuple):
    """What a job ticket says of a piece. Sizes in points."""

    pages: int  # of the file: sheets' sides where it is imposed
    sides: int  # of one piece
    flat: Size  # the sheet, or the piece before it is folded
    finished: Size  # folded and cut
    up: int  # pieces on one sheet
    sheets: int  # of paper for one piece; 1 where several share one
    flip: str | None
    note: str | None
    colours: str
    # Where the imprint can be looked at: a page, and left, top, right and bottom on it, from the
    # upper left corner of its trim.
    place: tuple[int, tuple[float, float, float, float]] | None


@dataclass(frozen=True, slots=True)
class Shell:
    """A typeset piece: proven, blank where an imprint goes.

    `template` is packed, and empty where there is nothing to join: the piece has no place for an
    imprint, or is tagged and typeset whole for each site.
    """

    job: ShellJob
    pdf: bytes
    template: bytes
    area: Size | None  # of the imprint
    facts: PieceFacts
    digest: str  # of all of it
    problems: tuple[Problem, ...]
    reads: Reads
    template_digest: str  # of the packed template; empty where there is none

    @property
    def is_local(self) -> bool:
        """Return whether sites get copies of their own."""
        return self.area is not None


class CopyJob(NamedTuple):
    """One site's copy of a piece."""

    path: str  # below the event's folder
    job: ShellJob
    template: str  # the digest of the packed template; empty: it is typeset whole
    site: Site | None  # as its imprint prints it; None: the piece as it is


class Copy(NamedTuple):
    """What became of one copy."""

    path: str
    sha256: str = ""
    size: int = 0
    pages: int = 0
    data: bytes = b""  # where the worker cannot write it itself
    problems: tuple[Problem, ...] = ()

    @property
    def failed(self) -> bool:
        """Return whether there is no file."""
        return not self.sha256


class ItemStatus(NamedTuple):
    """How an item in a language stands: how many of its pieces are made."""

    item: str
    language: str
    printer: str
    current: int
    stale: int
    missing: int


class PaperJob(NamedTuple):
    """A paper to be typeset, or a part of one; `path` is what the answer is told by."""

    path: str
    html: Html


class RunJob(NamedTuple):
    """One file of all sites' copies, in packing order, with or without separators."""

    path: str
    job: ShellJob
    template: str
    sites: tuple[Site | None, ...]
    separators: tuple[tuple[str, ...], ...] = ()  # the lines before each copy; empty: none
