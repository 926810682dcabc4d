"""What is worked out once, and pages whose ink is settled without drawing them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from hrcpub.pipeline.preflight.ink.ceiling import bound
from hrcpub.pipeline.preflight.page.bounded import Budget, head
from hrcpub.pipeline.preflight.page.bounds import Bounds
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from hrcpub.pipeline.preflight.page.resources import Resources
from hrcpub.pipeline.preflight.page.separation import converted
from hrcpub.project.condition import CONDITIONS, DEFAULT
from tests.shared.press_files import WIDE, image, press, saved

INKS = bytes([255, 204, 102, 51])  # 240 %
SHOWN = f"q {WIDE} 0 0 {WIDE} 0 0 cm /Im Do Q".encode()
FILLED = b"/Pattern cs /P scn 0 0 50 50 re f"


def gradient(space: Name, **fields: Any) -> Dictionary:
    wide = 4 if space == Name.DeviceCMYK else 3
    function = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * wide), C1=Array([1] * wide), N=1
    )
    shading = Dictionary(
        ShadingType=2, ColorSpace=space, Coords=Array([0, 0, 50, 0]), Function=function
    )
    return Dictionary(Type=Name.Pattern, PatternType=2, Shading=shading, **fields)


def bounds(pdf: pikepdf.Pdf) -> Iterator[float | None]:
    library = Library(Budget(), OPERATORS)
    with pikepdf.open(io.BytesIO(saved(pdf))) as file:
        for number, page in enumerate(file.pages, 1):
            yield bound(CheckedPage(number, page.obj, library))
        assert len(library.picture_inks) <= 1


def with_picture(**fields: Any) -> pikepdf.Pdf:
    pdf = press(SHOWN, 3)
    made = image(pdf, 2, 2, **fields)
    for page in pdf.pages:
        page.obj.Resources.XObject = Dictionary(Im=made)
    return pdf


def test_a_picture_in_inks_has_no_more_ink_than_its_darkest_pixel() -> None:
    data = INKS + bytes(12)
    found = list(bounds(with_picture(ColorSpace=Name.DeviceCMYK, data=data)))
    assert found == [pytest.approx(240, abs=2)] * 3
    assert all(ceiling is not None and ceiling >= 240 for ceiling in found)


def test_a_plate_of_a_spot_counts_with_the_darkest_pixel_of_the_inks() -> None:
    pdf = press(SHOWN)
    tint = Dictionary(FunctionType=4, Domain=Array([0, 1] * 2), Range=Array([0, 1] * 4))
    function = pdf.make_stream(b"{ 0 0 4 2 roll exch pop 0 exch 0 exch }", dict(tint))
    names = Array([Name.Cyan, Name.Gold])
    space = Array([Name.DeviceN, names, Name.DeviceCMYK, function])
    data = bytes([255, 0, 0, 255, 0, 0, 0, 0])
    pdf.pages[0].obj.Resources.XObject = Dictionary(
        Im=image(pdf, 2, 2, ColorSpace=space, data=data)
    )
    (found,) = bounds(pdf)
    assert found is not None
    assert 200 <= found <= 202


@pytest.mark.parametrize(
    ("pattern", "is_settled"),
    [
        (gradient(Name.DeviceRGB), True),
        (gradient(Name.DeviceCMYK), False),
        (gradient(Name.DeviceRGB, ExtGState=Dictionary(BM=Name.Multiply)), False),
    ],
    ids=["in RGB", "in inks", "with a state of its own"],
)
@pytest.mark.parametrize("content", [FILLED, SHOWN], ids=["a path", "a stencil"])
def test_a_gradient_is_settled_where_its_colours_become_inks_on_the_press(
    content: bytes, pattern: Dictionary, is_settled: bool
) -> None:
    pdf = press(b"/Pattern cs /P scn " + content)
    resources = pdf.pages[0].obj.Resources
    resources.Pattern = Dictionary(P=pattern)
    stencil = {"ImageMask": True, "BitsPerComponent": 1, "data": b"\0\0"}
    resources.XObject = Dictionary(Im=image(pdf, 2, 2, **stencil))
    (found,) = bounds(pdf)
    assert (found is not None) is is_settled


def test_a_resource_is_read_once_and_a_missing_one_is_no_memory() -> None:
    read: list[pikepdf.Object] = []
    resources = Resources(Dictionary(ExtGState=Dictionary(A=Dictionary(LW=2))))
    for _ in range(3):
        assert resources.read("/ExtGState", b"/A", lambda at: read.append(at) or 7) == 7
        assert resources.read("/ExtGState", b"/B", lambda at: read.append(at) or 7) is None
    assert len(read) == 1


def test_a_broken_parameter_costs_that_one_alone() -> None:
    pdf = press(b"/Broken gs /Broken gs 0 0 50 50 re f")
    broken = Dictionary(BM=Name.Multiply, D=Array([7]), LW=9)
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(Broken=broken)
    with pikepdf.open(io.BytesIO(saved(pdf))) as file:
        page = CheckedPage(1, file.pages[0].obj, Library(Budget(), OPERATORS))
        (mark,) = page.marks
    assert (mark.state.blend, mark.state.width) == ("Multiply", 9.0)
    assert list(page.walk.complaints.values()) == [2]


def test_a_converted_colour_does_not_carry_the_profile_of_the_press() -> None:
    profile = CONDITIONS[DEFAULT].profile
    dot = converted(Image.new("CMYK", (1, 1), (255, 0, 0, 0)), profile)
    assert len(dot.info["icc_profile"]) < len(profile) / 10


def test_only_the_head_of_a_stream_is_unpacked() -> None:
    pdf = pikepdf.new()
    data = bytes(range(256)) * 40
    pdf.Root.Packed = pdf.make_stream(data)
    with pikepdf.open(io.BytesIO(saved(pdf, compress_streams=True))) as file:
        budget = Budget(Bounds(decoded=200))  # the whole would be too much
        assert head(file.Root.Packed, budget, 128) == data[:128]
