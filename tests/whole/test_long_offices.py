"""An office whose name or address takes more than one line has its room."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from tests.judges import tools
from tests.whole.test_layouts import build, pdf, sample

OFFICE = """
  long:
    historical: no
    verified: 2026-11-22
    review-by: 2030-01-01
    name: The Very Long Named Community Outreach and Exchange of the Valley
    lines: ["1234 Martin Luther King Junior Memorial Boulevard, Second Floor", "Oakland, CA 94612"]
    tel: (212) 213-6376
"""


@pytest.mark.parametrize("layout", ["sheet", "brief", "half-sheet"])
def test_a_long_office_is_printed_whole(layout: str, worker: BuildWorker) -> None:
    contacts = Path(worker.options.root) / "materials/contacts.yaml"
    contacts.write_text(contacts.read_text(encoding="utf-8") + OFFICE, encoding="utf-8")
    material = sample(layout)
    material["words"]["contacts"] = ["long"]
    report = build(worker, layout, material, ("screen",))
    assert [problem for problem in report.all_problems if problem.is_error] == []
    words = " ".join(tools.text(pdf(worker, "screen")).split())
    assert "Memorial" in words
    assert "Boulevard, Second Floor" in words
