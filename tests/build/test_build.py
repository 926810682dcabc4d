"""One job to its report: what is current stays, what is wrong leaves the good file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from hrcpub.build.batch import BatchOptions, BuildWorker
from hrcpub.build.job import Job
from hrcpub.pipeline.stages import Report
from hrcpub.project.edition import EDITIONS
from tests.shared.pages import texts
from tests.shared.project import LARGER, MATERIALS, PIECES, editions_of

EVERY = tuple(EDITIONS)
# Of three grids, with and without offices: what rebuilds these rebuilds all.
SOME = ("principles", "why-harm-reduction", "contact-card", "principles-poster")


def worker_in(project: Path) -> BuildWorker:
    return BuildWorker(BatchOptions(str(project), str(project / "output")))


def build_all(
    project: Path, editions: Sequence[str] = EVERY, names: Sequence[str] = MATERIALS
) -> dict[str, Report]:
    """Build materials, with a worker of their own as a new command has."""
    worker = worker_in(project)
    wanted = {name: tuple(e for e in editions_of(name) if e in editions) for name in names}
    return {name: worker.do(Job(name, wanted[name])) for name in names}


def facts(project: Path) -> dict[str, tuple[int, str]]:
    """Return date and digest of every file in the output, hidden ones too."""
    files = sorted(path for path in (project / "output").rglob("*") if path.is_file())
    return {
        path.relative_to(project).as_posix(): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in files
    }


def made(reports: dict[str, Report]) -> list[str]:
    """Return the materials of which any file was made."""
    return [
        name
        for name, report in reports.items()
        if any(not output.is_cached for output in report.outputs)
    ]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def no_leftovers(project: Path) -> bool:
    return not [path for path in project.rglob("*") if path.name.endswith(".part")]


def test_a_second_build_renders_nothing_and_touches_nothing(built_project: Path) -> None:
    """In another folder too: nothing in a report is of the folder that it was made in."""
    project = built_project
    before = facts(project)
    assert len([path for path in before if path.endswith(".pdf")]) == len(MATERIALS) * len(
        EVERY
    ) - len(LARGER)
    reports = build_all(project)
    assert made(reports) == []
    assert facts(project) == before
    assert all(len(report.outputs) == len(editions_of(name)) for name, report in reports.items())
    changed_word = project / "materials/principles.yaml"
    edit(changed_word, "revised: 2026-11-22", "revised: 2026-12-01")
    assert made(build_all(project)) == ["principles"]
    after = facts(project)
    touched = {path for path in before if after[path] != before[path]}
    assert {Path(path).stem for path in touched} == {"principles"}
    assert "December" in texts(project / "output/screen/principles.pdf")[-1]


@pytest.mark.slow
def test_a_changed_font_rebuilds_only_what_reads_it(built_project: Path) -> None:
    """A face that one layout alone uses: the others need no making."""
    project = built_project
    edit(
        project / "layouts/card/layout.css",
        ".back {",
        '@font-face { font-family: "HRC Mine"; src: url(/fonts/mine.ttf) }\n.back {',
    )
    mine = project / "fonts/mine.ttf"
    mine.write_bytes((project / "fonts/libre-franklin/LibreFranklin-Medium.ttf").read_bytes())
    assert made(build_all(project)) == ["contact-card"]
    mine.write_bytes((project / "fonts/libre-franklin/LibreFranklin-Bold.ttf").read_bytes())
    assert made(build_all(project)) == ["contact-card"]
    shared = project / "fonts/libre-franklin/LibreFranklin-Bold.ttf"
    shared.write_bytes((project / "fonts/libre-franklin/LibreFranklin-ExtraBold.ttf").read_bytes())
    assert made(build_all(project, ["screen"], SOME)) == list(SOME)


@pytest.mark.slow(but=["layouts/brief/layout.html-rebuilt1", "layouts/brief/sample.yaml-rebuilt4"])
@pytest.mark.parametrize(
    ("path", "rebuilt"),
    [
        ("layouts/sheet/layout.css", ["principles"]),
        ("layouts/brief/layout.html", ["why-harm-reduction"]),
        ("layouts/system/system.css", list(SOME)),
        ("materials/contacts.yaml", [name for name in SOME if PIECES[name].telephones]),
        ("layouts/brief/sample.yaml", []),
        ("fonts/league-gothic/OFL.txt", []),
    ],
)
def test_a_changed_file_rebuilds_what_was_made_from_it(
    built_project: Path, path: str, rebuilt: list[str]
) -> None:
    project = built_project
    warm = worker_in(project)
    jobs = [Job(name, ("screen",)) for name in SOME]
    assert made({job.material: warm.do(job) for job in jobs}) == []
    with (project / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert made({job.material: worker_in(project).do(job) for job in jobs}) == rebuilt
    assert made({job.material: warm.do(job) for job in jobs}) == []


MISTAKES = [
    ("materials/principles.yaml", "layout: sheet", "layout: shet"),
    ("materials/principles.yaml", "  lead:", "  leed:"),
    ("materials/principles.yaml", "words:", "words: ["),
    ("layouts/sheet/layout.html", "{% block sides %}", "{% block sides"),
    ("layouts/sheet/layout.css", ".lead {", ".lead { colour: red;"),
    ("layouts/sheet/layout.yaml", "sides: 2", "sides: 3"),
    (
        "layouts/sheet/layout.html",
        '<section class="side">',
        '<section class="side"><img src="x.png">',
    ),
]


@pytest.mark.slow(but=["materials/principles.yaml-layout: sheet-layout: shet"])
@pytest.mark.parametrize(("path", "old", "new"), MISTAKES)
def test_a_failing_build_keeps_the_last_good_file_to_the_byte(
    built_project: Path, path: str, old: str, new: str
) -> None:
    project = built_project
    jobs = [Job("principles", EVERY), Job("contact-card", ("screen",))]
    before = facts(project)
    edit(project / path, old, new)
    edit(project / "materials/contact-card.yaml", "revision: 1", "revision: 2")
    failed, right = (worker_in(project).do(job) for job in jobs)
    assert failed.failed
    # Large print has a template and a stylesheet of its own: a mistake elsewhere leaves it whole.
    assert {output.edition for output in failed.outputs} <= {"large-print", "phone"}
    assert all(problem.source and problem.source.path for problem in failed.problems)
    assert not right.failed
    after = facts(project)
    made_anew = {f"output/{output.edition}/" for output in failed.outputs}
    kept = [
        file
        for file in before
        if Path(file).stem == "principles" and not any(folder in file for folder in made_anew)
    ]
    assert len(kept) == 2 * (len(EVERY) - len(made_anew)) >= 6
    assert {file: after[file] for file in kept} == {file: before[file] for file in kept}
    assert no_leftovers(project)


def test_what_is_doubtful_about_the_words_is_told_beside_an_error(project: Path) -> None:
    edit(project / "materials/why-in-short.yaml", "  title: ", "  title: <b>")
    edit(project / "layouts/half-sheet/layout.css", "{", "{ color: rde;")
    report = worker_in(project).do(Job("why-in-short", EVERY))
    codes = [problem.code for problem in report.problems]
    assert report.failed
    assert codes.count("words-not-markup") == 1
    assert len(codes) > 1


def test_an_edition_that_cannot_be_written_costs_no_other(project: Path) -> None:
    (project / "output" / "screen").write_text("a file where the folder belongs")
    report = worker_in(project).do(Job("contact-card", EVERY))
    assert report.failed
    assert [problem.code for problem in report.problems] == ["output-not-written"]
    assert [output.edition for output in report.outputs] == [
        "office",
        "large-print",
        "phone",
        "press",
    ]


@pytest.mark.parametrize("damage", ["", "{", '{"job": 1}', "null", "[]", "\x00"])
def test_a_torn_report_is_a_miss_and_no_error(project: Path, damage: str) -> None:
    job = Job("contact-card", ("screen",))
    assert not worker_in(project).do(job).failed
    good = (project / "output/screen/contact-card.json").read_bytes()
    (project / "output/screen/contact-card.json").write_text(damage)
    report = worker_in(project).do(job)
    assert [output.is_cached for output in report.outputs] == [False]
    assert (project / "output/screen/contact-card.json").read_bytes() == good


def test_a_file_that_was_changed_by_hand_is_made_again(project: Path) -> None:
    job = Job("contact-card", ("screen",))
    worker_in(project).do(job)
    file = project / "output/screen/contact-card.pdf"
    good = file.read_bytes()
    file.write_bytes(good[:-20])
    assert made({"card": worker_in(project).do(job)}) == ["card"]
    assert file.read_bytes() == good


def test_another_paper_is_another_file(project: Path) -> None:
    for paper in (None, "stock"):
        report = worker_in(project).do(Job("contact-card", ("screen",), paper))
        assert [output.is_cached for output in report.outputs] == [False]


def test_the_report_beside_a_file_says_what_it_was_made_from(project: Path) -> None:
    worker_in(project).do(Job("contact-card", ("press",)))
    file = project / "output/press/contact-card.pdf"
    report = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    assert report["output"]["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    read = report["made-from"]["files"]
    assert {"materials/contact-card.yaml", "layouts/card/layout.css"} <= set(read)
    assert any(path.startswith("fonts/") for path in read)
    for path, digest in read.items():
        if digest is None:  # looked for, and not there
            assert not (project / path).exists()
            continue
        assert hashlib.sha256((project / path).read_bytes()).hexdigest() == digest
    assert report["versions"]["weasyprint"] == "70.0"


def test_words_in_the_papers_colour_cost_the_editions_that_do_not_print_it(project: Path) -> None:
    job = Job("what-postcard", ("office", "screen", "press"))
    worker = worker_in(project)
    style = project / "layouts/postcard/layout.css"
    edit(style, ".message {", ".message { color: var(--paper); background: var(--ink);")
    assert not worker.do(job).failed  # through black, the paper shows
    edit(style, "background: var(--ink)", "background: var(--bare)")
    edit(project / "layouts/system/system.yaml", "#ffe14a", "#7a5a00")  # dark on the white box
    report = worker.do(job)
    (problem,) = [problem for problem in report.all_problems if problem.is_error]
    assert problem.code == "text-paper-coloured"
    assert problem.message.startswith('"words.message" would be invisible')
    assert [output.edition for output in report.outputs] == ["screen", "press"]


@pytest.mark.parametrize("title", ["Where to bring it?", "Being gypsy hoping", "Regarding Égalité"])
def test_a_title_whose_tails_would_touch_the_next_line_is_set_apart(
    project: Path, title: str
) -> None:
    card = project / "materials/contact-card.yaml"
    edit(card, "verbatim: yes", "verbatim: no")
    edit(card, "title: How to Reach the Harm Reduction Coalition", f"title: {title}")
    report = worker_in(project).do(Job("contact-card", ("office", "large-print")))
    assert not report.failed, [problem.message for problem in report.all_problems]
