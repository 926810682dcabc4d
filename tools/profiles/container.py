"""ICC profiles (ICC.1:2001-04) as bytes to their tags, and tags to the same bytes on any day."""

from __future__ import annotations

import struct
from collections.abc import Mapping

# Of the recipe, not of the run: a new recipe gets a new date.
MADE = (2026, 11, 22, 0, 0, 0)
VERSION = 0x02400000
D50 = (0xF6D6, 0x10000, 0xD32D)  # the PCS illuminant, in 1/65536
RELATIVE = 1


def tags(profile: bytes) -> dict[str, bytes]:
    """Return a profile's tags by signature."""
    (count,) = struct.unpack_from(">I", profile, 128)
    entries = (struct.unpack_from(">4sII", profile, 132 + 12 * i) for i in range(count))
    return {name.decode(): profile[start : start + size] for name, start, size in entries}


def output_profile(tags: Mapping[str, bytes]) -> bytes:
    """Return the CMYK output profile of these tags; equal tags are stored once.

    Names no platform, manufacturer or colour engine. The bytes of version 4's profile ID are
    reserved in version 2, and zero.
    """
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    for tag in tags.values():
        if tag not in places:
            places[tag] = start + len(body)
            body += tag + bytes(-len(tag) % 4)
    table = b"".join(
        struct.pack(">4sII", name.encode(), places[tag], len(tag)) for name, tag in tags.items()
    )
    return _header(start + len(body)) + struct.pack(">I", len(tags)) + table + body


def _header(size: int) -> bytes:
    return struct.pack(
        ">I4xI4s4s4s6H4s4xI4x4x8xI3I48x",
        *(size, VERSION, b"prtr", b"CMYK", b"Lab ", *MADE, b"acsp", 0, RELATIVE, *D50),
    )


def description(words: str) -> bytes:
    """Return a `desc` tag (`textDescriptionType`): ASCII alone, no Unicode, no ScriptCode."""
    ascii = words.encode("ascii") + b"\0"
    return struct.pack(">4s4xI", b"desc", len(ascii)) + ascii + bytes(4 + 4 + 2 + 1 + 67)


def text(words: str) -> bytes:
    """Return a `text` tag (`textType`)."""
    return b"text" + bytes(4) + words.encode("ascii") + b"\0"
