"""Files that change, and a build that stays and follows them."""

from __future__ import annotations

import datetime
import hashlib
import os
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from hrcpub.build.notices import Notices
from hrcpub.build.watch import changed, take_snapshot
from hrcpub.files import sources as module
from hrcpub.files.sources import Sources
from tests.shared import forked
from tests.shared.clock import clock

PATIENCE = 60  # seconds, of which a fraction is needed
EDITIONS = ("office", "screen", "press")


def deaf() -> Notices:
    """Return notices as of a system that gives none: it has no descriptor left for them."""
    with Notices():  # all that it loads is loaded
        limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, limits[1]))
    try:
        return Notices()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def write_dated(path: Path, text: str) -> None:
    """Write as much text as there was, and give the file its former date back."""
    before = path.stat()
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize("notices", [Notices, deaf], ids=["told", "not told"])
@pytest.mark.parametrize(
    ("change", "paths"),
    [
        (lambda root: (root / "a.txt").write_text("other"), {"a.txt"}),
        (lambda root: (root / "a.txt").write_text(""), {"a.txt"}),
        (lambda root: write_dated(root / "a.txt", "TEXT"), {"a.txt"}),
        (lambda root: (root / "a.txt").unlink(), {"a.txt"}),
        (lambda root: (root / "absent.txt").write_text("there"), {"absent.txt"}),
        (lambda root: (root / "spare.txt").replace(root / "a.txt"), {"a.txt"}),
        (lambda root: (root / "folder/new.txt").write_text("new"), {"folder"}),
        (lambda root: (root / "folder").rename(root / "gone"), {"folder", "folder/b.txt"}),
    ],
    ids=["written", "emptied", "dated back", "removed", "appeared", "replaced", "added", "moved"],
)
def test_what_was_read_looked_for_or_listed_is_watched(
    tmp_path: Path,
    change: Callable[[Path], object],
    paths: set[str],
    notices: Callable[[], Notices],
) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("a.txt", "spare.txt", "folder/b.txt"):
        (tmp_path / name).write_text("text")
    sources = Sources(tmp_path)
    sources.read("a.txt")
    sources.read("folder/b.txt")
    assert not sources.has("absent.txt")
    sources.names("folder")
    before = take_snapshot(tmp_path, [sources.reads])
    assert set(before) == {"a.txt", "folder/b.txt", "absent.txt", "folder"}
    timer = threading.Timer(0.1, change, [tmp_path])
    timer.start()
    with notices() as told:
        found = changed(tmp_path, before, told)
    timer.join()
    assert found == paths


def test_what_was_saved_is_told_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with Notices() as notices:
        (tmp_path / "early.txt").write_text("before anybody asked")
        notices.begin(tmp_path, ["", "folder", "absent"])
        (tmp_path / "a.txt").write_text("text")
        assert notices.saved(PATIENCE) == {"a.txt"}
        (tmp_path / "a.txt").replace(tmp_path / "folder/b.txt")
        assert notices.saved(PATIENCE) == {"folder/b.txt"}
        with (tmp_path / "a.txt").open("w") as file:
            file.write("half of it")
            file.flush()
            assert notices.saved(0) == set()
        assert notices.saved(PATIENCE) == {"a.txt"}
        (tmp_path / "folder/b.txt").write_text("other")
        notices.begin(tmp_path, ["folder"])
        assert notices.saved(0) == set()


class Watching:
    """`hrcpub build contact-card --watch`, and what it said."""

    def __init__(
        self, project: Path, *editions: str, clock: Callable[[], object] = lambda: None
    ) -> None:
        self.project = project
        self.file = project / "output/screen/contact-card.pdf"
        self.said = ""
        self.process = forked.popen(
            *("build", "contact-card", "--watch"),
            *(word for edition in editions for word in ("--edition", edition)),
            cwd=project,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            preexec_fn=clock,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.project / path).read_text(encoding="utf-8")
        assert old in text
        (self.project / path).write_text(text.replace(old, new), encoding="utf-8")

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, f"{what} never came: {self.said}"
            assert self.process.poll() is None, f"it ended: {self.said}"
            time.sleep(0.02)

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        self.reader.join()
        assert self.process.stdout
        self.process.stdout.close()
        return code

    def digests(self) -> dict[str, str]:
        found = {one: self.file.parent.parent / one / self.file.name for one in EDITIONS}
        return {one: hashlib.sha256(file.read_bytes()).hexdigest() for one, file in found.items()}

    def others(self) -> list[int]:
        """Return the processes that it has started."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return [int(one) for task in tasks for one in (task / "children").read_text().split()]


@pytest.fixture
def watching(project: Path, request: pytest.FixtureRequest) -> Iterator[Watching]:
    watching = Watching(project, *getattr(request, "param", ("screen",)))
    try:
        watching.until(lambda: " kB " in watching.said, "the first build")
        assert "watching" in watching.said
        yield watching
    finally:
        if watching.process.poll() is None:
            watching.end()


def test_a_watched_piece_is_built_again_and_a_mistake_keeps_the_last_good_file(
    watching: Watching,
) -> None:
    file = watching.file
    first = file.read_bytes()

    # A reprint is held to its source, so that is edited too.
    watching.edit(
        "materials/sources/harm-reduction-coalition.txt", "(510) 444-6969", "(510) 444-0000"
    )
    watching.until(lambda: "[verbatim-differs]" in watching.said, "the office that differs")
    assert file.read_bytes() == first
    watching.edit("materials/contacts.yaml", "(510) 444-6969", "(510) 444-0000")
    watching.until(lambda: file.read_bytes() != first, "the second build")
    second = file.read_bytes()

    watching.edit("layouts/card/layout.css", ".back {", ".back { colour: red;")
    watching.until(lambda: "[css-ignored]" in watching.said, "the mistake")
    assert "layouts/card/layout.css:" in watching.said
    assert file.read_bytes() == second

    watching.edit("layouts/card/layout.css", "colour: red;", "color: red;")
    watching.until(lambda: file.read_bytes() != second, "the third build")

    watching.edit("layouts/card/layout.css", "color: red;", "")
    watching.until(lambda: file.read_bytes() == second, "the mended build")
    assert watching.end() == 130


def test_a_material_that_is_gone_and_comes_back_is_built_again(watching: Watching) -> None:
    material = watching.project / "materials/contact-card.yaml"
    text, good = material.read_text(encoding="utf-8"), watching.file.read_bytes()
    material.unlink()
    watching.until(lambda: "contact-card was deleted" in watching.said, "the word of it")
    assert watching.file.read_bytes() == good
    material.write_text(text.replace("verbatim: yes\n", ""), encoding="utf-8")
    watching.until(lambda: "contact-historical" in watching.said, "the next build")


def set_clock(file: Path) -> None:
    """Have the day be what a file holds, for all that is asked of a project's files."""
    vars(module)["datetime"] = clock(lambda: datetime.date.fromisoformat(file.read_text()))


@pytest.mark.parametrize("editions", [("screen",), EDITIONS], ids=len)
def test_a_build_that_is_watched_past_midnight_has_the_new_day_by_itself(
    project: Path, tmp_path: Path, editions: tuple[str, ...]
) -> None:
    day, tomorrow = tmp_path / "day", tmp_path / "tomorrow"
    day.write_text("2027-01-31")
    tomorrow.write_text("2027-06-01")
    watching = Watching(project, *editions, clock=partial(set_clock, day))
    try:
        watching.until(lambda: " kB " in watching.said, "the first build")
        assert "contact-due" not in watching.said
        tomorrow.replace(day)
        watching.until(lambda: "[contact-due]" in watching.said, "what is due")
        assert watching.said.count("output/screen/") == 2  # once for each day
    finally:
        watching.end()


@pytest.mark.slow
@pytest.mark.parametrize("watching", [EDITIONS], indirect=True)
@pytest.mark.parametrize("ends", [False, True], ids=["two processes", "one of them is killed"])
def test_all_editions_of_a_piece_follow_an_edit(watching: Watching, *, ends: bool) -> None:
    before = watching.digests()
    second = watching.others()
    if len(os.sched_getaffinity(0)) > 1:
        assert len(second) == 1
    if ends:
        for process in second:
            os.kill(process, signal.SIGKILL)
    watching.edit("materials/contacts.yaml", "444-6969", "444-0000")
    watching.edit("materials/contact-card.yaml", "verbatim: yes", "verbatim: no")

    def is_new() -> bool:
        now = watching.digests()
        return not any(now[edition] == before[edition] for edition in EDITIONS)

    watching.until(is_new, "the new files")
    found = watching.digests()
    assert watching.end() == 130
    words = [word for edition in EDITIONS for word in ("--edition", edition)]
    done = forked.run(
        *("build", "contact-card", "--force", "--jobs", "1", *words), cwd=watching.project
    )
    assert done.returncode == 0, done.stderr
    assert watching.digests() == found
