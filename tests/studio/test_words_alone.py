"""What changed of a piece's words, from its files alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.sources import Sources
from hrcpub.files.yaml_spans import Plain
from hrcpub.studio.words_alone import changed_words, words_since

# What was approved, what is typed now, and the slots that are told.
CHANGES: dict[str, tuple[dict[str, str], Plain, list[str]]] = {
    "nothing": ({"words.lead": "It works."}, {"lead": "It works."}, []),
    "a word": ({"words.lead": "It works."}, {"lead": "It helps."}, ["words.lead"]),
    "a source alone": ({"words.lead": "It works."}, {"lead": "It works. {toolkit}"}, []),
    "none, in a layout with notes": ({"words.lead": "Works.¹"}, {"lead": "Works. {toolkit}"}, []),
    "what went out": ({"words.points.1": "One", "words.points.2": "Two"}, {"points": ["One"]},
        ["words.points.2"]),
    "what came in": ({"words.points.1": "One"}, {"points": ["One", "Two"]}, ["words.points.2"]),
    "the lines of a table": ({"words.sites.1.name": "The van"}, {"sites": "sites.csv"}, []),
    "the file of a picture": ({"words.photo.alt": "A hand"},
        {"photo": {"alt": "A hand", "file": "b.png"}}, []),
    "an address": ({"words.code.url": "a.org"}, {"code": {"url": "https://a.org"}}, []),
}  # fmt: skip


@pytest.mark.parametrize(
    ("how", "slots"), [("version", ["words.lead"]), ("approved", None), ("built", None)]
)
def test_words_are_compared_with_a_text_and_with_nothing_that_is_not_known(
    tmp_path: Path, how: str, slots: list[str] | None
) -> None:
    (tmp_path / "brief.yaml").write_text("title: Why?\nwords: {lead: It helps.}\n")
    before = "title: Why?\nwords: {lead: It works.}\n"
    told = changed_words(Sources(tmp_path), "brief", "brief.yaml", how, before)
    assert (told and [one["slot"] for one in told]) == slots


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_is_told_and_what_only_looks_so_is_not(name: str) -> None:
    approved, typed, slots = CHANGES[name]
    told = words_since({"title": "One"} | approved, {"title": "Two", "words": typed})
    assert [one["slot"] for one in told] == slots
