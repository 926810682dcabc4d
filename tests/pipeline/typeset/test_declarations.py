"""WeasyPrint's declarations: read from tables, and the same functions."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.pipeline.typeset.test_engine import in_a_process_of_its_own

# Elsewhere cffi looks for libraries by itself, and reads the declarations each time.
IS_READ_AGAIN = sys.platform != "linux"
# In a process of its own: what was loaded, and facts that the declarations tell.
PROGRAM = """
import cffi, ctypes.util, json, pathlib, sys
def asked(name):
    raise AssertionError(name)
if sys.platform == "linux":
    ctypes.util.find_library = asked
original = cffi.FFI
from hrcpub.pipeline.typeset.engine import load
load(pathlib.Path(sys.argv[1]))
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
said = ffi.string(ffi.new("char[]", b"a")).decode()
facts = [FROM_UNITS, pango.PANGO_STYLE_ITALIC, ffi.sizeof("PangoRectangle"), said]
print(json.dumps(["pycparser" in sys.modules, cffi.FFI is original, *facts]))
"""


@pytest.mark.slow
def test_they_are_read_once_and_are_the_same(project: Path, kept: Path) -> None:
    first, *later = (json.loads(in_a_process_of_its_own(PROGRAM, str(project))) for _ in range(3))
    assert first == [True, True, 1 / 1024, 2, 16, "a"]
    assert later == [[IS_READ_AGAIN, *first[1:]]] * 2
    assert kept.is_dir()


@pytest.mark.slow
def test_damaged_tables_are_read_anew(project: Path, kept: Path) -> None:
    in_a_process_of_its_own(PROGRAM, str(project))
    for entry in kept.glob("*/*"):
        if entry.parent.name != "fontconfig":
            entry.write_bytes(entry.read_bytes()[:-40])
    said = json.loads(in_a_process_of_its_own(PROGRAM, str(project)))
    assert said == [True, True, 1 / 1024, 2, 16, "a"]
