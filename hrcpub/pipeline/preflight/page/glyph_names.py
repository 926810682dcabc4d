"""Latin letters by the names that fonts give them (ISO 32000-2 Annex D, Adobe Glyph List)."""

from __future__ import annotations

_ASCII = """
space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk
plus comma hyphen period slash zero one two three four five six seven eight nine colon semicolon
less equal greater question at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z bracketleft
backslash bracketright asciicircum underscore grave a b c d e f g h i j k l m n o p q r s t u v w x
y z braceleft bar braceright asciitilde
""".split()  # noqa: SIM905
_LATIN = """
space exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine
guillemotleft logicalnot hyphen registered macron degree plusminus twosuperior threesuperior acute
mu paragraph periodcentered cedilla onesuperior ordmasculine guillemotright onequarter onehalf
threequarters questiondown Agrave Aacute Acircumflex Atilde Adieresis Aring AE Ccedilla Egrave
Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex Idieresis Eth Ntilde Ograve Oacute
Ocircumflex Otilde Odieresis multiply Oslash Ugrave Uacute Ucircumflex Udieresis Yacute Thorn
germandbls agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave eacute ecircumflex
edieresis igrave iacute icircumflex idieresis eth ntilde ograve oacute ocircumflex otilde odieresis
divide oslash ugrave uacute ucircumflex udieresis yacute thorn ydieresis
""".split()  # noqa: SIM905
_OTHERS = {
    "Euro": "€", "quotesinglbase": "‚", "florin": "ƒ", "quotedblbase": "„", "ellipsis": "…",
    "dagger": "†", "daggerdbl": "‡", "circumflex": "ˆ", "perthousand": "‰", "Scaron": "Š",
    "guilsinglleft": "‹", "OE": "Œ", "Zcaron": "Ž", "quoteleft": "‘", "quoteright": "’",
    "quotedblleft": "“", "quotedblright": "”", "bullet": "•", "endash": "–", "emdash": "—",
    "tilde": "˜", "trademark": "™", "scaron": "š", "guilsinglright": "›", "oe": "œ",
    "zcaron": "ž", "Ydieresis": "Ÿ", "fi": "ﬁ", "fl": "ﬂ", "ff": "ﬀ", "ffi": "ﬃ", "ffl": "ﬄ",
    "minus": "−", "fraction": "⁄", "dotlessi": "ı", "Lslash": "Ł", "lslash": "ł",
    "caron": "ˇ", "breve": "˘", "dotaccent": "˙", "ring": "˚", "hungarumlaut": "˝", "ogonek": "˛",
}  # fmt: skip

CHARACTER = {name: chr(32 + at) for at, name in reversed(list(enumerate(_ASCII)))}
CHARACTER |= {
    name: chr(160 + at) for at, name in enumerate(_LATIN) if name not in CHARACTER
} | _OTHERS
NAME = {character: name for name, character in CHARACTER.items()}
# The standard encoding differs from ASCII and Latin-1 in these codes (Annex D.2).
_STANDARD = {
    39: "’", 96: "‘", 161: "¡", 162: "¢", 163: "£", 164: "⁄", 165: "¥", 166: "ƒ", 167: "§",
    168: "¤", 169: "'", 170: "“", 171: "«", 172: "‹", 173: "›", 174: "ﬁ", 175: "ﬂ", 177: "–",
    178: "†", 179: "‡", 180: "·", 182: "¶", 183: "•", 184: "‚", 185: "„", 186: "”", 187: "»",
    188: "…", 189: "‰", 191: "¿", 193: "`", 194: "´", 195: "ˆ", 196: "˜", 197: "¯", 198: "˘",
    199: "˙", 200: "¨", 202: "˚", 203: "¸", 205: "˝", 206: "˛", 207: "ˇ", 208: "—", 225: "Æ",
    227: "ª", 232: "Ł", 233: "Ø", 234: "Œ", 235: "º", 241: "æ", 245: "ı", 248: "ł", 249: "ø",
    250: "œ", 251: "ß",
}  # fmt: skip


def _page(codec: str) -> dict[int, str]:
    found = {}
    for code in range(32, 256):
        character = bytes([code]).decode(codec, "ignore")
        if character and character.isprintable():
            found[code] = character
    return found


ENCODINGS = {
    "/WinAnsiEncoding": _page("cp1252") | {160: " ", 173: "-"},
    "/MacRomanEncoding": _page("mac_roman"),
    "/StandardEncoding": {code: chr(code) for code in range(32, 127)} | _STANDARD,
}


def character(name: str) -> str:
    """Return the character that a glyph's name stands for, "" for a name that says nothing."""
    name = name.partition(".")[0]
    if name in CHARACTER:
        return CHARACTER[name]
    for prefix in ("uni", "u"):
        digits = name.removeprefix(prefix)
        if name.startswith(prefix) and len(digits) >= 4:
            try:
                return chr(int(digits[:4] if prefix == "uni" else digits, 16))
            except (ValueError, OverflowError):
                pass
    return ""
