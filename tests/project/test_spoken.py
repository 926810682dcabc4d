"""The languages that are spoken at an office: their codes, and the names that readers look for."""

from __future__ import annotations

import pytest

from hrcpub.files.yamlfile import parse
from hrcpub.problems import Problem
from hrcpub.project.spoken import Spoken, line, read_spoken
from tests.shared.project import ROOT


def read(typed: str) -> tuple[tuple[Spoken, ...], list[Problem]]:
    node, slips = parse(f"languages: {typed}\n", "contacts.yaml")
    assert node
    assert node.mapping
    assert not slips
    problems: list[Problem] = []
    return read_spoken(node.mapping["languages"], "languages", problems), problems


TYPED = {
    "[en, es, ht]": ["English", "Español", "Kreyòl Ayisyen"],
    "en, es": ["English", "Español"],
    "vi": ["Tiếng Việt"],
    "[es-MX, pt-br, EN-us, zh-Hant]": ["Español", "Português", "English", "繁體中文"],
    "[en, {hmn: Hmoob}, {ase: ASL}]": ["English", "Hmoob", "ASL"],
    "{hmn: Hmoob, zh: Zhongwen}": ["Hmoob", "Zhongwen"],
}


@pytest.mark.parametrize("typed", TYPED)
def test_languages_are_called_what_they_call_themselves(typed: str) -> None:
    spoken, problems = read(typed)
    assert [name.text for _, name in spoken] == TYPED[typed]
    assert problems == []


def test_each_name_is_read_aloud_as_its_language_is() -> None:
    said = line(read("[en, {hmn: Hmoob}, {ase: 'ASL (interpreter)'}]")[0])
    assert said
    assert said.text == "[English](lang:en), [Hmoob](lang:hmn), ASL\u00a0(interpreter)"
    assert said.plain() == "English, Hmoob, ASL\u00a0(interpreter)"
    assert line(()) is None


MISTAKES = {
    "[en, Spanish]": ("language-unknown", "1:17", "write es"),
    "[en, Haitian Creole]": ("language-unknown", "1:17", "write ht"),
    "[en, español]": ("language-unknown", "1:17", "write es"),
    "[en, Kreyòl Ayisyen]": ("language-unknown", "1:17", "write ht"),
    "[en, spannish]": ("language-unknown", "1:17", "did you mean es?"),
    "[en, mam]": ("language-unknown", "1:17", "write its own name after it: {mam: …}"),
    "[en, 'yes']": ("language-unknown", "1:17", "write its own name after it: {yes: …}"),
    "[en, '??']": ("language-unknown", "1:17", "write its code, such as es"),
    "[en, {'1': Eins}]": ("language-unknown", "1:18", "write its code, such as es"),
    "[en, en]": ("language-twice", "1:17", "take one of them out"),
    "[en, [es]]": ("slot-shape", "1:17", None),
}


@pytest.mark.parametrize("typed", MISTAKES)
def test_what_is_no_code_is_told_at_its_place_with_the_right_one(typed: str) -> None:
    [problem] = read(typed)[1]
    code, place, hint = MISTAKES[typed]
    assert (problem.code, str(problem.source)) == (code, f"contacts.yaml:{place}")
    assert hint is None or problem.hint == hint


def test_every_name_of_the_table_can_be_read_as_a_code() -> None:
    table = (ROOT / "hrcpub/project/spoken.py").read_text(encoding="utf-8")
    rows = table.partition('_TABLE = """\n')[2].partition('"""')[0].splitlines()
    codes = [row.split()[0] for row in rows]
    assert len(codes) > 100
    spoken, problems = read(f"[{', '.join(codes)}]")
    assert problems == []
    assert all(name.text[0] == name.text[0].title() for _, name in spoken)


def test_names_have_the_commas_of_the_piece_between_them() -> None:
    said = line(read("[en, es]")[0], "، ")
    assert said
    assert said.plain() == "English، Español"
