"""Font dictionaries, small ones: how codes become glyphs, widths and words."""

from __future__ import annotations

import struct
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from hrcpub.pipeline.preflight.page.bounded import Budget
from hrcpub.pipeline.preflight.page.fonts import PdfFont, programs
from hrcpub.pipeline.preflight.page.letters import FontLetters, KeyedSource, keyed_letters
from tests.pipeline.preflight.test_font_programs import cff, long
from tests.shared.press_files import composite_font, font
from tests.shared.streams import helvetica

ONE, TWO = b"<00> <ff>", b"<0000> <ffff>"


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    """Return a file that fonts can be of."""
    return pikepdf.new()


def composite(pdf: pikepdf.Pdf, cmap: bytes, **fields: Any) -> PdfFont:
    """Return a composite font by a CMap of its own."""
    made = composite_font(pdf)
    made.Encoding = pdf.make_indirect(Stream(pdf, cmap, **fields))
    return PdfFont(made, Budget())


def cmap(spaces: bytes, cids: bytes = b"") -> bytes:
    return (
        b"begincodespacerange " + spaces + b" endcodespacerange "
        b"begincidchar " + cids + b" endcidchar"
    )


@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (cmap(ONE), (0, 36, 0, 37)),
        (cmap(TWO), (36, 37)),
        (cmap(ONE, b"<24> 5 <25> 6"), (0, 5, 0, 6)),
        (cmap(TWO, b"<0024> 5"), (5, 0)),
        (cmap(ONE + TWO, b"<00> 9 <2400> 7 <25> 8"), (9, 7, 8)),
        (cmap(b"<000000> <ffffff>", b"<002400> 7 <25> 8"), (9, 7, 8)[1:]),
        (b"", (36, 37)),
    ],
)
def test_a_string_is_cut_into_codes_as_its_cmap_says(
    pdf: pikepdf.Pdf, made: bytes, codes: tuple[int, ...]
) -> None:
    assert composite(pdf, made).codes(b"\x00\x24\x00\x25") == codes


def test_codes_of_a_cmap_that_cannot_be_read_have_two_bytes(pdf: pikepdf.Pdf) -> None:
    made = composite(pdf, b"no flate", Filter=Name.FlateDecode)
    assert made.codes(b"\x00\x24\x00\x25") == (36, 37)


def simple(pdf: pikepdf.Pdf, encoding: object, *, flags: int = 32, **program: Any) -> PdfFont:
    """Return a simple font, by our TrueType program if by no other."""
    made = font(pdf)
    made.FontDescriptor.Flags = flags
    if encoding is None:
        del made.Encoding
    else:
        made.Encoding = encoding
    if program:
        del made.FontDescriptor.FontFile2
        made.FontDescriptor.FontFile3 = Stream(pdf, **program)
    return PdfFont(made, Budget())


def differing(*listed: object, base: Name | None = None) -> Dictionary:
    made = Dictionary(Differences=Array(listed))
    if base is not None:
        made.BaseEncoding = base
    return made


MAC = Name.MacRomanEncoding


@pytest.mark.parametrize(
    ("encoding", "code", "letter"),
    [
        (Name.WinAnsiEncoding, 0x41, "A"),
        (Name.WinAnsiEncoding, 0x80, "€"),
        (MAC, 0x8E, "é"),
        (None, 0x27, "’"),  # of the standard's own encoding
        (differing(65, Name.B, Name.C), 65, "B"),
        (differing(65, Name.B, Name.C), 66, "C"),
        (differing(65, Name.B, 97, Name.quoteright), 97, "’"),
        (differing(65, Name.B, base=MAC), 0x8E, "é"),
        (differing(65, Name("/uni00E9")), 65, "é"),
    ],
)
def test_a_code_of_a_truetype_font_is_the_letter_that_its_encoding_says(
    pdf: pikepdf.Pdf, encoding: object, code: int, letter: str
) -> None:
    made, known = simple(pdf, encoding), simple(pdf, Name.WinAnsiEncoding)
    (same,) = letter.encode("cp1252")
    assert made.shape(code) == known.shape(same)
    assert made.shape(code) is not None
    assert made.words([code]) == letter


def test_a_symbolic_truetype_font_has_its_own_letters(pdf: pikepdf.Pdf) -> None:
    """Ours has none at the places that are kept for that: its characters stand in."""
    made = simple(pdf, None, flags=4)
    assert made.shape(65) == simple(pdf, Name.WinAnsiEncoding).shape(65)
    assert made.shape(0x27) != simple(pdf, None).shape(0x27)  # by code, and not by the standard


def test_a_name_that_is_no_letters_is_looked_for_among_the_glyphs(pdf: pikepdf.Pdf) -> None:
    made = simple(pdf, differing(1, Name.CR, Name("/nothing-so-called"), Name("/.notdef")))
    assert made.letters.extent(1) is None  # a glyph without ink
    assert made.letters.extent(2) == made.letters.extent(3) == made.face.extent(0)
    assert made.letters.missing == {3}


CFF = b"\x00" + struct.pack(">2H", 34, 393)  # A of the standard names, and the font's third, box


@pytest.mark.parametrize(
    ("encoding", "own", "glyphs"),
    [
        (Name.WinAnsiEncoding, 0, {65: 1, 66: 0}),
        (None, 0, {65: 1, 66: 0}),
        (differing(66, Name.box), 0, {65: 1, 66: 2}),
        (differing(65, Name("/.notdef")), 0, {65: 0}),
        (None, bytes([0, 2, 90, 65]), {90: 1, 65: 2}),
        (Name.WinAnsiEncoding, bytes([0, 2, 90, 66]), {65: 1, 66: 2, 90: 1}),
    ],
)
def test_a_code_of_a_bare_cff_font_is_a_name_or_its_own(
    pdf: pikepdf.Pdf, encoding: object, own: bytes | int, glyphs: dict[int, int]
) -> None:
    made = simple(pdf, encoding, data=cff(CFF, own), Subtype=Name.Type1C)
    shapes = [made.face.shape(glyph) for glyph in range(3)]
    assert {code: made.shape(code) for code in glyphs} == {
        code: shapes[glyph] for code, glyph in glyphs.items()
    }


def test_a_program_that_cannot_be_read_leaves_the_ink_to_be_guessed(pdf: pikepdf.Pdf) -> None:
    made = simple(pdf, Name.WinAnsiEncoding, data=b"words", Subtype=Name.Type1C)
    assert made.face is None
    guessed = made.shape(65)
    assert (guessed.area, guessed.contours) == (pytest.approx(0.1), ())
    assert made.shape(32) is None  # a space has none
    assert made.shape(66) is None  # nothing is as wide as that


def test_a_standard_font_without_widths_has_letters_of_half_an_em(pdf: pikepdf.Pdf) -> None:
    made = helvetica(pdf)
    del made.Widths
    assert PdfFont(made, Budget()).letters.width(65) == 0.5
    assert not PdfFont(made, Budget()).is_embedded


def keyed(pdf: pikepdf.Pdf, **fields: Any) -> FontLetters:
    made = composite_font(pdf)
    for key, value in fields.items():
        made.DescendantFonts[0][f"/{key}"] = value
    return PdfFont(made, Budget()).letters


def test_a_table_leads_from_cids_to_glyphs(pdf: pikepdf.Pdf) -> None:
    table = struct.pack(">3H", 0, 37, 36)
    made = keyed(pdf, CIDToGIDMap=Stream(pdf, table))
    plain = keyed(pdf)
    assert [made.shape(cid) for cid in (1, 2)] == [plain.shape(glyph) for glyph in (37, 36)]
    assert made.extent(9) == plain.extent(0)  # behind the table's end
    assert made.missing == {9}


def test_cids_of_a_bare_cff_font_are_those_of_its_charset() -> None:
    charset = b"\x00" + struct.pack(">2H", 300, 20)
    more = long(391) + long(391) + long(0) + bytes([12, 30])  # it has CIDs, and no names
    for data, missing in ((cff(charset, more=more), {0, 1, 2}), (cff(charset), {0})):
        made = keyed_letters(KeyedSource(data, True, None, True, (), 0.5))
        for cid in (0, 1, 2, 20, 300):
            made.extent(cid)
        assert made.missing == missing


def test_what_codes_say_is_what_tounicode_says(pdf: pikepdf.Pdf) -> None:
    table = b"beginbfchar <41> <00E9> <0043> <> endbfchar"
    made = font(pdf)
    made.ToUnicode = Stream(pdf, table)
    assert PdfFont(made, Budget()).words([65, 66, 67]) == "éB"
    inner = composite_font(pdf)
    inner.ToUnicode = made.ToUnicode
    assert PdfFont(inner, Budget()).words([65, 66]) == "é\ufffd"
    inner.Encoding = Stream(pdf, cmap(TWO, b"<0001> 65"))  # CIDs are no codes of it
    assert PdfFont(inner, Budget()).words([65]) == "\ufffd"


def test_filters_of_a_program_are_named(pdf: pikepdf.Pdf) -> None:
    assert programs(font(pdf).FontDescriptor) == ["/FlateDecode"]
    assert programs(Dictionary()) == []
