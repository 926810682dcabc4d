"""PO files, well written and not: what is read of them, and what is told, at which place."""

from __future__ import annotations

import datetime
from pathlib import Path

import polib
import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.translations.files import tag_of
from hrcpub.project.translations.po_reading import parse, read_catalog

HEAD = r"""# Spanish.
msgid ""
msgstr ""
"Language: es\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Machine-Translation: yes\n"
"PO-Revision-Date: 2026-11-30 10:00+0000\n"

"""
WAKE = """msgctxt "words.verb"
msgid "Wake"
msgstr "Despierte"
"""
FULL = (
    HEAD
    + r"""# Ask the clinic.
#. One word.
#. At most 9 characters.
#: materials/overdose.yaml
#, fuzzy, no-wrap
#| msgctxt "words.steps.1.text"
#| msgid "Shake "
#| "them."
msgctxt "words.steps.2.text"
msgid ""
"Shake \"them\".\\\n"
"Rub."
msgstr "Sacuda\\."

#~ msgctxt "words.old"
#~ msgid "Old"
#~ msgstr ""
#~ "Viejo"

# the end
"""
)

# Each: what stands under a header that is right, its code, the line and column, a part of what is
# said, a part of the way out.
SLIPS = {
    "unquoted": ('msgctxt "a"\nmsgid "Wake"\nmsgstr 1\n', "po-syntax", (11, 8), 'two "', '"1"'),
    "nothing": ('msgctxt "a"\nmsgid "Wake"\nmsgstr\n', "po-syntax", (11, 7), "no text", '""'),
    "quote-open": ('msgctxt "a"\nmsgid "Wake\nmsgstr ""\n', "po-syntax", (10, 7), "do not", '\\"'),
    "quote-inside": (
        'msgctxt "a"\nmsgid "a"b"\nmsgstr ""\n',
        "po-syntax",
        (10, 7),
        "do not",
        '\\"',
    ),
    "escape": ('msgctxt "a"\nmsgid "a"\nmsgstr "C:\\x"\n', "po-syntax", (11, 11), "\\x", "\\\\"),
    "curly": (
        'msgctxt "a"\nmsgid "a"\nmsgstr “Él”\n',
        "po-syntax",
        (11, 8),
        'between two "',
        'write "Él"',
    ),
    "words": ('msgctxt "a"\nmsgid "a"\nmsgstr "b"\nhello\n', "po-syntax", (12, 1), "no part", "#"),
    "keyword": (
        'msgcontext "a"\nmsgid "a"\nmsgstr ""\n',
        "po-syntax",
        (9, 1),
        "no part",
        "msgctxt",
    ),
    "no-msgid": ('msgctxt "a"\nmsgstr "b"\n', "po-syntax", (10, 8), "without its msgid", "Poedit"),
    "no-msgstr": ('msgctxt "a"\nmsgid "b"\n' + WAKE, "po-syntax", (10, 7), "its msgstr", "Poedit"),
    "plural": (
        'msgctxt "a"\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] ""\nmsgstr[1] ""\n',
        "po-plural",
        (11, 14),
        "many",
        "one msgid",
    ),
    "no-slot": ('msgid "Wake"\nmsgstr "Despierte"\n', "po-slot", (10, 8), "no msgctxt", "update"),
    "twice": (WAKE + "\n" + WAKE, "po-twice", (15, 8), "words.verb", "line 11"),
    "two-heads": ('msgid ""\nmsgstr "Language: es\\n"\n', "po-header", (9, 7), "second", "take it"),
    "unseen": (
        'msgctxt "a"\nmsgid "a"\nmsgstr "a\u202eb"\n',
        "yaml-unseen-character",
        (11, 10),
        "U+202E",
        "take it out",
    ),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_with_its_place_and_the_way_out(name: str) -> None:
    text, code, place, said, hint = SLIPS[name]
    catalog, problems = parse(HEAD + text, "x.po")
    first = problems[0]
    assert first.source
    assert (first.source.line, first.source.column) == place
    assert first.code == code
    assert said in first.message
    assert hint in (first.hint or "")
    assert [p.code for p in problems].count(code) == 1  # one mistake, told once
    assert first.is_error == (code != "po-slot")
    assert catalog is None or code in ("po-slot", "po-twice", "po-header")


def test_all_that_a_message_says_is_read() -> None:
    catalog, problems = parse(FULL, "x.po")
    assert catalog
    assert problems == []
    first, old = catalog.messages
    assert first.slot == "words.steps.2.text"
    assert (first.source, first.words) == ('Shake "them".\\\nRub.', "Sacuda\\.")
    assert first.notes == ("Ask the clinic.",)
    assert first.told == ("One word.", "At most 9 characters.")
    assert (first.files, first.flags) == (("materials/overdose.yaml",), ("fuzzy", "no-wrap"))
    assert first.previous == ("words.steps.1.text", "Shake them.")
    assert (first.place.line, first.place.column, first.place.quote) == (
        21,
        8,
        r'msgstr "Sacuda\\."',
    )
    assert old.is_obsolete
    assert old.words == "Viejo"
    assert first.is_open
    assert catalog.by_slot == {"words.steps.2.text": first}
    assert (catalog.notes, catalog.end) == (("Spanish.",), ("the end",))
    assert catalog.is_machine_made
    assert catalog.changed == datetime.date(2026, 11, 30)
    assert catalog.place("Language").line == 4


def test_polib_reads_the_same() -> None:
    """It is lenient with slips; of what has none it is a judge."""
    catalog, _ = parse(FULL, "x.po")
    other = polib.pofile(FULL)
    assert catalog
    assert len(other) == len(catalog.messages) == 2
    for mine, its in zip(catalog.messages, other, strict=True):
        assert (mine.slot, mine.source, mine.words) == (its.msgctxt, its.msgid, its.msgstr)
        assert list(mine.flags) == its.flags
        assert mine.is_obsolete == bool(its.obsolete)
        assert "\n".join(mine.told) == its.comment
        assert "\n".join(mine.notes) == its.tcomment
        assert mine.previous == (its.previous_msgctxt, its.previous_msgid)
    assert dict(catalog.header) == other.metadata


# Each: the file's bytes, and what is told; a warning or a note where the file can be read.
FILES = {
    "right": (HEAD + WAKE, []),
    "mark": ("\ufeff" + HEAD + WAKE, ["po-byte-order-mark"]),
    "windows": ((HEAD + WAKE).replace("\n", "\r\n"), ["po-line-ends"]),
    "no-header": (WAKE, ["po-header"]),
    "empty": ("", ["po-header"]),
    "no-charset": (HEAD.replace("; charset=UTF-8", "") + WAKE, ["po-charset"]),
    "charset": (HEAD.replace("UTF-8", "ISO-8859-1") + WAKE, ["po-charset"]),
    "language": (HEAD.replace("Language: es", "Language: fr") + WAKE, ["po-language"]),
    "no-language": (HEAD.replace('"Language: es\\n"\n', "") + WAKE, ["po-language"]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_files_head_and_encoding_are_held_to_what_other_programs_need(
    name: str, tmp_path: Path
) -> None:
    text, codes = FILES[name]
    (tmp_path / "x.po").write_bytes(text.encode())
    try:
        _, problems = read_catalog(Sources(tmp_path), "x.po", "es")
    except HrcpubError as error:
        problems = error.problems
    assert [problem.code for problem in problems] == codes
    assert all(problem.hint for problem in problems)
    assert any(p.is_error for p in problems) == (name not in ("right", "mark", "windows"))


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.po").write_bytes((HEAD + WAKE.replace("Despierte", "Añ")).encode("latin-1"))
    with pytest.raises(HrcpubError) as told:
        read_catalog(Sources(tmp_path), "x.po", "es")
    assert [problem.code for problem in told.value.problems] == ["file-encoding"]


def test_gettexts_names_of_languages_are_tags() -> None:
    names = {
        "zh_Hans": "zh-Hans",
        "pt_BR": "pt-BR",
        "sr@latin": "sr-Latn",
        "es": "es",
        "ZH-hant": "zh-Hant",
    }
    assert {name: tag_of(name) for name in names} == names
