"""What the rules of plain and respectful words find, as the Problems that an author reads."""

from __future__ import annotations

from hrcpub.problems import Problem, Severity, Source
from hrcpub.project.house_style.findings import StyleFinding
from hrcpub.project.waivers import Waiver

_LONGEST = 60  # characters of a sentence that are quoted


def stigma(finding: StyleFinding, place: Source) -> Problem:
    """A word may hurt the people it is about, or make them stay away.

    Fix: name the person first, and then what the person has or does, as the hint says. Each term
    and its way out is from guidance that is published: `hrcpub words --rules` names it. If the word
    is right here, as in a name, say so beside the words: `waived:` at the material's head, with
    `rule: stigma`, `word:` and `reason:`. Quotations, and what is `verbatim`, are not looked at.
    """
    return Problem("words-stigma", _reason(finding), place, _way_out(finding), Severity.WARNING)


def fear(finding: StyleFinding, place: Source) -> Problem:
    """Words frighten or blame, and give readers nothing to do.

    Fix: say what the danger is in plain words, and at once what lowers it. Fear alone makes people
    look away, and who feels blamed does not ask for help.
    """
    return Problem("words-fear", _reason(finding), place, _way_out(finding), Severity.NOTE)


def absolutes(finding: StyleFinding, place: Source) -> Problem:
    """Words promise what does not hold in every case: always, never, completely safe.

    Fix: say how often, or how much safer. An order may say it: `Always call 911` is not told.
    """
    return Problem("words-absolutes", _reason(finding), place, _way_out(finding), Severity.NOTE)


def jargon(finding: StyleFinding, place: Source) -> Problem:
    """A word is one of doctors, offices or those who work there, and a plainer one says the same.

    Fix: take one of the words in the hint, or explain it where it stands.
    """
    return Problem("words-jargon", _reason(finding), place, _way_out(finding), Severity.NOTE)


def link(finding: StyleFinding, place: Source) -> Problem:
    """Words tell readers to click. On paper nothing can be clicked.

    Fix: print the address itself, or a QR code, and say what people find there.
    """
    return Problem("words-link", _reason(finding), place, _way_out(finding), Severity.NOTE)


def passive(finding: StyleFinding, place: Source) -> Problem:
    """An instruction does not say who is to act: `should be sprayed`.

    Fix: give the order itself: `Spray naloxone into one nostril.` Readers look for who has to act.
    """
    return Problem("words-passive", _reason(finding), place, _way_out(finding), Severity.NOTE)


def numbers(finding: StyleFinding, place: Source) -> Problem:
    """A number with a unit is in letters, or a sentence begins with a figure.

    Fix: write `2 to 3 minutes`, which is found at a glance. At the head of a sentence put another
    word first.
    """
    return Problem("words-numbers", _reason(finding), place, _way_out(finding), Severity.NOTE)


def acronym(finding: StyleFinding, place: Source) -> Problem:
    """Letters stand for a name that this piece does not say.

    Fix: write the whole name at its first place, with the letters behind it in brackets: `medicine
    for opioid use disorder (MOUD)`. If they come only once, leave the letters out.
    """
    return Problem("words-acronym", _reason(finding), place, _way_out(finding), Severity.NOTE)


def grade(finding: StyleFinding, place: Source) -> Problem:
    """A text is harder to read than the 6th grade of school.

    Fix: begin with the sentence that is shown, the hardest of its text: make two of it, and take
    shorter words. English is measured by Flesch and Kincaid, Spanish by Fernández Huerta, with
    INFLESZ beside it; names of medicines count as short words. A formula counts syllables: it does
    not know whether a text makes sense. Texts of fewer than 15 words are not measured.
    """
    return Problem("words-grade", _remark(finding), place, _rewrite(finding), Severity.NOTE)


def long_sentence(finding: StyleFinding, place: Source) -> Problem:
    """A sentence is longer than people read in one go: 25 words in English, 30 in Spanish.

    Fix: make two of it. Often the second begins where `and`, `which` or a comma is.
    """
    return Problem("words-long-sentence", _remark(finding), place, _rewrite(finding), Severity.NOTE)


def two_actions(finding: StyleFinding, place: Source) -> Problem:
    """A sentence of a step orders two things.

    Fix: write two sentences, or two steps. In an emergency people do the first thing, and then read
    on.
    """
    return Problem("words-two-actions", _remark(finding), place, _rewrite(finding), Severity.NOTE)


def unused_waiver(waiver: Waiver) -> Problem:
    """A word is waived that no rule finds any more.

    Fix: take the entry out of `waived:`, or correct its `word:` or `rule:`. The words may have
    changed, or the entry is of a translation and lacks its `language:`.
    """
    return Problem(
        "words-waiver",
        f'nothing is told of "{waiver.word.plain()}" any more under {waiver.rule}',
        waiver.word.source,
        "take the entry out of waived:, or correct it",
        Severity.NOTE,
    )


def no_rules(language: str) -> Problem:
    """Nobody has written rules of plain and respectful words for a language yet.

    Fix: have somebody who speaks it read the words. The rules that there are, English and Spanish,
    are files in hrcpub, and another language is another file.
    """
    return Problem(
        "words-language",
        f'there are no rules of plain and respectful words in the language "{language}" yet',
        None,
        "have somebody who speaks it read the words",
        Severity.NOTE,
    )


def style_problem(finding: StyleFinding, place: Source) -> Problem:
    """Return the Problem of a finding."""
    return _OF_FAMILIES[finding.rule.family](finding, place)


def _reason(finding: StyleFinding) -> str:
    return f'"{finding.text}": {finding.rule.because}'


def _way_out(finding: StyleFinding) -> str:
    return f"say: {finding.rule.say}"


def _remark(finding: StyleFinding) -> str:
    """Return what is said of a sentence, of which a long one is quoted in part."""
    text = finding.text
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0] + " …"
    return f'"{text}": {finding.remark or finding.rule.because}'


def _rewrite(finding: StyleFinding) -> str:
    return f"write {finding.rule.say}"


_OF_FAMILIES = {
    "stigma": stigma,
    "fear": fear,
    "absolutes": absolutes,
    "jargon": jargon,
    "acronym": acronym,
    "grade": grade,
    "long-sentence": long_sentence,
    "passive": passive,
    "two-actions": two_actions,
    "numbers": numbers,
    "link": link,
}
CODES = {f"words-{family}": function for family, function in _OF_FAMILIES.items()} | {
    "words-waiver": unused_waiver,
    "words-language": no_rules,
}
