"""A layout that says from how far it is read has no smaller words, but those read from near."""

from __future__ import annotations

from pathlib import Path

from hrcpub.build.batch import BuildWorker
from tests.whole.test_layouts import assert_right, build, sample


def test_words_too_small_for_the_distance_are_an_error_unless_they_are_read_from_near(
    worker: BuildWorker,
) -> None:
    assert_right(
        build(worker, "poster", sample("poster"), ("screen",)), "sample-words", made=("screen",)
    )
    layout = Path(worker.options.root) / "layouts/poster/layout.yaml"
    text = layout.read_text(encoding="utf-8")
    layout.write_text(text.replace("        near: yes\n", ""), encoding="utf-8")
    report = build(worker, "poster", sample("poster"), ("screen", "large-print"))
    errors = [problem for problem in report.all_problems if problem.is_error]
    assert {problem.code for problem in errors} == {"far-small"}
    assert len(errors) == len(sample("poster")["words"]["principles"])
    assert "to be read from 3 m it takes 46.5 pt" in errors[0].message
    assert [output.edition for output in report.outputs] == ["large-print"]


def test_the_nearer_a_layout_is_read_the_smaller_its_words_may_be(worker: BuildWorker) -> None:
    layout = Path(worker.options.root) / "layouts/poster/layout.yaml"
    text = layout.read_text(encoding="utf-8")
    text = text.replace("        near: yes\n", "").replace("far: 3 m", "far: 1 m")
    layout.write_text(text, encoding="utf-8")
    assert_right(
        build(worker, "poster", sample("poster"), ("screen",)), "sample-words", made=("screen",)
    )
