"""A piece whose pages cannot be drawn to what its words say otherwise than before.

Words are read from the files alone, so that somebody who compares sees them while a mistake in the
piece, now or then, stops its pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrcpub.build.revisions import file_at
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.approval import read_approval
from hrcpub.studio.notations import YAML
from hrcpub.studio.wording_changes import SAME, told_changes


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


def _since_approved(sources: Sources, piece: str, now: object) -> list[dict[str, Any]]:
    """Return what changed of the words that the record has."""
    approval = read_approval(sources, piece)
    if approval is None:
        raise ValueError(piece)
    words = now.get("words", {}) if isinstance(now, Mapping) else {}
    then = {slot: text for slot, text in approval.words.items() if slot.startswith("words.")}
    # A record has what is printed: no file of a picture, and addresses as they are read.
    known = {slot for slot in then if not slot.endswith(".url")}
    changes = told_changes(then, {"words": words})
    return [one for one in changes if one["slot"] in known]
