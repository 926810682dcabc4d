"""The text faces as imprints embed them: few fixed repertoires, so that sites share them.

Why not a subset for each site: cutting it takes longer than everything else, and a file that holds
many sites would hold as many fonts. Which repertoire a text needs depends on its letters alone, so
the same site gives the same bytes whoever else is in the event.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hrcpub.pipeline.setting import DISPLAY_FEATURES, Face, subset
from hrcpub.units import pdf_number

_SIGNS = (0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026)
_ENGLISH = (*range(0x20, 0x7F), 0xA0, 0xB7, *_SIGNS)
# The smallest first; the last holds all that the face has.
REPERTOIRES: Mapping[str, tuple[int, ...] | None] = {
    "english": _ENGLISH,
    "western": (*_ENGLISH, *range(0xA1, 0x100), 0x0152, 0x0153, 0x20AC),
    "all": None,
}
OBJECTS = 5  # that a font takes: Type0, CIDFont, descriptor, file, ToUnicode


class FontName(NamedTuple):
    """A face of the design system in one repertoire."""

    face: str
    repertoire: str


class ImprintFont:
    """One face in one repertoire, ready to be written."""

    def __init__(self, face: Face, data: bytes, repertoire: str) -> None:
        """Cut the font file `data` of `face`."""
        letters = REPERTOIRES[repertoire]
        self.characters = face.characters & set(letters) if letters else face.characters
        # Of the characters that share a glyph the first one names it, so they come last to first.
        glyphs: dict[int, int] = {}
        for character in sorted(self.characters, reverse=True):
            glyph = face.glyph_of(character)
            if glyph is not None:
                glyphs[glyph] = character
        self.glyphs = frozenset(glyphs)
        cut = subset(data, self.characters)
        self._file = zlib.compress(cut, 9)
        self._length = len(cut)
        self._widths = _widths(face, sorted(glyphs))
        self._unicode = zlib.compress(_to_unicode(glyphs), 9)
        self.name = _name(cut)
        self._metrics = _metrics(cut, face)

    def objects(self, first: int) -> list[bytes]:
        """Return the bodies of the `OBJECTS` objects that begin with number `first`.

        A composite font whose glyphs are named by their numbers (ISO 32000-2 §9.7).
        """
        name = self.name
        return [
            b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (name, first + 1, first + 4),
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)"
            b"/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity/DW 0/W[%b]"
            b"/FontDescriptor %d 0 R>>" % (name, self._widths, first + 2),
            b"<</Type/FontDescriptor/FontName/%b/Flags 4%b/FontFile2 %d 0 R>>"
            % (name, self._metrics, first + 3),
            b"<</Length1 %d/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
            % (self._length, len(self._file), self._file),
            b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
            % (len(self._unicode), self._unicode),
        ]


class Fonts:
    """The fonts of imprints, cut when they are first needed."""

    def __init__(self, faces: Mapping[str, tuple[Face, bytes]]) -> None:
        """Take the design system's faces with their files."""
        self.faces = {name: face for name, (face, _) in faces.items()}
        self._files = {name: data for name, (_, data) in faces.items()}
        self._fonts: dict[FontName, ImprintFont] = {}

    def font(self, name: FontName) -> ImprintFont:
        """Return a face in a repertoire."""
        if name not in self._fonts:
            face = self.faces[name.face]
            self._fonts[name] = ImprintFont(face, self._files[name.face], name.repertoire)
        return self._fonts[name]

    def needed(self, face: str, texts: Iterable[str]) -> FontName:
        """Return the smallest repertoire that draws all texts."""
        shaped = self.faces[face].glyphs("\n".join(texts), DISPLAY_FEATURES)
        glyphs = {glyph for glyph, _, _ in shaped if glyph}
        for repertoire in REPERTOIRES:
            name = FontName(face, repertoire)
            if glyphs <= self.font(name).glyphs:
                return name
        raise ValueError(f"{face} draws these texts with glyphs that belong to no character")


def _widths(face: Face, glyphs: list[int]) -> bytes:
    """Return the widths of glyphs in thousandths, by runs of numbers (ISO 32000-2 §9.7.4.3)."""
    parts: list[str] = []
    last = -2
    for glyph in glyphs:
        width = pdf_number(face.glyph_width(glyph) * face.scale * 1000, 2)
        if glyph == last + 1:
            parts.append(f" {width}")
        else:
            parts.append(f"{']' if parts else ''}{glyph}[{width}")
        last = glyph
    return ("".join(parts) + "]").encode() if parts else b""


def _to_unicode(glyphs: Mapping[int, int]) -> bytes:
    """Return the CMap from glyphs to characters, at most 100 in a block (ISO 32000-2 §9.10.3)."""
    lines = [
        f"<{glyph:04x}> <{chr(character).encode('utf-16-be').hex()}>"
        for glyph, character in sorted(glyphs.items())
    ]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()


def _tables(data: bytes) -> dict[bytes, bytes]:
    """Return the tables of an sfnt file (ISO/IEC 14496-22 §4)."""
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {}
    for number in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        tables[tag] = data[offset : offset + length]
    return tables


def _name(cut: bytes) -> bytes:
    """Return the font's PostScript name behind six letters that say it is a subset.

    The letters (ISO 32000-2 §9.9.2) are drawn from the file, so that the same cut has the same.
    """
    table = _tables(cut).get(b"name", b"")
    name = b"Imprint"
    if table:
        count, strings = struct.unpack_from(">HH", table, 2)
        for number in range(count):
            platform, _, _, kind, length, offset = struct.unpack_from(
                ">HHHHHH", table, 6 + 12 * number
            )
            if kind == 6 and platform == 3:  # the PostScript name, as Windows has it
                raw = table[strings + offset : strings + offset + length]
                name = raw.decode("utf-16-be").encode("ascii", "ignore")
    digest = hashlib.sha256(cut).digest()
    return bytes(65 + byte % 26 for byte in digest[:6]) + b"+" + name


def _metrics(cut: bytes, face: Face) -> bytes:
    """Return what a font descriptor says of the whole font, in thousandths."""
    head = _tables(cut)[b"head"]
    per_em = struct.unpack_from(">H", head, 18)[0]
    box = [round(edge * 1000 / per_em) for edge in struct.unpack_from(">hhhh", head, 36)]
    return (
        "/FontBBox[{} {} {} {}]/ItalicAngle 0/Ascent {}/Descent {}/CapHeight {}/StemV 80".format(
            *box,
            round(face.ascent * 1000),
            round(-face.descent * 1000),
            round(face.ink("H").top * 1000),
        )
    ).encode()
