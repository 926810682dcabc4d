"""Each edition's files before qpdf, Poppler and Ghostscript, which know nothing of each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.project.edition import EDITIONS
from hrcpub.units import Size
from tests.judges import tools
from tests.shared.pairs import spread
from tests.shared.project import LETTER, MATERIALS, PIECES, editions_of, pages_of

# Two renderers smooth edges each in its own way, and each has its own screen colours for inks: 0.04
# on average and 0.12 at worst were seen. In a square of 12 pt a missing line of text makes 0.14 to
# 0.25.
ALIKE_ON_AVERAGE, ALIKE_AT_WORST = 0.06, 0.14
REFLOWED = {"large-print": LETTER, "phone": Size(360, 640)}


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    """Return the name of each edition in turn."""
    return str(request.param)


@pytest.fixture
def files(edition: str, built: Path) -> list[Path]:
    """Return the files of that edition."""
    return [
        built / edition / f"{material}.pdf"
        for material in MATERIALS
        if edition in editions_of(material)
    ]


@pytest.mark.slow(but=["press", "screen"])
def test_qpdf_finds_nothing_to_mend(files: list[Path]) -> None:
    assert [tools.qpdf_complaints(file) for file in files] == [""] * len(files)


@pytest.mark.slow(but=["press"])
def test_every_font_is_embedded_and_subset_and_its_letters_are_known(files: list[Path]) -> None:
    for file in files:
        fonts = tools.fonts(file)
        assert len(fonts) >= 2
        assert [font for font in fonts if not all(font[3:]) or font.kind == "Type 3"] == []
        assert [font for font in fonts if not font.name.partition("+")[2].startswith("HRC-")] == []


@pytest.mark.slow(but=["press"])
def test_pages_have_their_trim_and_bleed(edition: str, files: list[Path]) -> None:
    for file in files:
        pages, design = tools.boxes(file), PIECES[file.stem].design
        own = design.sheet if edition == "office" else design.trim
        width, height = REFLOWED.get(edition, own)
        for boxes in pages:
            left, bottom, *_ = boxes["trim"]
            trim = tools.Box(left, bottom, left + width, bottom + height)
            assert tuple(boxes["trim"]) == pytest.approx(tuple(trim), abs=0.01)
            bleed = trim.outset(EDITIONS[edition].bleed)
            assert tuple(boxes["bleed"]) == pytest.approx(tuple(bleed), abs=0.01)
            assert boxes["media"].holds(boxes["bleed"])
            assert boxes["crop"] == boxes["media"]
        if edition in REFLOWED:
            assert pages
        else:
            assert len(pages) == pages_of(file.stem, edition)


# Editions share what they draw, and pieces how: each piece is drawn in three editions.
DRAWN = set(spread(MATERIALS, tuple(EDITIONS), 3))


@pytest.mark.slow
def test_two_renderers_draw_the_same(edition: str, files: list[Path]) -> None:
    looked_at = [file for file in files if (file.stem, edition) in DRAWN]
    assert len(looked_at) > len(MATERIALS) // 3
    for file, ghostscript in zip(looked_at, tools.all_drawn_by_ghostscript(looked_at), strict=True):
        poppler = tools.drawn_by_poppler(file)
        assert poppler
        for one, other in zip(poppler, ghostscript, strict=True):
            assert tools.mean_difference(one, other) < ALIKE_ON_AVERAGE, file
            assert tools.worst_difference(one, other) < ALIKE_AT_WORST, file
