"""A logo that is dropped in is proven as what signs pieces, and shown as it will be printed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.studio.app import app
from hrcpub.studio.logos import add_logo, logo_facts, logo_picture
from tests.shared.logos import MANY, SQUARE, WHITE, WIDE
from tests.shared.photographs import saved
from tests.studio.test_guard import KEY, OWN, PORT


def in_one_colour(width: int, height: int) -> bytes:
    """Return a blue area on nothing, as PNG."""
    picture = Image.new("RGBA", (width + 20, height + 20), (0, 0, 0, 0))
    picture.paste((0, 80, 160, 255), (10, 10, width + 10, height + 10))
    return saved(picture, "PNG")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("Our Logo (final).SVG", WIDE.encode(), "our-logo-final.svg"),
        ("logo", b"\xef\xbb\xbf\n" + SQUARE.encode(), "logo.svg"),
        ("logo.jpg", in_one_colour(300, 100), "logo.png"),  # by what it is
    ],
)
def test_it_is_kept_under_a_fit_name(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    path = add_logo(Sources(tmp_path), name, data)
    assert path == f"materials/images/{expected}"
    assert (tmp_path / path).read_bytes() == data
    assert add_logo(Sources(tmp_path), name, data) == path


WRONG = {
    "logo-document": [b"%PDF-1.7\n", b"%!PS-Adobe-3.0 EPSF-3.0\n"],
    "image-broken": [b"", b"hello"],
    "svg-broken": [b"<html>", b"<svg"],
    "svg-words": [WIDE.replace("</svg>", "<text>Night Van</text></svg>").encode()],
    "logo-unsized": [WIDE.replace("viewBox", "data-box").encode()],
    "logo-empty": [WHITE.encode(), saved(Image.new("L", (90, 90), 255), "PNG")],
    "image-heic": [b"\0\0\0\x18ftypheic" + bytes(60)],
}


@pytest.mark.parametrize(
    ("code", "data"), [(code, data) for code, files in WRONG.items() for data in files]
)
def test_what_cannot_sign_is_refused_with_what_to_do(
    tmp_path: Path, code: str, data: bytes
) -> None:
    with pytest.raises(HrcpubError) as caught:
        add_logo(Sources(tmp_path), "logo.svg", data)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.hint
    assert not (tmp_path / "materials").exists()


def test_a_white_one_is_taken_for_black_ground(tmp_path: Path) -> None:
    files = Sources(tmp_path)
    path = add_logo(files, "white.svg", WHITE.encode(), is_reversed=True)
    shown = logo_picture(files, path, is_reversed=True)
    assert shown.kind == "image/svg+xml"
    assert b"#ffffff" in shown.data


def test_a_drawing_is_sharp_at_any_size_and_one_of_several_colours_is_told(tmp_path: Path) -> None:
    files = Sources(tmp_path)
    one = logo_facts(files, add_logo(files, "wide.svg", WIDE.encode()))
    many = logo_facts(files, add_logo(files, "many.svg", MANY.encode()))
    assert one == {"is_drawing": True, "is_flat": True}
    assert many == {"is_drawing": True, "is_flat": False}


@pytest.mark.parametrize(
    ("size", "wanted"),
    [((1800, 200), 1744), ((400, 400), 279)],  # a square one is no wider than its height allows
)
def test_pixels_are_counted_as_they_sign_a_page(
    tmp_path: Path, size: tuple[int, int], wanted: int
) -> None:
    files = Sources(tmp_path)
    facts = logo_facts(files, add_logo(files, "logo.png", in_one_colour(*size)))
    assert (facts["width"], facts["height"], facts["wanted"]) == (*size, wanted)


def test_it_is_shown_in_black_as_it_is_printed(tmp_path: Path) -> None:
    files = Sources(tmp_path)
    drawn = logo_picture(files, add_logo(files, "wide.svg", WIDE.encode()))
    assert b"#0055aa" not in drawn.data
    assert b"#000000" in drawn.data
    path = add_logo(files, "logo.png", in_one_colour(2000, 500))
    with Image.open(io.BytesIO(logo_picture(files, path).data)) as shown:
        assert max(shown.size) == 960
        assert shown.getextrema() == (0, 0)  # cut to the shape


def test_a_drawing_that_is_opened_by_itself_can_do_nothing(tmp_path: Path) -> None:
    active = WIDE.replace("<g ", '<script>alert(1)</script><g onclick="alert(1)" ')
    path = add_logo(Sources(tmp_path), "logo.svg", active.encode())
    with TestClient(app(tmp_path, KEY, PORT), base_url=OWN, headers={"origin": OWN}) as window:
        window.get(f"/?key={KEY}")
        answer = window.get("/api/logo/picture", params={"file": path})
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
        for other in ("../secret.svg", "/etc/hostname", "", "materials"):
            asked = {"file": other}
            assert window.get("/api/logo/picture", params=asked).status_code == 404
            assert window.get("/api/logo", params=asked).status_code == 422
