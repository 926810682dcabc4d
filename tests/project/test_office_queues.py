"""What was measured of an office's printers, as people keep it in printers.yaml."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.office_queues import (
    MARK,
    Calibration,
    EdgeMargins,
    OfficeQueue,
    measured_share,
    office_queue,
    read_office_queues,
)
from hrcpub.project.printers import read_printers

MILLIMETRE = 72 / 25.4
WHOLE = """\
office:
  - queue: Brother_HL
    about: by the door
    speed: 30
    across: 99.4 mm of 100 mm
    down: 4.02 in of 4 in
    front: {left: 20.6 mm, top: 19.5 mm}
    back: {left: 19.8 mm, top: 20.4 mm}
    margins: {left: 4 mm, top: 5 mm, right: 4 mm, bottom: 6 mm}
  - queue: plain
"""


def queues(project: Path, text: str) -> tuple[OfficeQueue, ...]:
    path = project / "materials/printers.yaml"
    path.unlink()
    path.write_text(text, encoding="utf-8")
    return read_office_queues(Sources(project))


def test_all_that_was_measured_is_read(project: Path) -> None:
    first, plain = queues(project, WHOLE)
    assert (first.name, first.about, first.speed) == ("Brother_HL", "by the door", 30)
    assert first.margins == pytest.approx(EdgeMargins(*(n * MILLIMETRE for n in (4, 5, 4, 6))))
    calibration = first.calibration
    assert calibration is not None
    assert (calibration.across, calibration.down) == (pytest.approx(0.994), pytest.approx(1.005))
    assert calibration.front.left == pytest.approx(20.6 * MILLIMETRE)
    assert calibration.back is not None
    assert calibration.back.top == pytest.approx(20.4 * MILLIMETRE)
    assert (plain.calibration, plain.margins, plain.speed) == (None, None, None)
    assert read_printers(Sources(project)) == {}


def test_the_sample_project_has_none(sources: Sources) -> None:
    assert read_office_queues(sources) == ()


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("99.4 mm of 100 mm", 0.994),
        ("99.4 mm", 0.994),
        ("4.02 in", 1.005),
        ('4.02"', 1.005),
        ("149 mm of 150 mm", 149 / 150),
    ],
)
def test_a_bar_is_so_long_of_what_it_should_be(text: str, share: float) -> None:
    assert measured_share(text) == pytest.approx(share)


@pytest.mark.parametrize("text", ["99.4", "long", "99 mm of", "99 mm of 0 mm"])
def test_what_is_no_measure_of_a_bar_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        measured_share(text)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("across: 99.4", "slot-value"),
        ("across: 94 mm of 100 mm", "measure-doubtful"),
        ("front: {left: 20 mm}", "slot-missing"),
        ("front: {left: 20 mm, top: 2 in}", "measure-doubtful"),
        ("shift: 3 mm", "slot-unknown"),
    ],
)
def test_mistakes_are_told(project: Path, line: str, code: str) -> None:
    with pytest.raises(HrcpubError) as caught:
        queues(project, f"office:\n  - queue: laser\n    {line}\n")
    assert {problem.code for problem in caught.value.problems} == {code}
    assert all(problem.source and problem.source.line for problem in caught.value.problems)


def test_a_queue_that_was_not_measured_is_told_with_what_to_do() -> None:
    known = (OfficeQueue("Brother_HL"),)
    assert office_queue("Brother_HL", known) is known[0]
    with pytest.raises(HrcpubError) as caught:
        office_queue("Brother_HLL", known)
    assert caught.value.problems[0].hint == 'did you mean "Brother_HL"?'
    with pytest.raises(HrcpubError) as caught:
        office_queue("xerox", ())
    assert "hrcpub calibrate xerox" in str(caught.value.problems[0].hint)


def test_a_printer_that_is_exact_has_nothing_to_move() -> None:
    assert Calibration().is_exact
    assert not Calibration(across=0.999).is_exact
    assert Calibration().front.left == MARK


def test_a_printer_stands_once(project: Path) -> None:
    with pytest.raises(HrcpubError) as refused:
        queues(project, "office:\n  - queue: plain\n  - queue: other\n  - queue: plain\n")
    (problem,) = refused.value.problems
    assert problem.code == "queue-twice"
    assert problem.source is not None
    assert problem.source.line == 4


@pytest.mark.parametrize("name", ["", "[plain]", "{plain: yes}"])
def test_what_is_no_name_of_a_queue_is_told(project: Path, name: str) -> None:
    with pytest.raises(HrcpubError) as refused:
        queues(project, f"office:\n  - queue: {name}\n  - queue: plain\n")
    assert "office.1.queue" in refused.value.problems[0].message
