"""Operators to what a file holds of them: deflated, as zlib frames it (RFC 1950, RFC 1951).

A site's imprint is in several pieces, in black and in the press's ink, and what it draws is the
same but for the line that sets the ink. So the rest is deflated once, and each ink put before it.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

_LEVEL = 6
_HEAD = b"\x78\x9c"  # RFC 1950 §2.2: deflated, a window of 32 KiB
_BARE = -15  # of wbits: that window, without a frame


def pack(operators: bytes) -> bytes:
    """Return operators as a file holds them."""
    return zlib.compress(operators, _LEVEL)


def deflated(operators: bytes) -> bytes:
    """Return operators for `behind`; `inflated` returns them again."""
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, _BARE)
    return packing.compress(operators) + packing.flush()


def inflated(data: bytes) -> bytes:
    """Return what `deflated` took; raise zlib.error where it is torn."""
    return zlib.decompress(data, _BARE)


def behind(head: bytes, operators: bytes, data: bytes) -> bytes:
    """Return `head` and operators as a file holds them; `data` is what `deflated` made of these."""
    check = zlib.adler32(operators, zlib.adler32(head))
    return b"".join((_begun(head), data, check.to_bytes(4, "big")))


@lru_cache(maxsize=64)  # a few inks
def _begun(head: bytes) -> bytes:
    """Return the frame's head, and blocks that end with a whole byte, so that others can follow."""
    packing = zlib.compressobj(_LEVEL, zlib.DEFLATED, _BARE)
    return _HEAD + packing.compress(head) + packing.flush(zlib.Z_SYNC_FLUSH)
