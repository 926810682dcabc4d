"""PO files as they are written: gettext's own programs, and polib, read them and change nothing."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace
from pathlib import Path

import polib
import pytest

from hrcpub.project.translations.catalog import Catalog, Message
from hrcpub.project.translations.line_breaks import break_places, width, wrapped
from hrcpub.project.translations.po_reading import parse
from hrcpub.project.translations.po_writing import new_header, text_of
from tests.judges import tools
from tests.shared.sentences import SENTENCES, TITLES

AWKWARD = (
    'Call (212) 213-6376 -- day and night; "free", they say: https://example.org/a/b-c?x=1',
    "Wait 2–3 minutes… then 50% more; $5.00 or €5/day *now* [see](tel:+12125550100) – or — never.",
    'AND/OR well-being, 1,000.5 mg/ml; x=y & z! \\\nNew line "quoted".',
    "«Hola», dijo: ¿qué? ¡sí! №5 §3 10°C 20 % 5′ a·b 1/2 (a)b c(d)",
    "e.g. foo:bar;baz,qux.quux?really!yes|no~maybe#1 @you_me\tand a tab",
    "a-very-long-address-without-any-space-that-goes-over-the-edge/of/the/line/" * 2,
)


def catalog() -> Catalog:
    """Return messages in every language, of several lengths, each sixth out of use."""
    chance = random.Random(5)
    messages = []
    texts = [*SENTENCES.values(), *TITLES.values(), *AWKWARD]
    for number, text in enumerate(texts * 2):
        source = f"{text[chance.randrange(4) :].lstrip()} {text[: chance.randrange(90)]}".strip()
        message = Message(
            f"words.points.{number}.text",
            source,
            f"{source} {source}"[: chance.randrange(400)].strip(),
            told=("What it is.", "At most 90 characters, with spaces."),
            files=("materials/overdose.yaml",),
            notes=("Ask the clinic.", "") if number % 4 == 0 else (),
        )
        if number % 5 == 0:
            message = replace(message, flags=("fuzzy",), previous=("words.title", text))
        messages.append(replace(message, is_obsolete=number % 6 == 0))
    header = new_header("pt-BR", "overdose", datetime.date(2026, 11, 28), {"X-Reviewed-By": "Ana"})
    used = [message for message in messages if not message.is_obsolete]
    old = [message for message in messages if message.is_obsolete]
    return Catalog("x.po", header, (*used, *old), notes=("Words.",))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("po") / "x.po"
    path.write_text(text_of(catalog()), encoding="utf-8")
    return path


def test_what_is_written_is_read_again(written: Path) -> None:
    read, problems = parse(written.read_text(encoding="utf-8"), "x.po")
    assert problems == []
    was = catalog()
    assert [replace(m, place=was.messages[0].place) for m in read.messages] == list(was.messages)
    assert (read.header, read.notes) == (was.header, was.notes)
    assert text_of(read) == written.read_text(encoding="utf-8")


def test_gettext_finds_nothing_wrong_with_it(written: Path) -> None:
    assert tools.say("msgfmt", "--check", "--output-file", "/dev/null", written) == ""


def test_gettext_would_write_it_so_too(written: Path) -> None:
    """Where its lines end as well, in every script; so no version differs from the next by that."""
    assert tools.say("msgcat", written) == written.read_text(encoding="utf-8")


def test_polib_reads_the_same(written: Path) -> None:
    messages = catalog().messages
    others = polib.pofile(str(written), check_for_duplicates=True)
    assert len(others) == len(messages) > 100
    for mine, its in zip(messages, others, strict=True):
        assert (mine.slot, mine.source, mine.words) == (its.msgctxt, its.msgid, its.msgstr)
        assert list(mine.flags) == its.flags


def test_gettext_refuses_what_we_refuse(tmp_path: Path) -> None:
    """A judge that finds nothing in anything would be none."""
    path = tmp_path / "x.po"
    path.write_text('msgid "a"\nmsgstr 1\n')
    assert tools.run("msgfmt", "--check", "--output-file", "/dev/null", path).returncode == 1


def test_lines_are_filled_and_end_where_they_may() -> None:
    assert wrapped("one two three", 0, 8) == ["one two ", "three"]
    assert wrapped("one two three", 5, 8) == ["one ", "two ", "three"]
    assert wrapped("well-being", 0, 6) == ["well-", "being"]
    assert wrapped("ความเป็นมนุษย์", 0, 4) == ["ความเป็นมนุษย์"]  # no word of it is known
    assert wrapped("人人生而自由", 0, 4) == ["人人", "生而", "自由"]
    assert break_places("") == []
    assert width("人a\u0301") == 3
