"""The tests themselves: they stand where the modules do, all are run, and none is let off."""

from __future__ import annotations

import ast
import atexit
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import hrcpub
from hrcpub.files.sources import Sources
from hrcpub.project.material import own_names
from tests.shared import forked
from tests.shared.collecting import import_together
from tests.shared.once import made_together
from tests.shared.parsed import LENDER, MOST_KEYS, Lender
from tests.shared.project import MATERIALS, ROOT, Hrcpub, copy_project
from tests.shared.quick import names_that_are_gone, slow_ones
from tests.shared.workshop import KeptProject, Workshop

TESTS = Path(__file__).parent
PACKAGE = Path(hrcpub.__file__).parent
# What belongs to no room: what tests use, and what the finished pieces are held to.
OWN = {"docs", "judges", "shared", "whole"}
DATA = {"project/bad", "pipeline/typeset/cases", "whole/golden"}
LETS_OFF = {"skip", "skipif", "importorskip", "xfail"}


def folders() -> list[Path]:
    found = [path for path in TESTS.rglob("*") if path.is_dir() and path.name != "__pycache__"]
    assert len(found) > 15
    return found


def test_tests_stand_in_the_rooms_of_what_they_test() -> None:
    names = {path.relative_to(TESTS).as_posix() for path in folders()}
    rooms = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*") if path.is_dir()}
    assert names - OWN - DATA <= rooms
    assert names >= OWN | DATA


def test_every_folder_of_tests_is_a_package_that_pytest_walks(pytestconfig: pytest.Config) -> None:
    passed_over = pytestconfig.getini("norecursedirs")
    for folder in folders():
        assert not any(fnmatch(folder.name, pattern) for pattern in passed_over), folder
        has_modules = any(folder.glob("*.py"))
        assert (folder / "__init__.py").exists() == has_modules, folder


def lets_off(tree: ast.AST) -> set[str]:
    """Return what a module lets tests off by."""
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return names & LETS_OFF


def test_no_test_is_let_off() -> None:
    """What a test needs and does not find fails it, with the way to get it."""
    modules = list(TESTS.rglob("*.py"))
    assert len(modules) > 100
    assert [path for path in modules if lets_off(ast.parse(path.read_bytes()))] == []
    assert lets_off(ast.parse("@pytest.mark.skipif(True)\ndef test(): pytest.skip()")) == {
        "skip",
        "skipif",
    }


def test_every_material_of_the_project_is_among_the_finished_pieces(built: Path) -> None:
    assert set(own_names(Sources(ROOT))) == set(MATERIALS)
    assert {path.stem for path in built.glob("screen/*.pdf")} == set(MATERIALS)


def test_a_workshop_is_put_right_whatever_a_test_did(tmp_path: Path) -> None:
    workshop, twin = Workshop(tmp_path / "shop"), copy_project(tmp_path / "twin")
    root = tmp_path / "shop"
    (root / "materials/contacts.yaml").write_text("offices: {}\n", encoding="utf-8")
    (root / "layouts/card/layout.css").unlink()
    (root / "layouts/draft").mkdir()
    (root / "layouts/draft/layout.yaml").write_text("title: Draft\n", encoding="utf-8")
    (root / "materials/none").symlink_to(tmp_path / "twin")
    (root / "materials/printers.yaml").unlink()
    (root / "materials/printers.yaml").mkdir()
    (root / "materials/overdose.yaml").unlink()
    (root / "materials/overdose.yaml").symlink_to(tmp_path / "twin/materials/overdose.yaml")
    shutil.rmtree(root / "layouts/brief")
    (root / "layouts/brief").symlink_to(tmp_path / "twin/layouts/brief")
    (root / "output/screen").mkdir()
    workshop.put_right()
    assert facts(root) == facts(twin)
    assert [path for path in root.rglob("*") if path.is_symlink()] == []


def test_a_kept_project_is_lent_as_if_it_had_been_copied(tmp_path: Path) -> None:
    kept, twin = KeptProject(tmp_path / "kept"), copy_project(tmp_path / "twin")
    for number in range(2):
        folder = tmp_path / f"lent-{number}"
        with kept.lent(folder):
            assert facts(folder) == facts(twin)
            css, text = folder / "layouts/card/layout.css", folder / "materials/contacts.yaml"
            before = css.stat()
            css.write_bytes(css.read_bytes()[::-1])
            os.utime(css, ns=(before.st_atime_ns, before.st_mtime_ns))
            text.chmod(0o600)
            (folder / "output/none").touch()
        assert not folder.exists()
    with kept.lent(tmp_path / "gone"):
        shutil.rmtree(tmp_path / "gone")
    with kept.lent(tmp_path / "again"):
        assert facts(tmp_path / "again") == facts(twin)
        modes = [
            (tmp_path / at / "materials/contacts.yaml").stat().st_mode for at in ("again", "twin")
        ]
        assert modes[0] == modes[1]


def facts(root: Path) -> dict[str, bytes | None]:
    """Return the bytes of each file under a folder, None for a folder."""
    return {
        path.relative_to(root).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in root.rglob("*")
    }


def test_what_was_parsed_is_lent_where_files_are_the_same(tmp_path: Path) -> None:
    lender, read = Lender(), []

    def lent(folder: str, text: str) -> object:
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "a").write_text(text)
        sources = Sources(tmp_path / folder)
        found = lender.lend("key", sources, lambda s: read.append(folder) or s.text("a"))
        assert list(sources.reads.files) == ["a"]
        return found

    assert [lent("one", "x"), lent("two", "x"), lent("two", "y"), lent("one", "x")] == [*"xxyx"]
    assert read == ["one", "two"]
    with lender.closed():
        assert lent("three", "x") == "x"
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lent, "four", "y").result() == "y"
    assert read == ["one", "two", "three", "four"]


def test_a_lender_keeps_what_all_have_and_little_of_each_own(tmp_path: Path) -> None:
    lender, made = Lender(), []
    (tmp_path / "a").write_text("all have this")
    texts = ["all have this", *map(str, range(9)), "all have this"]
    for text in texts:
        (tmp_path / "a").write_text(text)
        lender.lend("key", Sources(tmp_path), lambda s: made.append(s.text("a")))
    assert made == texts[:-1]
    for key in range(MOST_KEYS):
        lender.lend(key, Sources(tmp_path), lambda s: None)
    lender.lend("key", Sources(tmp_path), lambda s: made.append(s.text("a")))
    assert made == texts


def test_a_test_that_is_about_it_has_nothing_lent(cold: None) -> None:
    assert not LENDER.is_open
    assert os.environ["XDG_CACHE_HOME"] == os.devnull


def test_a_test_that_puts_something_in_our_place_has_nothing_lent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert monkeypatch
    assert not LENDER.is_open


def test_others_have() -> None:
    assert LENDER.is_open
    assert Path(os.environ["XDG_CACHE_HOME"]).is_dir()


def test_who_asks_at_the_same_time_makes_what_nobody_has_begun(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    both = threading.Barrier(2, timeout=60)  # passed only where two make a part at the same time
    made: list[str] = []

    def make(part: str) -> None:
        both.wait()
        made.append(part)

    def ask() -> None:
        made_together(tmp_path_factory, "of-this-test", "abcd", make)
        assert sorted(made) == ["a", "b", "c", "d"]
        done.append("all are made")

    done: list[str] = []
    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == ["all are made"] * 2
    ask()  # what is made is not made again
    assert len(made) == 4


def test_what_another_process_has_begun_to_import_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    """What is wrong with a module is told when it is collected."""
    folder = tmp_path / "imported_together"
    folder.mkdir()
    for name, text in {"begun": "", "first": "", "wrong": "nonsense!", "last": ""}.items():
        (folder / f"test_{name}.py").write_text(text, encoding="utf-8")
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun/imported_together.test_begun").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(pytestconfig, "args", ["imported_together"])
    monkeypatch.setattr(pytestconfig, "_rootpath", tmp_path)
    import_together(pytestconfig)
    found = {name for name in sys.modules if name.startswith("imported_together.")}
    assert found == {"imported_together.test_first", "imported_together.test_last"}


@pytest.mark.parametrize("words", [["--version"], ["list"], ["build", "nothing"]])
def test_what_is_forked_does_as_what_starts_by_itself(
    words: list[str], project: Path, program: Hrcpub
) -> None:
    wanted, found = program(*words), forked.run(*words, cwd=project)
    assert (found.returncode, found.stdout) == (wanted.returncode, wanted.stdout)
    assert found.stderr == wanted.stderr


def test_what_is_to_be_done_at_the_tests_end_is_not_done_by_what_is_forked(tmp_path: Path) -> None:
    end = atexit.register((tmp_path / "ended").touch)
    try:
        assert forked.run("--version").returncode == 0
    finally:
        atexit.unregister(end)
    assert not (tmp_path / "ended").exists()


def test_coroutines_are_run_out_of_the_way_of_the_browsers_loop() -> None:
    """A test that runs its own loop fails in whatever process has driven a browser before."""
    found = [
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if re.search(r"\basyncio\.(run\(|Runner)|run_until_complete", path.read_text("utf-8"))
        and path.name not in ("loops.py", "test_tests.py")
    ]
    assert found == []


CONFTEST = """
import os
from tests.shared.quick import Quick
from tests.shared.telling import Telling

def pytest_configure(config):
    config.pluginmanager.register(Quick())
    if "PYTEST_XDIST_WORKER" in os.environ:
        config.pluginmanager.register(Telling())
"""
SOME_SLOW = """
import pytest

@pytest.mark.slow
def test_slow(): pass

@pytest.mark.slow(but=["b-1"])
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("letter", "ab")
def test_mostly(letter, number): pass

def test_fast(): pass
"""


def run_quickly(folder: Path, tests: str, *options: str) -> list[str]:
    """Run tests as `make test` does, in a folder of their own; return what it says."""
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    (folder / "test_some.py").write_text(tests, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, "."]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    ran = subprocess.run(
        command,
        cwd=folder,
        env=alone | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return (ran.stdout + ran.stderr).strip().splitlines()


@pytest.mark.slow(but=["options0"])
@pytest.mark.parametrize("options", [[], ["-n", "2"]])
def test_slow_tests_wait_and_are_counted(tmp_path: Path, options: list[str]) -> None:
    told = "\n".join(run_quickly(tmp_path, SOME_SLOW, *options))
    assert re.search("^2 passed", told, re.MULTILINE)
    assert "4 slow tests wait for `make test ALL=1`." in told


ENDINGS = """
import os
import pytest

@pytest.fixture
def prepared(): raise OSError("not prepared")

@pytest.fixture
def tidied():
    yield
    raise OSError("not tidied")

def test_passes(): pass
def test_fails(): assert 1 == 2
def test_is_not_prepared(prepared): pass
def test_is_not_tidied(tidied): pass
def test_is_let_off(): pytest.skip("let off")
@pytest.mark.xfail(strict=True)
def test_passes_against_all_expectation(): pass
def test_dies(): os._exit(3)
"""


@pytest.mark.slow
def test_a_run_of_many_processes_tells_how_each_test_ended(tmp_path: Path) -> None:
    told = "\n".join(run_quickly(tmp_path, ENDINGS, "-n", "1", "-rfEs"))
    for line in (
        "FAILED test_some.py::test_fails - assert 1 == 2",
        "ERROR test_some.py::test_is_not_prepared - OSError: not prepared",
        "ERROR test_some.py::test_is_not_tidied - OSError: not tidied",
        "FAILED test_some.py::test_passes_against_all_expectation",
        "FAILED test_some.py::test_dies",
        "3 failed, 2 passed, 1 skipped, 2 errors",
    ):
        assert line in told
    assert re.search(r"SKIPPED \[1\] test_some.py:\d+: let off", told)


def test_what_stays_is_there(request: pytest.FixtureRequest) -> None:
    """Where all others are slow: what has another name now would wait unseen."""
    if not any("::" in asked for asked in request.config.args):
        assert names_that_are_gone(request.session.items) == set()


def test_a_name_that_is_gone_is_found() -> None:
    def item(name: str, *staying: str) -> Any:
        mark = pytest.mark.slow(but=staying).mark
        return SimpleNamespace(nodeid=f"a.py::{name}", get_closest_marker=lambda name: mark)

    cases = [item("test_b[one]", "one", "two"), item("test_b[three]", "one", "two")]
    assert names_that_are_gone(cases) == {"a.py::test_b[two]"}
    assert slow_ones(cases) == cases[1:]
    tests = [item("test_c", "test_c", "test_e"), item("test_d", "test_c", "test_e")]
    assert names_that_are_gone(tests) == {"a.py::test_e"}
    assert slow_ones(tests) == tests[1:]
