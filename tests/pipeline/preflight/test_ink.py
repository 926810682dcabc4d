"""Ink is worked out without Ghostscript, and agrees with it where it can be asked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image, ImageFilter, ImageStat

from hrcpub.pipeline.preflight.checks.total_ink import SQUARE, bound, most
from hrcpub.pipeline.preflight.page.bounded import Budget, PageBox
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from tests.judges import tools
from tests.shared.press_files import TEXT, composite_font, image, press, saved

POINTS = 3.0  # percentage points that both may differ by
FINE = 4  # Ghostscript draws so much finer: at 72 dpi its small letters are too fat


def by_ghostscript(plates: dict[str, Image.Image], page: CheckedPage) -> float:
    """Return the most ink in any square of 15 mm of the trim, in per cent."""
    left, top = page.trim.left - page.media.left, page.media.top - page.trim.top
    right, foot = left + page.trim.width, top + page.trim.height
    cut = (round(left), round(top), round(right), round(foot))
    own = [plate.reduce(FINE).crop(cut) for plate in plates.values()]
    if min(own[0].size) <= SQUARE:
        return sum(ImageStat.Stat(plate).mean[0] for plate in own) / 2.55
    means = [plate.filter(ImageFilter.BoxBlur((SQUARE - 1) / 2)) for plate in own]
    edge = int(SQUARE / 2) + 1
    wide, high = own[0].size
    whole = [mean.crop((edge, edge, wide - edge, high - edge)).tobytes() for mean in means]
    return max(map(sum, zip(*whole, strict=True))) / 2.55


def tint(first: Sequence[float], last: Sequence[float]) -> Dictionary:
    return Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array(list(first)), C1=Array(list(last)), N=1
    )


def shading(kind: int, *coordinates: float) -> Dictionary:
    return Dictionary(
        ShadingType=kind,
        ColorSpace=Name.DeviceCMYK,
        Coords=Array(coordinates),
        Function=tint((0, 0, 0, 0), (1, 1, 0.5, 0.2)),
        Extend=Array([True, True]),
    )


def cmyk_jpeg(pdf: pikepdf.Pdf, *, turned: bool) -> pikepdf.Object:
    picture = Image.merge(
        "CMYK",
        [Image.linear_gradient("L"), *[Image.new("L", (256, 256), n) for n in (200, 90, 20)]],
    )
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=95)  # Pillow writes it turned over, as Photoshop does
    fields = {"Decode": Array([1, 0] * 4)} if turned else {}
    return image(
        pdf,
        256,
        256,
        data=file.getvalue(),
        ColorSpace=Name.DeviceCMYK,
        Filter=Name.DCTDecode,
        **fields,
    )


def form(pdf: pikepdf.Pdf, content: bytes, **fields: object) -> pikepdf.Object:
    return pdf.make_indirect(
        Stream(
            pdf,
            content,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 200, 200]),
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK),
            **fields,
        )
    )


def soft_mask(pdf: pikepdf.Pdf) -> Dictionary:
    content = b"0 g 0 0 200 200 re f .5 g 20 20 150 150 re f 1 g 60 60 60 60 re f"
    group = form(pdf, content)
    group.Group.CS = Name.DeviceGray
    return Dictionary(SMask=Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group))


def tile(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_indirect(
        Stream(
            pdf,
            b"0 1 1 .5 k 0 0 6 6 re f",
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=Array([0, 0, 8, 8]),
            XStep=8,
            YStep=8,
            Resources=Dictionary(),
        )
    )


def everything(pdf: pikepdf.Pdf) -> Dictionary:
    """Return resources for all that the pages below draw."""
    spot = Array(
        [Name.Separation, Name("/Gold"), Name.DeviceCMYK, tint((0, 0, 0, 0), (0, 0.2, 0.9, 0.1))]
    )
    two = Array(
        [
            Name.DeviceN,
            Array([Name.Cyan, Name.Black]),
            Name.DeviceCMYK,
            pdf.make_indirect(
                Stream(
                    pdf,
                    b"{0 exch 0 exch}",
                    FunctionType=4,
                    Domain=Array([0, 1, 0, 1]),
                    Range=Array([0, 1] * 4),
                )
            ),
        ]
    )
    table = pikepdf.String(bytes([0, 0, 0, 0, 255, 255, 128, 0]).decode("latin-1"))
    indexed = Array([Name.Indexed, Name.DeviceCMYK, 1, table])
    masked = image(pdf, 64, 64, ColorSpace=Name.DeviceCMYK, data=bytes([255, 200, 100, 50]) * 4096)
    masked.SMask = image(pdf, 64, 64, data=bytes(range(0, 256, 4)) * 64)
    return Dictionary(
        Font=Dictionary(F1=pdf.pages[0].obj.Resources.Font.F1, F2=composite_font(pdf)),
        ExtGState=Dictionary(
            Half=Dictionary(ca=0.5, CA=0.5),
            Times=Dictionary(BM=Name.Multiply),
            Dark=Dictionary(BM=Name.Darken),
            Over=Dictionary(op=True, OP=True, OPM=1),
            Soft=soft_mask(pdf),
        ),
        ColorSpace=Dictionary(Spot=spot, Two=two),
        Shading=Dictionary(
            Line=shading(2, 0, 0, 240, 0), Round=shading(3, 120, 160, 0, 120, 160, 90)
        ),
        Pattern=Dictionary(
            Tile=tile(pdf), Fade=Dictionary(PatternType=2, Shading=shading(2, 0, 0, 0, 320))
        ),
        XObject=Dictionary(
            Raw=cmyk_jpeg(pdf, turned=False),
            Turned=cmyk_jpeg(pdf, turned=True),
            Few=image(pdf, 8, 8, ColorSpace=indexed, BitsPerComponent=1, data=b"\xf0" * 8),
            Stencil=image(pdf, 8, 8, ImageMask=True, BitsPerComponent=1, data=b"\x0f" * 8),
            Masked=masked,
            Group=form(pdf, b"1 0 0 0 k 0 0 120 120 re f 0 1 1 0 k 40 40 120 120 re f"),
        ),
    )


LINES = b" ".join(b"20 %d m 220 %d l S" % (y, y) for y in range(20, 300, 2))
SMALL = b"<002600270028002900300031003200330034003500360037003800390040> ' "
PAGES = {
    "box": b"1 1 .4 .2 k 33.3 40.7 61.2 77.7 re f",
    "opacity": b"1 .8 0 0 k 20 20 200 200 re f /Half gs 0 0 1 1 k 60 60 90 90 re f",
    "multiply": b".6 .5 0 0 k 20 20 200 200 re f /Times gs .3 .2 .8 .1 k 60 60 90 90 re f",
    "darken": b".6 .5 0 0 k 20 20 200 200 re f /Dark gs .3 .7 .8 .1 k 60 60 90 90 re f",
    "overprint": b".6 .5 0 0 k 20 20 200 200 re f /Over gs 0 0 0 1 k 60 60 90 90 re f",
    "knockout": b".6 .5 .9 0 k 20 20 200 200 re f 0 0 0 1 k 60 60 150 200 re f",
    "spot over ink": b".6 .5 0 0 k 20 20 200 200 re f /Over gs /Spot cs .8 scn 60 60 90 90 re f",
    "two inks": b"/Two cs .7 .6 scn 60 60 90 90 re f",
    "group": b".5 .5 .5 0 k 0 0 240 320 re f /Half gs q 1 0 0 1 20 60 cm /Group Do Q",
    "soft mask": b"/Soft gs 1 1 .5 .3 k 0 0 200 200 re f",
    "line of colour": b"/Line sh",
    "round of colour": b"q 20 40 200 240 re W n /Round sh Q",
    "pattern": b"/Pattern cs /Tile scn 30 30 150 200 re f",
    "fading pattern": b"/Pattern cs /Fade scn 30 30 150 280 re f",
    "picture": b"q 160 0 0 200 30 30 cm /Raw Do Q",
    "picture turned over": b"q 160 0 0 -200 30 280 cm /Turned Do Q",
    "picture askew": b"q 120 60 -60 120 90 60 cm /Raw Do Q",
    "picture of two colours": b"q 100 0 0 100 60 60 cm /Few Do Q",
    "stencil": b"0 1 1 .4 k q 100 0 0 100 60 60 cm /Stencil Do Q",
    "masked picture": b".2 0 0 0 k 0 0 240 320 re f q 0 160 -160 0 200 60 cm /Masked Do Q",
    "clip": b"q 120 60 m 200 160 l 120 260 l 40 160 l h W n 1 1 1 0 k 0 0 240 320 re f Q",
    "ring": b"1 1 .5 0 k 60 60 120 120 re 150 90 m 90 90 l 90 150 l 150 150 l h f",
    "even and odd": b"1 1 .5 0 k 60 60 120 120 re 80 80 80 80 re f*",
    "curve": b"1 .5 .5 .5 k 60 160 m 60 240 180 240 180 160 c 180 80 60 80 60 160 c f",
    "stroke": b"1 1 0 .5 K 9 w 40 40 m 200 260 l 60 280 l S",
    "thin lines": b"0 0 0 1 K .5 w " + LINES,
    "large type": b"1 1 0 .5 k BT /F1 220 Tf 60 60 Td (A) Tj ET",
    "small type": b"0 0 0 1 k BT /F2 9 Tf 9 TL 20 300 Td " + SMALL * 30 + b"ET",
    "turned": b"q 0 1 -1 0 240 0 cm 1 1 .4 .2 k 33 40 61 77 re f Q",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with all of the pages above."""
    pdf = press(b"", len(PAGES))
    resources = pdf.make_indirect(everything(pdf))
    for page, content in zip(pdf.pages, PAGES.values(), strict=True):
        page.obj.Contents, page.obj.Resources = Stream(pdf, content), resources
    path = tmp_path_factory.mktemp("ink") / "sample.pdf"
    path.write_bytes(saved(pdf))
    return path


def compared(path: Path) -> dict[int, tuple[float, float]]:
    """Return what we and Ghostscript find on each page."""
    plates = tools.plates(path, 72 * FINE)
    with pikepdf.open(path) as pdf:
        pages = [
            CheckedPage(n, page.obj, Library(Budget(), OPERATORS))
            for n, page in enumerate(pdf.pages, 1)
        ]
        mosts = {page.number: most(page) for page in pages}
        assert not [m.unknown for m in mosts.values() if m.unknown]
        return {
            page.number: (mosts[page.number].total, by_ghostscript(plates[page.number - 1], page))
            for page in pages
        }


def test_ink_agrees_with_ghostscript_on_every_kind_of_paint(sample: Path) -> None:
    found = compared(sample)
    apart = {
        name: both
        for name, both in zip(PAGES, found.values(), strict=True)
        if abs(both[0] - both[1]) > POINTS
    }
    assert apart == {}
    assert max(ours for ours, _ in found.values()) > 250


# The most that crowded small display lines may differ by: their stems and counters are a cell or
# two of ours. Where 4 points were seen, a third renderer lies between, and ours is the most.
CROWDED = 5.0


# Large pages and long ones are slow to separate so finely, and these hold all that the others do.
@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("principles", POINTS),
        ("why-harm-reduction", POINTS),
        ("contact-card", POINTS),
        ("what-postcard", POINTS),
        ("harm-reduction", CROWDED),
    ],
)
def test_ink_agrees_with_ghostscript_on_the_press_files(
    built: Path, name: str, points: float
) -> None:
    for page, (ours, theirs) in compared(built / f"press/{name}.pdf").items():
        assert abs(ours - theirs) <= points, (page, ours, theirs)


def test_what_needs_no_drawing_is_never_less_than_what_is_drawn(sample: Path) -> None:
    bounded = 0
    with pikepdf.open(sample) as pdf:
        for number, thing in enumerate(pdf.pages, 1):
            page = CheckedPage(number, thing.obj, Library(Budget(), OPERATORS))
            ceiling = bound(page)
            if ceiling is not None:
                bounded += 1
                assert most(page).total <= ceiling + 1
    assert bounded > 10


def test_a_square_that_holds_the_most_ink_is_named() -> None:
    with pikepdf.open(io.BytesIO(saved(press(b"1 1 1 1 k 100 150 60 60 re f " + TEXT)))) as pdf:
        found = most(CheckedPage(1, pdf.pages[0].obj, Library(Budget(), OPERATORS)))
    assert found.total == pytest.approx(400, abs=1)
    assert PageBox(100, 150, 160, 210).holds(found.place, 1)
