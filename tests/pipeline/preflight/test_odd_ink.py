"""What other programs put into PDFs, a feature a page: our ink against Ghostscript's plates."""

from __future__ import annotations

import base64
import io
from dataclasses import replace
from typing import NamedTuple

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageCms, TiffImagePlugin

from hrcpub.pipeline.preflight import limits_of
from hrcpub.pipeline.preflight.checks.layers import hidden_layers
from hrcpub.pipeline.preflight.checks.total_ink import InkPeak, ink_peak
from hrcpub.pipeline.preflight.ink import ghostscript
from hrcpub.pipeline.preflight.ink.ceiling import bound
from hrcpub.pipeline.preflight.judge import judge
from hrcpub.pipeline.preflight.page.bounded import Budget
from hrcpub.pipeline.preflight.page.bounds import BOUNDS
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from hrcpub.pipeline.preflight.page.parameters import BLEND_MODES
from hrcpub.project.condition import CONDITIONS, DEFAULT
from tests.judges import tools
from tests.pipeline.preflight.test_ink import (
    POINTS,
    Drawn,
    checked,
    cmyk_jpeg,
    form,
    separated,
    separated_at_once,
    shading,
    tile,
    tint,
)
from tests.shared.press_files import SHEETFED, image, press, saved, with_pages

CMYK = {"ColorSpace": Name.DeviceCMYK}
RAMP = bytes(range(0, 256, 4)) * 64  # 64 × 64 levels of grey
STEPS = bytes([0, 0, 0, 0, 255, 255, 128, 0, 40, 90, 200, 60, 0, 0, 0, 255])  # four colours


def spots_table(pdf: pikepdf.Pdf) -> Array:
    """Return a table of four colours, each of two spots, for pictures."""
    tint = Stream(
        pdf,
        b"{0 0 4 2 roll pop pop 0 0}",
        FunctionType=4,
        Domain=Array([0, 1, 0, 1]),
        Range=Array([0, 1] * 4),
    )
    names = Array([Name("/Gold"), Name("/Mint")])
    space = Array([Name.DeviceN, names, Name.DeviceCMYK, pdf.make_indirect(tint)])
    return Array([Name.Indexed, space, 3, pikepdf.String("\x00\x00\xff\x80\x40\xff\xff\xff")])


def spot(pdf: pikepdf.Pdf) -> Array:
    return Array(
        [Name.Separation, Name("/Gold"), Name.DeviceCMYK, tint((0,) * 4, (0, 0.2, 0.9, 0.1))]
    )


def blending_form(pdf: pikepdf.Pdf, **group: bool) -> pikepdf.Object:
    """Return a group with a part that multiplies with what is under it."""
    states = Dictionary(ExtGState=Dictionary(Multiply=Dictionary(BM=Name.Multiply)))
    made = form(pdf, b"/Multiply gs 0 1 0 0 k 40 40 150 150 re f", Resources=states)
    for key, value in group.items():
        made.Group[f"/{key}"] = value
    return made


def managed(pdf: pikepdf.Pdf) -> dict[str, Array]:
    """Return colour spaces whose colours are no inks yet."""
    white = Dictionary(WhitePoint=Array([0.9505, 1, 1.089]), Gamma=2.2)
    matrix = [0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505]
    srgb = Dictionary(WhitePoint=white.WhitePoint, Gamma=Array([2.2] * 3), Matrix=Array(matrix))
    paper = Dictionary(WhitePoint=Array([0.9642, 1, 0.8249]), Range=Array([-100, 100, -100, 100]))
    other = next(condition for name, condition in CONDITIONS.items() if name != DEFAULT)
    rgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    def by(profile: bytes, count: int) -> Array:
        return Array([Name.ICCBased, pdf.make_indirect(Stream(pdf, profile, N=count))])

    return {
        "/Profile3": by(rgb, 3),
        "/Profile4": by(other.profile, 4),
        "/Own": by(CONDITIONS[DEFAULT].profile, 4),
        "/CalGray": Array([Name.CalGray, white]),
        "/CalRGB": Array([Name.CalRGB, srgb]),
        "/Lab": Array([Name.Lab, paper]),
    }


def wavelets(pdf: pikepdf.Pdf, mode: str) -> pikepdf.Object:
    """Return a JPEG 2000 that says itself what its colours are."""
    picture = Image.linear_gradient("L").convert(mode)
    file = io.BytesIO()
    picture.save(file, "JPEG2000")
    made = image(pdf, 256, 256, data=file.getvalue(), Filter=Name.JPXDecode)
    del made.ColorSpace, made.BitsPerComponent
    return made


def in_rgb(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a group in which inks become RGB, and are inks again when it is done."""
    made = form(pdf, b"1 .8 .7 .6 k 40 40 150 150 re f")
    made.Group.CS, made.Group.I = Name.DeviceRGB, True
    return made


def default(pdf: pikepdf.Pdf, content: bytes, space: str, stands: pikepdf.Object) -> pikepdf.Object:
    """Return a form in which another space stands for a device's."""
    picture = image(pdf, 8, 8, data=bytes([200, 180, 160, 90]) * 64, **CMYK)
    found = Dictionary(XObject=Dictionary(Im=picture), ColorSpace=Dictionary())
    found.ColorSpace[f"/Default{space}"] = stands
    made = form(pdf, content + b" 20 20 200 280 re f", Resources=found)
    made.BBox = Array([0, 0, 240, 320])
    return made


def cell(
    pdf: pikepdf.Pdf, content: bytes, side: float, step: float, **fields: int
) -> pikepdf.Object:
    """Return a tiling pattern."""
    made = tile(pdf)
    made.write(content)
    made.BBox, made.XStep, made.YStep = Array([0, 0, side, side]), step, step
    for key, value in fields.items():
        made[f"/{key}"] = value
    return made


def mesh(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a triangle of two inks, solid."""
    corners = ((0, 0), (255, 0), (128, 255))
    data = b"".join(bytes([0, x, y, 255, 255, 0, 0]) for x, y in corners)
    decode = Array([20, 220, 20, 300, 0, 1, 0, 1, 0, 1, 0, 1])
    made = Stream(pdf, data, ShadingType=4, ColorSpace=Name.DeviceCMYK, Decode=decode)
    made.BitsPerCoordinate = made.BitsPerComponent = made.BitsPerFlag = 8
    return pdf.make_indirect(made)


def gradients(pdf: pikepdf.Pdf) -> dict[str, Dictionary]:
    """Return colours that change along a line, between circles, and over both sides of a field."""
    begun, field = shading(2, 60, 0, 180, 0), shading(1)
    begun.Extend = Array([False, True])
    both = {"Domain": Array([0, 1, 0, 1]), "Range": Array([0, 1] * 4)}
    field.Function = pdf.make_indirect(Stream(pdf, b"{0 0}", FunctionType=4, **both))
    field.Matrix = Array([200, 0, 40, 280, 0, 20])
    return {
        "/Begun": begun,
        "/Field": field,
        "/Touching": shading(3, 60, 160, 0, 120, 160, 60),
        "/Beside": shading(3, 70, 160, 20, 160, 160, 50),
    }


def wrapped(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a JPEG in four inks behind a second filter."""
    jpeg = cmyk_jpeg(pdf, turned=True)
    packed = base64.a85encode(jpeg.read_raw_bytes()) + b"~>"
    jpeg.write(packed, filter=Array([Name.ASCII85Decode, Name.DCTDecode]))
    return jpeg


def fax(pdf: pikepdf.Pdf, *, wrapped: bool = False, is_aligned: bool = False) -> pikepdf.Object:
    """Return a page that was faxed: a black box on white."""
    paper = Image.new("1", (64, 40), 1)
    paper.paste(0, (10, 5, 40, 30))
    file = io.BytesIO()
    paper.save(file, "TIFF", compression="group4")
    file.seek(0)
    tiff = TiffImagePlugin.TiffImageFile(file)
    begin, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    data = file.getvalue()[begin : begin + length]
    fields = Dictionary(K=-1, Columns=64, Rows=40, BlackIs1=tiff.tag_v2[262] == 0)
    fields.EncodedByteAlign = is_aligned
    made = image(pdf, 64, 40, BitsPerComponent=1, data=data)
    made.write(data, filter=Name.CCITTFaxDecode, decode_parms=fields)
    if wrapped:
        both = Array([Name.ASCIIHexDecode, Name.CCITTFaxDecode])
        made.write(data.hex().encode() + b">", filter=both)
        made.DecodeParms = Array([None, fields])
    return made


def soft_mask(
    pdf: pikepdf.Pdf, content: bytes, space: Name, by: str = "/Luminosity", **fields: pikepdf.Object
) -> Dictionary:
    """Return a graphics state with a mask."""
    group = form(pdf, content)
    group.BBox, group.Group.CS = Array([0, 0, 240, 320]), space
    mask = Dictionary(Type=Name.Mask, S=Name(by), G=group)
    for key, value in fields.items():
        mask[f"/{key}"] = value
    return Dictionary(SMask=mask)


def resources(pdf: pikepdf.Pdf) -> Dictionary:
    few = Array([Name.Indexed, Name.DeviceCMYK, 3, pikepdf.String(STEPS.decode("latin-1"))])
    ground = shading(3, 120, 160, 0, 120, 160, 60)
    ground.Extend, ground.Background = Array([False, False]), Array([0, 0, 1, 0])
    tints = tint((0, 0, 0, 0), (1, 1, 1, 1))
    register = Array([Name.Separation, Name.All, Name.DeviceCMYK, tints])
    spaces = Dictionary(Spot=spot(pdf), All=register, Bare=Array([Name.Pattern, Name.DeviceCMYK]))
    for key, space in managed(pdf).items():
        spaces[key] = space
    other = Array([Name.Indexed, spaces.Profile4, 3, few[3]])
    golden = shading(2, 0, 0, 240, 0)
    golden.ColorSpace, golden.Function = spot(pdf), tint((0,), (1,))
    matte = image(pdf, 64, 64, data=bytes([128, 100, 50, 25]) * 4096, **CMYK)
    matte.SMask = image(pdf, 64, 64, data=RAMP, Matte=Array([0, 0, 0, 0]))
    clear = wavelets(pdf, "RGBA")
    clear.SMaskInData = 1
    boxed = shading(2, 0, 0, 240, 0)
    boxed.BBox = Array([60, 60, 160, 200])
    states = Dictionary(
        Half=Dictionary(ca=0.5, CA=0.5),
        Dashes=Dictionary(D=Array([Array([30, 30]), 0])),
        Over=Dictionary(op=True, OP=True, OPM=1),
        Listed=Dictionary(BM=Array([Name.Sparkle, Name.Multiply])),
    )
    over, grey, hole = tint((1,), (0,)), Name.DeviceGray, b"0 g 60 60 60 60 re f"
    masks = {
        "/TurnedOver": soft_mask(pdf, hole + b" 1 g 150 0 90 320 re f", grey, TR=over),
        "/Opacity": soft_mask(pdf, hole, grey, "/Alpha"),
        "/OpacityOver": soft_mask(pdf, hole, grey, "/Alpha", TR=over),
        "/OnWhite": soft_mask(pdf, hole, grey, BC=Array([1])),
        "/OnNoInk": soft_mask(pdf, hole, Name.DeviceCMYK, BC=Array([0, 0, 0, 0])),
        "/OfInks": soft_mask(pdf, b".3 0 0 .2 k 0 0 240 320 re f", Name.DeviceCMYK),
        "/NoMask": Dictionary(SMask=Name("/None")),
    }
    for key, mask in masks.items():
        states[key] = mask
    for mode in BLEND_MODES:
        states[f"/{mode}"] = Dictionary(BM=Name(f"/{mode}"))
    return Dictionary(
        ExtGState=states,
        Font=Dictionary(F1=pdf.pages[0].obj.Resources.Font.F1),
        Pattern=Dictionary(
            Tile=tile(pdf),
            Small=cell(pdf, b"1 1 1 1 k 0 0 1 2 re f", 2, 2),
            Overlapping=cell(pdf, b"1 .5 0 0 k 0 0 12 12 re f", 12, 8),
            Uncoloured=cell(pdf, b"0 0 4 8 re f", 8, 8, PaintType=2),
            Fade=Dictionary(PatternType=2, Shading=shading(2, 0, 0, 0, 320)),
            Boxed=Dictionary(PatternType=2, Shading=boxed),
            OnGround=Dictionary(PatternType=2, Shading=ground),
        ),
        Shading=Dictionary({"/Gold": golden, "/Mesh": mesh(pdf), **gradients(pdf)}),
        ColorSpace=spaces,
        XObject=Dictionary(
            Group=form(pdf, b"1 0 0 0 k 20 20 120 120 re f 0 1 1 0 k 60 60 120 120 re f"),
            Inside=blending_form(pdf, I=True),
            Through=blending_form(pdf),
            Knockout=blending_form(pdf, K=True),
            Matte=matte,
            Inks=image(pdf, 8, 8, ColorSpace=spaces.Profile4, data=bytes([200, 180, 160, 90]) * 64),
            FewByProfile=image(pdf, 16, 16, ColorSpace=other, BitsPerComponent=2, data=RAMP[:64]),
            LabPicture=image(pdf, 8, 8, ColorSpace=spaces.Lab, data=bytes([60, 200, 160]) * 64),
            Wavelets=wavelets(pdf, "RGB"),
            GreyWavelets=wavelets(pdf, "L"),
            ClearWavelets=clear,
            InRgb=in_rgb(pdf),
            DefaultGray=default(pdf, b".2 g", "Gray", spaces.CalGray),
            DefaultRGB=default(pdf, b".2 .5 .9 rg", "RGB", spaces.CalRGB),
            DefaultCMYK=default(pdf, b".9 .8 .7 .4 k", "CMYK", spaces.Profile4),
            DefaultPicture=default(pdf, b"200 0 0 280 20 20 cm /Im Do", "CMYK", spaces.Profile4),
            Wrapped=wrapped(pdf),
            Fax=fax(pdf, wrapped=True),
            Bytes=fax(pdf, is_aligned=True),
            KeyedOver=image(pdf, 64, 64, Mask=Array([100, 255]), Decode=Array([1, 0]), data=RAMP),
            Nibbles=image(pdf, 64, 64, BitsPerComponent=4, data=RAMP[:2048]),
            Pairs=image(pdf, 63, 64, BitsPerComponent=2, data=RAMP[:1024]),
            Colours=image(pdf, 15, 16, BitsPerComponent=4, data=RAMP[:480], **CMYK),
            Bits=image(pdf, 21, 16, BitsPerComponent=1, data=RAMP[:176], **CMYK),
            Few=image(pdf, 16, 16, ColorSpace=few, BitsPerComponent=2, data=RAMP[:64]),
            Spots=image(
                pdf, 16, 16, ColorSpace=spots_table(pdf), BitsPerComponent=2, data=RAMP[:64]
            ),
            Keyed=image(pdf, 64, 64, Mask=Array([100, 255]), data=RAMP),
            KeyedFew=image(
                pdf, 16, 16, ColorSpace=few, BitsPerComponent=2, data=RAMP[:64], Mask=Array([1, 2])
            ),
        ),
    )


BLENDED = b".6 .5 .2 .1 k 20 20 200 280 re f ", b".3 .2 .8 .3 k 40 40 160 240 re f"
HEAVY = b"1 1 .5 .2 K 20 w "
PAGES = {
    "samples of four bits": b"q 160 0 0 200 30 30 cm /Nibbles Do Q",
    "samples of two bits, rows filled up": b"q 160 0 0 200 30 30 cm /Pairs Do Q",
    "four inks of four bits": b"q 160 0 0 200 30 30 cm /Colours Do Q",
    "four inks of one bit": b"q 168 0 0 192 30 30 cm /Bits Do Q",
    "a table of colours": b"q 160 0 0 160 30 30 cm /Few Do Q",
    "a table of spots": b"q 160 0 0 160 30 30 cm /Spots Do Q",
    "a colour key": b"q 160 0 0 200 30 30 cm /Keyed Do Q",
    "a colour key in a table": b"q 160 0 0 160 30 30 cm /KeyedFew Do Q",
    "a line of dashes": HEAVY + b"[30 30] 0 d 20 160 m 220 160 l S",
    "dashes that begin later": HEAVY + b"[40 10] 25 d 20 160 m 220 160 l S",
    "an odd number of lengths": HEAVY + b"[30] 0 d 120 20 m 120 300 l S",
    "dashes on a scale": b"2 0 0 2 0 0 cm " + HEAVY + b"[15 5] 0 d 10 80 m 110 80 l S",
    "dashes round corners": HEAVY + b"[45 20] 0 d 60 60 120 160 re S",
    "dashes ended": HEAVY + b"[30 30] 0 d [] 0 d 20 160 m 220 160 l S",
    "dots": HEAVY + b"1 J [0 40] 0 d 30 w 20 160 m 220 160 l S",
    "dashes from a state": HEAVY + b"/Dashes gs 20 160 m 220 160 l S",
    "round ends": HEAVY + b"1 J 80 w 100 160 m 140 160 l S",
    "square ends": HEAVY + b"2 J 80 w 100 160 m 140 160 l S",
    "a point": HEAVY + b"1 J 60 w 120 160 m 120 160 l S",
    "sharp corners": HEAVY + b"40 w 60 100 100 100 re S",
    "corners that are cut off": HEAVY + b"2 j 70 w 60 60 m 160 60 l 160 160 l S",
    "a pen wider than it is high": b"3 0 0 1 0 0 cm " + HEAVY + b"20 60 m 20 260 l S",
    "a line seen through": b"/Half gs 1 0 0 0 k 0 1 1 0 K 40 w 60 60 120 180 re B",
    "a stroke of tiles": b"/Pattern CS /Tile SCN 60 w 40 160 m 200 160 l S",
    "a stroke of colours that change": b"/Pattern CS /Fade SCN 60 w 120 20 m 120 300 l S",
    "fill and stroke": b"/Pattern cs /Tile scn 1 0 0 .5 K 20 w 60 60 120 200 re B",
    "type with a line": b"1 1 0 0 k 0 0 1 1 K 30 w BT /F1 220 Tf 2 Tr 60 60 Td (A) Tj ET",
    "type as a line": b"0 0 1 1 K 30 w BT /F1 220 Tf 1 Tr 60 60 Td (A) Tj ET",
    "parts that blend inside their group": BLENDED[0] + b"/Inside Do",
    "parts that blend through their group": BLENDED[0] + b"/Half gs /Through Do",
    "a soft mask turned over": b"/TurnedOver gs " + BLENDED[1],
    "a soft mask by opacity": b"/Opacity gs " + BLENDED[1],
    "a soft mask by opacity, turned over": b"/OpacityOver gs " + BLENDED[1],
    "a soft mask on white": b"/OnWhite gs " + BLENDED[1],
    "a soft mask of inks on white": b"/OnNoInk gs " + BLENDED[1],
    "a soft mask of inks": b"/OfInks gs " + BLENDED[1],
    "a soft mask ended": b"/TurnedOver gs /NoMask gs " + BLENDED[1],
    "a pattern of many small cells": b"/Pattern cs /Small scn 0 0 240 320 re f",
    "a pattern whose cells overlap": b"/Pattern cs /Overlapping scn 20 20 200 280 re f",
    "a pattern in a colour of the mark's": b"/Bare cs 1 1 0 0 /Uncoloured scn 20 20 200 280 re f",
    "a gradient on a ground": b"/Pattern cs /OnGround scn 20 20 200 280 re f",
    "a gradient of a spot that overprints": BLENDED[0] + b"/Over gs /Gold sh",
    "a picture of spots that overprints":
        BLENDED[0] + b"/Over gs q 160 0 0 160 30 30 cm /Spots Do Q",
    "a JPEG in text": b"q 160 0 0 200 30 30 cm /Wrapped Do Q",
    "a fax in text": b"q 160 0 0 200 30 30 cm /Fax Do Q",
    "a colour key on samples turned over": b"q 160 0 0 200 30 30 cm /KeyedOver Do Q",
    "RGB by a profile": b"/Profile3 cs .2 .5 .9 sc 20 20 200 280 re f",
    "other inks by a profile": b"/Profile4 cs .9 .8 .7 .4 sc 20 20 200 280 re f",
    "the press's inks by its profile": b"/Own cs .9 .8 .7 .4 sc 20 20 200 280 re f",
    "calibrated grey": b"/CalGray cs .2 sc 20 20 200 280 re f",
    "calibrated RGB": b"/CalRGB cs .2 .5 .9 sc 20 20 200 280 re f",
    "L*a*b*": b"/Lab cs 40 30 -50 sc 20 20 200 280 re f",
    "a picture of other inks": b"q 160 0 0 200 30 30 cm /Inks Do Q",
    "a picture of table, by a profile": b"q 160 0 0 160 30 30 cm /FewByProfile Do Q",
    "a default grey": b"/DefaultGray Do",
    "a default RGB": b"/DefaultRGB Do",
    "default inks": b"/DefaultCMYK Do",
    "a picture in default inks": b"/DefaultPicture Do",
    "RGB in JPEG 2000 without a space": b"q 160 0 0 200 30 30 cm /Wavelets Do Q",
    "a gradient in a box": b"/Pattern cs /Boxed scn 20 20 200 280 re f",
    "colours from a line on": b"/Begun sh",
    "colours over a field": b"/Field sh",
    "colours between circles that touch": b"/Touching sh",
    "colours between circles beside each other": b"/Beside sh",
    "registration colour on a spot":
        b"/Spot cs 1 scn 20 20 200 280 re f /All cs .5 scn 40 40 160 240 re f",
    "black by the press's profile that overprints":
        BLENDED[0] + b"/Over gs /Own cs 0 0 0 1 sc 40 40 160 240 re f",
    "the first known mode of a list": BLENDED[0] + b"/Listed gs " + BLENDED[1],
}  # fmt: skip
PAGES |= {
    f"{mode}, {what}": BLENDED[0] + b"/%s gs " % mode.encode() + content
    for mode in sorted(BLEND_MODES)
    for what, content in {"a colour": BLENDED[1], "a group": b"/Half gs /Group Do"}.items()
}
PAGES |= {
    f"{mode}, on a spot": b"/Spot cs .8 scn 20 20 200 280 re f /%s gs " % mode.encode() + BLENDED[1]
    for mode in ("Exclusion", "Luminosity", "ColorBurn")
}


OURS_UNKNOWN = {  # what we cannot draw, and Ghostscript can
    "a knockout group": b"/Half gs /Knockout Do",
    "a picture with a matte": b"q 160 0 0 200 30 30 cm /Matte Do Q",
    "faxed rows that begin with a byte": b"q 160 0 0 200 30 30 cm /Bytes Do Q",
    "a mesh": b"/Mesh sh",
    "JPEG 2000 with its own opacity": b"q 160 0 0 200 30 30 cm /ClearWavelets Do Q",
    "grey in JPEG 2000 without a space": b"q 160 0 0 200 30 30 cm /GreyWavelets Do Q",
    "a picture in L*a*b*": b"q 160 0 0 200 30 30 cm /LabPicture Do Q",
    "colours that RGB blends": BLENDED[0] + b"/InRgb Do",
}  # fmt: skip


class Ours(NamedTuple):
    """A page's ink as we draw it, and the most that we say without drawing it."""

    peak: InkPeak
    ceiling: float | None


@pytest.fixture(scope="module")
def ours() -> dict[str, Ours]:
    """Return what we say of the ink of all of the pages above."""
    pages = PAGES | OURS_UNKNOWN
    result = {}
    with pikepdf.open(io.BytesIO(with_pages(pages.values(), resources))) as pdf:
        for name, page in zip(pages, checked(pdf), strict=True):
            page.library.budget.page()
            result[name] = Ours(ink_peak(page), bound(page))
    return result


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, InkPeak]:
    """Return the ink of all of the pages above; Ghostscript draws them in one go."""
    pages = PAGES | OURS_UNKNOWN
    data = with_pages(pages.values(), resources)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        drawn = separated_at_once(data, tmp_path_factory.mktemp("plates"))
        return {
            name: ink_peak(page, separations=Drawn(data, plates))
            for name, page, plates in zip(pages, checked(pdf), drawn, strict=True)
        }


def test_no_page_is_drawn_with_more_ink_than_we_say_without_drawing(ours: dict[str, Ours]) -> None:
    over = {
        name: (page.ceiling, round(page.peak.total, 1))
        for name, page in ours.items()
        if page.ceiling is not None and page.ceiling < page.peak.total - POINTS
    }
    assert over == {}
    assert {name for name, page in ours.items() if page.peak.unknown} == set(OURS_UNKNOWN)
    assert min(page.peak.total for name, page in ours.items() if name in PAGES) > 10


@pytest.mark.slow
def test_each_page_has_the_ink_of_ghostscripts_plates(
    ours: dict[str, Ours], theirs: dict[str, InkPeak]
) -> None:
    apart = {
        name: (round(page.peak.total, 1), round(theirs[name].total, 1))
        for name, page in ours.items()
        if not page.peak.unknown and abs(page.peak.total - theirs[name].total) > POINTS
    }
    assert apart == {}
    assert min(peak.total for peak in theirs.values()) > 10
    assert len(PAGES) > 64


@pytest.mark.slow
def test_ghostscript_judges_what_we_would_guess(theirs: dict[str, InkPeak]) -> None:
    """Each page as preflight asks for it: a process for a page, within bounds."""
    tools.find("gs")
    data = with_pages(OURS_UNKNOWN.values(), resources)
    with pikepdf.open(io.BytesIO(data)) as pdf, separated(data) as separations:
        peaks = [ink_peak(page, separations=separations) for page in checked(pdf)]
    assert separations.drawn == len(OURS_UNKNOWN)
    for name, peak in zip(OURS_UNKNOWN, peaks, strict=True):
        assert not peak.unknown, name
        assert peak.total == pytest.approx(theirs[name].total, abs=POINTS), name


def test_pages_in_rgb_need_no_drawing_where_no_colour_has_too_much_ink() -> None:
    pdf = press(b"/Half gs 1 0 0 rg 20 20 200 200 re f 0 0 1 rg 90 90 99 99 re f /Im Do")
    resources = pdf.pages[0].obj.Resources
    resources.XObject = Dictionary(Im=image(pdf, 2, 2, ColorSpace=Name.DeviceRGB, data=b"\0" * 12))
    resources.ExtGState = Dictionary(Half=Dictionary(ca=0.5))

    def find() -> None:
        raise AssertionError("it was asked")

    assert "ink-total" not in {p.code for p in judge(saved(pdf), SHEETFED, find=find)}


@pytest.mark.slow
def test_no_page_has_more_ink_than_we_say_without_drawing(
    ours: dict[str, Ours], theirs: dict[str, InkPeak]
) -> None:
    ceilings = {name: page.ceiling for name, page in ours.items() if page.ceiling is not None}
    under = {
        name: (ceiling, round(theirs[name].total, 1))
        for name, ceiling in ceilings.items()
        if ceiling < theirs[name].total - POINTS
    }
    assert under == {}
    assert len(ceilings) > 20


ON, OFF = "on", "off"
MEMBERSHIPS = {
    "AnyOn": ("P", "/AnyOn", True),
    "AllOn": ("P", "/AllOn", False),
    "AnyOff": ("P", "/AnyOff", True),
    "AllOff": ("P", "/AllOff", False),
    "one and the other": ("VE", ["/And", ON, OFF], False),
    "one or the other": ("VE", ["/Or", ON, OFF], True),
    "not the other": ("VE", ["/Not", OFF], True),
    "one and not the other": ("VE", ["/And", ON, ["/Not", OFF]], True),
}


@pytest.mark.parametrize(("key", "value", "is_shown"), MEMBERSHIPS.values(), ids=MEMBERSHIPS)
def test_a_membership_of_layers_shows_what_it_says(key: str, value: object, is_shown: bool) -> None:
    pdf = press(b"/OC /M BDC 0 0 0 1 k 20 20 200 200 re f EMC")
    layers = {n: pdf.make_indirect(Dictionary(Type=Name.OCG, Name=n)) for n in (ON, OFF)}

    def made(part: object) -> pikepdf.Object:
        if isinstance(part, list):
            return Array([made(inner) for inner in part])
        return layers[str(part)] if part in layers else Name(str(part))

    membership = Dictionary(Type=Name.OCMD, OCGs=Array(layers.values()))
    membership[f"/{key}"] = made(value)
    both = Array(layers.values())
    pdf.Root.OCProperties = Dictionary(OCGs=both, D=Dictionary(OFF=Array([layers[OFF]])))
    page = pdf.pages[0].obj
    page.Resources.Properties = Dictionary(M=pdf.make_indirect(membership))
    library = Library(Budget(), OPERATORS, hidden_layers(pdf))
    assert bool(CheckedPage(1, page, library).placed) is is_shown
    if is_shown:
        with separated(saved(pdf)) as separations:
            peak = ink_peak(CheckedPage(1, page, library), separations=separations)
        assert peak.total == pytest.approx(100, abs=POINTS)


def test_a_form_that_a_layer_hides_is_no_ink() -> None:
    """Ghostscript 10.00 prints it, so it is not asked of such a page."""
    pdf = press(b".5 .5 .5 1 k 20 20 200 200 re f /Hidden Do")
    pdf.pages[0].obj.Resources.XObject = Dictionary(Hidden=form(pdf, b"1 1 1 1 k 0 0 200 200 re f"))
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    pdf.pages[0].obj.Resources.XObject.Hidden.OC = layer
    off = Dictionary(OFF=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=off)
    strict = SHEETFED._replace(limits=replace(limits_of("sheetfed"), total_ink=200))
    (told,) = [p for p in judge(saved(pdf), strict) if p.code == "ink-total"]
    assert "has 251 %" in told.message  # three plates of 50 %, rounded up, and black


def test_levels_of_a_mask_that_programs_see_differently_are_told() -> None:
    """Ghostscript 10.00 lets less through a grey group's greys than other programs do."""
    pdf = press(b"/Grey gs 1 1 1 1 k 0 0 240 320 re f 20 20 200 200 re f")
    mask = soft_mask(pdf, b".5 g 0 0 240 320 re f", Name.DeviceGray)
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(Grey=mask)
    for find in (ghostscript.installed, ghostscript.none):
        assert "ink-unknown" in {p.code for p in judge(saved(pdf), SHEETFED, find=find)}


def test_ink_that_a_transfer_function_turns_is_left_to_ghostscript() -> None:
    pdf = press(b"/Turned gs 0 0 0 0 k 20 20 200 200 re f")
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(Turned=Dictionary(TR=tint((1,), (0,))))
    assert "ink-total" in {problem.code for problem in judge(saved(pdf), SHEETFED)}
    problems = judge(saved(pdf), SHEETFED, find=ghostscript.none)
    assert "ink-unknown" in {problem.code for problem in problems}


def test_a_picture_over_the_limit_costs_itself_and_no_more() -> None:
    pdf = press(b"q 100 0 0 100 60 60 cm /Im Do Q 1 1 1 1 k 0 0 60 60 re f")
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=image(pdf, 64, 64, data=RAMP, **CMYK))
    pdf.pages[0].obj.Resources.XObject.Im.Width = 16
    problems = judge(saved(pdf), SHEETFED, BOUNDS._replace(picture=1000), find=lambda: None)
    assert {"ink-total", "ink-unknown"} <= {problem.code for problem in problems}
    assert "pdf-too-much" not in {problem.code for problem in problems}, problems


def test_a_picture_on_many_pages_is_counted_once() -> None:
    pdf = press(b"q 200 0 0 200 20 20 cm /Im Do Q", 20)
    picture = image(pdf, 256, 256, data=bytes(range(256)) * 1024, **CMYK)
    for page in pdf.pages:
        page.obj.Resources = Dictionary(XObject=Dictionary(Im=picture))
    bounds = BOUNDS._replace(decoded=2 << 20)
    problems = judge(saved(pdf), SHEETFED, bounds, find=lambda: None)
    assert "pdf-too-much" not in {problem.code for problem in problems}, problems
