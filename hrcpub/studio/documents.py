"""A project's file as somebody has it open: read, changed, saved, undone.

Nothing that another program wrote meanwhile is overwritten. An edit is made on what the file says
now, if the place that it changes still says what its author saw; else it is a `Conflict`.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import NamedTuple

from hrcpub.files.cache import write_whole
from hrcpub.files.sources import Sources
from hrcpub.files.yaml_edits import Edit, changed
from hrcpub.files.yaml_spans import Plain
from hrcpub.problems import HrcpubError, Problem
from hrcpub.studio.conflicts import Conflict, conflict, judged, saved, slot_of
from hrcpub.studio.history import History, Version
from hrcpub.studio.notations import YAML, Notation

BY_STUDIO, BY_OTHERS = "studio", "another program"


class OpenDocument(NamedTuple):
    """A file as it is on the disk. `digest` is its SHA-256: what an edit is made against."""

    path: str
    text: str
    digest: str
    notation: Notation = YAML

    @property
    def plain(self) -> Plain:
        """Its values; all of them are texts."""
        return self.notation.plain(self.text)


class ConflictError(Exception):
    """Edits that were not saved, since their places were changed by others. Nothing was written.

    The first `saved` of them were saved before; conflicts are numbered from the next one.
    """

    def __init__(
        self, document: OpenDocument, conflicts: Sequence[Conflict], saved: int = 0
    ) -> None:
        """Take the file as it is now, and the places."""
        super().__init__(document, conflicts, saved)
        self.document = document
        self.conflicts = tuple(conflicts)
        self.saved = saved


class OpenDocuments:
    """The files of a project that are open, all of one notation."""

    def __init__(self, sources: Sources, history: History, notation: Notation = YAML) -> None:
        """Take the project's files, and the history that saves go into."""
        self.sources = sources
        self.history = history
        self.notation = notation

    def open(self, path: str) -> OpenDocument:
        """Return a file as it is now; raise HrcpubError where it cannot be read.

        What another program made of it since it was last seen becomes a version of its history.
        """
        document = self._read(path)
        self.history.keep(path, document.text, BY_OTHERS, "")
        return document

    def save(
        self,
        path: str,
        base: str,
        edits: Sequence[Edit],
        made: Sequence[Edit] = (),
        unsure: int = 0,
    ) -> OpenDocument:
        """Return a file after edits that were made on the text whose digest is `base`.

        Where they were made on what that text says after the edits `made`, those are saved already.
        The first `unsure` of them may be: the answer to their save was lost.
        Raises ConflictError where others changed the same places, LookupError for an edit of what
        is not there, HrcpubError where the file cannot be read or written. Then nothing is written.
        """
        now = self.open(path)
        if now.digest != base or made:
            edits = self._to_do(now, base, made, edits, unsure)
        text = self.notation.edited(now.text, edits)
        self._refuse_broken(text, path)
        return self._write(now, text, ", ".join(dict.fromkeys(map(slot_of, edits))))

    def drafted(self, path: str, base: str, edits: Sequence[Edit]) -> str:
        """Return the text with the digest `base` after edits that are not saved.

        Raises KeyError where nothing is known of such a text.
        """
        now = self._read(path)
        text = now.text if now.digest == base else self._seen_text(path, base)
        if text is None:
            raise KeyError(base)
        return self.notation.edited(text, edits)

    def undo(self, path: str) -> OpenDocument:
        """Return a file as it was before its last change; the same where there is none.

        Raises HrcpubError where that change was made by another program: it may be somebody's work.
        """
        now = self.open(path)
        at = self.history.now(path)
        if at and at.follows and at.by == BY_OTHERS:
            raise HrcpubError(changed_outside(path))
        return self._go(now, self.history.before(path))

    def redo(self, path: str) -> OpenDocument:
        """Return a file as it was before the last undo; the same where there was none."""
        now = self.open(path)
        return self._go(now, self.history.after(path))

    def go_back(self, path: str, number: int) -> OpenDocument:
        """Return a file with the text of one of its versions: a change of its own, to be undone.

        Raises KeyError where the file has no such version.
        """
        now = self.open(path)
        if not self.history.has(path, number):
            raise KeyError(number)
        text = self.history.text(number)
        return self._write(now, text, f"version {number}") if text != now.text else now

    def _go(self, now: OpenDocument, to: Version | None) -> OpenDocument:
        if to is None:
            return now
        made = self._stored(now, self.history.text(to.id))
        self.history.go(now.path, to)
        return made

    def _write(self, now: OpenDocument, text: str, what: str) -> OpenDocument:
        if text == now.text:
            return now
        made = self._stored(now, text)
        self.history.keep(now.path, text, BY_STUDIO, what)
        return made

    def _read(self, path: str) -> OpenDocument:
        text = self.sources.text(path)
        self._refuse_broken(text, path)
        return OpenDocument(path, text, self.sources.reads.files[path] or "", self.notation)

    def _stored(self, now: OpenDocument, text: str) -> OpenDocument:
        """Write a text in the place of a file, whole, if it still is what was read of it."""
        file = Path(self.sources.root, now.path)
        has_mark = file.read_bytes().startswith(codecs.BOM_UTF8)
        data = (codecs.BOM_UTF8 if has_mark else b"") + text.encode()
        if self.sources.digest(now.path) != now.digest:  # a moment ago
            raise ConflictError(self._read(now.path), ())
        try:
            write_whole(file, data)
        except OSError as error:
            raise HrcpubError(not_saved(now.path, error.strerror or str(error))) from None
        return OpenDocument(now.path, text, hashlib.sha256(data).hexdigest(), self.notation)

    def _refuse_broken(self, text: str, path: str) -> None:
        """Raise HrcpubError for a text that the project's reader would not take."""
        if mistakes := self.notation.mistakes(text, path):
            raise HrcpubError(*mistakes)

    def _to_do(
        self,
        now: OpenDocument,
        base: str,
        made: Sequence[Edit],
        edits: Sequence[Edit],
        unsure: int,
    ) -> list[Edit]:
        """Return those of the edits that are to do on what the file says now.

        Raises ConflictError where others changed their places.
        """
        seen = self._seen(now.path, base, made)
        if seen is None:  # from before this history began: nothing says what was seen
            clashes = [conflict(at, edit, None, now.plain) for at, edit in enumerate(edits)]
            raise ConflictError(now, clashes)
        count = saved(seen, [now.plain], edits)
        if unsure and not count:
            count = saved(seen, self._since(now.path, base), edits[:unsure])
        seen = reduce(changed, edits[:count], seen)
        left, conflicts = judged(seen, now.plain, edits[count:])
        if conflicts:
            raise ConflictError(now, conflicts, count)
        return left

    def _since(self, path: str, base: str) -> Iterator[Plain]:
        """Yield the values of the versions that came after a text, the newest first."""
        for version in self.history.versions(path):
            text = self.history.text(version.id)
            if base in _digests(text):
                return
            yield self.notation.plain(text)

    def _seen(self, path: str, base: str, made: Sequence[Edit]) -> Plain | None:
        """Return the values that an edit was made on."""
        text = self._seen_text(path, base)
        return None if text is None else self.notation.plain(self.notation.edited(text, made))

    def _seen_text(self, path: str, digest: str) -> str | None:
        texts = (self.history.text(version.id) for version in self.history.versions(path))
        return next((text for text in texts if digest in _digests(text)), None)


def _digests(text: str) -> tuple[str, str]:
    """Return the digests of the files that have a text: without a byte order mark, and with it."""
    data = text.encode()
    return hashlib.sha256(data).hexdigest(), hashlib.sha256(codecs.BOM_UTF8 + data).hexdigest()


def changed_outside(path: str) -> Problem:
    """The last change of a file was not made in the studio, so the studio does not undo it.

    Fix: if it was a mistake, choose the version that you want in the list of versions.
    """
    return Problem(
        "changed-outside",
        f"the last change of {path} was made by another program",
        None,
        "to go back all the same, choose a version in the list of versions",
    )


def not_saved(path: str, reason: str) -> Problem:
    """A file could not be written, so what was typed is not saved. The file is as it was.

    Fix: make room on the disk, or allow writing in the project's folder; then save again.
    """
    return Problem(
        "not-saved",
        f"{path} could not be saved: {reason}",
        None,
        "the file is as it was; make room, or allow writing there, and save again",
    )


CODES = {
    "changed-outside": changed_outside,
    "not-saved": not_saved,
}
