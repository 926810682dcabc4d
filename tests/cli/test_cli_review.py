"""`review`, `sources`, `due` and `current`: from a draft to words that one can stand behind."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pikepdf
import pytest
from icalendar import Calendar
from pypdf import PdfReader

from hrcpub.build.reviewing import (
    Reviewer,
    answers_table,
    keep_review,
    read_answers,
    role_states,
)
from hrcpub.cli.currency import as_found, month_of
from hrcpub.cli.review_commands import ROLES as OFFERED
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Severity, Source
from hrcpub.project.material import read_material
from hrcpub.project.material.reviews import to_review
from hrcpub.project.material.trace import trace_of
from hrcpub.project.reviewed import ROLES, ReviewPassage
from tests.shared.project import Hrcpub

SOURCES = """
sources:
  toolkit:
    title: A toolkit
    publisher: An agency
    url: agency.example.org/toolkit
    checked-by: Ana Ruiz
    checked-on: 2026-11-01
    review-by: {review}
"""
NURSE = ("--by", "Ana Ruiz", "--is", "a nurse of our clinic", "--as", "medicine")
STEP = "Keep the head back. Pinch the nose. Give one slow breath every 5 seconds."
FAR = "2999-01-01"
BRIEF = """
layout: brief
title: Why naloxone?
language: en
code: X1
revision: 1
revised: 2026-11-28
words:
  title: Why carry naloxone?
  lead: Nine in ten people who were given naloxone lived {toolkit}. It is a spray.
  points:
    - opening: It works
      text: It turns an overdose around within minutes.
    - opening: Anybody can
      text: You need no training to give it.
    - opening: It is near
      text: Pharmacies and vans have it.
"""


def change(project: Path, was: str, now: str, name: str = "overdose") -> None:
    path = project / f"materials/{name}.yaml"
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), encoding="utf-8")


def with_source(project: Path, review: str = FAR) -> None:
    """Name a source in one step of `overdose`."""
    (project / "materials/sources.yaml").write_text(SOURCES.format(review=review))
    change(project, STEP, f"{STEP} {{toolkit}}")


def states(hrcpub: Hrcpub, *pieces: str) -> dict[str, dict[str, object]]:
    """Return how far the reviews of a piece are, by role."""
    return {one["role"]: one for one in json.loads(hrcpub("review", *pieces, "--json").stdout)}


def test_roles_are_offered_as_they_are_known() -> None:
    assert tuple(ROLES) == OFFERED


def test_from_draft_to_press(project: Path, hrcpub: Hrcpub) -> None:
    waits = hrcpub("review", "overdose")
    assert waits.returncode == 1
    assert "overdose  medicine  waits: true, and safe to act on?" in waits.stdout
    kept = hrcpub("review", "overdose", *NURSE, "--on", "2026-11-29")
    assert (kept.returncode, kept.stdout) == (
        0,
        "overdose, medicine: reviewed by Ana Ruiz, a nurse of our clinic, 2026-11-29\n",
    )
    with_source(project)  # what a passage rests on changes no word of it
    done = hrcpub("build", "overdose", "--edition", "press")
    assert done.returncode == 0
    assert "not-reviewed" not in done.stderr
    report = json.loads((project / "output/press/overdose.json").read_text())
    assert report["trace"]["reviewed"] == [
        {"role": "medicine", "by": "Ana Ruiz", "on": "2026-11-29"}
    ]
    assert [one["id"] for one in report["trace"]["sources"]] == ["toolkit"]
    assert report["trace"]["claims"][0]["slot"] == "words.steps.4.text"
    with pikepdf.open(project / "output/press/overdose.pdf") as pdf:
        said = pdf.open_metadata()
        assert said["dc:identifier"] == "S1"
        assert said["xmpMM:VersionID"] == "1"
        assert said["dc:source"] == "An agency: A toolkit, agency.example.org/toolkit"
        assert set(said["dc:contributor"]) == {"Ana Ruiz (medicine, 2026-11-29)"}


def test_a_changed_word_asks_for_a_review_of_its_passage_alone(
    project: Path, hrcpub: Hrcpub
) -> None:
    hrcpub("review", "overdose", *NURSE)
    change(project, "every 5 seconds", "every 6 seconds")
    waiting = states(hrcpub, "overdose")["medicine"]["waiting"]
    assert [one["slot"] for one in waiting] == ["words.steps.4.text"]  # type: ignore[attr-defined]
    said = hrcpub("check", "overdose").stderr
    assert "these words have changed since their review, steps.4.text" in said


def test_a_number_that_changes_is_reviewed_again_where_it_is_printed(
    project: Path, hrcpub: Hrcpub
) -> None:
    hrcpub("review", "overdose", *NURSE)
    change(project, "1-800-662-4357", "1-800-662-4358", "contacts")
    waiting = states(hrcpub, "overdose")["medicine"]["waiting"]
    assert [one["slot"] for one in waiting] == ["words.call.1"]  # type: ignore[attr-defined]


def answered(project: Path, answers: dict[str, tuple[str, str]]) -> Path:
    """Return the table of a review sheet with answers: yes, but where others are given."""
    path = project / "output/review/overdose-medicine.csv"
    head, *rows = csv.reader(io.StringIO(path.read_text("utf-8-sig")))
    for row in rows:
        row[2], row[3] = answers.get(row[0], ("yes", ""))
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([head, *rows])
    return path


@pytest.mark.slow
def test_a_sheet_has_each_passage_with_its_line_and_its_answers_come_back(
    project: Path, hrcpub: Hrcpub
) -> None:
    with_source(project)
    made = hrcpub("review", "overdose", "--sheet")
    assert made.returncode == 0, made.stderr
    text = "\n".join(page.extract_text() for page in PdfReader(
        project / "output/review/overdose-medicine.pdf"
    ).pages)  # fmt: skip
    for said in ("medicine", STEP.split(".")[1].strip(), "steps.4.text, line", "A toolkit"):
        assert said in text, said
    change(project, "Lay them on their back. Tilt", "Lay them down. Tilt")
    table = answered(project, {"words.steps.1.text": ("no", "Say shout first"), "title": ("?", "")})
    done = hrcpub("review", "overdose", *NURSE, "--answers", str(table))
    assert done.returncode == 1
    for code in ("review-remark", "review-other-words", "review-answer"):
        assert f"[{code}]" in done.stderr, code
    assert "Say shout first" in done.stderr
    assert "materials/overdose.yaml:" in done.stderr, "a remark stands at its words"
    waiting = states(hrcpub, "overdose")["medicine"]["waiting"]
    assert {one["slot"] for one in waiting} == {  # type: ignore[attr-defined]
        "title", "words.steps.1.text", "words.steps.3.text",
    }  # fmt: skip
    again = hrcpub("review", "overdose", "--sheet")
    assert "overdose-medicine.pdf  3 passages" in again.stdout


def passages(*texts: str) -> list[ReviewPassage]:
    return [ReviewPassage(f"words.{at}", text, Source("m.yaml")) for at, text in enumerate(texts)]


def table_of(rows: list[list[str]], separator: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode()


def rows_of(table: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))


def test_no_spreadsheet_program_takes_a_digest_for_a_number() -> None:
    digests = [row[4] for row in rows_of(answers_table(passages("one", "two")))[1:]]
    assert all(digest.startswith("#") for digest in digests)


def test_answers_count_however_they_are_typed_sorted_and_separated() -> None:
    asked = passages("one", "two", "three")
    head, *rows = rows_of(answers_table(asked))
    for row, answer in zip(rows, ("Yes.", "✓", "sí"), strict=True):
        row[2] = answer
    answers = read_answers(table_of([head, *reversed(rows)], ";"), "a.csv", asked)
    assert set(answers.right) == {"words.0", "words.1", "words.2"}
    assert answers.problems == ()


def test_a_no_stands_against_a_yes_of_the_same_table() -> None:
    asked = passages("one")
    head, row = rows_of(answers_table(asked))
    yes, no = ([*row[:2], said, "", row[4]] for said in ("yes", "❌"))
    for rows in ([no, yes], [yes, no]):
        answers = read_answers(table_of([head, *rows]), "a.csv", asked)
        assert answers.right == ()
        assert "reviewed again" in (answers.problems[0].hint or "")
        assert "it counts" not in (answers.problems[0].hint or "")


def test_an_answer_without_a_digest_does_not_count() -> None:
    asked = passages("one")
    head, row = rows_of(answers_table(asked))
    answers = read_answers(table_of([head, [*row[:2], "yes", "", ""]]), "a.csv", asked)
    assert answers.right == ()
    assert "has no digest" in answers.problems[0].message


def test_answers_count_in_many_languages_and_what_is_no_answer_waits() -> None:
    asked = passages(*"abcdefgh")
    head, *rows = rows_of(answers_table(asked))
    said = ("Oui", "Да", "نعم", "是", "👍🏽", "✔️", "yes, but softer", "нет")
    for row, answer in zip(rows, said, strict=True):
        row[0], row[2] = f" {row[0].title()} ", answer
    answers = read_answers(table_of([head, *rows]), "a.csv", asked)
    assert answers.right == tuple(f"words.{at}" for at in range(6))
    assert [one.code for one in answers.problems] == ["review-answer", "review-remark"]


def test_a_table_in_which_nobody_has_answered_is_told() -> None:
    asked = passages("one")
    head, row = rows_of(answers_table(asked))
    for name, answer in (("right?", ""), ("richtig", "yes")):  # not filled in; another column
        table = table_of([[*head[:2], name, *head[3:]], [*row[:2], answer, *row[3:]]])
        told = [one.code for one in read_answers(table, "a.csv", asked).problems]
        assert "review-no-answers" in told, name


def keep(
    project: Path,
    by: str,
    *slots: str,
    piece: str = "overdose",
    role: str = "medicine",
    on: datetime.date = datetime.date(2026, 11, 28),
) -> None:
    """Keep that somebody has reviewed some slots of a piece; without any, all of it."""
    keep_review(Project(Sources(project)), piece, Reviewer(by, role, "a nurse", on), slots or None)


def test_two_who_review_a_half_each_are_both_named(project: Path) -> None:
    sources = Sources(project)
    every = to_review(read_material(Project(sources), "overdose"), sources)["medicine"]
    keep(project, "Ana", *(one.slot for one in every[:9]))
    keep(project, "Sam", *(one.slot for one in every[9:]))
    material = read_material(Project(Sources(project)), "overdose")
    assert not material.is_draft
    assert [one["by"] for one in trace_of(material)["reviewed"]] == ["Ana", "Sam"]
    states = {one.role: one for one in role_states(material, sources)}
    assert [one.by for one in states["medicine"].reviewers] == ["Ana", "Sam"]


def test_a_record_knows_better_than_the_day_at_the_head(project: Path) -> None:
    change(project, "words:", "reviewed: {by: Bea, role: a nurse, on: 2026-11-28}\nwords:")
    keep(project, "Ana")
    change(project, "every 5 seconds", "every 6 seconds")  # and `revised:` stays
    material = read_material(Project(Sources(project)), "overdose")
    assert material.is_draft
    assert "steps.4.text" in material.problems[-1].message


def test_words_that_changed_since_their_review_are_to_be_of_another_day(project: Path) -> None:
    keep(project, "Ana", on=datetime.date(2026, 11, 29))
    change(project, "every 5 seconds", "every 6 seconds")
    for day, told in (("2026-11-28", ["review-unrevised"]), ("2026-11-29", [])):
        change(project, "revised: 2026-11-28", f"revised: {day}")
        material = read_material(Project(Sources(project)), "overdose")
        codes = [one.code for one in material.problems if one.code == "review-unrevised"]
        assert codes == told, day


def test_nobody_has_reviewed_anything_in_a_year(project: Path, hrcpub: Hrcpub) -> None:
    assert hrcpub("review", "overdose", *NURSE, "--on", "2999-12-01").returncode == 2
    change(project, "words:", "reviewed: {by: Bea, role: a nurse, on: 2999-11-28}\nwords:")
    with pytest.raises(HrcpubError) as caught:
        read_material(Project(Sources(project)), "overdose")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.source)) == ("day-to-come", "materials/overdose.yaml:12:40")


def test_words_that_were_revised_in_a_year_are_told(project: Path) -> None:
    change(project, "revised: 2026-11-28", "revised: 2999-11-28")
    told = read_material(Project(Sources(project)), "overdose").problems
    (problem,) = (one for one in told if one.code == "day-to-come")
    assert (problem.severity, str(problem.source)) == (
        Severity.WARNING,
        "materials/overdose.yaml:8:10",
    )


def test_a_piece_in_two_languages_names_who_reviewed_each(project: Path) -> None:
    keep(project, "Ana", piece="carry-lleve")
    keep(project, "Lupe", piece="carry-lleve-es", role="language")
    material = read_material(Project(Sources(project)), "carry-lleve")
    assert not material.is_draft
    said = {(one["by"], one["language"]) for one in trace_of(material)["reviewed"]}
    assert said == {("Ana", "en"), ("Lupe", "es")}


def test_a_changed_layout_asks_for_a_review_of_how_the_pages_look(project: Path) -> None:
    keep(project, "Dee", role="design")
    path = project / "layouts/steps/layout.css"
    path.write_text(path.read_text("utf-8") + "/* wider */\n", encoding="utf-8")
    sources = Sources(project)
    (state,) = (
        one
        for one in role_states(read_material(Project(sources), "overdose"), sources)
        if one.role == "design"
    )
    assert [one.shown for one in state.waiting] == ["How the pages look"]
    assert "How the pages look" in answers_table(state.waiting).decode()


WRONG = (
    ("review", "--sheet"),
    ("review", "overdose", "--by", "Ana"),
    ("review", "overdose", "--note", "fine"),
    ("review", "overdose", *NURSE, "--sheet"),
    ("review", "overdose", "--as", "baker"),
)


@pytest.mark.parametrize("arguments", WRONG)
def test_what_cannot_be_meant_is_wrong_usage(arguments: tuple[str, ...], hrcpub: Hrcpub) -> None:
    assert hrcpub(*arguments).returncode == 2


def test_a_source_that_is_due_stops_the_press_and_nothing_else(
    project: Path, hrcpub: Hrcpub
) -> None:
    with_source(project, "2026-11-20")
    screen = hrcpub("build", "overdose", "--edition", "screen")
    assert screen.returncode == 0
    assert "[source-due]" in screen.stderr
    press = hrcpub("build", "overdose", "--edition", "press")
    assert press.returncode == 1
    assert "[source-outdated]" in press.stderr
    assert not (project / "output/press/overdose.pdf").exists()


def test_sources_say_which_passages_rest_on_them(project: Path, hrcpub: Hrcpub) -> None:
    assert "no sources: begin with" in hrcpub("sources").stdout
    with_source(project)
    done = hrcpub("sources", "overdose")
    assert done.returncode == 0
    assert f"toolkit  due {FAR}" in done.stdout
    assert '"Give one slow breath every 5 seconds."' in done.stdout
    hrcpub("sources", "overdose", "--html", "sources.html")
    page = (project / "sources.html").read_text("utf-8")
    assert '<a href="https://agency.example.org/toolkit">A toolkit</a>' in page
    assert "<script" not in page


def test_an_unknown_source_is_told_where_it_is_named(project: Path, hrcpub: Hrcpub) -> None:
    with_source(project)
    change(project, "{toolkit}", "{tolkit}")
    done = hrcpub("check", "overdose")
    assert done.returncode == 1
    assert "[claim-unknown]" in done.stderr
    assert 'did you mean "toolkit"?' in done.stderr


def test_endnotes_are_numbered_at_the_words_and_at_the_foot(project: Path, hrcpub: Hrcpub) -> None:
    with_source(project)
    (project / "materials/my-brief.yaml").write_text(BRIEF, encoding="utf-8")
    done = hrcpub("build", "my-brief", "--edition", "screen", "--edition", "large-print")
    assert done.returncode == 0, done.stderr
    for edition in ("screen", "large-print"):
        pages = PdfReader(project / f"output/{edition}/my-brief.pdf").pages
        text = "\n".join(page.extract_text() for page in pages)
        assert text.count("¹") == 2, text  # at the passage, and before its note
        assert "A toolkit" in text


def test_what_is_due_is_a_list_and_a_calendar(project: Path, hrcpub: Hrcpub) -> None:
    with_source(project, "2026-11-20")
    done = hrcpub("due", "--calendar", "due.ics")
    assert done.returncode == 1
    assert "! 2026-11-20  source" in done.stdout
    data = (project / "due.ics").read_bytes()
    calendar = Calendar.from_ical(data)
    days = {str(one["summary"]): one.decoded("dtstart") for one in calendar.walk("VEVENT")}
    assert datetime.date(2026, 11, 20) in days.values()
    assert any("medetomidine" in summary for summary in days)
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "RFC 5545, 3.1"
    hrcpub("due", "--calendar", "again.ics")
    assert (project / "again.ics").read_bytes() == data
    assert "2026-11-20" in hrcpub("due", "--within", "0").stdout


def test_days_at_the_end_of_all_years_are_days(project: Path, hrcpub: Hrcpub) -> None:
    path = project / "materials/contacts.yaml"
    text, tel = path.read_text("utf-8"), "    tel: 510-555-0101\n"
    assert tel in text
    called = f"{tel}    called: {{on: 9999-12-31, by: Ana}}\n"
    path.write_text(text.replace(tel, called, 1), encoding="utf-8")
    done = hrcpub("due", "--within", "99999999")
    assert "mistake in hrcpub" not in done.stderr
    assert "lakeside-night-van" in done.stdout
    assert "9999" not in done.stdout, "nobody has called on that day"


SHEETS = {
    ("S1", "--month", "November 2026"): 0,
    ("s1", "--month", "2026-11"): 0,
    ("S1", "--month", "noviembre de 2026"): 0,
    ("S1", "--month", "October 2026"): 1,
    ("S1", "--revision", "1"): 0,
    ("S1", "--revision", "0"): 1,
    ("S1 · Nov. 2026",): 0,
    (" S1, Revision 1, 2026-11-28",): 0,
    ("S1", "--month", "10/2026"): 1,
    ("S1",): 0,
    ("Q9",): 1,
    ("S1", "--month", "Smarch"): 1,
}


@pytest.mark.slow(but=["sheet0", "sheet6"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheet_from_a_drawer_is_told_to_be_current(
    sheet: tuple[str, ...], project: Path, hrcpub: Hrcpub
) -> None:
    for path in (project / "materials/i18n").rglob("overdose.po"):
        path.unlink()
    done = hrcpub("current", *sheet)
    assert done.returncode == SHEETS[sheet], done.stderr
    if done.returncode and "S1" in sheet[0]:
        assert "NOT current" in done.stdout or "[month-unread]" in done.stderr


def test_a_title_is_said_without_its_markup(project: Path, hrcpub: Hrcpub) -> None:
    po = project / "materials/i18n/es/overdose.po"
    text = po.read_text("utf-8")
    po.write_text(text.replace('msgstr "¿Sobredosis? Seis pasos"', 'msgstr ""'), "utf-8")
    said = hrcpub("current", "S1").stdout
    assert "S1  [Overdose? Six steps] (overdose-es)" in said
    assert "(lang:en)" not in said


@pytest.mark.parametrize(
    ("typed", "month", "revision"),
    [
        ("S1 · November 2026", "November 2026", None),
        ("S1 ·", None, None),
        ("S1,,,", None, None),
        ("S1, Revision 1, 2026-11-28", None, "1"),
        ("S1, Revisión 12", None, "12"),
        ("S1، مراجعة 1، 28 نوفمبر 2026", None, "1"),
        # What is no revision is none: from it, sheets would be told to be old.
        ("S1, November 28, 2026", "November 28 2026", None),
        ("S1, November 28", "November 28", None),
        ("S1, Revision one, 2026-11-28", "Revision one 2026-11-28", None),
        ("S1 · November 2026 · Night Van", "November 2026 Night Van", None),
    ],
)
def test_what_stands_beside_a_code_is_taken_for_what_it_is(
    typed: str, month: str | None, revision: str | None
) -> None:
    assert as_found(typed, None, None) == ("S1", month, revision)


def test_a_month_is_read_in_any_language_of_its_piece() -> None:
    assert month_of("نوفمبر 2026", "en", "ar") == (2026, 11)
    with pytest.raises(HrcpubError):
        month_of("نوفمبر 2026", "en")
