"""Colour spaces, small ones: what they are, what is wrong with them, and which inks they print."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from hrcpub.pipeline.preflight.page.spaces import in_place_of, inks, looked_up, space

Make = Callable[[pikepdf.Pdf], pikepdf.Object]
CAL = Dictionary(WhitePoint=Array([0.9505, 1, 1.089]))
LAB = Array([Name.Lab, Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]))])


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    """Return a file that spaces can be of."""
    return pikepdf.new()


def tint(count: int = 4) -> Dictionary:
    return Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * count), C1=Array([1] * count), N=1
    )


def profile(pdf: pikepdf.Pdf, count: int) -> Array:
    return Array([Name.ICCBased, Stream(pdf, b"", N=count)])


def plates(pdf: pikepdf.Pdf, *names: str) -> Array:
    """Return a space of such plates."""
    calculator = Stream(
        pdf,
        b"{0 0 0 0}",
        FunctionType=4,
        Domain=Array([0, 1] * len(names)),
        Range=Array([0, 1] * 4),
    )
    listed = Array([Name(f"/{name}") for name in names])
    return Array([Name.DeviceN, listed, Name.DeviceCMYK, calculator])


MADE: dict[str, tuple[Make, tuple[float, ...], str]] = {
    "grey": (lambda pdf: Name.DeviceGray, (0.25,), "C0 M0 Y0 K75"),
    "CMYK": (lambda pdf: Name.DeviceCMYK, (0.1, 0.2, 0.3, 0.4), "C10 M20 Y30 K40"),
    "too much": (lambda pdf: Name.DeviceCMYK, (2, -1, 0, 0), "C100 M0 Y0 K0"),
    "too few": (lambda pdf: Name.DeviceCMYK, (1,), "C100 M0 Y0 K0"),
    "white in RGB": (lambda pdf: Array([Name.DeviceRGB]), (1, 1, 1), "C0 M0 Y0 K0"),
    "of an inline image": (lambda pdf: Array([Name.CMYK]), (0, 1, 0, 0), "C0 M100 Y0 K0"),
    "grey by a profile": (lambda pdf: profile(pdf, 1), (0.5,), "C0 M0 Y0 K50"),
    "inks by a profile": (lambda pdf: profile(pdf, 4), (0, 0, 0, 1), "C0 M0 Y0 K100"),
    "calibrated grey": (lambda pdf: Array([Name.CalGray, CAL]), (0.5,), "C0 M0 Y0 K50"),
    "calibrated white": (lambda pdf: Array([Name.CalRGB, CAL]), (1, 1, 1), "C0 M0 Y0 K0"),
    "white in L*a*b*": (lambda pdf: LAB, (100, 0, 0), "C0 M0 Y0 K0"),
    "plates": (
        lambda pdf: plates(pdf, "Cyan", "None", "Gold"),
        (0.5, 1, 0.2),
        "C50 M0 Y0 K0 Gold 20",
    ),
    "register": (
        lambda pdf: Array([Name.Separation, Name.All, Name.DeviceCMYK, tint()]),
        (0.5,),
        "C50 M50 Y50 K50",
    ),
    "a table": (
        lambda pdf: Array([Name.I, Name.CMYK, 1, String("\x00\x00\x00\x00\xff\x00\x00\x00")]),
        (1,),
        "C100 M0 Y0 K0",
    ),
    "a table in a stream": (
        lambda pdf: Array([Name.Indexed, Name.DeviceGray, 1, Stream(pdf, b"\xff\x00")]),
        (1,),
        "C0 M0 Y0 K100",
    ),
    "behind a table's end": (
        lambda pdf: Array([Name.Indexed, Name.DeviceCMYK, 1, String("\xff")]),
        (9,),
        "C0 M0 Y0 K0",
    ),
    "before its beginning": (
        lambda pdf: Array([Name.Indexed, Name.DeviceCMYK, 1, String("\xff\xff\xff\xff")]),
        (-1,),
        "C0 M0 Y0 K0",
    ),
    "a pattern": (lambda pdf: Name.Pattern, (), "C0 M0 Y0 K0"),
}


@pytest.mark.parametrize("name", MADE)
def test_a_colour_is_the_inks_that_are_printed_for_it(name: str, pdf: pikepdf.Pdf) -> None:
    make, parts, wanted = MADE[name]
    made = space(make(pdf))
    made.cache.clear()  # of a device space, which earlier tests have filled
    assert made.said == ""
    assert str(inks(made, parts)) == wanted
    assert inks(made, parts) is inks(made, parts)


@pytest.mark.parametrize(
    ("lab", "nearest"),
    [
        ((54, 81, 70), "red"),
        ((88, -79, 81), "green"),
        ((30, 68, -112), "blue"),
        ((0, 0, 0), ""),
    ],
)
def test_a_colour_of_lab_is_printed_by_the_inks_that_make_it(
    lab: tuple[float, ...], nearest: str
) -> None:
    cyan, magenta, yellow, black = inks(space(LAB), lab).process
    least = {"red": cyan, "green": magenta, "blue": yellow}
    if not nearest:  # black
        assert min(cyan + black, magenta + black, yellow + black) > 0.5
    else:
        assert least[nearest] == min(cyan, magenta, yellow)
        assert least[nearest] < 0.4 < max(cyan, magenta, yellow)


def test_a_table_of_lab_is_stretched_over_its_ranges() -> None:
    fields = Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]), Range=Array([-50, 50, -100, 100]))
    made = space(Array([Name.Indexed, Array([Name.Lab, fields]), 0, String("\xff\x00\xff")]))
    assert looked_up(made, 0) == (100, -50, 100)


def deep(depth: int) -> pikepdf.Object:
    made: pikepdf.Object = Name.DeviceGray
    for _ in range(depth):
        made = Array([Name.Indexed, made, 0, String("a")])
    return made


BROKEN: dict[str, Make] = {
    "nested too deeply": lambda pdf: deep(8),
    "no /Nothing": lambda pdf: Name.Nothing,
    "neither a name nor an array": lambda pdf: Array([]),
    "an ICC profile of 2 components": lambda pdf: profile(pdf, 2),
    "a broken colour space": lambda pdf: Array([Name.Unheard, 1]),
    "functions of type 9 do not exist": lambda pdf: Array(
        [Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary(FunctionType=9)]
    ),
}


@pytest.mark.parametrize("said", BROKEN)
def test_a_broken_space_says_what_is_wrong_with_it(said: str, pdf: pikepdf.Pdf) -> None:
    assert said in space(BROKEN[said](pdf)).said


def test_a_space_is_named_by_resources() -> None:
    found = Dictionary(ColorSpace=Dictionary(Mine=Name.DeviceCMYK))
    assert space(Name.Mine, found).kind == "DeviceCMYK"
    assert "no /Other" in space(Name.Other, found).said
    assert "no /Mine" in space(Name.Mine, Dictionary(ColorSpace=Array([]))).said


def test_what_is_in_force_first_is_black_or_the_whole_tint(pdf: pikepdf.Pdf) -> None:
    for definition, first in (
        (Name.DeviceCMYK, (0, 0, 0, 1)),
        (profile(pdf, 4), (0, 0, 0, 1)),
        (plates(pdf, "Cyan", "Gold"), (1, 1)),
        (Name.DeviceRGB, (0, 0, 0)),
    ):
        assert space(definition).initial == first


def test_another_space_stands_for_a_devices_if_it_has_as_many_parts(pdf: pikepdf.Pdf) -> None:
    defaults = Dictionary(
        DefaultCMYK=profile(pdf, 4), DefaultRGB=profile(pdf, 4), DefaultGray=Name.DeviceGray
    )
    found = Dictionary(ColorSpace=defaults)

    def stands(definition: pikepdf.Object) -> str:
        return in_place_of(space(definition), found).root.kind

    assert stands(Name.DeviceCMYK) == "ICCBased"
    assert stands(Name.DeviceRGB) == "DeviceRGB"  # of another number of parts
    assert stands(Name.DeviceGray) == "DeviceGray"  # a device's again
    assert stands(Array([Name.Indexed, Name.DeviceCMYK, 0, String("abcd")])) == "ICCBased"
    assert stands(Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")])) == "DeviceRGB"
    assert stands(LAB) == "Lab"
    assert in_place_of(space(Name.DeviceCMYK), None).kind == "DeviceCMYK"
