"""Hours in a line of words to entries of `hours.FIELDS`: `Mon-Fri 9-5; Sat 10 am-noon`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from hrcpub.patterns import pattern
from hrcpub.project.words import Words

_CLOSED = (
    "closed", "cerrado", "fermé", "geschlossen", "fèmen", "đóng cửa", "nghỉ", "закрыто", "مغلق",
    "休息", "关闭", "បិទ", "ዝግ",
)  # fmt: skip
_ASKED = (
    "by appointment", "con cita", "con cita previa", "sur rendez-vous", "nach vereinbarung",
    "sou randevou", "theo hẹn", "по записи", "بموعد", "预约",
)  # fmt: skip
_NAMED = (
    "noon", "midday", "midnight", "mediod[ií]a", "medianoche", "midi", "minuit", "minwi", "mittag",
    "上午", "下午", "早上", "中午", "晚上", "오전", "오후",
)  # fmt: skip
_TIME = pattern(
    rf"(?:(?<!\bT)(?<!\bThứ )\d|{'|'.join((*_NAMED, *_CLOSED, *_ASKED))})", re.IGNORECASE
)
# What may stand behind a time, or between two, with an end of a word behind it; and without.
_WORDS = (
    r"[ap]\.?\s?m\b\.?|h\b|hrs?\b|hours\b|horas\b|heures?\b|uhr\b|to\b|a\b|à\b|às\b|bis\b|rive\b"
    r"|and\b(?=\s*[0-9n])|y\b(?=\s*[0-9])|et\b(?=\s*[0-9])|und\b(?=\s*[0-9])|only\b|giờ\b|đến\b"
    r"|sáng\b|chiều\b|tối\b|trưa\b|è\b|(?:nan\s|di\s?)?(?:maten|aprèmidi|apremidi|aswè|swa)\b"
    r"|de la (?:mañana|tarde|noche)\b|du (?:matin|soir)\b"
    r"|sou\b(?=\s*24)|stunden\b|小时|до\b|час(?:а|ов)?\b|утра\b"
    r"|дня\b|вечера\b|ص|م\b|صباح\w*|مساء\w*|إلى\b|[点點时時半分至到시분반]"
)
# Days, and behind them times up to the next word that is no part of a time. In Vietnamese days
# are numbers: T2, thứ 2.
_ENTRY = pattern(
    r"(?P<days>(?:[^\d;；\n]|(?<=\bT)[2-7]|(?<=\bThứ )[2-7])+?)"
    rf"(?P<times>{_TIME.pattern}(?:[\d:.,\s–—&-]|(?<![a-z])(?:{_WORDS})|{_TIME.pattern})*)",
    re.IGNORECASE,
)
# Behind days, before their times: "lunes a viernes de 9 a 17 h".
_FROM = pattern(r"\s(?:from|de|von|des|từ|с|من|nan|soti|a las|à)$", re.IGNORECASE)
_ENDS = " \t,;:–—-،；，、。"
_ALL_DAY = pattern(
    r"24\s*(?:h|hrs?|hours|horas|heures|stunden|giờ|小时|часа|sou 24|/\s*7)\.?", re.IGNORECASE
)


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
    days = replace(words, text=_FROM.sub("", match["days"].strip(_ENDS)))
    times = match["times"].strip(_ENDS)
    said = times.casefold()
    if said in _CLOSED:
        return {"days": days, "closed": True}
    if said.startswith(_ASKED):
        return {"days": days, "by": "appointment"}
    if _ALL_DAY.fullmatch(times):
        ends = (replace(words, text=text) for text in ("0:00", "24:00"))
        return {"days": days, **dict(zip(("from", "to"), ends, strict=True))}
    return {"days": days, "from": replace(words, text=times)}
