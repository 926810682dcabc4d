"""`check` says what `build` will say, and writes no file."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.build.store import job_as_json
from hrcpub.files.bytestore import ByteStore
from hrcpub.pipeline.stages import Report
from hrcpub.problems import Problem, Severity
from hrcpub.project.edition import EDITIONS
from tests.shared.cards import card
from tests.shared.pictures import header_only

CARD = card("How to reach us", "east-coast")
JOB = Job("mine", tuple(EDITIONS))
FRONT = '<section class="side front">'
PICTURE = "materials/images/mine.png"
STYLE = "position:absolute;left:0;bottom:0;width:24pt;height:24pt"
Spoil = Callable[[Path], None]


def worker_in(project: Path, *, only_check: bool, force: bool = False) -> BuildWorker:
    """Return a worker of its own, as a new command has."""
    return BuildWorker(BatchOptions(str(project), str(project / "output"), force, only_check))


def checked(project: Path) -> Report:
    return worker_in(project, only_check=True).do(JOB)


def built(project: Path, *, force: bool = False) -> Report:
    return worker_in(project, only_check=False, force=force).do(JOB)


@pytest.fixture
def mine(project: Path) -> Path:
    """Return a project with a card of one's own."""
    shutil.rmtree(project / "materials/i18n", ignore_errors=True)
    for path in (project / "materials").glob("*.yaml"):
        if path.name not in ("contacts.yaml", "organisation.yaml", "printers.yaml"):
            path.unlink()
    (project / "materials/mine.yaml").write_text(CARD, encoding="utf-8")
    return project


def in_words(old: str, new: str) -> Spoil:
    return lambda project: edit(project / "materials/mine.yaml", old, new)


def in_css(rule: str) -> Spoil:
    def spoil(project: Path) -> None:
        style = project / "layouts/card/layout.css"
        style.write_text(f"{rule}\n{style.read_text(encoding='utf-8')}", encoding="utf-8")

    return spoil


def with_picture(make: Callable[[Path], object]) -> Spoil:
    """Return what puts a picture of 24 pt on the card's front."""

    def spoil(project: Path) -> None:
        make(project / PICTURE)
        picture = f'<img src="/{PICTURE}" alt="a square" style="{STYLE}">'
        edit(project / "layouts/card/layout.html", FRONT, FRONT + picture)

    return spoil


def with_photograph(make: Callable[[Path], object]) -> Spoil:
    """Return what puts a picture of 24 pt on the card's front that the material names."""

    def spoil(project: Path) -> None:
        make(project / PICTURE)
        slot = "  photo: {kind: image, about: a photograph, forms: [layout]}\n"
        edit(project / "layouts/card/layout.yaml", "slots:\n", f"slots:\n{slot}")
        shown = '<img src="/{{ words.photo.file }}" alt="{{ words.photo.alt }}"'
        edit(project / "layouts/card/layout.html", FRONT, f'{FRONT}{shown} style="{STYLE}">')
        photo = f"\n  photo: {{file: {PICTURE}, alt: a square}}\n"
        edit(project / "materials/mine.yaml", "\n  contacts:", f"{photo}  contacts:")

    return spoil


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is not once in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def square(pixels: int, colour: str) -> Callable[[Path], None]:
    return lambda path: Image.new("RGB", (pixels, pixels), colour).save(path)


LAYOUT = "layouts/card/layout"
# What is done to the card, and what is said of it: the code, and the author's or designer's line.
MISTAKES: dict[str, tuple[Spoil, str, str]] = {
    "a picture that is too coarse": (
        with_picture(square(20, "#808080")), "image-resolution", f"{LAYOUT}.html:17:40",
    ),
    "a photograph that is too coarse": (
        with_photograph(square(20, "#808080")), "image-resolution", "materials/mine.yaml:9:17",
    ),
    "a picture that nobody can read": (
        with_picture(lambda path: path.write_bytes(b"no picture")),
        "image-broken", f"{LAYOUT}.html:17:40",
    ),
    "a picture that is cut short": (
        with_picture(lambda path: path.write_bytes(header_only(400, 400))),
        "image-broken", f"{LAYOUT}.html:17:40",
    ),
    "a picture that is not there": (
        with_picture(lambda path: None), "file-missing", f"{LAYOUT}.html:17:40",
    ),
    "a face that is not ours": (
        in_css("address { font-family: Arial }"), "font-unknown", f"{LAYOUT}.css:1:24",
    ),
    "a letter that the face lacks": (
        in_words("reach us", "reach us 中"), "glyph-missing", "materials/mine.yaml:8:26",
    ),
    "more words than the slot takes": (
        in_words("us", "us" + " again" * 9), "slot-limit", "materials/mine.yaml:8:10",
    ),
    "words that do not fit": (
        in_css("h1 { position: relative; top: 400pt }"), "text-overset",
        "materials/mine.yaml:8:10 page 1",
    ),
    "words near the trim": (
        in_css("h1 { margin-left: -30pt }"), "text-outside", "materials/mine.yaml:8:10 page 1",
    ),
    "a mistake in the words": (
        in_words("east-coast", "esat-coast"), "contact-unknown", "materials/mine.yaml:10:7",
    ),
    "a mistake in the CSS": (
        in_css(".front { colour: red }"), "css-ignored", f"{LAYOUT}.css:1:10",
    ),
}  # fmt: skip


@pytest.mark.slow(
    but=[
        "a picture that is cut short",
        "a letter that the face lacks",
        "words that do not fit",
        "words near the trim",
    ]
)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_check_says_what_build_says(mine: Path, mistake: str) -> None:
    spoil, code, place = MISTAKES[mistake]
    spoil(mine)
    said = checked(mine)
    wrong = [problem for problem in said.all_problems if problem.code != "contact-historical"]
    # Each edition for paper says by itself how coarse a picture is there.
    assert {(problem.code, str(problem.source)) for problem in wrong} == {(code, place)}
    assert len(wrong) == (3 if code == "image-resolution" else 1)
    assert said.failed
    assert said.all_problems == built(mine, force=True).all_problems  # not what check remembers


# Built by a process of its own: what is told, and whether anything was laid out for it.
AGAIN = """
import json, sys
from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.project.edition import EDITIONS
root, output = sys.argv[1:]
report = BuildWorker(BatchOptions(root, output)).do(Job("mine", tuple(EDITIONS)))
problems = [problem.as_json() for problem in report.all_problems]
full = [full.as_json() for full in report.fullness]
print(json.dumps([problems, full, "weasyprint" in sys.modules]))
"""
REFUSED = ("a picture that is too coarse", "words that do not fit", "a mistake in the words")


@pytest.mark.slow(but=["a mistake in the words"])
@pytest.mark.parametrize("mistake", REFUSED)
def test_a_refused_piece_is_told_alike_and_not_laid_out_again(mine: Path, mistake: str) -> None:
    MISTAKES[mistake][0](mine)
    first = built(mine)
    assert first.failed
    command = [sys.executable, "-c", AGAIN, str(mine), str(mine / "output")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told, full, is_laid_out = json.loads(done.stdout)
    assert not is_laid_out
    assert told == [problem.as_json() for problem in first.all_problems]
    assert full == json.loads(json.dumps([full.as_json() for full in first.fullness]))
    edit(mine / "materials/mine.yaml", "language: en", "language: de")
    changed = built(mine)
    assert changed.reads.files != first.reads.files
    assert changed.all_problems != first.all_problems


def test_a_file_that_preflight_refuses_leaves_nothing_of_it(mine: Path) -> None:
    """It was begun before it was looked over."""
    MISTAKES["a picture that is too coarse"][0](mine)
    report = built(mine)
    assert any(problem.code == "image-resolution" for problem in report.problems)
    there = {path.stem for path in (mine / "output").rglob("*.p*") if path.is_file()}
    assert there <= {"mine"}


def test_a_full_disk_is_not_remembered(mine: Path) -> None:
    (mine / "output/press").mkdir(parents=True)
    (mine / "output/press/mine.pdf").mkdir()  # in the file's place
    assert "output-not-written" in {problem.code for problem in built(mine).all_problems}
    (mine / "output/press/mine.pdf").rmdir()
    assert not built(mine).failed


def test_check_writes_no_file_but_what_it_remembers(mine: Path) -> None:
    said = checked(mine)
    assert not said.failed
    written = [path for path in (mine / "output").rglob("*") if path.is_file()]
    assert written
    assert {path.relative_to(mine / "output").parts[0] for path in written} == {".cache"}
    assert said.all_problems == built(mine).all_problems


def remembered(project: Path) -> dict[str, tuple[Path, dict[str, Any]]]:
    """Return what checks have found, by edition, with the file that it is kept in."""
    found = {}
    for path in (project / "output/.cache/store").glob("*/*"):
        entry = json.loads(path.read_bytes().splitlines()[2])
        found[entry["output"]["edition"]] = (path, entry)
    return found


def test_what_was_found_is_remembered_until_something_changes(mine: Path) -> None:
    """One edition's finding is altered: the next check says what stands there."""
    first = checked(mine)
    found = remembered(mine)
    assert set(found) == set(EDITIONS)
    mark = Problem("contact-historical", "remembered", None, None, Severity.WARNING)
    store = ByteStore(mine / "output/.cache/store")
    path, entry = found["press"]
    key = next(key for key in keys() if store.path(key) == path)
    stored = store.find(key)
    assert stored is not None
    entry["problems"] = [mark.as_json()]
    store.keep(key, json.dumps(entry).encode(), stored.made_from)
    again = checked(mine)
    assert mark in again.all_problems
    assert again.fullness == first.fullness
    assert again.reads == first.reads
    edit(mine / "materials/mine.yaml", "How to", "Where to")
    assert mark not in checked(mine).all_problems


def keys() -> list[str]:
    """Return the keys under which findings of the card are kept."""
    return [f"check\0{json.dumps(job_as_json(JOB, name))}" for name in EDITIONS]


def test_a_torn_finding_is_found_again(mine: Path) -> None:
    first = checked(mine)
    for path, _ in remembered(mine).values():
        path.write_bytes(path.read_bytes()[:-9])
    assert checked(mine).all_problems == first.all_problems


def test_what_a_build_has_found_needs_no_checking(mine: Path) -> None:
    made = built(mine)
    said = checked(mine)
    assert (said.all_problems, said.fullness) == (made.all_problems, made.fullness)
    assert not (mine / "output/.cache/store").exists()


def test_where_nothing_can_be_written_check_still_answers(mine: Path) -> None:
    shutil.rmtree(mine / "output")
    (mine / "output").write_text("a file in the folder's place")
    assert not checked(mine).failed
