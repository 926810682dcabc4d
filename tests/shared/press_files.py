"""Press files made by hand: one in which nothing is wrong, and ways to change it."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Collection
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from hrcpub.pipeline.preflight import Expected, limits_of, preflight
from hrcpub.problems import Problem
from hrcpub.project.condition import CONDITIONS, DEFAULT
from tests.shared.project import ROOT

WIDE, HIGH, BLEED = 240.0, 320.0, 9.0
# Compressed here, once: thousands of files have them, and each would compress them again.
FONT = zlib.compress((ROOT / "fonts/league-gothic/LeagueGothic-Regular.ttf").read_bytes())
PROFILE = zlib.compress(CONDITIONS[DEFAULT].profile)
TEXT = b"BT /F1 12 Tf 40 40 Td (A) Tj ET"
SHEETFED = Expected(limits=limits_of("sheetfed"), ours=False)
XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><pdfaid:part>2</pdfaid:part>
<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""
Change = Callable[[pikepdf.Pdf], None]


def font(pdf: pikepdf.Pdf, name: str = "/ABCDEF+HRC-Gothic") -> pikepdf.Object:
    """Return a simple font with one letter, A."""
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name(name),
        Flags=32,
        FontBBox=Array([0, 0, 1000, 1000]),
        ItalicAngle=0,
        Ascent=800,
        Descent=-200,
        CapHeight=700,
        StemV=80,
        FontFile2=pdf.make_indirect(Stream(pdf, FONT, Filter=Name.FlateDecode)),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.TrueType,
            BaseFont=Name(name),
            Encoding=Name.WinAnsiEncoding,
            FirstChar=65,
            LastChar=65,
            Widths=Array([400]),
            FontDescriptor=pdf.make_indirect(descriptor),
        )
    )


def composite_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    """Return a composite font whose codes are its glyphs."""
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/ABCDEF+HRC-Gothic"),
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        DW=400,
        FontDescriptor=font(pdf).FontDescriptor,
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/ABCDEF+HRC-Gothic"),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]),
        )
    )


def around(by: float) -> Array:
    return Array([-by, -by, WIDE + by, HIGH + by])


def press(content: bytes = TEXT, pages: int = 1) -> pikepdf.Pdf:
    """Return a press file in which nothing is wrong, its trim's corner at the origin."""
    pdf = pikepdf.new()
    f1 = font(pdf)
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(100, 100)).obj
        page.MediaBox = page.CropBox = around(36)
        page.BleedBox, page.TrimBox = around(BLEED), around(0)
        page.Resources = Dictionary(Font=Dictionary(F1=f1))
        page.Contents = Stream(pdf, content)
    profile = pdf.make_indirect(Stream(pdf, PROFILE, N=4, Filter=Name.FlateDecode))
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFX,
                OutputConditionIdentifier=String("CGATS TR 006"),
                RegistryName=String("http://www.color.org"),
                DestOutputProfile=profile,
            )
        ]
    )
    pdf.Root.Metadata = pdf.make_indirect(Stream(pdf, XMP, Type=Name.Metadata, Subtype=Name.XML))
    pdf.docinfo["/Title"] = "A card"
    pdf.docinfo["/ModDate"] = "D:20260101000000Z"
    pdf.docinfo["/Trapped"] = Name("/False")
    return pdf


def saved(pdf: pikepdf.Pdf, **how: Any) -> bytes:
    file = io.BytesIO()
    pdf.save(file, static_id=True, **how)
    return file.getvalue()


def drawn(content: bytes, **resources: Any) -> bytes:
    """Return a press file whose page draws something, with more resources."""
    pdf = press(content)
    for key, value in resources.items():
        pdf.pages[0].obj.Resources[f"/{key}"] = value
    return saved(pdf)


def with_pages(
    contents: Collection[bytes], resources: Callable[[pikepdf.Pdf], Dictionary]
) -> bytes:
    """Return a press file with a page for each content; all of them share their resources."""
    pdf = press(b"", len(contents))
    shared = pdf.make_indirect(resources(pdf))
    for page, content in zip(pdf.pages, contents, strict=True):
        page.obj.Contents, page.obj.Resources = Stream(pdf, content), shared
    return saved(pdf)


def changed(*changes: Change, content: bytes = TEXT, pages: int = 1) -> bytes:
    """Return a press file to which something was done."""
    pdf = press(content, pages)
    for change in changes:
        change(pdf)
    return saved(pdf)


def found(data: bytes, expected: Expected = SHEETFED) -> list[Problem]:
    return preflight(data, expected)


def codes(data: bytes, expected: Expected = SHEETFED) -> set[str]:
    return {problem.code for problem in found(data, expected)}


def image(pdf: pikepdf.Pdf, width: int, height: int, **fields: Any) -> pikepdf.Object:
    """Return a grey picture of so many pixels."""
    known: dict[str, Any] = {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8, **fields}
    data = known.pop("data", None) or b"\x80" * (width * height)
    return pdf.make_indirect(
        Stream(
            pdf, data, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, **known
        )
    )


def with_image(content: bytes, width: int, height: int, **fields: Any) -> bytes:
    pdf = press(content)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im=image(pdf, width, height, **fields))
    return saved(pdf)
