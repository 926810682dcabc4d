"""Where each edition's pages are cut, by pikepdf's reading."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops, ImageStat

from tests.shared.pages import judge, pictures
from tests.shared.project import MATERIALS, pages_of

# Points, from the trim's lower left corner.
SHEET = "0 0 612 792"
SHEET_BLEED = "-9 -9 621 801"
SHEET_SLUG = "-36 -36 648 828"
CARD = "0 0 144 252"
CARD_BLEED = "-9 -9 153 261"
CARD_SLUG = "-36 -36 180 288"
PALM = "0 0 288 648"
FOLDER = "0 0 792 612"
POSTCARD = "0 0 432 288"
POSTER = "0 0 792 1224"
HALF = "0 0 396 612"
# Edition, piece, Media and Crop, Bleed, Trim.
BOXES = [
    ("screen", "principles", SHEET, SHEET, SHEET),
    ("screen", "why-harm-reduction", SHEET, SHEET, SHEET),
    ("screen", "contact-card", CARD, CARD, CARD),
    ("press", "principles", SHEET_SLUG, SHEET_BLEED, SHEET),
    ("press", "why-harm-reduction", SHEET_SLUG, SHEET_BLEED, SHEET),
    ("press", "contact-card", CARD_SLUG, CARD_BLEED, CARD),
    ("office", "principles", SHEET, SHEET, SHEET),
    ("office", "why-harm-reduction", SHEET, SHEET, SHEET),
    ("office", "contact-card", SHEET, SHEET, SHEET),
    ("screen", "principles-card", PALM, PALM, PALM),
    ("screen", "why-folder", FOLDER, FOLDER, FOLDER),
    ("screen", "what-postcard", POSTCARD, POSTCARD, POSTCARD),
    ("press", "principles-card", "-36 -36 324 684", "-9 -9 297 657", PALM),
    ("press", "why-folder", "-36 -36 828 648", "-9 -9 801 621", FOLDER),
    ("press", "what-postcard", "-36 -36 468 324", "-9 -9 441 297", POSTCARD),
    ("office", "principles-card", SHEET, SHEET, SHEET),
    ("office", "why-folder", FOLDER, FOLDER, FOLDER),
    ("office", "what-postcard", SHEET, SHEET, SHEET),
    ("screen", "principles-poster", POSTER, POSTER, POSTER),
    ("screen", "why-in-short", HALF, HALF, HALF),
    ("screen", "harm-reduction", HALF, HALF, HALF),
    ("press", "principles-poster", "-36 -36 828 1260", "-9 -9 801 1233", POSTER),
    ("press", "why-in-short", "-36 -36 432 648", "-9 -9 405 621", HALF),
    ("press", "harm-reduction", "-36 -36 432 648", "-9 -9 405 621", HALF),
    ("screen", "overdose", SHEET, SHEET, SHEET),
    ("press", "overdose", SHEET_SLUG, SHEET_BLEED, SHEET),
    ("office", "overdose", SHEET, SHEET, SHEET),
    ("screen", "medetomidine-alert", HALF, HALF, HALF),
    ("press", "medetomidine-alert", "-36 -36 432 648", "-9 -9 405 621", HALF),
    ("office", "medetomidine-alert", SHEET, SHEET, SHEET),
    ("office", "why-in-short", SHEET, SHEET, SHEET),
    ("office", "harm-reduction", FOLDER, FOLDER, FOLDER),
]


@pytest.mark.parametrize(("edition", "name", "outer", "bleed", "trim"), BOXES)
def test_pages_have_the_boxes_of_their_edition(
    built: Path, edition: str, name: str, outer: str, bleed: str, trim: str
) -> None:
    with pikepdf.open(built / edition / f"{name}.pdf") as pdf:
        assert len(pdf.pages) == pages_of(name, edition)
        for page in pdf.pages:
            found = {
                box: " ".join(f"{float(edge):g}" for edge in getattr(page, box))
                for box in ("mediabox", "cropbox", "bleedbox", "trimbox")
            }
            assert found == {
                "mediabox": outer,
                "cropbox": outer,
                "bleedbox": bleed,
                "trimbox": trim,
            }


def test_every_file_is_sound_to_qpdf_and_poppler(built: Path) -> None:
    files = sorted(built.glob("*/*.pdf"))
    reflowed = ("large-print", "phone")  # which have no boxes of their own here
    assert len(files) == len(BOXES) + len(reflowed) * len(MATERIALS)
    for file in files:
        judge("qpdf", "--check", file)
        if file.parent.name not in reflowed:
            count = pages_of(file.stem, file.parent.name)
            assert f"Pages:           {count}\n" in judge("pdfinfo", file)


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
