"""Authors are told how full each place is, and about how many words still fit: truly."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.copyfit import copyfit
from hrcpub.pipeline.fullness import fullness
from hrcpub.pipeline.stages import Fill
from hrcpub.pipeline.typeset import tree
from hrcpub.problems import HrcpubError
from hrcpub.project.layout import OWN
from hrcpub.project.material import read_material
from tests.shared.project import ROOT, Hrcpub, editions_of


def rooms(project: Path, name: str) -> dict[str | None, Fill]:
    """Return the rooms of a material's own form, by slot; panels by their name."""
    opened = Project(Sources(project))
    material = read_material(opened, name)
    full = fullness(material, copyfit(material, opened), OWN)
    return {room.slot or room.panel: room for room in full.fills}


def test_every_panel_and_every_text_with_a_limit_is_told_of(project: Path) -> None:
    fills = rooms(project, "principles")
    assert {"answer", "about", "principles"} <= set(fills)
    texts = [f"words.principles.{number}.{slot}" for number in range(1, 9)
             for slot in ("opening", "text")]  # fmt: skip
    assert {*texts, "words.title", "words.lead.1", "words.mission"} <= set(fills)
    assert all(0 < room.share <= 1 for room in fills.values())


def test_editions_of_one_form_are_told_together(project: Path) -> None:
    opened = Project(Sources(project))
    material = read_material(opened, "principles")
    own = fullness(material, copyfit(material, opened), OWN)
    large = fullness(material, copyfit(material, opened, "large-print"), "large-print")
    assert own.editions == ("office", "screen", "press")
    assert (large.editions, large.fills) == (("large-print",), ())
    assert large.pages > own.pages


def test_the_boxes_of_a_page_are_read_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By those who judge them, those who let text grow, and those who say how full it is."""
    read, seen = tree.pages, []
    monkeypatch.setattr(tree, "pages", lambda document: seen.append(document) or read(document))
    opened = Project(Sources(project))
    material = read_material(opened, "principles")
    pages = copyfit(material, opened)
    assert fullness(material, pages, OWN).fills
    assert len(seen) == len(set(map(id, seen)))
    assert pages.document in seen


def with_words(project: Path, slot: str, count: int) -> None:
    """Add so many words to a text of the brief, and let limits of letters not stand in the way."""
    path = project / "materials" / "why-harm-reduction.yaml"
    text = path.read_text(encoding="utf-8").replace("verbatim: yes", "verbatim: no")
    end = {"lead": "among others:", "points.3.text": "treatment combined."}[slot]
    assert text.count(end) == 1
    added = " ".join((["people", "who", "use", "drugs", "together"] * count)[:count])
    path.write_text(text.replace(end, f"{end} {added}"), encoding="utf-8")
    layout = project / "layouts" / "brief" / "layout.yaml"
    looser = re.sub(r"limit: (520|480)", "limit: 5000", layout.read_text(encoding="utf-8"))
    layout.write_text(re.sub(r"fit: \[.*\]", "fit: none", looser), encoding="utf-8")


@pytest.mark.parametrize("slot", ["lead", "points.3.text"])
def test_as_many_words_as_there_is_room_for_do_fit_and_many_more_do_not(
    project: Path, slot: str
) -> None:
    with_words(project, slot, 0)
    count = rooms(project, "why-harm-reduction")[f"words.{slot}"].words
    assert count is not None
    assert count > 3
    with_words(project, slot, round(count * 0.9))
    rooms(project, "why-harm-reduction")  # raises where it does not fit
    with_words(project, slot, round(count * 0.9) + 15)
    with pytest.raises(HrcpubError):
        rooms(project, "why-harm-reduction")


def test_a_slot_is_as_full_as_the_narrower_of_place_and_limit(project: Path) -> None:
    layout = project / "layouts" / "brief" / "layout.yaml"
    before = rooms(project, "why-harm-reduction")["words.lead"]
    text = layout.read_text(encoding="utf-8")
    layout.write_text(text.replace("limit: 520", "limit: 418"), encoding="utf-8")
    after = rooms(project, "why-harm-reduction")["words.lead"]
    assert after.holds == 418
    assert (after.words or 0) < (before.words or 0)


def test_check_tells_how_full_it_is(hrcpub: Hrcpub) -> None:
    done = hrcpub("check", "why-harm-reduction")
    assert done.returncode == 0
    assert re.search(r"office, screen, press: 2 pages\n", done.stdout)
    assert re.search(r"^  points  +█+░+  \d\d %$", done.stdout, re.MULTILINE)
    assert re.search(r"points\.2\.text .* \d+ %  room for about \d+ more words", done.stdout)
    assert "large-print: 4 pages, as many as the words need" in done.stdout


def test_the_repositorys_own_materials_are_right_and_told_as_json(hrcpub: Hrcpub) -> None:
    names = ("contact-card", "principles-poster", "overdose")
    done = hrcpub("check", "--json", *names, folder=ROOT)
    assert done.returncode == 0, done.stdout
    reports = json.loads(done.stdout)
    assert {report["material"] for report in reports} == set(names)
    for report in reports:
        forms = report["fullness"]
        first = editions_of(report["material"])[0]
        assert [form["editions"][0] for form in forms] == [first, "large-print"]
        (title,) = [room for room in forms[0]["rooms"] if room["slot"] == "words.title"]
        assert 0 < title["full"] < 1
        assert title["room_for_words"] >= 1
