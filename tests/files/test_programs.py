"""The programs by looks and by content: whoever changes one of ours has another."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hrcpub.files import programs


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of a part of the package, which stands for it."""
    folder = Path(shutil.copytree(programs._OURS / "files", tmp_path / "hrcpub/files")).parent
    monkeypatch.setattr(programs, "_OURS", folder)
    return folder


def keys() -> tuple[str, str]:
    return programs.program_key.__wrapped__(), programs.sources_digest.__wrapped__()


def test_they_are_the_same_as_long_as_nothing_changes(ours: Path) -> None:
    assert keys() == keys()
    (ours / "files/__pycache__").mkdir(exist_ok=True)
    (ours / "files/__pycache__/more.py").write_text("", encoding="utf-8")
    (ours / "files/README.md").write_text("", encoding="utf-8")
    before = keys()[0]
    assert before == keys()[0]


def test_a_changed_file_is_another_program_though_its_size_and_date_stay(ours: Path) -> None:
    before, file = keys(), ours / "files/cache.py"
    stats = file.stat()
    changed = file.read_bytes().replace(b"MOST_KEPT", b"MOST_HELD")
    assert changed != file.read_bytes()
    file.write_bytes(changed)
    os.utime(file, ns=(stats.st_atime_ns, stats.st_mtime_ns))
    assert file.stat().st_size == stats.st_size
    after = keys()
    assert after[0] != before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize("name", ["new.py", "rules.yaml"])
def test_a_new_file_in_any_folder_is_another_program(name: str, ours: Path) -> None:
    before = keys()
    (ours / "files/deeper").mkdir()
    (ours / "files/deeper" / name).write_text("", encoding="utf-8")
    assert keys()[0] != before[0]


def test_another_package_is_another_program(ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys()[0]
    monkeypatch.setattr(programs, "installed", lambda: ("jinja2-9.9",))
    assert keys()[0] != before
    assert ours.is_dir()


def test_the_packages_that_matter_are_named_with_their_versions() -> None:
    names = {entry.rpartition("-")[0] for entry in programs.installed()}
    assert {"weasyprint", "jinja2", "pikepdf", "pyyaml"} <= names <= set(programs.PACKAGES)
