"""A piece whose pages cannot be drawn to what its words say otherwise than before.

Words are read from the files alone, so that somebody who compares sees them while a mistake in the
piece, now or then, stops its pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from hrcpub.build.revisions import file_at
from hrcpub.files.sources import Sources
from hrcpub.files.yaml_spans import Plain
from hrcpub.problems import HrcpubError
from hrcpub.project.approval import read_approval
from hrcpub.project.typed_places import without_marks
from hrcpub.studio.notations import YAML
from hrcpub.studio.wording_changes import SAME, texts_in, told_changes


def changed_words(
    sources: Sources, piece: str, path: str, how: str, earlier: str
) -> list[dict[str, Any]] | None:
    """Return what changed of a piece's words, by slot; None where one side is not known.

    `how` is approved, version (`earlier` is its text) or revision (`earlier` is its name): a built
    file has its words on its pages alone.
    """
    try:
        now = YAML.plain(sources.text(path))
        match how:
            case "version":
                changes = told_changes(YAML.plain(earlier), now)
            case "revision":
                changes = told_changes(YAML.plain(file_at(sources.root, earlier, path)), now)
            case "approved":
                changes = _since_approved(sources, piece, now)
            case _:
                return None
    except (HrcpubError, ValueError, RecursionError):  # or lists in lists, too deep
        return None
    return [one for one in changes if any(kind != SAME for kind, _ in one["parts"])]


def _since_approved(sources: Sources, piece: str, now: Plain) -> list[dict[str, Any]]:
    """Return what changed of the words that the record has."""
    approval = read_approval(sources, piece)
    if approval is None:
        raise ValueError(piece)
    return words_since(approval.words, now)


def words_since(approved: Mapping[str, str], now: Plain) -> list[dict[str, Any]]:
    """Return what changed of words since they were approved.

    A record has what is printed: no sources, no file of a picture, addresses as they are read, and
    the lines of a table in place of its name.
    """
    typed = now.get("words", {}) if isinstance(now, dict) else {}
    words = {slot: without_marks(text) for slot, text in texts_in({"words": typed})}
    then = {
        slot: text
        for slot, text in approved.items()
        if slot.startswith("words.") and not words.keys() & _around(slot)
    }
    kinds = {_kind(slot) for slot in then if not slot.endswith(".url")}
    return [
        one
        for one in told_changes(then, words)
        if _kind(slot := one["slot"]) in kinds
        and _unnumbered(then.get(slot, "")) != _unnumbered(words.get(slot, ""))
    ]


def _around(slot: str) -> set[str]:
    """Return the slots that a slot is in: `words.sites`, `words.sites.1` of `words.sites.1.tel`."""
    steps = slot.split(".")
    return {".".join(steps[:end]) for end in range(2, len(steps))}


def _kind(slot: str) -> str:
    """Return a slot without numbers: what entries of a list have in common."""
    return re.sub(r"\.\d+", "", slot)


def _unnumbered(text: str) -> str:
    """Return a text without the small numbers of sources, which it has in a record alone."""
    return re.sub("\u00a0?[⁰¹²³⁴⁵⁶⁷⁸⁹]+", "", text)
