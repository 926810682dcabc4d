"""A text that ends in a colon has its list on the same opening, or a mark to turn over."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.build.batch import BuildWorker
from tests.shared.pages import texts
from tests.whole.test_layouts import assert_right, build, pdf, sample

MARK = "Turn over"


@pytest.mark.parametrize(
    ("layout", "slot"),
    [("brief", "lead"), ("half-sheet", "lead"), ("trifold", "lead")],
)
def test_a_mark_says_to_turn_over_where_a_colon_asks_for_it(
    worker: BuildWorker, layout: str, slot: str
) -> None:
    material = sample(layout)
    assert not material["words"][slot].endswith(":")  # so it has no mark: test_trials.py
    material["words"][slot] = f"{material['words'][slot].rstrip('.')}:"
    assert_right(
        build(worker, layout, material, ("screen",)),
        "sample-words",
        "text-fitted",
        made=("screen",),
    )
    assert " ".join(texts(pdf(worker, "screen"))).count(MARK) == 1


def test_a_colon_whose_list_is_on_the_back_is_an_error_without_the_mark(
    worker: BuildWorker,
) -> None:
    template = Path(worker.options.root) / "layouts/half-sheet/layout.html"
    template.write_text(
        template.read_text(encoding="utf-8").replace("{{ c.turn_over(", "{{ 0 and ("),
        encoding="utf-8",
    )
    material = sample("half-sheet")
    material["words"]["lead"] = "These are the reasons:"
    report = build(worker, "half-sheet", material, ("screen", "large-print"))
    errors = {problem.code: problem for problem in report.all_problems if problem.is_error}
    error = errors["colon-turns"]
    assert error.source
    assert error.source.path == "materials/piece.yaml"
    assert [output.edition for output in report.outputs] == ["large-print"]


def test_a_colon_beside_its_list_is_right(worker: BuildWorker) -> None:
    material = sample("booklet")
    material["words"]["principles"][0]["text"] = "says what follows:"
    assert_right(build(worker, "booklet", material, ("screen",)), "sample-words", made=("screen",))
