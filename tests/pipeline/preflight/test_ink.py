"""Ink is the same whether Ghostscript draws it or we do, and the one stands in for the other."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from hrcpub.pipeline.preflight.checks.total_ink import CELL, InkPeak, ink_peak
from hrcpub.pipeline.preflight.ink import ghostscript
from hrcpub.pipeline.preflight.ink.ceiling import bound
from hrcpub.pipeline.preflight.ink.ghostscript import Separations
from hrcpub.pipeline.preflight.judge import Find, judge
from hrcpub.pipeline.preflight.page.bounded import Budget
from hrcpub.pipeline.preflight.page.checked_page import CheckedPage
from hrcpub.pipeline.preflight.page.interpreter import Library
from hrcpub.pipeline.preflight.page.operators import OPERATORS
from hrcpub.problems import Problem
from hrcpub.project.condition import CONDITIONS, DEFAULT
from hrcpub.units import Rect
from tests.judges import tools
from tests.shared.press_files import SHEETFED, TEXT, composite_font, image, press, saved, with_pages

SECONDS = 60.0
POINTS = 3.0  # percentage points that both may differ by


def tint(first: Iterable[float], last: Iterable[float]) -> Dictionary:
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
    content = b"0 g 0 0 200 200 re f .95 g 20 20 150 150 re f 1 g 60 60 60 60 re f"
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
def sample() -> bytes:
    """Return a file with all of the pages above."""
    return with_pages(PAGES.values(), everything)


def checked(pdf: pikepdf.Pdf) -> list[CheckedPage]:
    library = Library(Budget(), OPERATORS)
    return [CheckedPage(number, page.obj, library) for number, page in enumerate(pdf.pages, 1)]


def separated(
    data: bytes, find: Find = ghostscript.installed, seconds: float = 30.0
) -> Separations:
    return Separations(data, CONDITIONS[DEFAULT], find, seconds)


def compared(data: bytes) -> dict[int, tuple[InkPeak, InkPeak]]:
    """Return what we find on each page, and what Ghostscript does. Raises where it is missing."""
    tools.find("gs")
    found = {}
    with pikepdf.open(io.BytesIO(data)) as pdf, separated(data) as separations:
        for page in checked(pdf):
            page.library.budget.page()  # as `judge` does: each page has its own share of the time
            ours = ink_peak(page)
            assert not ours.unknown
            found[page.number] = ours, ink_peak(page, separations=separations)
            assert separations.drawn == len(found), f"Ghostscript did not draw page {page.number}"
    return found


def separated_at_once(data: bytes, folder: Path) -> list[list[Image.Image]]:
    """Return each page's plates, drawn as finely as preflight asks for, in the same condition.

    They show the TrimBox: no more is looked at, and a third of the sheet lies around it.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.MediaBox = page.CropBox = page.TrimBox
        pdf.save(folder / "file.pdf")
    (folder / "inks.icc").write_bytes(CONDITIONS[DEFAULT].profile)
    inks = folder / "inks.icc"
    profiles = (f"-sDefaultCMYKProfile={inks}", f"-sOutputICCProfile={inks}")
    fine = ("-dDownScaleFactor=4", "-dRenderIntent=1", "-dBlackPtComp=1")
    allowed = ("-dSAFER", "-dMaxSpots=12", f"--permit-file-read={inks}")
    pages = tools.plates(folder / "file.pdf", 288, *profiles, *fine, *allowed)
    return [list(page.values()) for page in pages]


class Drawn(Separations):
    """A page that Ghostscript drew already, with all others of its file."""

    def __init__(self, data: bytes, drawn: list[Image.Image]) -> None:
        super().__init__(data, CONDITIONS[DEFAULT])
        self._drawn = drawn

    def plates(self, page: CheckedPage, view: Rect, cell: float, left: float) -> list[Image.Image]:
        size = round(view.width / cell), round(view.height / cell)
        assert {plate.size for plate in self._drawn} == {size}
        return self._drawn


def compared_at_once(data: bytes, folder: Path) -> list[tuple[InkPeak, InkPeak]]:
    """Return the same of each page as `compared`; Ghostscript draws them in one go."""
    found = []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page, plates in zip(checked(pdf), separated_at_once(data, folder), strict=True):
            page.library.budget.page()
            ours = ink_peak(page)
            assert not ours.unknown
            found.append((ours, ink_peak(page, separations=Drawn(data, plates))))
    return found


@pytest.mark.slow
def test_ink_agrees_with_ghostscript_on_every_kind_of_paint(sample: bytes, tmp_path: Path) -> None:
    found = compared_at_once(sample, tmp_path)
    apart = {
        name: (ours.total, theirs.total)
        for name, (ours, theirs) in zip(PAGES, found, strict=True)
        if abs(ours.total - theirs.total) > POINTS
    }
    assert apart == {}
    assert max(ours.total for ours, _ in found) > 250


def test_each_soft_mask_is_its_own_though_none_has_a_number() -> None:
    """Masks that stand in the page's resources themselves are told apart by what they are."""
    pdf = press(b"", 1)
    states = Dictionary()
    for number in range(12):
        group = form(pdf, b"1 g 0 0 300 400 re f" if number == 0 else b"0 g 0 0 300 400 re f")
        group.Group.CS = Name.DeviceGray
        mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group)
        states[f"/M{number}"] = Dictionary(SMask=mask)
    page = pdf.pages[0].obj
    shown = b"/M0 gs 1 0 0 0 k 20 20 100 100 re f "
    hidden = b" ".join(b"/M%d gs 1 1 1 1 k 20 20 100 100 re f" % n for n in range(1, 12))
    page.Contents = Stream(pdf, shown + hidden)
    page.Resources = Dictionary(ExtGState=states)
    with pikepdf.open(io.BytesIO(saved(pdf))) as again:
        [only] = checked(again)
        assert ink_peak(only).total == pytest.approx(100, abs=1)


@pytest.mark.slow(but=["1-90"])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1, 2])
def test_a_place_is_the_same_however_the_page_lies(turn: int, unit: int) -> None:
    pdf = press(b"1 1 1 1 k 20 250 50 50 re f")
    pdf.pages[0].obj.Rotate, pdf.pages[0].obj.UserUnit = turn, unit
    ((ours, theirs),) = compared(saved(pdf)).values()
    assert theirs.total == pytest.approx(ours.total, abs=1)
    assert Rect(20, 250, 70, 300).outset(0.5).holds(theirs.place, 1)


def test_annotations_are_not_ink(sample: bytes) -> None:
    pdf = press()
    stamp = form(pdf, b"1 1 1 1 k 0 0 200 200 re f")
    pdf.pages[0].obj.Annots = Array(
        [
            Dictionary(
                Subtype=Name.Stamp, Rect=Array([20, 20, 220, 220]), F=4, AP=Dictionary(N=stamp)
            )
        ]
    )
    ((ours, theirs),) = compared(saved(pdf)).values()
    assert theirs.total == pytest.approx(ours.total, abs=1)


def of_ink(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.code.startswith("ink-")]


def with_mesh() -> bytes:
    """Return a file with a triangle of all inks, solid, as a mesh shading."""
    pdf = press(TEXT + b" /S sh")
    corners = ((0, 0), (255, 0), (128, 255))
    mesh = Stream(
        pdf,
        b"".join(bytes([0, x, y, 255, 255, 255, 255]) for x, y in corners),
        ShadingType=4,
        ColorSpace=Name.DeviceCMYK,
        BitsPerCoordinate=8,
        BitsPerComponent=8,
        BitsPerFlag=8,
        Decode=Array([20, 220, 20, 220, 0, 1, 0, 1, 0, 1, 0, 1]),
    )
    pdf.pages[0].obj.Resources.Shading = Dictionary(S=pdf.make_indirect(mesh))
    return saved(pdf)


def test_what_we_cannot_draw_is_told_and_ghostscript_measures_it() -> None:
    tools.find("gs")
    (without,) = of_ink(judge(with_mesh(), SHEETFED, find=ghostscript.none))
    assert without.code == "ink-unknown"
    assert "a mesh gradient" in without.message
    (measured,) = of_ink(judge(with_mesh(), SHEETFED))
    assert measured.code == "ink-total"


FAILING = {
    "it stops": "raise SystemExit(1)",
    "it draws nothing": "",
    "it hangs": "import time, pathlib; time.sleep(20); pathlib.Path('survived').touch()",
    "it draws another page": "from PIL import Image as I; I.new('L', (9, 9)).save('plate(C).tif')",
    "its plate is broken": "open('plate(C).tif', 'w').write('x')",
}


@pytest.mark.parametrize("how", FAILING)
def test_our_own_drawing_has_the_word_where_ghostscript_fails(how: str, tmp_path: Path) -> None:
    program = tmp_path / "gs"
    program.write_text(f"#!{sys.executable}\n{FAILING[how]}\n")
    program.chmod(0o755)
    data = saved(press(PAGES["box"]))

    def find() -> ghostscript.Ghostscript:
        return ghostscript.Ghostscript(str(program), "10.0")

    with pikepdf.open(io.BytesIO(data)) as pdf, separated(data, find, 0.5) as separations:
        (page,) = checked(pdf)
        assert separations.plates(page, page.trim, CELL, SECONDS) is None
        assert ink_peak(page, separations=separations) == ink_peak(page)
        assert not list(separations.folder.glob("[!fi]*"))


def test_a_damaged_page_is_not_measured_by_half() -> None:
    data = saved(press(b"1 1 1 1 k 20 20 90 90 re f /Nothing sh"))
    with pikepdf.open(io.BytesIO(data)) as pdf, separated(data) as separations:
        assert separations.plates(checked(pdf)[0], Rect(0, 0, 9, 9), CELL, SECONDS) is None


def test_nothing_is_asked_where_there_is_no_time_or_the_page_is_too_large() -> None:
    def find() -> ghostscript.Ghostscript:
        raise AssertionError("it was asked")

    data = saved(press())
    with pikepdf.open(io.BytesIO(data)) as pdf, separated(data, find) as separations:
        (page,) = checked(pdf)
        assert separations.plates(page, page.trim, CELL, 0.0) is None
        assert separations.plates(page, page.trim, 3 * CELL, SECONDS) is None


@pytest.mark.parametrize(
    ("said", "is_known"), [("10.00.0", True), ("9.54.0", True), ("9.27", False), ("GPL", False)]
)
def test_an_old_ghostscript_is_left_alone(said: str, is_known: bool, tmp_path: Path) -> None:
    program = tmp_path / "gs"
    program.write_text(f"#!/bin/sh\necho {said}\n")
    program.chmod(0o755)
    found = ghostscript.look(str(tmp_path))
    assert found == (ghostscript.Ghostscript(str(program), said) if is_known else None)


def test_a_machine_may_have_no_ghostscript(tmp_path: Path) -> None:
    assert ghostscript.look(str(tmp_path)) is None


# The most that crowded small display lines may differ by: their stems and counters are a cell or
# two of ours. Where 4 points were seen, a third renderer lies between, and ours is the most.
CROWDED = 5.0


# Large pages and long ones are slow to separate so finely, and these hold all that the others do.
@pytest.mark.slow(but=["contact-card-5.0"])
@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("principles", POINTS),
        ("why-harm-reduction", POINTS),
        ("contact-card", CROWDED),
        ("what-postcard", POINTS),
        ("harm-reduction", CROWDED),
    ],
)
def test_ink_agrees_with_ghostscript_on_the_press_files(
    built: Path, name: str, points: float, tmp_path: Path
) -> None:
    found = compared_at_once((built / f"press/{name}.pdf").read_bytes(), tmp_path)
    assert found
    for ours, theirs in found:
        assert abs(ours.total - theirs.total) <= points, (ours, theirs)


def test_our_own_press_files_are_settled_without_drawing(built: Path) -> None:
    def find() -> ghostscript.Ghostscript:
        raise AssertionError("it was asked")

    files = sorted((built / "press").glob("*.pdf"))
    assert len(files) > 5
    for file in files:
        codes = {p.code for p in judge(file.read_bytes(), SHEETFED, find=find)}
        assert not codes & {"ink-total", "ink-unknown"}


def test_what_needs_no_drawing_is_never_less_than_what_is_drawn(sample: bytes) -> None:
    bounded = 0
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        for page in checked(pdf):
            ceiling = bound(page)
            if ceiling is not None:
                bounded += 1
                assert ink_peak(page).total <= ceiling + 1
    assert bounded > 10


def test_a_square_that_holds_the_most_ink_is_named() -> None:
    with pikepdf.open(io.BytesIO(saved(press(b"1 1 1 1 k 100 150 60 60 re f " + TEXT)))) as pdf:
        (page,) = checked(pdf)
        found = ink_peak(page)
    assert found.total == pytest.approx(400, abs=1)
    assert Rect(100, 150, 160, 210).holds(found.place, 1)
