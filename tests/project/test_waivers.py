"""Words that stay as they are, with a reason."""

from __future__ import annotations

from hrcpub.problems import Source
from hrcpub.project.waivers import Waiver, waivers_of
from hrcpub.project.words import Words


def waiver(word: str, rule: str = "stigma", language: str | None = None) -> Waiver:
    return Waiver(rule, Words(word, Source()), Words("a name", Source()), language)


def test_a_waiver_holds_for_its_words_its_rule_and_its_language() -> None:
    assert waiver("addict").holds_for("stigma", "Addicts", "en", "en")
    assert waiver("it's  addicts").holds_for("stigma", "It’s addicts", "en-GB", "en")
    assert not waiver("addict").holds_for("fear", "addicts", "en", "en")
    assert not waiver("junkie").holds_for("stigma", "addicts", "en", "en")
    assert not waiver("adicto").holds_for("stigma", "adicto", "es", "en")
    assert waiver("adicto", language="es").holds_for("stigma", "adictos", "es", "en")
    assert not waiver("addict", language="es").holds_for("stigma", "addict", "en", "en")


def test_an_entry_that_is_not_whole_is_no_waiver() -> None:
    word = Words("addict", Source())
    assert waivers_of([{"rule": "stigma", "word": word}, None]) == ()
    assert waivers_of(None) == ()
