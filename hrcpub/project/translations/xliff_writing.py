"""Catalogs to one file of XLIFF 2.0 (OASIS), as agencies of translators ask for them.

Each message is a unit with its slot for a name; what a translator must know of its place is a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from hrcpub.project.translations.catalog import Catalog, Message
from hrcpub.project.translations.xliff_codes import coded, numbers_of

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
FUZZY_STATE = "hrcpub:fuzzy"  # a state of ours under `initial`: there are words, to be looked over


def xliff(catalogs: Sequence[tuple[str, Catalog]], source: str, target: str) -> str:
    """Return the text of a file with catalogs, each under a name; the languages are tags."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    languages = f"srcLang={quoteattr(source)} trgLang={quoteattr(target)}"
    lines.append(f'<xliff xmlns="{NAMESPACE}" version="2.0" {languages}>')
    for name, catalog in catalogs:
        lines.append(f'  <file id={quoteattr(name)} xml:space="preserve">')
        for message in catalog.messages:
            if not message.is_obsolete:
                lines += _unit(message, is_reviewed=bool(catalog.header.get("X-Reviewed-By")))
        lines.append("  </file>")
    lines.append("</xliff>")
    return "\n".join(lines) + "\n"


def _unit(message: Message, *, is_reviewed: bool) -> Iterator[str]:
    slot = quoteattr(message.slot)
    yield f"    <unit id={slot} name={slot}>"
    notes = [("place", line) for line in message.told] + [("translator", n) for n in message.notes]
    if notes:
        yield "      <notes>"
        for category, text in notes:
            yield f'        <note category="{category}">{escape(text)}</note>'
        yield "      </notes>"
    signs = [code for code in coded(message.source) if code.number]
    if signs:
        yield "      <originalData>"
        yield from (f'        <data id="d{n}">{escape(text)}</data>' for n, text in signs)
        yield "      </originalData>"
    yield f"      <segment{_state(message, is_reviewed=is_reviewed)}>"
    yield f"        <source>{_inline(message.source, message.source)}</source>"
    if message.words.strip():
        yield f"        <target>{_inline(message.words, message.source)}</target>"
    yield "      </segment>"
    yield "    </unit>"


def _state(message: Message, *, is_reviewed: bool) -> str:
    if not message.words.strip():
        return ' state="initial"'
    if message.is_fuzzy:
        return f' state="initial" subState="{FUZZY_STATE}"'
    return f' state="{"reviewed" if is_reviewed else "translated"}"'


def _inline(text: str, source: str) -> str:
    """Return a text with codes in place of its signs; signs that its source lacks stay text."""
    numbers = numbers_of(source)
    parts = []
    for code in coded(text):
        known = numbers.get(code.text) if code.number else None
        if known:
            number, shown = known.pop(0), quoteattr(code.text.strip() or code.text)
            parts.append(f'<ph id="{number}" dataRef="d{number}" disp={shown}/>')
        else:
            parts.append(escape(code.text))
    return "".join(parts)
