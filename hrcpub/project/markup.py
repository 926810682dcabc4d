r"""An author's text to `Span`s: the small inline markup, and typographic quotes and dashes.

`*emphasis*`, `**strong**`, `[words](https://example.org)`, `[mot](lang:fr)` for a phrase in another
language, and a `\` at a line's end for a line break; everything else is text, `<b>` and `&amp;`
too. markdown-it-py reads the markup.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

LINK_SCHEMES = ("https:", "http:", "mailto:", "tel:", "sms:")
WORD = 6  # characters of an English word with the space after it, on average
_LANGUAGE = re.compile(r"lang:([a-z]{2,3}(?:-[a-z0-9]{2,8})*)", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\u00a0]+")
_ADDRESS = re.compile(rf"\]\((?:{'|'.join(LINK_SCHEMES)})[^\s)]*")


class Span(NamedTuple):
    r"""Characters that share one style; `\\n` alone is a line break."""

    text: str
    emphasis: bool = False
    strong: bool = False
    link: str | None = None
    language: str | None = None  # where it is not the text's (BCP 47)


def one_line(text: str) -> str:
    r"""Return the words with single spaces; only a `\` at a line's end stays a break.

    A no-break space (U+00A0) does not count as white space: its author put it there.
    """
    lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
    joined = " ".join(line for line in lines if line)
    return joined if "\\ " not in joined else joined.replace("\\ ", "\\\n")


# A text is read for its limit, for the letters that no font has, and to be set: keep it that long.
@lru_cache(maxsize=4096)
def spans(text: str, language: str = "en") -> tuple[Span, ...]:
    """Return the spans of a text, its quotes and dashes set as `language` sets them."""
    text = typographic(_ADDRESS.sub(_percent, text), language)
    if not any(sign in text for sign in "*_[\\"):
        return (Span(text),) if text else ()
    result: list[Span] = []
    emphasis = strong = 0
    link: str | None = None
    foreign: str | None = None
    for token in _parser().parseInline(text)[0].children or []:
        match token.type:
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "link_open" | "link_close":
                href = str(token.attrs["href"]) if token.nesting == 1 else ""
                known = _LANGUAGE.fullmatch(href)
                link, foreign = (None, known[1]) if known else (href or None, None)
            case "hardbreak":
                result.append(Span("\n"))
            case _:
                word = " " if token.type == "softbreak" else token.content
                if word:
                    result.append(Span(word, emphasis > 0, strong > 0, link, foreign))
    return tuple(result)


def plain(text: str, language: str = "en") -> str:
    """Return what a reader sees: the text without its markup."""
    return "".join(" " if span.text == "\n" else span.text for span in spans(text, language))


def _percent(address: re.Match[str]) -> str:
    """Return an address whose quotes are no longer taken for typographic ones (RFC 3986 §2.1)."""
    return address[0].replace("'", "%27").replace('"', "%22")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero").enable(["emphasis", "link", "escape", "newline"])
    # Anything but these schemes stays the text that was typed: a link that runs a script, or that
    # points into somebody's disk, must not leave the house.
    parser.validateLink = _is_safe  # type: ignore[method-assign]
    return parser


def _is_safe(url: str) -> bool:
    return url.lower().startswith(LINK_SCHEMES) or _LANGUAGE.fullmatch(url) is not None


def typographic(text: str, language: str = "en") -> str:
    """Return the text with typographic quotes and dashes; only quotes and ` -- ` change.

    Languages other than English keep the quotes that were typed: theirs differ, by country too,
    and their authors type the right ones.
    """
    text = text.replace(" -- ", "—")
    if language.partition("-")[0] != "en" or not ('"' in text or "'" in text):
        return text
    # A quote opens at a beginning, or after a space, a dash or an opening bracket, the signs of
    # emphasis apart; else it closes.
    text = re.sub(r"""((?:^|[\s([{—–/"“])[*_]*)'(?=\S)""", r"\1‘", text)
    text = re.sub(r"""((?:^|[\s([{—–/‘])[*_]*)"(?=\S)""", r"\1“", text)
    return text.replace("'", "’").replace('"', "”")
