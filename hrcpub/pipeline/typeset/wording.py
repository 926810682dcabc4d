"""The parts of messages about words on pages: quotations, counts, places."""

from __future__ import annotations

from hrcpub.pipeline.setting import words_of
from hrcpub.pipeline.typeset.misplaced import Misplaced

SHOWN = 40  # characters of a text that a message quotes


def quoted(text: str) -> str:
    """Return a text's beginning, in whole words."""
    words = " ".join(text.replace("\u200b", "").split())
    if len(words) <= SHOWN:
        return words
    return (words[:SHOWN].rpartition(" ")[0] or words[:SHOWN]) + "…"


def counted(count: int, noun: str) -> str:
    """Return "1 line", "2 lines"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def line_count(wrong: Misplaced) -> int:
    """Return how many lines its texts stand in."""
    return len({id(text.line) for text in wrong.texts})


def word_count(wrong: Misplaced) -> int:
    """Return how many words its texts have; at least one."""
    return max(1, sum(len(words_of(text.text)) for text in wrong.texts))


def place_name(wrong: Misplaced) -> str:
    """Return what the place is called that its texts do not fit."""
    panel = (wrong.area and wrong.area.panel) or wrong.texts[0].area.panel
    return f'the panel "{panel}"' if panel else "its place"


def beginning(wrong: Misplaced, name: str) -> str:
    """Return with which words it begins; nothing where those are all that is known of the text."""
    line = wrong.texts[0].line
    words = f"«{quoted(' '.join(t.text for t in wrong.texts if t.line is line))}»"
    return "" if words == name else f", from {words}"
