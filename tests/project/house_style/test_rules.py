"""Each rule of plain and respectful words finds its bad sentence, and lets its good one pass."""

from __future__ import annotations

import re

import pytest

from hrcpub.project.house_style.findings import SeenText, findings
from hrcpub.project.house_style.prose import in_small_letters
from hrcpub.project.house_style.rules import (
    LANGUAGES,
    RuleBook,
    StyleRule,
    compiled,
    needed_letters,
    rule_book,
)
from hrcpub.project.waivers import FAMILIES


def book(language: str) -> RuleBook:
    found = rule_book(language)
    assert found
    return found


RULES = [
    pytest.param(language, rule, id=f"{language}-{rule.family}-{rule.id}")
    for language in LANGUAGES
    for rule in book(language).rules
]


def ids_found(text: str, language: str) -> set[tuple[str, str]]:
    """Return the rules that find something in a text of a step."""
    seen = [SeenText(text, "words.steps.1.text")]
    return {
        (finding.rule.family, finding.rule.id) for finding in findings(seen, book(language)).found
    }


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_each_rule_finds_its_bad_sentence_and_not_its_good_one(
    language: str, rule: StyleRule
) -> None:
    assert (rule.family, rule.id) in ids_found(rule.bad, language)
    assert (rule.family, rule.id) not in ids_found(rule.good, language)


@pytest.mark.parametrize(("language", "rule"), RULES)
def test_each_rule_says_why_after_whom_and_what_instead(language: str, rule: StyleRule) -> None:
    assert rule.say
    assert rule.because
    assert rule.guidance.name
    assert not rule.guidance.url or re.match(r"https?://[\w.-]+/", rule.guidance.url)
    assert all(map(compiled, (*rule.allowed, *rule.near)))  # those that nothing asks for too
    assert rule.family in FAMILIES


def test_the_way_out_of_no_rule_is_what_a_serious_rule_finds() -> None:
    for language in LANGUAGES:
        serious = [rule for rule in book(language).rules if rule.family == "stigma"]
        assert len(serious) > 15
        for rule in serious:
            found = findings([SeenText(rule.say)], book(language)).found
            assert [one.text for one in found if one.rule.family == "stigma"] == [], rule.id


def test_both_languages_have_every_family() -> None:
    for language in LANGUAGES:
        assert {rule.family for rule in book(language).rules} == set(FAMILIES)
    assert rule_book("es-MX") is rule_book("es")
    assert rule_book("vi") is None


def test_a_term_is_looked_for_by_letters_that_it_cannot_be_without() -> None:
    assert needed_letters("addicts?") == "addict"
    assert needed_letters("(?:drug|substance) abusers?") == " abuser"
    assert needed_letters("(?:a|b)") == ""
    for language in LANGUAGES:
        terms = [term for rule in book(language).terms for term in rule.terms]
        assert len(terms) > 200
        # Without any letter a term is tried on every text.
        assert sum(not letters for letters, _ in terms) < 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_looked_for_by_how_words_begin_is_what_all_terms_find(language: str) -> None:
    known = book(language)
    text = "\n".join(in_small_letters(rule.bad) for rule in known.terms)
    every = {
        (*match.span(), rule.id)
        for rule in known.terms
        for _, term in rule.terms
        for match in re.finditer(rf"(?<![\w_]){term}", text, re.MULTILINE)
        if not rule.is_allowed(text, match)
    }
    assert len(every) >= len(known.terms)
    assert {(start, end, rule.id) for start, end, rule in known.found_in(text)} == every
