"""The dated alert: what is made of it when it is out of date, and what its pages say first."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from hrcpub.project.edition import USUAL
from tests.shared.pages import glyphs, read_aloud, texts
from tests.shared.project import Hrcpub

ALERT = "materials/medetomidine-alert.yaml"
DAYS = "{on: 2026-11-24, until: 2027-05-31}"


def expire(root: Path) -> str:
    """Make the alert one that was over on any day on which this runs, and return its name."""
    path = root / ALERT
    text = path.read_text("utf-8")
    assert DAYS in text
    path.write_text(text.replace(DAYS, "{on: 2020-01-02, until: 2020-03-31}"), "utf-8")
    return path.stem


def test_an_alert_that_is_over_becomes_no_paper(worker: BuildWorker) -> None:
    expired = expire(Path(worker.options.root))
    for _ in range(2):  # the second time, from what is current
        report = worker.do(Job(expired, USUAL, is_usual=True))
        assert not report.failed
        assert [made.edition for made in report.outputs] == ["screen", "large-print"]
        assert "notice-over" in {problem.code for problem in report.all_problems}


@pytest.mark.parametrize("edition", ["office", "press"])
def test_who_asks_for_its_paper_is_told_the_way_out(
    hrcpub: Hrcpub, project: Path, edition: str
) -> None:
    expired = expire(project)
    done = hrcpub("build", expired, "--edition", edition)
    assert done.returncode == 1
    assert "not printed: this notice held until 2020-03-31 [notice-withheld]" in done.stderr
    assert "set a later until: if it still holds" in done.stderr
    assert f"{ALERT}:14:9" in done.stderr


def test_the_day_is_the_first_thing_that_is_read_and_the_largest(built: Path) -> None:
    file = built / "screen/medetomidine-alert.pdf"
    assert read_aloud(file)[0].split()[:2] == ["Nov", "24"]
    drawn = glyphs(file)[0]
    assert "".join(g.text for g in drawn if g.size == max(g.size for g in drawn)) == "Nov24"
    assert "Valid until May 31, 2027" in texts(file)[0].replace("\u00a0", " ")
