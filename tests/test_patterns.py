"""A pattern is compiled when it is first used, and does what a compiled one does."""

from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
import sys

import pytest

from hrcpub.patterns import pattern

# Loads what builds load, and tells which of our modules had patterns compiled meanwhile.
LOADED = """
import json, re, sys
compiled, told = re._compiler.compile, []
def compile(source, flags=0):
    frame = sys._getframe(1)
    while frame and frame.f_globals["__name__"] in ("re", "hrcpub.patterns"):
        frame = frame.f_back
    told.append(frame.f_globals["__name__"])
    return compiled(source, flags)
re._compiler.compile = compile
from hrcpub import loading
for name in sys.argv[1:]:
    loading.load(name)
print(json.dumps([name for name in told if name.startswith("hrcpub.")]))
"""
# Each of these reads a length or two of its own as it is loaded.
MAY = {"hrcpub.units", "hrcpub.project.slots"}


def test_a_pattern_finds_what_a_compiled_one_finds() -> None:
    late, compiled = pattern(r"(?P<word>[a-z]+)", re.IGNORECASE), re.compile(r"[a-z]+", re.I)
    for text in ("", "12", "Hope and 7 More"):
        assert late.findall(text) == compiled.findall(text)
        assert late.sub("x", text) == compiled.sub("x", text)
    assert (late.pattern, late.flags & re.I, late.groups) == (r"(?P<word>[a-z]+)", re.I, 1)
    assert pattern(rb"\d").search(b"a1") is not None


def test_a_pattern_that_is_none_says_so_when_it_is_used() -> None:
    late = pattern("(")
    with pytest.raises(re.error):
        late.match("(")


def test_copied_or_sent_a_pattern_is_a_compiled_one() -> None:
    late = pattern("a+", re.I)
    for other in (pickle.loads(pickle.dumps(late)), copy.copy(late), copy.deepcopy(late)):
        assert other.fullmatch("aA")


@pytest.mark.parametrize(
    "names",
    [
        ["hrcpub.cli.event_building", "hrcpub.events.fulfil.run", "hrcpub.events.fulfil.papers"],
        ["hrcpub.build.batch", "hrcpub.build.editions", "hrcpub.pipeline.preflight.judge"],
    ],
)
def test_loading_a_build_compiles_no_patterns(names: list[str]) -> None:
    command = [sys.executable, "-c", LOADED, *names]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(json.loads(done.stdout)) <= MAY
