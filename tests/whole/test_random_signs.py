"""Rounds of everyday signs: each character is on the page, or an error says why there is none."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from hrcpub.project.edition import EDITIONS
from tests.shared.once import made_once
from tests.whole.random_signs import LAYOUTS, Round, Rounds, Sentence, folded, is_shown

ROUNDS = 3 * len(LAYOUTS)  # each layout is tried in three editions, which take turns
OF_YAML = frozenset({"yaml-syntax", "yaml-alias", "yaml-tag", "yaml-comment", "slot-shape"})


@pytest.fixture(scope="module")
def rounds(tmp_path_factory: pytest.TempPathFactory) -> list[Round]:
    """Return all rounds, played once for all processes of a run."""
    found = pickle.loads((made_once(tmp_path_factory, "signs", _play) / "rounds").read_bytes())
    assert isinstance(found, list)
    return found


def _play(folder: Path) -> None:
    played = Rounds(folder / "project")
    rounds = [played.play(number) for number in range(ROUNDS)]
    (folder / "rounds").write_bytes(pickle.dumps(rounds))


@pytest.mark.slow
def test_no_character_is_lost_in_silence(rounds: list[Round]) -> None:
    assert [(one.number, one.edition, one.lost) for one in rounds if one.lost] == []


@pytest.mark.slow
def test_rounds_reach_each_layout_and_each_edition_and_most_reach_a_page(
    rounds: list[Round],
) -> None:
    printed = [one for one in rounds if not any(problem.is_error for problem in one.problems)]
    assert {one.layout for one in printed} == set(LAYOUTS)
    assert {one.edition for one in printed} == set(EDITIONS)
    assert len(printed) > 0.8 * ROUNDS


@pytest.mark.slow
def test_what_stops_a_round_was_typed_wrong_or_is_too_much_for_its_place(
    rounds: list[Round],
) -> None:
    codes = {problem.code for one in rounds for problem in one.problems if problem.is_error}
    assert codes <= OF_YAML | {"text-overset", "text-wide", "stack-overset"}


@pytest.mark.parametrize("lost", ["#", "_", "<", "é", "½", "—", "'", "2*3", "van"])
def test_a_page_without_a_character_would_be_found(lost: str) -> None:
    words = tuple(
        folded(word).replace("*", r"\*")
        for word in ("#1", "_a_", "<b>", "caf\u00e9", "½", "—", "it's", "2*3", "van")
    )
    sentence, page = Sentence("title", "", words), folded("#1 _a_ <b> café ½ — it’s 2*3 van")
    assert is_shown(sentence, f"before{page}after")
    assert not is_shown(sentence, f"before{page.replace(folded(lost), '', 1)}after")
