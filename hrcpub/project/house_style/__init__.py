"""A material's words to what is not plain or not respectful in them, by rules that are data.

`rules` reads them, `findings` finds, `prose` has sentences, `reading_grade` the grade of school;
`style_problems` says it. Words that a material waives, quotations, what somebody tells (`told-by`)
and reprints to the letter stay as they are.
"""

from __future__ import annotations

from typing import NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.problems import Problem
from hrcpub.project.house_style import style_problems
from hrcpub.project.house_style.findings import SeenText, StyleFinding, findings
from hrcpub.project.house_style.reading_grade import ReadingEase
from hrcpub.project.house_style.rules import rule_book
from hrcpub.project.languages import main_part
from hrcpub.project.material.record import Material
from hrcpub.project.typed_places import TypedPlaces
from hrcpub.project.words import Words

_NAME = ".name"  # how slots end that hold the name of a street, a place or an office


class StyleReport(NamedTuple):
    """What was found in the words of a material, and how hard they are to read."""

    problems: tuple[Problem, ...] = ()
    reading: ReadingEase | None = None
    waived: int = 0  # findings that stay, with a reason


def style_of_words(material: Material, sources: Sources) -> StyleReport:
    """Return what is to be told of a material's words, in both languages of one that has two."""
    if material.verbatim or material.is_of_verbatim:
        return StyleReport()
    reports = [_of_voice(voice, sources) for voice in material.voices]
    problems = tuple(problem for report in reports for problem in report.problems)
    return StyleReport(problems, reports[0].reading, sum(report.waived for report in reports))


def _of_voice(material: Material, sources: Sources) -> StyleReport:
    book = rule_book(material.language)
    if book is None:
        return StyleReport((style_problems.no_rules(main_part(material.language)),))
    texts = _own_words(material)
    passages = [SeenText(text.plain(material.language), text.slot) for text in texts]
    found, reading = findings(passages, book)
    told = [finding for finding in found if not _waivers(material, finding)]
    places = TypedPlaces(sources)
    problems = [
        style_problems.style_problem(
            finding,
            places.of(
                texts[finding.passage],
                finding.start,
                finding.end,
                passages[finding.passage].seen,
            ),
        )
        for finding in told
    ]
    problems += _unused(material, found)
    return StyleReport(tuple(problems), reading, len(found) - len(told))


def _own_words(material: Material) -> list[Words]:
    """Return the texts in the material's own words; those that somebody tells are theirs.

    What is not translated yet is in another language, whose rules hold for it.
    """
    open_slots = material.translated.open_slots if material.translated else ()
    if material.words.get("told-by"):
        return [material.title]
    said = [image.alt for image in material.pictures]
    texts = (material.title, *material.own_texts, *said)
    return [
        words
        for words in texts
        if words and not words.slot.endswith(_NAME) and words.slot not in open_slots
    ]


def _original(material: Material) -> str:
    return material.translated.language if material.translated else material.language


def _waivers(material: Material, finding: StyleFinding) -> list[int]:
    """Return which waivers hold for a finding, by their numbers."""
    return [
        number
        for number, waiver in enumerate(material.waived)
        if waiver.holds_for(
            finding.rule.family, finding.text, material.language, _original(material)
        )
    ]


def _unused(material: Material, found: list[StyleFinding]) -> list[Problem]:
    """Return a Problem for each waiver of this language that holds for nothing."""
    used = {number for finding in found for number in _waivers(material, finding)}
    here = main_part(material.language)
    return [
        style_problems.unused_waiver(waiver)
        for number, waiver in enumerate(material.waived)
        if number not in used and main_part(waiver.language or _original(material)) == here
    ]
