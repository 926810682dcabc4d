"""Orders to jobs: of many materials another process finds them, and they are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build import orders
from hrcpub.build.job import BuildOptions, Job
from hrcpub.files.project import Project
from hrcpub.files.sources import Reads, Sources
from hrcpub.problems import HrcpubError

ALL = BuildOptions()
OPTIONS = (
    ALL,
    BuildOptions(("press",), paper="white", is_draft=True),
    BuildOptions(("phone", "office"), sheet="a4"),
)


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Let a second process be used for any number of materials; return what this one loads."""
    loaded: list[Path] = []
    monkeypatch.setattr(orders, "MANY", 1)
    monkeypatch.setattr(orders, "can_fork", lambda: True)
    monkeypatch.setattr(orders, "preload", loaded.append)
    return loaded


def found(
    root: Path, materials: tuple[str, ...], options: BuildOptions, jobs: int | None
) -> tuple[list[Job], Reads]:
    """Return the jobs, and what was read for them, of a project that is opened anew."""
    project = Project(Sources(root), sheet=options.sheet)
    return orders.jobs_of(project, materials, options, jobs), project.sources.reads


@pytest.mark.slow(but=["materials0-options0"])
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("materials", [(), ("contact-card", "why-folder.yaml")])
def test_another_process_finds_the_same_jobs_from_the_same_files(
    project: Path, loads: list[Path], materials: tuple[str, ...], options: BuildOptions
) -> None:
    (project / "materials/why-folder.yaml").write_text("layout: folder\nwords: [", encoding="utf-8")
    here = found(project, materials, options, 1)
    assert not loads
    assert found(project, materials, options, None) == here
    assert loads == [project]
    assert here[0]
    assert all(job.may_be_open == (not materials) for job in here[0])


def test_what_is_wrong_is_told_as_here(project: Path, loads: list[Path]) -> None:
    path, told = project / "materials/contact-card.yaml", []
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("words:", "editions: [screen]\nwords:"), encoding="utf-8")
    for jobs in (1, None):
        with pytest.raises(HrcpubError) as refused:
            found(project, ("why-folder", "contact-card"), BuildOptions(("press",)), jobs)
        told.append(refused.value.problems)
    assert told[0] == told[1]
    assert loads


def test_few_materials_are_looked_at_here(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[Path] = []
    monkeypatch.setattr(orders, "preload", loaded.append)
    monkeypatch.setattr(orders, "can_fork", lambda: True)
    assert found(project, ("contact-card", "why-folder"), ALL, None)[0]
    assert not loaded
