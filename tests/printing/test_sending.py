"""What real queues hand to real printers: size, sides, order and copies, measured where it lands.

Nothing of CUPS is taken on trust: sheets are read from the printers' spools, as PDF, PWG raster and
URF, and measured with a ruler that is on the page.
"""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest

from tests.printing.conftest import HRCPUB, Office
from tests.printing.ruled import RULER, number_on, numbers, place_of, ruled, ruler_on

LETTER, A4 = (612.0, 792.0), (595.28, 841.89)
LANDSCAPE = (792.0, 612.0)
LONG = {"Duplex": "DuplexFlipLongEdge"}
CLOSE = 0.15  # mm: two pixels at 300 dots to the inch
NEAR = 0.25  # mm: sheets of a raster are whole pixels, and A4 is not


# The printer, its page, and what it is told: a printer with both sides, whichever format it takes.
@pytest.mark.parametrize(
    ("desk", "size", "sides", "colour"),
    [
        ("duplex", LETTER, "two-sided-long-edge", "monochrome"),  # PDF
        ("wide", LETTER, "two-sided-long-edge", "monochrome"),  # PWG raster
        ("a4", (841.89, 595.28), "two-sided-short-edge", "monochrome"),  # URF, turned
        ("colour", LANDSCAPE, "two-sided-short-edge", "color"),  # PDF, turned
    ],
)
def test_pages_arrive_at_their_own_size_on_the_right_sides(
    desk: str, size: tuple[float, float], sides: str, colour: str, office: Office, tmp_path: Path
) -> None:
    file = ruled(tmp_path / "r.pdf", 3, size)
    done = office.hrcpub("print", str(file), "--to", desk)
    assert done.returncode == 0, done.stderr
    told, arrived = office.told(desk), office.arrived(desk)
    assert (told["sides"], told["print-color-mode"]) == (sides, colour)
    sheet = sorted(size)
    for side in arrived:
        assert sorted(side.size) == pytest.approx(sheet, abs=0.6)
        if number_on(side):
            assert ruler_on(side) == pytest.approx(RULER, abs=CLOSE)
            assert place_of(side) == pytest.approx((25.4, 25.4), abs=NEAR)
        if side.duplex:
            assert side.duplex == (True, sides == "two-sided-short-edge")
    # The last sheet has an empty back. Where sheets come out face up, the last is printed first.
    in_order = numbers(arrived)
    assert in_order in ([1, 2, 3, 0], [0, 3, 2, 1])


def test_copies_are_counted_by_the_printer_or_in_the_file_and_are_whole(
    office: Office, tmp_path: Path
) -> None:
    file = ruled(tmp_path / "r.pdf", 3, LETTER, LONG)
    for desk in ("duplex", "wide"):
        assert office.hrcpub("print", str(file), "--to", desk, "--copies", "3").returncode == 0
        told, pages = office.told(desk), numbers(office.arrived(desk))
        times = int(told.get("copies", "1")) if pages.count(1) == 1 else pages.count(1)
        assert times == 3, (desk, told, pages)
        assert len(pages) % 4 == 0  # each copy begins on a sheet of its own
        assert told["multiple-document-handling"] == "separate-documents-collated-copies"


@pytest.mark.parametrize(
    ("way", "backs"), [("up", [2, 4, 0]), ("down", [0, 4, 2])], ids=["pile up", "pile down"]
)
def test_fronts_come_first_and_backs_in_the_order_in_which_the_pile_is_fed(
    way: str, backs: list[int], office: Office, tmp_path: Path
) -> None:
    file = ruled(tmp_path / "r.pdf", 5, LETTER, LONG)
    fronts = office.hrcpub("print", str(file), "--to", "simplex")
    assert fronts.returncode == 0
    assert "--turned up" in fronts.stderr
    assert numbers(office.arrived("simplex")) == [1, 3, 5]
    assert office.hrcpub("print", str(file), "--to", "simplex", "--turned", way).returncode == 0
    assert numbers(office.arrived("simplex")) == backs
    assert office.told("simplex")["sides"] == "one-sided"


def test_pages_that_are_asked_for_come_in_that_order(office: Office, tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 6, LETTER, {"Duplex": "Simplex"})
    done = office.hrcpub("print", str(file), "--to", "duplex", "--pages", "5,2-3")
    assert done.returncode == 0
    assert numbers(office.arrived("duplex")) == [5, 2, 3]
    assert office.told("duplex")["sides"] == "one-sided"


def test_a_proof_is_one_sheet(office: Office, tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 5, LETTER, LONG)
    done = office.hrcpub("print", str(file), "--to", "duplex", "--proof", "--copies", "9")
    assert done.returncode == 0
    assert "without --proof" in done.stderr
    assert numbers(office.arrived("duplex")) == [1, 2]
    assert office.told("duplex").get("copies", "1") == "1"


def test_what_would_arrive_can_be_looked_at_first(office: Office, tmp_path: Path) -> None:
    file, look = ruled(tmp_path / "r.pdf", 3, LANDSCAPE), tmp_path / "look.pdf"
    before = len(list((office.folder / "simplex").iterdir()))
    words = ("print", str(file), "--to", "simplex", "--to", str(look), "--json")
    done = office.hrcpub(*words)
    assert done.returncode == 0, done.stderr
    (printed,) = json.loads(done.stdout)["printed"]
    assert [job["pages"] for job in printed["jobs"]] == [[1, 3], [2, 0]]
    assert look.exists()
    assert len(list((office.folder / "simplex").iterdir())) == before


def test_a_printer_that_somebody_stopped_says_so_and_the_job_goes_on(
    office: Office, tmp_path: Path
) -> None:
    file = ruled(tmp_path / "r.pdf", 1, LETTER)
    office.run("cupsdisable", "-r", "being mended", "duplex")
    try:
        sent = office.hrcpub("print", str(file), "--to", "duplex", "--no-wait")
        assert (sent.returncode, "cancel duplex-" in sent.stdout) == (0, True)
        shown = office.hrcpub("printers", "--office").stdout
        assert "somebody has stopped it (let it go on: cupsenable duplex)" in shown
    finally:
        office.run("cancel", "-a", "duplex")
        office.run("cupsenable", "duplex")


def test_a_job_that_is_stopped_meanwhile_ends_with_one(office: Office, tmp_path: Path) -> None:
    file = ruled(tmp_path / "r.pdf", 1, LETTER)
    words = (*HRCPUB, "print", str(file), "--to", "duplex")
    office.run("cupsdisable", "duplex")
    try:
        waiting = "until lpstat -o duplex | grep -q duplex-; do sleep 0.1; done; cancel -a duplex"
        done = office.run("sh", "-c", f"({waiting}) & exec {shlex.join(words)}")
    finally:
        office.run("cupsenable", "duplex")
    assert done.returncode == 1
    assert "was stopped at duplex" in done.stderr


IN_THE_STUDIO = """
import sys
from pathlib import Path
from hrcpub.printing.fitting import fitted
from hrcpub.printing.order import PrintOrder, Sides
from hrcpub.studio.printing import ThisComputer

room = ThisComputer()
queue = next(queue for queue in room.queues() if queue.name == "duplex")
(job,) = fitted(PrintOrder(Path(sys.argv[1]), "letter", Sides.LONG), queue).jobs
number = room.send(job, queue)
states = room.follow(queue, number)
first = next(states)
print(queue.reasons, first.is_end, room.cancel(queue, number), [*states][-1].state)
"""


def test_the_studio_sends_to_the_same_printers_and_stops_what_it_sent(
    office: Office, tmp_path: Path
) -> None:
    file = ruled(tmp_path / "r.pdf", 2, LETTER)
    office.run("cupsdisable", "duplex")
    try:
        done = office.run(sys.executable, "-c", IN_THE_STUDIO, str(file))
        left = office.run("lpstat", "-o", "duplex").stdout
    finally:
        office.run("cancel", "-a", "duplex")
        office.run("cupsenable", "duplex")
    assert done.stdout == "('paused',) False True canceled\n", done.stderr
    assert left == ""


def test_control_c_leaves_the_job_to_the_printer_and_says_how_to_stop_it(
    office: Office, tmp_path: Path
) -> None:
    file = ruled(tmp_path / "r.pdf", 1, LETTER)
    words = (*HRCPUB, "print", str(file), "--to", "duplex")
    office.run("cupsdisable", "duplex")
    try:
        waiting = (
            "until lpstat -o duplex | grep -q duplex-; do sleep 0.1; done; sleep 1; kill -INT $$"
        )
        done = office.run("sh", "-c", f"({waiting}) & exec {shlex.join(words)}")
        assert done.returncode == 130
        assert "the job goes on; to stop it: cancel duplex-" in done.stderr
        assert "duplex: somebody has stopped it" in done.stderr
        assert "duplex-" in office.run("lpstat", "-o", "duplex").stdout
    finally:
        office.run("cancel", "-a", "duplex")
        office.run("cupsenable", "duplex")


def test_what_was_measured_of_a_printer_is_printed_against(office: Office, tmp_path: Path) -> None:
    """It was found to print 2 mm too far right, and 1 mm too low: it is handed less of both."""
    for name in ("layouts", "materials"):
        (tmp_path / name).mkdir()
    (tmp_path / "materials/printers.yaml").write_text(
        "office:\n  - queue: duplex\n    front: {left: 22 mm, top: 21 mm}\n"
    )
    file = ruled(tmp_path / "r.pdf", 1, LETTER)
    done = office.hrcpub("print", str(file), "--to", "duplex", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (side,) = office.arrived("duplex")
    assert place_of(side) == pytest.approx((25.4 - 2, 25.4 + 1), abs=CLOSE)
    assert ruler_on(side) == pytest.approx(RULER, abs=CLOSE)
