"""What an event's build and its workers tell each other: plain values, which can be sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import NamedTuple

from hrcpub.events.manifest.event import FinishedFile, PieceFacts, Site
from hrcpub.files.sources import Reads
from hrcpub.pipeline.stages import Html, Pdf
from hrcpub.problems import Problem
from hrcpub.records import record
from hrcpub.units import Size


class ShellJob(NamedTuple):
    """One piece, which is typeset once for all sites."""

    material: str
    edition: str
    printer: str | None = None
    scheme: str | None = None

    @property
    def name(self) -> str:
        """Return a file's name for it."""
        parts = (self.material, self.edition, self.printer, self.scheme)
        return ".".join(part for part in parts if part)


@record
class Shell:
    """A typeset piece: proven, blank where an imprint goes.

    `template` is packed, and empty where there is nothing to join: the piece has no place for an
    imprint, or is tagged and typeset whole for each site.
    """

    job: ShellJob
    pdf: bytes
    template: bytes
    area: Size | None  # of the imprint; None: the piece has no place for one
    facts: PieceFacts
    digest: str  # of the PDF, the template and the facts
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
    template: str  # the digest of the packed template; empty: the copy is typeset whole
    site: Site | None  # as its imprint prints it; None: the piece as it is


class MadeCopy(NamedTuple):
    """One site's copy, its pages, its digest, its problems, and what reads it again once written.

    `verify` takes the file's bytes, and raises HrcpubError when its imprint is not there.
    """

    pdf: Pdf
    pages: int
    sha256: str
    problems: tuple[Problem, ...] = ()
    verify: Callable[[bytes], None] = lambda pdf: None


class MadeFile(NamedTuple):
    """A file that a worker made, and its bytes where the worker cannot write it itself."""

    file: FinishedFile
    data: bytes = b""


@record
class Failure:
    """Why there is no file, or no shell; `reads` is what that was found from, where it is kept."""

    problems: tuple[Problem, ...]
    reads: Reads | None = None


def finished_file(
    path: str, data: bytes, pages: int, problems: tuple[Problem, ...] = ()
) -> FinishedFile:
    """Return what is known of a file from its bytes."""
    return FinishedFile(path, hashlib.sha256(data).hexdigest(), len(data), pages, problems)


class ItemStatus(NamedTuple):
    """How many pieces of an item in a language are made, out of date and missing."""

    item: str
    language: str
    printer: str
    current: int
    stale: int
    missing: int
    approved: str = ""  # by whom, and how it differs from that; empty: by nobody


class PaperJob(NamedTuple):
    """A part of a paper, which is to be typeset."""

    path: str  # the paper's, below the event's folder
    part: int  # counted from 0
    html: Html


class RunJob(NamedTuple):
    """A run file: all sites' copies, in packing order, with or without separators.

    `repeats` says how often each is in it; empty: once.
    """

    path: str  # below the event's folder
    job: ShellJob
    template: str  # the digest of the packed template
    sites: tuple[Site | None, ...]
    separators: tuple[tuple[str, ...], ...] = ()  # the lines before each copy; empty: none
    repeats: tuple[int, ...] = ()
