"""What typesetting stands on: the project's fonts alone, and libraries of the system."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hrcpub.pipeline.typeset import engine
from hrcpub.pipeline.typeset.engine import library_missing, library_versions, load


def in_a_process_of_its_own(program: str, *arguments: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=os.environ | environment,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_weasyprint_is_the_release_that_the_pages_were_made_for(project: Path) -> None:
    assert load(project).__version__ == "70.0"


def test_loading_twice_gives_the_same_library(project: Path) -> None:
    assert load(project) is load(project)


def test_fontconfig_sees_the_projects_fonts_and_no_others(project: Path) -> None:
    program = """
import os, pathlib, sys
from hrcpub.pipeline.typeset.engine import load
load(pathlib.Path(sys.argv[1]))
print(pathlib.Path(os.environ["FONTCONFIG_FILE"]).read_text())
"""
    said = in_a_process_of_its_own(program, str(project), FONTCONFIG_FILE="/etc/fonts/fonts.conf")
    assert said.count("<dir>") == 1
    assert f"<dir>{project}/fonts</dir>" in said
    assert "<reset-dirs/>" in said
    assert "<include" not in said


def test_nothing_temporary_is_left_behind(project: Path, tmp_path: Path) -> None:
    program = """
import pathlib, sys, tempfile
from hrcpub.pipeline.typeset.engine import load
load(pathlib.Path(sys.argv[1]))
print(len(list(pathlib.Path(tempfile.gettempdir()).iterdir())))
"""
    folder = tmp_path / "temporary"
    folder.mkdir()
    assert int(in_a_process_of_its_own(program, str(project), TMPDIR=str(folder))) == 1
    assert list(folder.iterdir()) == []


def test_importing_hrcpub_loads_nothing_heavy() -> None:
    program = """
import sys
import hrcpub.build.batch, hrcpub.pipeline.typeset
from hrcpub.cli.program import cli
cli.load(*cli.commands)
heavy = ("weasyprint", "pikepdf", "pypdf", "PIL", "fontTools", "jinja2", "rich", "markdown_it")
print([name for name in heavy if name in sys.modules])
"""
    assert in_a_process_of_its_own(program).strip() == "[]"


def test_a_preflight_loads_what_reads_pdfs_alone() -> None:
    program = """
import sys
import hrcpub.cli.preflighting
from hrcpub.cli.program import cli
cli.load(*cli.commands)
from hrcpub.pipeline.preflight import guard
assert "pikepdf" not in sys.modules
guard.load()  # as the process does that judges
needless = ("yaml", "hrcpub.project.material", "hrcpub.project.layout", "urllib.request")
print([name for name in needless if name in sys.modules], "pikepdf" in sys.modules)
"""
    assert in_a_process_of_its_own(program).strip() == "[] True"


def test_an_events_build_loads_what_typesets_only_when_it_typesets() -> None:
    """Copies are joined without it, and they come first."""
    program = """
import sys
import hrcpub.events.fulfil.run
parts = {name.split(".")[2] for name in sys.modules if name.startswith("hrcpub.pipeline.")}
print(sorted(parts & {"copyfit", "preflight", "prepress", "typeset"}), "setting" in parts)
"""
    assert in_a_process_of_its_own(program).strip() == "[] True"


def test_loading_starts_no_other_program(project: Path) -> None:
    program = """
import pathlib, sys
started = []
sys.addaudithook(lambda name, facts: started.append(facts) if name == "subprocess.Popen" else None)
from hrcpub.pipeline.typeset.engine import load
load(pathlib.Path(sys.argv[1]))
print(started)
"""
    if sys.platform == "linux":
        assert in_a_process_of_its_own(program, str(project)).strip() == "[]"


def test_the_libraries_that_a_pages_bytes_depend_on_are_named_with_their_versions() -> None:
    found = library_versions()
    assert set(found) == {"pango", "harfbuzz", "fontconfig"}
    for version in found.values():
        assert version[0].isdigit()
        assert version.count(".") == 2


@pytest.mark.parametrize(
    ("name", "function"), [("no-such-library", "any"), ("pango-1.0", "no_such_function")]
)
def test_a_library_that_cannot_be_asked_is_unknown(name: str, function: str) -> None:
    assert engine._version(name, 0, function) == "unknown"


def test_what_is_missing_is_said_with_the_command_that_installs_it() -> None:
    problem = library_missing("libpango-1.0-0: cannot open shared object\nand more")
    assert (
        problem.message == "a system library is missing: libpango-1.0-0: cannot open shared object"
    )
    assert problem.hint
    assert "apt-get install" in problem.hint
    assert "libharfbuzz-subset0" in problem.hint


def test_the_parser_of_html_makes_each_pattern_once(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weasyprint = load(project)
    from tinyhtml5 import constants, inputstream

    text = "<p class='a' id=b>One &amp; <b title=\"c\">two</b> three<br/></p>\n <!-- four -->"
    weasyprint.HTML(string=text)
    known = dict(inputstream.characters_until_regex)
    assert known[(("&", "<", "\x00"), False)].match("One &amp;")[0] == "One "
    assert known[(constants.ascii_letters, True)].match("class=")[0] == "class"
    monkeypatch.setattr(inputstream.re, "compile", None)
    weasyprint.HTML(string=text)
    assert inputstream.characters_until_regex == known


def test_pango_is_not_taken_from_under_its_thread_at_the_end(project: Path, tmp_path: Path) -> None:
    program = """
import pathlib, sys
from hrcpub.pipeline.typeset.engine import load
load(pathlib.Path(sys.argv[1]))
"""
    said = tmp_path / "said"
    in_a_process_of_its_own(program, str(project), LD_DEBUG="files", LD_DEBUG_OUTPUT=str(said))
    told = "".join(path.read_text() for path in tmp_path.glob("said.*"))
    assert "libpangoft2" in told
    unmapped = [line for line in told.splitlines() if "destroying link map" in line]
    assert [line for line in unmapped if "pango" in line or "fontconfig" in line] == []
