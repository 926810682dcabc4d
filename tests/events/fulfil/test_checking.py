"""`event check` says what `event build` will say of the pieces, and writes none of its files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.cli.event_building import distinct
from hrcpub.events.fulfil.checking import check_event
from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions, Outcome
from hrcpub.events.fulfil.run import build_event
from hrcpub.files.sources import Sources
from hrcpub.problems import Problem
from tests.shared.fairs import MANIFEST, make_fair, write_sites

QUIET = BuildProgress(lambda step, count: None, lambda path: None, lambda line: None)
# Tagged copies are typeset whole; the others are shells that imprints join.
SCREEN = """\
  - material: what-postcard
    languages: {en: 5}
    edition: screen
    stock: none
"""
LONG = "The Very Long Named Community Outreach and Syringe Services Programme of the North " * 2
FEWER = {"van": "", "library": "", "north": ""}  # each costs a copy that is typeset whole
ROWS = FEWER | {
    "south": "south,བོད,1 Example Street,,,,,",
    "east": f'east,{LONG},"100 International Boulevard, Suite 1000, Rear; Oakland",,,,,',
}


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    root = make_fair(tmp_path / "fair")
    (root / "materials/events/fair.yaml").write_text(MANIFEST + SCREEN, encoding="utf-8")
    return root


def outcome(make: Callable[..., Outcome], project: Path, *, force: bool = False) -> Outcome:
    folder = project / "output/events/fair"
    return make(Sources(project), "fair", folder, EventOptions(force=force), QUIET)


def of_pieces(outcome: Outcome) -> set[Problem]:
    """Return the Problems of an outcome, without those of papers, which name no place."""
    return {problem for problem in distinct(outcome) if problem.source and problem.source.path}


@pytest.mark.slow
def test_every_site_is_told_of_as_the_build_does(fair: Path) -> None:
    write_sites(fair, rows=ROWS)
    checked = outcome(check_event, fair)
    assert {problem.code for problem in of_pieces(checked) if problem.is_error} == {
        "glyph-missing", "imprint-small",
    }  # fmt: skip
    assert not (fair / "output/events").exists()
    built = outcome(build_event, fair)
    assert of_pieces(checked) == of_pieces(built)
    assert checked.failed == {
        path: problems for path, problems in built.failed.items() if not path.endswith("-run.pdf")
    }
    assert of_pieces(outcome(check_event, fair)) == of_pieces(built)
    of_papers = [
        problem.message
        for problem in distinct(built)
        if problem.code == "glyph-missing" and not problem.source
    ]
    assert of_papers
    assert all('; a "?" stands there for each' in message for message in of_papers)


@pytest.mark.slow
def test_a_piece_with_a_mistake_is_told_of_as_the_build_does(fair: Path) -> None:
    write_sites(fair, rows=FEWER)
    with (fair / "layouts/postcard/layout.css").open("a", encoding="utf-8") as file:
        file.write(".side { colour: red }\n")
    checked = outcome(check_event, fair)
    assert "css-ignored" in {problem.code for problem in of_pieces(checked)}
    begun: list[tuple[str, int]] = []
    noting = QUIET._replace(begin=lambda step, count: begun.append((step, count)))
    again = check_event(Sources(fair), "fair", checked.folder, EventOptions(), noting)
    assert begun[0] == ("typesetting", 0)  # what was refused is remembered
    assert again.failed == checked.failed
    built = outcome(build_event, fair, force=True)
    assert of_pieces(checked) == of_pieces(built)


def test_an_event_that_is_right_is_right_for_both(fair: Path) -> None:
    write_sites(fair, rows=FEWER)
    checked, built = outcome(check_event, fair), outcome(build_event, fair)
    assert checked.failed == built.failed == {}
    assert of_pieces(checked) == of_pieces(built)


@pytest.mark.slow
def test_what_is_checked_again_and_again_does_not_fill_the_disk(
    fair: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hrcpub.files.bytestore.ByteStore.__init__.__defaults__", (1000,))
    outcome(check_event, fair)
    kept = [path.stat().st_size for path in (fair / "output/.cache/store").glob("*/*")]
    assert sum(kept) <= 1000
