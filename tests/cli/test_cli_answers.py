"""What commands answer to programs, to shells that complete, on terminals, and of broken files."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import ShellComplete

from hrcpub.build.job import FEW
from hrcpub.cli.reports import progress
from hrcpub.pipeline.preflight.ink import ghostscript
from hrcpub.pipeline.stages import Report
from hrcpub.problems import Problem
from tests.cli.test_cli_loading import fresh
from tests.shared.project import Hrcpub
from tests.shared.typed import lines, typed_pdf

# A folder was to be where a file is.
WRITTEN: dict[str, tuple[str, ...]] = {
    "a calendar": ("due", "--calendar", "way/due.ics"),
    "the sources": ("sources", "--html", "way/sources.html"),
    "a page that shows what differs": ("diff", "a.pdf", "b.pdf", "--html", "way/all.html"),
    "a page to measure a printer with": ("calibrate", "office", "-o", "way/page.pdf"),
    "a file for an agency": ("translate", "export", "es", "overdose", "--xliff", "way/es.xlf"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_that_cannot_be_written_is_told_by_its_name(
    name: str, hrcpub: Hrcpub, project: Path
) -> None:
    (project / "way").write_text("a file", encoding="utf-8")
    for file, words in (("a.pdf", "one"), ("b.pdf", "two")):
        (project / file).write_bytes(typed_pdf(lines(words)))
    done = hrcpub(*WRITTEN[name])
    assert done.returncode == 1
    assert "[output-not-written]" in done.stderr
    assert WRITTEN[name][-1] in done.stderr
    assert (project / "way").read_text("utf-8") == "a file"


def of_days(found: Any) -> bool:
    kinds = {day["kind"] for day in found}
    return {"notice", "office"} <= kinds and found == sorted(found, key=lambda day: day["on"])


ASKED: dict[str, tuple[tuple[str, ...], Callable[[Any], bool]]] = {
    "days": (("due", "--json"), of_days),
    "sources": (("sources", "--json"), lambda found: set(found) >= {"sources"}),
    "a sheet": (
        ("current", "z1", "--revision", "1", "--json"),
        lambda found: [one["is_current"] for one in found] == [True],
    ),
    "an old sheet": (
        ("current", "Z1", "--month", "01/1999", "--json"),
        lambda found: [one["is_current"] for one in found] == [False],
    ),
    "reviews": (
        ("review", "--json"),
        lambda found: {one["role"] for one in found} >= {"medicine"},
    ),
    "translations": (("translate", "check", "es", "--json"), lambda found: isinstance(found, list)),
    "shops": (("printers", "--json"), lambda found: {"name", "bleed"} <= set(found[0])),
}


@pytest.mark.parametrize("name", ASKED)
def test_programs_get_what_people_read(name: str, hrcpub: Hrcpub) -> None:
    asked, is_right = ASKED[name]
    assert is_right(json.loads(hrcpub(*asked).stdout))


COMPLETED: dict[str, tuple[list[str], str, set[str]]] = {
    "an event": (["event", "build"], "health", {"health-fair"}),
    "what is printed": (["print"], "over", {"overdose", "overdose-wallet"}),
    "what is printed of an event": (["print"], "health", {"health-fair"}),
    "a file": (["print"], "nothing", {"nothing"}),
    "a sheet of labels": (["labels", "health-fair", "--sheet"], "516", {"5160", "5163", "5164"}),
    "a language": (["translate", "check"], "e", {"es"}),
    "a piece to translate": (["translate", "new", "es"], "over", {"overdose"}),
    "a print shop": (["preflight", "--printer"], "eu", {"europe"}),
}


@pytest.mark.parametrize("name", COMPLETED)
def test_a_shell_completes_names_of_the_project(
    name: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, begun, wanted = COMPLETED[name]
    monkeypatch.chdir(project)
    told = ShellComplete(fresh(), {}, "hrcpub", "_HRCPUB_COMPLETE").get_completions(words, begun)
    assert wanted <= {item.value for item in told}
    assert all(item.value.startswith(begun) for item in told)


def test_many_pieces_are_shown_by_a_bar_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    problem = Problem("text-overset", "it does not fit")
    with progress(FEW + 1, as_json=False) as on_report:
        for number in range(FEW + 1):
            on_report(Report(f"piece-{number}", problems=(problem,)))
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("it does not fit") == 1  # what they share is told once


def test_a_broken_piece_keeps_no_command_from_the_others(hrcpub: Hrcpub, project: Path) -> None:
    (project / "materials/broken.yaml").write_text("a: b: c\n", encoding="utf-8")
    for asked, said in (
        (("current", "Z1"), "it is now revision"),
        (("review",), "overdose"),
        (("sources",), ""),
        (("due",), "office"),
    ):
        done = hrcpub(*asked)
        assert said in done.stdout
        assert "materials/broken.yaml:1" in done.stderr
    done = hrcpub("current", "X99")
    assert "[code-unknown]" in done.stderr
    kept = ("--as", "medicine", "--by", "Ana", "--is", "a nurse", "--json")
    done = hrcpub("review", "broken", "overdose", *kept)
    assert done.returncode == 1
    assert [one["piece"] for one in json.loads(done.stdout)] == ["overdose"]


def test_who_agreed_to_be_shown_and_who_was_called_is_to_be_asked_again(
    hrcpub: Hrcpub, project: Path
) -> None:
    piece, contacts = (project / f"materials/{name}.yaml" for name in ("why-folder", "contacts"))
    consent = "{by: Ana, on: 2026-01-02, until: 2031-05-06}"
    photo = f"  photo: {{file: materials/images/night-van.png, alt: A van, consent: {consent}}}\n"
    piece.write_text(piece.read_text("utf-8").replace("words:\n", f"words:\n{photo}", 1), "utf-8")
    tel = "    tel: 510-555-0101\n"
    text = contacts.read_text("utf-8")
    assert tel in text
    called = f"{tel}    called: {{on: 2026-01-02, by: Ana}}\n"
    contacts.write_text(text.replace(tel, called, 1), encoding="utf-8")
    said = " ".join(hrcpub("due").stdout.split())
    assert "2031-05-06 photograph why-folder who is seen in materials/images/night-van.png" in said
    assert "2026-07-03 telephone lakeside-night-van call" in said
    assert "(510-555-0101) again, and set called:" in said


def test_days_of_what_cannot_be_read_are_left_out_and_that_is_told(
    hrcpub: Hrcpub, project: Path
) -> None:
    contacts = project / "materials/contacts.yaml"
    event = project / "materials/events/health-fair.yaml"
    event.write_text(event.read_text("utf-8").replace("date: 20", "date: soon 20", 1), "utf-8")
    said = hrcpub("due").stdout
    assert ("medetomidine-alert" in said, "health-fair" in said) == (True, False)
    contacts.write_text("offices: [\n", encoding="utf-8")
    done = hrcpub("due")
    assert done.returncode == 1
    assert "materials/contacts.yaml" in done.stderr
    contacts.unlink()
    assert "  office  " not in hrcpub("due").stdout


@pytest.fixture
def no_programs(project: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have no other program found; whether Ghostscript is there is kept by a process."""
    ghostscript.installed.cache_clear()
    monkeypatch.setenv("PATH", str(project))
    yield
    ghostscript.installed.cache_clear()


@pytest.mark.usefixtures("no_programs")
def test_doctor_says_what_is_not_there(hrcpub: Hrcpub, project: Path) -> None:
    (project / "layouts/system/system.yaml").write_text("faces: [\n", encoding="utf-8")
    done = hrcpub("doctor")
    assert done.returncode == 1
    assert "Ghostscript (optional)" in done.stdout
    assert "preflight estimates ink without it" in done.stdout
    assert "to be mended: design system" in done.stdout
