"""`hrcpub event plan`: what is built is planned, marked, left out, and told to programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shared.fairs import build, folder_of, make_fair
from tests.shared.once import made_once
from tests.shared.project import Hrcpub


@pytest.fixture(scope="module")
def fair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project whose small event is built."""
    root = made_once(tmp_path_factory, "planned-fair", make_fair)
    assert build(root).returncode == 0
    return root


@pytest.mark.slow
def test_the_plan_is_marked_and_goes_on_where_it_stopped(fair: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("event", "plan", "fair", folder=fair)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Fair of the Tests: 252 sheets on 2 papers"
    assert lines[2] == "   1  Load yellow (65 lb cover, yellow), letter: 126 sheets, 1 ream"
    assert "office/what-postcard-office/en/north.pdf   20 times, 20 sheets" in lines[4]
    folder = folder_of(fair)
    assert (folder / "print-plan.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "separators.pdf").read_bytes().startswith(b"%PDF")

    marked = hrcpub(
        "event", "plan", "fair", "--mark-printed", "3", "--mark-printed", "5:7", folder=fair
    )
    assert "27 sheets printed already" in marked.stdout
    left = json.loads(hrcpub("event", "plan", "fair", "--first", "1", "--json", folder=fair).stdout)
    assert [(step["do"], step["step"]) for step in left["steps"]] == [
        ("load", 1), ("separate", 4), ("print", 5),
    ]  # fmt: skip
    assert left["steps"][2]["done"] == 7
    assert left["steps"][0]["sheets"] == 14
    everything = json.loads(hrcpub("event", "plan", "fair", "--all", "--json", folder=fair).stdout)
    assert len(everything["steps"]) == 2 + 12 + 12


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--only", "pinkish"), 1, "plan-only-unknown"),
        (("--mark-printed", "1"), 2, "step 1 prints nothing"),
        (("--mark-printed", "some"), 2, "--mark-printed takes 12, or 12:40"),
        (("--queue", "laser"), 1, "queue-unmeasured"),
    ],
)
def test_what_cannot_be_is_told(
    fair: Path, hrcpub: Hrcpub, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = hrcpub("event", "plan", "fair", *arguments, folder=fair)
    assert done.returncode == code
    assert said in done.stderr


def test_before_it_is_built_the_way_is_told(project: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("event", "plan", "health-fair")
    assert done.returncode == 0
    assert done.stdout == "health-fair: nothing is built that the office prints\n"
    assert "run: hrcpub event build health-fair" in done.stderr
