"""A figure on the pages: in every edition, with what it says, and what is told of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageChops, ImageFilter

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.figures import LEAST, drawn_figure
from hrcpub.pipeline.typeset.engine import load
from hrcpub.problems import Problem
from hrcpub.project.figures import HIGH, figure_names
from hrcpub.project.figures.reading import read_figure
from hrcpub.project.figures.shapes import Figure
from tests.judges import verapdf
from tests.shared.pages import colours, ink, pictures
from tests.shared.project import ROOT, Hrcpub

LAYOUT = """\
title: Sign
about: a figure and a line
trim: 5.5 in x 8.5 in
sides: 1
grid: half-sheet
colour: what
slots:
  title: {kind: line, about: under the figure, required: yes}
  figure: {kind: figure, about: above the title}
"""
TEMPLATE = """\
{% extends "system/page.html" %}
{% import "system/components.html" as c with context %}
{% block sides %}
<section class="side">{{ c.figure(words.figure, 90) }}
<h1>{{ c.display(set.fit(words.title, grid.measure)) }}</h1></section>
{% endblock %}
"""
LARGE = """\
{% extends "system/page.html" %}
{% import "system/components.html" as c with context %}
{% import "system/large-print-components.html" as large with context %}
{% block sides %}{{ c.figure(words.figure, 120) }}{{ large.title(words.title) }}{% endblock %}
"""
MATERIAL = """\
layout: sign
title: A sign
language: en
code: S1
revision: 1
revised: 2026-11-22
words:
  title: Carry naloxone
  figure: spray
"""
TESTED = 'tested: {by: The night van, on: 2026-05-31, with: "30 readers, 27 right"}\n'
EDITIONS = ("screen", "office", "press", "large-print", "phone")

Change = Callable[[str, str, str], None]


@pytest.fixture
def change(project: Path) -> Change:
    """Return a function that changes a text of the project's file, where it is once."""

    def changed(path: str, before: str, after: str) -> None:
        text = (project / path).read_text(encoding="utf-8")
        assert text.count(before) == 1
        (project / path).write_text(text.replace(before, after), encoding="utf-8")

    return changed


@pytest.fixture
def sign(project: Path, change: Change) -> Path:
    """Return a project with a sign: a figure that readers know over a line."""
    folder = project / "layouts" / "sign"
    folder.mkdir()
    for path, text in {
        folder / "layout.yaml": LAYOUT,
        folder / "layout.html": TEMPLATE,
        folder / "large-print.html": LARGE,
        folder / "layout.css": "",
        folder / "sample.yaml": MATERIAL.replace("naloxone", "what you need"),
        project / "materials" / "sign.yaml": MATERIAL,
    }.items():
        path.write_text(text, encoding="utf-8")
    change("layouts/figures/spray.yaml", "title:", f"{TESTED}title:")
    return project


@pytest.fixture(scope="session")
def sheet() -> list[tuple[Figure, Image.Image]]:
    """Return each figure of the library with its picture, four pixels to a unit."""
    inks = {"ink": "#000", "paper": "#fff"}
    figures = [read_figure(Sources(ROOT), name) for name in figure_names(Sources(ROOT))]
    pages = "".join(
        f"@page p{number} {{ size: {figure.wide}pt {HIGH}pt; margin: 0 }}"
        f".p{number} {{ page: p{number} }}"
        for number, figure in enumerate(figures)
    )
    drawn = "".join(
        f'<div class="p{number}">{drawn_figure(figure, HIGH, inks, "en")}</div>'
        for number, figure in enumerate(figures)
    )
    weasyprint = load(ROOT)  # as others in this process need it
    pdf = weasyprint.HTML(string=f"<style>body {{ margin: 0 }}{pages}</style>{drawn}").write_pdf()
    return list(zip(figures, pictures(pdf, scale=4), strict=True))


def build(project: Path, *editions: str) -> list[Problem]:
    worker = BuildWorker(BatchOptions(str(project), str(project / "output")))
    return list(worker.do(Job("sign", editions or ("screen",))).all_problems)


def output(project: Path, edition: str) -> Path:
    return project / "output" / edition / "sign.pdf"


def alts(path: Path) -> list[str]:
    """Return what is said in place of each picture in the tags."""
    with pikepdf.open(path) as pdf:
        things = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)]
        return [str(thing.Alt) for thing in things if thing.get("/S") == "/Figure"]


def test_each_figure_fills_its_field_and_stands_on_its_floor(
    sheet: list[tuple[Figure, Image.Image]],
) -> None:
    """Ink, not empty field, meets a column's edges."""
    assert len(sheet) >= 30
    for figure, picture in sheet:
        box = ink(picture, scale=4)
        assert box, figure.name
        assert box.left <= 1, figure.name
        assert box.right >= figure.wide - 1.3, figure.name
        assert box.bottom >= HIGH - 0.7, figure.name


def test_figures_outlive_a_copy_of_a_copy(sheet: list[tuple[Figure, Image.Image]]) -> None:
    """At the least height, 200 dots to the inch, blurred and made black and white, twice."""
    for figure, picture in sheet:
        size = (round(figure.wide * LEAST / HIGH * 200 / 72), round(LEAST * 200 / 72))
        first = picture.convert("L").resize(size, Image.Resampling.BOX)
        copy = first
        for _ in range(2):
            copy = copy.filter(ImageFilter.GaussianBlur(1.5)).point(lambda v: 255 * (v > 128))
        black, left = (sum(one.histogram()[:128]) for one in (first, copy))
        gone = ImageChops.difference(first.point(lambda v: 255 * (v > 128)), copy)
        assert abs(left - black) / black < 0.03, figure.name
        assert sum(gone.histogram()[128:]) / black < 0.05, figure.name


@pytest.mark.slow
def test_a_figure_is_in_every_edition_and_says_what_it_shows(sign: Path) -> None:
    assert build(sign, *EDITIONS) == []
    tagged = [output(sign, edition) for edition in ("screen", "large-print", "phone")]
    for path in tagged:
        assert alts(path) == ["A nasal spray"]
    verdicts = verapdf.judge([(verapdf.PDF_UA_1, path) for path in tagged])
    assert [str(verdict) for verdict in verdicts if not verdict.is_compliant] == []


def inks(path: Path) -> set[str]:
    """Return all builds of inks that a file fills or strokes with."""
    with pikepdf.open(path) as pdf:
        streams = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream)]
        drawn = [s for s in streams if "/Subtype" not in s or s.Subtype == "/Form"]
        content = b"\n".join(stream.read_bytes() for stream in drawn).decode("latin-1")
    return set(re.findall(r"[0-9. ]+ [kK]\b", content))


def test_a_figure_is_in_black_and_paper_alone(sign: Path, change: Change) -> None:
    change("materials/sign.yaml", "figure: spray", "figure: sharps-box")
    change("layouts/figures/sharps-box.yaml", "title:", f"{TESTED}title:")
    assert build(sign, "press", "office") == []
    (office,) = pictures(output(sign, "office"))
    assert all(max(colour) - min(colour) < 3 for colour in colours(office))
    with_figure = inks(output(sign, "press"))
    assert len(with_figure) > 4  # the colour bar has its own

    change("layouts/sign/layout.html", "{{ c.figure(words.figure, 90) }}", "")
    change("layouts/sign/layout.yaml", "{kind: figure,", "{kind: figure, forms: [large-print],")
    assert build(sign, "press") == []
    assert {one.lower() for one in with_figure} <= {
        ink.lower() for ink in inks(output(sign, "press"))
    }


def test_a_figure_on_ink_is_reversed(sign: Path, change: Change) -> None:
    shares = []
    for before, after in (("90)", "90)"), ("90)", '90, "ink")')):
        change("layouts/sign/layout.html", before, after)
        assert build(sign) == []
        (page,) = pictures(output(sign, "screen"))
        head = page.crop((0, 0, page.width, 200)).convert("L")  # the figure, without the title
        shares.append(sum(head.histogram()[:90]))

    assert shares[0] > 5000
    assert shares[1] == 0


def test_what_readers_were_not_asked_about_is_told_once(sign: Path, change: Change) -> None:
    change("materials/sign.yaml", "figure: spray", "figure: van")

    (problem,) = build(sign, "screen", "press")

    assert (problem.code, str(problem.severity)) == ("figure-untested", "warning")
    assert problem.source
    assert str(problem.source) == "materials/sign.yaml:9:11"
    assert "van" in problem.message


@pytest.mark.parametrize(
    ("path", "before", "after", "code", "words"),
    [
        ("materials/sign.yaml", "figure: spray", "figure: spary", "slot-choice", '"spray"?'),
        ("layouts/sign/layout.html", "(words.figure", '("vna"', "template-error", '"van"?'),
        ("layouts/sign/layout.html", "90)", '90, "red")', "template-error", "ink"),
        ("layouts/sign/layout.html", "90)", "59)", "figure-small", "room"),
        (
            "layouts/sign/layout.html",
            "{{ c.figure(words.figure, 90) }}",
            "",
            "figure-unprinted",
            "layouts/sign/layout.html",
        ),
    ],
)
def test_what_is_wrong_with_a_figure_is_told(
    sign: Path, change: Change, path: str, before: str, after: str, code: str, words: str
) -> None:
    change(path, before, after)

    problems = [problem for problem in build(sign) if problem.is_error]

    assert [problem.code for problem in problems] == [code]
    assert words in f"{problems[0].message} {problems[0].hint}"


def test_a_grid_for_pages_that_are_read_from_afar_asks_for_more(sign: Path, change: Change) -> None:
    change(
        "layouts/sign/layout.yaml",
        "grid: half-sheet",
        "grid: {like: half-sheet, figure-least: 91 pt}",
    )

    (problem,) = build(sign)

    assert problem.code == "figure-small"
    assert str(problem.source) == "materials/sign.yaml:9:11"
    assert "32.1 mm" in problem.message


def test_a_form_may_leave_a_figure_out_on_purpose(sign: Path, change: Change) -> None:
    change("layouts/sign/large-print.html", "{{ c.figure(words.figure, 120) }}", "")
    assert [problem.code for problem in build(sign, "large-print")] == ["figure-unprinted"]

    change("layouts/sign/layout.yaml", "{kind: figure,", "{kind: figure, forms: [layout],")
    assert build(sign, "large-print", "screen") == []


def test_a_figure_speaks_the_language_of_the_piece(sign: Path, change: Change) -> None:
    change("layouts/sign/layout.html", "90)", '90, "paper", "es")')
    assert build(sign) == []
    assert alts(output(sign, "screen")) == ["Un aerosol nasal"]

    change("layouts/sign/layout.html", '"es"', '"ht"')
    (problem,) = build(sign)
    assert (problem.code, str(problem.severity)) == ("figure-speechless", "warning")
    assert alts(output(sign, "screen")) == ["A nasal spray"]


def test_editors_offer_the_names_of_figures(sign: Path, hrcpub: Hrcpub) -> None:
    assert hrcpub("schema", "sign", "--write").returncode == 0

    schema = (sign / "layouts" / "sign" / "schema.json").read_text(encoding="utf-8")
    assert '"give-spray"' in schema


def test_a_piece_without_figures_reads_none(sign: Path, change: Change) -> None:
    for path, before in (
        ("materials/sign.yaml", "  figure: spray\n"),
        ("layouts/sign/layout.yaml", "  figure: {kind: figure, about: above the title}\n"),
        ("layouts/sign/layout.html", "{{ c.figure(words.figure, 90) }}"),
    ):
        change(path, before, "")
    worker = BuildWorker(BatchOptions(str(sign), str(sign / "output")))

    report = worker.do(Job("sign", ("screen",)))

    assert report.problems == ()
    assert report.reads.files
    assert not [path for path in report.reads.files if "figures" in path]
    assert not [path for path in report.reads.folders if "figures" in path]


def test_one_of_a_templates_figures_may_be_tested_and_the_other_not(
    sign: Path, change: Change
) -> None:
    both = '{{ c.figure("spray", 90) }}{{ c.figure("van", 90) }}'
    change(
        "layouts/sign/layout.html",
        "{{ c.figure(words.figure, 90) }}",
        "{{ c.figure(words.figure, 90) }}" + both,
    )
    (problem,) = build(sign, "screen")
    assert problem.code == "figure-untested"
    assert "van" in problem.message
    assert "spray" not in problem.message


def test_a_figure_changes_its_inks_where_the_ground_under_it_does(
    sign: Path, change: Change
) -> None:
    """What is over the edge stays as it was; under it, 40 pt high, the inks are exchanged."""
    pages = []
    for before, after in (("90)", "90)"), ("90)", '90, "paper", none, 40)')):
        change("layouts/sign/layout.html", before, after)
        assert build(sign) == []
        pages.append(pictures(output(sign, "screen"), 2)[0].convert("L"))
    changes = ImageChops.difference(*pages).point(lambda level: 255 if level > 60 else 0).getbbox()
    assert changes
    assert (changes[3] - changes[1]) / 2 == pytest.approx(40, abs=0.6)
    assert sum(pages[0].crop(changes).histogram()[:90]) > 1000
    assert sum(pages[1].crop(changes).histogram()[:90]) == 0
