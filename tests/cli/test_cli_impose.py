"""`hrcpub impose`: what it writes, what it says, and what it makes of hostile files and wishes."""

from __future__ import annotations

import io
import itertools
import json
import os
import random
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary

from hrcpub.problems import ExitCode
from tests.shared.project import Hrcpub


def write(path: Path, pages: int, width: float, height: float, bleed: float = 0.0) -> Path:
    pdf = pikepdf.new()
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(width, height))
        page.obj.MediaBox = Array([-bleed, -bleed, width + bleed, height + bleed])
        page.obj.TrimBox = Array([0, 0, width, height])
        if bleed:
            page.obj.BleedBox = page.obj.MediaBox
        page.obj.Contents = pikepdf.Stream(pdf, b"1 0 0 rg -9 -9 900 900 re f")
        page.obj.Resources = Dictionary()
    pdf.save(path)
    return path


class Shell:
    """A folder in which `hrcpub impose` is run, outside of any project."""

    def __init__(self, folder: Path, hrcpub: Hrcpub) -> None:
        self.folder, self.hrcpub = folder, hrcpub

    def __call__(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        done = self.hrcpub("impose", *map(str, arguments), folder=self.folder)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def json(self, *arguments: object) -> Any:
        done = self(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def impose(tmp_path: Path, hrcpub: Hrcpub) -> Shell:
    folder = tmp_path / "desk"
    folder.mkdir()
    write(folder / "card.pdf", 2, 252, 144, 9)
    write(folder / "booklet.pdf", 10, 396, 612)
    return Shell(folder, hrcpub)


def test_cards_are_laid_on_a_letter_sheet_without_being_asked(impose: Shell) -> None:
    done = impose("card.pdf")
    assert done.returncode == ExitCode.DONE
    assert done.stdout.startswith("card-cards-flip-long-edge.pdf  ")
    assert "print two-sided, flip on the long edge, at actual size" in done.stdout
    assert "2 pages on 1 sheet of 8.5 x 11 in, 8 up, 12 cuts, 40% waste" in done.stderr
    with pikepdf.open(impose.folder / "card-cards-flip-long-edge.pdf") as pdf:
        assert len(pdf.pages) == 2


def test_a_booklet_is_guessed_and_its_blanks_are_told(impose: Shell) -> None:
    said = impose.json("booklet.pdf", "--quantity", "50", "--flip", "long", "-o", "out/sheets.pdf")
    assert said["scheme"] == "saddle-stitch"
    assert said["guessed"]
    assert said["sides"] == ["10 1", "2 .", ". 3", "4 9", "8 5", "6 7"]
    assert (said["sheets"], said["copies"], said["up"]) == (150, [50, 50, 50], 2)
    assert said["flip"] == "long"
    assert [one["code"] for one in said["problems"]] == ["sheet-margin", "page-blank"] or [
        one["code"] for one in said["problems"]
    ] == ["page-blank", "sheet-margin"]
    assert (impose.folder / "out/sheets.pdf").stat().st_size == said["bytes"]


def test_several_files_share_sheets_by_quantity(impose: Shell) -> None:
    write(impose.folder / "other.pdf", 2, 252, 144)
    said = impose.json("card.pdf", "other.pdf", "--quantity", "300", "--quantity", "100",
                       "--gutter", "0 pt")  # fmt: skip
    assert said["scheme"] == "cards"
    assert said["sheets"] == 40
    assert said["waste"] == pytest.approx(1 - 400 * 7 / (40 * 93.5), abs=1e-3)


def test_of_several_stocks_the_least_waste_is_taken(impose: Shell) -> None:
    stocks = [w for one in ("letter", "12 in x 18 in", "13 in x 19 in") for w in ("--stock", one)]
    said = impose.json("card.pdf", "--quantity", 5000, *stocks)
    assert said["sheet"] == [936, 1368]
    assert said["sheets"] == 209
    wastes = [one["waste"] for one in said["options"]]
    assert len(wastes) == 9
    # Those on which bleed is lost come last, and are sorted too.
    assert [then < now for now, then in itertools.pairwise(wastes)].count(True) <= 1
    assert wastes[0] == min(wastes)


def test_a_printers_own_sheets_are_chosen_from(hrcpub: Hrcpub, project: Path) -> None:
    write(project / "card.pdf", 2, 252, 144, 9)
    done = hrcpub("impose", "card.pdf", "--printer", "digital", "--json")
    assert json.loads(done.stdout)["sheet"] in ([936, 1368], [864, 1296])
    assert hrcpub("impose", "card.pdf", "--printer", "nobody").returncode == ExitCode.PROBLEMS


@pytest.mark.parametrize(
    ("mixed", "up", "pages"), [("scale", 8, "pages 1, 2, 3, 4, 5"), ("center", 2, "pages 1, 2")]
)
def test_pages_of_several_sizes_share_sheets_where_that_is_asked_for(
    impose: Shell, mixed: str, up: int, pages: str
) -> None:
    said = impose.json("card.pdf", "booklet.pdf", "--scheme", "n-up", "--mixed", mixed)
    assert (said["pages"], said["up"]) == (12, up)
    (told,) = (p for p in said["problems"] if p["code"] == "page-size-changed")
    assert pages in told["message"]
    assert said["output"]


def test_a_page_whose_content_is_damaged_is_imposed_as_qpdf_mends_it(impose: Shell) -> None:
    """What pages hold is read only when it is placed: there pypdf gives up."""
    whole = (impose.folder / "card.pdf").read_bytes()
    with pikepdf.open(impose.folder / "card.pdf") as pdf:
        pdf.save(impose.folder / "plain.pdf", compress_streams=False)
    whole = (impose.folder / "plain.pdf").read_bytes()
    broken = whole.replace(b"/Length 33", b"/Length 3", 1).replace(b"endstream", b"endstxxam", 1)
    assert broken.count(b"endstream") == whole.count(b"endstream") - 1
    (impose.folder / "broken.pdf").write_bytes(broken)
    said = impose.json("broken.pdf")
    assert [problem["code"] for problem in said["problems"]] == ["file-repaired"]
    assert said["pages"] == 2


def test_a_dummy_has_a_name_of_its_own(impose: Shell) -> None:
    assert impose.json("booklet.pdf", "--dummy")["output"].endswith("-short-edge-dummy.pdf")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nowhere.pdf"], "file-not-read"),
        (["."], "file-not-read"),
        (["pipe"], "file-not-read"),
        (["empty.pdf"], "file-unreadable"),
        (["words.pdf"], "file-unreadable"),
        (["card.pdf", "booklet.pdf"], "page-sizes-mixed"),
        (["card.pdf", "--stock", "napkin"], "stock-unknown"),
        (["card.pdf", "--stock", "0 in x 5 in"], "stock-unknown"),
        (["card.pdf", "--stock", "1 pt x 1 pt"], "stock-unknown"),
        (["card.pdf", "--stock", "9999999 in x 5 in"], "stock-unknown"),
        (["booklet.pdf", "--stock", "a5"], "piece-too-large"),
        (["card.pdf", "--margin", "5 in"], "piece-too-large"),
        (["card.pdf", "--gutter", "5000 in", "--up", "2"], "piece-too-large"),
        (["booklet.pdf", "--scheme", "zine"], "page-count"),
        (["card.pdf", "--quantity", "5", "--quantity", "6"], "quantity-count"),
        (["booklet.pdf", "--quantity", "5", "--quantity", "6"], "quantity-count"),
        (["booklet.pdf", "--caliper", "5 in"], "creep-too-large"),
        (["booklet.pdf", "--creep", "5 in"], "creep-too-large"),
        (["booklet.pdf", "--scheme", "n-up", "--up", "997", "--scale", "fit"], "piece-too-large"),
        (["booklet.pdf", "--scheme", "poster", "--overlap", "50 cm"], "stock-too-small"),
        (["card.pdf", "-o", "card.pdf/sheets.pdf"], "sheets-not-written"),
    ],
)
def test_what_does_not_go_is_a_problem_and_nothing_is_written(
    impose: Shell, arguments: list[str], code: str
) -> None:
    folder = impose.folder
    os.mkfifo(folder / "pipe")
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "words.pdf").write_text("These are words.")
    before = sorted(folder.rglob("*"))
    done = impose(*arguments)
    assert done.returncode == ExitCode.PROBLEMS
    assert f"[{code}]" in done.stderr
    assert "edition" not in done.stderr  # that is a word of builds
    assert done.stdout == ""
    assert sorted(folder.rglob("*")) == before


def test_problems_are_json_where_that_was_asked_for(impose: Shell) -> None:
    done = impose("nowhere.pdf", "--json")
    assert done.returncode == ExitCode.PROBLEMS
    said = json.loads(done.stdout)
    assert said["output"] is None
    assert [one["code"] for one in said["problems"]] == ["file-not-read"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["card.pdf", "--margin", "3"],
        ["card.pdf", "--margin", "-3 mm"],
        ["card.pdf", "--quantity", "0"],
        ["card.pdf", "--quantity", "-5"],
        ["card.pdf", "--quantity", "many"],
        ["card.pdf", "--up", "0"],
        ["card.pdf", "--signature", "5"],
        ["card.pdf", "--scheme", "origami"],
        ["card.pdf", "--flip", "sideways"],
        ["card.pdf", "-o", "card.pdf"],
        ["card.pdf", "-o", "."],
        ["card.pdf", "-o", "/dev/full"],
        ["card.pdf", "--printer", "digital"],
    ],
)
def test_wrong_usage_is_told_apart(impose: Shell, arguments: list[str]) -> None:
    before = {path: path.read_bytes() for path in impose.folder.iterdir()}
    assert impose(*arguments).returncode == ExitCode.USAGE
    assert {path: path.read_bytes() for path in impose.folder.iterdir()} == before


def test_a_file_that_cannot_be_written_leaves_the_old_one(impose: Shell) -> None:
    target = impose.folder / "old.pdf"
    target.write_bytes(b"the old one")
    broken = impose.folder / "broken.pdf"
    data = bytearray((impose.folder / "booklet.pdf").read_bytes())
    at = data.index(b"stream")
    data[at : at + 6] = b"strxxm"
    broken.write_bytes(data)
    done = impose(broken, "-o", target)
    if done.returncode == ExitCode.PROBLEMS:
        assert target.read_bytes() == b"the old one"
    assert not list(impose.folder.glob(".*"))


@pytest.mark.slow
def test_damaged_files_are_problems_and_never_our_bug(impose: Shell, tmp_path: Path) -> None:
    """Bytes changed at random in a good file: imposed or refused, but never a traceback."""
    from hrcpub.pipeline.impose import Appearance, ImposeTask, laid_out, place, read
    from hrcpub.problems import HrcpubError
    from hrcpub.units import PAPER_SIZES

    good = (impose.folder / "booklet.pdf").read_bytes()
    chance, refused, made = random.Random(7), 0, 0
    for _ in range(300):
        data = bytearray(good)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        try:
            artwork = read([("x.pdf", io.BytesIO(bytes(data)))])
            layout = laid_out(
                "n-up", ImposeTask(len(artwork.pages), artwork.piece, PAPER_SIZES["a3"])
            )
            place(artwork, layout, io.BytesIO(), Appearance())
            made += 1
        except HrcpubError as error:
            refused += len(error.problems) == 1
    assert made > 20
    assert refused > 20
