"""Every layout signs with any name: nothing is cut, stretched, or in the way of other words."""

from __future__ import annotations

from pathlib import Path

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


# The longest is the hardest to set, and tried with every layout; the others take turns.
SHORT = dict(spread(LAYOUTS, [name for kind, name in NAMES.items() if kind != "the longest"], 1))
# Names of other languages, on A4.
ABROAD = dict(spread(LAYOUTS, ["Night Van", "Снижение вреда", "Giảm Hại Đà Nẵng"], 1))


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
