"""Each form prints every slot, or its layout says that it leaves it out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose import compose
from hrcpub.project.layout import OWN, layout_names
from hrcpub.project.material import read_material, read_material_file
from tests.shared.project import ROOT, Hrcpub

LAYOUT, TEMPLATE = "layouts/half-sheet/layout.yaml", "layouts/half-sheet/layout.html"
LARGE = "layouts/half-sheet/large-print.html"
LEAD = '<p class="lead">{{ set.ragged(words.lead, grid.measure, "medium", "lead-size") }}</p>'
LARGE_LEAD = '{{ large.paragraph(words.lead, "lead") }}'


def owed(project: Path, form: str) -> set[str]:
    """Return the slots of which a form of the half sheet must print texts."""
    opened = Project(Sources(project))
    html = compose(read_material(opened, "why-in-short"), opened, form)
    return {text.slot.removeprefix("words.") for text in html.owed}


def edit(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    (project / path).write_text(text.replace(old, new), encoding="utf-8")


def codes(said: str) -> set[str]:
    return set(re.findall(r"error: .*\[([a-z-]+)\]", said))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (TEMPLATE, LEAD, ""),
        (TEMPLATE, LEAD, "{% if words.laed is defined %}" + LEAD + "{% endif %}"),
        (TEMPLATE, LEAD, LEAD.replace("<p ", "<p hidden ")),
        (LARGE, LARGE_LEAD, ""),
    ],
)
def test_what_one_form_leaves_out_fails_in_check_and_in_build(
    project: Path, hrcpub: Hrcpub, path: str, old: str, new: str
) -> None:
    edit(project, path, old, new)
    edition = "large-print" if path == LARGE else "screen"
    for command in ("check", "build"):
        done = hrcpub(command, "why-in-short", "--edition", edition)
        assert done.returncode == 1
        assert codes(done.stdout + done.stderr) == {"text-unprinted"}
        assert f'"words.lead" would not be printed: {path} leaves it out' in (
            done.stdout + done.stderr
        )


@pytest.mark.slow
def test_a_form_may_leave_out_what_the_layout_says(project: Path, hrcpub: Hrcpub) -> None:
    edit(project, LARGE, LARGE_LEAD, "")
    edit(project, LAYOUT, "  lead:\n", "  lead:\n    forms: [layout]\n")
    assert hrcpub("check", "why-in-short").returncode == 0
    assert "lead" in owed(project, OWN)
    assert "lead" not in owed(project, "large-print")


def test_a_field_or_the_offices_may_be_for_one_form(project: Path) -> None:
    every = owed(project, OWN)
    assert every == owed(project, "large-print")
    assert {"title", "points.6.text", "offices.west-coast.fax"} <= every
    assert not any(slot.startswith("contacts") for slot in every)  # those are ids
    about = "    about: the offices to call\n"
    edit(project, LAYOUT, about, f"{about}    forms: [large-print]\n")
    edit(project, LAYOUT, "      text:\n", "      text:\n        forms: [layout]\n")
    offices = {slot for slot in every if slot.startswith("offices.")}
    texts = {slot for slot in every if slot.endswith(".text")}
    assert len(offices) == 10
    assert len(texts) == 6
    assert owed(project, OWN) == every - offices
    assert owed(project, "large-print") == every - texts


@pytest.mark.parametrize("name", layout_names(Sources(ROOT)))
def test_every_form_here_owes_all_that_an_author_writes(name: str) -> None:
    opened = Project(Sources(ROOT))
    sample = read_material_file(opened, f"layouts/{name}/sample.yaml", "sample")
    for form in (OWN, "large-print"):
        slots = {text.slot for text in compose(sample, opened, form).owed}
        offices = [name for name, slot in sample.layout.slots.items() if slot.kind == "contacts"]
        written = {text.slot for text in sample.texts if text.slot.split(".")[1] not in offices}
        assert written
        assert written <= slots
        # Of an office that is only called, a template prints what it has room for.
        is_owed = any(slot.startswith("offices.") for slot in slots)
        assert is_owed == bool(sample.contacts) or name == "sticker"
