"""A picture in JPEG 2000 to the colour space that its own data name (ISO 15444-1, annex I)."""

from __future__ import annotations

import struct

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import filters
from hrcpub.pipeline.preflight.page.spaces import CMYK, GREY, RGB, Space

_HEAD = 4096  # bytes: what says the space stands before the picture
_CMYK = 12  # of enumerated colour spaces (table M.25 of ISO 15444-2)


def wavelet_space(image: pikepdf.Object) -> Space | None:
    """Return the space of a JPEG 2000; None for other pictures, and where it does not say."""
    if not isinstance(image, pikepdf.Stream) or filters(image) != ["/JPXDecode"]:
        return None
    head = image.read_raw_bytes()[:_HEAD]
    count = _components(head)
    named = head.find(b"colr\x01")  # by number: then precedence, approximation and the number
    number = struct.unpack_from(">I", head, named + 7)[0] if 0 < named < len(head) - 11 else 0
    if number == _CMYK:
        return CMYK
    # A second or a fourth one is how opaque it is.
    return {1: GREY, 2: GREY, 3: RGB, 4: RGB}.get(count)


def _components(head: bytes) -> int:
    """Return how many numbers each pixel has; 0 where that is not said."""
    box = head.find(b"ihdr")
    if 0 < box < len(head) - 14:
        return int(struct.unpack_from(">H", head, box + 12)[0])
    if head.startswith(b"\xff\x4f\xff\x51") and len(head) > 42:  # the codestream alone
        return int(struct.unpack_from(">H", head, 40)[0])
    return 0
