"""`hrcpub print EVENT`: an office's part in the plan's order, and on from where it stopped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hrcpub.cli.print_events import asked_steps
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from tests.shared.fairs import build, make_fair
from tests.shared.once import made_once
from tests.shared.project import Hrcpub


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose small event is built."""
    root = made_once(tmp_path_factory, "printed-fair", make_fair)
    assert build(root).returncode == 0
    return root


def test_an_event_is_printed_paper_by_paper_from_where_it_stopped(
    fair: Path, hrcpub: Hrcpub, tmp_path: Path
) -> None:
    words = ("print", "fair", "--to", str(tmp_path / "all.pdf"), "--json")
    done = hrcpub(*words, folder=fair)
    assert done.returncode == 0, done.stderr
    printed = json.loads(done.stdout)["printed"]
    assert len(printed) == 12 + 12  # a separator and a file for each pile
    assert sum(step["sheets"] for step in printed) == 252
    papers = [step["paper"] for step in printed]
    assert sorted(papers, key=papers.index) == papers  # no paper is loaded twice
    assert printed[0]["title"].startswith("Separator: ")

    sources = Sources(fair)
    steps = asked_steps("fair", sources)
    assert len(steps) == 24
    assert steps[0].on_done
    steps[0].on_done()
    assert [step.order.title for step in asked_steps("fair", sources)] == [
        step.order.title for step in steps[1:]
    ]


def test_an_event_of_which_nothing_is_built_is_told_with_the_way(project: Path) -> None:
    sources = Sources(project)
    with pytest.raises(HrcpubError) as error:
        asked_steps("health-fair", sources)
    assert [problem.code for problem in error.value.problems][-1] == "print-event-empty"


def test_copies_of_an_event_are_what_its_plan_says(fair: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("print", "fair", "--copies", "5", "--to", "look.pdf", folder=fair)
    assert done.returncode == 1
    assert "the plan of fair says how many" in done.stderr


def test_of_a_sites_copies_alike_things_are_said_once(fair: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("print", "fair", "--to", "look.pdf", folder=fair)
    said = [line for line in done.stderr.splitlines() if "warning" in line]
    assert len(said) == len(set(said))
    assert not [line for line in said if str(fair) in line or "separators" in line]
