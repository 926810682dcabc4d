"""What an author is told of the words of a piece, where, and what stays untold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.house_style import StyleReport, style_of_words
from hrcpub.project.material import read_material
from tests.shared.cards import CONTACTS

SHEET = """\
layout: half-sheet
title: Ask us
language: {language}
code: C9
revision: 1
revised: 2026-01-01
{head}words:
  title: {title}
  lead: >-
    {lead}
  points:
    - opening: One
      text: "Two points \\"are\\" {point}"
    - {{opening: Two, text: We are here.}}
    - {{opening: Three, text: Come in.}}
  contacts: [van]
"""


def report(
    root: Path,
    *,
    head: str = "",
    title: str = "Ask us",
    lead: str = "We help.",
    point: str = "enough.",
    language: str = "en",
) -> StyleReport:
    """Return what is told of a half-sheet with these words."""
    text = SHEET.format(head=head, title=title, lead=lead, point=point, language=language)
    (root / "materials/mine.yaml").write_text(text, encoding="utf-8")
    (root / "materials/contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    sources = Sources(root)
    return style_of_words(read_material(Project(sources), "mine"), sources)


def places(problems: tuple[Problem, ...]) -> list[tuple[str, int | None, int | None]]:
    at = [(problem.code, problem.source or Source()) for problem in problems]
    return [(code, place.line, place.column) for code, place in at]


def test_words_are_told_where_they_were_typed(project: Path) -> None:
    found = report(project, lead="Here some\n    *addicts* are seen.", point="for junkies.")
    assert places(found.problems) == [("words-stigma", 11, 6), ("words-stigma", 14, 37)]
    first = found.problems[0]
    assert first.severity is Severity.WARNING
    assert first.message == '"addicts": it makes a person one with an illness'
    assert first.hint == "say: person with a substance use disorder, or person who uses drugs"
    assert first.source
    assert (first.source.path, first.source.width) == ("materials/mine.yaml", 7)


def test_style_is_a_note(project: Path) -> None:
    found = report(project, lead="Utilize a filter.", point="deadly.")
    assert [(p.code, p.severity) for p in found.problems] == [
        ("words-jargon", Severity.NOTE),
        ("words-fear", Severity.NOTE),
    ]


TOLD = {
    "words-absolutes": "It is completely safe.",
    "words-acronym": "Ask for MOUD at the clinic.",
    "words-link": "Click here for more.",
    "words-passive": "Naloxone should be sprayed into the nose.",
    "words-numbers": "Wait two minutes for it.",
    "words-long-sentence": " ".join(["We", *["see them"] * 15, "here."]),
}


@pytest.mark.parametrize("code", TOLD)
def test_each_kind_of_finding_quotes_the_words_and_says_what_to_do(
    code: str, project: Path
) -> None:
    told = [p for p in report(project, lead=TOLD[code]).problems if p.code == code]
    assert told
    (quoted,) = re.findall(r'^"(.+?)( …)?":', told[0].message)
    assert quoted[0] in TOLD[code]
    assert bool(quoted[1]) is (code == "words-long-sentence")
    assert re.match("(say: |write )", told[0].hint)
    assert told[0].severity is Severity.NOTE


WAIVED = """\
waived:
  - {rule: stigma, word: addicts, reason: what they call themselves}
"""


def test_a_waived_word_is_not_told_and_counted(project: Path) -> None:
    found = report(project, head=WAIVED, lead="Here some addicts are seen.")
    assert (found.problems, found.waived) == ((), 1)


def test_a_waiver_that_is_of_no_use_is_told(project: Path) -> None:
    found = report(project, head=WAIVED)
    assert places(found.problems) == [("words-waiver", 8, 26)]


def test_a_waiver_needs_a_reason_and_a_rule_that_there_is(project: Path) -> None:
    from hrcpub.problems import HrcpubError

    for entry in ("{rule: stigma, word: addicts}", "{rule: rude, word: x, reason: y}"):
        with pytest.raises(HrcpubError):
            report(project, head=f"waived:\n  - {entry}\n")


def test_the_words_of_a_language_without_rules_are_not_judged(project: Path) -> None:
    (one,) = report(project, language="vi").problems
    assert (one.code, one.severity) == ("words-language", Severity.NOTE)


def test_spanish_words_have_rules_of_their_own(project: Path) -> None:
    found = report(project, language="es-MX", lead="Los adictos vienen.")
    assert [p.code for p in found.problems] == ["words-stigma"]


def test_this_repositorys_own_words_are_plain_and_respectful(project: Path) -> None:
    """Reprints are as they are, also in translation; of the others nothing is to be told."""
    sources = Sources(project)
    opened = Project(sources)
    names = ("carry-naloxone", "carry-lleve", "overdose", "overdose-es", "medetomidine-alert",
             "overdose-wallet", "kit-stickers", "where-sheet", "principles", "principles-card-es",
             "two-please")  # fmt: skip
    found = {
        name: style_of_words(read_material(opened, name, is_draft=True), sources) for name in names
    }
    assert {name: report.problems for name, report in found.items() if report.problems} == {}
    assert found["overdose"].reading
    assert found["principles"].reading is None


def test_what_somebody_tells_is_theirs(project: Path) -> None:
    path = project / "layouts/zine/sample.yaml"
    text = path.read_text(encoding="utf-8")
    assert "told-by:" in text
    changed = text.replace("    text: ", "    text: Addicts. ")
    (project / "materials/told.yaml").write_text(changed, encoding="utf-8")
    sources = Sources(project)
    assert style_of_words(read_material(Project(sources), "told"), sources).problems == ()
