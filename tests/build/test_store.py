"""Finished files and their reports: when one is current, and what a failure leaves."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import sysconfig
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.build import store as module
from hrcpub.build.job import Job
from hrcpub.build.store import Store, libraries_in
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Output
from hrcpub.pipeline.typeset.engine import load
from hrcpub.problems import HrcpubError, Problem, Severity, Source
from tests.files.test_cache import room_for
from tests.shared.project import ROOT

JOB = Job("a", ("screen", "office"))
DAY = datetime.date(2026, 11, 22)
WARNING = Problem("contact-due", "due", Source("c.yaml", 1, 1, quote="é"), None, Severity.WARNING)
OUTPUT = Output("screen", "", "", 0, sides=2, note="fold it", problems=(WARNING,))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project whose one file was made from a text, an absence, a listing and a date."""
    (tmp_path / "a.yaml").write_text("one")
    (tmp_path / "list").mkdir()
    keep(tmp_path)
    return tmp_path


def keep(root: Path, data: bytes = b"%PDF old") -> Output:
    """Store a file."""
    sources = Sources(root, today=DAY)
    sources.read("a.yaml")
    sources.has("b.yaml")
    sources.names("list")
    sources.has_come(DAY + datetime.timedelta(days=9))
    return Store(root, root / "output").keep(JOB, OUTPUT, data, sources.reads, {"python": "3"})


def is_current(root: Path, job: Job = JOB, edition: str = "screen", days: int = 0) -> bool:
    """Return whether the stored file needs no making."""
    sources = Sources(root, today=DAY + datetime.timedelta(days=days))
    return Store(root, root / "output").current(job, edition, sources) is not None


def report(root: Path) -> Path:
    return root / "output" / "screen" / "a.json"


def pdf(root: Path) -> Path:
    return root / "output" / "screen" / "a.pdf"


def test_a_file_is_current_and_comes_back_with_all_that_was_said(root: Path) -> None:
    found = Store(root, root / "output").current(JOB, "screen", Sources(root, today=DAY))
    assert found is not None
    output, reads = found
    assert output == Output(
        edition="screen",
        path="output/screen/a.pdf",
        sha256=hashlib.sha256(b"%PDF old").hexdigest(),
        size=8,
        sides=2,
        is_cached=True,
        note="fold it",
        problems=(WARNING,),
    )
    assert list(reads.files) == ["a.yaml", "b.yaml"]
    assert list(reads.folders) == ["list"]
    assert reads.dates == {"2026-12-01": False}


def test_a_report_is_the_same_in_any_folder(root: Path) -> None:
    fields = json.loads(report(root).read_text("utf-8"))
    assert str(root) not in report(root).read_text("utf-8")
    assert fields["made-from"]["files"]["a.yaml"] == hashlib.sha256(b"one").hexdigest()
    assert fields["versions"] == {"python": "3"}
    assert fields["problems"][0]["source"]["quote"] == "é"


CHANGES: dict[str, tuple[Callable[[Path], object], bool]] = {
    "nothing changes": (lambda root: None, True),
    "its source is touched": (lambda root: os.utime(root / "a.yaml", (1, 1)), True),
    "its source changes": (lambda root: (root / "a.yaml").write_text("two"), False),
    "its source goes": (lambda root: (root / "a.yaml").unlink(), False),
    "a file comes that was looked for": (lambda root: (root / "b.yaml").touch(), False),
    "a folder grows that was listed": (lambda root: (root / "list" / "x").touch(), False),
    "another file comes": (lambda root: (root / "c.yaml").touch(), True),
    "the file changes": (lambda root: pdf(root).write_bytes(b"%PDF olt"), False),
    "the file is cut short": (lambda root: pdf(root).write_bytes(b"%PDF"), False),
    "the file goes": (lambda root: pdf(root).unlink(), False),
    "the file is a folder": (lambda root: (pdf(root).unlink(), pdf(root).mkdir()), False),
    "the report goes": (lambda root: report(root).unlink(), False),
    "the report is a folder": (lambda root: (report(root).unlink(), report(root).mkdir()), False),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_file_is_current_until_something_changes_that_it_was_made_from(
    case: str, root: Path
) -> None:
    change, current = CHANGES[case]
    change(root)
    assert is_current(root) is current


def test_a_file_is_current_until_a_date_comes_that_was_asked_about(root: Path) -> None:
    assert [is_current(root, days=days) for days in (0, 8, 9, 400)] == [True, True, False, False]


JOBS = {
    "the same": (JOB, "screen", True),
    "with other editions asked for": (Job("a", ("screen",)), "screen", True),
    "in another edition": (JOB, "office", False),
    "on other paper": (Job("a", ("screen",), "white"), "screen", False),
    "of another material": (Job("b", ("screen",)), "screen", False),
}


@pytest.mark.parametrize("case", JOBS)
def test_a_file_serves_its_own_job_alone(case: str, root: Path) -> None:
    job, edition, current = JOBS[case]
    assert is_current(root, job, edition) is current


def test_a_copy_under_another_name_is_not_taken_for_its_own(root: Path) -> None:
    for path in (pdf(root), report(root)):
        path.with_stem("b").write_bytes(path.read_bytes())
    assert not is_current(root, Job("b", ("screen",)))


def test_another_engine_is_a_miss(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = Store(root, root / "output").engine
    monkeypatch.setattr(module, "__version__", "999")
    assert Store(root, root / "output").engine != before
    assert not is_current(root)


def test_each_library_that_makes_or_judges_files_is_part_of_the_engine() -> None:
    """Others only talk with people: on the terminal, in the browser, or in a calendar."""
    talking = {"click", "rich", "starlette", "uvicorn", "websockets", "icalendar"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split("[<>=~ ]", entry)[0].lower() for entry in project["dependencies"]}
    assert talking | {"weasyprint"} <= names
    # A package's folder has an underscore where its name has a hyphen (PyPA, wheel names).
    folders = {name.replace("-", "_") for name in names - talking}
    assert folders <= set(module.versions())


def test_other_system_libraries_are_another_engine(root: Path) -> None:
    library = root / "libpango-1.0.so.0"
    library.write_bytes(b"one")
    listed = root / "output" / ".cache" / "libraries.json"
    listed.parent.mkdir()
    listed.write_text(json.dumps([str(library)]))
    with_one = Store(root, root / "output").engine
    library.write_bytes(b"other")
    with_other = Store(root, root / "output").engine
    library.unlink()
    assert len({with_one, with_other, Store(root, root / "output").engine}) == 3


def test_a_ghostscript_that_comes_later_is_another_engine(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = root / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    without = Store(root, root / "output").engine
    (programs / "gs").write_text("#!/bin/sh\n")
    (programs / "gs").chmod(0o755)
    assert Store(root, root / "output").engine != without


@pytest.mark.parametrize("torn", ["", "{", "[]", "null", '"x"', "3", "[" * 20_000, "\0", "{}"])
def test_a_report_that_is_torn_is_a_miss(torn: str, root: Path) -> None:
    report(root).write_text(torn)
    assert not is_current(root)


KEYS = ["job", "output", "problems", "made-from", "engine"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", [None, 3, "x", [], [3], {"x": 3}, ...], ids=repr)
def test_a_report_with_anything_else_in_it_is_a_miss(key: str, value: object, root: Path) -> None:
    fields = json.loads(report(root).read_text("utf-8"))
    if value is ...:
        del fields[key]
    else:
        fields[key] = value
    report(root).write_text(json.dumps(fields))
    assert is_current(root) is (key == "problems" and value == [])


@pytest.mark.parametrize("part", ["files", "folders", "dates"])
@pytest.mark.parametrize("value", [None, 3, "x", [3], {"\0": "x"}, {"../x": "y"}], ids=repr)
def test_a_record_with_anything_else_in_it_is_a_miss(part: str, value: object, root: Path) -> None:
    fields = json.loads(report(root).read_text("utf-8"))
    fields["made-from"][part] = value
    report(root).write_text(json.dumps(fields))
    assert not is_current(root)


def test_a_report_that_is_not_utf_8_is_a_miss(root: Path) -> None:
    report(root).write_bytes(report(root).read_bytes().replace("é".encode(), b"\xe9"))
    assert not is_current(root)


def refused(root: Path, data: bytes = b"%PDF new") -> Problem:
    """Return what is said when a file cannot be stored."""
    with pytest.raises(HrcpubError) as caught:
        keep(root, data)
    [problem] = caught.value.problems
    assert problem.code == "output-not-written"
    return problem


def test_a_full_disk_keeps_the_old_file(root: Path) -> None:
    with room_for(2000):
        problem = refused(root, b"%PDF" * 1000)
    assert "output/screen/a.pdf" in problem.message
    assert pdf(root).read_bytes() == b"%PDF old"
    assert is_current(root)
    assert sorted(one.name for one in pdf(root).parent.iterdir()) == ["a.json", "a.pdf"]


def test_a_disk_that_fills_up_before_the_report_leaves_a_miss(root: Path) -> None:
    with room_for(100):
        refused(root)
    assert pdf(root).read_bytes() == b"%PDF new"
    assert not is_current(root)
    keep(root)
    assert is_current(root)


def test_a_folder_in_the_files_place_is_told(root: Path) -> None:
    pdf(root).unlink()
    pdf(root).mkdir()
    assert "Is a directory" in refused(root).message
    assert [one.name for one in pdf(root).iterdir()] == []


def test_a_file_in_the_folders_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").touch()
    (tmp_path / "output").write_text("mine")
    refused(tmp_path)
    assert (tmp_path / "output").read_text() == "mine"


def test_a_link_in_the_files_place_is_not_followed(root: Path) -> None:
    (root / "precious").write_text("keep me")
    for path in (pdf(root), report(root)):
        path.unlink()
        path.symlink_to(root / "precious")
    keep(root)
    assert (root / "precious").read_text() == "keep me"
    assert not pdf(root).is_symlink()
    assert is_current(root)


def test_a_path_outside_the_project_is_shown_whole(root: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    store = Store(root / "list", elsewhere)
    output = store.keep(JOB, OUTPUT, b"%PDF", Sources(root).reads, {})
    assert output.path == str(elsewhere / "screen" / "a.pdf")


def test_the_system_libraries_are_noted_once(root: Path) -> None:
    load(ROOT)
    store = Store(root, root / "output")
    store.note_libraries()
    before = store.engine
    noted = json.loads((root / "output/.cache/libraries.json").read_bytes())
    assert any("libpango" in path for path in noted)
    store.note_libraries()
    assert store.engine == before


def test_libraries_of_pythons_packages_are_not_noted() -> None:
    """They are there or not by what this process has done before; of packages versions count."""
    packages = Path(sysconfig.get_path("platlib")).resolve()
    bundled = packages / "pillow.libs" / "libfreetype-1a2b.so.6"
    line = "7f00-7f01 r-xp 0000 08:01 99   {}\n"
    maps = line.format("/usr/lib/libfreetype.so.6") + line.format(bundled)
    assert libraries_in(maps) == ["/usr/lib/libfreetype.so.6"]


def test_what_a_killed_build_left_is_swept_and_what_others_write_stays(root: Path) -> None:
    left, begun = (pdf(root).with_name(f".a.pdf.{name}.part") for name in ("old", "new"))
    keep(root)
    for path in (left, begun):
        path.write_bytes(b"half")
    two_days_ago = time.time() - 2 * 86400
    os.utime(left, (two_days_ago, two_days_ago))
    keep(root)
    assert not left.exists()
    assert begun.exists()
