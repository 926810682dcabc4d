"""QR codes of pieces, read off finished pages by a program that did not make them."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from hrcpub.pipeline.preflight.scanning import code_unread, unread_codes
from hrcpub.pipeline.setting.codes import QUIET, modules
from hrcpub.pipeline.stages import DrawnCode, Report
from hrcpub.problems import Source
from tests.judges import tools
from tests.shared.cards import with_code

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
POSTER = """\
layout: poster
title: Codes
language: en
code: C9
revision: 1
revised: 2026-01-01
words:
  title: Scan This
  code: {code}
  principles:
    - {{opening: One, text: is enough.}}
    - {{opening: Two, text: are more.}}
    - {{opening: Three, text: are a list.}}
    - {{opening: Four, text: are a longer one.}}
"""


def build(worker: BuildWorker, layout: str, code: str, *editions: str) -> Report:
    text = POSTER.format(code=code) if layout == "poster" else with_code(code, layout)
    path = Path(worker.options.root) / "materials/codes.yaml"
    path.write_text(text, encoding="utf-8")
    return worker.do(Job("codes", editions))


def file(worker: BuildWorker, edition: str) -> Path:
    return Path(worker.options.folder) / edition / "codes.pdf"


def read(path: Path, dpi: int) -> list[str]:
    """Return what the codes on a file's pages say, as poppler draws them."""
    return [
        code.text
        for picture in tools.scanned_by_poppler(path, dpi)
        for code in zxingcpp.read_barcodes(picture, formats=QR)
    ]


@pytest.mark.slow(but=["poster"])
@pytest.mark.parametrize("layout", ["half-sheet", "brief", "poster"])
def test_a_code_is_read_off_every_edition_that_has_it(worker: BuildWorker, layout: str) -> None:
    editions = ("screen", "large-print", "press") + (("office",) if layout != "poster" else ())
    report = build(worker, layout, "{url: https://example.org/read, about: Read on}", *editions)
    assert not report.failed, report.problems
    for edition in editions:
        up = 2 if (layout, edition) == ("half-sheet", "office") else 1
        assert read(file(worker, edition), 200) == ["https://example.org/read"] * up, edition
        assert "example.org/read" in tools.text(file(worker, edition))


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{wifi: Gäste ½, password: «geheim»}", "WIFI:T:WPA;S:Gäste ½;P:«geheim»;;"),
        ("{tel: (212) 213-6376}", "tel:+12122136376"),
        ("{url: https://example.org/50%C2%B5g°}", "https://example.org/50%C2%B5g°"),
    ],
)
def test_what_a_code_says_survives_in_every_letter(
    worker: BuildWorker, written: str, said: str
) -> None:
    report = build(worker, "half-sheet", written, "screen")
    assert not report.failed, report.problems
    assert read(file(worker, "screen"), 200) == [said]


@pytest.mark.slow
def test_four_modules_of_white_stand_around_a_code(worker: BuildWorker) -> None:
    build(worker, "half-sheet", "{url: https://example.org/help}", "screen")
    picture = tools.drawn_by_poppler(file(worker, "screen"), 300)[0].convert("RGB")
    (code,) = zxingcpp.read_barcodes(picture.convert("L"), formats=QR)
    corners = code.position
    left, right = corners.top_left.x, corners.top_right.x
    top, bottom = corners.top_left.y, corners.bottom_left.y
    module = (right - left) / (modules("https://example.org/help").across - 2 * QUIET)
    assert module >= 2.5 / 150 * 300 - 0.2
    ring = round(QUIET * module) - 2  # a pixel of each edge is half ink
    box = (left - ring, top - ring, right + ring, bottom + ring)
    around = picture.crop(box)
    around.paste(
        (255, 255, 255), (ring - 3, ring - 3, right - left + ring + 3, bottom - top + ring + 3)
    )
    assert around.getcolors() == [(around.width * around.height, (255, 255, 255))]


def test_an_address_too_long_for_its_place_is_told(worker: BuildWorker) -> None:
    system = Path(worker.options.root) / "layouts/system/system.yaml"
    text = system.read_text(encoding="utf-8")
    assert "code: 76.5 pt" in text
    system.write_text(text.replace("code: 76.5 pt", "code: 40 pt"), encoding="utf-8")
    assert not build(worker, "half-sheet", "{url: https://example.org/help}", "screen").failed
    longer = "{url: https://example.org/help/in/many/words}"
    said = build(worker, "half-sheet", longer, "screen").problems
    (problem,) = [problem for problem in said if problem.is_error]
    assert (problem.code, problem.source and problem.source.line) == ("code-too-small", 10)
    assert "15.7 mm" in problem.message  # 37 modules of 0.42 mm
    assert "14.1 mm" in problem.message


def test_a_code_with_something_over_it_stops_the_build(worker: BuildWorker) -> None:
    css = Path(worker.options.root) / "layouts/half-sheet/layout.css"
    over = (
        ".code { position: relative }\n.code::after { content: ''; position: absolute; left: 0; "
        "top: 0; width: 45pt; height: 45pt; background: #141414 }\n"
    )
    css.write_text(css.read_text(encoding="utf-8") + over, encoding="utf-8")
    report = build(worker, "half-sheet", "{url: https://example.org/help}", "screen")
    (problem,) = [problem for problem in report.problems if problem.code == "code-unread"]
    assert problem.source
    assert (problem.source.path, problem.source.line) == ("materials/codes.yaml", 10)


def test_of_two_codes_the_one_that_is_on_no_page_is_told(worker: BuildWorker) -> None:
    address, other = "https://example.org/help", "https://example.org/nowhere"
    build(worker, "half-sheet", f"{{url: {address}}}", "screen")
    source = Source("materials/codes.yaml", 10)
    codes = [DrawnCode(said, source) for said in (other, address)]
    data = file(worker, "screen").read_bytes()
    assert list(unread_codes(data, codes)) == [code_unread(codes[0])]
    assert list(unread_codes(data, codes[1:])) == []


def test_the_judge_reads_a_code_and_no_code_on_a_blank_page() -> None:
    assert zxingcpp.read_barcodes(Image.new("L", (200, 200), 255), formats=QR) == []
