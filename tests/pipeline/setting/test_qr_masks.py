"""The quick way to a QR code's mask chooses what segno chooses, module by module."""

from __future__ import annotations

import random
import string

import pytest
import segno
import zxingcpp
from PIL import Image, ImageOps

from hrcpub.pipeline.setting import qr_masks
from hrcpub.pipeline.setting.qr_masks import best_masked

SIGNS = string.ascii_letters + string.digits + "/?&=-_.é漢"
ADDRESS = "https://example.org/"


def by_segno(text: str, mask: int | None = None) -> tuple[bytes, ...]:
    code = segno.make(text, error="m", boost_error=False, micro=False, encoding="utf-8", mask=mask)
    return tuple(bytes(row) for row in code.matrix)


def texts() -> list[str]:
    chance = random.Random(18004)
    lengths = [*range(0, 60, 3), *range(60, 1400, 140)]
    words = [ADDRESS + "".join(chance.choices(SIGNS, k=length)) for length in lengths]
    return [*words, "1", "1234567890" * 20, "HTTPS://EXAMPLE.ORG/A-B", "é", " "]


@pytest.mark.slow
def test_the_modules_are_those_of_segno() -> None:
    """In all three modes, with and without the modules that name a version."""
    chosen = set()
    for number, text in enumerate(texts()):
        rows = best_masked(text)
        assert rows == by_segno(text), text
        if number < 20:  # small ones are quick to make eight times
            chosen |= {mask for mask in range(8) if rows == by_segno(text, mask=mask)}
        assert all(set(row) <= {0, 1} and len(row) == len(rows) for row in rows)
    assert chosen == set(range(8))


def test_texts_of_every_length_are_those_of_segno() -> None:
    """With and without room for what fills a code up, up to the third size."""
    for length in range(1, 44):
        text = ADDRESS[:length] + "a" * (length - len(ADDRESS))
        assert best_masked(text) == by_segno(text), length


def test_a_decoder_reads_the_text() -> None:
    """Also letters beyond ASCII, in a large code, and with nothing but the code's own size."""
    for text in (ADDRESS + "centers/00042", ADDRESS + "5\u00b5g/\u6f22", ADDRESS + "?a=1" * 120):
        rows = best_masked(text)
        light = bytes(255 * (1 - module) for row in rows for module in row)
        code = Image.frombytes("L", (len(rows), len(rows)), light)
        drawn = ImageOps.scale(ImageOps.expand(code, 4, 255), 4, Image.Resampling.NEAREST)
        assert [found.text for found in zxingcpp.read_barcodes(drawn)] == [text]


def test_what_is_not_in_bytes_is_encoded_by_segno() -> None:
    """Digits, capitals, and Japanese signs, which some texts in UTF-8 look like."""
    for text in ("20990612", "HRCPUB $1", "\u8f2a\u8f2a", "\u8f2a"):
        assert best_masked(text) == by_segno(text), text


def test_masks_are_those_of_segno_where_finders_patterns_begin_in_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not all of them count then."""
    counts: list[tuple[int, int]] = []
    apart = qr_masks._apart

    def noting(found: int, counted: int) -> int:
        counts.append((apart(found, counted), counted.bit_count()))
        return counts[-1][0]

    monkeypatch.setattr(qr_masks, "_apart", noting)
    for number in range(12):
        assert best_masked(f"{ADDRESS}{number}") == by_segno(f"{ADDRESS}{number}")
    assert any(count < all_of_them for count, all_of_them in counts)


def test_a_text_in_bytes_asks_nothing_of_segno(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it loads, the parts of Python that speak to servers among it, takes long."""

    def made(*args: object) -> object:
        raise AssertionError(args)

    monkeypatch.setattr(qr_masks, "_made", made)
    best_masked(ADDRESS + "a")


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        best_masked("a" * 3000)
