"""A font file to one that sits in a line box as another does: its ascent and descent are given.

The line box of a text is as high as the fonts in it (CSS 2.2 §10.8.1): with its own figures, a face
of another script would push lines off the lattice. Only the copy that WeasyPrint gets is changed;
CSS has `ascent-override` for this, which WeasyPrint 70 does not know.
"""

from __future__ import annotations

import struct
from urllib.parse import parse_qs

_HHEA = 4  # where ascender, descender and line gap begin (OpenType 1.9.1, hhea)
_TYPO, _WIN = 68, 74  # in OS/2: the same three, then the two of Windows
_NEEDED = 78  # bytes of OS/2 that hold them
_UPEM = 18  # in head


def seated(data: bytes, query: str) -> bytes:
    """Return a font with the ascent and descent of an address's query, in shares of the size.

    What is no such font, and another query, stays as it is: that is told elsewhere.
    """
    values = parse_qs(query)
    try:
        ascent, descent = (float(values[name][0]) for name in ("ascent", "descent"))
        tables = _tables(data)
        (upem,) = struct.unpack_from(">H", data, tables[b"head"][0] + _UPEM)
        changed = bytearray(data)
        up, down = round(ascent * upem), round(descent * upem)
        struct.pack_into(">hhh", changed, tables[b"hhea"][0] + _HHEA, up, -down, 0)
        if tables.get(b"OS/2", (0, 0))[1] >= _NEEDED:
            struct.pack_into(">hhh", changed, tables[b"OS/2"][0] + _TYPO, up, -down, 0)
            struct.pack_into(">HH", changed, tables[b"OS/2"][0] + _WIN, up, down)
    except (KeyError, ValueError, struct.error):
        return data
    return bytes(changed)


def _tables(data: bytes) -> dict[bytes, tuple[int, int]]:
    """Return where each table begins, and its length (OpenType 1.9.1, "Organization of a font")."""
    (count,) = struct.unpack_from(">H", data, 4)
    records = (struct.unpack_from(">4sLLL", data, 12 + 16 * n) for n in range(min(count, 99)))
    return {tag: (offset, length) for tag, _, offset, length in records}
