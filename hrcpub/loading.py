"""Heavy modules, loaded at once: none of what they are made of is garbage.

Python looks for cycles of objects that nobody has any more whenever 700 more objects are there than
before. While a program loads, these are functions, classes and tables, which stay: to look them
over again and again is a tenth of what a build costs that makes one piece. Afterwards they are
looked for seldom, best between two tasks, and not when a program ends.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Callable, Mapping

_CYCLES = (50_000, 10, 10)  # objects, and rounds: up to 5 MB may be held a little longer
_BETWEEN = 25_000  # objects: what three or four pieces leave behind


def collect_seldom() -> None:
    """Let cycles be looked for seldom, from the start of a program."""
    gc.set_threshold(*_CYCLES)


def leave_as_it_is() -> None:
    """Have no garbage looked for any more: a program ends, and all its memory goes at once.

    Otherwise Python looks over every module that was loaded, to take it apart in order: a tenth of
    what a command takes that loads few. What was to be done at the end is done all the same.
    """
    gc.freeze()


def collect_between() -> None:
    """Look for cycles after one of many tasks, where there may be many cycles by now.

    In the midst of a task all that it works with would be looked over in vain, and what it leaves
    behind be found many tasks later only.
    """
    young, rounds, _ = gc.get_count()
    if young >= _BETWEEN:
        gc.collect(1 if rounds >= _CYCLES[1] else 0)


def load(name: str) -> None:
    """Import a module, which is then there for all `import`s; once."""
    if name in sys.modules:
        return
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        importlib.import_module(name)
        gc.freeze()  # nor is it looked over afterwards
    finally:
        if was_enabled:
            gc.enable()


def homes_of(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """Return a package's `__getattr__` (PEP 562): its names, loaded when they are asked for.

    `homes` are the modules that have them. A name that is its module's, too, cannot be among them:
    once that module is loaded, the name is the module's.
    """

    def found(name: str) -> object:
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        thing: object = getattr(importlib.import_module(f"{package}.{homes[name]}"), name)
        return thing

    return found
