"""A template's text to Python code, once for all commands of a user.

Why not a ParsedCache: that keeps a layout's templates together, and for one project. Compiling them
takes a tenth of a second, nearly all of it for those of the system, which all layouts share.
"""

from __future__ import annotations

import contextlib
from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache

from hrcpub.files import lasting

MOST_KEPT = 256  # templates: those of a project several times over


class CompiledTemplates(BytecodeCache):
    """The code of templates by their name, path and text, which nothing else goes into.

    It is kept in memory, and in the user's own cache folder (`lasting.py`): never in a project.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._kept: dict[tuple[str, str], CodeType] = {}  # oldest first

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template the code of its text, where that was compiled before."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))
        if bucket.code is None and (code := lasting.find(_name(bucket))):
            with contextlib.suppress(Exception):  # bytes that are no code raise anything
                bucket.bytecode_from_string(code)
            self._keep(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._keep(bucket)
        lasting.keep(_name(bucket), bucket.bytecode_to_string())

    def _keep(self, bucket: Bucket) -> None:
        while len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        if bucket.code:
            self._kept[bucket.key, bucket.checksum] = bucket.code


def _name(bucket: Bucket) -> str:
    return f"template {bucket.key} {bucket.checksum}"


COMPILED = CompiledTemplates()
