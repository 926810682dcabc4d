"""`hrcpub build` and `check`: what is printed, how it ends, and that nothing good is ever lost."""

from __future__ import annotations

import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from hrcpub.project.edition import USUAL
from tests.shared import forked
from tests.shared.cards import CONTACTS, card
from tests.shared.project import Hrcpub

COMMAND = [sys.executable, "-m", "hrcpub"]
CARD = card("Ask at table {number}")
# For claims that do not depend on it: others would have to load what this process has.
HERE = ("--jobs", "1")


@pytest.fixture
def fair(project: Path) -> Path:
    """Return a project of five cards, the fourth with a mistake; its office is today's."""
    shutil.rmtree(project / "materials/i18n", ignore_errors=True)
    for path in (project / "materials").glob("*.yaml"):
        if path.name != "organisation.yaml":
            path.unlink()
    (project / "materials" / "contacts.yaml").write_text(CONTACTS, encoding="utf-8")
    for number in range(1, 6):
        write(project, number)
    mistake = CARD.format(number=4).replace("- van", "- vna")
    (project / "materials" / "table-4.yaml").write_text(mistake, encoding="utf-8")
    return project


def write(project: Path, number: int, words: str = "") -> None:
    text = CARD.format(number=f"{number} {words}".strip())
    (project / "materials" / f"table-{number}.yaml").write_text(text, encoding="utf-8")


def pdfs(project: Path) -> dict[str, bytes]:
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in (project / "output").rglob("*.pdf")
    }


def parts(project: Path) -> list[Path]:
    return list(project.rglob("*.part"))


ALL_BUT_FOUR = {f"output/screen/table-{number}.pdf" for number in (1, 2, 3, 5)}


def test_one_mistake_costs_one_piece_in_several_processes(fair: Path) -> None:
    done = forked.run("build", "--edition", "screen", "--jobs", "2", cwd=fair)
    assert done.returncode == 1
    assert set(pdfs(fair)) == ALL_BUT_FOUR
    assert {line.split()[0] for line in done.stdout.splitlines()} == ALL_BUT_FOUR
    lines = re.sub(r"\d+\.\d s", "… s", done.stderr).splitlines()
    assert lines == [
        'materials/table-4.yaml:10:7: error: there is no contact "vna" [contact-unknown]',
        "  10 |     - vna",
        "     |       ^^^",
        '    did you mean "van"?',
        "4 made, 0 already up to date, 1 failed in … s",
        "after fixing these, run: hrcpub build table-4",
    ]


def test_files_that_a_build_leaves_behind_are_told(fair: Path, hrcpub: Hrcpub) -> None:
    for number in (2, 3, 4, 5):
        (fair / "materials" / f"table-{number}.yaml").unlink()
    only = (fair / "materials/table-1.yaml").read_text(encoding="utf-8")
    renamed = fair / "materials/stand.yaml"
    renamed.write_text(only, encoding="utf-8")
    assert hrcpub("build", "--edition", "screen", "--edition", "phone", *HERE).returncode == 0
    renamed.unlink()
    write(fair, 1, "or two")
    asked = hrcpub("build", "--edition", "screen", *HERE)  # who names editions knows of the others
    assert "output-" not in asked.stderr
    table = re.sub("(?m)^(layout: .*)", r"\1\neditions: [screen]", only)
    (fair / "materials/table-1.yaml").write_text(table, encoding="utf-8")
    for _ in "twice":  # made, and up to date
        done = hrcpub("build", *HERE)
        assert done.returncode == 0
        told = [line for line in done.stderr.splitlines() if "[output-" in line]
        assert [line.partition("warning: ")[2] for line in told] == [
            "of words or files that have changed since, and not made anew: "
            "output/phone/table-1.pdf [output-old]",
            "left of materials that are no longer there: "
            "output/screen/stand.pdf, output/phone/stand.pdf [output-left]",
        ]
    alone = hrcpub("build", "table-1", *HERE)
    assert "[output-old]" in alone.stderr
    assert "[output-left]" not in alone.stderr


def test_what_is_current_is_left_and_what_changed_is_made_alone(fair: Path, hrcpub: Hrcpub) -> None:
    write(fair, 4)
    build = partial(hrcpub, "build", "--edition", "screen", *HERE)
    assert build().returncode == 0
    before = pdfs(fair)
    again = build()
    assert again.stderr.startswith("0 made, 5 already up to date in ")
    write(fair, 2, "or two")
    once = build()
    assert once.stderr.startswith("1 made, 4 already up to date in ")
    after = pdfs(fair)
    assert {name for name in before if before[name] != after[name]} == {"output/screen/table-2.pdf"}


def test_builds_and_checks_report_in_json_and_nothing_else(fair: Path, hrcpub: Hrcpub) -> None:
    built = hrcpub("build", "table-1", "table-4", "--edition", "screen", "--json", *HERE)
    assert (built.returncode, built.stderr) == (1, "")
    good, bad = json.loads(built.stdout)
    assert set(good) == {"material", "failed", "seconds", "outputs", "problems"}
    assert (good["material"], good["failed"], good["problems"]) == ("table-1", False, [])
    (output,) = good["outputs"]
    assert set(output) == {
        "edition", "path", "sha256", "bytes", "pages", "cached", "note", "trace",
    }  # fmt: skip
    assert output["path"] == "output/screen/table-1.pdf"
    assert output["bytes"] == len(pdfs(fair)[output["path"]])
    assert (output["pages"], output["cached"]) == (2, False)
    (problem,) = bad["problems"]
    assert set(problem) == {"code", "severity", "message", "source", "hint"}
    assert problem["source"] == {
        "path": "materials/table-4.yaml",
        "line": 10,
        "column": 7,
        "page": None,
        "box": None,
        "quote": "    - vna",
        "width": 3,
    }
    checked = hrcpub("check", "--json", *HERE)
    assert (checked.returncode, checked.stderr) == (1, "")
    reports = json.loads(checked.stdout)
    assert {one["material"]: one["failed"] for one in reports} == {
        f"table-{number}": number == 4 for number in range(1, 6)
    }
    assert not any(one["outputs"] for one in reports)


@pytest.mark.parametrize("name", ["mine.yml", "materials/mine.yml", "mine", None])
def test_a_file_that_is_misnamed_is_told_however_it_is_asked_for(
    name: str | None, fair: Path, hrcpub: Hrcpub
) -> None:
    (fair / "materials" / "table-4.yaml").rename(fair / "materials" / "mine.yml")
    done = hrcpub("check", *([name] if name else []), *HERE)
    assert done.returncode == 1
    assert "materials/mine.yml: error: materials/mine.yml is not read" in done.stderr
    assert "rename it to materials/mine.yaml" in done.stderr
    assert "mine " in hrcpub("list").stdout


def test_a_material_may_be_named_by_its_file(fair: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("build", "materials/table-1.yaml", "--edition", "screen")
    assert done.returncode == 0
    assert set(pdfs(fair)) == {"output/screen/table-1.pdf"}


def test_an_unknown_material_is_told_before_anything_is_made(fair: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("build", "table-1", "tabel-2", "nothing-like-it")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        'error: there is no material "tabel-2" [material-unknown]\n'
        '    did you mean "table-2"?\n'
        'error: there is no material "nothing-like-it" [material-unknown]\n'
        "    possible: table-1, table-2, table-3, table-4, table-5\n"
    )
    assert pdfs(fair) == {}


def test_an_edition_that_a_material_has_not_is_told_only_where_it_was_named(
    fair: Path, hrcpub: Hrcpub
) -> None:
    for number in range(1, 6):
        path = fair / "materials" / f"table-{number}.yaml"
        text = CARD.format(number=number)
        editions = "editions: [screen]\nwords:" if number != 5 else "words:"
        path.write_text(text.replace("words:", editions), encoding="utf-8")
    named = hrcpub("build", "table-1", "--edition", "press")
    assert named.returncode == 1
    assert "error: table-1 has no press edition [edition-missing]" in named.stderr
    assert "it has screen" in named.stderr
    everything = hrcpub("build", "--edition", "press", *HERE)
    assert everything.returncode == 0
    assert set(pdfs(fair)) == {"output/press/table-5.pdf"}


@pytest.mark.slow(but=["False"])
@pytest.mark.parametrize("says_so", [True, False])
def test_a_piece_larger_than_the_office_printers_sheet_keeps_its_other_editions(
    says_so: bool, project: Path, hrcpub: Hrcpub
) -> None:
    path = project / "layouts" / "sheet" / "layout.yaml"
    text = path.read_text(encoding="utf-8").replace("{letter: letter, a4: A4}", "9 in x 12 in")
    editions = f"editions: [{', '.join(USUAL)}]\n"
    path.write_text(text + (editions if says_so else ""), encoding="utf-8")
    done = hrcpub("build", "principles")
    made = {Path(path).parent.name for path in pdfs(project)}
    assert made == set(USUAL) - {"office"}
    if not says_so:  # then nobody asked for one
        assert done.returncode == 0
        return
    assert done.returncode == 1
    assert (
        "error: a piece of 9 x 12 in does not fit on a sheet of 8.5 x 11 in "
        "(in the office edition) [piece-too-large]"
    ) in done.stderr
    assert "editions: [screen, press]" in done.stderr
    assert "--stock" not in done.stderr


IN_THE_WAY = ("output", "output/.cache", "output/screen", "output/screen/table-1.pdf")


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_something_in_the_way_of_a_file_is_told(name: str, fair: Path, hrcpub: Hrcpub) -> None:
    path = fair / name
    if name == "output":
        path.rmdir()
    path.parent.mkdir(exist_ok=True)
    if name.endswith(".pdf"):
        path.mkdir()
    else:
        path.write_text("in the way", encoding="utf-8")
    done = hrcpub("build", "table-1", "--edition", "screen")
    assert done.returncode == 1
    assert "could not be written: " in done.stderr
    assert "[output-not-written]" in done.stderr
    assert parts(fair) == []


def test_a_pipe_in_the_way_of_a_file_is_not_waited_for(fair: Path, hrcpub: Hrcpub) -> None:
    build = ("build", "table-1", "--edition", "screen")
    assert hrcpub(*build).returncode == 0
    for end in (".pdf", ".json"):
        path = (fair / "output/screen/table-1").with_suffix(end)
        path.unlink()
        os.mkfifo(path)
        assert hrcpub(*build).returncode == 0
        assert path.is_file()


@pytest.mark.parametrize("most", [0, 8000])
def test_a_full_disk_is_told_and_the_good_file_stays(most: int, fair: Path, hrcpub: Hrcpub) -> None:
    assert hrcpub("build", "table-1", "--edition", "screen").returncode == 0
    before = pdfs(fair)
    write(fair, 1, "in the hall " + "at the back " * 3)
    done = forked.run(
        *("build", "table-1", "--edition", "screen"),
        cwd=fair,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    assert done.returncode == 1
    assert "[temporary-files]" in done.stderr
    assert pdfs(fair) == before
    assert parts(fair) == []


def test_a_mistake_leaves_the_last_good_file(fair: Path, hrcpub: Hrcpub) -> None:
    assert hrcpub("build", "table-1", "--edition", "screen").returncode == 0
    before = pdfs(fair)
    (fair / "materials" / "table-1.yaml").write_text("layout: card\n", encoding="utf-8")
    assert hrcpub("build", "table-1", "--edition", "screen").returncode == 1
    assert pdfs(fair) == before


def wait_for(condition: Callable[[], object], seconds: float = 60) -> None:
    """Wait until a condition holds; fail after a time that is long for any machine."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def children(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(one) for one in path.read_text(encoding="ascii").split()]


@pytest.mark.slow(but=["1--1"])
@pytest.mark.usefixtures("hangs_up")
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("told", "said_last"),
    [(signal.SIGINT, "interrupted\n"), (signal.SIGTERM, ""), (signal.SIGHUP, "")],
)
def test_a_build_that_is_ended_leaves_whole_files_only(
    told: signal.Signals, said_last: str, jobs: str, fair: Path, tmp_path: Path
) -> None:
    for number in range(6, 120):  # many: it must not be over before it is ended
        write(fair, number)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [*COMMAND, "build", "--edition", "screen", "--jobs", jobs],
        cwd=fair,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"TMPDIR": str(temporary)},
    )
    wait_for(lambda: pdfs(fair))
    os.killpg(process.pid, told)  # as a terminal does
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + told
    assert said.endswith(said_last)
    assert "Traceback" not in said
    assert parts(fair) == []
    assert list(temporary.iterdir()) == []
    assert all(data.rstrip().endswith(b"%%EOF") for data in pdfs(fair).values())


@pytest.mark.slow
def test_a_worker_that_is_killed_costs_nothing(fair: Path) -> None:
    for number in range(4, 12):
        write(fair, number)
    process = forked.popen(
        *("build", "--edition", "screen", "--jobs", "2"),
        cwd=fair,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(lambda: pdfs(fair))
    os.kill(children(process.pid)[0], signal.SIGKILL)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0
    # One that was written when its worker died, and not told yet, is found current.
    made, current = re.match(r"(\d+) made, (\d+) already up to date in ", said).groups()
    assert int(made) + int(current) == 11
    assert int(current) <= 2
    assert len(pdfs(fair)) == 11


class Terminal:
    """A command on a terminal of its own: what it has shown so far, and how much was looked at."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        self.shown, self.seen = "", 0
        mine, its = pty.openpty()
        self._mine = mine
        self.process = forked.popen(
            *arguments,
            cwd=folder,
            stdin=its,
            stdout=its,
            stderr=its,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80", **environment},
        )
        os.close(its)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._mine, 65536)
            except OSError:  # Linux says so at the end
                return
            if not data:
                return
            self.shown += data.decode("utf-8", "replace")

    def end(self) -> int:
        code = self.process.wait(60)
        self._reader.join(10)
        os.close(self._mine)
        return code


@pytest.mark.slow
def test_many_pieces_on_a_terminal_have_a_bar_with_problems_above_it(fair: Path) -> None:
    terminal = Terminal(fair, "build", "--edition", "screen")
    assert terminal.end() == 1
    assert "━━━" in terminal.shown
    assert "5/5" in terminal.shown
    assert "\x1b[31m\x1b[1merror\x1b[0m: there is no contact" in terminal.shown
    assert "4 made, 0 already up to date, \x1b[31m\x1b[1m1 failed\x1b[0m in " in terminal.shown
    assert "output/screen/table-1.pdf" not in terminal.shown


def test_a_few_pieces_on_a_terminal_are_told_line_by_line(fair: Path) -> None:
    terminal = Terminal(fair, "build", "table-1", "table-2", "--edition", "screen")
    assert terminal.end() == 0
    assert "━" not in terminal.shown
    assert "output/screen/table-2.pdf" in terminal.shown


def test_a_dumb_terminal_has_plain_lines(fair: Path) -> None:
    terminal = Terminal(fair, "build", "--edition", "screen", TERM="dumb")
    assert terminal.end() == 1
    assert "\x1b" not in terminal.shown
    assert "output/screen/table-1.pdf" in terminal.shown


def test_no_color_is_heeded(fair: Path) -> None:
    terminal = Terminal(fair, "check", "table-4", NO_COLOR="1")
    assert terminal.end() == 1
    assert "error: there is no contact" in terminal.shown
    assert "\x1b[" not in terminal.shown


@pytest.fixture
def watch(fair: Path) -> Iterator[Callable[..., Terminal]]:
    """Return a function that starts `build --watch` on a terminal; all end with the test."""
    begun: list[Terminal] = []

    def begin(*materials: str) -> Terminal:
        arguments = ("build", *materials, "--watch", "--edition", "screen")
        begun.append(Terminal(fair, *arguments, NO_COLOR="1"))
        return begun[-1]

    yield begin
    for terminal in begun:
        if terminal.process.poll() is None:
            terminal.process.kill()
            terminal.end()


@pytest.fixture
def watched(fair: Path, watch: Callable[..., Terminal]) -> Terminal:
    """Return `build --watch` at work on a fair of three tables."""
    for number in (4, 5):
        (fair / "materials" / f"table-{number}.yaml").unlink()
    terminal = watch()
    after(terminal, "table-3.pdf")
    return terminal


def after(terminal: Terminal, wanted: str, times: int = 1) -> str:
    """Return what a terminal shows next, until it has shown something some times."""
    start = terminal.seen
    try:
        wait_for(lambda: terminal.shown.count(wanted, start) >= times)
    except AssertionError as error:
        raise AssertionError(f"{wanted} is not shown {times} times:\n{terminal.shown}") from error
    terminal.seen = len(terminal.shown)
    return terminal.shown[start : terminal.seen]


def test_watching_follows_an_edit_a_mistake_and_its_mending(watched: Terminal, fair: Path) -> None:
    before = pdfs(fair)
    write(fair, 2, "or two")
    shown = after(watched, "output/screen/table-2.pdf")
    assert "table-1" not in shown
    good = pdfs(fair)
    assert good["output/screen/table-2.pdf"] != before["output/screen/table-2.pdf"]
    write(fair, 2, "😀")
    after(watched, "[glyph-missing]")
    assert pdfs(fair) == good
    write(fair, 2, "or two")
    after(watched, "output/screen/table-2.pdf")
    assert pdfs(fair) == good


def test_watching_takes_up_what_is_new_and_lets_go_what_is_gone_until_it_is_interrupted(
    watched: Terminal, fair: Path
) -> None:
    write(fair, 7)
    after(watched, "output/screen/table-7.pdf")
    (fair / "materials" / "table-7.yaml").unlink()
    after(watched, "table-7 was deleted; its PDFs stay")
    assert "output/screen/table-7.pdf" in pdfs(fair)
    write(fair, 7, "again")
    after(watched, "output/screen/table-7.pdf")
    watched.process.send_signal(signal.SIGINT)
    assert watched.end() == 130
    assert parts(fair) == []


def replace(path: Path, data: bytes) -> None:
    """Give a file other contents at one blow, as good editors do."""
    beside = path.with_name("beside")
    beside.write_bytes(data)
    beside.replace(path)


def test_watching_follows_the_offices_the_stylesheet_and_the_fonts(
    fair: Path, watch: Callable[..., Terminal]
) -> None:
    made = "output/screen/table-1.pdf"
    terminal = watch("table-1")
    after(terminal, made)
    contacts = fair / "materials" / "contacts.yaml"
    replace(contacts, contacts.read_bytes().replace(b"6376", b"6377"))
    after(terminal, made)
    stylesheet = fair / "layouts" / "card" / "layout.css"
    good = stylesheet.read_bytes()
    replace(stylesheet, good + b".front { colr: red }\n")
    after(terminal, "[css-ignored]")
    replace(stylesheet, good)
    after(terminal, made)
    font = fair / "fonts" / "libre-franklin" / "LibreFranklin-Bold.ttf"
    good = font.read_bytes()
    font.unlink()
    after(terminal, "there is no file fonts/libre-franklin/LibreFranklin-Bold.ttf")
    replace(font, good)
    after(terminal, made)
