"""Materials in another language: their words from PO files, their places, what is still open."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError
from hrcpub.project.layout import read_layout
from hrcpub.project.layout.phrases import speaking
from hrcpub.project.material import (
    Material,
    material_file,
    material_names,
    read_material,
    words_file,
)
from hrcpub.project.material.translated import words_slot
from hrcpub.project.translations.catalog import Message
from hrcpub.project.translations.passages import Passage, passages
from hrcpub.project.translations.wording import is_open, marked, with_marks
from hrcpub.project.words import Words, values_of
from tests.shared.project import ROOT, project_files

HEAD = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
PATH = "materials/i18n/qu/overdose.po"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of this repository's materials and layouts, without translations."""
    for path, data in project_files().items():
        if "fonts" not in path.parts and "i18n" not in path.parts:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
    return tmp_path


def passages_of(project: Path, name: str) -> list[Passage]:
    node = read_yaml(Sources(project), f"materials/{name}.yaml")
    layout = read_layout(Sources(project), (node.mapping or {})["layout"].text or "")
    return list(passages(node, words_slot(layout)))


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def translate(
    project: Path, name: str, say: Callable[[Passage], str], head: str = HEAD, language: str = "qu"
) -> Path:
    """Write a translation of a material, and phrases of the design in its language."""
    messages = (
        f"\nmsgctxt {quoted(p.slot)}\nmsgid {quoted(p.text)}\nmsgstr {quoted(say(p))}\n"
        for p in passages_of(project, name)
    )
    path = project / f"materials/i18n/{language}/{name}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head.format(language) + "".join(messages), encoding="utf-8")
    phrases = (ROOT / "layouts/system/phrases.yaml").read_text(encoding="utf-8")
    spoken = phrases.replace("\nen:\n", f"\n{language}:\n").partition(f"\n{language}:\n")
    lines = [line for line in spoken[2].splitlines() if line.startswith("  ")]
    table = f"{phrases}\n{language}:\n" + "\n".join(lines) + "\n"
    (project / "layouts/system/phrases.yaml").write_text(table, encoding="utf-8")
    return path


def read(project: Path, name: str, *, is_draft: bool = False) -> Material:
    sources = Sources(project, today=datetime.date(2026, 12, 1))
    return read_material(Project(sources), name, is_draft=is_draft)


def upper(passage: Passage) -> str:
    return passage.text.upper()


def codes(project: Path, name: str) -> list[str]:
    with pytest.raises(HrcpubError) as told:
        read(project, name)
    return [problem.code for problem in told.value.problems if problem.is_error]


def test_a_translation_is_the_material_in_other_words(project: Path) -> None:
    translate(project, "overdose", upper)
    there, here = read(project, "overdose-qu"), read(project, "overdose")
    assert there.language == "qu"
    assert there.name == "overdose-qu"
    assert there.title.text == here.title.text.upper()
    assert there.credit.text == here.credit.text.upper()
    assert (there.code, there.revised) == (here.code, here.revised)
    assert [office.id for office in there.contacts] == [office.id for office in here.contacts]
    assert there.translated.material == "overdose"
    assert there.translated.language == "en"
    pairs = list(zip(there.texts, here.texts, strict=True))
    assert len(pairs) > 20
    assert [a.slot for a, _ in pairs] == [b.slot for _, b in pairs]
    assert sum(a.text == b.text.upper() for a, b in pairs) > 20
    moved = [a for a, b in pairs if a.source.path == PATH]
    assert all(a.text == b.text for a, b in pairs if a not in moved)  # numbers, ids of offices
    assert len(moved) >= 20
    lines = (project / PATH).read_text().splitlines()
    assert all(quoted(a.text) in lines[a.source.line - 1] for a in moved)


def test_a_piece_of_its_own_reads_no_translations(project: Path) -> None:
    """So its files stay current when one is added."""
    translate(project, "overdose", upper)
    sources = Sources(project)
    read_material(Project(sources), "overdose")
    assert not any("i18n" in name for name in (*sources.reads.files, *sources.reads.folders))
    sources = Sources(project)
    read_material(Project(sources), "principles-card")
    assert not any("i18n" in name for name in (*sources.reads.files, *sources.reads.folders))


def test_a_translation_reads_its_own_files_and_lists_no_folder(project: Path) -> None:
    translate(project, "overdose", upper)
    sources = Sources(project)
    read_material(Project(sources), "overdose-qu")
    named = {name for name in (*sources.reads.files, *sources.reads.folders) if "i18n" in name}
    assert named == {PATH, "layouts/system/i18n/qu.po"} - {"layouts/system/i18n/qu.po"}


def test_names_and_files_of_translations(project: Path) -> None:
    path = translate(project, "what-postcard", upper)
    translate(project, "what-postcard", upper, language="zh-Hans")
    sources = Sources(project)
    names = material_names(sources)
    at = names.index("what-postcard")
    assert names[at : at + 3] == (
        "what-postcard", "what-postcard-qu", "what-postcard-zh-hans"
    )  # fmt: skip
    assert material_file(sources, "what-postcard-zh-hans") == "materials/what-postcard.yaml"
    assert words_file(sources, "what-postcard-qu") == path.relative_to(project).as_posix()
    assert words_file(sources, "principles-card") == "materials/principles-card.yaml"


def test_what_is_open_is_counted_and_stops_the_piece(project: Path) -> None:
    path = translate(
        project, "overdose", lambda p: "" if p.slot == "words.steps.1.text" else upper(p)
    )
    text = path.read_text().replace('msgid "minutes"', 'msgid "hours"')
    path.write_text(text.replace('msgctxt "words.title"', '#, fuzzy\nmsgctxt "words.title"'))
    with pytest.raises(HrcpubError) as told:
        read(project, "overdose-qu")
    (problem,) = told.value.problems
    assert problem.code == "translation-open"
    # An empty one of 13 words, a fuzzy one of one, one whose source was another word.
    assert problem.message == "overdose-qu is not made: 15 words in 3 places are not translated yet"
    assert problem.source.path == PATH


def test_a_translation_without_a_place_is_told(project: Path) -> None:
    path = translate(project, "overdose", upper)
    path.write_text(path.read_text() + '\nmsgctxt "words.titel"\nmsgid "a"\nmsgstr "b"\n')
    (told,) = (p for p in read(project, "overdose-qu").problems if "unplaced" in p.code)
    assert told.source.quote == 'msgstr "b"'


def test_in_a_draft_what_is_open_stands_in_brackets_in_its_own_language(project: Path) -> None:
    translate(project, "overdose", lambda p: "" if p.slot == "words.steps.4.verb" else upper(p))
    material = read(project, "overdose-qu", is_draft=True)
    assert material.words["steps"][3]["verb"].text == r"\[[Breathe](lang:en)\]"
    assert material.words["steps"][3]["verb"].plain() == "[Breathe]"
    assert material.is_draft
    assert material.translated.open_slots == ("words.steps.4.verb",)


def test_marks_leave_links_alone() -> None:
    text = "Call [us](tel:911) now"
    assert marked(text, "en") == r"\[[Call](lang:en) [us](tel:911) [now](lang:en)\]"


WITH_MARKS = {
    ("It works. {a}", "Funciona."): "Funciona. {a}",
    ("It works. {a}", "Funciona {a} siempre."): "Funciona {a} siempre.",
    ("It works.", "Funciona. {a}"): "Funciona.",
    ("It {b} works. {a}", "Funciona. {c} {a}"): "Funciona. {a} {b}",
    ("It works.", "Funciona."): "Funciona.",
}


@pytest.mark.parametrize("texts", WITH_MARKS)
def test_a_translation_names_the_sources_of_its_original(texts: tuple[str, str]) -> None:
    text, words = texts
    assert with_marks(words, Passage("words.lead", text)) == WITH_MARKS[texts]
    assert with_marks("Diga {b}dónde {b}.", Passage("words.lead", "Say where")) == "Diga dónde."
    assert with_marks("Hasta {day}", Passage("valid-until", "Until {date}")) == "Hasta {day}"
    message = Message("words.lead", "It works.", words)
    assert not is_open(Passage("words.lead", text), message)
    assert is_open(Passage("words.lead", text.replace("It", "This")), message)


REVIEW = '"X-Reviewed-By: Ana\\n"\n"X-Reviewed-Role: nurse\\n"\n"X-Reviewed-On: 2026-11-28\\n"\n'
MACHINE = '"X-Machine-Translation: yes\\n"\n'
CHANGED = '"PO-Revision-Date: 2026-11-29 10:00+0000\\n"\n'


@pytest.mark.parametrize(
    ("name", "head", "is_draft"),
    [
        ("overdose", "", True),  # its layout asks for a review, of the translation too
        ("overdose", REVIEW, False),
        ("overdose", MACHINE + REVIEW, False),
        ("overdose", REVIEW + CHANGED, True),  # the words were changed after it
        ("what-postcard", "", False),
        ("what-postcard", MACHINE, True),
        ("what-postcard", MACHINE + REVIEW, False),
    ],
)
def test_a_translation_has_a_review_of_its_own(
    project: Path, name: str, head: str, is_draft: bool
) -> None:
    translate(project, name, lambda p: p.text, HEAD + head)
    material = read(project, f"{name}-qu")
    assert material.is_draft is is_draft
    notes = [problem for problem in material.problems if problem.code == "not-reviewed"]
    assert bool(notes) is is_draft
    assert all("X-Reviewed-By" in note.hint for note in notes)
    assert all(note.source.path.endswith(".po") for note in notes)


def test_limits_are_those_of_the_place_for_the_translation(project: Path) -> None:
    translate(project, "overdose", lambda p: "Respirazione" if p.text == "Breathe" else p.text)
    material = read(project, "overdose-qu")
    (told,) = (problem for problem in material.problems if problem.code == "slot-limit")
    assert told.source.path == PATH
    assert "Respirazione" in told.source.quote


def test_what_is_misplaced_is_told(project: Path) -> None:
    translate(project, "overdose", upper)
    folder = project / "materials/i18n"
    (folder / "qu/nothing.po").write_text(HEAD.format("qu"))
    assert codes(project, "nothing-qu") == ["translation-misplaced"]
    (folder / "en").mkdir()
    (folder / "en/overdose.po").write_text(HEAD.format("en"))
    assert codes(project, "overdose-en") == ["translation-misplaced"]
    (folder / "ZH_hans").mkdir()
    (folder / "ZH_hans/overdose.po").write_text(HEAD.format("zh"))
    assert codes(project, "overdose-zh_hans") == ["name-unfit"]
    (folder / "PT").mkdir()
    (folder / "PT/overdose.po").write_text(HEAD.format("pt"))
    assert codes(project, "overdose-pt") == ["translation-misplaced"]
    own = project / "materials/overdose-qu.yaml"
    own.write_text((project / "materials/overdose.yaml").read_text())
    assert codes(project, "overdose-qu") == ["translation-twice"]


def test_each_kind_of_slot_gives_its_words_alone() -> None:
    """Of each design's sample: texts that a reader reads, and nothing that is looked up."""
    sources = Sources(ROOT)
    for name in ("schedule-sheet", "sticker", "alert", "zine", "brochure"):
        node = read_yaml(sources, f"layouts/{name}/sample.yaml")
        found = list(passages(node, words_slot(read_layout(sources, name))))
        assert len({p.slot for p in found}) == len(found) > 5
        assert not any(p.slot.endswith((".figure", ".file", ".tel", ".url")) for p in found)
        assert all(any(letter.isalnum() for letter in p.text) for p in found)
    slots = {p.slot for p in passages_of(ROOT, "where-sheet")}
    assert {"words.map.alt", "words.services.head.1"} <= slots or any("map" in s for s in slots)


def test_words_of_the_phrases_come_from_their_catalog(project: Path) -> None:
    translate(project, "what-postcard", lambda p: p.text, language="pt")
    phrases = ROOT / "layouts/system/phrases.yaml"
    (project / "layouts/system/phrases.yaml").write_text(phrases.read_text())
    assert codes(project, "what-postcard-pt") == ["language-unknown"]
    english = read_layout(Sources(ROOT), "card").system.phrases["en"]
    said = {name: f"{words.text} PT" for name, words in english.items()}
    catalog = project / "layouts/system/i18n/pt.po"
    catalog.parent.mkdir(exist_ok=True)
    entries = [
        f"\nmsgctxt {quoted(name)}\nmsgid {quoted(words.text)}\nmsgstr {quoted(said[name])}\n"
        for name, words in english.items()
    ]
    catalog.write_text(HEAD.format("pt") + "".join(entries))
    material = read(project, "what-postcard-pt")
    spoken = material.layout.system.phrases_in("pt")
    assert {name: words.text for name, words in spoken.items()} == said
    assert next(values_of(spoken, Words)).source.path == "layouts/system/i18n/pt.po"
    catalog.write_text(HEAD.format("pt") + "".join(entries[1:]))
    assert codes(project, "what-postcard-pt") == ["phrases-open"]


def test_a_phrase_that_is_written_anew_is_open_in_a_worker_that_knew_it(project: Path) -> None:
    catalog = project / "layouts/system/i18n/es.po"
    catalog.parent.mkdir(exist_ok=True)
    catalog.write_bytes((ROOT / "layouts/system/i18n/es.po").read_bytes())
    files = Project(Sources(project))

    def spoken() -> bool:
        layout = speaking(read_layout(files.sources, "card"), "es", files)
        return "es" in layout.system.phrases

    assert spoken()
    english = project / "layouts/system/phrases.yaml"
    english.write_text(english.read_text("utf-8").replace("Distributed by", "From"), "utf-8")
    assert not spoken()
