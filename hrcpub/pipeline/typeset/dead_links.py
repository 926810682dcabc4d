"""Links of the composed HTML to those that open nothing from a PDF, wherever that is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hrcpub.files.sources import Sources
from hrcpub.patterns import pattern
from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset.template_places import places
from hrcpub.problems import Problem, Source

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HOST = r"(?:[^\s/?#@.]+\.)+[^\s/?#@.:\d][^\s/?#@.:]+|localhost|\[[\da-f:.]+\]|\d+(?:\.\d+){3}"
# By scheme: what has to come behind it. What other schemes need is theirs.
_RIGHT = {
    "http": pattern(rf"//(?:{_HOST})\.?(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE),
    "tel": pattern(r"\+?[\d().*#-]*\d[\d().*#-]*(?:;[\w=+.-]+)*"),
    "sms": pattern(r"\+?[\d().-]*\d[\d().-]*(?:,\+?\d+)*(?:[;?]\S*)?"),
    "mailto": pattern(r"[^\s@?]+@[^\s@?.]+\.[^\s@?]+(?:\?\S*)?|\?\S+"),
}
_RIGHT["https"] = _RIGHT["http"]
_OTHERS = frozenset(("geo", "whatsapp", "sgnl", "signal", "tg", "facetime", "webcal", "matrix"))
_SCHEME = pattern(r"([a-z][a-z\d+.-]*):(.*)", re.IGNORECASE | re.DOTALL)


def dead_links(root: Element, html: Html, sources: Sources) -> list[Problem]:
    """Return a Problem for each address of a link that opens nothing."""
    links = {
        link.attrib["href"]: "".join(link.itertext())
        for link in root.iter("a")
        if "href" in link.attrib
    }
    return [
        link_dead(address, place)
        for address, words in links.items()
        # An address of the web that is typed as it stands may be one of a network's own.
        if not (_opens(address.strip()) or (words == address and address.startswith("http")))
        for place in _places(address, words, html, sources)
    ]


def _places(address: str, words: str, html: Html, sources: Sources) -> list[Source]:
    """Return where an address is written: in a template, else in the author's text with its words.

    Only the template, where neither has it: Jinja put it together.
    """
    found = places("a", "href", html, sources, value=address)
    if found[0].line is None and words.strip():
        authors = [text.source for text in html.words if words in text.text]
        return authors[:1] or found
    return found


def _opens(address: str) -> bool:
    """Return whether an address names something; one in the document WeasyPrint looks for."""
    if address.startswith("#"):
        return len(address) > 1
    match = _SCHEME.fullmatch(address)
    if match is None:
        return False
    scheme = match[1].lower()
    right = _RIGHT.get(scheme)
    return scheme in _OTHERS if right is None else right.fullmatch(match[2]) is not None


def link_dead(address: str, place: Source) -> Problem:
    """A link opens nothing, from a PDF on anybody's telephone.

    Fix: write the whole address: `https://example.org`, `mailto:help@example.org`,
    `tel:+12122136376`, `tel:988`, `sms:741741`, or `#name` for a place in the piece. A PDF has no
    site that the rest of an address could belong to. Take out `<a>` where there is nothing to open.
    """
    return Problem(
        "link-dead",
        f'this link opens nothing: "{address}"',
        place,
        "write the whole address, as in https://example.org, mailto:…, tel:+12122136376",
    )


CODES = {"link-dead": link_dead}
