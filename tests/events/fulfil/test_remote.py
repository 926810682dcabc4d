"""A worker that shares no disk with the build: what it is sent, asks for, keeps and gives back."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrcpub.build.workers import LostTask
from hrcpub.events.fulfil import remote
from hrcpub.events.fulfil.cluster import Parcels
from hrcpub.events.fulfil.jobs import CopyJob, Failure, MadeFile, RunJob, ShellJob
from hrcpub.events.fulfil.remote import MOST_BLOBS, MissingParts, Parcel, do
from hrcpub.events.fulfil.sent import SentFiles
from hrcpub.events.fulfil.work import EventTask, TaskResult
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from tests.shared import events
from tests.shared.pages import texts
from tests.shared.project import ROOT
from tests.shared.shells import Shells

SHELL = ShellJob("what-postcard", "press")
SITE = events.site(3)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Shells:
    return Shells(tmp_path_factory)


@pytest.fixture(scope="module")
def files() -> SentFiles:
    """Return what is sent of the project for an event without pieces."""
    return SentFiles(events.event((), ()), Project(Sources(ROOT)))


@pytest.fixture(autouse=True)
def _new_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Begin with a worker that has been sent nothing; its files go with the test's."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    remote._blobs.clear()
    remote._makers.clear()
    yield
    remote._blobs.clear()
    remote._makers.clear()


def parcels(files: SentFiles, made: Shells) -> Parcels:
    return Parcels(files, {made[SHELL].template_digest: made[SHELL].template}.__getitem__)


def done(parcels: Parcels, task: EventTask) -> tuple[TaskResult | LostTask, list[int]]:
    """Return what a worker gives back, and how many parts it lacked each time that it was asked."""
    parcel, lacked = parcels.packed(task), list[int]()
    while isinstance(answer := do(parcel), MissingParts):
        lacked.append(len(answer.digests))
        more = parcels.again(parcel, answer)
        assert more is not None
        parcel = more
    assert parcels.again(parcel, answer) is None
    return answer, lacked


def only(answer: TaskResult | LostTask) -> MadeFile:
    """Return the file that was made."""
    assert isinstance(answer, tuple)
    file = answer[0]
    assert isinstance(file, MadeFile)
    return file


def test_a_worker_asks_for_what_it_lacks_and_keeps_it(files: SentFiles, made: Shells) -> None:
    sent = parcels(files, made)
    template = made[SHELL].template_digest
    tasks = [(CopyJob(f"{n}.pdf", SHELL, template, events.site(n)),) for n in (1, 2)]
    (first, lacked), (second, lacks_again) = (done(sent, task) for task in tasks)
    assert (lacked, lacks_again) == ([2], [])  # the list of files, and the template
    assert len(files.digests) > MOST_BLOBS  # they are on the disk: to keep them too takes all room
    assert {*remote._blobs} == {template}
    for task, answer in zip(tasks, (first, second), strict=True):
        file = only(answer)
        here = made.maker.copy(task[0])
        assert (file.data, file.file.sha256) == (bytes(here.pdf), here.sha256)


def test_a_run_comes_back_as_bytes(files: SentFiles, made: Shells, tmp_path: Path) -> None:
    task = RunJob("run.pdf", SHELL, made[SHELL].template_digest, (SITE, None))
    answer, _ = done(parcels(files, made), task)
    file = only(answer)
    assert file.file.sha256 == hashlib.sha256(file.data).hexdigest()
    (tmp_path / "run.pdf").write_bytes(file.data)
    pages = texts(tmp_path / "run.pdf")
    assert (len(pages), file.file.pages) == (4, 4)
    assert sum(str(SITE.tel.text) in page for page in pages) == 1


def test_a_task_is_packed_with_the_templates_that_it_needs(files: SentFiles) -> None:
    sent = Parcels(files, lambda digest: b"")
    job = CopyJob("a.pdf", SHELL, "t1", SITE)
    several = (job, job._replace(template="t2"), job._replace(template=""), job)
    assert sent.packed(several).templates == ("t1", "t2")
    assert sent.packed(RunJob("run.pdf", SHELL, "t3", ())).templates == ("t3",)
    assert sent.packed(SHELL).templates == ()
    assert [part.task for part in sent.parted(sent.packed(several[:2]))] == [
        (several[0],),
        (several[1],),
    ]


def test_a_worker_of_another_version_does_nothing(files: SentFiles, made: Shells) -> None:
    parcel = parcels(files, made).packed(SHELL)
    assert parcel.program == remote.program()
    answer = do(Parcel(parcel.task, parcel.project, (), "0.1 other"))
    assert isinstance(answer, Failure)
    (problem,) = answer.problems
    assert problem.code == "worker-differs"
    assert "0.1 other" in problem.message


def listed(*paths: str) -> tuple[str, dict[str, bytes]]:
    """Return the digest of a list of files of one byte, and what is sent with it."""
    blob = hashlib.sha256(b"x").hexdigest()
    data = json.dumps([(path, blob) for path in paths]).encode()
    digest = hashlib.sha256(data).hexdigest()
    return digest, {digest: data, blob: b"x"}


def test_nothing_is_written_outside_of_a_workers_folder(tmp_path: Path) -> None:
    digest, blobs = listed("layouts/a.css", "../../evil.css")
    with pytest.raises(ValueError, match=r"evil\.css"):
        do(Parcel((), digest, (), remote.program(), blobs))
    assert [path.name for path in tmp_path.rglob("*.css")] == ["a.css"]


def test_what_came_first_is_forgotten_first_and_what_has_just_come_never() -> None:
    digest, blobs = listed("layouts/a.css")
    many = {f"old {number}": b"" for number in range(MOST_BLOBS + 9)}
    assert do(Parcel((), digest, (), remote.program(), many)) == MissingParts((digest,))
    assert remote._blobs == many
    assert do(Parcel((), digest, (), remote.program(), blobs)) == ()  # for which all is there
    assert list(remote._blobs) == list(many)[9:]
