"""The wheel in an environment of its own, far from this repository: a project begins and builds."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
import yaml

from tests.shared.once import made_once
from tests.shared.pages import texts
from tests.shared.project import ROOT


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that knows nothing of this repository's environment."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
    )


def _install(folder: Path) -> None:
    """Build the wheel and install it, offline, beside the dependencies that are here already."""
    offline = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
    folder.mkdir()
    # As pip has it built, to the byte, in half the time.
    hatch = (sys.executable, "-m", "hatchling", "build", "--target", "wheel")
    built = run(*hatch, "--directory", folder, folder=ROOT)
    assert built.returncode == 0, built.stderr
    venv.create(folder / "environment", with_pip=False)
    python = folder / "environment/bin/python"
    [wheel] = folder.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", python)
    done = run(*pip, "install", *offline, wheel, folder=folder)
    assert done.returncode == 0, done.stderr
    # Of the folder that is named here, Python reads no .pth files: so it has the dependencies, and
    # not this repository.
    [packages] = (folder / "environment/lib").glob("python*/site-packages")
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the hrcpub of the built wheel."""
    return made_once(tmp_path_factory, "wheel", _install) / "environment/bin/hrcpub"


@pytest.mark.slow
def test_the_wheel_is_what_is_run(installed: Path, tmp_path: Path) -> None:
    asked = "import hrcpub; print(hrcpub.__file__)"
    said = run(installed.with_name("python"), "-c", asked, folder=tmp_path).stdout
    assert Path(said.strip()).is_relative_to(installed.parents[1])


def make_own(project: Path) -> None:
    """Put other words and another telephone into a new project."""
    contacts = project / "materials/contacts.yaml"
    text = contacts.read_text(encoding="utf-8")
    assert "020 7946 0958" in text
    contacts.write_text(text.replace("020 7946 0958", "020 7219 4272"), encoding="utf-8")
    piece = project / "materials/first-piece.yaml"
    head, _, words = piece.read_text(encoding="utf-8").partition("\nwords:\n")
    own = yaml.load(words, yaml.CBaseLoader)
    own |= {"title": "Why Go Out?", "lead": "We go out at night.", "code": {"tel": "020 7219 4272"}}
    for point in own["points"]:
        point["text"] = "is what we do."
    words = yaml.safe_dump({"words": own}, allow_unicode=True)
    piece.write_text(f"{head}\n{words}", encoding="utf-8")


@pytest.mark.slow
def test_a_project_begins_and_builds_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    begun = run(
        installed, "init", "demo", "--name", "Équipe de nuit", "--paper", "a4", folder=tmp_path
    )
    assert begun.returncode == 0, begun.stderr
    assert "cd demo\n    hrcpub build\n" in begun.stdout
    project = tmp_path / "demo"
    built = run(installed, "build", folder=project)
    assert built.returncode == 0, built.stderr
    pages = texts(project / "output/screen/first-piece.pdf")
    assert sum("Équipe de nuit" in page for page in pages) == 1
    assert "Coalition" not in "".join(pages)
    current = run(installed, "upgrade", folder=project)
    assert current.stdout == "the layouts and fonts are those of this hrcpub\n"
    # The press is for words and telephones of one's own.
    refused = run(installed, "build", "--edition", "press", folder=project)
    assert refused.returncode == 1
    assert refused.stderr.count("[placeholder-left]") == 2
    make_own(project)
    pressed = run(installed, "build", "--edition", "press", folder=project)
    assert pressed.returncode == 0, pressed.stderr
    # What needs no project works beside it too.
    for command in (
        ("doctor",),
        ("explain", "slot-limit"),
        ("preflight", project / "output/press/first-piece.pdf"),
        ("impose", project / "output/screen/first-piece.pdf", "--scale", "fit"),
    ):
        done = run(installed, *command, folder=tmp_path)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
