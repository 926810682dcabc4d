"""The text faces as imprints embed them: in few fixed repertoires, or cut for one site.

Of our Latin letters sites share repertoires: cutting a font takes longer than everything else, and
a file that holds many sites would hold as many fonts. Other scripts have glyphs for parts of
letters, for pairs and for whole syllables, so that no list of characters says which ones a site
needs, nor what they say there; a whole face would add 60 kB to 2 MB to each copy. Of these a site
has its own cut, of 2 to 8 kB. Which font a text needs depends on itself alone, so the same site
gives the same bytes whoever else is in the event.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from hrcpub.pipeline.setting import Face, subset, subset_of_glyphs
from hrcpub.pipeline.setting.glyph_texts import GlyphCodes
from hrcpub.units import pdf_number

_SIGNS = (0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026)
_ENGLISH = (*range(0x20, 0x7F), 0xA0, 0xB7, *_SIGNS)
# The smallest first; the last holds all that the face has.
REPERTOIRES: Mapping[str, tuple[int, ...] | None] = {
    "english": _ENGLISH,
    "western": (*_ENGLISH, *range(0xA1, 0x100), 0x0152, 0x0153, 0x20AC),
    "cyrillic": (*_ENGLISH, 0xAB, 0xBB, 0x201E, 0x2116, *range(0x400, 0x460), 0x490, 0x491),
    "all": None,
}
OBJECTS = 5  # that a font takes: Type0, CIDFont, descriptor, file, ToUnicode; with a map one more
OWN = "own"  # the repertoire of a site's own cut
Said = tuple[tuple[int, str], ...]  # glyphs, and what each says


class FontName(NamedTuple):
    """A face of the design system in one repertoire; or a font's file, cut to glyphs."""

    face: str
    repertoire: str
    said: Said = ()  # of a cut, in the order in which codes are given

    def __str__(self) -> str:
        """Return what tells this font from others, in identifiers of files."""
        own = f", said={self.said!r}" if self.said else ""
        return f"FontName(face={self.face!r}, repertoire={self.repertoire!r}{own})"


class FaceStack(NamedTuple):
    """A face as a site's lines are set in it, and the files of its fonts.

    The first file is that of the design system's face of the same name.
    """

    face: Face
    files: tuple[str, ...]


class EmbeddedFont(Protocol):
    """What a file embeds of a font."""

    def objects(self, first: int) -> list[bytes]:
        """Return the bodies of its objects, which begin with number `first`."""


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
        self.glyphs = glyphs
        self.said = frozenset((glyph, chr(letter)) for glyph, letter in glyphs.items())
        cut = subset(data, self.characters)
        self._font = _FontFile(
            cut, _widths(face, sorted(glyphs)), _to_unicode(_texts(glyphs)), _metrics(cut, face)
        )

    def objects(self, first: int) -> list[bytes]:
        """Return the bodies of the `OBJECTS` objects that begin with number `first`."""
        return self._font.objects(first)

    def says_all(self, said: Said) -> bool:
        """Return whether all glyphs of a line are in the repertoire, and say the same there."""
        return self.said.issuperset(said) or all(self.says(*pair) for pair in said)

    def says(self, glyph: int, text: str) -> bool:
        """Return whether a glyph is in the repertoire, and says this text there."""
        if glyph not in self.glyphs:
            return False
        letter = chr(self.glyphs[glyph])
        return letter == text or (letter.isspace() and text.isspace())


class CutFont:
    """A font cut to the glyphs of one site's lines, when it is written."""

    def __init__(self, face: Face, data: bytes, said: Said) -> None:
        """Take the font file `data` of `face`, and what its glyphs say."""
        self._face, self._data, self._said = face, data, said

    def objects(self, first: int) -> list[bytes]:
        """Return the bodies of its objects, which begin with number `first`."""
        codes = codes_of(self._face, self._said)
        cut = subset_of_glyphs(self._data, {glyph for glyph, _ in self._said})
        glyphs = {code: codes.others.get(code, code) for code in sorted(codes.texts)}
        widths = _widths(self._face, list(glyphs), glyphs)
        others = zlib.compress(codes.glyph_map(), 9) if codes.others else b""
        unicode = _to_unicode(codes.texts)
        return _FontFile(cut, widths, unicode, _metrics(cut, self._face), others).objects(first)


def codes_of(face: Face, said: Said) -> GlyphCodes:
    """Return the codes of a cut font: the same from the same glyphs, whoever asks."""
    codes = GlyphCodes(face.font.face.glyph_count)
    for glyph, text in said:
        codes.code(glyph, text)
    return codes


class _FontFile:
    """A composite font as a file has it (ISO 32000-2 §9.7)."""

    def __init__(
        self, cut: bytes, widths: bytes, unicode: bytes, metrics: bytes, others: bytes = b""
    ) -> None:
        """Take a cut font file, and what a PDF says of it; `others` is a packed map of codes."""
        self.name = _name(cut)
        self._file, self._length = zlib.compress(cut, 9), len(cut)
        self._unicode = zlib.compress(unicode, 9)
        self._widths, self._metrics, self._others = widths, metrics, others

    def objects(self, first: int) -> list[bytes]:
        """Return the bodies of its objects, which begin with number `first`.

        Codes are the numbers of glyphs, but for those that the map has.
        """
        name = self.name
        glyphs = b"%d 0 R" % (first + OBJECTS) if self._others else b"/Identity"
        bodies = [
            b"<</Type/Font/Subtype/Type0/BaseFont/%b/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>" % (name, first + 1, first + 4),
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/%b/CIDSystemInfo<</Registry(Adobe)"
            b"/Ordering(Identity)/Supplement 0>>/CIDToGIDMap%b/DW 0/W[%b]"
            b"/FontDescriptor %d 0 R>>"
            % (name, glyphs if glyphs.startswith(b"/") else b" " + glyphs, self._widths, first + 2),
            b"<</Type/FontDescriptor/FontName/%b/Flags 4%b/FontFile2 %d 0 R>>"
            % (name, self._metrics, first + 3),
            b"<</Length1 %d/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream"
            % (self._length, len(self._file), self._file),
            _packed_stream(self._unicode),
        ]
        return [*bodies, _packed_stream(self._others)] if self._others else bodies


def _packed_stream(data: bytes) -> bytes:
    return b"<</Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (len(data), data)


def _texts(glyphs: Mapping[int, int]) -> dict[int, str]:
    return {glyph: chr(character) for glyph, character in glyphs.items()}


class Fonts:
    """The fonts of imprints, cut when they are first needed."""

    def __init__(
        self,
        faces: Mapping[str, tuple[Face, bytes]],
        read: Callable[[str], tuple[Face, bytes]] | None = None,
    ) -> None:
        """Take the design system's faces with their files; `read` returns others by their path."""
        self.faces = {name: face for name, (face, _) in faces.items()}
        self._files = {name: data for name, (_, data) in faces.items()}
        self._read = read
        self._fonts: dict[FontName, ImprintFont] = {}

    def font(self, name: FontName) -> EmbeddedFont:
        """Return a face in a repertoire, or a font that is cut for one site."""
        if name.repertoire == OWN:
            return CutFont(*self.source(name), name.said)
        return self._shared(name)

    def source(self, name: FontName) -> tuple[Face, bytes]:
        """Return the face and the file that a font is cut from."""
        if name.face in self.faces:
            return self.faces[name.face], self._files[name.face]
        if self._read is None:
            raise ValueError(f"there is no face {name.face}")
        return self._read(name.face)

    def _shared(self, name: FontName) -> ImprintFont:
        if name not in self._fonts:
            self._fonts[name] = ImprintFont(*self.source(name), name.repertoire)
        return self._fonts[name]

    def needed(self, face: str, said: Sequence[Said], *, is_first: bool) -> FontName:
        """Return the smallest repertoire that draws and says all lines, else the cut that does.

        `face` is a name of the design system, where it is the first one of a stack, or a file's.
        """
        for repertoire in REPERTOIRES if is_first else ():
            name = FontName(face, repertoire)
            font = self._shared(name)
            if all(font.says_all(line) for line in said):
                return name
        return FontName(face, OWN, tuple(dict.fromkeys(pair for line in said for pair in line)))


def _widths(face: Face, codes: Sequence[int], glyphs: Mapping[int, int] | None = None) -> bytes:
    """Return the widths of codes in thousandths, by runs of numbers (ISO 32000-2 §9.7.4.3).

    `glyphs` are those of codes that are not glyphs' own numbers.
    """
    parts: list[str] = []
    last = -2
    for glyph in codes:
        number = glyphs[glyph] if glyphs else glyph
        width = pdf_number(face.glyph_width(number) * face.scale * 1000, 2)
        if glyph == last + 1:
            parts.append(f" {width}")
        else:
            parts.append(f"{']' if parts else ''}{glyph}[{width}")
        last = glyph
    return ("".join(parts) + "]").encode() if parts else b""


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """Return the CMap from codes to texts, at most 100 in a block (ISO 32000-2 §9.10.3)."""
    lines = [
        f"<{code:04x}> <{text.encode('utf-16-be').hex()}>"
        for code, text in sorted(texts.items())
        if text
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
            round(_cap_height(face) * 1000),
        )
    ).encode()


def _cap_height(face: Face) -> float:
    """Return how high capitals rise; where a font has none, its ascent."""
    return face.ink("H").top if ord("H") in face.characters else face.ascent
