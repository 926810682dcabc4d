"""Where each edition's pages are cut, by pikepdf's reading."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops, ImageStat

from hrcpub.units import Size
from tests.shared.pages import pictures
from tests.shared.project import PIECES, editions_of, pages_of

CASES = [
    (edition, name)
    for name, piece in PIECES.items()
    for edition in ("screen", "press", "office")
    if edition in editions_of(name)
]


def box(size: Size, reach: int = 0) -> str:
    """Return a box about a piece, in points from the trim's lower left corner."""
    edges = (0 - reach, 0 - reach, size.width + reach, size.height + reach)
    return " ".join(f"{edge:g}" for edge in edges)


@pytest.mark.parametrize(("edition", "name"), CASES)
def test_pages_have_the_boxes_of_their_edition(built: Path, edition: str, name: str) -> None:
    design = PIECES[name].design
    size = design.sheet if edition == "office" else design.trim
    bleed, slug = (9, 36) if edition == "press" else (0, 0)
    with pikepdf.open(built / edition / f"{name}.pdf") as pdf:
        assert len(pdf.pages) == pages_of(name, edition)
        for page in pdf.pages:
            found = {
                name: " ".join(f"{float(edge):g}" for edge in getattr(page, name))
                for name in ("mediabox", "cropbox", "bleedbox", "trimbox")
            }
            assert found == {
                "mediabox": box(size, slug),
                "cropbox": box(size, slug),
                "bleedbox": box(size, bleed),
                "trimbox": box(size),
            }


@pytest.mark.parametrize("name", ["principles", "why-harm-reduction", "contact-card"])
def test_bleed_is_more_of_the_same_page(built: Path, name: str) -> None:
    """The press file, trimmed, is the screen's."""
    press = pictures(built / "press" / f"{name}.pdf", 2)
    screen = pictures(built / "screen" / f"{name}.pdf", 2)
    for large, small in zip(press, screen, strict=True):
        width, height = small.size
        reach = 2 * 36
        trimmed = large.crop((reach, reach, reach + width, reach + height))
        # Inks look otherwise on a screen, so what is compared is where there is ink at all.
        dark = [side.convert("L").point(lambda v: 255 * (v < 90)) for side in (trimmed, small)]
        apart = ImageStat.Stat(ImageChops.difference(*dark)).mean[0]
        assert apart < 2


def test_the_office_sheet_is_clipped_to_what_a_printer_reaches(built: Path) -> None:
    with pikepdf.open(built / "office/principles.pdf") as pdf:
        for page in pdf.pages:
            first, *_ = pikepdf.parse_content_stream(page, "re")
            left, foot, width, height = (float(number) for number in first.operands)
            assert (left, foot) == pytest.approx((17.008, 17.008), abs=0.001)
            assert (left + width, foot + height) == pytest.approx((594.992, 774.992), abs=0.001)
