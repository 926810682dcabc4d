"""Another process, or a Problem: the system refuses one where there are too many, or no memory."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from hrcpub.problems import HrcpubError, Problem

# fork(2), pipe(2): of processes, of memory, of files that this program or the system has open.
_NO_ROOM = (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE)


@contextlib.contextmanager
def refusal_told() -> Iterator[None]:
    """Raise HrcpubError where a process cannot be started for want of room."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise HrcpubError(process_refused(error.strerror or str(error))) from None


def process_refused(said: str) -> Problem:
    """The system refuses to start another process: too many run, or too little memory is free.

    Fix: close programs that you do not need, and try again. Where many pieces are made at once,
    fewer processes may do: `hrcpub build --jobs 1`.
    """
    return Problem(
        "process-refused",
        f"no further process can be started: the system says {said.lower()!r}",
        hint="close other programs and try again, or have fewer processes: --jobs 1",
    )


CODES = {"process-refused": process_refused}
