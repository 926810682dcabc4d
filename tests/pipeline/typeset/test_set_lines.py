"""Paragraphs that are broken already are laid out as WeasyPrint would, from fewer attempts."""

from __future__ import annotations

import importlib
import itertools
from typing import Any

import pytest

from hrcpub.pipeline.typeset import set_lines
from hrcpub.pipeline.typeset.engine import load
from tests.shared.boxes import own, told
from tests.shared.project import ROOT

load(ROOT)

CSS = """
    @page { size: 300pt 120pt; margin: 20pt }
    body { font: 10pt/12pt sans-serif; orphans: 2; widows: 2 } p { margin: 6pt 0 }
    .set-lines { white-space: pre } .divided::after { content: "\\2010" }
    .right { direction: rtl } .end { text-align: end } .middle { text-align: center }
    .just { text-align: justify } .last { text-align-last: end } .in { text-indent: 2em }
    .float { float: left; width: 40pt } .narrow { width: 90pt } .wide { width: 600pt }
    .raised { vertical-align: super; font-size: 6pt } .first::first-line { color: red }
    .cap::first-letter { font-size: 2em } .loose .set-lines { white-space: normal }
    .apart { word-spacing: 3pt; letter-spacing: 1pt } .lead { line-height: 2 }
"""
LINES = (
    "Lines of a paragraph that are broken well and stand in spans",
    "of their own, so that WeasyPrint need not look for where they",
    "end; each of them is as long as there is room for it and no",
    "longer, but for the last",
)
SETTINGS = {
    "plain": "",
    "from the right": "right",
    "at the end": "end",
    "in the middle": "middle",
    "justified": "just",
    "the last otherwise": "last",
    "indented": "in",
    "too narrow": "narrow",
    "so wide that lines have room together": "wide",
    "another first line": "first",
    "a large letter": "cap",
    "not in spans that hold": "loose",
    "spaced": "apart",
    "leaded": "lead",
}


def paragraph(lines: tuple[str, ...], kind: str = "", between: str = " ") -> str:
    spans = between.join(f"<span class=set-lines>{line}</span>" for line in lines)
    return f"<p class='{kind}'>{spans}</p>"


PARTS = {
    "a space": paragraph(LINES),
    "a break": paragraph(LINES, between=" <wbr>"),
    "a break in a word": paragraph(LINES, between="<wbr>"),
    "nothing": paragraph(LINES, between=""),
    "a line feed": paragraph(LINES, between="<br>"),
    "a word": paragraph(LINES, between=" and "),
    "a word divided": paragraph(LINES, between="<wbr>").replace("set-lines", "'set-lines divided'"),
    "marked words": paragraph(tuple(f"<b>{line}</b><i class=raised>2</i>" for line in LINES)),
    "a link": paragraph(tuple(f"<a href='tel:+1'>{line}</a>" for line in LINES)),
    "a picture": paragraph(tuple(f"{line}<svg width=3 height=3></svg>" for line in LINES)),
    "a hung sign": paragraph(LINES).replace("set-lines>", "set-lines style='margin-left:-4pt'>"),
    "something placed": paragraph(tuple(f"{line}<i style='position:absolute'>" for line in LINES)),
    "two line feeds": paragraph(tuple(f"{line}\nand" for line in LINES)),
    "one line": paragraph(LINES[:1]),
    "beside a float": f"<p class=float>Aside, for some lines of it</p>{paragraph(LINES)}",
    "over pages": "".join(paragraph(LINES) for _ in range(5)),
    "from the right": paragraph(
        ("שורה של פסקה שנשברה היטב ועומדת בפני עצמה כאן", "12 שורות ועוד כמה מילים", "סוף"), "right"
    ),
    "spaces of its own": paragraph((LINES[0][:40], f" {LINES[1]}"), between="<wbr>"),
    # There no line may end between two spans either.
    "where nothing breaks": paragraph((LINES[0], "المساعدة في كل مكان"), "set-lines"),
}
# Of these each line is laid out by itself.
TAKEN = ("a space", "a break", "marked words", "a link", "a hung sign", "over pages")


@pytest.fixture
def theirs(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what puts WeasyPrint's own functions back."""

    def put_back() -> None:
        for name, within in (("iter_line_boxes", "iterate"), ("can_break_text", "ask")):
            ours = getattr(importlib.import_module("weasyprint.layout.inline"), name)
            for module in ("inline", "block", "preferred"):
                having = importlib.import_module(f"weasyprint.layout.{module}")
                if hasattr(having, name):
                    monkeypatch.setattr(having, name, own(ours, within))

    return put_back


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Return which children began the lines of paragraphs that were laid out line by line."""
    found: list[list[int]] = []
    starts = set_lines._starts
    monkeypatch.setattr(set_lines, "_starts", lambda *of: found.append(starts(*of)) or starts(*of))
    return found


def laid(body: str) -> Any:
    from weasyprint import CSS as Sheet

    page = load(ROOT).HTML(string=f"<html lang=en><title>Page</title>{body}", base_url=str(ROOT))
    return page.render(stylesheets=[Sheet(string=CSS)])


def test_every_module_of_weasyprint_has_ours() -> None:
    for module, name in (
        ("block", "iter_line_boxes"),
        ("inline", "iter_line_boxes"),
        ("inline", "can_break_text"),
        ("preferred", "can_break_text"),
    ):
        function = getattr(importlib.import_module(f"weasyprint.layout.{module}"), name)
        assert function.__module__ == set_lines.__name__


@pytest.mark.parametrize("name", PARTS)
def test_lines_are_those_of_weasyprint(name: str, theirs: Any, taken: list[list[int]]) -> None:
    ours = laid(PARTS[name])
    assert any(taken) or name not in TAKEN
    theirs()
    theirs_laid = laid(PARTS[name])
    assert told(ours) == told(theirs_laid)
    assert ours.write_pdf() == theirs_laid.write_pdf()


@pytest.mark.slow(but=["plain", "justified", "indented"])
@pytest.mark.parametrize("name", SETTINGS)
def test_lines_are_those_of_weasyprint_however_they_are_set(name: str, theirs: Any) -> None:
    between = (" ", " <wbr>", "<wbr>")
    body = "".join(paragraph(LINES, SETTINGS[name], sign) for sign in between)
    ours = told(laid(body))
    theirs()
    assert ours == told(laid(body))


def test_each_line_is_measured_once(monkeypatch: pytest.MonkeyPatch, theirs: Any) -> None:
    inline = importlib.import_module("weasyprint.layout.inline")
    split, texts = inline.split_text_box, list[str]()
    monkeypatch.setattr(
        inline,
        "split_text_box",
        lambda c, box, *of, **by: texts.append(box.text) or split(c, box, *of, **by),
    )
    laid(PARTS["a space"])
    assert [text for text in texts if text.strip()] == list(LINES)
    texts.clear()
    theirs()
    laid(PARTS["a space"])
    assert [text for text in texts if text.strip()] == [
        *itertools.chain.from_iterable(itertools.pairwise(LINES)),
        LINES[-1],
    ]


def test_whether_a_line_may_end_is_asked_once_of_two_letters() -> None:
    asked: list[str] = []
    once = set_lines._asked_once(lambda text, language: asked.append(text) or text == "a b")
    assert [once(text, "en") for text in ("ab", "ab", "a b", "a b")] == [False, False, True, True]
    assert asked == ["ab", "a b", "a b"]
