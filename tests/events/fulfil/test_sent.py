"""What of a project travels to other machines: what pieces are made from, and nobody's address."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hrcpub.events.fulfil.sent import SentFiles
from hrcpub.events.manifest.manifest import read_event
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources

EVENT = """
name: A small fair
date: 2027-06-12
place: Here
contact: {name: Ana Reyes, tel: (510) 555-0100}
sites: [site-1]
items:
  - material: principles
    languages: {en: 20}
    edition: office
"""
SITES = """id,name,address,logo,logo-alt
site-1,Site 1,"1 Example Street; Oakland, CA 94612",materials/images/night-van.png,A van
site-2,Site 2,"2 Example Street; Oakland, CA 94612",materials/images/other.png,A van
"""


@pytest.fixture
def sent(project: Path, tmp_path: Path) -> SentFiles:
    """Return what is sent for an event of one site, one material and one logo."""
    materials = project / "materials"
    for path in (materials / "events").glob("*.yaml"):
        path.unlink()
    (materials / "events/fair.yaml").write_text(EVENT, encoding="utf-8")
    (materials / "sites.csv").write_text(SITES, encoding="utf-8")
    (materials / "images/other.png").write_bytes((materials / "images/night-van.png").read_bytes())
    outside = tmp_path / "outside.css"
    outside.write_text("secret", encoding="utf-8")
    (project / "layouts/sheet/link.css").symlink_to(outside)
    opened = Project(Sources(project))
    return SentFiles(read_event(opened, "fair"), opened)


def test_of_all_materials_those_that_the_event_is_made_from_are_sent(sent: SentFiles) -> None:
    materials = {path for path in sent.digests if path.startswith("materials/")}
    assert materials == {
        "materials/principles.yaml",
        "materials/contacts.yaml",
        "materials/organisation.yaml",
        "materials/printers.yaml",
        "materials/sources/harm-reduction-coalition.txt",
        "materials/images/night-van.png",
    }
    assert "layouts/sheet/layout.html" in sent.digests
    assert any(path.startswith("fonts/") for path in sent.digests)


def test_what_lies_outside_the_project_is_not_sent(sent: SentFiles) -> None:
    assert "layouts/sheet/layout.css" in sent.digests
    assert "layouts/sheet/link.css" not in sent.digests


def test_files_are_asked_for_by_their_digests(sent: SentFiles, project: Path) -> None:
    path, digest = next(iter(sent.digests.items()))
    assert sent.bytes_of(digest) == (project / path).read_bytes()
    assert hashlib.sha256(sent.bytes_of(sent.digest) or b"").hexdigest() == sent.digest
    assert sent.bytes_of("0" * 64) is None
