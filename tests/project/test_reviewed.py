"""Records of reviews: what they cover, what a changed word asks for, and how they are kept."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Source
from hrcpub.project.reviewed import (
    ReviewPassage,
    ReviewRecord,
    RoleReview,
    passages_of,
    read_reviews,
    record_yaml,
    review_path,
)
from hrcpub.project.words import Words

HERE = Source("materials/one.yaml", 1)
TITLE = ReviewPassage("title", "One", HERE)
FIRST = ReviewPassage("words.steps.1.text", "Breathe", HERE)
DAY = datetime.date(2026, 12, 1)


def review(*passages: ReviewPassage, role: str = "medicine", by: str = "Ana Ruiz") -> RoleReview:
    """Return a review of passages as they are."""
    seen = {passage.slot: passage.digest for passage in passages}
    return RoleReview(role, by, DAY, "a nurse of our clinic", seen)


def test_a_review_covers_what_was_seen_and_nothing_that_was_changed_since() -> None:
    record = ReviewRecord("one").with_review(review(TITLE, FIRST))
    changed = FIRST._replace(text="Breathe slowly")
    assert record.waiting((TITLE, FIRST), "medicine") == ()
    assert record.waiting((TITLE, changed), "medicine") == (changed,)
    assert record.waiting((TITLE, FIRST), "words") == (TITLE, FIRST)
    assert record.covering((TITLE, changed), "medicine") == ()


def test_two_people_may_cover_a_piece_together() -> None:
    record = ReviewRecord("one").with_review(review(TITLE))
    record = record.with_review(review(FIRST, by="Sam Okafor")._replace(on=DAY.replace(day=2)))
    covering = record.covering((TITLE, FIRST), "medicine")
    assert [one.by for one in covering] == ["Sam Okafor", "Ana Ruiz"]


def test_who_looks_again_takes_the_place_of_the_review_before() -> None:
    record = ReviewRecord("one").with_review(review(TITLE, FIRST))
    again = record.with_review(review(TITLE, FIRST, by="Sam Okafor"))
    assert [one.by for one in again.reviews] == ["Sam Okafor"]
    other = record.with_review(review(TITLE, role="words"))
    assert len(other.reviews) == 2


def test_a_record_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    said = review(TITLE, FIRST)._replace(note='She said: "slower"')
    record = ReviewRecord("one").with_review(said)
    path = tmp_path / review_path("one")
    path.parent.mkdir(parents=True)
    path.write_text(record_yaml(record), encoding="utf-8")
    assert read_reviews(Sources(tmp_path), "one") == record


def test_a_piece_need_not_have_a_record(tmp_path: Path) -> None:
    assert read_reviews(Sources(tmp_path), "one") == ReviewRecord("one")


@pytest.mark.parametrize("text", ["reviews:\n  - role: baker\n    by: Ana\n", "<<<<<<< HEAD\n", ""])
def test_a_damaged_record_is_told_with_the_way_out(tmp_path: Path, text: str) -> None:
    path = tmp_path / review_path("one")
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HrcpubError) as caught:
        read_reviews(Sources(tmp_path), "one")
    assert {problem.code for problem in caught.value.problems} == {"review-broken"}
    assert "git" in (caught.value.problems[0].hint or "")


def test_every_text_of_a_piece_is_a_passage_once() -> None:
    texts = [Words("Breathe", HERE, "words.steps.1.text"), Words("Breathe", HERE)]
    assert passages_of(Words("One", HERE), texts) == (TITLE, FIRST)
