"""A run file is written from the former one, and is to the byte what it would be without that."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import RunJob, Shell, ShellJob
from hrcpub.events.fulfil.kept_runs import KeptRuns
from hrcpub.events.fulfil.parts import PartCache
from hrcpub.events.fulfil.shell_store import template_key
from hrcpub.events.fulfil.work import EventWorker, WorkerPaths
from hrcpub.events.manifest.event import Site
from hrcpub.files.bytestore import ByteStore
from hrcpub.files.sources import Sources
from tests.shared import events
from tests.shared.local_sites import local
from tests.shared.project import ROOT

PATH = "digital/what-postcard-press/run.pdf"
SITES = (local(logo=True), local("Nhà Văn Hóa"), local("Fruitvale"))
SEPARATORS = tuple((str(site.name), "10") for site in SITES)
ENVIRONMENT = "e1"


@pytest.fixture(scope="module")
def shell() -> Shell:
    return CopyMaker(Sources(ROOT), lambda digest: b"").shell(ShellJob("what-postcard", "press"))


class Office:
    """An event's folder, and the store beside it."""

    def __init__(self, folder: Path, shell: Shell) -> None:
        self.folder, self.store = folder / "event", ByteStore(folder / "store")
        self.store.keep(template_key(shell.template_digest), shell.template)
        self.shell = shell

    def run(self, *sites: Site, **changes: object) -> bytes:
        """Write the run file by a new worker; return its bytes."""
        digest = self.shell.template_digest
        job = RunJob(PATH, self.shell.job, digest, sites, SEPARATORS[: len(sites)])
        paths = WorkerPaths(str(ROOT), str(self.folder), str(self.store.folder), ENVIRONMENT)
        (made,) = EventWorker(paths).do(job._replace(**changes))  # type: ignore[arg-type, misc]
        data = (self.folder / PATH).read_bytes()
        assert made.file.size == len(data)  # type: ignore[union-attr]
        return data

    def former(self) -> object:
        """Return what the next worker would find."""
        kept = KeptRuns(PartCache(self.store, ENVIRONMENT), self.folder)
        return kept.find(RunJob(PATH, self.shell.job, self.shell.template_digest, ()))


@pytest.fixture
def office(tmp_path: Path, shell: Shell) -> Office:
    return Office(tmp_path / "one", shell)


def called(site: Site, number: str) -> Site:
    """Return a site with another telephone."""
    return replace(site, tel=events.words(number))


@pytest.mark.parametrize("number", range(3))
def test_a_changed_telephone_gives_the_file_that_a_first_build_gives(
    number: int, office: Office, tmp_path: Path, shell: Shell
) -> None:
    before = office.run(*SITES)
    after = [*SITES]
    after[number] = called(SITES[number], "(510) 555-0199")
    first = Office(tmp_path / "two", shell).run(*after)
    assert first != before
    assert office.run(*after) == first


def test_one_site_more_or_less_gives_the_file_that_a_first_build_gives(
    office: Office, tmp_path: Path, shell: Shell
) -> None:
    office.run(*SITES[:2])
    assert office.run(*SITES) == Office(tmp_path / "two", shell).run(*SITES)
    assert office.run(*SITES[:2]) == Office(tmp_path / "three", shell).run(*SITES[:2])


def test_a_former_file_that_somebody_changed_is_not_used(office: Office) -> None:
    sound = office.run(*SITES)
    assert office.former() is not None
    path = office.folder / PATH
    path.write_bytes(sound.replace(b"/Imprint", b"/Imprimt", 1))
    assert office.former() is None
    assert office.run(*SITES) == sound
    path.unlink()
    assert office.former() is None
    assert office.run(*SITES) == sound


def test_a_spoilt_entry_is_a_miss(office: Office) -> None:
    sound = office.run(*SITES)
    digest = hashlib.sha256(sound).hexdigest().encode()
    (entry,) = (one for one in office.store.folder.glob("*/*") if digest in one.read_bytes())
    entry.write_bytes(entry.read_bytes()[:-1])
    assert office.former() is None
    assert office.run(*SITES) == sound


def test_copies_in_another_number_are_not_those_of_the_former_file(
    office: Office, tmp_path: Path, shell: Shell
) -> None:
    office.run(*SITES)
    often = Office(tmp_path / "two", shell).run(*SITES, repeats=(1, 5, 2))
    assert office.run(*SITES, repeats=(1, 5, 2)) == often
