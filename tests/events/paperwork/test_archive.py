"""Zips: the same bytes whenever they are made, and names that are safe wherever they are opened."""

from __future__ import annotations

import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from hrcpub.events.paperwork.archive import ZipEntry, name_problems, write_archive
from hrcpub.problems import HrcpubError
from tests.shared.pages import judge


def entries(folder: Path) -> list[ZipEntry]:
    pdf = folder / "piece.pdf"
    pdf.write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 40)
    return [
        ZipEntry("digital/b.pdf", pdf),
        ZipEntry("digital/a.pdf", pdf),
        ZipEntry("manifest.json", b'{"a": 1}\n' * 100),
        ZipEntry("digital/Grüße.pdf", b"%PDF"),
    ]


def test_a_zip_opens_with_another_program_and_holds_what_went_in(tmp_path: Path) -> None:
    chosen = entries(tmp_path)
    size = write_archive(tmp_path / "all.zip", chosen)
    assert size == (tmp_path / "all.zip").stat().st_size
    assert "No errors detected" in judge("unzip", "-t", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.namelist() == sorted(one.name for one in chosen)
        for one in chosen:
            content = one.content if isinstance(one.content, bytes) else one.content.read_bytes()
            assert archive.read(one.name) == content


def test_the_same_files_give_the_same_bytes_on_another_day_in_another_order(tmp_path: Path) -> None:
    chosen = entries(tmp_path)
    write_archive(tmp_path / "one.zip", chosen)
    os.utime(tmp_path / "piece.pdf", (0, 0))
    (tmp_path / "piece.pdf").chmod(0o600)
    write_archive(tmp_path / "two.zip", reversed(chosen))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_entries_are_dated_1980_pdfs_stored_and_text_packed(tmp_path: Path) -> None:
    write_archive(tmp_path / "all.zip", entries(tmp_path))
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        for info in archive.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert info.external_attr >> 16 == 0o100644
            stored = info.compress_type == zipfile.ZIP_STORED
            assert stored == info.filename.endswith(".pdf"), info.filename


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../up.pdf",
        "a/../../up.pdf",
        "a\\b.pdf",
        "C:/a.pdf",
        "c:a.pdf",
        "a//b.pdf",
        "./a.pdf",
        "a/",
        "",
        "a\x00.pdf",
        "a\n.pdf",
        "what?.pdf",
        "CON",
        "a/nul.pdf",
        "a./b.pdf",
        "a /b.pdf",
        "x" * 300,
    ],
)
def test_a_name_that_could_land_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    assert [problem.code for problem in name_problems([name])] == ["archive-name"]
    with pytest.raises(HrcpubError):
        write_archive(tmp_path / "all.zip", [ZipEntry(name, b"x")])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("names", "many"),
    [
        (["a.pdf", "A.PDF"], 1),
        (["a.pdf", "a.pdf"], 1),
        (["caf\u00e9.pdf", "cafe\u0301.pdf"], 1),
        (["straße.pdf", "STRASSE.pdf"], 1),
        (["a", "a/b.pdf"], 1),  # a file cannot be a folder
        (["A/b.pdf", "a"], 1),
        (["a/b.pdf", "a/c.pdf"], 0),
        (["a/b.pdf", "b/b.pdf", "fruitvale-2.pdf"], 0),
    ],
)
def test_names_that_some_systems_take_for_one_are_refused(names: list[str], many: int) -> None:
    assert [problem.code for problem in name_problems(names)] == ["archive-collision"] * many


def test_what_cannot_be_read_leaves_the_old_zip(tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    write_archive(path, [ZipEntry("a.pdf", b"old")])
    before = path.read_bytes()
    with pytest.raises(HrcpubError) as gone:
        write_archive(path, [ZipEntry("a.pdf", tmp_path / "gone.pdf")])
    assert [problem.code for problem in gone.value.problems] == ["output-not-written"]
    os.mkfifo(tmp_path / "fifo.pdf")
    with pytest.raises(HrcpubError) as fifo:
        write_archive(path, [ZipEntry("a.pdf", tmp_path / "fifo.pdf")])
    assert [problem.code for problem in fifo.value.problems] == ["archive-file"]
    assert path.read_bytes() == before
    assert {one.name for one in tmp_path.iterdir()} == {"all.zip", "fifo.pdf"}


def test_memory_does_not_grow_with_the_files(tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    with large.open("wb") as file:
        file.truncate(40 << 20)
    tracemalloc.start()
    try:
        write_archive(tmp_path / "all.zip", [ZipEntry(f"{n}.pdf", large) for n in range(2)])
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 8 << 20
