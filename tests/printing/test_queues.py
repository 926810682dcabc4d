"""What queues can do, as CUPS and their printers say it."""

from __future__ import annotations

import json

import pytest

from hrcpub.cli.queue_list import paper_text
from hrcpub.printing.libcups import Destination
from hrcpub.printing.queues import LoadedPaper, ordinary_queue, queue_from
from hrcpub.project.sheets import SHEETS
from tests.printing.conftest import HRCPUB, Office

MM = 72 / 25.4


def test_queues_say_their_papers_margins_sides_and_colours(office: Office) -> None:
    found = {each["name"]: each for each in json.loads(_listed(office))}
    assert set(found) == {"duplex", "simplex", "colour", "a4", "wide"}
    assert [name for name, queue in found.items() if queue["colour"]] == ["colour"]
    assert found["simplex"]["sides"] == ["one-sided"]
    assert len(found["duplex"]["sides"]) == 3
    (only,) = found["a4"]["media"]
    assert (only["sheet"], only["size_mm"], only["margins_mm"]) == (
        "a4",
        [210.0, 297.0],
        [4.23] * 4,
    )
    (wide,) = found["wide"]["media"]
    assert (wide["sheet"], wide["margins_mm"]) == ("letter", [12.7] * 4)


def test_the_paper_that_is_loaded_is_what_the_printer_says(office: Office) -> None:
    """CUPS 2.4.2 itself says A4 and DL of a printer that holds Letter and Number 10."""
    found = {each["name"]: each for each in json.loads(_listed(office))}
    assert [paper["sheet"] for paper in found["duplex"]["ready"]] == ["letter", None]
    (tray,) = found["a4"]["ready"]
    assert (tray["colour"], tray["source"], found["a4"]["face_down"]) == ("yellow", "main", False)


def test_the_list_is_in_words(office: Office) -> None:
    shown = office.hrcpub("printers", "--office").stdout
    assert "prints   black only, one side; backs by hand" in shown
    assert "holds    a4, yellow in main" in shown
    assert "letter   keeps 12.7 mm free" in shown


def test_an_unknown_printer_is_told_with_the_nearest(office: Office) -> None:
    done = office.hrcpub("print", "x.pdf", "--to", "dupleks")
    assert done.returncode == 1
    assert '[queue-unknown]\n    did you mean "duplex"?' in done.stderr


def test_without_a_default_it_asks_which(office: Office) -> None:
    done = office.hrcpub("print", "x.pdf")
    assert done.returncode == 1
    assert "say which with --to: " in done.stderr


def test_a_cups_that_does_not_run_is_told_from_one_without_printers(office: Office) -> None:
    done = office.run("env", "CUPS_SERVER=localhost:6399", *HRCPUB, "printers", "--office")
    assert done.returncode == 1
    assert "CUPS does not answer [cups-silent]" in done.stderr


def test_a_queue_with_a_driver_has_names_for_its_sizes() -> None:
    """Those of a PPD come without `media-size-name`: the name is found by the size."""
    said = {
        "media-supported": ("na_letter_8.5x11in", "iso_a4_210x297mm"),
        "media-col-database": (
            {"media-size": ({"x-dimension": (21590,), "y-dimension": (27940,)},)},
            {"media-size": ({"x-dimension": (10000,), "y-dimension": (15000,)},)},
            {"media-size": ({"x-dimension": ((1000, 9000),), "y-dimension": ((1, 2),)},)},
        ),
    }
    queue = queue_from(Destination("q", True, {}), said, {})
    assert [media.name for media in queue.media] == [
        "na_letter_8.5x11in",
        "custom_100x150mm_100x150mm",
    ]
    assert queue.of_size(SHEETS["letter"].size) is queue.media[0]
    assert queue.of_size(SHEETS["a4"].size) is None


def test_an_ordinary_printer_takes_every_sheet() -> None:
    queue = ordinary_queue()
    assert [media.sheet for media in queue.media] == list(SHEETS)


def _listed(office: Office) -> str:
    return office.hrcpub("printers", "--office", "--json").stdout


@pytest.mark.parametrize(
    ("paper", "text"),
    [
        (
            LoadedPaper("na_letter_8.5x11in", "letter", "main", "", "yellow"),
            "letter, yellow in main",
        ),
        (LoadedPaper("iso_b5_176x250mm", None, "tray-2"), "176 × 250 mm in tray-2"),
        (LoadedPaper("custom", None), "custom"),
    ],
)
def test_a_loaded_paper_is_told_in_words(paper: LoadedPaper, text: str) -> None:
    assert paper_text(paper) == text
