"""A project's materials to the rows of their list, each read again only when its file changed."""

from __future__ import annotations

from typing import Any

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError

COLUMNS = ("title", "layout", "language", "revised")


class PieceRows:
    """The rows, by the digests of their files."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known: dict[str, tuple[str, dict[str, Any]]] = {}

    def row(self, sources: Sources, name: str, path: str) -> dict[str, Any]:
        """Return the row of a material; where its file cannot be read, it says why."""
        digest, known = sources.digest(path), self._known.get(name)
        if known is None or digest is None or known[0] != digest:
            known = self._known[name] = (digest or "", _row(sources, name, path))
        return dict(known[1])


def _row(sources: Sources, name: str, path: str) -> dict[str, Any]:
    try:
        node = read_yaml(sources, path).mapping or {}
    except HrcpubError as error:
        return {"name": name, "title": name, "problem": error.problems[0].message}
    texts = {column: (node[column].text if column in node else None) or "" for column in COLUMNS}
    return {"name": name, **texts}
