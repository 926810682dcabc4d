"""The `logo:` of organisation.yaml: what may stand there, what it is, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator
from PIL import Image

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.by_language import in_language
from hrcpub.project.drawn_colours import PaintedColour, are_flat, painted
from hrcpub.project.logos import Drawing, OwnLogo, Stencil
from hrcpub.project.organisation import organisation_schema, read_organisation
from tests.shared.logos import WHITE, write_logos

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
SVG = f'<svg {NAMESPACE} viewBox="0 0 9 9">'
BOX = '<path d="M0 0h9v9h-9z" fill="#123"/>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_logos(tmp_path / "materials")
    (tmp_path / "materials/white.svg").write_text(WHITE, encoding="utf-8")
    return tmp_path


def read(root: Path, logo: str, name: str = "name: Night Van\n") -> OwnLogo:
    path = root / "materials/organisation.yaml"
    path.write_text(f"{name}logo: {logo}\n", encoding="utf-8")
    logo_of_it = read_organisation(Sources(root)).logo
    assert logo_of_it
    return logo_of_it


def wrong(root: Path, logo: str, name: str = "name: Night Van\n") -> Problem:
    with pytest.raises(HrcpubError) as caught:
        read(root, logo, name)
    [problem] = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("file", "ratio", "is_flat"),
    [
        ("wide.svg", 8, True),
        ("square.svg", 1, True),
        ("tall.svg", 0.5, True),
        ("many.svg", 3, False),
    ],
)
def test_a_drawing_has_its_shape_and_its_colours(
    root: Path, file: str, ratio: float, is_flat: bool
) -> None:
    black = read(root, f"materials/{file}").black
    assert isinstance(black.shape, Drawing)
    assert (black.ratio, black.shape.is_flat) == (ratio, is_flat)


def test_a_picture_is_cut_to_what_is_seen_and_one_colour_is_full_ink(root: Path) -> None:
    shape = read(root, "materials/blue.jpg").black.shape
    assert isinstance(shape, Stencil)
    assert shape.width == pytest.approx(3000, abs=8)
    assert shape.height == pytest.approx(700, abs=8)
    picture = Image.frombytes("L", (shape.width, shape.height), shape.levels)
    assert picture.getpixel((2000, 350)) == pytest.approx(255, abs=4)
    assert picture.getpixel((800, 20)) == pytest.approx(0, abs=4)


def test_of_several_colours_the_darker_one_is_more_ink(root: Path) -> None:
    shape = read(root, "materials/alpha.png").black.shape
    assert isinstance(shape, Stencil)
    picture = Image.frombytes("L", (shape.width, shape.height), shape.levels)
    red, black, half, hole = (
        picture.getpixel(at) for at in ((50, 450), (2000, 300), (2000, 700), (450, 450))
    )
    assert (red, black, half, hole) == (186, 255, 128, 0)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "avif"])
def test_a_picture_may_be_of_any_kind_that_photographs_are(root: Path, kind: str) -> None:
    picture = Image.new("RGB", (600, 200), "white")
    picture.paste("black", (100, 50, 500, 150))
    picture.save(root / f"materials/bar.{kind}")
    shape = read(root, f"materials/bar.{kind}").black.shape
    assert isinstance(shape, Stencil)
    assert (shape.width, shape.height) == (pytest.approx(400, abs=8), pytest.approx(100, abs=8))


def test_a_grey_of_sixteen_bits_is_as_dark_as_it_was_saved(root: Path) -> None:
    row = b"\xff\xff" * 100 + b"\x00\x40" * 200 + b"\x00\x00" * 200 + b"\xff\xff" * 100
    picture = Image.frombytes("I;16", (600, 100), row * 100)  # the low byte of each level first
    picture.save(root / "materials/deep.png")
    shape = read(root, "materials/deep.png").black.shape
    assert isinstance(shape, Stencil)
    assert (shape.width, shape.height) == (400, 100)
    assert (shape.levels[50], shape.levels[350]) == (191, 255)


def test_a_group_has_a_reverse_and_words_by_language(root: Path) -> None:
    logo = read(
        root,
        "{file: materials/many.svg, reversed: materials/white.svg, alt: {en: Van, es: Furgón}}",
    )
    assert logo.reversed
    assert isinstance(logo.reversed.shape, Drawing)
    assert logo.reversed.shape.is_flat
    assert str(in_language(logo.alts, "es-MX")) == "Furgón"


def test_a_logo_says_the_name_where_it_says_nothing_else(root: Path) -> None:
    assert str(in_language(read(root, "materials/wide.svg").alts, "en")) == "Night Van"


@pytest.mark.parametrize(
    ("logo", "code"),
    [
        ("materials/none.svg", "image-missing"),
        ("../wide.svg", "image-missing"),
        ("{file: materials/wide.svg, revers: x.svg}", "slot-unknown"),
        ("{alt: Night Van}", "slot-missing"),
        ("[materials/wide.svg]", "slot-shape"),
        ("{file: materials/wide.svg, alt: [Van]}", "slot-shape"),
        ("{file: materials/wide.svg, reversed: materials/none.svg}", "image-missing"),
    ],
)
def test_what_is_wrong_with_the_entry_is_told_at_its_line(root: Path, logo: str, code: str) -> None:
    problem = wrong(root, logo)
    assert problem.code == code
    assert problem.source
    assert str(problem.source.path) == "materials/organisation.yaml"
    assert problem.source.line == 2


@pytest.mark.parametrize(
    ("drawing", "code"),
    [
        (f"{SVG}{BOX}<text>Van</text></svg>", "svg-words"),
        (f"{SVG}{BOX}", "svg-broken"),
        (f"<svg {NAMESPACE}>{BOX}</svg>", "logo-unsized"),
        (f'<svg {NAMESPACE} viewBox="0 0 1.2.3 9">{BOX}</svg>', "logo-unsized"),
        (f'<svg {NAMESPACE} width="1.2.3" height=".">{BOX}</svg>', "logo-unsized"),
        (f'<svg {NAMESPACE} viewBox="0 0 1e999 9">{BOX}</svg>', "logo-unsized"),
        (f'{SVG}<path d="M0 0h9v9z" fill="url(#g)"/></svg>', "logo-uneven"),
        (f'{SVG}{BOX}<image href="data:image/png;base64,"/></svg>', "logo-uneven"),
        (f'{SVG}<path d="M0 0h9v9z" fill="var(--blue)"/></svg>', "logo-uneven"),
        (f"{SVG}{'<g>' * 120}{BOX}{'</g>' * 120}</svg>", "logo-uneven"),
        (f'{SVG}<path d="M0 0h9v9z" fill="#fff"/></svg>', "logo-empty"),
        (f"{SVG}</svg>", "logo-empty"),
    ],
)
def test_what_is_wrong_with_a_drawing_is_told(root: Path, drawing: str, code: str) -> None:
    (root / "materials/bad.svg").write_text(drawing, encoding="utf-8")
    assert wrong(root, "materials/bad.svg").code == code


def test_words_in_a_drawing_are_told_at_their_own_line(root: Path) -> None:
    (root / "materials/bad.svg").write_text(f"{SVG}\n{BOX}\n<text>Van</text></svg>")
    problem = wrong(root, "materials/bad.svg")
    assert problem.source
    assert (problem.source.path, problem.source.line) == ("materials/bad.svg", 3)


def test_a_broken_picture_and_an_empty_one_are_told(root: Path) -> None:
    whole = (root / "materials/alpha.png").read_bytes()
    (root / "materials/cut.png").write_bytes(whole[: len(whole) // 2])
    assert wrong(root, "materials/cut.png").code == "image-broken"
    Image.new("RGBA", (90, 90), (255, 255, 255, 255)).save(root / "materials/white.png")
    assert wrong(root, "materials/white.png").code == "logo-empty"


def test_a_black_logo_is_nothing_on_black(root: Path) -> None:
    entry = "{file: materials/wide.svg, reversed: materials/tall.svg}"
    assert wrong(root, entry).code == "logo-empty"


def test_a_picture_lies_as_its_camera_says(root: Path) -> None:
    with Image.open(root / "materials/alpha.png") as picture:
        turned = picture.convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    turned.save(root / "materials/turned.jpg", exif=exif)
    assert read(root, "materials/turned.jpg").black.ratio < 1


def test_a_logo_without_name_and_words_says_nothing(root: Path) -> None:
    assert wrong(root, "materials/wide.svg", name="").code == "slot-missing"


@pytest.mark.parametrize(
    ("inner", "colours"),
    [
        (BOX, {"#123"}),
        ('<path d="M0 0h9"/>', {"#000"}),
        ('<g fill="red"><path d="M0 0h9"/></g>', {"#f00"}),
        ('<path d="M0 0h9" style="fill:none;stroke:#00f; -inkscape-stroke:none"/>', {"#00f"}),
        ('<style>.a{fill:#0f0}</style><path class="a" d="M0 0h9"/>', {"#0f0"}),
        ('<g color="#0f0"><path d="M0 0h9" fill="currentColor"/></g>', {"#0f0"}),
        ('<path d="M0 0h9" fill="currentColor"/>', {"#000"}),
        ('<defs><path id="a" d="M0 0h9"/></defs><use href="#a" fill="#0f0"/>', {"#0f0"}),
        ('<path d="M0 0h9" fill="rgb(0 17 34)"/>', {"#012"}),
        (f'<clipPath id="c"><path d="M0 0h9"/></clipPath>{BOX}', {"#123"}),
        (f'<defs><linearGradient><stop stop-color="red"/></linearGradient></defs>{BOX}', {"#123"}),
        ('<path style="color:#0f0;fill:#f00" d="M0 0h9"/>', {"#f00"}),
    ],
)
def test_a_drawings_colours_are_those_that_it_is_painted_in(inner: str, colours: set[str]) -> None:
    found = painted(ElementTree.fromstring(f"{SVG}{inner}</svg>"))
    assert {f"#{red // 17:x}{green // 17:x}{blue // 17:x}" for red, green, blue in found} == colours


def test_two_blacks_are_one_colour_and_black_and_blue_are_two() -> None:
    assert are_flat(
        (PaintedColour(0, 0, 0), PaintedColour(12, 10, 16), PaintedColour(255, 255, 255))
    )
    assert not are_flat((PaintedColour(0, 0, 0), PaintedColour(0, 0, 200)))
    assert not are_flat((PaintedColour(255, 255, 255),))


@pytest.mark.parametrize(
    ("value", "is_right"),
    [
        ("ours.svg", True),
        ({"file": "ours.svg"}, True),
        ({"file": "ours.svg", "reversed": "white.svg", "alt": {"en": "Van"}}, True),
        ({"alt": "Van"}, False),
        ({"file": "ours.svg", "colour": "blue"}, False),
        (["ours.svg"], False),
    ],
)
def test_the_schema_takes_what_a_logo_may_be(value: object, is_right: bool) -> None:
    schema = Draft202012Validator(organisation_schema())
    assert schema.is_valid({"name": "Night Van", "logo": value}) is is_right
