"""What coverage.py needs beside its settings: a plug-in of it, in each process that is counted.

It holds a lock whenever a function is called, and does so in Python: where ^C, or being told to
end, is raised just there, the lock stays shut, and the next call waits for ever (7.17.5). What it
guards is safe without: a dict that gets one more key.
"""

from __future__ import annotations

from coverage.collector import Collector


def coverage_init(registry: object, options: object) -> None:
    """Have nothing locked, by a call in which no signal is looked for."""
    for name in ("lock_data", "unlock_data"):
        assert hasattr(Collector, name)
        setattr(Collector, name, staticmethod(tuple))
