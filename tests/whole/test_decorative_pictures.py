"""A picture of a material that says something, or that nothing is to be said of."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.problems import Problem
from tests.judges import verapdf

SLOT = """
  photo:
    kind: image
    about: beside the title
"""
PICTURE = '<img src="/{{ words.photo.file }}" alt="{{ words.photo.alt }}" style="{style}">'
STYLE = "position: absolute; left: 20pt; top: -9pt; width: 6pt"  # above the words


def card(project: Path, said: str) -> tuple[Path, list[Problem]]:
    """Return the card with a picture of which the material says so, and what is told."""
    folder = project / "layouts" / "card"
    for path, before, after in (
        (folder / "layout.yaml", "\nslots:", f"\nslots:{SLOT.rstrip()}"),
        (folder / "layout.html", "</h1>", f"</h1>{PICTURE.replace('{style}', STYLE)}"),
        (
            project / "materials" / "contact-card.yaml",
            "\nwords:",
            f"\nwords:\n  photo: {{file: materials/dot.png, {said}}}",
        ),
    ):
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1
        path.write_text(text.replace(before, after), encoding="utf-8")
    Image.new("RGB", (90, 90), "#141414").save(project / "materials" / "dot.png")
    worker = BuildWorker(BatchOptions(str(project), str(project / "output")))
    report = worker.do(Job("contact-card", ("screen",)))
    return project / "output" / "screen" / "contact-card.pdf", list(report.problems)


def figures(path: Path) -> list[str]:
    """Return what is said in place of each picture in the tags."""
    with pikepdf.open(path) as pdf:
        return [
            str(thing.Alt)
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
        ]


@pytest.mark.slow
def test_a_decorative_picture_is_in_no_tag(project: Path) -> None:
    path, problems = card(project, "decorative: yes")

    assert problems == []
    assert figures(path) == []
    (verdict,) = verapdf.judge([(verapdf.PDF_UA_1, path)])
    assert verdict.is_compliant, verdict


def test_a_picture_that_says_something_says_it_in_its_tag(project: Path) -> None:
    path, problems = card(project, "alt: A black dot")

    assert problems == []
    assert figures(path) == ["A black dot"]


def test_a_picture_says_something_or_is_called_decorative(project: Path) -> None:
    _, problems = card(project, "decorative: no")

    assert [problem.code for problem in problems] == ["slot-missing"]
    assert "decorative: yes" in (problems[0].hint or "")
