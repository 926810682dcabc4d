"""An `Event` to the project's files that a cluster's workers need, by content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from hrcpub.events.manifest.event import Event
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project.material import read_material
from hrcpub.project.printers import read_printers

FOLDERS = ("layouts", "fonts")  # sent whole: they are form, and have nobody's details


class SentFiles:
    """What is sent of a project: paths and digests, and the bytes when a worker asks for them."""

    def __init__(self, event: Event, project: Project) -> None:
        """Take the files that the event's pieces are made from."""
        self._sources = project.sources.recording()
        paths = sorted(set(_paths(event, project)))
        digests = {path: self._sources.digest(path) for path in paths}
        self.digests = {path: digest for path, digest in digests.items() if digest}
        self._paths = {digest: path for path, digest in self.digests.items()}
        self.list = json.dumps(sorted(self.digests.items())).encode()
        self.digest = hashlib.sha256(self.list).hexdigest()  # of the list

    def bytes_of(self, digest: str) -> bytes | None:
        """Return the bytes of a file, or of the list; None for any other digest."""
        if digest == self.digest:
            return self.list
        path = self._paths.get(digest)
        return None if path is None else self._sources.read(path)


def _paths(event: Event, project: Project) -> Iterator[str]:
    """Yield layouts and fonts, what the event's materials are read from, and the logos in use.

    The manifest and the table of sites stay here: a site's details travel with its copies.
    """
    for folder in FOLDERS:
        yield from _below(folder, project.sources.recording())
    reading = project.recording()
    for item in event.items:
        for material in item.materials.values():
            read_material(reading, material.name)
    reading.known("printers", read_printers)
    yield from reading.sources.reads.files
    yield from (item.printer.profile for item in event.items if item.printer.profile)
    logos = (*(partner.logo for partner in event.partners), *(site.logo for site in event.sites))
    yield from (logo.path for logo in logos if logo)


def _below(folder: str, sources: Sources) -> Iterator[str]:
    """Yield the files in a folder and below it; hidden files and drafts are left out."""
    for name in sources.names(folder):
        path = f"{folder}/{name}"
        if sources.digest(path) is None:  # a folder, or nothing that may be read
            yield from _below(path, sources)
        else:
            yield path
