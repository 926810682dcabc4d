"""A font that was cut before is the one that WeasyPrint would cut again."""

from __future__ import annotations

from typing import Any

import pytest

from hrcpub.pipeline.typeset import kept_subsets
from hrcpub.pipeline.typeset.engine import load
from tests.shared.boxes import own
from tests.shared.project import ROOT


@pytest.fixture
def fonts(monkeypatch: pytest.MonkeyPatch) -> tuple[type, list[frozenset[int]]]:
    """Return WeasyPrint's fonts with a shelf of their own, and what they are cut to."""
    load(ROOT)
    from weasyprint.pdf.fonts import Font

    stock, cut = own(Font.subset, "cut"), list[frozenset[int]]()

    def noted(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
        cut.append(frozenset(to_unicode))
        stock(font, to_unicode, hinting)

    monkeypatch.setattr(Font, "subset", noted)
    kept_subsets.keep_subsets()
    return Font, cut


def written(text: str, **options: Any) -> bytes:
    page = load(ROOT).HTML(string=f"<html lang=en><title>Page</title><p>{text}")
    file: bytes = page.write_pdf(uncompressed_pdf=True, **options)
    return file


def test_pages_are_those_of_weasyprint(
    fonts: tuple[Any, list[frozenset[int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("Some words", "words Some", "Other words", "\U0010f000 Some words", "")
    kept = [[written(text) for text in texts] for _ in range(2)]
    assert kept[0] == kept[1]
    monkeypatch.setattr(fonts[0], "subset", own(fonts[0].subset, "cut"))
    assert [written(text) for text in texts] == kept[0]


def test_a_font_is_cut_once_for_the_same_glyphs(fonts: tuple[Any, list[frozenset[int]]]) -> None:
    written("Some words")
    written("words So me")
    assert len(fonts[1]) == 1
    written("Other words")
    assert len(fonts[1]) == len(set(fonts[1])) == 2


def test_hints_and_missing_letters_are_a_cut_of_their_own(
    fonts: tuple[Any, list[frozenset[int]]],
) -> None:
    plain = written("Some words")
    assert written("Some words", hinting=True) != plain
    assert written("Some words") == plain
    assert len(fonts[1]) == 2


def test_what_cannot_be_cut_is_tried_again(
    fonts: tuple[Any, list[frozenset[int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts[0], "_harfbuzz_subset", lambda *_: None)
    assert written("Some words") == written("Some words")
    assert len(fonts[1]) == 2


def test_only_so_many_are_kept(
    fonts: tuple[Any, list[frozenset[int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_subsets, "MOST", 2)
    for text in ("a", "b", "c", "a"):
        written(text)
    assert len(fonts[1]) == 4
