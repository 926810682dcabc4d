"""Objects of other programs that are not what their place asks for, and the word for each."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageCms

from hrcpub.pipeline.preflight.checks.layers import hidden_layers, other_in_print
from hrcpub.pipeline.preflight.judge import judge
from hrcpub.pipeline.preflight.page.spaces import CMYK, GREY, RGB, Space
from hrcpub.pipeline.preflight.page.wavelets import wavelet_space
from hrcpub.problems import Problem
from tests.shared.press_files import SHEETFED, TEXT, Change, changed, image

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def put(of: Callable[[pikepdf.Pdf], Any], fields: Mapping[str, Any]) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in fields.items():
            of(pdf)[f"/{key}"] = value

    return change


def root(**fields: Any) -> Change:
    return put(lambda pdf: pdf.Root, fields)


def page(**fields: Any) -> Change:
    return put(lambda pdf: pdf.pages[0].obj, fields)


def resources(**fields: Any) -> Change:
    return put(lambda pdf: pdf.pages[0].obj.Resources, fields)


def profile(data: bytes, **fields: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        made = pdf.make_indirect(Stream(pdf, data, N=4, **fields))
        pdf.Root.OutputIntents[0].DestOutputProfile = made

    return change


def shading(**fields: Any) -> Dictionary:
    made = Dictionary(ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=Array([0, 0, 9, 9]))
    for key, value in fields.items():
        made[f"/{key}"] = value
    return made


def tint(*end: float) -> Dictionary:
    return Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * len(end)), C1=Array(end), N=1
    )


FADE = Dictionary(
    F=Dictionary(
        PatternType=2,
        Shading=shading(ColorSpace=Name.DeviceRGB, Function=tint(1, 0, 0)),
    )
)
BOX = b" 20 20 50 50 re "
ODD: dict[str, tuple[Change, bytes, str, str]] = {
    "scripts by name": (
        root(Names=Dictionary(JavaScript=Dictionary())),
        TEXT,
        "pdf-script",
        "the file holds JavaScript",
    ),
    "actions": (root(AA=Dictionary()), TEXT, "pdf-script", "the file has actions of its own"),
    "a MediaBox that no page has": (
        page(MediaBox=Array([0, 0, 10**9, 10**9])),
        TEXT,
        "box-trim",
        "there is no MediaBox",
    ),
    "a trim of nothing": (
        page(TrimBox=Array([10, 10, 10.5, 10.5])),
        TEXT,
        "box-trim",
        "the TrimBox has no area",
    ),
    "a trim beyond the paper": (
        page(TrimBox=Array([-90, 0, 240, 320])),
        TEXT,
        "box-trim",
        "the TrimBox extends beyond the MediaBox",
    ),
    "a profile that cannot be unpacked": (
        profile(b"\x00\x01\x02", Filter=Name.DCTDecode),
        TEXT,
        "output-intent",
        "profile",
    ),
    "a profile of a screen": (profile(SRGB), TEXT, "output-intent", "is for mntrRGB"),
    "a profile that is none": (profile(b"x" * 200), TEXT, "output-intent", "is not an ICC profile"),
    "a shading": (
        page(),
        TEXT + b" /None sh",
        "pdf-resource",
        "the shading /None is not in the file",
    ),
    "a state": (page(), TEXT + b" /None gs", "pdf-resource", "/None is set, but is not in the"),
    "a space": (
        page(),
        TEXT + b" /None cs",
        "pdf-resource",
        "the colour space /None is not in the file",
    ),
    "a pattern": (
        page(),
        TEXT + b" /Pattern cs /None scn",
        "pdf-resource",
        "the pattern /None is not in the file",
    ),
    "a picture": (
        resources(XObject=Dictionary(Im=Array([]))),
        TEXT + b" /Im Do",
        "pdf-resource",
        "",
    ),
    "a colour of two inks": (page(), TEXT + b" 1 0 k", "pdf-syntax", "k with"),
    "a word": (page(), TEXT + b" shine", "pdf-syntax", "'shine' is not an operator"),
    "a bracket": (page(), TEXT + b" ] Q", "pdf-syntax", "] that nothing opened"),
    "content that cannot be unpacked": (
        lambda pdf: page(Contents=Stream(pdf, b"words", Filter=Name.FlateDecode))(pdf),
        TEXT,
        "pdf-syntax",
        "cannot be unpacked",
    ),
    "a font": (
        resources(Font=Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type0))),
        TEXT,
        "pdf-font",
        "a font of the page is broken",
    ),
    "a line in a gradient of RGB": (
        resources(Pattern=FADE),
        TEXT + b" /Pattern CS /F SCN" + BOX + b"S",
        "colour-rgb",
        "a gradient of the line of",
    ),
    "a gradient without a function": (
        resources(Shading=Dictionary(S=shading())),
        TEXT + b" /S sh",
        "shading-function",
        "a gradient in DeviceCMYK has no function",
    ),
    "a gradient in a broken space": (
        resources(Shading=Dictionary(S=shading(Function=tint(1), ColorSpace=Array([])))),
        TEXT + b" /S sh",
        "shading-function",
        "neither a name nor an array",
    ),
    "a gradient by a broken function": (
        resources(Shading=Dictionary(S=shading(Function=Dictionary(FunctionType=9)))),
        TEXT + b" /S sh",
        "shading-function",
        "has a broken function",
    ),
}


def told(change: Change, content: bytes) -> list[Problem]:
    return judge(changed(change, content=content), SHEETFED)


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_told_in_its_own_words(name: str) -> None:
    change, content, code, said = ODD[name]
    problems = told(change, content)
    assert [p for p in problems if p.code == code and said in p.message], problems


def wavelets(pdf: pikepdf.Pdf, mode: str, **how: Any) -> Stream:
    """Return a JPEG 2000 as an image's stream."""
    file = io.BytesIO()
    Image.new(mode, (16, 16)).save(file, "JPEG2000", **how)
    return Stream(pdf, file.getvalue(), Filter=Name.JPXDecode)


@pytest.mark.parametrize(
    ("mode", "how", "space"),
    [
        ("L", {}, GREY),
        ("LA", {}, GREY),
        ("RGB", {}, RGB),
        ("RGBA", {}, RGB),
        ("RGB", {"no_jp2": True}, RGB),
        ("L", {"no_jp2": True}, GREY),
        ("CMYK", {}, CMYK),
    ],
)
def test_a_jpeg_2000_says_itself_what_its_colours_are(
    mode: str, how: dict[str, bool], space: Space
) -> None:
    pdf = pikepdf.new()
    found = wavelet_space(wavelets(pdf, mode, **how))
    assert found == space


def test_other_pictures_and_damaged_ones_say_nothing_of_their_colours() -> None:
    pdf = pikepdf.new()
    assert wavelet_space(image(pdf, 4, 4)) is None
    assert wavelet_space(Dictionary()) is None
    assert wavelet_space(Stream(pdf, b"words", Filter=Name.JPXDecode)) is None


def layered(default: Dictionary) -> tuple[pikepdf.Pdf, list[pikepdf.Object]]:
    """Return a file with three layers."""
    pdf = pikepdf.new()
    layers: list[pikepdf.Object] = [
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=n)) for n in "abc"
    ]
    pdf.Root.OCProperties = Dictionary(OCGs=Array(layers), D=default)
    return pdf, layers


def test_where_all_layers_are_off_those_that_are_named_are_on() -> None:
    pdf, (first, second, third) = layered(Dictionary(BaseState=Name.OFF))
    assert hidden_layers(pdf) == {first.objgen, second.objgen, third.objgen}
    pdf.Root.OCProperties.D.ON = Array([second])
    assert hidden_layers(pdf) == {first.objgen, third.objgen}


def test_layers_that_are_no_layers_are_taken_as_not_there() -> None:
    for default in (Dictionary(OFF=5), Dictionary(OFF=Array([5]))):
        pdf, _ = layered(default)
        assert hidden_layers(pdf) == frozenset()
    pdf, _ = layered(Dictionary(AS=5))
    assert other_in_print(pdf) == frozenset()
    pdf.Root.OCProperties = 5
    assert (hidden_layers(pdf), other_in_print(pdf)) == (frozenset(), frozenset())
