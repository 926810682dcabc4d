"""A picture that is dropped in is proven first, gets a fit name, and takes no other's place."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.studio.pictures import FOLDER, PREVIEW, add_picture, preview
from tests.shared.photographs import saved, with_a_place


def picture(colour: str = "red", kind: str = "JPEG") -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (900, 600), colour).save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Our Van (2).JPG", "JPEG", "our-van-2.jpg"),
        ("Über uns.png", "PNG", "uber-uns.png"),
        ("van.png", "JPEG", "van.jpg"),  # by what it is, not by what its name says
        ("写真.webp", "WEBP", "picture.webp"),
        ("../../etc/passwd.png", "PNG", "etc-passwd.png"),
    ],
)
def test_it_is_named_by_its_kind_in_letters_that_every_system_has(
    tmp_path: Path, name: str, kind: str, expected: str
) -> None:
    path = add_picture(Sources(tmp_path), name, data := picture(kind=kind))
    assert path == f"{FOLDER}/{expected}"
    assert (tmp_path / path).read_bytes() == data


def test_another_of_the_same_name_gets_a_number_and_the_same_one_is_kept_once(
    tmp_path: Path,
) -> None:
    files = Sources(tmp_path)
    first = add_picture(files, "van.jpg", picture("red"))
    second = add_picture(files, "van.jpg", picture("blue"))
    assert (first, second) == (f"{FOLDER}/van.jpg", f"{FOLDER}/van-2.jpg")
    assert add_picture(files, "van.jpg", picture("blue")) == second


@pytest.mark.parametrize("data", [b"", b"<html>", picture()[:300]], ids=["empty", "page", "cut"])
def test_what_is_no_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(HrcpubError) as caught:
        add_picture(Sources(tmp_path), "van.jpg", data)
    assert caught.value.problems[0].code == "image-broken"
    assert not (tmp_path / "materials").exists()


def test_a_picture_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "materials").mkdir()
    (tmp_path / FOLDER).write_text("a file in the folder's place")
    with pytest.raises(HrcpubError) as caught:
        add_picture(Sources(tmp_path), "van.jpg", picture())
    (problem,) = caught.value.problems
    assert problem.code == "picture-not-kept"
    assert problem.message.startswith("van.jpg could not be kept: ")


def test_a_small_copy_is_shown_of_the_projects_pictures_alone(tmp_path: Path) -> None:
    files = Sources(tmp_path / "project")
    (tmp_path / "secret.png").write_bytes(picture(kind="PNG"))
    path = add_picture(files, "van.jpg", picture())
    with Image.open(io.BytesIO(preview(files, path))) as small:
        assert max(small.size) == PREVIEW
    for other in ("../secret.png", "/etc/hostname", "", "materials"):
        with pytest.raises(HrcpubError):
            preview(files, other)


def test_a_small_copy_is_upright_as_pages_show_the_picture(tmp_path: Path) -> None:
    """What is clicked on as never to be cut off would be another place of a picture on its side."""
    files = Sources(tmp_path)
    lying = Image.new("RGB", (900, 600), "white")
    lying.paste("black", (0, 300, 450, 600))  # upright, its upper left
    path = add_picture(files, "van.jpg", with_a_place(lying, orientation=6))
    with Image.open(io.BytesIO(preview(files, path))) as small:
        assert small.size == (PREVIEW * 600 // 900, PREVIEW)
        grey = small.convert("L")
        corners = [grey.crop((x, 0, x + 40, 40)).getextrema() for x in (0, grey.width - 40)]
    assert corners[0] == (0, 0)
    assert corners[1] == (255, 255)


INKED = Image.new("CMYK", (600, 400), (255, 0, 0, 0))
PALETTE = Image.new("P", (600, 400), 1)
PALETTE.putpalette([0, 0, 0, 255, 0, 0])
SEEN = {
    # By the profile of the usual press: cyan is no #00ffff.
    "inks": (saved(INKED), (0, 170, 235)),
    "16 bits": (saved(Image.new("I;16", (600, 400), 0x8000), "PNG"), (128, 128, 128)),
    "a palette": (saved(PALETTE, "PNG"), (255, 0, 0)),
}


@pytest.mark.parametrize("kind", SEEN)
def test_a_small_copy_has_the_colours_of_the_page(tmp_path: Path, kind: str) -> None:
    data, expected = SEEN[kind]
    files = Sources(tmp_path)
    with Image.open(io.BytesIO(preview(files, add_picture(files, "van", data)))) as small:
        found = small.convert("RGB").getpixel((100, 100))
    assert isinstance(found, tuple)
    assert all(abs(one - other) < 16 for one, other in zip(found, expected, strict=True)), found


def test_a_small_copy_is_transparent_where_the_picture_is(tmp_path: Path) -> None:
    files = Sources(tmp_path)
    clear = PALETTE.copy()
    clear.paste(0, (0, 0, 300, 400))
    path = add_picture(files, "van.png", saved(clear, "PNG", transparency=0))
    with Image.open(io.BytesIO(preview(files, path))) as small:
        assert small.mode == "RGBA"
        pixels = [small.getpixel(at) for at in ((100, 100), (400, 100))]
    assert [pixel[3] for pixel in pixels if isinstance(pixel, tuple)] == [0, 255]
