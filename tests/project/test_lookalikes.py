"""What looks like markup and is none: it is told, and nothing else is."""

from __future__ import annotations

import pytest

from hrcpub.project.lookalikes import lookalikes

TOLD = {
    "see ![a map](map.png) here": ("![a map](map.png)", "a picture", "slot of its own"),
    "[site](example.org)": ("[site](example.org)", "a link", "write [site](https://example.org)"),
    "[x](https://a.org/b c)": ("[x](https://a.org/b c)", "a link", "[x](https://a.org/bc)"),
    "[x](a@b.org)": ("[x](a@b.org)", "a link", "write [x](mailto:a@b.org)"),
    "[x](javascript:alert)": ("[x](javascript:alert)", "a link", "https://example.org"),
    "[x](see below)": ("[x](see below)", "a link", "https://example.org"),
    "[x]()": ("[x]()", "a link", "https://example.org"),
    "[x](https://a.org": ("[x](https://a.org", "a link", "write [x](https://a.org)"),
    "[x] (https://a.org)": ("[x] (https://a.org)", "a link", "write [x](https://a.org)"),
    "It works. {CDC_Naloxone}": ("{CDC_Naloxone}", "the mark of a source", "{cdc-naloxone}"),
    "It works. {cdc-naloxone)": ("{cdc-naloxone)", "the mark of a source", "{cdc-naloxone}"),
    "It {toolkit works.": ("{toolkit", "the mark of a source", "write {toolkit}"),
    "It works. { toolkit }": ("{ toolkit }", "the mark of a source", "write {toolkit}"),
    "Test <b>strips": ("<b>", "an HTML tag", "**words**"),
    "one<BR/>two": ("<BR/>", "an HTML tag", "take it out"),
    '<font color="red">': ('<font color="red">', "an HTML tag", "take it out"),
    "a <!-- b": ("<!--", "an HTML tag", "take it out"),
    "this &amp; that": ("&amp;", "an HTML entity", 'write "&" itself'),
    "a&nbsp;b": ("&nbsp;", "an HTML entity", "take it out"),
    "don&#39;t": ("&#39;", "an HTML entity", """write "'" itself"""),
    "I _mean_ it": ("_mean_", "emphasis", "*words*"),
    "I __really mean__ it": ("__really mean__", "emphasis", "*words*"),
    "~~gone~~": ("~~gone~~", "emphasis", "*words*"),
    "`code`": ("`code`", "emphasis", "*words*"),
    "1) Wash": ("1) ", "a list", "a slot of its own"),
    "2. Rinse": ("2. ", "a list", "a slot of its own"),
    "- Dilute": ("- ", "a list", "a slot of its own"),
    "-Dilute": ("-", "a list", "a slot of its own"),
    "· Dilute": ("· ", "a list", "a slot of its own"),
    "\uf0b7 Dilute": ("\uf0b7 ", "a list", "a slot of its own"),
    "# Title": ("# ", "a heading", "take the # out"),
}
NOT_TOLD = [
    "*soft*, **loud**, [x](https://a.org/), [x](lang:fr), [x](MAILTO:a@b.org)",
    "@_nightvan_ or https://example.org/_help_/now or _first.last_@example.org, snake_case_name",
    "C&C; 3 < 4 > 2; <your name>; <3; <a@b.org>; R&B; AT&T; &c; & so",
    "[brackets] (and round ones), \\[x](y)",
    "braces {} or {two words} or {!}",
    "Call #1, # 5; -- yes; 5 - 7 pm; 1/2; 24/7; 3-in-1",
    "1990. It began; -Dilute; 10 mg; 1:1",
]


@pytest.mark.parametrize("text", TOLD)
def test_what_looks_like_markup_is_told_with_the_way_out(text: str) -> None:
    ((shown, name, hint),) = lookalikes(text)
    assert (shown, name) == TOLD[text][:2]
    assert TOLD[text][2] in hint


@pytest.mark.parametrize("text", NOT_TOLD)
def test_markup_and_everyday_signs_are_not_told(text: str) -> None:
    assert list(lookalikes(text)) == []


def test_the_same_signs_are_told_once() -> None:
    assert [part.shown for part in lookalikes("<b>a</b> <b>c</b>")] == ["<b>", "</b>"]
