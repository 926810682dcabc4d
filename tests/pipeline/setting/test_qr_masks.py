"""The quick way to a QR code's mask chooses what segno chooses, module by module."""

from __future__ import annotations

import random
import string

import pytest
import segno

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


def test_the_modules_are_those_of_segno() -> None:
    """In all three modes, with and without the modules that name a version."""
    chosen = set()
    for number, text in enumerate(texts()):
        rows = best_masked(text, "m")
        assert rows == by_segno(text), text
        if number < 20:  # small ones are quick to make eight times
            chosen |= {mask for mask in range(8) if rows == by_segno(text, mask=mask)}
        assert all(set(row) <= {0, 1} and len(row) == len(rows) for row in rows)
    assert chosen == set(range(8))


def test_a_text_is_encoded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    best_masked(ADDRESS + "a", "m")  # what codes of this size share is known from now on
    made: list[str] = []
    make = qr_masks._made

    def noting(text: str, level: str, mask: int, version: int | None = None) -> object:
        made.append(text)
        return make(text, level, mask, version)

    monkeypatch.setattr(qr_masks, "_made", noting)
    best_masked(ADDRESS + "b", "m")
    assert made == [ADDRESS + "b"]


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        best_masked("a" * 3000, "m")
