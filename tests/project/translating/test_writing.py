"""What there is to translate, how far it is, and the files that are written for it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.translating.exchange import imported
from hrcpub.project.translating.originals import Original, original, originals, phrases
from hrcpub.project.translating.state import state
from hrcpub.project.translating.writing import language_tag, new_file, updated_file
from hrcpub.project.translations.passages import Passage
from hrcpub.project.translations.po_reading import parse
from hrcpub.project.translations.xliff_reading import TranslatedUnit
from tests.shared.project import ROOT

DAY = datetime.date(2026, 11, 28)
CARD = Original(
    "card",
    "materials/card.yaml",
    "en",
    (Passage("title", "Two words"), Passage("words.a", "*Call* 911 now")),
    DAY,
)
PATH = "materials/i18n/es/card.po"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project with a new translation."""
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    path.write_text(new_file(CARD, "es").text, encoding="utf-8")
    return Project(Sources(tmp_path))


def edit(project: Project, old: str, new: str) -> None:
    path = project.sources.root / PATH
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_originals_are_the_phrases_and_the_materials() -> None:
    project = Project(Sources(ROOT))
    found = {item.name: item for item in originals(project, ("overdose",))}
    assert set(found) == {"phrases", "overdose"}
    assert found["overdose"].file("zh-Hans") == "materials/i18n/zh-Hans/overdose.po"
    assert found["phrases"].file("es") == "layouts/system/i18n/es.po"
    assert {passage.slot for passage in phrases(project).passages} >= {"tel", "source"}
    assert original(project, "overdose").revised == datetime.date(2026, 11, 28)
    with pytest.raises(HrcpubError):
        list(originals(project, ("overdoes",)))


def test_words_are_counted_as_translators_count(project: Project) -> None:
    first = state(project, CARD, "es")
    assert (first.words, first.open_words, first.places, first.per_cent) == (5, 5, 2, 0)
    edit(project, 'msgid "Two words"\nmsgstr ""', 'msgid "Two words"\nmsgstr "Dos palabras"')
    second = state(project, CARD, "es")
    assert (second.open_words, second.open_places, second.per_cent) == (3, 1, 40)
    edit(project, 'msgctxt "title"', '#, fuzzy\nmsgctxt "title"')
    third = state(project, CARD, "es")
    assert (third.open_places, third.fuzzy_places, third.per_cent) == (2, 1, 0)
    edit(project, 'msgstr "Dos palabras"', "msgstr Dos palabras")
    broken = state(project, CARD, "es")
    assert [problem.code for problem in broken.problems] == ["po-syntax"]
    assert (broken.open_words, broken.per_cent) == (5, 0)


def test_a_file_is_the_same_on_any_day_and_says_who_translates() -> None:
    text = new_file(CARD, "pt-BR", is_machine_made=True).text
    assert '"Language: pt_BR\\n"' in text
    assert '"PO-Revision-Date: 2026-11-28 00:00+0000\\n"' in text
    assert '"X-Machine-Translation: yes\\n"' in text


def test_an_update_mends_what_other_programs_stumble_over(project: Project) -> None:
    edit(project, '"Language-Team: \\n"\n', "")
    path = project.sources.root / PATH
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    written = updated_file(project, CARD, "es", {})
    assert written.is_changed
    assert [problem.code for problem in written.problems] == ["po-byte-order-mark", "po-line-ends"]
    assert written.text == new_file(CARD, "es").text


def test_the_same_text_elsewhere_is_filled_in_to_be_looked_over(project: Project) -> None:
    written = updated_file(project, CARD, "es", {"Two words": "Dos palabras"})
    assert (written.new, written.fuzzy) == (1, 1)
    assert '#, fuzzy\nmsgctxt "title"\nmsgid "Two words"\nmsgstr "Dos palabras"' in written.text


def test_what_comes_back_of_another_text_is_looked_over(project: Project) -> None:
    """The original was changed after the file was sent out."""
    units = [
        TranslatedUnit("card", "title", "Two old words", "Dos palabras", True, False),
        TranslatedUnit("card", "words.a", "*Call* 911 now", "*Llame* al 911", True, False),
        TranslatedUnit("card", "words.gone", "Gone", "Ido", True, False),
    ]
    day = datetime.date(2026, 12, 5)
    taken = imported(project, CARD, "es", units, "es.xlf", day, is_accepted=False)
    assert (taken.taken, taken.fuzzy) == (2, 1)
    assert [problem.code for problem in taken.problems] == ["xliff-unknown"]
    catalog, _ = parse(taken.text, PATH)
    assert catalog.by_slot["title"].previous == ("title", "Two old words")
    assert not catalog.by_slot["words.a"].is_open
    assert catalog.changed == datetime.date(2026, 12, 5)


def test_languages_are_named_by_their_tags() -> None:
    asked = {"es": "es", "zh_hans": "zh-Hans", "PT-br": "pt-BR", "hmn": "hmn", "haw": "haw"}
    assert {name: language_tag(name) for name in asked} == asked
    for name in ("Spanish", "x", "qqq", "es/..", ""):
        assert isinstance(language_tag(name), Problem), name


def test_of_a_language_without_a_known_script_the_script_is_asked() -> None:
    asked = language_tag("tlh")
    assert isinstance(asked, Problem)
    assert (asked.code, asked.hint) == (
        "language-script",
        "look for a slip in it; or add the script, such as tlh-Latn",
    )
    assert language_tag("tlh-latn") == "tlh-Latn"


def test_words_whose_slot_was_lost_find_their_place_again(project: Project) -> None:
    """Some programs drop `msgctxt`."""
    edit(project, 'msgid "Two words"\nmsgstr ""', 'msgid "Two words"\nmsgstr "Dos palabras"')
    edit(project, 'msgctxt "title"\n', "")
    written = updated_file(project, CARD, "es", {})
    assert [problem.code for problem in written.problems] == ["po-slot"]
    assert '#| msgid "Two words"\nmsgctxt "title"\nmsgid "Two words"' in written.text
    catalog, problems = parse(written.text, PATH)
    assert problems == []
    assert catalog
    assert catalog.by_slot["title"].words == "Dos palabras"
    assert catalog.by_slot["title"].is_fuzzy
