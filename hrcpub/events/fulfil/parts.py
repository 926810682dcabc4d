"""Parts kept between builds by what they are made from: an imprint, labels, a thumbnail."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable

from hrcpub.events.paperwork import KeptPlace, PrintedPaper
from hrcpub.files.bytestore import ByteStore
from hrcpub.pipeline.stages import Html, Pdf


def made_from(html: Html) -> str:
    """Return a digest of what a PDF depends on, beside the programs and the fonts' files."""
    pictures = [(name, hashlib.sha256(data).digest()) for name, data in html.pictures.items()]
    return hashlib.sha256(repr((html.text, html.stylesheets, pictures)).encode()).hexdigest()


def packed(part: PrintedPaper) -> bytes:
    """Return a printed document as bytes to be kept or sent, without its problems."""
    return json.dumps([part.pages, part.kept]).encode() + b"\n" + part.pdf


def unpacked(data: bytes) -> PrintedPaper:
    """Return the document that `packed` wrote."""
    head, _, pdf = data.partition(b"\n")
    pages, kept = json.loads(head)
    return PrintedPaper(Pdf(pdf), pages, (), tuple(KeptPlace(*place) for place in kept))


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
