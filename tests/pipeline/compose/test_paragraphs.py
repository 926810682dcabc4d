"""The lines of a paragraph: each ends where it was set to end, whatever signs stand there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.paragraphs import after_commas, lines_html, paragraph_lines
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.typeset import lay_out
from tests.shared.css_pages import make_root, page
from tests.shared.pages import texts
from tests.shared.project import ROOT

GOTHIC = Face((ROOT / "fonts/league-gothic/LeagueGothic-Regular.ttf").read_bytes())


@pytest.mark.parametrize(
    "typed",
    [
        "it is open now|.5 mg",
        "we do say so|:[ it",
        "ask for it|,@ here",
        "they were ]|{never",
        "we ask you [|to say",
        "closed and|;)gone",
        "say (|it and",
        "5 and ½|½ or so",
        "plain words|and more",
    ],
)
def test_a_line_ends_beside_any_sign_where_it_was_set_to_end(typed: str, tmp_path: Path) -> None:
    lines = typed.split("|")

    def breaks(*_: object) -> list[tuple[int, int]]:
        return [(0, len(lines[0])), (len(lines[0]) + 1, len(typed))]

    set_lines = paragraph_lines(
        typed.replace("|", " "), 100, "text", 10, (("text", GOTHIC),), 0, "en", breaks
    )
    # Exactly as wide as the first line, and a hair.
    width = max(line.width for line in set_lines) + 1
    html = page(
        '<section class="side"><style>.set-lines { white-space: pre }</style>'
        f'<p style="width: {width}pt">{lines_html(set_lines)}</p></section>'
    )
    pages = lay_out(replace(html, safe=0), Project(Sources(make_root(tmp_path))))
    assert [problem.message for problem in pages.problems] == []
    assert [overset.problem.message for overset in pages.oversets] == []
    [text] = texts(pages.document.write_pdf())
    assert [line.strip(" \u200b") for line in text.splitlines()] == lines


def facts(text: str, measure: float, language: str = "en") -> list[str]:
    """Return the lines of an address in a measure, of letters that are 1 pt wide."""
    places = after_commas(text, [1.0] * len(text), measure, language, None)
    return [text[start:end] for start, end in places or []]


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("22 West 27th Street, 5th Floor", 40, ["22 West 27th Street, 5th Floor"]),
        ("22 West 27th Street, 5th Floor", 26, ["22 West 27th Street,", "5th Floor"]),
        # Kept together in a language from the right, where a floor would leave its number.
        (
            "22\u00a0West 27th Street,\u00a05th Floor",
            26,
            ["22\u00a0West 27th Street,", "5th Floor"],
        ),
        ("Free, private, day and night", 16, ["Free, private,", "day and night"]),
        # Where that would take a line more, or a part has no room, words are parted.
        ("Box 1, Hall of the Old Mill, B", 17, ["Box 1, Hall of", "the Old Mill, B"]),
        ("A very long address, here", 14, ["A very long", "address, here"]),
    ],
)
def test_a_fact_goes_on_after_a_comma(text: str, measure: float, lines: list[str]) -> None:
    assert facts(text, measure) == lines
