"""Inline markup and typographic signs: what becomes of an author's text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrcpub.project.markup import Span, one_line, plain, spans, typographic

URL = "https://example.org/"

RUNS = {
    "": [],
    "text": [Span("text")],
    "*soft*": [Span("soft", emphasis=True)],
    "中文*强*中文": [Span("中文"), Span("强", True), Span("中文")],
    "**loud**": [Span("loud", strong=True)],
    "***both***": [Span("both", True, True)],
    "a *b **c** d* e": [
        Span("a "),
        Span("b ", True),
        Span("c", True, True),
        Span(" d", True),
        Span(" e"),
    ],
    f"[here]({URL})": [Span("here", link=URL)],
    "[here](HTTPS://example.org/)": [Span("here", link="HTTPS://example.org/")],
    f"[the *best*]({URL})": [Span("the ", link=URL), Span("best", True, link=URL)],
    "[call](tel:+12125550100)": [Span("call", link="tel:+12125550100")],
    "[write](mailto:a@example.org)": [Span("write", link="mailto:a@example.org")],
    f"[Men's]({URL}men's?q='x')": [Span("Men’s", link=f"{URL}men%27s?q=%27x%27")],
    "one\\\ntwo": [Span("one"), Span("\n"), Span("two")],
    "\\*not\\*": [Span("*not*")],
    # What is no markup stays as it was typed.
    "2 * 3 * 4": [Span("2 * 3 * 4")],
    "snake_case_name": [Span("snake_case_name")],
    "a * star": [Span("a * star")],
    "*open": [Span("*open")],
    "[words]": [Span("[words]")],
    "[words]()": [Span("[words]()")],
    f'[words]({URL} "of a title")': [Span("[words]("), Span(URL, link=URL), Span(" “of a title”)")],
    "[words](<https:>)": [Span("[words](<https:>)")],
    "[words](tel:1 2)": [Span("[words](tel:1 2)")],
    "_soft_": [Span("_soft_")],
    "@_nightvan_": [Span("@_nightvan_")],
    "__main__ *y*": [Span("__main__ "), Span("y", True)],
    "2*3*4 and f**k *y*": [Span("2*3*4 and f**k "), Span("y", True)],
    "\\_ \\# \\\\ C:\\x": [Span("\\_ \\# \\ C:\\x")],
    "[x](other.html)": [Span("[x](other.html)")],
    "[x](javascript:alert(1))": [Span("[x](javascript:alert(1))")],
    "[x](JavaScript:1)": [Span("[x](JavaScript:1)")],
    "[x](file:///etc/passwd)": [Span("[x](file:///etc/passwd)")],
    "[x](data:text/html,y)": [Span("[x](data:text/html,y)")],
    f"![x]({URL})": [Span("![x]("), Span(URL, link=URL), Span(")")],
    "<b>x</b> &amp; *y*": [Span("<b>x</b> &amp; "), Span("y", True)],
    "`x` *y*": [Span("`x` "), Span("y", True)],
    "# x *y*": [Span("# x "), Span("y", True)],
    "~~x~~ *y*": [Span("~~x~~ "), Span("y", True)],
    # An address is a link as it stands; the signs of its sentence are not part of it.
    f"{URL} *y*": [Span(URL, link=URL), Span(" "), Span("y", True)],
    f"*{URL}*": [Span(URL, True, link=URL)],
    f"({URL}a), {URL}b.": [
        Span("("),
        Span(f"{URL}a", link=f"{URL}a"),
        Span("), "),
        Span(f"{URL}b", link=f"{URL}b"),
        Span("."),
    ],
    f"{URL}_help_/*a*/b_(c)?d=e&f": [Span(t := f"{URL}_help_/*a*/b_(c)?d=e&f", link=t)],
    "'WWW.example.org'": [
        Span("‘"),
        Span("WWW.example.org", link="https://WWW.example.org"),
        Span("’"),
    ],
    "_first.last_@a.example.org!": [
        Span("_first.last_@a.example.org", link="mailto:_first.last_@a.example.org"),
        Span("!"),
    ],
    "mail:a@b.org": [Span("mail:"), Span("a@b.org", link="mailto:a@b.org")],
    "[a@b.org](lang:fr)": [Span("a@b.org", link="mailto:a@b.org", language="fr")],
    "www. a@b http:// @www.x.org e.g.": [Span("www. a@b http:// @www.x.org e.g.")],
}


@pytest.mark.parametrize("text", RUNS)
def test_markup_becomes_runs_and_all_else_stays_text(text: str) -> None:
    joined: list[Span] = []
    for span in spans(text):
        if joined and joined[-1][1:] == span[1:] and "\n" not in (joined[-1].text, span.text):
            joined[-1] = span._replace(text=joined[-1].text + span.text)
        else:
            joined.append(span)
    assert joined == RUNS[text]


LINES = {
    "": "",
    "  one   two ": "one two",
    "one\ntwo": "one two",
    "one\n\n\ntwo\n": "one two",
    "one\ttwo\u2009three": "one two three",
    "5\u00a0mg  of": "5\u00a0mg of",  # a no-break space is the author's
    "sy\u00adringe, zero\u200bwidth\ufeff": "syringe, zerowidth",
    "\ufb01nd o\ufb03ces": "find offices",
    "212\u2011213\u20116376": "212-213-6376",
    "to\u200dday, a\u034fb, 1\ufe0f, (\u200e212)": "today, ab, 1, (212)",
    "\u0645\u06cc\u200c\u062e": "\u0645\u06cc\u200c\u062e",  # Persian needs its joiner
    "\u05d0\u200f!": "\u05d0\u200f!",
    "one\\\ntwo": "one\\\ntwo",
    "one \\\n  two": "one \\\ntwo",
    "one\\\n\ntwo": "one\\\ntwo",
    "one\\": "one\\",
    "\\*one": "\\*one",
}


@pytest.mark.parametrize("text", LINES)
def test_white_space_becomes_single_spaces_and_a_backslash_breaks_the_line(text: str) -> None:
    assert one_line(text) == LINES[text]


TYPOGRAPHIC = {
    '"Call"': "“Call”",
    "'Call'": "‘Call’",
    "they're": "they’re",
    "users' own": "users’ own",
    'say "it\'s on" now': "say “it’s on” now",
    '("Call")': "(“Call”)",
    '["Call"]': "[“Call”]",
    "\"'Call' they say\"": "“‘Call’ they say”",
    "'\"Call\" they say'": "‘“Call” they say’",
    '*"Call"*': "*“Call”*",
    "**'Call'** now": "**‘Call’** now",
    '"*Call*"': "“*Call*”",
    'now -- "call"': "now—“call”",
    "one -- two": "one—two",
    "one--two": "one--two",
    "--help": "--help",
    "one - two": "one - two",
    "5 ' 6": "5 ’ 6",
    # Words and years that are cut short at their head.
    "the '60s, class of '98": "the ’60s, class of ’98",
    "rock 'n' roll, rock'n'roll": "rock ’n’ roll, rock’n’roll",
    "get 'em, 'til 5, ('quoted')": "get ’em, ’til 5, (‘quoted’)",
    "'Tis so, *'cause* we can't": "’Tis so, *’cause* we can’t",
    "\"'Til dawn\" -- 'til dusk": "“’Til dawn”—’til dusk",
    "'Cause and effect', they say": "‘Cause and effect’, they say",
    "'24 hours' and 'nothing'": "‘24 hours’ and ‘nothing’",
    "'emphatic' 'tilde' 'next'": "‘emphatic’ ‘tilde’ ‘next’",
    "“done” ‘so’ —": "“done” ‘so’ —",
}


@pytest.mark.parametrize("text", TYPOGRAPHIC)
def test_typewriters_quotes_become_typographic_ones(text: str) -> None:
    assert typographic(text) == TYPOGRAPHIC[text]


@pytest.mark.parametrize("language", ["en", "en-GB", "en-US"])
def test_every_english_gets_its_quotes(language: str) -> None:
    assert typographic('"a"', language) == "“a”"


@pytest.mark.parametrize("language", ["enm", "fi", "tlh"])
def test_languages_that_nobody_spoke_for_keep_the_quotes_that_were_typed(language: str) -> None:
    assert typographic("\"a\" 'b' -- c", language) == "\"a\" 'b'—c"


PLAIN = {
    "a *b* [c](https://example.org/)": "a b c",
    "one\\\ntwo": "one two",
    "*it's* -- so": "it’s—so",
    "\\*": "*",
}


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_what_a_reader_sees(text: str) -> None:
    assert plain(text) == PLAIN[text]


def letters(text: str) -> str:
    """Return all but signs and white space."""
    return "".join(c for c in text if c.isalnum())


ANY = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
MARKED = st.text(st.sampled_from("ab é'\"*_[]()\\-\n1"))


@given(st.text(st.characters(exclude_characters="*_[\\\"'", exclude_categories=["Cs"])))
def test_a_text_without_markup_is_one_run_of_itself(text: str) -> None:
    assert "".join(span.text for span in spans(text)) == text.replace(" -- ", "—")
    assert all(span == Span(span.text) for span in spans(text))


@given(st.one_of(ANY, MARKED))
def test_no_letter_is_ever_lost_or_added(text: str) -> None:
    if "](" not in text:
        assert letters(plain(text)) == letters(text)


@given(st.one_of(ANY, MARKED))
def test_only_quotes_and_dashes_are_made_typographic(text: str) -> None:
    back = str.maketrans("“”‘’", "\"\"''")
    assert typographic(text).translate(back) == text.replace(" -- ", "—").translate(back)


@given(st.one_of(ANY, MARKED))
def test_to_make_one_line_twice_is_to_make_it_once(text: str) -> None:
    once = one_line(text)
    assert one_line(once) == once
    assert letters(once) == letters(text)
    assert not re.search(r"(?<!\\)\n|  ", once)


@given(MARKED, st.sampled_from(["javascript:x", "file:x", "data:x", "vbscript:x", "x.html", "//x"]))
def test_no_link_leads_anywhere_but_to_the_four_schemes(text: str, address: str) -> None:
    assert all(span.link is None for span in spans(f"{text} [x]({address})"))


def test_a_phrase_may_say_its_language() -> None:
    assert spans("a [mot juste](lang:fr) here") == (
        Span("a "),
        Span("mot juste", language="fr"),
        Span(" here"),
    )
    assert plain("[x](lang:javascript:alert)") == "[x](lang:javascript:alert)"


@given(st.text(st.sampled_from("ab1é #_<>@/:-&\"'.,()?!")))
def test_every_sign_but_those_of_the_markup_is_printed(text: str) -> None:
    assert plain(text, "fi") == text.replace(" -- ", "—")
