"""Titles that a template tears: lines too unlike, or too far apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from tests.whole.test_layouts import build, sample

FITTED = "{{ c.lines(lines, set.spread(lines, tall, tail), true) }}"


def title_codes(worker: BuildWorker, title: str, made: str) -> set[str]:
    """Return what is said of a folder's title where its template sets it in a way of its own."""
    template = Path(worker.options.root) / "layouts/trifold/layout.html"
    text = template.read_text(encoding="utf-8")
    assert FITTED in text
    template.write_text(text.replace(FITTED, made), encoding="utf-8")
    material = sample("trifold")
    material["words"]["title"] = title
    report = build(worker, "trifold", material, ("screen",))
    return {p.code for p in report.all_problems if p.code in ("title-uneven", "title-gap")}


def line(text: str, size: int) -> str:
    return f"{{{{ c.display(set.sized('{text}', {size}, grid.measure)) }}}}"


@pytest.mark.parametrize(
    ("title", "made", "codes"),
    [
        ("Who Comes Tonight", FITTED, set()),
        ("Who Comes Tonight", "{{ c.lines(lines, 95) }}", {"title-gap"}),
        ("Call a Van", line("Call", 80) + line("a", 120) + line("Van", 40), {"title-uneven"}),
        ("Call a *Van*", line("Call", 80) + line("a", 30) + line("Van", 110), set()),
    ],
)
def test_what_tears_a_title_is_told(
    worker: BuildWorker, title: str, made: str, codes: set[str]
) -> None:
    assert title_codes(worker, title, made) == codes
