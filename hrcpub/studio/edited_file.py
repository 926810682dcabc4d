"""One file of a project that is open in a window: its state, edits, undoing, versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem
from hrcpub.project.slot import Slot
from hrcpub.studio.documents import ConflictError, OpenDocument, OpenDocuments
from hrcpub.studio.edits import edit_of
from hrcpub.studio.notations import YAML, Notation
from hrcpub.studio.wording_changes import told_changes


class TypedPiece(NamedTuple):
    """A piece's file as it is typed, and the files `beside` it whose places have the same names."""

    path: str
    text: str
    notation: Notation = YAML
    beside: Mapping[str, str] = {}  # texts in YAML, by their paths

    def is_saved(self, sources: Sources) -> bool:
        """Return whether its file says the same."""
        try:
            return sources.recording().text(self.path) == self.text
        except HrcpubError:
            return False

    def problem_json(self, problem: Problem) -> dict[str, Any]:
        """Return a Problem's plain values, with the slot whose value stands at its place."""
        place, slot = problem.source, None
        if place and place.path and place.line:
            column = place.column or 1
            if place.path == self.path:
                slot = self.notation.slot_at(self.text, place.line, column)
            elif place.path in self.beside:
                slot = YAML.slot_at(self.beside[place.path], place.line, column)
        return problem.as_json() | {"slot": slot}


@dataclass(frozen=True)
class EditedFile:
    """A file, how it is written, and the slots that give the order of new names."""

    path: str
    documents: OpenDocuments
    slots: Mapping[str, Slot] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)
    of: str = ""  # a digest of what its places are named by, where that is in another file

    def open(self) -> OpenDocument:
        """Return it as it is now; raise HrcpubError where it cannot be read."""
        return self.documents.open(self.path)

    def state(self, document: OpenDocument | None = None) -> dict[str, Any]:
        """Return what a window must know of it after each change."""
        document = document or self.open()
        history = self.documents.history
        return {
            "path": self.path,
            "digest": document.digest,
            "of": self.of,
            "values": document.plain,
            "can_undo": history.before(self.path) is not None,
            "can_redo": history.after(self.path) is not None,
        }

    def save(
        self,
        base: str,
        edits: Sequence[Mapping[str, Any]],
        made: Sequence[Mapping[str, Any]] = (),
        of: str = "",
        unsure: int = 0,
    ) -> dict[str, Any]:
        """Return its state after edits on the text with the digest `base`, after those `made`.

        Raises ConflictError where others changed the same places; with none of them where places
        have other names by now than in the file that was `of`.
        """
        if of and of != self.of:
            raise ConflictError(self.open(), ())
        new, before = ([edit_of(one, self.slots) for one in some] for some in (edits, made))
        return self.state(self.documents.save(self.path, base, new, before, unsure))

    def draft(self, base: str, edits: Sequence[Mapping[str, Any]]) -> TypedPiece:
        """Return it as it would be after edits, which are not saved, of the text `base`.

        Raises KeyError where that text is not known any more.
        """
        made = [edit_of(edit, {}) for edit in edits]
        text = self.documents.drafted(self.path, base, made)
        return TypedPiece(self.path, text, self.documents.notation, self.beside)

    def undo(self) -> dict[str, Any]:
        """Return its state after the last change was undone."""
        return self.state(self.documents.undo(self.path))

    def redo(self) -> dict[str, Any]:
        """Return its state after the last undo was undone."""
        return self.state(self.documents.redo(self.path))

    def versions(self) -> list[dict[str, Any]]:
        """Return what was saved of it, the newest first."""
        history = self.documents.history
        now = history.now(self.path)
        return [
            {
                "id": version.id,
                "at": version.at.isoformat(),
                "by": version.by,
                "what": version.what,
                "is_now": now is not None and version.id == now.id,
            }
            for version in history.versions(self.path)
        ]

    def version(self, number: int) -> dict[str, Any]:
        """Return the text of a version, and what it changed in words.

        Raises KeyError where the file has no such version.
        """
        history = self.documents.history
        found = next((one for one in history.versions(self.path) if one.id == number), None)
        if found is None:
            raise KeyError(number)
        text = history.text(number)
        before = history.text(found.follows) if found.follows else None
        return {"text": text, "changes": self._changes(before, text)}

    def go_back(self, number: int) -> dict[str, Any]:
        """Return its state with the text of one of its versions."""
        return self.state(self.documents.go_back(self.path, number))

    def _changes(self, before: str | None, after: str) -> list[dict[str, Any]] | None:
        """Return the values that differ; None where one of the texts cannot be read."""
        if before is None:
            return None
        notation = self.documents.notation
        try:
            return told_changes(notation.plain(before), notation.plain(after))
        except (HrcpubError, ValueError):
            return None
