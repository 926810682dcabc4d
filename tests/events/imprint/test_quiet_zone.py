"""Every code on a page has four modules of white around it, and modules that can be read."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hrcpub.events.fulfil.jobs import CopyJob, ShellJob
from hrcpub.pipeline.setting import codes
from tests.judges import tools
from tests.shared.local_sites import local
from tests.shared.pairs import spread
from tests.shared.shells import MATERIALS as KEEPING
from tests.shared.shells import Shells

DPI = 300
QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
DARK = 128  # of 255
MATERIALS = tuple(KEEPING.values())
# Of few words, so that the code is under them and as large as it may be; and of many.
BARE = local("A Site", (), None, "(510) 555-0101", "https://example.org/a")
FULL = local(logo=True)
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels; the last two are outside


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Shells:
    return Shells(tmp_path_factory)


def has_dark(page: Image.Image, box: Box) -> bool:
    left, top, right, foot = box
    inside = (max(0, left), max(0, top), min(page.width, right), min(page.height, foot))
    levels = page.crop(inside).getextrema()
    assert isinstance(levels[0], int)
    return levels[0] < DARK


def moved(box: Box, side: int, pixels: int) -> Box:
    """Return a box with one of its sides moved outwards."""
    outwards = pixels * (-1 if side < 2 else 1)
    left, top, right, foot = (edge + outwards * (at == side) for at, edge in enumerate(box))
    return left, top, right, foot


def rim(box: Box, side: int) -> Box:
    """Return the line of pixels that lies just inside one side of a box."""
    left, top, right, foot = box
    lines = (
        (left, top, left + 1, foot),
        (left, top, right, top + 1),
        (right - 1, top, right, foot),
        (left, foot - 1, right, foot),
    )
    return lines[side]


def exact(page: Image.Image, box: Box) -> Box:
    """Return the box of a code's dark modules, from what a decoder says of its place."""
    for side in range(4):
        while has_dark(page, rim(moved(box, side, 1), side)):
            box = moved(box, side, 1)
        while not has_dark(page, rim(box, side)):
            box = moved(box, side, -1)
    return box


def white_ring(page: Image.Image, box: Box, most: int) -> int:
    """Return how many pixels around a box are light, on all sides and at the corners."""
    for width in range(most):
        for side in range(4):
            box = moved(box, side, 1)
        if any(has_dark(page, rim(box, side)) for side in range(4)):
            return width
    return most


def measured(file: Path, says: str) -> list[tuple[float, float]]:
    """Return of each code its white ring in modules, and a module's pixels at 150 to the inch."""
    across = len(codes.modules(says).rows)
    found = []
    for grey in tools.scanned_by_poppler(file, DPI):
        for code in zxingcpp.read_barcodes(grey, formats=QR):
            assert code.text == says
            place = code.position
            corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
            xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
            box = exact(grey, (min(xs), min(ys), max(xs), max(ys)))
            module = (box[2] - box[0]) / across
            found.append((white_ring(grey, box, round(6 * module)) / module, module * 150 / DPI))
    return found


# For the press each with few words; the other ways take turns.
LAID = [
    *((material, "press", "few words") for material in MATERIALS),
    *(
        (material, edition, words)
        for material, (edition, words) in spread(
            reversed(MATERIALS),
            [("office", "few words"), ("screen", "few words"), ("press", "many words")],
            1,
        )
    ),
]


@pytest.mark.slow
@pytest.mark.parametrize(("material", "edition", "words"), LAID)
def test_four_modules_around_a_code_are_white(
    material: str,
    edition: str,
    words: str,
    made: Shells,
    tmp_path: Path,
) -> None:
    """Both drawings are looked at: operators that join a shell, and HTML where it is tagged."""
    job, site = ShellJob(material, edition), {"few words": BARE, "many words": FULL}[words]
    file = tmp_path / "copy.pdf"
    copy = CopyJob("x.pdf", job, made[job].template_digest, site)
    file.write_bytes(made.maker.copy(copy).pdf)
    assert site.url is not None
    found = measured(file, site.url.text)
    assert found
    for ring, pixels in found:
        assert ring >= 3.75  # one pixel in five is lost where edges are smoothed
        assert pixels >= 2.45
