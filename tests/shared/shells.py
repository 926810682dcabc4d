"""Shells of the materials that keep a place for an imprint, each made once for a whole run."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import Shell, ShellJob
from hrcpub.files.sources import Sources
from tests.shared.once import made_once
from tests.shared.project import ROOT

# The material of each layout that keeps a place for an imprint.
MATERIALS = {
    "sheet": "principles",
    "trifold": "why-folder",
    "postcard": "what-postcard",
    "booklet": "harm-reduction",
}


class Shells:
    """Shells, each made when a test first asks for it; and what joins imprints to them."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self._factory = factory
        self._found: dict[ShellJob, Shell] = {}
        self._templates: dict[str, bytes] = {}
        self.maker = maker_of(self._templates)

    def __getitem__(self, job: ShellJob) -> Shell:
        """Return a piece typeset once."""
        if job not in self._found:
            name = f"shell-{job.material}-{job.edition}"
            kept = made_once(self._factory, name, lambda folder: self._make(job, folder)) / "kept"
            shell = pickle.loads(kept.read_bytes())
            assert isinstance(shell, Shell)
            self._found[job] = shell
            self._templates[shell.template_digest] = shell.template
        return self._found[job]

    def _make(self, job: ShellJob, folder: Path) -> None:
        folder.mkdir()
        (folder / "kept").write_bytes(pickle.dumps(self.maker.shell(job)))


def maker_of(templates: dict[str, bytes]) -> CopyMaker:
    """Return what makes shells, and joins imprints to those whose templates it is given."""
    return CopyMaker(Sources(ROOT), templates.__getitem__)
