"""Content streams to operations, by pieces that were cut before.

The editions of a piece, its copies for other places and its next build have most of their content
in common: the words of a column, a printer's marks, a foot. So a stream is divided where a text
begins or ends, and what each piece consists of is kept.

A piece is known by its bytes alone, and only its operations are kept: what they do is found out
anew on each page, in the state and with the resources that are there. It is kept only where it is
cut in the same way by itself and in its stream, whatever comes behind it: where nothing in it is
broken or left open, and where no picture is in it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from hrcpub.pipeline.preflight.page.bounded import ODD
from hrcpub.pipeline.preflight.page.content import Operation, operations

# White space is on both sides, so that nothing on one side is a part of what is on the other.
_BEGIN, _END = b"\nBT\n", b"\nET\n"
_BEGINS: Operation = (b"BT", [])
_ENDS: Operation = (b"ET", [])
_LONGEST = 1 << 20  # bytes of a stream: a longer one is a drawing, and no other file has it
_LARGEST = 1 << 13  # bytes of a piece that is kept: a column of text has some thousands
_MOST = 256  # pieces, of up to 0.1 MB each: a pamphlet has some dozens in all its editions
# An inline image ends by what its stream has behind it, and `?` is what is broken.
_NOT_ALONE = frozenset({b"?", b"BI"})
_OPERATOR = itemgetter(0)


def kept_operations(data: bytes) -> Iterator[Operation]:
    """Yield (operator, operands) of a content stream, as `operations` does.

    Operands may be those of another stream, too: nobody may change them.
    """
    if len(data) > _LONGEST:
        return operations(data)
    texts = [
        [(piece, _has_come(piece)) for piece in text.split(_END)] for text in data.split(_BEGIN)
    ]
    # What comes once is not kept: it is run while it is cut, and nothing of it is held.
    seen = [has_come for pieces in texts for _, has_come in pieces]
    if 2 * sum(seen) < len(seen):
        return operations(data)
    return chain.from_iterable(_parts(data, texts))


def _parts(data: bytes, texts: list[list[tuple[bytes, bool]]]) -> Iterator[Iterable[Operation]]:
    """Yield a stream's operations by its pieces; all that is left, where a piece cannot be kept.

    Beside each piece of `texts` stands whether it has come before.
    """
    at = 0  # where the piece is
    for number, pieces in enumerate(texts):
        if number:
            yield (_BEGINS,)
            at += len(_BEGIN)
        for order, (piece, has_come) in enumerate(pieces):
            if order:
                yield (_ENDS,)
                at += len(_END)
            cut = None
            if len(piece) <= _LARGEST:
                cut = (_kept if has_come else _cut)(piece)
            if cut is None:
                # With the white space before it, which is told with what is broken.
                yield operations(data[max(at - 1, 0) :])
                return
            yield cut
            at += len(piece)


def _has_come(piece: bytes) -> bool:
    """Return whether a piece, or one of the same hash, has come before, and note that it has."""
    times = _times(hash(piece))
    times.append(True)
    return len(times) > 1


@lru_cache(maxsize=_MOST)
def _times(key: int) -> deque[bool]:
    return deque(maxlen=2)


def _cut(piece: bytes) -> tuple[Operation, ...] | None:
    """Return a piece's operations, None where they depend on what is behind it."""
    try:
        listed = tuple(operations(piece))
    except ODD:
        return None
    return listed if _NOT_ALONE.isdisjoint(map(_OPERATOR, listed)) else None


_kept = lru_cache(maxsize=_MOST)(_cut)
