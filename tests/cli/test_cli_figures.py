"""`hrcpub list --figures`, and the figures of a new project."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hrcpub.cli import starter
from tests.shared.project import ROOT, Hrcpub

# The bodies and shapes are loaded by what draws a figure, and by nothing else.
COMMAND = """
import sys
from hrcpub.cli import main
try:
    main()
except SystemExit as done:
    print("hrcpub.project.figures.reading" in sys.modules, done.code)
"""


def test_figures_are_listed_with_what_they_show(hrcpub: Hrcpub, project: Path) -> None:
    path = project / "layouts" / "figures" / "van.yaml"
    record = 'tested: {by: us, on: 2026-05-31, with: "30 readers, 27 right"}\n'
    path.write_text(record + path.read_text(encoding="utf-8"), encoding="utf-8")
    (path.parent / "torn.yaml").write_text("title: [", encoding="utf-8")

    said = hrcpub("list", "--figures")
    figures = json.loads(hrcpub("list", "--figures", "--json").stdout)["figures"]

    assert said.returncode == 0
    lines = {line.split()[0]: line.split(maxsplit=2)[1:] for line in said.stdout.splitlines()[1:]}
    assert lines["van"] == ["tested", "A van"]
    assert lines["bus"] == ["untested", "A bus, from in front"]
    assert lines["torn"] == ["untested", "?"]
    assert {"name": "van", "tested": "tested", "alt": "A van"} in figures
    assert "bus" not in hrcpub("list").stdout.split()


def test_a_new_project_has_the_figures(hrcpub: Hrcpub, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    assert hrcpub("init", str(begun), "--name", "Night Van").returncode == 0

    theirs = sorted(path.name for path in (begun / "layouts" / "figures").iterdir())
    ours = sorted(path.name for path in (ROOT / "layouts" / "figures").iterdir())
    assert theirs == ours
    assert "recovery" in hrcpub("list", "--figures", folder=begun).stdout


def test_an_older_project_gets_the_figures_by_an_upgrade(hrcpub: Hrcpub, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    assert hrcpub("init", str(begun), "--name", "Night Van").returncode == 0
    shutil.rmtree(begun / "layouts" / "figures")
    record = json.loads((begun / starter.RECORD).read_text(encoding="utf-8"))
    record["files"] = {p: sha for p, sha in record["files"].items() if "/figures/" not in p}
    (begun / starter.RECORD).write_text(json.dumps(record), encoding="utf-8")

    done = hrcpub("upgrade", folder=begun)

    assert "layouts/figures/van.yaml" in done.stdout
    assert (begun / "layouts" / "figures" / "van.yaml").exists()


@pytest.mark.slow
def test_a_piece_without_figures_loads_nothing_of_them(tmp_path: Path) -> None:
    build = ("build", "contact-card", "--edition", "office", "--output", str(tmp_path))
    for words in (("list",), build):
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, *words], cwd=ROOT, capture_output=True, text=True
        )
        assert done.stdout.endswith("False 0\n"), done
