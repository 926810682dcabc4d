"""Hours in a line of words to entries of `hours.FIELDS`: `Mon-Fri 9-5; Sat 10 am-noon`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hrcpub.project.words import Words

_TIME = re.compile(
    r"(?:[0-9]|noon|midday|midnight|mediod[ií]a|medianoche|closed|cerrado|by appointment)",
    re.IGNORECASE,
)
# Days, and behind them times up to the next word that is no part of a time.
_ENTRY = re.compile(
    rf"(?P<days>[^0-9;\n]+?)(?P<times>{_TIME.pattern}"
    r"(?:[0-9:.,\s–—&-]|(?<![a-z])(?:[ap]\.?\s?m\b\.?|h\b|hrs?\b|hours\b|horas\b|uhr\b|to\b|a\b|and\b"
    rf"(?=\s*[0-9n])|y\b(?=\s*[0-9])|only\b)|{_TIME.pattern})*)",
    re.IGNORECASE,
)
_ENDS = " \t,;:–—-"
_ALL_DAY = re.compile(r"24\s*(?:h|hrs?|hours|horas|/\s*7)\.?", re.IGNORECASE)


def hours_in(words: Words) -> Iterator[dict[str, Any]]:
    """Yield an entry for each run of days and times; none where anything is left of the text."""
    text, entries, end = words.text, [], 0
    for match in _ENTRY.finditer(text):
        if text[end : match.start()].strip(_ENDS):
            return
        entries.append(_entry(match, words))
        end = match.end()
    if not text[end:].strip(_ENDS + "."):
        yield from entries


def _entry(match: re.Match[str], words: Words) -> dict[str, Any]:
    days = replace(words, text=match["days"].strip(_ENDS))
    times = match["times"].strip(_ENDS)
    said = times.casefold()
    if said in ("closed", "cerrado"):
        return {"days": days, "closed": True}
    if said.startswith("by appointment"):
        return {"days": days, "by": "appointment"}
    if _ALL_DAY.fullmatch(times):
        ends = (replace(words, text=text) for text in ("0:00", "24:00"))
        return {"days": days, **dict(zip(("from", "to"), ends, strict=True))}
    return {"days": days, "from": replace(words, text=times)}
