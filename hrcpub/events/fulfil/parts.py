"""Parts of papers kept between builds: a box's list, a thumbnail, by what they were made from."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from hrcpub.events.fulfil.jobs import Copy
from hrcpub.events.paperwork import PrintedPaper, bound
from hrcpub.files.cache import write_whole
from hrcpub.pipeline.stages import Html, Pdf
from hrcpub.problems import HrcpubError, Problem

MOST = 20_000  # files: some hundred MB at the most


@dataclass
class Bound:
    """A paper's parts, as far as they are there, and what is wrong with them."""

    parts: list[PrintedPaper | None]
    problems: list[Problem]
    whats: list[str] = field(default_factory=list)

    def take(self, number: int, copy: Copy, kept: PartCache) -> None:
        """Take what became of a part."""
        self.problems += copy.problems
        if not copy.failed:
            self.parts[number] = PrintedPaper(Pdf(copy.data), copy.pages, copy.problems)
            if not copy.problems:  # what is to be told would not be told again
                kept.keep(self.whats[number], "pdf", packed(self.parts[number]))

    def whole(self) -> PrintedPaper:
        """Return the paper; raise HrcpubError when a part of it is missing."""
        there = [part for part in self.parts if part]
        if not there or len(there) < len(self.parts):
            raise HrcpubError(*self.problems)
        return bound(there)._replace(problems=tuple(dict.fromkeys(self.problems)))


def what_is(html: Html) -> str:
    """Return what a document's PDF depends on, beside the programs and the fonts' files."""
    pictures = [(name, hashlib.sha256(data).digest()) for name, data in html.pictures.items()]
    return repr((html.text, html.stylesheets, pictures))


def packed(paper: PrintedPaper | None) -> bytes:
    """Return a part as it is kept."""
    return f"{paper.pages} ".encode() + paper.pdf if paper else b""


def part_of(data: bytes) -> PrintedPaper:
    """Return the part that was kept."""
    pages, _, pdf = data.partition(b" ")
    return PrintedPaper(Pdf(pdf), int(pages))


class PartCache:
    """A folder of parts; what is gone is made again, and nothing depends on its being there."""

    def __init__(self, folder: Path, engine: str) -> None:
        """Keep parts in a folder; `engine` stands for the programs that make them."""
        self._folder, self._engine = folder, engine

    def find(self, what: str, kind: str) -> bytes | None:
        """Return the part that was made from `what`, None when there is none."""
        try:
            data = self._path(what, kind).read_bytes()
        except OSError:
            return None
        digest, _, body = data.partition(b"\n")
        return body if hashlib.sha256(body).hexdigest().encode() == digest else None

    def keep(self, what: str, kind: str, data: bytes) -> None:
        """Write a part down, as long as there is room."""
        path = self._path(what, kind)
        digest = hashlib.sha256(data).hexdigest().encode()
        with contextlib.suppress(OSError):  # a part that is not kept is made again
            if not path.parent.exists() or len(list(path.parent.iterdir())) < MOST // 256:
                write_whole(path, digest + b"\n" + data, sync=False)

    def take(self, what: str, kind: str, make: Callable[[], bytes]) -> bytes:
        """Return the part that is made from `what`."""
        found = self.find(what, kind)
        if found is None:
            found = make()
            self.keep(what, kind, found)
        return found

    def _path(self, what: str, kind: str) -> Path:
        name = hashlib.sha256(f"{self._engine}\0{what}".encode()).hexdigest()
        return self._folder / name[:2] / f"{name[2:34]}.{kind}"
