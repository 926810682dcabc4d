"""A studio that is started again is where its windows look for it, and nobody else learns how."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from hrcpub.studio.known_place import KEPT_FOR, KnownPlace, keep_place, known_place
from hrcpub.studio.serving import HOST, listen_again


@pytest.fixture
def root(kept: Path, tmp_path: Path) -> Path:
    """Return a project's folder; what is kept is kept for the test alone."""
    return tmp_path / "project"


def files(kept: Path) -> list[Path]:
    return sorted((kept / "studio").glob("*"))


def port_of(listening: socket.socket) -> int:
    return int(listening.getsockname()[1])


def test_a_studio_that_is_started_again_has_its_port_and_its_secret(root: Path) -> None:
    first = listen_again(root).socket
    secret, port = known_place(root).secret, port_of(first)
    first.close()
    again, missed = listen_again(root)
    with again:
        assert (port_of(again), missed) == (port, 0)
        assert known_place(root) == KnownPlace(secret, (port,))


def test_two_studios_of_a_project_come_back_to_a_port_each(root: Path) -> None:
    first, second = (listen_again(root).socket for _ in range(2))
    ports = port_of(first), port_of(second)
    assert known_place(root).ports == ports
    for one, port in ((second, ports[1]), (first, ports[0])):
        one.close()
        with listen_again(root).socket as again:
            assert port_of(again) == port
    assert known_place(root).ports == ports


def test_a_port_that_another_program_has_taken_is_left_to_it(root: Path) -> None:
    place = KnownPlace("s" * 32)
    with socket.create_server((HOST, 0)) as other:
        keep_place(root, place.with_port(port_of(other)))
        listening, missed = listen_again(root)
        with listening:
            assert missed == port_of(other)
            assert port_of(listening) != port_of(other)
            assert known_place(root).ports == (port_of(other), port_of(listening))


def test_projects_have_nothing_in_common(root: Path, tmp_path: Path) -> None:
    keep_place(root, known_place(root))
    assert known_place(root) == known_place(root)
    assert known_place(tmp_path / "other").secret != known_place(root).secret


def test_only_its_user_can_read_it(root: Path, kept: Path) -> None:
    keep_place(root, known_place(root))
    [file] = files(kept)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def readable(file: Path) -> None:
    file.chmod(0o640)


def writable(file: Path) -> None:
    file.chmod(0o602)


def linked(file: Path) -> None:
    file.rename(file.with_suffix(".other"))
    file.symlink_to(file.with_suffix(".other"))


def unused(file: Path) -> None:
    long_ago = file.stat().st_mtime - KEPT_FOR - 60
    os.utime(file, (long_ago, long_ago))


def torn(file: Path) -> None:
    os.truncate(file, 20)


def too_short(file: Path) -> None:
    file.write_text(json.dumps({"secret": "", "ports": []}))


def of_no_port(file: Path) -> None:
    file.write_text(json.dumps({"secret": "s" * 32, "ports": [70_000]}))


@pytest.mark.parametrize(
    "spoilt",
    [readable, writable, linked, unused, torn, too_short, of_no_port],
    ids=lambda one: one.__name__,
)
def test_a_secret_that_may_be_known_to_others_or_is_none_is_not_used(
    root: Path, kept: Path, spoilt: object
) -> None:
    place = known_place(root).with_port(50_000)
    keep_place(root, place)
    assert known_place(root) == place
    spoilt(files(kept)[0])  # type: ignore[operator]
    assert known_place(root).secret != place.secret
    assert known_place(root).ports == ()


def test_another_user_s_file_is_not_used(
    root: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_place(root, known_place(root))
    secret, [file] = known_place(root).secret, files(kept)
    monkeypatch.setattr("hrcpub.studio.known_place._file", lambda root: file)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert known_place(root).secret != secret


def test_what_was_not_used_for_long_is_removed_with_the_next_start(
    root: Path, kept: Path, tmp_path: Path
) -> None:
    keep_place(root, known_place(root))
    [old] = files(kept)
    unused(old)
    keep_place(tmp_path / "other", known_place(tmp_path / "other"))
    assert old not in files(kept)
    assert len(files(kept)) == 1


def test_where_nothing_can_be_kept_a_studio_starts_all_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.devnull)
    with listen_again(root).socket as listening:
        assert port_of(listening)
    assert known_place(root).secret != known_place(root).secret
