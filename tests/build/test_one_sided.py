"""A piece that is printed on one side: nobody is told to print it two-sided."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from tests.shared.pages import judge

LAYOUT = """\
title: Notice
about: a title and nothing else
trim: {trim}
sides: {sides}
grid: {grid}
colour: how
slots:
  title: {{kind: line, about: the title, required: yes}}
"""
TEMPLATE = """\
{% extends "system/page.html" %}
{% block sides %}
{% for side in range(layout.sides) %}
<section class="side"><h1>{{ words.title|words }}</h1></section>
{% endfor %}
{% endblock %}
"""
MATERIAL = """\
layout: notice
title: Notice
language: en
code: N1
revision: 1
revised: 2026-11-22
words: {title: Closed today}
"""


def office(worker: BuildWorker, trim: str, grid: str, sides: int) -> tuple[Path, str]:
    """Return the office edition of a notice, and what its note says."""
    project = Path(worker.options.root)
    folder = project / "layouts/notice"
    folder.mkdir()
    layout = LAYOUT.format(trim=trim, grid=grid, sides=sides)
    (folder / "layout.yaml").write_text(layout, encoding="utf-8")
    (folder / "layout.html").write_text(TEMPLATE, encoding="utf-8")
    (folder / "layout.css").write_text("h1 { font-size: 12pt }\n", encoding="utf-8")
    (folder / "sample.yaml").write_text(MATERIAL, encoding="utf-8")
    (project / "materials/notice.yaml").write_text(
        MATERIAL.replace("Closed today", "Open tomorrow"), encoding="utf-8"
    )
    report = worker.do(Job("notice", ("office",)))
    assert not report.failed, report.problems
    return project / "output/office/notice.pdf", report.outputs[0].note or ""


def asked_of_the_printer(file: Path) -> str:
    with pikepdf.open(file) as pdf:
        return str(pdf.Root.ViewerPreferences.Duplex)


LETTER, CARD = ("8.5 in x 11 in", "letter"), ("2 in x 3.5 in", "card")


@pytest.mark.parametrize("size", [LETTER, CARD])
def test_one_side_is_printed_one_sided(worker: BuildWorker, size: tuple[str, str]) -> None:
    file, note = office(worker, *size, sides=1)

    assert note.startswith("print one-sided on light blue paper, actual size")
    assert asked_of_the_printer(file) == "/Simplex"


@pytest.mark.parametrize("size", [LETTER, CARD])
def test_two_sides_are_printed_two_sided(worker: BuildWorker, size: tuple[str, str]) -> None:
    file, note = office(worker, *size, sides=2)

    assert note.startswith("print two-sided on light blue paper, flip on the long edge, actual")
    assert asked_of_the_printer(file) == "/DuplexFlipLongEdge"


def test_the_slug_of_a_one_sided_sheet_says_so(worker: BuildWorker) -> None:
    file, _ = office(worker, *CARD, sides=1)

    text = judge("pdftotext", "-raw", file, "-")

    assert "side 1 of 1 · print one-sided, actual size · paper: light blue" in text
