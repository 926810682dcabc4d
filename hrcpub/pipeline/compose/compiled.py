"""A template's text to Python code, once for a process: all layouts share most of their templates.

Why not a ParsedCache: that keeps a layout's templates together, and for one project. Compiling them
takes a tenth of a second, nearly all of it for those of the system.
"""

from __future__ import annotations

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache

MOST_KEPT = 256  # templates: those of a project several times over


class CompiledTemplates(BytecodeCache):
    """The code of templates by their name, path and text, which nothing else goes into.

    Nothing is read or written: code is kept in memory alone.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[tuple[str, str], CodeType] = {}  # oldest first

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template the code of its text, where that was compiled before."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        if bucket.code:
            self._kept[bucket.key, bucket.checksum] = bucket.code


COMPILED = CompiledTemplates()
