"""Every layout signs with any name: nothing is cut, stretched, or in the way of other words."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from tests.shared.pages import texts
from tests.shared.pairs import spread
from tests.whole.test_layouts import LAYOUTS, assert_right, build, pdf, sample

NAMES = {
    "two letters": "Ég",
    "a short one": "HRC",
    "tails and an accent": "Équipe gjpqy",
    "the longest": "Northern Quay Needle Exchange & Gypsy Hill Outreach Projects",
}
WAYS = ("screen", "large-print")


def test_the_longest_name_is_as_long_as_a_name_may_be() -> None:
    assert len(NAMES["the longest"]) == 60


# The longest is the hardest to set; the others take turns.
SIGNED = [
    *((layout, "the longest") for layout in LAYOUTS),
    *spread(LAYOUTS, [name for name in NAMES if name != "the longest"], 1),
]


@pytest.mark.parametrize(("layout", "kind"), SIGNED)
def test_a_layout_signs_with_any_name(worker: BuildWorker, layout: str, kind: str) -> None:
    name = NAMES[kind]
    path = Path(worker.options.root) / "materials/organisation.yaml"
    path.write_text(f'name: "{name}"\n', encoding="utf-8")
    # Large print signs for all layouts alike: so it is tried with two.
    tried = WAYS if layout in ("card", "sheet") else ("screen",)
    report = build(worker, layout, sample(layout), tried)
    assert_right(report, "text-fitted", made=tried)
    for way in tried:
        assert name in " ".join(" ".join(texts(pdf(worker, way))).split()), way


@pytest.mark.parametrize(
    ("layout", "name"), spread(LAYOUTS, ["Night Van", "Снижение вреда", "Giảm Hại Đà Nẵng"], 1)
)
def test_a_layout_signs_with_names_of_other_languages_on_a4(
    worker: BuildWorker, layout: str, name: str
) -> None:
    path = Path(worker.options.root) / "materials/organisation.yaml"
    path.write_text(f'name: "{name}"\n', encoding="utf-8")
    report = build(worker, layout, sample(layout), ("screen",), sheet="a4")
    assert_right(report, "sample-words", "text-fitted", made=("screen",))
    assert name in " ".join(" ".join(texts(pdf(worker, "screen"))).split())


def test_a_letter_that_no_face_has_is_told_where_the_name_is_written(worker: BuildWorker) -> None:
    path = Path(worker.options.root) / "materials/organisation.yaml"
    path.write_text('paper-size: letter\nname: "Night ☎ Van"\n', encoding="utf-8")
    report = build(worker, "card", sample("card"), ("screen",))
    [problem] = [problem for problem in report.all_problems if problem.is_error]
    assert problem.code == "glyph-missing"
    assert (problem.source.path, problem.source.line) == ("materials/organisation.yaml", 2)


def test_a_name_too_small_to_read_is_told_where_it_is_written(worker: BuildWorker) -> None:
    path = Path(worker.options.root) / "materials/organisation.yaml"
    name = "name: Снижение вреда и помощь людям во всём Московском регионе\n"
    path.write_text(name, encoding="utf-8")
    report = build(worker, "card", sample("card"), ("screen",))
    small = [problem for problem in report.all_problems if problem.is_error]
    assert {problem.source.path for problem in small} == {"materials/organisation.yaml"}
    path.write_text(f"{name}short: СВП\n", encoding="utf-8")
    assert_right(build(worker, "card", sample("card"), WAYS))
    assert "СВП" in "".join(texts(pdf(worker, "screen")))
