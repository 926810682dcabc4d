"""`hrcpub new` and `hrcpub schema`: what they write can be built at once, and nothing is lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from hrcpub.project.edition import USUAL
from tests.shared.project import DESIGNS, ROOT, Hrcpub, kinds_of, must_be_reviewed

# In all editions that are made at first: a layout with each, one with contacts, and both that no
# office prints. That samples of all layouts build in every edition is tested where layouts are.
WHOLE = {"zine", "card", "poster", "schedule"}
CODE = re.compile(r"^materials/mine\.yaml.*?: (error|warning|note): .*\[([a-z-]+)\]$", re.MULTILINE)


@pytest.mark.slow(but=["brief", "card"])
@pytest.mark.parametrize("layout", DESIGNS)
def test_a_new_material_builds_at_once_and_says_that_its_words_are_samples(
    layout: str, project: Path, hrcpub: Hrcpub
) -> None:
    done = hrcpub("new", layout, "mine")
    assert done.returncode == 0
    assert done.stdout == (
        "wrote materials/mine.yaml\nPut your words into it, then run: hrcpub build mine --watch\n"
    )
    # By this process: another would have to load what it has.
    some = () if layout in WHOLE else ("--edition", "screen")
    wanted = ("build", "mine", "--jobs", "1", *some)
    built = hrcpub(*wanted)
    assert built.returncode == 0
    said, kinds = {("warning", "sample-words")}, kinds_of(layout)
    if "contacts" in kinds:
        said.add(("warning", "contact-historical"))
    if {"figure", "opening"} & set(kinds):
        said.add(("warning", "figure-untested"))
    if "schedule" in kinds:
        said.add(("note", "schedule-fiction"))
    if must_be_reviewed(layout):
        said.add(("note", "not-reviewed"))
    assert set(CODE.findall(built.stderr)) == said
    assert "until then no press file is made" in built.stderr
    made = {path.parent.name for path in (project / "output").rglob("mine.pdf")}
    usual = set(USUAL) - ({"press"} if DESIGNS[layout].sheets else {"office", "press"})
    assert made == (usual if layout in WHOLE else {"screen"})
    again = hrcpub(*wanted, "--json")
    assert all(output["cached"] for output in json.loads(again.stdout)[0]["outputs"])


def test_sample_words_are_refused_for_the_press(project: Path, hrcpub: Hrcpub) -> None:
    hrcpub("new", "postcard", "mine")
    path = project / "materials" / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    for wanted in (["--edition", "press"], ["--edition", "press", "--edition", "screen"]):
        for command in ("check", "build"):
            done = hrcpub(command, "mine", *wanted)
            assert done.returncode == 1
            assert ("error", "placeholder-left") in CODE.findall(done.stderr)
            assert "not ready for the press: these are still the layout's sample words" in (
                done.stderr
            )
    assert (project / "output/screen/mine.pdf").exists()
    assert not (project / "output/press/mine.pdf").exists()
    # A line `editions:` asks for them too.
    path.write_text(text.replace("\nwords:", "editions: [press]\n\nwords:"), encoding="utf-8")
    assert hrcpub("build", "mine").returncode == 1


def test_words_of_ones_own_are_pressed(project: Path, hrcpub: Hrcpub) -> None:
    hrcpub("new", "card", "mine")
    path = project / "materials" / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    assert "Who Answers When You Call" in text
    path.write_text(text.replace("Who Answers When", "Who Answers If"), encoding="utf-8")
    built = hrcpub("build", "mine", "--jobs", "1")
    assert built.returncode == 0
    assert "sample-words" not in built.stderr
    assert (project / "output/press/mine.pdf").exists()


@pytest.mark.parametrize("layout", DESIGNS)
def test_a_new_material_explains_each_slot_and_points_editors_to_the_schema(
    layout: str, project: Path, hrcpub: Hrcpub
) -> None:
    (project / "layouts" / layout / "schema.json").unlink(missing_ok=True)
    hrcpub("new", layout, "mine")
    text = (project / "materials" / "mine.yaml").read_text(encoding="utf-8")
    first = text.splitlines()[0]
    assert first == f"# yaml-language-server: $schema=../layouts/{layout}/schema.json"
    schema = json.loads((project / "layouts" / layout / "schema.json").read_text(encoding="utf-8"))
    slots = schema["properties"]["words"]["properties"]
    assert slots
    for name in slots:
        assert re.search(rf"^  # .*\n(  # .*\n)*  (# )?{name}:", text, re.MULTILINE), name
    assert max(map(len, text.splitlines()[3:])) <= 100


TAKEN = ("contact-card", "contacts", "printers")


def test_a_new_material_says_which_form_leaves_a_slot_out(project: Path, hrcpub: Hrcpub) -> None:
    layout = project / "layouts" / "card" / "layout.yaml"
    text = layout.read_text(encoding="utf-8")
    said = {"layout": "not in large print)", "large-print": "not in the layout's own pages)"}
    for form, words in said.items():
        forms = f"  title:\n    forms: [{form}]\n"
        layout.write_text(text.replace("  title:\n", forms), encoding="utf-8")
        hrcpub("new", "card", f"mine-{form}")
        started = (project / "materials" / f"mine-{form}.yaml").read_text(encoding="utf-8")
        assert words in " ".join(started.replace("#", "").split())


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_that_is_taken_is_refused_and_no_file_touched(
    name: str, project: Path, hrcpub: Hrcpub
) -> None:
    folder = project / "materials"
    before = {path: path.read_bytes() for path in folder.glob("*.yaml")}
    done = hrcpub("new", "card", name)
    assert done.returncode == 1
    assert done.stderr == (
        f'materials/{name}.yaml: error: the name "{name}" is taken [name-taken]\n'
        "    choose another name\n"
    )
    assert {path: path.read_bytes() for path in folder.glob("*.yaml")} == before


UNFIT = {
    "My Card": "my-card",
    "Ümläut": "umlaut",
    "../card": "card",
    "a.yaml": "a-yaml",
    "con": "con-health-fair-brief",
    "😀": "health-fair-brief",
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_name_that_cannot_be_one_is_refused_with_a_better_one(
    name: str, project: Path, hrcpub: Hrcpub
) -> None:
    done = hrcpub("new", "card", name)
    assert done.returncode == 1
    assert done.stderr == (
        f'error: "{name}" cannot be a material\'s name [name-unfit]\n'
        f"    use small letters, digits and hyphens, such as {UNFIT[name]}\n"
    )
    assert len(list((project / "materials").iterdir())) == len(list((ROOT / "materials").iterdir()))


def test_an_unknown_layout_is_told_with_the_nearest(hrcpub: Hrcpub) -> None:
    for command in (["new", "crad", "mine"], ["schema", "crad"]):
        done = hrcpub(*command)
        assert done.returncode == 1
        assert 'error: there is no layout "crad" [layout-unknown]' in done.stderr
        assert 'did you mean "card"?' in done.stderr


def test_a_schema_is_printed_and_written_alike(project: Path, hrcpub: Hrcpub) -> None:
    printed = hrcpub("schema", "card")
    written = hrcpub("schema", "card", "--write")
    assert (printed.returncode, written.returncode) == (0, 0)
    assert written.stdout == "wrote layouts/card/schema.json\n"
    path = project / "layouts" / "card" / "schema.json"
    assert path.read_text(encoding="utf-8") == printed.stdout
    assert json.loads(printed.stdout)["$schema"].startswith("https://json-schema.org/")


def test_a_new_material_says_the_projects_language_or_the_one_asked_for(
    project: Path, hrcpub: Hrcpub
) -> None:
    """It said that of the layout's sample, whatever language a project was begun in."""
    path = project / "materials/organisation.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "language: es-MX\n", encoding="utf-8")
    first = hrcpub("new", "card", "mine")
    assert first.returncode == 0
    assert "its sample words are in English" in first.stdout
    assert hrcpub("new", "card", "other", "--language", "ht").returncode == 0
    said = [(project / f"materials/{name}.yaml").read_text("utf-8") for name in ("mine", "other")]
    assert ["\nlanguage: es-MX\n" in said[0], "\nlanguage: ht\n" in said[1]] == [True, True]


@pytest.mark.parametrize(
    ("language", "code", "hint"),
    [
        ("Haitian", "language-tag", "write ht"),
        ("pl", "language-unknown", "hrcpub translate new pl"),
    ],
)
def test_a_language_that_the_design_does_not_speak_is_told_before_anything_is_written(
    language: str, code: str, hint: str, project: Path, hrcpub: Hrcpub
) -> None:
    done = hrcpub("new", "card", "mine", "--language", language)
    assert done.returncode == 1
    assert f"[{code}]" in done.stderr
    assert hint in done.stderr
    assert not (project / "materials/mine.yaml").exists()


def test_a_new_material_has_a_code_of_its_own(project: Path, hrcpub: Hrcpub) -> None:
    """Two with the same first letters had the same code, and nothing said so."""
    for name in ("mine", "mint", "mill"):
        hrcpub("new", "card", name)
    texts = [(project / f"materials/{name}.yaml").read_text("utf-8") for name in ("mint", "mill")]
    assert ["\ncode: MI2\n" in texts[0], "\ncode: MI3\n" in texts[1]] == [True, True]


def test_a_code_that_two_pieces_have_is_told_in_both(project: Path, hrcpub: Hrcpub) -> None:
    for name in ("mine", "mint"):
        hrcpub("new", "card", name)
    path = project / "materials/mint.yaml"
    shared = path.read_text("utf-8").replace("code: MI2", "code: mi1")
    path.write_text(shared, encoding="utf-8")
    told = hrcpub("check", "mine", "mint", "--edition", "screen").stderr
    assert 'materials/mine.yaml:10:7: warning: "MI1" is also the code of mint' in told
    assert 'materials/mint.yaml:10:7: warning: "mi1" is also the code of mine' in told
    # In another language it may be the same sheet, as a translation's is.
    path.write_text(shared.replace("language: en", "language: es"), encoding="utf-8")
    assert "code-shared" not in hrcpub("check", "mine", "mint", "--edition", "screen").stderr
