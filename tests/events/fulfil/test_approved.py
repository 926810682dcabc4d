"""Events and what was approved: it is said of each item, and may be required."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.test_cli_approve import SENTENCE, change
from tests.shared.fairs import build
from tests.shared.once import made_once
from tests.shared.pages import texts
from tests.shared.project import Hrcpub, copy_project

MANIFEST = """\
name: Small day
date: 2099-09-18
place: Lakeside Park
contact: {name: Ana Reyes, tel: (510) 213-6376}
sites: []
items:
  - {material: what-postcard, languages: {en: 100}, edition: press}
  - {material: two-please, languages: {en: 50}, edition: office}
"""
DIFFERS = 'two-please differs from what was approved on 3 May 2026 by Ana: 7 words, page 6: "He was'


def build_small(root: Path) -> None:
    """Make a project with an event of two pieces, built before anybody approves."""
    copy_project(root)
    (root / "materials/events/small.yaml").write_text(MANIFEST, encoding="utf-8")
    done = build(root, event="small")
    assert done.returncode == 0, done.stderr


@pytest.fixture
def project(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project, with the event and what was built of it."""
    root = made_once(tmp_path_factory, "small-event", build_small)
    return Path(shutil.copytree(root, tmp_path / "project"))


@pytest.fixture
def event(project: Path) -> Path:
    """Return the event's manifest."""
    return project / "materials/events/small.yaml"


def approve(hrcpub: Hrcpub, *names: str) -> None:
    assert hrcpub("approve", *names, "--by", "Ana", "--on", "2026-05-03").returncode == 0


def test_nothing_is_said_where_nobody_approves(hrcpub: Hrcpub, project: Path) -> None:
    assert "approv" not in hrcpub("event", "status", "small").stdout
    ticket = project / "output/events/small/office/job-ticket.pdf"
    assert "Changed since" not in "".join(texts(ticket))


@pytest.mark.slow
def test_who_approved_and_what_changed_is_on_the_screen_and_on_the_papers(
    hrcpub: Hrcpub, project: Path
) -> None:
    approve(hrcpub, "two-please", "what-postcard")
    assert hrcpub("event", "build", "small", "--jobs", "1").returncode == 0
    ticket = project / "output/events/small/office/job-ticket.pdf"
    assert "by Ana, May 3, 2026" in "".join(texts(ticket))
    change(project, SENTENCE, "")
    done = hrcpub("event", "build", "small", "--jobs", "1")
    assert done.returncode == 0, "it is a note"
    assert DIFFERS in done.stderr
    assert "yes: ask before printing" in "".join(texts(ticket))
    status = hrcpub("event", "status", "small").stdout
    assert "approved by Ana on 2026-05-03" in status
    assert "differs from what was approved on 3 May 2026 by Ana: 7 words" in status
    manifest = json.loads((project / "output/events/small/manifest.json").read_bytes())
    approved = {item["id"]: item["runs"][0]["approved"] for item in manifest["items"]}
    assert approved["what-postcard-press"] == {"by": "Ana", "on": "2026-05-03", "differs": None}
    assert approved["two-please-office"]["differs"].startswith("differs from what was approved")
    rows = json.loads(hrcpub("event", "check", "small", "--json").stdout)[0]["items"]
    assert rows[0]["approved"] == "approved by Ana on 2026-05-03"


@pytest.mark.slow
def test_where_it_is_required_only_what_was_approved_is_made(
    hrcpub: Hrcpub, project: Path, event: Path
) -> None:
    event.write_text(MANIFEST.replace("items:", "approved: required\nitems:"), encoding="utf-8")
    shutil.rmtree(project / "output/events")
    approve(hrcpub, "two-please")
    change(project, SENTENCE, "")
    done = hrcpub("event", "check", "small")
    assert done.returncode == 1
    assert f"not approved: {DIFFERS}" in done.stderr
    assert "not approved: what-postcard was never approved [approval-missing]" in done.stderr
    approve(hrcpub, "two-please")
    done = hrcpub("event", "build", "small", "--jobs", "1")
    assert done.returncode == 1
    assert "INCOMPLETE: 1 thing is missing" in done.stderr
    folder = project / "output/events/small"
    assert (folder / "office/two-please-office/two-please-office-en.pdf").is_file()
    assert not (folder / "house").exists()
    ticket = "".join(texts(folder / "office/job-ticket.pdf"))
    assert "what-postcard was never approved" in " ".join(ticket.split())
    approve(hrcpub, "what-postcard")
    assert hrcpub("event", "build", "small", "--jobs", "1", "--zip", "printers").returncode == 0
    assert (folder / "small-house.zip").is_file()


def test_large_print_is_not_approved_by_who_saw_the_sheet(hrcpub: Hrcpub, event: Path) -> None:
    event.write_text(
        MANIFEST.replace("items:", "approved: required\nitems:").replace("office", "large-print"),
        encoding="utf-8",
    )
    hrcpub("approve", "two-please", "what-postcard", "--by", "Ana", "--edition", "screen")
    done = hrcpub("event", "check", "small")
    assert "not approved: two-please was never approved" in done.stderr
    assert "what-postcard was never" not in done.stderr
