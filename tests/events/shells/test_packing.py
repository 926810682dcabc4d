"""What is deflated once and put behind any ink is what any reader of zlib unpacks."""

from __future__ import annotations

import random
import zlib

import pytest

from hrcpub.events.shells import behind, deflated, inflated
from hrcpub.events.shells.packing import pack

INKS = (b"", b"0 g\n", b"0.2 0.21 0.3 rg\n", b"/Overprint gs 0 0 0 1 k\n")


def operators(chance: random.Random) -> bytes:
    """Return operators like those of an imprint with a code, or none."""
    boxes = [
        b"%d %d %d 1 re" % (chance.randrange(60), -chance.randrange(60), chance.randrange(8))
        for _ in range(chance.choice((0, 1, 300, 3000)))
    ]
    return b" ".join(boxes)


def test_what_stands_behind_an_ink_unpacks_to_both() -> None:
    chance = random.Random(7)
    for _ in range(60):
        rest = operators(chance)
        data = deflated(rest)
        assert inflated(data) == rest
        for ink in INKS:
            unpacking = zlib.decompressobj()
            assert unpacking.decompress(behind(ink, rest, data)) == ink + rest
            assert unpacking.eof
            assert not unpacking.unused_data


def test_it_takes_next_to_no_more_room_than_packed_together() -> None:
    rest = operators(random.Random(1)) or b"0 0 1 1 re f" * 50
    for ink in INKS:
        assert len(behind(ink, rest, deflated(rest))) <= len(pack(ink + rest)) + 24


@pytest.mark.parametrize("place", [2, 20, 60])
def test_a_torn_one_is_seen(place: int) -> None:
    rest = b"0 0 1 1 re " * 40 + bytes(range(256))
    packed = bytearray(behind(INKS[3], rest, deflated(rest)))
    packed[place] ^= 0x40
    with pytest.raises(zlib.error):
        zlib.decompress(bytes(packed))
