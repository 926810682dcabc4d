"""Hours as somebody typed them into a table, to the same with the dashes of print."""

from __future__ import annotations

from hrcpub.patterns import pattern

_UNIT = r"(?: ?(?:[ap]\.?m\.?|h|Uhr)(?!\w))?"
_WORDS = "noon|midnight"
_DAY = r"[A-ZÀ-Ý][a-zà-ÿ]{1,2}\.?"
# Between two times ("9 am-5 pm", "noon-8"), and between two short days ("Mon-Sat", "Lun-Vie").
_TIMES = pattern(
    rf"(\b\d{{1,2}}(?:[:.]\d\d)?{_UNIT}|\b(?:{_WORDS})) ?[-–—] ?"
    rf"(?=\d{{1,2}}(?:[:.]\d\d)?(?!\d)|(?:{_WORDS})\b)"
)
_DAYS = pattern(rf"(\b{_DAY}) ?[-–—] ?(?={_DAY}(?!\w))")


def dashed(typed: str) -> str:
    """Return hours with an en dash between times and between days; a hyphen in a word stays one."""
    return _DAYS.sub(r"\1–", _TIMES.sub(r"\1–", typed))
