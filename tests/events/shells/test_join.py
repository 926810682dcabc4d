"""Copies that go on where others began are those that are written alone, byte for byte."""

from __future__ import annotations

import hashlib
import random
import uuid

import pytest

from hrcpub.events.shells import ImprintForm, Joiner, LogoImage
from hrcpub.events.shells.join import MOST_BEGUN
from hrcpub.events.shells.update import identified
from tests.events.shells.test_proven_copies import font
from tests.events.shells.test_shell_template import template
from tests.shared.joined import join


def other_font(first: int) -> list[bytes]:
    return [*font(first)[:3], b"<</Length 5>>\nstream\nOther\nendstream", font(first)[4]]


FONTS = (("a font", font), ("another", other_font), ("a third", font))
LOGO = LogoImage(b"/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80")


def form(chance: random.Random) -> ImprintForm:
    """Return an imprint with some fonts, under whatever names, and perhaps a picture."""
    chosen = chance.sample(FONTS, chance.randrange(len(FONTS) + 1))
    names = chance.sample(("F1", "F2", "F3"), len(chosen))
    return ImprintForm(
        b"BT (%d) Tj ET" % chance.randrange(10**6),
        tuple((name, key, make) for name, (key, make) in zip(names, chosen, strict=True)),
        chance.choice((None, LOGO)),
        chance.choice((True, False)),
    )


@pytest.mark.parametrize("pages", [1, 2])
def test_copies_are_the_same_whatever_came_before(pages: int) -> None:
    chance, prepared = random.Random(pages), template(pages, (1,))
    joiner, fonts = Joiner(prepared), set()
    for _ in range(80):
        imprint = form(chance)
        copy = joiner.join(imprint)
        assert copy.pdf == join(prepared, imprint)
        assert copy.sha256 == hashlib.sha256(copy.pdf).hexdigest()
        fonts.add(tuple((name, key) for name, key, _ in imprint.fonts))
    assert len(fonts) > 2 * MOST_BEGUN  # so that some were forgotten, and came again


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_every_identifier_of_xmp_is_a_new_one(count: int) -> None:
    said = [b"DocumentID", b"InstanceID", b"DocumentID"][:count]
    old = "00000000-0000-0000-0000-000000000000"
    parts = [b"<xmpMM:%b>uuid:%b</xmpMM:%b>" % (name, old.encode(), name) for name in said]
    xmp, identity = b"<x>" + b" and ".join(parts) + b"</x>", bytes(range(32))
    first, second = (str(uuid.UUID(bytes=identity[at : at + 16], version=5)) for at in (0, 16))
    expected = xmp.decode()
    for new in (first, second, first)[:count]:
        expected = expected.replace(old, new, 1)
    assert identified(xmp, identity).decode() == expected
