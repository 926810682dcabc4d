"""New words in a PO file: every other line stays as it is."""

from __future__ import annotations

import pytest

from hrcpub.project.translations.po_edits import NewWords, with_words
from hrcpub.project.translations.po_reading import parse

HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PO = f"""\
# Ours.
{HEAD}# mine
#. what it is for
#, fuzzy, c-format
#| msgid "Helo"
msgctxt "title"
msgid "Hello"
msgstr ""
"Ho"
"la"

msgctxt "words.lead"
msgid   "Bye"
msgstr "Adiós"
# at the end
"""


def changed(text: str, **words: NewWords) -> str:
    catalog, problems = parse(text, "es.po")
    assert catalog, problems
    return with_words(text, catalog, {slot.replace("_", "."): new for slot, new in words.items()})


def test_words_take_the_place_of_words_and_nothing_else_changes() -> None:
    after = changed(PO, words_lead=NewWords("Hasta luego", False))
    assert after == PO.replace('"Adiós"', '"Hasta luego"')


def test_what_is_looked_over_loses_its_mark_and_the_old_source() -> None:
    after = changed(PO, title=NewWords("Hola", False))
    assert after == PO.replace("#, fuzzy, c-format\n", "#, c-format\n").replace(
        '#| msgid "Helo"\n', ""
    )


def test_what_is_to_be_looked_over_gets_its_mark() -> None:
    after = changed(PO, words_lead=NewWords("Adiós", True))
    assert after == PO.replace('msgctxt "words.lead"', '#, fuzzy\nmsgctxt "words.lead"')


@pytest.mark.parametrize("words", ['say "no"', "a\tb", "two\nlines", ""])
def test_what_was_written_is_read_again(words: str) -> None:
    catalog, _ = parse(changed(PO, title=NewWords(words, False)), "es.po")
    assert catalog
    assert catalog.by_slot["title"].words == words


def test_ends_of_lines_stay_those_of_windows() -> None:
    text = PO.replace("\n", "\r\n")
    after = changed(text, words_lead=NewWords("Hasta luego", False))
    assert after == text.replace('"Adiós"', '"Hasta luego"')
