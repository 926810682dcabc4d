"""Fixtures for all: a project of one's own, the finished pieces, and the command line."""

from __future__ import annotations

import compileall
import errno
import gc
import inspect
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import settings

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.cli import main
from hrcpub.files.sources import Sources
from hrcpub.loading import collect_seldom
from tests.shared.collecting import import_together, is_one_of_many, one_by_one
from tests.shared.once import made_once, made_together
from tests.shared.parsed import LENDER
from tests.shared.project import MATERIALS, PIECES, ROOT, Hrcpub, copy_project, editions_of
from tests.shared.quick import Quick
from tests.shared.telling import Telling, tells_less
from tests.shared.workshop import KeptProject, Workshop

# The same examples at every run, and no test fails because a machine is slow.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")

FAILED = pytest.StashKey[bool]()

LENDER.stand_behind_all()

# A shell that runs the tests in the background has them, and whom they start, ignore ^C.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_configure(config: pytest.Config) -> None:
    """Leave out what is not asked for, and give all processes of a run one folder for what is kept.

    What commands keep there is not the user's own, which would test nothing. Each start of hrcpub
    takes a third less time where another has been. Another folder is for temporary files, which
    processes that are killed leave behind.
    """
    if config.getoption("--quick"):
        config.pluginmanager.register(Quick())
    if is_one_of_many() and tells_less(config):
        config.pluginmanager.register(Telling())
    if "PYTEST_XDIST_WORKER" not in os.environ:  # it has the environment of who started it
        folder = Path(tempfile.mkdtemp(prefix="hrcpub-tests-"))
        folder.chmod(0o755)  # CUPS's filters are another user's
        for variable, name in (("XDG_CACHE_HOME", "kept"), ("TMPDIR", "temporary")):
            (folder / name).mkdir()
            os.environ[variable] = str(folder / name)
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        if not sys.dont_write_bytecode:
            compileall.compile_dir(ROOT / "hrcpub", quiet=1)  # else all of them would


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let golden pages be taken as they are now, after somebody has looked; let slow tests wait."""
    parser.addoption("--accept", action="store_true", help="take golden pages as they are now")
    parser.addoption("--quick", action="store_true", help="leave out tests that are marked slow")


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Let the collector of garbage pass over thousands of tests, which stay to the end.

    Nothing is garbage while they are found. From then on it looks as seldom as in every command: a
    test that runs one in this process would have it so for all that follow.
    """
    gc.disable()
    try:
        if is_one_of_many():
            import_together(session.config)
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        collect_seldom()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems() -> Generator[None, None, None]:
    """Let Hypothesis read the constants of our modules once, and not in each process."""
    with one_by_one() if is_one_of_many() else nullcontext():
        yield


@pytest.fixture(autouse=True)
def _lent(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test have what earlier tests have parsed and kept, unless it is about that (`cold`).

    A test that puts something in the place of our functions has nothing of others, and leaves them
    nothing.
    """
    patches = "monkeypatch" in inspect.signature(request.function).parameters
    if not patches and {"cold", "kept"}.isdisjoint(request.fixturenames):
        yield
        return
    with LENDER.closed(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", os.devnull)
        yield


@pytest.fixture
def hangs_up() -> Iterator[None]:
    """Let a terminal's end be what it is, where nohup has the tests ignore it."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the system refuse another process, as it does where there are too many."""

    def fork() -> int:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr(os, "fork", fork)


@pytest.fixture
def cold() -> None:
    """Say that a test is about what is parsed, or kept: it has nothing of other tests."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note which tests fail: somebody will look at their projects."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def _kept_project(tmp_path_factory: pytest.TempPathFactory) -> KeptProject:
    return KeptProject(tmp_path_factory.mktemp("kept") / "project")


@pytest.fixture
def project(
    _kept_project: KeptProject, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Path]:
    """Return a copy of this repository's project: materials, layouts, fonts, an empty output."""
    with _kept_project.lent(tmp_path / "project"):
        yield tmp_path / "project"
        if request.node.stash[FAILED]:
            shutil.copytree(tmp_path / "project", tmp_path / "as-it-was", symlinks=True)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of this repository's materials in every edition; only to be read."""
    root = made_once(tmp_path_factory, "built", copy_project)
    worker = BuildWorker(BatchOptions(str(root), str(root / "output")))

    def build(name: str) -> None:
        report = worker.do(Job(name, editions_of(name)))
        assert not report.failed, report.problems
        assert [output.edition for output in report.outputs] == list(editions_of(name))

    made_together(tmp_path_factory, "built", MATERIALS, build)
    return root / "output"


@pytest.fixture(scope="session")
def built_a4(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the output of this repository's materials for A4; only to be read."""
    root = made_once(tmp_path_factory, "built-a4", copy_project)
    worker = BuildWorker(BatchOptions(str(root), str(root / "output")))

    def build(name: str) -> None:
        # A telephone's page is the same, whatever offices print on.
        editions = tuple(edition for edition in editions_of(name) if edition != "phone")
        report = worker.do(Job(name, editions, sheet="a4"))
        assert not report.failed, report.problems
        known = {problem.code for problem in report.all_problems}
        allowed = {*PIECES[name].codes, *PIECES[name].a4_codes, "page-hollow"}
        assert known <= allowed, report.all_problems

    made_together(tmp_path_factory, "built-a4", MATERIALS, build)
    return root / "output"


@pytest.fixture
def built_project(built: Path, tmp_path: Path) -> Path:
    """Return a copy of a project in which everything is built, and current."""
    return Path(shutil.copytree(built.parent, tmp_path / "project"))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which things are kept for later commands, as long as the test runs."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "hrcpub"


@pytest.fixture
def sources(project: Path) -> Sources:
    """Return the files of the test's project."""
    return Sources(project)


@pytest.fixture(scope="session")
def _workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop") / "project")


@pytest.fixture
def worker(_workshop: Workshop) -> BuildWorker:
    """Return a worker in a project of its own, which is not the fixture `project`.

    The tests of one process have it one after the other, each time as if nothing had been done.
    """
    _workshop.put_right()
    return _workshop.worker


@pytest.fixture
def hrcpub(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Hrcpub:
    """Return a function that runs `hrcpub` in this process, which spares it the start."""

    def run(
        *arguments: str,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        with monkeypatch.context() as patch:
            patch.chdir(folder or project)
            patch.setattr("sys.argv", ["hrcpub", *arguments])
            patch.setattr("hrcpub.cli.leave_as_it_is", lambda: None)  # this process goes on
            for name, value in (environment or {}).items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as end:
                main()
        assert isinstance(end.value.code, int)
        return subprocess.CompletedProcess(arguments, end.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def program(project: Path) -> Hrcpub:
    """Return a function that runs `hrcpub` as a program of its own, as a shell does."""

    def run(
        *arguments: str,
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "hrcpub", *arguments],
            cwd=folder or project,
            env=os.environ | dict(environment or {}),
            capture_output=True,
            text=True,
            errors="replace",
            timeout=120,
            check=False,
        )

    return run
