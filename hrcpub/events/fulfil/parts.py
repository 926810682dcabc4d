"""Parts kept between builds by what they are made from: an imprint, a box's list, a thumbnail."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from hrcpub.events.fulfil.jobs import Failure, MadeFile
from hrcpub.events.paperwork import PrintedPaper, bound
from hrcpub.files.bytestore import ByteStore
from hrcpub.pipeline.stages import Html, Pdf
from hrcpub.problems import HrcpubError, Problem


@dataclass
class Bound:
    """A paper's parts, as far as they are there, and what is wrong with them."""

    parts: list[PrintedPaper | None]
    problems: list[Problem]
    made_from: list[str] = field(default_factory=list)  # for each part, as `made_from` returns it

    def take(self, number: int, result: MadeFile | Failure, cache: PartCache) -> None:
        """Take the part that a worker has typeset, or its problems."""
        if isinstance(result, Failure):
            self.problems += result.problems
            return
        pages, problems = result.file.pages, result.file.problems
        part = PrintedPaper(Pdf(result.data), pages, problems)
        self.parts[number] = part
        self.problems += problems
        if not problems:  # which the next build would not report
            cache.keep(self.made_from[number], "pdf", packed(part))

    def whole(self) -> PrintedPaper:
        """Return the paper; raise HrcpubError when a part of it is missing."""
        parts = [part for part in self.parts if part]
        if not parts or len(parts) < len(self.parts):
            raise HrcpubError(*self.problems)
        return bound(parts)._replace(problems=tuple(dict.fromkeys(self.problems)))


def made_from(html: Html) -> str:
    """Return what a document's PDF depends on, beside the programs and the fonts' files."""
    pictures = [(name, hashlib.sha256(data).digest()) for name, data in html.pictures.items()]
    return repr((html.text, html.stylesheets, pictures))


def packed(part: PrintedPaper) -> bytes:
    """Return a part as bytes to be kept."""
    return f"{part.pages} ".encode() + part.pdf


def unpacked(data: bytes) -> PrintedPaper:
    """Return the part that `packed` wrote."""
    pages, _, pdf = data.partition(b" ")
    return PrintedPaper(Pdf(pdf), int(pages))


class PartCache:
    """Parts in a ByteStore; without a store it keeps none, and everything is made each time."""

    def __init__(self, store: ByteStore | None, environment: str) -> None:
        """Keep parts in a store; `environment` stands for the programs and files behind them."""
        self._store, self._environment = store, environment

    def find(self, made_from: str, kind: str) -> bytes | None:
        """Return the part that was made from a text, None when there is none."""
        stored = self._store.find(self._key(made_from, kind)) if self._store else None
        return stored.data if stored else None

    def keep(self, made_from: str, kind: str, data: bytes) -> None:
        """Keep a part if the disk takes it; else it is made again next time."""
        if self._store:
            with contextlib.suppress(OSError):
                self._store.keep(self._key(made_from, kind), data)

    def take(self, made_from: str, kind: str, make: Callable[[], bytes]) -> bytes:
        """Return the part that is made from a text."""
        part = self.find(made_from, kind)
        if part is None:
            part = make()
            self.keep(made_from, kind, part)
        return part

    def _key(self, made_from: str, kind: str) -> str:
        return f"{kind}\0{self._environment}\0{made_from}"


NO_PARTS = PartCache(None, "")
