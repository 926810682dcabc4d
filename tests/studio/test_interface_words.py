"""The page's words: all of them in the template, and all of that in each language."""

from __future__ import annotations

import re
import subprocess

import pytest
from babel.messages.pofile import read_po

from hrcpub.studio.interface_words import FOLDER, languages, words_in
from tests.judges import tools
from tools.studio_words import PAGE, TEMPLATE, calls_in, extracted, said_in, template

# Calls of `say` with words that the server knows: panels of folds, inks, names of fields.
BY_NAME = {
    "folded.js": 3, "labels.js": 5, "main.js": 1, "plates.js": 1, "words.js": 1,
}  # fmt: skip
HOLE = re.compile(r"\{\w+\}")


def test_the_template_has_every_word_of_the_page() -> None:
    assert len(extracted()) > 200
    assert TEMPLATE.read_text(encoding="utf-8") == template(), "run: python -m tools.studio_words"


def test_every_call_has_its_words_in_it() -> None:
    for path in sorted(PAGE.glob("*.js")):
        text = path.read_text(encoding="utf-8")
        others = calls_in(text) - sum(1 for _ in said_in(text))
        assert others == BY_NAME.get(path.name, 0), path.name


@pytest.mark.parametrize("text", ['say("One", { a: f("x") })', 'say(\n  "One")', '`${say("One")}`'])
def test_words_are_found_wherever_a_call_stands(text: str) -> None:
    assert list(said_in(text)) == [("One", None)]


def test_counted_words_are_found_with_their_plural() -> None:
    text = 'say.many(found.length, "{count} page", "{count} pages") // say("not this")'
    assert next(iter(said_in(text))) == ("{count} page", "{count} pages")
    assert list(said_in('  // say("in a comment")')) == []


@pytest.mark.parametrize("language", languages()[1:])
def test_a_language_has_all_words_with_the_same_holes(language: str) -> None:
    path = FOLDER / f"{language}.po"
    subprocess.run([tools.find("msgfmt"), "--check-format", "-o", "/dev/null", path], check=True)
    with path.open("rb") as file:
        catalog = read_po(file, locale=language, abort_invalid=True)
    known = words_in(language)
    for words in extracted():
        said = known["plurals"].get(words.one) if words.more else [known["words"].get(words.one)]
        assert said, f"{language} lacks: {words.one}"
        for form in said:
            assert form, f"{language} lacks: {words.one}"
            assert sorted(HOLE.findall(form)) == sorted(HOLE.findall(words.one)), form
    assert len(list(catalog)) - 1 == len(extracted())


def test_spanish_counts_as_spanish_does() -> None:
    known = words_in("es")
    forms = known["plurals"]["{count} word"]
    assert [forms[known["forms"][count]] for count in (0, 1, 2, 100)] == [
        "{count} palabras", "{count} palabra", "{count} palabras", "{count} palabras",
    ]  # fmt: skip


def test_a_language_that_nobody_wrote_is_not_there() -> None:
    for tag in ("xx", "en", "../es"):
        with pytest.raises(KeyError):
            words_in(tag)
