"""`hrcpub calibrate`: a page to measure, and numbers that are asked one by one and kept."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from hrcpub.cli.calibrate_command import QUESTIONS, as_written, with_measures
from hrcpub.files.sources import Sources
from hrcpub.project.office_queues import office_queue, read_office_queues
from tests.shared.pages import judge, texts
from tests.shared.project import Hrcpub

MILLIMETRE = 72 / 25.4


@pytest.mark.parametrize(("sheet", "size"), [("a4", "A4"), ("tabloid", "792 x 1224")])
def test_the_page_is_as_large_as_its_sheet_and_two_sided(
    project: Path, hrcpub: Hrcpub, sheet: str, size: str
) -> None:
    done = hrcpub("calibrate", "Laser_2", "--sheet", sheet)
    assert done.returncode == 0, done.stderr
    path = project / f"output/calibration/Laser_2-{sheet}.pdf"
    assert size in judge("pdfinfo", path)
    front, back = texts(path)
    assert "hrcpub calibrate Laser_2 --measured" in " ".join(front.split())
    assert "Back" in back


def test_what_a_person_types_is_kept_beside_the_shops(project: Path) -> None:
    path = project / "materials/printers.yaml"
    before = path.read_text(encoding="utf-8")
    answers = {"across": "99.4 mm of 100 mm", "front.left": "20.6 mm", "front.top": "19.5 mm"}
    text = with_measures(before, "Brother_HL", answers | {"speed": "30"})
    assert text.startswith(before.rstrip("\n"))
    path.unlink()
    path.write_text(text, encoding="utf-8")
    queue = office_queue("Brother_HL", read_office_queues(Sources(project)))
    assert queue.speed == 30
    assert queue.calibration is not None
    assert queue.calibration.front.left == pytest.approx(20.6 * MILLIMETRE)


def test_a_second_measuring_changes_what_was_measured_again_and_nothing_else() -> None:
    once = with_measures("", "a", {"across": "99 mm of 100 mm", "back.left": "19 mm"})
    other = with_measures(once, "b", {"speed": "20"})
    again = with_measures(other, "a", {"back.top": "21 mm", "across": "98 mm of 100 mm"})
    assert again.count("queue:") == 2
    for part in ("98 mm of 100 mm", "left: 19 mm", "top: 21 mm", "speed: 20"):
        assert part in again.replace('"', "")


@pytest.mark.parametrize(
    ("key", "typed", "written"),
    [
        ("across", "99.4", "99.4 mm of 100 mm"),
        ("down", "4.02 in", "4.02 in of 4 in"),
        ("front.left", "20,6", "20.6 mm"),
        ("margins.top", "5", "5 mm"),
        ("speed", "30", "30"),
        ("speed", "", ""),
    ],
)
def test_a_bare_number_is_in_millimetres(key: str, typed: str, written: str) -> None:
    assert as_written(key, typed) == written


@pytest.mark.parametrize("typed", ["about 20", "20 feet", "-3"])
def test_what_is_no_number_is_asked_again(typed: str) -> None:
    with pytest.raises(ValueError, match="is not a length"):
        as_written("front.left", typed)


def test_the_numbers_are_asked_one_by_one_and_read_again(
    project: Path, hrcpub: Hrcpub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be a measure is asked again; Enter leaves a question out."""
    typed = ["99.4", "", "a lot", "20.6", "19.5", "", "", "4", "4", "4", "5", "30"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed) + "\n"))
    done = hrcpub("calibrate", "Brother_HL", "--measured")
    assert done.returncode == 0, done.stderr
    assert "Front. The bar across that says 100 mm or 4 in: how long is it?" in done.stdout
    assert "type a number, such as 19.6, or 0.77 in" in done.stdout
    queue = office_queue("Brother_HL", read_office_queues(Sources(project)))
    assert queue.calibration is not None
    assert (queue.calibration.across, queue.calibration.down) == (pytest.approx(0.994), 1.0)
    assert queue.margins is not None
    assert queue.margins.bottom == pytest.approx(5 * MILLIMETRE)


@pytest.mark.parametrize("silly", ["90", "1e9", "-5", "nan", "0"])
def test_what_cannot_be_right_is_asked_again(silly: str) -> None:
    for key in ("across", "front.left", "speed"):
        with pytest.raises(ValueError, match=r"\S"):
            as_written(key, "0" if key == "speed" else silly)


def test_what_cannot_be_right_is_told_and_not_kept(
    project: Path, hrcpub: Hrcpub, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project / "materials/printers.yaml"
    before = path.read_bytes()
    monkeypatch.setattr("sys.stdin", io.StringIO("90\n" + "\n" * 11))
    done = hrcpub("calibrate", "Brother_HL", "--measured")
    assert done.returncode == 0
    assert "no printer is so far off: measure again" in done.stdout
    assert path.read_bytes() == before


def test_each_number_is_asked_once_in_plain_words() -> None:
    assert len({key for key, _ in QUESTIONS}) == len(QUESTIONS) == 11
    assert all(question[0].isupper() for _, question in QUESTIONS)
