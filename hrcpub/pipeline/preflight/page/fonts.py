"""A font dictionary (ISO 32000-2 §9.5 to §9.8) to a `PdfFont`: codes to widths, outlines, words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from itertools import islice

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import (
    ODD,
    Budget,
    decoded,
    filters,
    name_of,
    number,
    text,
)
from hrcpub.pipeline.preflight.page.cmaps import codes_to_cids, codes_to_words
from hrcpub.pipeline.preflight.page.font_programs import FontProgram, GlyphShape
from hrcpub.pipeline.preflight.page.glyph_names import character, glyph_name, letters
from hrcpub.pipeline.preflight.page.letters import (
    FontLetters,
    KeyedSource,
    is_listed,
    keyed_letters,
    listed_widths,
    no_glyph,
)
from hrcpub.pipeline.preflight.page.steps import Steps, two_byte_codes

FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_LARGEST = 32 << 20  # bytes of a font program


class PdfFont:
    """A font as a page uses it. Widths are ems; a glyph is a number in the font's program."""

    def __init__(self, dictionary: pikepdf.Object, budget: Budget) -> None:
        """Read what is needed at once; outlines are read when they are asked for."""
        self.dictionary = dictionary
        self.kind = str(dictionary.get("/Subtype", "/?")).lstrip("/")
        self.is_keyed = self.kind == "Type0"
        inner = dictionary
        if self.is_keyed:
            inner = dictionary["/DescendantFonts"][0]
        self.inner = inner
        descriptor = inner.get("/FontDescriptor")
        self.descriptor = descriptor if isinstance(descriptor, pikepdf.Dictionary) else None
        self.name = text(
            dictionary.get("/BaseFont", inner.get("/BaseFont", dictionary.get("/Name", "/?")))
        )
        self.family = self.name.rpartition("+")[2]
        self._budget = budget
        self._shapes: dict[int, GlyphShape | None] = {}
        self._words: dict[int, str] | None = None
        self.is_identical = str(dictionary.get("/Encoding")) in ("/Identity-H", "/Identity-V")
        self._codes: dict[tuple[int, int], int] | None = None
        self.matrix = (0.001, 0.0, 0.0, 0.001, 0.0, 0.0)
        if self.kind == "Type3":
            six = [float(x) for x in islice(dictionary.get("/FontMatrix", ()), 6)]
            if len(six) == 6:
                self.matrix = (six[0], six[1], six[2], six[3], six[4], six[5])
        self._listed = self._plain_list()  # /W, where it is one that is read in one step
        self._widths, self._default = self._read_widths()
        self.is_vertical = self.is_keyed and str(dictionary.get("/Encoding")).endswith("-V")
        self._wide = self._bytes_of_a_code()

    @property
    def is_plain(self) -> bool:
        """Whether codes are CIDs of two bytes, written from left to right."""
        return self._wide == 2 and self._codes is None and not self.is_vertical

    @property
    def is_embedded(self) -> bool:
        """Whether the program is in the file; Type 3 fonts are made of content."""
        if self.kind == "Type3":
            return True
        return self.descriptor is not None and any(name in self.descriptor for name in FILES)

    def _plain_list(self) -> bytes | None:
        listed = self.inner.get("/W") if self.is_keyed else None
        if not isinstance(listed, pikepdf.Array):
            return None
        written = listed.unparse(resolved=True)
        return written if is_listed(written) else None

    def _read_widths(self) -> tuple[Mapping[int, float], float]:
        scale = self.matrix[0] if self.kind == "Type3" else 0.001
        if self.is_keyed:
            default = number(self.inner.get("/DW"), 1000.0) * scale
            if self._listed is not None:
                return listed_widths(self._listed), default
            return _keyed_widths(self.inner.get("/W"), scale), default
        first = int(number(self.dictionary.get("/FirstChar")))
        widths = {
            first + at: number(width) * scale
            for at, width in enumerate(islice(self.dictionary.get("/Widths", ()), 256))
        }
        missing = number(self.descriptor.get("/MissingWidth")) if self.descriptor else 0.0
        # The fourteen standard fonts may come without widths; half an em is about right.
        return widths, (missing or (0.0 if widths else 500.0)) * scale

    def _bytes_of_a_code(self) -> int:
        """Return how many bytes a code has: 1, 2, or 0 where a CMap mixes them."""
        if not self.is_keyed:
            return 1
        encoding = self.dictionary.get("/Encoding")
        if not isinstance(encoding, pikepdf.Stream):
            return 2
        try:
            data = decoded(encoding, self._budget, 4 << 20)
        except ODD:
            return 2
        sizes, codes = codes_to_cids(data)
        self._codes = codes or None
        return sizes.pop() if len(sizes) == 1 and sizes <= {1, 2} else (0 if sizes else 2)

    def codes(self, data: bytes) -> tuple[int, ...]:
        """Return a string's codes; for composite fonts its CIDs."""
        if self._wide == 1 and self._codes is None:
            return tuple(data)
        if self._wide == 2 and self._codes is None:
            return two_byte_codes(data)
        return tuple(self._mixed(data))

    def _mixed(self, data: bytes) -> list[int]:
        """Return CIDs by an embedded CMap, whose codes may have any number of bytes."""
        known = self._codes or {}
        cids, at = [], 0
        sizes = (self._wide,) if self._wide else sorted({size for size, _ in known} or {2})
        while at < len(data):
            for size in sizes:
                cid = known.get((size, int.from_bytes(data[at : at + size], "big")))
                if cid is not None:
                    break
            cids.append(cid or 0)
            at += size
        return cids

    @cached_property
    def letters(self) -> FontLetters:
        """The widths and the ink of its letters; the program is read when they are asked for."""
        program, is_cff, glyphs = None, False, None
        with suppress(*ODD):
            program, is_cff, glyphs = self._read_program()
        if self.is_keyed:
            widths = tuple(self._widths.items()) if self._listed is None else self._listed
            return keyed_letters(
                KeyedSource(program, is_cff, glyphs, self.is_identical, widths, self._default)
            )
        face, glyph_of = None, None
        with suppress(*ODD):
            if program is not None:
                read = FontProgram(program, is_cff)
                glyph_of = _simple_mapping(self, read)
                face = read
        return FontLetters(
            face,
            self._widths,
            self._default,
            glyph_of or no_glyph,
            is_missing=lambda code: self.names.get(code) == ".notdef",
            is_guessed=lambda code: self.kind != "Type3" and code not in (32, 160),
        )

    def _read_program(self) -> tuple[bytes | None, bool, bytes | None]:
        """Return the embedded program, whether it is bare CFF, and a stream of CIDs' glyphs."""
        # Not /FontFile: HarfBuzz reads no Type 1 programs, so those letters are guessed.
        for name in FILES[1:]:
            program = self.descriptor.get(name) if self.descriptor is not None else None
            if isinstance(program, pikepdf.Stream):
                is_cff = str(program.get("/Subtype")) in ("/Type1C", "/CIDFontType0C")
                data = decoded(program, self._budget, _LARGEST, is_shared=True)
                table = self.inner.get("/CIDToGIDMap") if self.is_keyed else None
                if not isinstance(table, pikepdf.Stream):
                    return data, is_cff, None
                return data, is_cff, decoded(table, self._budget, 1 << 20)
        return None, False, None

    @property
    def face(self) -> FontProgram | None:
        """The embedded program, None when there is none that can be read."""
        return self.letters.face

    def shape(self, code: int) -> GlyphShape | None:
        """Return the ink of a code's glyph in ems, None when it has none or it is not known."""
        if code not in self._shapes:
            self._shapes[code] = self.letters.shape(code)
        return self._shapes[code]

    def steps(self, size: float, gap: float, word: float = 0.0) -> Steps:
        """Return how the pen steps from code to code; see `FontLetters.steps`."""
        return self.letters.steps(size, gap, word)

    @cached_property
    def names(self) -> dict[int, str]:
        """The names that the encoding of a simple font gives to codes."""
        return differences(self.dictionary)

    def words(self, codes: tuple[int, ...] | list[int]) -> str:
        """Return what codes say, as far as the font says."""
        if self._words is None:
            self._words = self._read_words()
        return "".join(self._words.get(code, "\ufffd") for code in codes)

    def _read_words(self) -> dict[int, str]:
        words: dict[int, str] = {}
        if not self.is_keyed:
            words = dict(letters(_base_encoding(self.dictionary)) or letters("/StandardEncoding"))
            words |= {c: character(n) for c, n in self.names.items()}
        table = self.dictionary.get("/ToUnicode")
        # ToUnicode goes by codes, but where the file has a CMap of its own only CIDs are left here.
        if isinstance(table, pikepdf.Stream) and (not self.is_keyed or self._codes is None):
            with suppress(*ODD):
                words |= codes_to_words(decoded(table, self._budget, 4 << 20))
        return words


def programs(font: pikepdf.Object) -> list[str]:
    """Return the filters of an embedded program, for a message."""
    return [name for file in FILES if file in font for name in filters(font[file])]


def _keyed_widths(array: pikepdf.Object | None, scale: float) -> dict[int, float]:
    """Return widths by CID (ISO 32000-2 §9.7.4.3)."""
    widths: dict[int, float] = {}
    items = list(islice(array or (), 100_000))
    at = 0
    while at + 1 < len(items) and len(widths) < 70_000:
        first = int(number(items[at]))
        # Two forms: `c [w1 w2 …]`, and `first last w`.
        if isinstance(items[at + 1], pikepdf.Array):
            for offset, width in enumerate(items[at + 1]):
                widths[first + offset] = number(width) * scale
            at += 2
        elif at + 2 < len(items):
            wide = number(items[at + 2]) * scale
            for cid in range(first, min(int(number(items[at + 1])), first + 65535) + 1):
                widths[cid] = wide
            at += 3
        else:
            break
    return widths


def _base_encoding(font: pikepdf.Object) -> str:
    encoding = font.get("/Encoding")
    if isinstance(encoding, pikepdf.Name):
        return str(encoding)
    if isinstance(encoding, pikepdf.Dictionary):
        return str(encoding.get("/BaseEncoding", ""))
    return ""


def differences(font: pikepdf.Object) -> dict[int, str]:
    """Return the names that a simple font's encoding gives to codes (§9.6.5.1)."""
    encoding = font.get("/Encoding")
    if not isinstance(encoding, pikepdf.Dictionary):
        return {}
    names: dict[int, str] = {}
    code = 0
    for item in islice(encoding.get("/Differences", ()), 1024):
        if isinstance(item, pikepdf.Name):
            names[code] = name_of(item)
            code += 1
        else:
            code = int(number(item))
    return names


def _simple_mapping(font: PdfFont, face: FontProgram) -> Callable[[int], int]:
    """Return how a simple font's codes become glyphs (§9.6.5)."""
    names, descriptor = font.names, font.descriptor
    base = letters(_base_encoding(font.dictionary))
    own = face.cff.glyphs_by_code() if face.cff else {}
    is_symbolic = bool(int(number(descriptor.get("/Flags") if descriptor else None)) & 4)
    standard = letters("/StandardEncoding")

    def by_name(code: int) -> int:
        name = names.get(code)
        if name is None:
            letter = base.get(code) or ("" if own else standard.get(code, ""))
            name = glyph_name(letter)
        glyph = face.of_name(name) if name and name != ".notdef" else 0
        return glyph or own.get(code, 0)

    def by_character(code: int) -> int:
        letter = character(names[code]) if code in names else (base or standard).get(code, "")
        glyph = 0 if is_symbolic and not base and code not in names else face.of_character(letter)
        if not glyph:
            # Symbolic TrueType fonts have their letters there (§9.6.5.4).
            glyph = face.of_character(chr(0xF000 + code)) or face.of_character(chr(code))
        if not glyph and code in names:
            glyph = face.of_name(names[code])
        return glyph or face.of_character(letter)

    return by_name if face.cff else by_character
