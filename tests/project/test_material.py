"""Materials: words checked against their layout. Their mistakes are in bad/."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.edition import EDITIONS
from hrcpub.project.material import Material, material_names, read_material
from hrcpub.project.words import Image
from tests.project.test_bad import CONTACTS, LAYOUT, set_stage
from tests.shared.project import ROOT

HEAD = """layout: poster
title: A Poster
language: en-US
code: "01"
revision: 1.10
revised: 2026-11-22
"""
WORDS = """words:
  contacts: [south-side, north-side]
  points:
    - text: before you
          need to
      opening: Call
      picture: {file: materials/images/whole.png, alt: Noise}
  title: Call *now*
  picture: {file: materials/images/whole.png, alt: More noise}
  lead: "We answer\\n"
"""


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    """Return a project with a poster in it."""
    root = set_stage(tmp_path)
    write(root, HEAD + WORDS)
    return root


def write(root: Path, text: str, name: str = "poster") -> None:
    (root / "materials" / f"{name}.yaml").write_text(text)


def read(root: Path, name: str = "poster") -> Material:
    return read_material(Project(Sources(root, today=datetime.date(2026, 12, 1))), name)


def codes(root: Path) -> list[str]:
    """Return what is said of the poster."""
    try:
        return [problem.code for problem in read(root).problems]
    except HrcpubError as error:
        return [problem.code for problem in error.problems]


def test_a_material_has_its_head_as_typed(stage: Path) -> None:
    material = read(stage)
    assert (material.name, material.path) == ("poster", "materials/poster.yaml")
    assert (material.code, material.revision, material.language) == ("01", "1.10", "en-US")
    assert material.revised == datetime.date(2026, 11, 22)
    assert str(material.title) == "A Poster"
    assert material.problems == ()


def test_what_a_material_leaves_out_comes_from_its_layout(stage: Path) -> None:
    material = read(stage)
    assert material.colour == material.layout.colour == "what"
    # The stage's layout has no large-print.html.
    reflowed = {"large-print", "phone"}  # for which this layout has no template
    assert material.editions == tuple(name for name in EDITIONS if name not in reflowed)
    assert (material.verbatim, material.credit) == (False, None)


def test_what_a_material_says_goes_before_its_layout(stage: Path) -> None:
    more = "colour: how\neditions: [screen]\nsource: {credit: Somebody}\nverbatim: no\n"
    write(stage, HEAD + more + WORDS)
    material = read(stage)
    assert (material.colour, material.editions) == ("how", ("screen",))
    assert str(material.credit) == "Somebody"


def test_words_come_in_the_order_of_the_slots_and_pictures_are_no_words(stage: Path) -> None:
    material = read(stage)
    assert list(material.words) == ["title", "lead", "points", "picture", "contacts"]
    assert [str(words) for words in material.texts] == [
        "Call *now*",
        "We answer",
        "Call",
        "before you need to",
        "south-side",
        "north-side",
    ]
    assert isinstance(material.words["picture"], Image)


def test_contacts_come_in_the_order_in_which_they_are_named(stage: Path) -> None:
    assert [contact.id for contact in read(stage).contacts] == ["south-side", "north-side"]


def test_a_material_reads_its_own_files_and_no_other_material(stage: Path) -> None:
    write(stage, "layout: nowhere", "other")
    sources = Sources(stage)
    read_material(Project(sources), "poster")
    assert set(sources.reads.files) == {
        "materials/poster.yaml",
        "materials/contacts.yaml",
        "materials/images/whole.png",
        "materials/organisation.yaml",  # who signs, and which paper the offices print on
        "materials/reviewed/poster.yaml",  # not there
        "layouts/poster/layout.yaml",
        "layouts/poster/sample.yaml",
        "layouts/system/system.yaml",
        "layouts/system/phrases.yaml",
    }
    write(stage, "layout: poster", "other")
    assert Sources(stage).still_holds(sources.reads)


def test_a_picture_that_is_missing_is_waited_for(stage: Path) -> None:
    (stage / "materials" / "images" / "whole.png").rename(stage / "kept.png")
    sources = Sources(stage)
    with pytest.raises(HrcpubError):
        read_material(Project(sources), "poster")
    assert sources.reads.files["materials/images/whole.png"] is None


def test_mistakes_in_contacts_do_not_hide_those_of_the_material(stage: Path) -> None:
    (stage / "materials" / "contacts.yaml").write_text(CONTACTS.replace("calling-code", "code"))
    write(stage, HEAD + WORDS.replace("title", "titel"))
    assert codes(stage) == ["slot-unknown", "slot-missing", "slot-unknown", "slot-missing"]


def test_a_material_says_which_of_its_contacts_are_due(stage: Path) -> None:
    path = stage / "materials" / "contacts.yaml"
    path.write_text(CONTACTS.replace("review-by: 2027-05-01", "review-by: 2026-11-30"))
    [north, south] = sorted(read(stage).problems, key=lambda problem: problem.message)
    assert (north.code, south.code) == ("contact-due", "contact-due")
    assert '"north-side"' in north.message
    assert '"south-side"' in south.message


def test_an_offices_lines_are_searched_for_markup_that_is_none(stage: Path) -> None:
    path = stage / "materials" / "contacts.yaml"
    path.write_text(CONTACTS.replace("lines: [", 'lines: ["<b>Suite</b> 4", ', 1))
    [problem, *_] = [p for p in read(stage).problems if p.code == "words-not-markup"]
    assert problem.message.startswith('"<b>" looks like an HTML tag')
    assert problem.source is not None
    assert problem.source.path == "materials/contacts.yaml"
    assert "<b>Suite" in (problem.source.quote or "")


def test_a_material_without_contacts_needs_no_file_of_them(stage: Path) -> None:
    (stage / "materials" / "contacts.yaml").unlink()
    write(stage, HEAD + "words: {title: Call}")
    assert codes(stage) == []


def test_one_layout_read_serves_many_materials(stage: Path) -> None:
    opened = Project(Sources(stage))
    write(stage, HEAD + WORDS, "other")
    first, second = (read_material(opened, name) for name in ("poster", "other"))
    assert first.layout is second.layout


VERBATIM = "verbatim: yes\nsource: {credit: Us, file: materials/source.txt}\n"
TO_THE_LETTER = {
    "{title: Call before you}": True,
    "{title: We answer day}": True,  # a title may be a part of a sentence, but of whole words
    "{title: We answer da}": False,
    "{title: e answer day}": False,
    "{title: call before you}": False,
    "{title: Call before we}": False,
    "{title: Call  *before* you}": False,  # the source has no emphasis there
    "{title: '[Call](https://example.org) before'}": True,
    "{title: Call, day: 2026-01-01}": True,
    "{title: Call, lead: We answer day and night.}": True,
    "{title: Call, lead: Call before you need to. We answer day and night.}": True,
    "{title: Call, lead: We answer day and night}": False,
    "{title: Call, lead: We answer day}": False,
    "{title: Call, lead: answer day and night.}": False,
    "{title: Call, notes: [We answer day and night., Call before you need to.]}": True,
    "{title: Call, notes: [We answer day or night., Call before you need to.]}": False,
    "{title: Call, points: [{opening: Call, text: before you need to.}]}": True,
    "{title: Call, points: [{opening: Call, text: before you}]}": False,
    "{title: Call, points: [{opening: Call, text: We answer}]}": False,
    "{title: Call, picture: {file: materials/images/whole.png, alt: Noise}}": True,
    "{title: Call, points: [{opening: Call before, text: you need to., picture: "
    "{file: materials/images/whole.png, alt: Noise}}]}": True,
    "{title: Call, contacts: [north-side]}": True,  # it answers today
    "{title: Call, contacts: [old-office]}": False,
}


@pytest.mark.parametrize("words", TO_THE_LETTER)
def test_verbatim_holds_words_to_their_source(words: str, stage: Path) -> None:
    write(stage, f"{HEAD}{VERBATIM}words: {words}\n")
    assert codes(stage) == ([] if TO_THE_LETTER[words] else ["verbatim-differs"])


def reprint_an_office(stage: Path, source: str, its_text: str) -> list[str]:
    """Return what is said of a reprint that names an office with a source."""
    contacts = stage / "materials" / "contacts.yaml"
    contacts.write_text(CONTACTS.replace("historical: yes", f"historical: yes, {source}"))
    (stage / "materials" / "old.txt").write_text(its_text)
    write(stage, f"{HEAD}{VERBATIM}words: {{title: Call, contacts: [old-office]}}\n")
    return codes(stage)


def test_a_historical_office_is_held_to_the_source_that_contacts_name(stage: Path) -> None:
    source = "source: materials/old.txt"
    assert reprint_an_office(stage, source, "Old Office\n5 Main Street\n") == []
    assert reprint_an_office(stage, source, "Old Office\n6 Main Street\n") == ["verbatim-differs"]


def test_a_source_that_contacts_name_and_is_not_there_is_told_there(stage: Path) -> None:
    assert reprint_an_office(stage, "source: materials/gone.txt", "") == ["file-missing"]
    with pytest.raises(HrcpubError) as caught:
        read(stage)
    assert str(caught.value.problems[0].source).startswith("materials/contacts.yaml:")


def test_an_office_without_a_source_is_held_to_the_pieces_whatever_its_slot_is_called(
    stage: Path,
) -> None:
    layout = stage / "layouts" / "poster" / "layout.yaml"
    layout.write_text(LAYOUT.replace("contacts: {", "offices: {"))
    source = stage / "materials" / "source.txt"
    source.write_text(f"{source.read_text()}\nOld Office\n5 Main Street\n")
    write(stage, f"{HEAD}{VERBATIM}words: {{title: Call, offices: [old-office]}}\n")
    assert codes(stage) == []
    assert [contact.id for contact in read(stage).contacts] == ["old-office"]


@pytest.mark.parametrize(
    "name", ["nowhere", "contact", "..", "../secret", "a/b", "Poster", "poster.yaml", "", "x" * 64]
)
def test_a_material_that_is_not_there_is_told_with_those_that_are(name: str, stage: Path) -> None:
    with pytest.raises(HrcpubError) as caught:
        read(stage, name)
    [problem] = caught.value.problems
    assert problem.code == "material-unknown"
    assert "poster" in (problem.hint or "")


def test_the_names_of_materials_leave_out_what_is_none(stage: Path) -> None:
    for name in ("printers", "_draft", ".hidden", "brief"):
        write(stage, "", name)
    assert material_names(Sources(stage)) == ("brief", "poster")


def test_a_file_named_yml_is_told_and_not_passed_over(stage: Path) -> None:
    (stage / "materials" / "card.yml").write_text(HEAD + WORDS)
    (stage / "materials" / "poster.yml").write_text(HEAD + WORDS)
    assert material_names(Sources(stage)) == ("poster", "card")
    with pytest.raises(HrcpubError) as caught:
        read(stage, "card")
    (problem,) = caught.value.problems
    assert problem.code == "material-misnamed"
    assert "rename it to materials/card.yaml" in (problem.hint or "")


def test_a_file_named_in_capitals_is_told_too(stage: Path) -> None:
    (stage / "materials" / "card.YAML").write_text(HEAD + WORDS)
    assert material_names(Sources(stage)) == ("poster", "card")
    with pytest.raises(HrcpubError, match=r"materials/card\.YAML is not read"):
        read(stage, "card")


@pytest.mark.parametrize("colour", ["how", "light blue"])
def test_a_paper_goes_by_its_key_and_by_its_name(colour: str, stage: Path) -> None:
    write(stage, f"colour: {colour}\n" + (HEAD + WORDS).replace("colour: how\n", ""))
    assert read(stage).colour == "how"


@pytest.mark.parametrize("name", material_names(Sources(ROOT)))
def test_this_projects_materials_are_read_without_an_error(name: str) -> None:
    material = read_material(Project(Sources(ROOT)), name)
    assert not [problem for problem in material.problems if problem.is_error]


def test_this_project_has_its_materials() -> None:
    assert {"principles", "why-harm-reduction", "contact-card"} <= set(
        material_names(Sources(ROOT))
    )
