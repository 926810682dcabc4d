"""What goes to a worker as bytes: but for what it has already, whose identity alone is sent."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping

Foreseen = Mapping[int, object]  # by their identity, which a fork keeps


class _Packing(pickle.Pickler):
    def __init__(self, file: io.BytesIO, foreseen: Foreseen) -> None:
        super().__init__(file)
        self._foreseen = foreseen

    def persistent_id(self, thing: object) -> int | None:
        # Nothing else has the identity of one of them, as long as they are kept.
        return id(thing) if id(thing) in self._foreseen else None


class _Unpacking(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, foreseen: Foreseen) -> None:
        super().__init__(file)
        self._foreseen = foreseen

    def persistent_load(self, identity: int) -> object:
        return self._foreseen[identity]


def packed(thing: object, foreseen: Foreseen) -> bytes:
    """Return a thing as bytes, for a process that has what is foreseen."""
    if not foreseen:
        return pickle.dumps(thing)
    file = io.BytesIO()
    _Packing(file, foreseen).dump(thing)
    return file.getvalue()


def unpacked(data: bytes, foreseen: Foreseen) -> object:
    """Return the thing that `packed` took."""
    return _Unpacking(io.BytesIO(data), foreseen).load()
