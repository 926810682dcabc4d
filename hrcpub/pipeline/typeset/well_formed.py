"""HTML in which every element is closed, to the tree that the parser of HTML makes of it.

A parser of HTML makes a tree of anything: it looks at a text letter by letter, and asks at each tag
what it may have to mend. Templates close what they open, so nearly all that is composed needs few
of its rules. These are here, and a tag is taken at a time. As soon as another rule may be wanted,
the text is the parser's: what is broken is mended, and told, as ever. The rules are those of HTML
for "the rules for parsing tokens", WHATWG HTML 13.2.6, as tinyhtml5 2.1 has them.
"""

from __future__ import annotations

import re
from html.entities import html5
from xml.etree.ElementTree import Element, TreeBuilder

from hrcpub.patterns import pattern


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A paragraph that is open ends before these.
_BLOCKS = _names(
    """address article aside blockquote center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5
    h6 header hr li main nav ol p section table ul"""
)
_SPANS = _names("abbr bdo cite data del dfn ins kbd mark q samp span sub sup time var")
# What crosses another element is opened again after it: the parser keeps a list of these.
_FORMATTING = _names("a b code em i s small strong u")
_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_VOID = _names("br col hr img link meta wbr")
_FLOW = (_BLOCKS - _names("li dt dd")) | _SPANS | _FORMATTING | _names("br img svg wbr")

# What may stand in an element, where that is not `_FLOW`.
_WITHIN = {
    "html": _names("body"),
    "head": _names("link meta title"),
    "title": frozenset[str](),
    **dict.fromkeys(_HEADINGS, _FLOW - _HEADINGS),
    **dict.fromkeys(("ol", "ul"), _FLOW | {"li"}),
    "dl": _FLOW | {"dt", "dd"},
    "table": _names("colgroup tbody tfoot thead"),
    "colgroup": _names("col"),
    **dict.fromkeys(("tbody", "tfoot", "thead"), _names("tr")),
    "tr": _names("td th"),
}
# Here words would be put elsewhere.
_WITHOUT_WORDS = _names("html head table colgroup tbody tfoot thead tr")

# Names of SVG that stay as they are written: of others the parser knows how they are to be.
_SHAPES = _names("circle clipPath defs ellipse g line path polygon polyline rect svg text title")
_OF_SHAPES = _names(
    """aria-hidden aria-label class clip-path clip-rule cx cy d fill fill-opacity fill-rule
    font-family font-size font-weight height id lang opacity points r role rx ry stroke
    stroke-dasharray stroke-linecap stroke-linejoin stroke-opacity stroke-width style text-anchor
    transform viewBox width x x1 x2 xmlns y y1 y2"""
)
_SVG = "{http://www.w3.org/2000/svg}"
_XMLNS = "{http://www.w3.org/2000/xmlns/}xmlns"

_NAME = "[A-Za-z][A-Za-z0-9-]*"
_VALUE = r'=(?:"[^"]*"|[A-Za-z0-9-]+(?=[ \n>]|\Z))'
_ATTRIBUTES = rf"((?:[ \n]+{_NAME}(?:{_VALUE})?)*)"
_ATTRIBUTE = pattern(rf"({_NAME})({_VALUE})?")
_BEGIN = pattern(rf"[ \n]*<!doctype html>[ \n]*<html{_ATTRIBUTES}>[ \n]*<head>", re.IGNORECASE)
_TAG = pattern(rf"([^<]*)<(/?)([A-Za-z][A-Za-z0-9]*){_ATTRIBUTES}[ \n]*(/?)>")
_END = pattern(r"([ \n]*)</html>([ \n]*)")
_REFERENCE = pattern(r"&(?:#([0-9]{2,4})|([A-Za-z][A-Za-z0-9]*));")
# Signs that the parser tells of, makes others of, or counts as white space.
_ODD = pattern("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe-\U0010ffff]")
_SPACE = " \t\n"


class _UnknownRuleError(Exception):
    """What comes may be told by a rule that is not known here."""


def tree_of(text: str) -> Element | None:
    """Return the root of a document's tree, with HTML in no namespace; None: it is the parser's.

    It is the parser's own tree, node for node, and the parser would have mended nothing.
    """
    begin = _BEGIN.match(text)
    if begin is None or _ODD.search(text):
        return None
    try:
        return _Tree(begin[1]).grown(text, begin.end())
    except _UnknownRuleError:
        return None


class _Tree:
    """A document's tree from its head on, which grows by tags."""

    def __init__(self, attributes: str) -> None:
        """Begin a document and its head; `attributes` are those of `<html>`."""
        self._builder = TreeBuilder()
        self._builder.start("html", _named(attributes))
        self._builder.start("head", {})
        self._open = ["html", "head"]  # the innermost last
        self._shapes = 0  # how many of these are SVG's

    def grown(self, text: str, at: int) -> Element:
        """Return the whole tree of a text whose head begins at a place."""
        while tag := _TAG.match(text, at):
            words, closing, name, attributes, slash = tag.groups()
            at = tag.end()
            if words:
                self._say(words)
            if not closing:
                self._begin(name, attributes, is_closed=bool(slash))
            elif attributes or slash or name != self._open[-1] or name == "html":
                break
            elif name == "body":
                return self._ended(text, at)
            else:
                self._finish(name)
        raise _UnknownRuleError

    def _say(self, words: str) -> None:
        if self._open[-1] in _WITHOUT_WORDS and words.strip(_SPACE):
            raise _UnknownRuleError
        self._builder.data(_read(words))

    def _begin(self, name: str, attributes: str, *, is_closed: bool) -> None:
        """Begin an element, which ends at once where it is void or closed."""
        if self._shapes:
            self._draw(name, attributes, is_closed=is_closed)
        elif name not in _WITHIN.get(self._open[-1], _FLOW):
            raise _UnknownRuleError
        elif name == "svg":
            self._draw(name, attributes, is_closed=is_closed)
        elif (
            (name in _BLOCKS and "p" in self._open)
            or (name in _FORMATTING and name in self._open)
            or (is_closed and name not in _VOID)
        ):
            raise _UnknownRuleError
        else:
            self._builder.start(name, _named(attributes))
            if name in _VOID:
                self._builder.end(name)
            else:
                self._open.append(name)

    def _draw(self, name: str, attributes: str, *, is_closed: bool) -> None:
        """Begin an element of SVG; its `<title>` has words alone."""
        named = _named(attributes, _OF_SHAPES)
        if name not in _SHAPES or self._open[-1] == "title":
            raise _UnknownRuleError
        if "xmlns" in named:
            named = {_XMLNS if key == "xmlns" else key: value for key, value in named.items()}
        self._builder.start(_SVG + name, named)
        self._open.append(name)
        self._shapes += 1
        if is_closed:
            self._finish(name)

    def _finish(self, name: str) -> None:
        self._open.pop()
        if self._shapes:
            self._shapes -= 1
            name = _SVG + name
        self._builder.end(name)

    def _ended(self, text: str, at: int) -> Element:
        """Return the tree; the white space behind the body is its last text."""
        end = _END.fullmatch(text, at)
        if end is None:
            raise _UnknownRuleError
        if space := end[1] + end[2]:
            self._builder.data(space)
        self._builder.end("body")
        self._builder.end("html")
        return self._builder.close()


def _named(attributes: str, known: frozenset[str] | None = None) -> dict[str, str]:
    """Return attributes by their names: those that are `known`, else all in small letters."""
    if not attributes:
        return {}
    found = _ATTRIBUTE.findall(attributes)
    named = {name: _read(value[1:].strip('"')) for name, value in found}
    are_known = known >= named.keys() if known else all(map(str.islower, named))
    if not are_known or len(named) < len(found):
        raise _UnknownRuleError
    return named


def _read(text: str) -> str:
    """Return a text with the letters that its references stand for."""
    if "&" not in text:
        return text
    read, count = _REFERENCE.subn(_letter, text)
    if count < text.count("&"):
        raise _UnknownRuleError
    return read


def _letter(reference: re.Match[str]) -> str:
    number, name = reference.groups()
    if number:
        letter = chr(int(number))
        if _ODD.match(letter):
            raise _UnknownRuleError
        return letter
    try:
        return html5[f"{name};"]
    except KeyError:
        raise _UnknownRuleError from None
