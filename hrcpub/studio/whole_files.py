"""A project's file as somebody edits its text: saved as a whole, mistakes and all.

What another program wrote meanwhile is not overwritten, as with any document of the studio.
"""

from __future__ import annotations

from hrcpub.studio.documents import ConflictError, OpenDocument, OpenDocuments


class WholeFiles(OpenDocuments):
    """The files of a project whose texts are open in an editor."""

    def save_text(self, path: str, base: str, text: str) -> OpenDocument:
        """Return a file with another text, made from the one with the digest `base`.

        Raises ConflictError where the file says something else by now, HrcpubError where it cannot
        be read or written. Then nothing is written.
        """
        now = self.open(path)
        if now.digest != base and now.text != text:
            raise ConflictError(now, ())
        return self._write(now, text, "")

    def _refuse_broken(self, text: str, path: str) -> None:
        """Take any text: who writes a layout is told its mistakes, and saves it all the same."""
