"""An author's text to what in it looks like markup and is none: it is printed as it was typed."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hrcpub.patterns import pattern
from hrcpub.project.markup import LINK_SCHEMES


class Lookalike(NamedTuple):
    """A part of a text that markup of another kind would read."""

    shown: str  # as it was typed
    name: str  # what it is elsewhere: "an HTML tag"
    hint: str


def lookalikes(text: str) -> Iterator[Lookalike]:
    """Yield what looks like markup, each part once."""
    if not _MAY_BE.search(text):
        return
    seen: set[str] = set()
    for sign in _SIGNS:
        for match in sign.pattern.finditer(text):
            if match[0] not in seen and sign.is_meant(match):
                seen.add(match[0])
                yield Lookalike(match[0], sign.name, sign.hint(match))


class _Sign(NamedTuple):
    name: str
    pattern: re.Pattern[str]
    hint: Callable[[re.Match[str]], str]
    is_meant: Callable[[re.Match[str]], object] = lambda match: True


def _is_no_link(match: re.Match[str]) -> bool:
    return not re.fullmatch(_LINK, match["address"], re.IGNORECASE)


def _link_hint(match: re.Match[str]) -> str:
    words, address = match["words"], re.sub(r"\s+", "", match["address"])
    is_mail = "@" in address and ":" not in address
    if is_mail or re.match(_LINK, address, re.IGNORECASE):
        scheme = "mailto:" if is_mail else ""
    elif re.fullmatch(r"[\w-]+(\.[\w-]+)+([/?#].*)?", address):
        scheme = "https://"
    else:
        return f"a link leads to an address: [{words}](https://example.org)"
    return f"write [{words}]({scheme}{address})"


def _source_hint(match: re.Match[str]) -> str:
    mark = f"{{{match['id'].lower().replace('_', '-')}}}"
    if mark == match[0]:  # it is right, and nobody reads it: in a table, or of an office
        return "a source is named in the words of a material: take it out here"
    return f"write {mark}, as sources.yaml has it"


def _sign_hint(match: re.Match[str]) -> str:
    sign = html.unescape(match[0])
    return f'write "{sign}" itself' if sign.isprintable() and sign.strip() else "take it out"


_LINK = rf"(?:{'|'.join(LINK_SCHEMES)}|lang:)\S+"
# What people copy from a web page, and what a page would do harm with.
_TAGS = (
    "a|abbr|b|big|blockquote|br|center|code|div|em|font|h[1-6]|hr|i|iframe|img|li|mark|ol|p|pre|s|"
    "script|small|span|strike|strong|style|sub|sup|svg|table|td|th|tr|tt|u|ul"
)
_TAG = rf"</?(?:{_TAGS})(?:\s[^<>]*|\s*/)?>|<!--"
_STRESS = "for emphasis write *words* or **words**"
_LIST = "a list has a slot of its own, one entry a line, each after a hyphen and a space"
# A sign that each of them has, or begins a text with: most texts have none.
_MAY_BE = pattern(r"[{\[<&_~`]|\A[-#*+0-9·•‣▪▫■●◦○\uf0a7\uf0b7]")
_SIGNS = (
    _Sign(
        "the mark of a source",
        # Closed by a brace or another bracket, or by nothing at all.
        pattern(r"\{\s*+(?P<id>[A-Za-z0-9][\w-]*+)(?:\s*+[\])}]|(?![^{}]*\}))"),
        lambda match: _source_hint(match),
    ),
    _Sign(
        "a picture",
        pattern(r"!\[[^\[\]]*\]\([^()]*\)?"),
        lambda match: "a picture has a slot of its own, if the layout has one",
    ),
    _Sign(
        "a link",
        pattern(r"(?<![!\\])\[(?P<words>[^\[\]]+)\]\((?P<address>[^()]*)(?:\)|$)"),
        _link_hint,
        lambda match: _is_no_link(match) or not match[0].endswith(")"),
    ),
    _Sign(
        "a link",
        pattern(rf"(?<!\\)\[(?P<words>[^\[\]]+)\]\s\((?P<address>(?:{_LINK}|www\.\S+))\)"),
        _link_hint,
    ),
    _Sign(
        "an HTML tag",
        pattern(_TAG, re.IGNORECASE),
        lambda match: f"take it out; {_STRESS}",
    ),
    _Sign(
        "an HTML entity",
        pattern(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|(?P<name>[A-Za-z][A-Za-z0-9]*));"),
        _sign_hint,
        lambda match: match["name"] is None or f"{match['name']};" in html.entities.html5,
    ),
    _Sign(
        "emphasis",
        pattern(r"(?<![\w@/.:_-])(_{1,2})(?![\s_])[^_]*[^\s_]\1(?![\w@/])|~~\S[^~]*~~|`[^`]+`"),
        lambda match: _STRESS,
    ),
    _Sign(
        "a list",
        pattern(r"^(?:[0-9]{1,2}[.)]|[-*+·•‣▪▫■●◦○\uf0a7\uf0b7])\s|^-(?=[^\W\d_])"),
        lambda match: _LIST,
    ),
    _Sign(
        "a heading",
        pattern(r"^#{1,6}\s"),
        lambda match: "a heading has a slot of its own, if the layout has one; take the # out",
    ),
)
