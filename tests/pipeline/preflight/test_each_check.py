"""Each check has a file that it finds fault with, and one like it that it lets pass."""

from __future__ import annotations

import importlib
import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

from hrcpub.pipeline.preflight import Expected, limits_of
from hrcpub.problems import Severity
from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout.mail import Mail, MailZone
from hrcpub.units import Rect, Size
from tests.shared.press_files import (
    BLEED,
    HIGH,
    SHEETFED,
    TEXT,
    WIDE,
    Change,
    around,
    changed,
    codes,
    composite_font,
    drawn,
    font,
    found,
    image,
    press,
    saved,
    with_image,
)

BARE = b"0 0 0 0 k -9 -9 258 338 re f 0 0 0 1 k "
POSTAGE = b"BT /F1 7 Tf 220 290 Td (A) Tj ET"
POSTED = SHEETFED._replace(
    mail=Mail(
        1,
        (
            MailZone("stamp", Rect(159, 230, 240, 320), small=7),
            MailZone("address", Rect(140, 45, 204, 198)),
            MailZone("barcode", Rect(100, 0, 240, 40)),
        ),
    )
)
GROUND = b"0 .5 .5 0 k -9 -9 258 338 re f "
E, W = Severity.ERROR, Severity.WARNING


def with_wavelets(mode: str) -> bytes:
    """Return a file with a picture in JPEG 2000 that says itself what its colours are."""
    file = io.BytesIO()
    Image.new(mode, (64, 64)).save(file, "JPEG2000")
    pdf = press(b"9 0 0 9 40 40 cm /Im Do")
    made = image(pdf, 64, 64, Filter=Name.JPXDecode, data=file.getvalue())
    del made.ColorSpace
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=made)
    return saved(pdf)


def frame(size: float, beside: float, above: float, paint: bytes = b"f* Q ") -> bytes:
    """Return a frame from (40, 40) on, of which the left and the lower side are so thick."""
    inner = (40 + beside, 40 + above, size - beside, size - above)
    return b"40 40 %g %g re %g %g %g %g re " % (size, size, *inner) + paint


def round_box(near: float) -> bytes:
    """Return a box with round corners, of which all sides are so far from (90, 90)."""
    far = 180 - near
    curves = (
        f"{near} {near} {near} {near} 60 {near} c 120 {near} l "
        f"{far} {near} {far} {near} {far} 60 c {far} 120 l "
        f"{far} {far} {far} {far} 120 {far} c 60 {far} l "
        f"{near} {far} {near} {far} {near} 120 c h "
    )
    return f"{near} 60 m {curves}".encode()


def at(expected: Expected, **limits: Any) -> Expected:
    return expected._replace(limits=replace(expected.limits, **limits))


def page(**fields: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in fields.items():
            pdf.pages[0].obj[f"/{key}"] = value

    return change


def root(**fields: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in fields.items():
            pdf.Root[f"/{key}"] = value

    return change


def without(key: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[0].obj[f"/{key}"]

    return change


def extra_font(name: str, **fields: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.Font[name] = pdf.make_indirect(
            Dictionary(Type=Name.Font, **fields)
        )

    return change


def embedded(name: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Resources.Font.F2 = font(pdf, name)

    return change


def intent(**fields: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in fields.items():
            pdf.Root.OutputIntents[0][f"/{key}"] = value

    return change


def rgb_intent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents[0].DestOutputProfile.N = 3


def second_intent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])


def archive_intent(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OutputIntents.append(
        Dictionary(S=Name.GTS_PDFA1, DestOutputProfile=pdf.Root.OutputIntents[0].DestOutputProfile)
    )


def xmp(old: bytes, new: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(old, new))

    return change


def annotation(kind: str, *rect: float) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        one = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array(rect))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(one)])

    return change


def layer(is_off: bool) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        one = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Die line")))
        default = Dictionary(OFF=Array([one])) if is_off else Dictionary()
        pdf.Root.OCProperties = Dictionary(OCGs=Array([one]), D=default)

    return change


def layer_in_print(state: str, event: str = "/Print") -> Change:
    """A layer that is shown on the screen, and switched when the file is printed."""

    def change(pdf: pikepdf.Pdf) -> None:
        usage = Dictionary(Print=Dictionary(PrintState=Name(state)))
        one = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Proof"), Usage=usage))
        rule = Dictionary(Event=Name(event), OCGs=Array([one]), Category=Array([Name.Print]))
        default = Dictionary(ON=Array([one]), AS=Array([rule]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([one]), D=default)

    return change


def state(**fields: Any) -> Dictionary:
    return Dictionary(G1=Dictionary(**fields))


def separation(name: str, alternate: str = "/DeviceCMYK", inks: int = 4) -> Dictionary:
    tint = Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * inks), C1=Array([1] * inks), N=1
    )
    space = Array([Name.Separation, Name(f"/{name}"), Name(alternate), tint])
    return Dictionary(C1=space)


def gradient(outputs: int) -> Dictionary:
    tint = Dictionary(
        FunctionType=2,
        Domain=Array([0, 1]),
        C0=Array([0] * outputs),
        C1=Array([0.2] * outputs),
        N=1,
    )
    return Dictionary(
        S1=Dictionary(
            ShadingType=2,
            ColorSpace=Name.DeviceCMYK,
            Coords=Array([0, 0, 200, 0]),
            Function=tint,
            Extend=Array([True, True]),
        )
    )


def jpeg(quality: int) -> bytes:
    picture = Image.effect_noise((600, 600), 40)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    pdf = press(b"q 144 0 0 144 40 40 cm /Im Do Q")
    one = image(pdf, 600, 600, data=file.getvalue(), Filter=Name.DCTDecode)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=one)
    return saved(pdf)


def grouped(space: str) -> bytes:
    return changed(
        page(Group=Dictionary(S=Name.Transparency, CS=Name(space))),
    )


def encrypted() -> bytes:
    return saved(press(), encryption=pikepdf.Encryption(owner="secret", user=""))


def glyph(code: bytes, said: bytes | None = None, around: bytes = b"%b") -> bytes:
    """Return a file with one glyph; `said` is its text in ToUnicode, None: there is none."""
    pdf = press(around % (b"BT /F2 12 Tf 40 40 Td <" + code + b"> Tj ET"))
    pdf.pages[0].obj.Resources.Font.F2 = composite_font(pdf)
    if said is not None:
        table = b"1 beginbfchar <%b> <%b> endbfchar" % (code, said)
        pdf.pages[0].obj.Resources.Font.F2.ToUnicode = Stream(pdf, table)
    return saved(pdf)


def transparent(version: str) -> bytes:
    pdf = press(b"/G1 gs 0 0 0 .5 k 40 40 50 50 re f")
    pdf.pages[0].obj.Resources.ExtGState = state(ca=0.5)
    pdf.docinfo["/GTS_PDFXVersion"] = version
    return saved(pdf)


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["words.txt"] = b"hello"


def shown(words: bytes) -> bytes:
    return b"BT " + words + b" ET"


PLAIN = changed()
PICTURED = extra_font(
    "/F2",
    Subtype=Name.Type3,
    FontBBox=Array([0, 0, 1, 1]),
    FontMatrix=Array([1, 0, 0, 1, 0, 0]),
    CharProcs=Dictionary(),
    Encoding=Dictionary(Differences=Array([])),
    FirstChar=0,
    LastChar=0,
    Widths=Array([1]),
)
DIGITAL = Expected(limits=limits_of("digital"), ours=False)
LARGE = Expected(limits=limits_of("large-format"), ours=False)
NEWS = Expected(limits=limits_of("newspaper"), ours=False)
OURS = Expected(limits=limits_of("sheetfed"))
AT_THE_OFFICE = Expected(EDITIONS["office"])
CARD = SHEETFED._replace(size=Size(WIDE, HIGH))
SMALL = shown(b"/F1 7 Tf 40 40 Td (A) Tj")
SOLID = b"1 1 1 1 k "

# code, severity, what fails, what passes, and what both are held to
TABLE = [
    ("box-trim", E, changed(without("TrimBox")), PLAIN, SHEETFED),
    ("box-trim", E, changed(page(ArtBox=around(0))), PLAIN, SHEETFED),
    (
        "box-trim",
        E,
        changed(page(TrimBox=around(10))),
        changed(page(TrimBox=around(0.4))),
        SHEETFED,
    ),
    ("box-crop", E, changed(page(CropBox=around(0))), changed(without("CropBox")), SHEETFED),
    ("box-unit", E, changed(page(UserUnit=2)), changed(page(UserUnit=1)), SHEETFED),
    ("box-unit", W, changed(page(UserUnit=2)), changed(page(UserUnit=1)), LARGE),
    ("box-rotated", W, changed(page(Rotate=90)), changed(page(Rotate=360)), SHEETFED),
    (
        "box-sizes",
        W,
        changed(page(TrimBox=Array([0, 0, 200, 320])), pages=2),
        changed(pages=2),
        SHEETFED,
    ),
    (
        "pdf-boxes",
        E,
        PLAIN,
        changed(page(TrimBox=Array([0, 0, 240.4, 320]))),
        SHEETFED._replace(size=Size(241.2, 320)),
    ),
    (
        "bleed-box",
        W,  # there is text alone
        changed(page(BleedBox=around(8))),
        changed(page(BleedBox=around(8.5))),
        SHEETFED,
    ),
    (
        "bleed-box",
        E,
        changed(page(BleedBox=around(8)), content=b"0 0 0 .5 k -9 -9 109 109 re f"),
        changed(page(BleedBox=around(8.5)), content=b"0 0 0 .5 k -9 -9 109 109 re f"),
        SHEETFED,
    ),
    (
        "bleed-art",
        E,
        drawn(b"0 0 0 .5 k 0 0 100 100 re f"),
        drawn(b"0 0 0 .5 k -9 -9 109 109 re f"),
        SHEETFED,
    ),
    (
        "bleed-art",
        E,
        drawn(b"0 0 0 .5 k q -3 -3 500 500 re W n -9 -9 300 400 re f Q"),
        drawn(b"0 0 0 0 k 0 0 100 100 re f"),
        SHEETFED,
    ),
    (
        "safe-area",
        W,
        drawn(b"BT /F1 12 Tf 4 40 Td (A) Tj ET"),
        drawn(b"BT /F1 12 Tf 9 40 Td (A) Tj ET"),
        SHEETFED,
    ),
    (
        "text-trimmed",
        E,
        drawn(b"BT /F1 12 Tf -2 40 Td (A) Tj ET"),
        drawn(b"BT /F1 12 Tf -20 40 Td (A) Tj ET"),
        SHEETFED,
    ),
    (
        "text-folded",
        W,
        drawn(b"BT /F1 12 Tf 119 40 Td (A) Tj ET"),
        drawn(b"BT /F1 12 Tf 130 40 Td (A) Tj ET"),
        SHEETFED._replace(folds=(120.0,)),
    ),
    (
        "box-sheet",
        E,
        PLAIN,
        changed(page(TrimBox=Array([0, 0, 100, 100]))),
        SHEETFED._replace(sheets=(Size(200, 200),)),
    ),
    ("pdf-pages", E, changed(pages=6), changed(pages=8), SHEETFED._replace(binding="saddle")),
    ("page-blank", W, drawn(b"0 0 0 0 k 20 20 50 50 re f"), PLAIN, SHEETFED),
    (
        "image-resolution",
        E,
        with_image(b"q 144 0 0 144 40 40 cm /Im Do Q", 290, 290),
        with_image(b"q 144 0 0 144 40 40 cm /Im Do Q", 450, 450),
        SHEETFED,
    ),
    (
        "image-resolution",
        E,
        with_image(b"q 144 0 0 40 40 40 cm /Im Do Q", 40, 13),
        with_image(b"q 144 0 0 40 40 40 cm /Im Do Q", 16, 13),  # a colour, not a picture
        SHEETFED,
    ),
    (
        "image-resolution",
        W,
        with_image(b"q 0 144 -144 0 190 40 cm /Im Do Q", 440, 440),
        with_image(b"q 0 144 -144 0 190 40 cm /Im Do Q", 450, 450),
        SHEETFED,
    ),
    (
        "image-resolution",
        E,
        with_image(b"q 144 0 0 144 40 40 cm /Im Do Q", 180, 180),
        with_image(b"q 144 0 0 144 40 40 cm /Im Do Q", 310, 310),
        DIGITAL,
    ),
    (
        "image-resolution",
        W,  # a poor picture in an office's print is better than no print
        with_image(b"q 144 0 0 144 40 40 cm /Im Do Q", 42, 42),
        with_image(b"q 144 0 0 144 40 40 cm /Im Do Q", 300, 300),
        AT_THE_OFFICE,
    ),
    (
        "image-bitmap",
        W,
        with_image(b"q 72 0 0 72 40 40 cm /Im Do Q", 200, 200, BitsPerComponent=1),
        with_image(b"q 48 0 0 48 40 40 cm /Im Do Q", 200, 200, BitsPerComponent=1),
        AT_THE_OFFICE,
    ),
    (
        "image-bitmap",
        W,
        with_image(
            b"q 144 0 0 144 40 40 cm /Im Do Q",
            1400,
            1400,
            BitsPerComponent=1,
            ImageMask=True,
            data=b"\x55" * 175 * 1400,
        ),
        with_image(
            b"q 144 0 0 144 40 40 cm /Im Do Q",
            1600,
            1600,
            BitsPerComponent=1,
            ImageMask=True,
            data=b"\x55" * 200 * 1600,
        ),
        SHEETFED,
    ),
    ("image-jpeg", W, jpeg(30), jpeg(85), SHEETFED),
    (
        "ink-total",
        W,
        drawn(b"1 1 1 .5 k 20 20 100 100 re f"),
        drawn(b"1 1 1 .5 k 20 20 20 20 re f"),
        SHEETFED,
    ),
    (
        "ink-total",
        W,
        drawn(b"1 1 .5 0 k 20 20 100 100 re f"),
        drawn(b"1 1 .4 0 k 20 20 100 100 re f"),
        NEWS,
    ),
    (
        "colour-rgb",
        E,
        drawn(b"1 0 0 rg 40 40 50 50 re f"),
        drawn(b"0 1 1 0 k 40 40 50 50 re f"),
        SHEETFED,
    ),
    (
        "colour-rgb",
        E,
        drawn(b"/DeviceRGB cs 1 0 0 sc 40 40 50 50 re f"),
        drawn(b"/DeviceCMYK cs 0 1 1 0 sc 40 40 50 50 re f"),
        SHEETFED,
    ),
    (
        "colour-rgb",
        E,
        with_wavelets("RGB"),
        with_wavelets("L"),
        SHEETFED,
    ),
    (
        "colour-rgb",
        W,
        drawn(b"1 0 0 rg 40 40 50 50 re f"),
        drawn(b"0 1 1 0 k 40 40 50 50 re f"),
        DIGITAL,
    ),
    (
        "colour-managed",
        E,
        drawn(
            b"/C1 cs 50 0 0 sc 40 40 50 50 re f",
            ColorSpace=Dictionary(
                C1=Array([Name.Lab, Dictionary(WhitePoint=Array([0.96, 1, 0.82]))])
            ),
        ),
        drawn(b"0.5 g 40 40 50 50 re f"),
        SHEETFED,
    ),
    (
        "colour-broken",
        E,
        drawn(
            b"/C1 cs 1 sc 40 40 50 50 re f",
            ColorSpace=Dictionary(
                C1=Array([Name.Separation, Name.Cyan, Name.DeviceCMYK, Dictionary(FunctionType=9)])
            ),
        ),
        drawn(b"/C1 cs 1 sc 40 40 50 50 re f", ColorSpace=separation("Cyan")),
        SHEETFED,
    ),
    (
        "colour-spot",
        E,
        drawn(b"/C1 cs 1 scn 40 40 50 50 re f", ColorSpace=separation("PANTONE 185")),
        drawn(b"/C1 cs 1 scn 40 40 50 50 re f", ColorSpace=separation("Magenta")),
        SHEETFED,
    ),
    (
        "colour-spot",
        W,
        drawn(b"/C1 cs 1 scn 40 40 50 50 re f", ColorSpace=separation("PANTONE 185")),
        drawn(b"/C1 cs 1 scn 40 40 50 50 re f", ColorSpace=separation("Magenta")),
        DIGITAL,
    ),
    (
        "colour-registration",
        W,
        drawn(b"/C1 cs 1 scn 40 40 5 5 re f", ColorSpace=separation("All")),
        drawn(TEXT + b"/C1 cs 1 scn -30 40 5 5 re f", ColorSpace=separation("All")),
        SHEETFED,
    ),
    (
        "overprint-white",
        E,
        drawn(GROUND + b"/G1 gs 0 0 0 0 k " + TEXT, ExtGState=state(op=True, OP=True, OPM=1)),
        drawn(GROUND + b"0 0 0 0 k " + TEXT, ExtGState=state(op=True)),
        SHEETFED,
    ),
    (
        "overprint-white",
        W,
        drawn(
            GROUND + b"/G1 gs 0 0 0 0 k 40 40 50 50 re f 0 0 0 1 k " + TEXT,
            ExtGState=state(OP=True, op=True),
        ),
        # on bare paper there is nothing to vanish into
        drawn(
            b"/G1 gs 0 0 0 0 k 40 40 50 50 re f 0 0 0 1 k " + TEXT,
            ExtGState=state(OP=True, op=True),
        ),
        SHEETFED,
    ),
    (
        "overprint-black",
        W,
        drawn(GROUND + b"0 0 0 1 k " + SMALL),
        drawn(GROUND + b"/G1 gs 0 0 0 1 k " + SMALL, ExtGState=state(op=True, OPM=1)),
        SHEETFED,
    ),
    (
        "overprint-black",
        W,
        drawn(GROUND + b"/G1 gs 0 g " + SMALL, ExtGState=state(op=True, OPM=1)),
        drawn(b"0 0 0 1 k " + SMALL),
        SHEETFED,
    ),
    ("blend-space", E, grouped("/DeviceRGB"), grouped("/DeviceCMYK"), SHEETFED),
    ("transparency-used", E, transparent("PDF/X-3:2003"), transparent("PDF/X-4"), SHEETFED),
    (
        "shading-function",
        E,
        drawn(b"q 20 20 50 50 re W n /S1 sh Q", Shading=gradient(3)),
        drawn(b"q 20 20 50 50 re W n /S1 sh Q", Shading=gradient(4)),
        SHEETFED,
    ),
    (
        "text-rich-black",
        W,
        drawn(b"1 .6 .6 .9 k " + TEXT),
        drawn(b".3 .3 .3 .9 k " + TEXT),
        SHEETFED,
    ),
    ("text-inks", W, drawn(b"0 1 1 0 k " + SMALL), drawn(b"0 1 1 0 k " + TEXT), SHEETFED),
    (
        "text-reversed",
        W,
        drawn(GROUND + b"0 0 0 0 k " + SMALL),
        drawn(GROUND + b"0 0 0 0 k " + TEXT),
        SHEETFED,
    ),
    (
        "line-thin",
        W,
        drawn(b"0 1 1 0 K .2 w 40 40 m 90 40 l S"),
        drawn(b"0 0 0 1 K .2 w 40 40 m 90 40 l S"),
        SHEETFED,
    ),
    (
        "line-thin",
        W,
        drawn(b"0 0 0 1 k 40 40 50 .05 re f"),
        drawn(b"0 0 0 1 k 40 40 50 .2 re f"),
        SHEETFED,
    ),
    (
        "line-thin",  # a side of a border, as CSS draws it: a frame that is clipped
        W,
        drawn(b"0 0 0 1 k q 40 40 m 90 40 l 90 40.05 l 40 40.05 l W* n " + frame(90, 0, 0.05)),
        drawn(b"0 0 0 1 k q 40 40 m 90 40 l 90 40.2 l 40 40.2 l W* n " + frame(90, 0, 0.2)),
        SHEETFED,
    ),
    (
        "line-thin",
        W,
        drawn(b"0 0 0 1 k " + frame(90, 0.05, 0.05)),
        drawn(b"0 0 0 1 k " + frame(90, 0.2, 0.2)),
        SHEETFED,
    ),
    (
        "line-thin",  # a double frame
        W,
        drawn(b"0 0 0 1 k " + frame(90, 0.05, 0.05, paint=b"") + frame(80, 1, 1)),
        drawn(b"0 0 0 1 k " + frame(90, 0.2, 0.2, paint=b"") + frame(80, 1, 1)),
        SHEETFED,
    ),
    (
        "line-thin",  # round corners
        W,
        drawn(b"0 0 0 1 k " + round_box(40) + round_box(40.05) + b"f*"),
        drawn(b"0 0 0 1 k " + round_box(40) + round_box(40.2) + b"f*"),
        SHEETFED,
    ),
    (
        "line-thin",  # only the thick side of a frame is left by the clip
        W,
        drawn(b"0 0 0 1 k q 30 30 99 99 re W n " + frame(90, 5, 0.05)),
        drawn(b"0 0 0 1 k q 30 30 15 99 re W n " + frame(90, 5, 0.05)),
        SHEETFED,
    ),
    (
        "line-thin",  # what a clip with the same edge leaves by rounding
        W,
        drawn(b"0 0 0 1 k q 40 40 50 .05 re W n 40 40 50 50 re f Q"),
        drawn(b"0 0 0 1 k q 40 40 50 .00002 re W n 40 40 50 50 re f Q"),
        SHEETFED,
    ),
    (
        "line-thin",
        W,
        drawn(b"q .1 0 0 .1 0 0 cm 0 w 400 400 m 900 400 l S Q"),
        drawn(b"q .1 0 0 .1 0 0 cm 2.5 w 400 400 m 900 400 l S Q"),
        SHEETFED,
    ),
    ("font-notdef", E, glyph(b"0000"), glyph(b"0001"), SHEETFED),
    ("font-without-text", W, glyph(b"0001"), glyph(b"0001", b"0041"), SHEETFED),
    (
        "font-without-text",
        W,
        glyph(b"0001", b""),
        glyph(b"0001", b"", b"/Span <</ActualText (A)>> BDC %b EMC"),
        SHEETFED,
    ),
    (
        "text-layer",
        E,
        glyph(b"0001", b"0042"),
        glyph(b"0001", b"0041"),
        SHEETFED._replace(said=("A",)),
    ),
    (
        "font-doubtful",
        W,
        changed(PICTURED, content=b"BT /F2 9 Tf 40 40 Td <00> Tj ET"),
        changed(PICTURED, content=b"BT /F2 9 Tf 40 40 Td [100 ()] TJ ET"),  # nothing is drawn
        SHEETFED,
    ),
    (
        "font-doubtful",
        W,
        changed(embedded("/ABCDEF+Courier"), content=b"BT /F2 9 Tf 40 40 Td (A) Tj ET"),
        changed(embedded("/ABCDEF+Courier-Prime"), content=b"BT /F2 9 Tf 40 40 Td (A) Tj ET"),
        SHEETFED,
    ),
    (
        "pdf-font",
        E,
        changed(
            extra_font("/F2", Subtype=Name.Type1, BaseFont=Name.Helvetica),
            content=b"BT /F2 9 Tf 40 40 Td (A) Tj ET",
        ),
        PLAIN,
        SHEETFED,
    ),
    (
        "pdf-font",  # it is named, and draws nothing
        E,
        changed(
            extra_font("/F2", Subtype=Name.Type1, BaseFont=Name.Helvetica),
            content=b"BT /F2 9 Tf 40 40 Td 1 Tr (A) Tj ET",
        ),
        changed(extra_font("/F2", Subtype=Name.Type1, BaseFont=Name.Helvetica)),
        SHEETFED,
    ),
    (
        "pdf-font",  # what is invisible may be in any font
        E,
        changed(
            extra_font("/F2", Subtype=Name.Type1, BaseFont=Name.Helvetica),
            content=b"BT /F2 9 Tf 40 40 Td 0 Tr (A) Tj 3 Tr (A) Tj ET",
        ),
        changed(
            extra_font("/F2", Subtype=Name.Type1, BaseFont=Name.Helvetica),
            content=b"BT /F2 9 Tf 40 40 Td 3 Tr (A) Tj ET",
        ),
        SHEETFED,
    ),
    ("pdf-encrypted", E, encrypted(), PLAIN, SHEETFED),
    ("output-intent", E, changed(second_intent), changed(archive_intent), SHEETFED),
    ("output-intent", E, changed(rgb_intent), PLAIN, SHEETFED),
    ("output-intent", E, changed(intent(OutputConditionIdentifier=String(""))), PLAIN, SHEETFED),
    ("pdfx-identity", E, changed(xmp(b"pdfxid:GTS", b"pdfxid:not")), PLAIN, SHEETFED),
    ("pdfx-identity", W, changed(xmp(b"PDF/X-4", b"PDF/X-6")), PLAIN, SHEETFED),
    ("pdfa-identity", E, changed(xmp(b"pdfaid:part", b"pdfaid:none")), PLAIN, OURS),
    (
        "pdf-form",
        E,
        changed(root(AcroForm=Dictionary(Fields=Array([Dictionary(T=String("name"))])))),
        changed(root(AcroForm=Dictionary(Fields=Array([])))),
        SHEETFED,
    ),
    (
        "pdf-script",
        E,
        changed(root(OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.beep()")))),
        changed(root(OpenAction=Dictionary(S=Name.GoTo))),
        SHEETFED,
    ),
    ("pdf-attachment", W, changed(attached), PLAIN, SHEETFED),
    ("pdf-layer", W, changed(layer(True)), changed(layer(False)), SHEETFED),
    (
        "pdf-layer",
        W,
        changed(layer_in_print("/OFF")),
        changed(layer_in_print("/ON")),
        SHEETFED,
    ),
    (
        "pdf-layer",
        W,
        changed(layer_in_print("/OFF")),
        changed(layer_in_print("/OFF", "/Export")),
        SHEETFED,
    ),
    (
        "pdf-annotation",
        E,
        changed(annotation("Link", 10, 10, 20, 20)),
        changed(annotation("PrinterMark", 10, 10, 20, 20)),
        SHEETFED,
    ),
    (
        "pdf-annotation",
        E,
        changed(annotation("Link", 10, 10, 20, 20)),
        changed(annotation("Link", -30, 10, -20, 20)),
        SHEETFED,
    ),
    # A white box takes away what is under it, and words may stand where a stamp covers them.
    ("mail-zone", E, drawn(GROUND + TEXT), drawn(GROUND + BARE + TEXT), POSTED),
    ("mail-zone", E, drawn(BARE + b"BT /F1 12 Tf 160 150 Td (A) Tj ET"), PLAIN, POSTED),
    ("mail-zone", E, drawn(b"BT /F1 12 Tf 220 290 Td (A) Tj ET"), drawn(POSTAGE), POSTED),
    ("mail-zone", E, drawn(b"1 w 90 20 m 240 20 l S"), drawn(b"1 w 9 20 m 90 20 l S"), POSTED),
    ("pdf-resource", E, drawn(b"/Im Do " + TEXT), PLAIN, SHEETFED),
    ("pdf-syntax", E, drawn(b"BT /F1 12 Tf 40 40 Td (A Tj ET"), PLAIN, SHEETFED),
]


@pytest.mark.parametrize(
    ("code", "severity", "wrong", "right", "expected"),
    TABLE,
    ids=[f"{number}-{row[0]}" for number, row in enumerate(TABLE)],
)
def test_the_wrong_file_is_found_and_the_right_one_passes(
    code: str, severity: Severity, wrong: bytes, right: bytes, expected: Expected
) -> None:
    problems = [problem for problem in found(wrong, expected) if problem.code == code]
    assert problems, found(wrong, expected)
    assert {problem.severity for problem in problems} == {severity}
    assert code not in codes(right, expected)


def test_fields_that_would_print_blank_are_counted() -> None:
    seen = Dictionary(N=Dictionary())
    made = Array(
        [
            Dictionary(T=String("first"), V=String("Anna")),
            Dictionary(T=String("second"), V=String("Ben"), AP=seen),
            Dictionary(T=String("third"), V=String("")),
            Dictionary(T=String("fourth")),
            Dictionary(Kids=Array([Dictionary(Parent=Dictionary(V=String("Cleo")))])),
        ]
    )
    problems = found(changed(root(AcroForm=Dictionary(Fields=made))))
    (problem,) = [problem for problem in problems if problem.code == "pdf-form"]
    assert "; 2 with a value but no appearance" in problem.message


def test_one_layer_is_told_of_as_one() -> None:
    (said,) = [one.message for one in found(changed(layer(True))) if one.code == "pdf-layer"]
    assert said == "1 of the file's layers is switched off"


def test_a_right_file_has_no_findings_at_all() -> None:
    assert found(PLAIN) == []
    assert found(PLAIN, CARD) == []
    assert found(PLAIN, OURS._replace(size=Size(WIDE, HIGH), bleed=BLEED)) == []


def test_every_check_was_tried() -> None:
    rooms = (
        "document",
        "forms",
        "remarks",
        "pdfx_identity",
        "geometry",
        "mail",
        "colours",
        "overprint",
        "pictures",
        "texts",
        "total_ink",
    )
    known = {
        code
        for room in rooms
        for code in importlib.import_module(f"hrcpub.pipeline.preflight.checks.{room}").CODES
    }
    assert len(known) > 35
    elsewhere = {"pdf-tags", "ink-unknown"}  # test_checks.py and test_ink.py try them
    assert known - {row[0] for row in TABLE} == elsewhere


def test_a_place_is_in_millimetres_from_the_trims_upper_left_corner() -> None:
    inch = 72.0
    data = drawn(b"1 0 0 rg 72 176 36 72 re f")
    (problem,) = found(data)
    assert problem.source is not None
    assert problem.source.page == 1
    assert problem.source.box == (25.4, 25.4, 38.1, 50.8)
    assert inch == HIGH - 176 - 72
    assert str(problem.source) == "page 1 at 25.4, 25.4 mm"


def test_what_no_shop_sees_is_not_held_to_a_shops_demands() -> None:
    screen = Expected(EDITIONS["office"])
    assert found(drawn(b"1 0 0 rg 0 0 72 72 re f"), screen) == []


def test_many_findings_of_a_kind_are_told_as_few() -> None:
    content = b"0 1 1 0 K .1 w " + b" ".join(b"40 %d m 90 %d l S" % (y, y) for y in range(40, 240))
    lines = [p for p in found(drawn(content)) if p.code == "line-thin"]
    assert len(lines) == 6
    assert "194 more on this page" in lines[-1].message
