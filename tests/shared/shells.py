"""Shells of the materials that keep a place for an imprint, made once for a whole run."""

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
EDITIONS = ("press", "office", "screen")
Shells = dict[ShellJob, Shell]


def shells(factory: pytest.TempPathFactory) -> Shells:
    """Return the shell of each material in each edition."""
    found = pickle.loads((made_once(factory, "shells", _make) / "kept").read_bytes())
    assert isinstance(found, dict)
    return found


def _make(folder: Path) -> None:
    maker = maker_of({})
    jobs = [ShellJob(name, edition) for name in MATERIALS.values() for edition in EDITIONS]
    folder.mkdir()
    (folder / "kept").write_bytes(pickle.dumps({job: maker.shell(job) for job in jobs}))


def maker_of(made: Shells) -> CopyMaker:
    """Return what joins imprints to shells."""
    templates = {shell.template_digest: shell.template for shell in made.values()}
    return CopyMaker(Sources(ROOT), templates.__getitem__)
