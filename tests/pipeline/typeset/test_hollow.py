"""The last page of large print: told where it is nearly empty, and else not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from hrcpub.problems import Severity


@pytest.mark.parametrize(("lines", "is_told"), [(2, True), (14, False)])
def test_a_last_page_that_is_nearly_empty_is_told(
    worker: BuildWorker, lines: int, is_told: bool
) -> None:
    root = Path(worker.options.root)
    words = "".join('<p class="paragraph">Word after word.</p>' for _ in range(lines))
    path = root / "layouts/card/large-print.html"
    text = path.read_text("utf-8")
    end = "{{ large.foot() }}"
    assert end in text
    page = '<div style="break-before:page">' + words + "</div>"
    path.write_text(text.replace(end, f"{end}{page}"), "utf-8")
    report = worker.do(Job("contact-card", ("large-print", "screen")))
    assert not report.failed, report.problems
    told = [problem for problem in report.all_problems if problem.code == "page-hollow"]
    assert len(told) == is_told
    for problem in told:
        assert problem.severity is Severity.NOTE
        assert problem.hint == f"cut {3 * lines} words to save the page"
