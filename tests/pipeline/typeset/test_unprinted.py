"""What a template leaves out is found in the HTML, whatever else has the same words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.files.cache import ParsedCache
from hrcpub.pipeline.stages import AuthorText
from hrcpub.problems import Problem, Source
from tests.shared.css_pages import make_root, page, problems

TEXTS = {
    "title": "Call us now",
    "lead": "We answer \u201cday\u201d and night\u2014always.",
    "points.1.opening": "Call",
    "points.1.text": "us now, or (later)",
    "points.2.opening": "Call",
    "points.2.text": "a friend & ask",
    "notes.1": "pick-up",
}
WHOLE = """
<h1><span>Call</span> <span>us now </span></h1>
<p><span>We answer \u201cday\u201d and</span> <span>night\u2014</span><wbr><span>always.</span></p>
<ol><li><b>Call</b> us <em>now, or (later)</em></li><li><b>Call</b> a friend &amp; ask</li></ol>
<p>pick-up</p><p>Call the Coalition</p>
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("unprinted"))


def author_texts(texts: dict[str, str]) -> tuple[AuthorText, ...]:
    return tuple(
        AuthorText(text, f"words.{slot}", Source("materials/piece.yaml", line))
        for line, (slot, text) in enumerate(texts.items(), 9)
    )


def told(root: Path, body: str, texts: dict[str, str] = TEXTS) -> list[Problem]:
    """Return what is said of a page that must print some texts."""
    owed = author_texts(texts)
    html = page(f"<section class=side>{body}</section>", words=owed)
    html = replace(html, owed=owed, template="layouts/poster/layout.html")
    return problems(root, html, ParsedCache())


def slots(said: list[Problem]) -> list[str]:
    assert {problem.code for problem in said} <= {"text-unprinted"}
    return [problem.message.split('"')[1].removeprefix("words.") for problem in said]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("<h1>", "<h1 style='text-transform: uppercase'>"),
        ("us now </span>", "US NOW </span>"),
        ("now, or (later)", "now, or (la&shy;ter)"),
        ("\u201cday\u201d", "\u2018day\u2019"),  # as quotes are set in another language
        ("night\u2014", "night--"),
        ("<b>Call</b> us", "<b>C</b>all us"),
        ("pick-up", "pick\u2011up"),
        ("Call the Coalition", "Call us now: the Coalition"),
        ("a friend &amp; ask", "[a friend &amp; ask]"),
        ("us <em>now, or (later)</em>", "us now, <hr>12<hr> or (later)"),  # in two places
    ],
)
def test_words_that_are_printed_are_there_however_they_are_set(
    root: Path, old: str, new: str
) -> None:
    assert old in WHOLE
    assert slots(told(root, WHOLE.replace(old, new, 1))) == []


@pytest.mark.parametrize(
    ("old", "new", "slot"),
    [
        ("<span>Call</span> <span>us now </span>", "", "title"),
        ("<h1>", "<h1 hidden>", "title"),
        ("<h1>", "<h1 data-may=hide>", "title"),
        ("<p><span>We", "<p><span>W", "lead"),
        ("always.", "", "lead"),
        ("always.", "always", "lead"),
        ("us <em>now, or (later)</em>", "us now", "points.1.text"),
        ("a friend &amp; ask", "a friend", "points.2.text"),
        ("a friend &amp; ask", "<svg><text>a friend &amp; ask</text></svg>", "points.2.text"),
        ("a friend &amp; ask", "friend &amp; ask a", None),  # the words are there
    ],
)
def test_what_a_template_leaves_out_is_told_with_its_slot(
    root: Path, old: str, new: str, slot: str | None
) -> None:
    said = told(root, WHOLE.replace(old, new, 1))
    assert slots([one for one in said if one.code == "text-unprinted"]) == ([slot] if slot else [])


def test_a_text_that_is_there_for_another_slot_does_not_hide_that_one_is_gone(root: Path) -> None:
    body = WHOLE.replace("<li><b>Call</b> a", "<li>a").replace("Call the", "The")
    (problem,) = told(root, body)
    assert problem.message == (
        '"words.points.2.opening" would not be printed: layouts/poster/layout.html leaves it out'
    )
    assert problem.source == Source("materials/piece.yaml", 13)


def test_a_word_inside_of_a_longer_one_is_another_word(root: Path) -> None:
    assert slots(told(root, "Recalls", {"title": "call"})) == ["title"]
    assert slots(told(root, "Re-call", {"title": "call"})) == []


def test_the_words_from_which_on_a_text_is_gone_are_quoted(root: Path) -> None:
    lead = "Come in. Stay as long as you like, and leave when you like."
    (problem,) = told(root, "Come in. Stay as long as", {"lead": lead})
    assert "from «you like, and leave when you like.»" in problem.message


def test_a_list_that_is_left_out_is_one_problem_for_each_of_its_fields(root: Path) -> None:
    points = {slot: text for slot, text in TEXTS.items() if slot.startswith("points")}
    said = told(root, "<p>Nothing", points)
    assert [problem.message.partition(" would")[0] for problem in said] == [
        '"words.points.1.opening" (and 1 text like it)',
        '"words.points.1.text" (and 1 text like it)',
    ]


def test_a_picture_is_shown_in_an_element_or_a_style(root: Path) -> None:
    file = AuthorText("dot.png", "words.photo", Source("materials/piece.yaml", 7))

    def said(body: str) -> list[Problem]:
        html = page(f"<section class=side>{body}</section>")
        html = replace(html, owed_pictures=(file,), template="layouts/poster/layout.html")
        return problems(root, html, ParsedCache())

    assert slots(said("<img src=/dot.png alt=Dot style='width: 9pt'>")) == []
    assert slots(said("<p style=\"background: url('/dot.png')\">Dot")) == []
    assert slots(said("<p>Dot")) == ["photo"]
