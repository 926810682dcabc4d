"""A build in which nothing changed is answered at once, and says what a slow one would say."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from hrcpub.build.job import BuildOptions
from hrcpub.build.standing import Standing
from hrcpub.build.store import Store
from hrcpub.cli.making import reports_of
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Report
from tests.shared.project import Hrcpub

ORDER = "contact-card, screen"
CARD = "materials/contact-card.yaml"
PDF, REPORT = "output/screen/contact-card.pdf", "output/screen/contact-card.json"


def ordered(project: Path) -> list[Report]:
    """Build a card, and remember the answer."""
    sources, options = Sources(project), BuildOptions(("screen",))
    reports = reports_of(sources, ("contact-card",), options, None, 1, force=False, is_quiet=True)
    standing(project).keep(ORDER, reports, sources.reads)
    return reports


def standing(project: Path) -> Standing:
    return Standing(Store(project, project / "output"))


def recalled(project: Path, today: datetime.date | None = None) -> list[Report] | None:
    return standing(project).current(ORDER, Sources(project, today=today))


def test_the_answer_is_that_of_a_build_with_nothing_to_do(project: Path) -> None:
    ordered(project)
    sources, options = Sources(project), BuildOptions(("screen",))
    slow = reports_of(sources, ("contact-card",), options, None, 1, force=False, is_quiet=True)
    quick = recalled(project)
    assert [(report.outputs, report.problems) for report in quick] == [
        (report.outputs, report.problems) for report in slow
    ]
    assert all(output.is_cached for report in quick for output in report.outputs)


@pytest.mark.parametrize(
    "path",
    [
        CARD,
        "materials/printers.yaml",
        "layouts/card/layout.css",
        "layouts/system/phrases.yaml",
        PDF,
        REPORT,
    ],
)
def test_whatever_changes_ends_it(project: Path, path: str) -> None:
    ordered(project)
    assert recalled(project)
    file = project / path
    file.write_bytes(file.read_bytes() + b"\n")
    assert recalled(project) is None


@pytest.mark.parametrize("path", [PDF, REPORT])
def test_a_file_that_is_gone_ends_it(project: Path, path: str) -> None:
    ordered(project)
    (project / path).unlink()
    assert recalled(project) is None


def test_a_new_material_ends_it(project: Path) -> None:
    ordered(project)
    (project / "materials/another.yaml").write_text("layout: card\n", encoding="utf-8")
    assert recalled(project) is None


def test_a_day_that_was_asked_about_ends_it(project: Path) -> None:
    card = project / CARD
    sources = Sources(project)
    sources.has_come(datetime.date.today() + datetime.timedelta(days=1))
    reports = ordered(project)
    standing(project).keep(ORDER, reports, sources.reads)
    assert card.exists()
    assert recalled(project)
    assert recalled(project, datetime.date.today() + datetime.timedelta(days=1)) is None


def test_what_failed_is_not_kept(hrcpub: Hrcpub, project: Path) -> None:
    file = project / CARD
    file.write_text(file.read_text(encoding="utf-8").replace("east-coast", "no-coast"), "utf-8")
    first = hrcpub("build", "contact-card", "--edition", "screen")
    assert first.returncode == 1
    again = hrcpub("build", "contact-card", "--edition", "screen")
    assert (again.returncode, "no-coast" in again.stderr) == (1, True)


def test_another_order_is_another_question(hrcpub: Hrcpub, project: Path) -> None:
    assert hrcpub("build", "contact-card", "--edition", "screen").returncode == 0
    more = hrcpub("build", "contact-card", "--edition", "screen", "--edition", "press")
    assert "1 made, 1 already up to date" in more.stderr
    elsewhere = hrcpub("build", "contact-card", "--edition", "screen", "--output", "elsewhere")
    assert "1 made" in elsewhere.stderr
    forced = hrcpub("build", "contact-card", "--edition", "screen", "--force")
    assert "1 made" in forced.stderr


def test_what_is_said_is_said_again(hrcpub: Hrcpub, project: Path) -> None:
    """Its figures were not shown to readers yet, which is a warning each time."""
    first = hrcpub("build", "kit-stickers", "--edition", "screen", "--json")
    again = hrcpub("build", "kit-stickers", "--edition", "screen", "--json")
    made, stands = json.loads(first.stdout)[0], json.loads(again.stdout)[0]
    assert made["problems"]
    assert stands["problems"] == made["problems"]
    assert stands["outputs"] == [output | {"cached": True} for output in made["outputs"]]
