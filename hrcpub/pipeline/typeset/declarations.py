"""WeasyPrint's declarations of C functions to cffi's tables, once for all commands.

WeasyPrint 70 gives them to cffi as text, for which cffi has a parser of C in Python: with its
imports, and the names of types that are parsed as they come, that is 120 ms of each start. cffi can
also write what it understood as tables (its "out-of-line ABI mode"), which its own C code reads in
2 ms. So does whoever ships a package with cffi; it calls functions faster, too. May go with the
release of WeasyPrint that comes with such tables.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import io
import sys
from collections.abc import Iterator
from typing import Any

from hrcpub.files.lasting import made_once


@contextlib.contextmanager
def kept_declarations() -> Iterator[None]:
    """Let `cffi.FFI` be made from tables. For the time in which WeasyPrint is imported.

    It then opens libraries by their file names alone, without asking ldconfig and a compiler: for
    each name that there is none of, cffi else calls `ctypes.util.find_library`, which starts them
    (250 of 580 ms). On other systems than Linux libraries are found only that way, so there all
    stays as it is.
    """
    if sys.platform != "linux":
        yield
        return
    cffi: Any = importlib.import_module("cffi")
    original = cffi.FFI
    cffi.FFI = _Declared
    try:
        yield
    finally:
        cffi.FFI = original


class _Declared:
    """An FFI that has nothing until it is told its declarations."""

    def cdef(self, text: str) -> None:
        """Take over everything of an FFI with these declarations."""
        declared = _from_tables(_tables_of(text))
        names = (name for name in dir(declared) if not name.startswith("_"))
        vars(self).update({name: getattr(declared, name) for name in names})


def _tables_of(text: str) -> str:
    """Return cffi's tables of declarations, as the Python that it writes."""
    version = importlib.import_module("cffi").__version__
    digest = hashlib.sha256(text.encode()).hexdigest()
    return made_once(f"declarations {digest} cffi {version}", lambda: _written(text))


def _written(text: str) -> str:
    ffi: Any = importlib.import_module("cffi.api").FFI()
    ffi.cdef(text)
    ffi.set_source("_declared", None)  # no source in C: it is for dlopen
    written = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()):  # it says what it writes
        ffi.emit_python_code(written)
    return written.getvalue()


def _from_tables(tables: str) -> object:
    module: dict[str, object] = {}
    exec(compile(tables, "_declared.py", "exec"), module)  # what cffi has written
    return module["ffi"]
