"""What git keeps of a project: which commits changed a file, and how it was then."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.build.revisions import checked_out, file_at, recent
from hrcpub.problems import HrcpubError

PIECE = "materials/card.yaml"


def git(folder: Path, *arguments: str, on: str = "2026-05-03T12:00:00") -> str:
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    done = subprocess.run(
        ["git", "-C", folder, *who, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "GIT_AUTHOR_DATE": on, "HOME": str(folder)},
    )
    return done.stdout.strip()


def write(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with a project below it, and four commits."""
    root = tmp_path_factory.mktemp("repository")
    git(root, "init", "-q", "-b", "main")
    write(root, "project/notes.txt", "no project yet")
    git(root, "add", "project")
    git(root, "commit", "-qm", "Begin")
    for number, day in enumerate((3, 5), 1):
        write(root, f"project/{PIECE}", f"title: {number}\n")
        write(root, "project/layouts/card/layout.yaml", "title: Card\n")
        git(root, "add", "project")
        git(root, "commit", "-qm", f"Say\t{number}", on=f"2026-05-{day:02}T12:00:00")
    write(root, "project/notes.txt", "other")
    git(root, "commit", "-qam", "Change the notes")
    return root / "project"


def test_the_commits_that_changed_a_file_are_listed_the_newest_first(repository: Path) -> None:
    found = recent(repository, PIECE)
    assert [(one.on, one.what) for one in found] == [
        ("2026-05-05", "Say\t2"),
        ("2026-05-03", "Say\t1"),
    ]
    assert recent(repository, PIECE, most=1) == found[:1]
    assert file_at(repository, found[1].name, PIECE) == "title: 1\n"


def test_without_git_no_commit_has_changed_a_file(tmp_path: Path, repository: Path) -> None:
    assert recent(tmp_path, PIECE) == ()
    assert recent(repository, "materials/none.yaml") == ()


def test_a_project_is_given_as_it_was_and_nothing_of_it_is_changed(repository: Path) -> None:
    write(repository, PIECE, "title: not committed\n")
    try:
        with checked_out(repository, "HEAD~2") as (folder, short):
            assert (folder / PIECE).read_text("utf-8") == "title: 1\n"
            assert git(repository, "rev-parse", "HEAD~2").startswith(short)
        assert not folder.exists()
        assert (repository / PIECE).read_text("utf-8") == "title: not committed\n"
    finally:
        git(repository, "checkout", PIECE)


def test_bytes_that_are_no_text_are_shown_as_such(repository: Path) -> None:
    (repository / "other.txt").write_bytes(b"caf\xe9")
    git(repository, "add", "other.txt")
    blob = git(repository, "write-tree")
    assert file_at(repository, blob, "../project/other.txt") == "caf\ufffd"
    git(repository, "rm", "-qf", "other.txt")


Ask = Callable[[Path], object]
ASKED: dict[str, tuple[Ask, str]] = {
    "no such revision": (lambda root: file_at(root, "v9", PIECE), '"v9" cannot be taken from git'),
    "no such file": (lambda root: file_at(root, "HEAD", "none.yaml"), "none.yaml"),
    "an option": (lambda root: file_at(root, "--output=x", PIECE), "that is no revision's name"),
    "no project then": (lambda root: _checked_out(root, "HEAD~3"), "it has no materials/"),
    "no such commit": (lambda root: _checked_out(root, "v9"), "git does not know it"),
    "no repository": (lambda root: file_at(Path("/"), "HEAD", PIECE), "not a git repository"),
}


def _checked_out(root: Path, revision: str) -> None:
    with checked_out(root, revision):
        raise AssertionError(revision)


@pytest.mark.parametrize("name", ASKED)
def test_what_git_does_not_have_is_told_with_the_revision(name: str, repository: Path) -> None:
    ask, said = ASKED[name]
    with pytest.raises(HrcpubError) as told:
        ask(repository)
    (problem,) = told.value.problems
    assert problem.code == "diff-revision"
    assert said in problem.message


def test_a_computer_without_git_is_told(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(HrcpubError) as told:
        file_at(repository, "HEAD", PIECE)
    assert "git is not installed" in told.value.problems[0].message


def test_a_git_that_takes_too_long_is_ended(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "git"
    slow.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("hrcpub.build.revisions.LONGEST", 0.1)
    with pytest.raises(HrcpubError) as told:
        file_at(repository, "HEAD", PIECE)
    assert "git takes too long" in told.value.problems[0].message
