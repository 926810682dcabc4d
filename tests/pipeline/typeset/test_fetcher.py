"""The one address that a page may ask for: a file of its project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.pipeline.typeset.engine import load
from hrcpub.pipeline.typeset.fetcher import BASE, fetcher
from tests.shared.project import ROOT

PICTURE = (ROOT / "materials/images/night-van.png").read_bytes()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    load(tmp_path)
    folder = tmp_path / "layouts" / "mine"
    folder.mkdir(parents=True)
    (folder / "a picture.png").write_bytes(PICTURE)
    (tmp_path / "ÿ.css").write_bytes(b"css")
    return tmp_path


@pytest.mark.parametrize(
    ("address", "data", "kind"),
    [
        ("layouts/mine/a%20picture.png", PICTURE, "image/png"),
        ("%C3%BF.css", b"css", "text/css"),
        ("layouts/mine/a%20picture.png?query#fragment", PICTURE, "image/png"),
    ],
)
def test_a_file_of_the_project_is_given(root: Path, address: str, data: bytes, kind: str) -> None:
    door = fetcher(Sources(root))
    response = door.fetch(BASE + address)
    assert response.read() == data
    assert response.content_type == kind
    assert door.problems == []


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.png",
        "https://example.org/a.png",
        "file:///etc/passwd",
        "data:text/css,p{}",
        "ftp://example.org/a",
        "layouts/mine/a.png",
        "HRCPUBS://project/x",
    ],
)
def test_any_other_scheme_is_refused_and_told(root: Path, address: str) -> None:
    door = fetcher(Sources(root))
    with pytest.raises(ValueError, match=re.escape(address)):
        door.fetch(address)
    assert [problem.code for problem in door.problems] == ["address-refused"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("nowhere.png", "file-missing"),
        ("../outside.png", "file-refused"),
        ("%2e%2e/outside.png", "file-refused"),
        ("layouts/mine/../../../outside.png", "file-refused"),
        ("layouts", "file-refused"),
    ],
)
def test_what_is_absent_or_outside_is_told(root: Path, path: str, code: str) -> None:
    (root.parent / "outside.png").write_bytes(b"secret")
    door = fetcher(Sources(root))
    with pytest.raises(ValueError, match=re.escape(path)):
        door.fetch(BASE + path)
    assert [problem.code for problem in door.problems] == [code]


def test_a_picture_that_comes_with_the_document_is_given(root: Path) -> None:
    door = fetcher(Sources(root), {"page-1.png": b"PNG"})
    answer = door.fetch("hrcpub://made/page-1.png")
    assert answer.read() == b"PNG"
    assert door.problems == []


@pytest.mark.parametrize("name", ["page-2.png", "../page-1.png", "materials/principles.yaml", ""])
def test_a_picture_that_does_not_is_no_file_either(root: Path, name: str) -> None:
    sources = Sources(root)
    door = fetcher(sources, {"page-1.png": b"PNG"})
    with pytest.raises(ValueError, match="hrcpub"):
        door.fetch(f"hrcpub://made/{name}")
    assert [problem.code for problem in door.problems] == ["address-refused"]
    assert sources.reads.files == {}


def test_a_picture_that_cannot_be_read_to_its_end_is_refused(root: Path) -> None:
    (root / "layouts/mine/a picture.png").write_bytes(PICTURE[:-400])
    door = fetcher(Sources(root))
    with pytest.raises(ValueError, match="picture"):
        door.fetch(f"{BASE}layouts/mine/a%20picture.png")
    (problem,) = door.problems
    assert (problem.code, str(problem.source)) == ("image-broken", "layouts/mine/a picture.png")


def test_a_picture_that_a_material_names_was_read_with_it(root: Path) -> None:
    """It is not decoded twice."""
    path = "layouts/mine/a picture.png"
    (root / path).write_bytes(PICTURE[:-400])
    door = fetcher(Sources(root), proven=[path])
    assert door.fetch(f"{BASE}layouts/mine/a%20picture.png").read() == PICTURE[:-400]
    assert door.problems == []
