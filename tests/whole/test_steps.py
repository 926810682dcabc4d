"""The steps sheet as a designer would measure it: figures, verbs, the black bar, the telephone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from PIL import Image

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from hrcpub.pipeline.stages import Report
from tests.judges import tools
from tests.shared.pages import Glyph, glyphs, highest, pictures
from tests.shared.project import ROOT

SCALE = 8.0
INK = (20, 20, 20)
COLUMNS = (25.5, 218.5, 411.5)  # where they begin; each is 175 pt wide
WIDE = 175.0
VERBS = ("Wake", "Call", "Spray", "Breathe", "Repeat", "Stay")


def words() -> dict[str, object]:
    found = yaml.load((ROOT / "materials/overdose.yaml").read_text("utf-8"), yaml.CBaseLoader)
    assert isinstance(found, dict)
    return found


def reviewed(**changes: object) -> dict[str, object]:
    review = {"by": "Ana Ruiz", "role": "a nurse", "on": "2026-11-29"}
    return words() | {"reviewed": review} | changes


def make(worker: BuildWorker, material: dict[str, object], *editions: str) -> Report:
    path = Path(worker.options.root) / "materials/piece.yaml"
    path.write_text(yaml.safe_dump(material, allow_unicode=True), "utf-8")
    return worker.do(Job("piece", editions))


def pdf(worker: BuildWorker, edition: str) -> Path:
    return Path(worker.options.folder) / edition / "piece.pdf"


def display(file: Path) -> list[Glyph]:
    return [glyph for glyph in glyphs(file)[0] if "Gothic" in glyph.font]


def row(picture: Image.Image, y: float) -> int:
    """Return the row of pixels at a height above the page's foot."""
    return round(picture.height - y * SCALE)


def test_numerals_and_verbs_are_of_one_size_and_in_line(built: Path) -> None:
    said = [glyph for glyph in display(built / "screen/overdose.pdf") if glyph.size == 51]
    assert "".join(g.text for g in said) == "".join(f"{n}{v}" for n, v in enumerate(VERBS, 1))
    assert len({round(glyph.y, 1) for glyph in said}) == 2
    numerals = [glyph for glyph in said if glyph.text.isdigit()]
    verbs = [glyph for glyph in said if glyph.text.isupper()]
    for at, (numeral, verb) in enumerate(zip(numerals, verbs, strict=True)):
        assert numeral.ink[0] == pytest.approx(COLUMNS[at % 3], abs=0.2)
        assert verb.ink[0] == pytest.approx(COLUMNS[at % 3] + 27, abs=0.2)


@pytest.mark.slow
def test_figures_stand_on_a_floor_of_3_pt_that_fills_the_column(worker: BuildWorker) -> None:
    make(worker, reviewed(), "screen")
    file = pdf(worker, "screen")
    page = pictures(file, SCALE)[0].convert("L").point(lambda level: 255 if level < 60 else 0)
    verbs = sorted({glyph.y for glyph in display(file) if glyph.size == 51}, reverse=True)
    tops = {
        glyph.y: glyph.ink[3] for glyph in display(file) if glyph.text == "1" or glyph.text == "4"
    }
    assert len(verbs) == 2
    for verb in verbs:
        top = max(rise for y, rise in tops.items() if abs(y - verb) < 1)
        for left in COLUMNS:
            strip = page.crop(
                (
                    round((left + 0.5) * SCALE),
                    row(page, top + 20),
                    round((left + WIDE - 0.5) * SCALE),
                    row(page, top + 4),
                )
            )
            full = [
                y
                for y in range(strip.height)
                if strip.crop((0, y, strip.width, y + 1)).getextrema() == (255, 255)
            ]
            assert len(full) / SCALE == pytest.approx(3, abs=0.2)
            above = strip.crop((0, full[0] - 2, strip.width, full[0] - 1))
            assert above.getbbox(), "a figure hangs over its floor"


def test_the_black_bar_runs_to_the_bleed(built: Path) -> None:
    """At the bleed's edges, at the trim's, and no further."""
    [plates] = tools.plates(built / "press/overdose.pdf", dpi=144)
    black = plates["Black"].point(lambda level: 255 if level > 250 else 0)
    bleed, width = 27, 684  # points from the sheet's edge, and of the sheet
    for beyond, is_black in ((-2, False), (1, True), (10, True)):
        for x in (bleed + beyond, width - bleed - beyond - 1):
            strip = black.crop((2 * x, 0, 2 * x + 1, black.height))
            height = sum(strip.histogram()[255:]) / 2
            assert (height == pytest.approx(51, abs=2)) == is_black, (x, height)


def test_plates_have_black_and_the_papers_inks_alone(built: Path) -> None:
    [plates] = tools.plates(built / "press/overdose.pdf", dpi=72)
    # Inside the bleed: the colour bar and the marks are around it.
    inside = {
        name: plate.crop((27, 27, plate.width - 27, plate.height - 27))
        for name, plate in plates.items()
    }
    assert highest(inside["Cyan"]) == 0
    assert highest(inside["Black"]) == 255
    for name, share in (("Magenta", 47), ("Yellow", 75)):
        counts = inside[name].histogram()
        assert round(counts.index(max(counts)) / 2.55) == share


def test_the_title_fills_the_measure(built: Path) -> None:
    title = [glyph for glyph in display(built / "screen/overdose.pdf") if glyph.size > 200]
    assert "".join(glyph.text for glyph in title) == "Overdose?"
    assert title[0].ink[0] == pytest.approx(25.5, abs=0.3)
    assert title[-1].ink[2] == pytest.approx(25.5 + 561, abs=0.5)


def test_the_telephone_fills_its_column(built: Path) -> None:
    number = [
        g for g in display(built / "screen/overdose.pdf") if g.text in "0123456789-" and g.y < 130
    ]
    assert "".join(glyph.text for glyph in number).startswith("1-800-662-4357")
    line = [glyph for glyph in number if abs(glyph.y - number[0].y) < 0.1]
    assert min(g.ink[0] for g in line) == pytest.approx(COLUMNS[1], abs=0.2)
    assert max(g.ink[2] for g in line) == pytest.approx(COLUMNS[1] + WIDE, abs=0.3)


LONGER = (
    "Say what to do in words that are as long as the place for them is, which is ninety letters"
)


def with_texts(text: str, steps: int = 6) -> dict[str, object]:
    material = reviewed()
    entries = material["words"]["steps"]  # type: ignore[index]
    for entry in entries:
        entry["text"] = text
    material["words"]["steps"] = (entries + [dict(entry) for entry in entries])[:steps]  # type: ignore[index]
    return material


def scene(file: Path) -> float:
    """Return the height of the number that stands in the second figure's scene."""
    number = [g for g in display(file) if g.text == "9"]
    return float(number[0].size)


def test_longer_words_take_height_from_the_figures_before_they_are_set_smaller(
    worker: BuildWorker,
) -> None:
    make(worker, with_texts("Say what to do."), "screen")
    short = scene(pdf(worker, "screen"))
    report = make(worker, with_texts(LONGER[:90]), "screen")
    assert not report.failed, report.problems
    assert scene(pdf(worker, "screen")) < short
    sizes = {round(g.size, 1) for g in glyphs(pdf(worker, "screen"))[0] if "Franklin" in g.font}
    assert 12.0 in sizes, "the text gave way, though figures could"


def test_seven_steps_and_eight_stand_four_in_a_row(worker: BuildWorker) -> None:
    report = make(worker, with_texts("Say what to do, in short words.", 8), "screen", "press")
    assert not report.failed, report.problems
    shown = display(pdf(worker, "screen"))
    [size] = {glyph.size for glyph in shown if glyph.text == "W"}
    firsts = [g for g in shown if g.text in "1234" and g.size == size]
    assert len({round(glyph.ink[0]) for glyph in firsts}) == 4
    assert len({round(glyph.y) for glyph in firsts}) == 1


def test_text_over_its_limit_is_told_with_its_line(worker: BuildWorker) -> None:
    report = make(worker, with_texts(LONGER + " and more than that"), "screen")
    told = [problem for problem in report.all_problems if problem.code == "slot-limit"]
    assert told
    assert not any(problem.is_error for problem in told)
    assert all(problem.source and problem.source.line for problem in told)
