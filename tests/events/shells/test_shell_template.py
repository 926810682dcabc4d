"""Kits travel as bytes; damage to what is joined is seen; the same goes in, the same comes out."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from hrcpub.events.shells import (
    ImprintForm,
    ImprintSpot,
    ShellTemplate,
    gather,
    join,
    look_over,
    look_over_run,
    open_kit,
    unpack,
)
from hrcpub.problems import HrcpubError
from hrcpub.units import Size
from tests.judges import tools
from tests.shared.project import ROOT

AREA = Size(120, 40)
RED = ImprintForm(b"1 0 0 rg 0 0 120 40 re f")
BLUE = ImprintForm(b"0 0 1 rg 0 0 60 40 re f")


def stock(pages: int = 2) -> bytes:
    """Return a piece: a grey line on each page, a font, and XMP."""
    pdf = pikepdf.new()
    for number in range(pages):
        page = pdf.add_blank_page(page_size=(200, 100))
        page.TrimBox = pikepdf.Array([10, 10, 190, 90])
        # Its state is left as a careless program leaves it: scaled, and not restored.
        page.Contents = pdf.make_stream(f"q 0.5 g {number} 0 5 100 re f 3 0 0 3 7 7 cm".encode())
    with pdf.open_metadata() as xmp:
        xmp["dc:title"] = "Ärger"
    pdf.docinfo["/Title"] = "Ärger"
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def kit(pages: int = 2, at: tuple[int, ...] = (2,)) -> ShellTemplate:
    """Return its kit: the imprint's corner 20 and 30 pt into the trim."""
    spots = [ImprintSpot(page, (1, 0, 0, 1, 20, 30)) for page in at]
    return open_kit(stock(pages), spots, AREA, 9.0, is_inked=False)


def test_a_kit_is_the_same_after_a_journey() -> None:
    opened = kit()
    assert unpack(opened.pack()) == opened


@pytest.mark.parametrize("data", [b"", b"\0" * 7, b"\0" * 30, b"\0" * 7 + b"\2{}", b"\xff" * 40])
def test_what_is_no_kit_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        unpack(data)


def test_a_stock_piece_that_is_damaged_is_told() -> None:
    with pytest.raises(HrcpubError) as told:
        open_kit(b"%PDF-1.7 nothing", [], AREA, 9.0, is_inked=False)
    assert told.value.problems[0].code == "stock-unreadable"


def test_the_imprint_lies_where_it_was_planned(tmp_path: Path) -> None:
    """From the trim's corner, whatever state the page's own content leaves behind."""
    file = tmp_path / "joined.pdf"
    file.write_bytes(join(kit(), RED))
    assert tools.qpdf_complaints(file) == ""
    first, second = (page.convert("RGB") for page in tools.drawn_by_poppler(file, 72))
    assert first.getpixel((60, 50)) == (255, 255, 255)
    red = [
        (x, y)
        for x in range(second.width)
        for y in range(second.height)
        if second.getpixel((x, y)) == (255, 0, 0)
    ]
    assert (min(red), max(red)) == ((30, 20), (149, 59))  # y from the page's upper edge


def test_imprints_lie_turned_on_a_sheet(tmp_path: Path) -> None:
    spots = [ImprintSpot(1, (0, 1, -1, 0, 60, 0))]  # a quarter to the left
    opened = open_kit(stock(1), spots, Size(40, 20), 9.0, is_inked=False)
    file = tmp_path / "turned.pdf"
    file.write_bytes(join(opened, ImprintForm(b"1 0 0 rg 0 0 40 20 re f")))
    (page,) = tools.drawn_by_poppler(file, 72)
    red = [
        (x, y)
        for x in range(page.width)
        for y in range(page.height)
        if page.getpixel((x, y)) == (255, 0, 0)
    ]
    assert (min(red), max(red)) == ((50, 50), (69, 89))


def cut(data: bytes) -> bytes:
    return data[: len(data) * 3 // 4]


def without_table(data: bytes) -> bytes:
    return data[: data.rindex(b"startxref")]


def astray(data: bytes) -> bytes:
    place = data.rindex(b"startxref\n") + 10
    return data[:place] + b"7" + data[place + 1 :]


def without_form(data: bytes) -> bytes:
    return data.replace(b"/Imprint ", b"/Implant ", 99)


def other_page_count(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.pages[0]
        file = io.BytesIO()
        pdf.save(file)
    return file.getvalue()


def spoilt_stream(data: bytes) -> bytes:
    """Spoil the packed operators of the imprint."""
    start = data.index(b"stream\n", data.index(b"/Subtype/Form")) + 7
    return (
        data[: start + 4]
        + bytes(byte ^ 0x55 for byte in data[start + 4 : start + 12])
        + (data[start + 12 :])
    )


@pytest.mark.parametrize(
    "damage",
    [cut, without_table, astray, without_form, other_page_count, spoilt_stream, lambda data: b""],
)
def test_damage_to_a_joined_copy_is_seen(damage: Callable[[bytes], bytes]) -> None:
    sound = join(kit(), RED)
    look_over(sound, 2, RED.operators)
    spoilt = damage(sound)
    assert spoilt != sound
    with pytest.raises(HrcpubError) as told:
        look_over(spoilt, 2, RED.operators)
    assert {problem.code for problem in told.value.problems} == {"joint-broken"}


def test_another_sites_imprint_is_seen() -> None:
    with pytest.raises(HrcpubError):
        look_over(join(kit(), BLUE), 2, RED.operators)


@pytest.mark.parametrize("damage", [cut, without_form, other_page_count, spoilt_stream])
def test_damage_to_a_run_is_seen(damage: Callable[[bytes], bytes]) -> None:
    file = io.BytesIO()
    pages = gather(kit(), [(RED, None), (BLUE, None)], file)
    sound = file.getvalue()
    look_over_run(sound, pages, 2)
    for spoilt, copies in ((damage(sound), 2), (sound, 3)):
        with pytest.raises(HrcpubError):
            look_over_run(spoilt, pages, copies)


def test_copies_of_different_sites_have_identifiers_of_their_own() -> None:
    opened = kit()
    found = set()
    for mark in (RED, BLUE):
        with pikepdf.open(io.BytesIO(join(opened, mark))) as pdf:
            found.add(bytes(pdf.trailer.ID[0]))
            assert str(pdf.docinfo["/Title"]) == "Ärger"
            assert pdf.open_metadata()["dc:title"] == "Ärger"
    assert len(found) == 2


def test_a_run_is_its_copies_one_after_the_other(tmp_path: Path) -> None:
    opened = kit()
    with (tmp_path / "run.pdf").open("wb") as file:
        assert gather(opened, [(RED, None), (BLUE, None), (RED, None)], file) == 6
    assert tools.qpdf_complaints(tmp_path / "run.pdf") == ""
    singles = []
    for name, mark in (("red", RED), ("blue", BLUE), ("red", RED)):
        (tmp_path / f"{name}.pdf").write_bytes(join(opened, mark))
        singles += tools.drawn_by_poppler(tmp_path / f"{name}.pdf")
    pages = tools.drawn_by_poppler(tmp_path / "run.pdf")
    assert [page.tobytes() for page in pages] == [page.tobytes() for page in singles]


SEEDED = """
import hashlib, io, sys
from pathlib import Path
sys.path[:0] = sys.argv[1:]
from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.fulfil.jobs import CopyJob, RunJob, ShellJob
from hrcpub.files.sources import Sources
from tests.shared.local_sites import local
from tests.shared.project import ROOT

kits = {}
desk = CopyMaker(Sources(ROOT), lambda job, digest: kits[digest])
job = ShellJob("what-postcard", "press")
stock = desk.stock(job)
kits[stock.digest] = stock.kit
run = io.BytesIO()
sites = (local(logo=True), local("Nhà Văn Hóa"))
desk.run(RunJob("x", job, stock.digest, sites, (("a", "b"), ("c",))), run)
pdf, *_ = desk.copy(CopyJob("x", job, stock.digest, sites[0]))
for data in (stock.pdf, stock.kit, run.getvalue(), pdf):
    print(hashlib.sha256(data).hexdigest())
"""


def test_the_same_goes_in_and_the_same_comes_out_whatever_the_seed() -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-c", SEEDED],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed, zone in (("1", "UTC"), ("77", "Asia/Tokyo"))
    ]
    said = [process.communicate(timeout=120)[0] for process in running]
    assert len(said[0].split()) == 4
    assert said[0] == said[1]
