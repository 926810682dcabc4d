r"""An author's text to `Span`s: the small inline markup, and typographic quotes and dashes.

`*emphasis*`, `**strong**`, `[words](https://example.org)`, `[mot](lang:fr)` for a phrase in another
language, a `\` at a line's end for a line break, and `\*`, `\[` and `\]` for these signs
themselves. Addresses of the web and of mail become links as they stand. Everything else is text:
`<b>`, `&amp;`, `_`, and an asterisk inside a word. markdown-it-py reads the markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.patterns import pattern
from hrcpub.project.quotes import quoted_as

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

LINK_SCHEMES = ("https:", "http:", "mailto:", "tel:", "sms:")
WORD = 6  # characters of an English word with the space after it, on average
_LANGUAGE = pattern(r"lang:([a-z]{2,3}(?:-[a-z0-9]{2,8})*)", re.IGNORECASE)
_SPACES = pattern(r"[^\S\u00a0\u202f]+")
# Signs without width and glyph, which come with copied text: soft hyphens, word joiners, invisible
# operators, how an emoji is to look. U+200B stays in scripts without spaces, where authors may type
# it between words: a line may end there. Joiners stay where they shape letters (Persian, emoji),
# and marks of direction where something is written from right to left.
_UNSPACED = "\u0e01-\u109f\u1780-\u1aff\u3001-\u9fff\ua9e0-\uaa7f\uf900-\ufaff\uff00-\uffef"
_IS_UNSPACED = f"[{_UNSPACED}]"  # compiled when it is first asked for: in most builds never
_WITHOUT_WIDTH = pattern("[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufe0e\ufe0f\ufeff]")
# Those that do nothing where they stand. It takes long to compile, and few texts have any sign.
_NEEDLESS = pattern(
    "[\u00ad\u034f\u180e\u2060-\u2064\ufe0e\ufe0f\ufeff]"
    f"|(?<![{_UNSPACED}])\u200b(?![{_UNSPACED}])"
    "|(?<![^\u0000-\u058f])[\u200c\u200d]|[\u200c\u200d](?![^\u0000-\u058f])"
)
_DIRECTION = pattern("[\u061c\u200e\u200f]")
_RIGHT_TO_LEFT = pattern("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# Ligatures as characters, which come with text copied from PDFs: their letters are meant, and fonts
# have ligatures of their own. (A face that draws one as two letters would spoil copying.)
# Word's hyphen at which no line ends is a hyphen: fonts lack it, and no line ends at hyphens here.
_LIGATURES = {
    **dict(enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"), 0xFB00)),
    0x2011: "-",
}
_SIGNS = "*[\\"  # a text without them has no markup
# An address as people write it in running text. It has no quotation mark, no bracket but round
# ones, and no sign that the author's own markup needs.
_HOST = r"(?:https?://(?=\w)|www\.(?=[\w-]+\.\w))"
_MAIL = r"[\w.%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
_BARE = rf"(?<![\w@/.-])(?:{_HOST}[^\s<>\"'“”‘’\[\]\\^`{{|}}]+|{_MAIL})"
_ADDRESS = pattern(_BARE, re.IGNORECASE)
_LINK_OR_ADDRESS = pattern(rf"\]\((?:{'|'.join(LINK_SCHEMES)})[^\s)]*|{_BARE}", re.IGNORECASE)


class Span(NamedTuple):
    r"""Characters that share one style; `\\n` alone is a line break."""

    text: str
    emphasis: bool = False
    strong: bool = False
    link: str | None = None
    language: str | None = None  # where it is not the text's (BCP 47)


def one_line(text: str) -> str:
    r"""Return the words with single spaces; only a `\` at a line's end stays a break.

    Soft hyphens and characters without width, which come with text from web pages, are left out;
    ligatures become their letters.
    A no-break space (U+00A0, U+202F) does not count as white space: its author put it there.
    """
    if text.isascii():  # most texts: none of these signs is in them, and all white space is alike
        joined = " ".join(text.split())
    else:
        if _WITHOUT_WIDTH.search(text):
            text = _NEEDLESS.sub("", text)
        if _DIRECTION.search(text) and not _RIGHT_TO_LEFT.search(text):
            text = _DIRECTION.sub("", text)
        text = text.translate(_LIGATURES)
        lines = (_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
        joined = " ".join(line for line in lines if line)
    return joined if "\\ " not in joined else joined.replace("\\ ", "\\\n")


# A text is read for its limit, for the letters that no font has, and to be set: keep it that long.
@lru_cache(maxsize=4096)
def spans(text: str, language: str = "en") -> tuple[Span, ...]:
    """Return the spans of a text, its quotes and dashes set as `language` sets them."""
    if _may_have_address(text):
        text = _LINK_OR_ADDRESS.sub(_as_typed, text)
    text = typographic(text, language)
    marked = _marked(text) if any(sign in text for sign in _SIGNS) else [Span(text)]
    return tuple(part for span in _joined(marked) for part in _linked(span))


def _marked(text: str) -> Iterator[Span]:
    """Yield the spans of a text as its markup says."""
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
                yield Span("\n")
            case _:
                word = " " if token.type == "softbreak" else token.content
                yield Span(word, emphasis > 0, strong > 0, link, foreign)


def _joined(parts: Iterable[Span]) -> list[Span]:
    """Return the spans with those together that share one style; none is empty."""
    result: list[Span] = []
    for span in parts:
        is_break = "\n" in (span.text, result[-1].text if result else "")
        if result and result[-1][1:] == span[1:] and not is_break:
            result[-1] = span._replace(text=result[-1].text + span.text)
        elif span.text:
            result.append(span)
    return result


def _linked(span: Span) -> Iterator[Span]:
    """Yield the parts of a span, each address of the web or of mail with its link."""
    if span.link is not None or not _may_have_address(span.text):
        yield span
        return
    at = 0
    for match in _ADDRESS.finditer(span.text):
        address = _without_stops(match[0])
        start, end = match.start(), match.start() + len(address)
        if start > at:
            yield span._replace(text=span.text[at:start])
        yield span._replace(text=address, link=_target(address))
        at = end
    if at < len(span.text):
        yield span._replace(text=span.text[at:])


def _may_have_address(text: str) -> bool:
    """Return whether a text has a sign that each link and address has: most texts have none."""
    return "@" in text or ":" in text or "www." in text.lower()


def _without_stops(address: str) -> str:
    """Return an address without the signs after it that belong to its sentence, or a note."""
    while address[-1] in ".,;:!?…*~⁰¹²³⁴⁵⁶⁷⁸⁹" or (address[-1] == ")" and "(" not in address):
        address = address[:-1]
    return address


def _target(address: str) -> str:
    """Return where an address leads to."""
    is_web = address.lower().startswith(("http", "www.")) and "@" not in address.partition("/")[0]
    scheme = "" if "://" in address else "https://" if is_web else "mailto:"
    return str(_parser().normalizeLink(scheme + address))


def is_unspaced(text: str) -> bool:
    """Return whether a text has words of a script that sets no spaces between them."""
    return re.search(_IS_UNSPACED, text) is not None


def plain(text: str, language: str = "en") -> str:
    """Return what a reader sees: the text without its markup."""
    return "".join(" " if span.text == "\n" else span.text for span in spans(text, language))


def _as_typed(match: re.Match[str]) -> str:
    """Return an address in which nothing is taken for markup or for typographic quotes.

    In a link's address quotes are written as RFC 3986 §2.1 has them.
    """
    if match[0].startswith("]("):
        return match[0].replace("'", "%27").replace('"', "%22")
    address = _without_stops(match[0])
    return address.replace("*", "\\*") + match[0][len(address) :]


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("zero").enable(["emphasis", "link", "escape", "newline"])
    # Anything but these schemes stays the text that was typed: a link that runs a script, or that
    # points into somebody's disk, must not leave the house.
    parser.validateLink = _is_safe  # type: ignore[method-assign]
    for name, rule in {"emphasis": _emphasis, "link": _link, "escape": _escape}.items():
        parser.inline.ruler.at(name, rule)
    return parser


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Read asterisks, except within a word ("2*3*4"); `_` is a letter of names and addresses."""
    from markdown_it.rules_inline import emphasis

    if state.src[state.pos] != "*":
        return False
    count = state.scanDelims(state.pos, True).length
    before, after = state.src[: state.pos][-1:], state.src[state.pos + count :][:1]
    if not (_is_in_word(before) and _is_in_word(after)):
        return emphasis.tokenize(state, silent)
    if not silent:
        state.pending += "*" * count
    state.pos += count
    return True


def _is_in_word(character: str) -> bool:
    """Return whether a character is part of a word, in a script that sets spaces between words."""
    return (
        character.isalnum()
        and unicodedata.east_asian_width(character) not in "FW"
        and not re.match(_IS_UNSPACED, character)
    )


def _link(state: StateInline, silent: bool) -> bool:
    """Read `[words](address)`; with an empty address, a title or a picture's `!` it is text."""
    from markdown_it.rules_inline.link import link

    start = state.pos
    if state.src[start] != "[" or state.src[:start].endswith("!"):
        return False
    end = state.md.helpers.parseLinkLabel(state, start, True)
    is_link = link(state, True)
    address = state.src[end + 2 : state.pos - 1]
    state.pos = start
    return is_link and bool(re.fullmatch(r"[^\s<>]+", address)) and link(state, silent)


def _escape(state: StateInline, silent: bool) -> bool:
    """Read a backslash before a line's end or a sign of the markup; any other is text."""
    from markdown_it.rules_inline.escape import escape

    return state.src[state.pos + 1 : state.pos + 2] in _ESCAPED and escape(state, silent)


_ESCAPED = ("\n", "*", "[", "]", "\\")


def _is_safe(url: str) -> bool:
    return url.lower().startswith(LINK_SCHEMES) or _LANGUAGE.fullmatch(url) is not None


def typographic(text: str, language: str = "en") -> str:
    """Return the text with typographic quotes and dashes; only quotes and ` -- ` change.

    Those of English are set here, those of other languages by `quotes.py`.
    """
    text = text.replace(" -- ", "—")
    if language.partition("-")[0] != "en":
        return quoted_as(text, language)
    if not ('"' in text or "'" in text):
        return text
    text = _SHORTENED.sub("’", text)
    # A quote opens at a beginning, or after a space, a dash or an opening bracket, the signs of
    # emphasis apart; else it closes.
    text = re.sub(r"""((?:^|[\s([{—–/"“])[*_]*)'(?=\S)""", r"\1‘", text)
    text = re.sub(r"""((?:^|[\s([{—–/‘])[*_]*)"(?=\S)""", r"\1“", text)
    return text.replace("'", "’").replace('"', "”")


# Words and years that are cut short at their head. Those of the second row may be quoted too: they
# are, where the next quote in the text is one that closes.
_SHORTENED = pattern(
    r"""(?:^|(?<=[\s([{—–/"“*_]))'(?="""
    r"""(?:em|til|till|n|tis|twas|twill|cuz|coz|nuff|[0-9]0s)\b"""
    r"""|(?:cause|bout|round|neath|[0-9]{2})\b(?!(?:[^']|(?<=\w)'(?=\w))*[^\s([{]'(?!\w)))""",
    re.IGNORECASE,
)
