"""`hrcpub words`: what is told of words, of numbers and of days; and what of it `check` says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.shared.cards import CONTACTS, card
from tests.shared.project import Hrcpub

MINE = card("Addicts, call now").replace("title: A card", "title: Ask the addicts")
TOLD = """\
materials/mine.yaml:2:16: warning: "addicts": it makes a person one with an illness [words-stigma]
  2 | title: Ask the addicts
    |                ^^^^^^^
    say: person with a substance use disorder, or person who uses drugs
"""
WAIVED = """\
waived:
  - rule: stigma
    word: addicts
    reason: it is how the group calls itself
"""


@pytest.fixture
def mine(project: Path) -> Path:
    """Return a card with a word that stigmatises, twice; it is all that there is."""
    for path in (project / "materials").glob("*.yaml"):
        if path.name not in ("organisation.yaml", "printers.yaml"):
            path.unlink()
    shutil.rmtree(project / "materials/i18n")
    (project / "materials/contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    path = project / "materials/mine.yaml"
    path.write_text(MINE, encoding="utf-8")
    return path


def test_words_are_shown_with_their_place_and_a_way_out(mine: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("words", "mine")
    assert done.returncode == 0
    assert done.stderr.startswith(TOLD)
    assert done.stderr.endswith("2 to look at in 1 piece\n")
    assert done.stdout == "mine  2 to look at\n"


def test_a_waiver_stands_beside_the_words_with_its_reason(mine: Path, hrcpub: Hrcpub) -> None:
    mine.write_text(MINE.replace("words:\n", f"{WAIVED}words:\n"), encoding="utf-8")
    done = hrcpub("words")
    assert done.stdout == "mine  nothing to look at; 2 waived\n"
    assert done.stderr == "0 to look at in 1 piece\n"


def test_what_is_not_translated_yet_is_judged_in_its_own_language_alone(
    mine: Path, hrcpub: Hrcpub
) -> None:
    """English rules found English words in a translation into Spanish, and the other way round."""
    mine.write_text(MINE.replace("language: en", "language: es"), encoding="utf-8")
    assert hrcpub("translate", "new", "en", "mine").returncode == 0
    done = hrcpub("words", "mine-en")
    assert "addicts" not in done.stderr
    assert done.stderr.endswith("0 to look at in 1 piece\n")


def test_the_same_is_there_for_a_program(mine: Path, hrcpub: Hrcpub) -> None:
    report, shared = json.loads(hrcpub("words", "--json").stdout)
    assert (report["material"], report["waived"], report["grade"]) == ("mine", 0, None)
    assert [problem["code"] for problem in report["problems"]] == ["words-stigma"] * 2
    assert report["problems"][0]["source"]["column"] == 16
    assert (shared["material"], shared["problems"]) == (None, [])


def test_check_tells_what_is_serious_and_no_style(mine: Path, hrcpub: Hrcpub) -> None:
    mine.write_text(MINE.replace("call now", "utilize this"), encoding="utf-8")
    done = hrcpub("check", "mine", "--edition", "screen")
    assert done.returncode == 0
    assert done.stderr.startswith(TOLD)
    assert "words-jargon" not in done.stderr
    assert "words-jargon" in hrcpub("words", "mine").stderr


def test_a_build_tells_nothing_of_words(mine: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("build", "mine", "--edition", "screen")
    assert done.returncode == 0
    assert "words-" not in done.stderr


def test_a_file_that_cannot_be_read_is_told_beside_the_others(mine: Path, hrcpub: Hrcpub) -> None:
    (mine.parent / "broken.yaml").write_text("layout: card\n", encoding="utf-8")
    done = hrcpub("words")
    assert done.returncode == 1
    assert "[slot-missing]" in done.stderr
    assert "[words-stigma]" in done.stderr


def test_only_one_language_may_be_asked_for(mine: Path, hrcpub: Hrcpub) -> None:
    assert hrcpub("words", "--language", "es").stderr == "0 to look at in 0 pieces\n"
    assert hrcpub("words", "--language", "en").stderr.endswith("2 to look at in 1 piece\n")


def test_rules_are_shown_with_reasons_and_sources(hrcpub: Hrcpub) -> None:
    shown = hrcpub("words", "--rules", "--language", "en").stdout
    assert shown.startswith("en  stigma  addict\n")
    assert "    why   it makes a person one with an illness\n" in shown
    assert "    after NIDA, Words Matter" in shown
    rules = json.loads(hrcpub("words", "--rules", "--json").stdout)
    assert {rule["language"] for rule in rules} == {"en", "es"}
    assert all(rule["source"]["name"] for rule in rules)
    urls = [rule["source"]["url"] for rule in rules]
    assert all(url.startswith("http") for url in urls if url)
    assert sum(map(bool, urls)) > 0.9 * len(urls), "few addresses do not last"


def test_private_addresses_are_of_online_alone(hrcpub: Hrcpub) -> None:
    assert hrcpub("check", "--private").returncode == 2
