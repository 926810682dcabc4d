"""Codes of simple fonts and the names of glyphs to characters (ISO 32000-2 Annex D, fontTools).

fontTools is loaded when it is first needed: hrcpub's own files have only composite fonts.
"""

from __future__ import annotations

from functools import cache


@cache
def letters(encoding: str) -> dict[int, str]:
    """Return one of the three encodings that PDF defines, as characters by code; else nothing."""
    if encoding == "/WinAnsiEncoding":
        return _by_codec("cp1252") | {160: " ", 173: "-"}
    if encoding == "/MacRomanEncoding":
        # Apple put the euro in the place of the currency sign; PDF did not (Annex D.2).
        return _by_codec("mac_roman") | {202: " ", 219: "¤"}
    if encoding == "/StandardEncoding":
        from fontTools.encodings.StandardEncoding import StandardEncoding as names

        return {code: character(name) for code, name in enumerate(names) if character(name)}
    return {}


def _by_codec(codec: str) -> dict[int, str]:
    decoded = {code: bytes([code]).decode(codec, "ignore") for code in range(32, 256)}
    return {code: letter for code, letter in decoded.items() if letter and letter.isprintable()}


def character(name: str) -> str:
    """Return what a glyph's name stands for, "" for a name that says nothing."""
    from fontTools.agl import toUnicode

    words: str = toUnicode(name)
    return words


def glyph_name(letter: str) -> str:
    """Return the name of a character's glyph, "" when it has none."""
    return _names().get(letter, "")


@cache
def _names() -> dict[str, str]:
    from fontTools.agl import LEGACY_AGL2UV, UV2AGL

    # The newer list has one name for each character, but lacks ligatures and superior figures.
    names = {chr(points[0]): name for name, points in LEGACY_AGL2UV.items() if len(points) == 1}
    return names | {chr(point): name for point, name in UV2AGL.items()}
