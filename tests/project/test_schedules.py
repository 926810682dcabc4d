"""Schedules of sites: hours in a line of words, sites by opening time, neighbouring days joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import Problem, Source
from hrcpub.project.hours import read_hours
from hrcpub.project.hours_text import hours_in
from hrcpub.project.schedules import Schedule, with_schedules
from hrcpub.project.slot import Slot
from hrcpub.project.words import Words

FIELDS = {"sites": Slot("schedule")}
PHRASES = {"by-appointment": Words("by appointment", Source("phrases.yaml", 1))}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Mon-Sat 7 pm-1 am", "012345 19-1"),
        ("Lun-Vie 9-17 h", "01234 9-17"),
        ("Every day, noon-8 pm", "0123456 12-20"),
        ("Thu and Fri, 6-10 pm", "34 18-22"),
        ("Mon-Fri 9-12, 1-5 pm; Sat 10 am to noon", "01234 9-12 13-17 | 5 10-12"),
        ("Mondays 10am-2pm, Thursdays 3pm-6pm", "0 10-14 | 3 15-18"),
        ("Mon, Wed & Fri: 9 a.m. - 4 p.m.", "024 9-16"),
        ("Daily 24 hours", "0123456 0-24"),
        ("Lun-Ven 9h-17h; Sam 10h-12h", "01234 9-17 | 5 10-12"),
        ("Mo-Fr 9-12 und 13-17 Uhr, Sa geschlossen", "01234 9-12 13-17 | 5 CLOSED"),
        ("T2-T6 9:00-17:00; CN nghỉ", "01234 9-17 | 6 CLOSED"),
        ("Thứ 2 - Thứ 6 9 giờ đến 17 giờ", "01234 9-17"),
        ("周一至周五 上午9点到下午5点；周六休息", "01234 9-17 | 5 CLOSED"),
        ("الاثنين - الجمعة ٩ ص - ٥ م", "01234 9-17"),
        ("пн-пт 9:00-17:00, сб по записи", "01234 9-17 | 5 APPOINTMENT"),
        ("Lendi-Vandredi 9è-5è; Samdi sou randevou", "01234 9-17 | 5 APPOINTMENT"),
        ("madi ak jedi 7è diswa - 1è di maten", "13 19-1"),
        (
            "Lunes a viernes de 9 a 17 h; sábado de 10 de la mañana a 2 de la tarde",
            "01234 9-17 | 5 10-14",
        ),
        ("lundi au vendredi de 9h à 17h", "01234 9-17"),
        ("Montag bis Freitag von 9 bis 17 Uhr", "01234 9-17"),
        ("chak jou 24 sou 24", "0123456 0-24"),
        ("Mon-Fri by appointment; Sun closed", "01234 APPOINTMENT | 6 CLOSED"),
        ("Call us", ""),
        ("9-5", ""),
        ("Mon 9-5 except holidays", ""),
    ],
)
def test_hours_in_words_are_read_whole_or_not_at_all(typed: str, read: str) -> None:
    rows, problems = read_hours(list(hours_in(Words(typed, Source("sites.csv", 2), "hours"))))
    said = [
        " ".join(
            [
                "".join(str(day) for day in sorted(row.days)),
                *(f"{time.opens // 60}-{time.closes // 60}" for time in row.times),
                *([] if row.times else [row.kind.name]),
            ]
        )
        for row in rows
    ]
    assert (" | ".join(said), problems) == (read, [])


def schedule(folder: Path, slot: str, table: str = "") -> tuple[Schedule | None, list[Problem]]:
    """Return what a slot says, with the table `sites.csv` beside it."""
    (folder / "piece.yaml").write_text(slot, "utf-8")
    (folder / "sites.csv").write_text(table, "utf-8")
    project = Project(Sources(folder))
    node = read_yaml(project.sources, "piece.yaml")
    problems: list[Problem] = []
    words = with_schedules(node.mapping or {}, FIELDS, "en", PHRASES, project, problems)
    return words["sites"], problems


SLOT = """sites:
  - name: Van
    hours: [{days: Mon-Tue, from: 19, to: 1}, {days: Wed, from: 19, to: 1}]
  - {name: Office, hours: [{days: Mon, times: "9-12, 1-5"}, {days: Wed, by: appointment}]}
"""


def test_sites_stand_by_opening_time_and_equal_days_are_one_run(tmp_path: Path) -> None:
    found, problems = schedule(tmp_path, SLOT)

    assert found
    assert not problems
    said = [
        (site.name.text, [(run.days, run.words.text.replace("\u00a0", " ")) for run in site.runs])
        for site in found.sites
    ]
    assert said == [
        ("Office", [("Mon", "9 am – noon, 1–5 pm")]),
        ("Van", [("Mon–Wed", "7 pm – 1 am")]),
    ]
    assert [words.text for words in found.sites[0].asked] == ["Wed by appointment"]


TABLE = """Site name,Phone,Street Address,Hours of operation,Director
East Wing,510-555-0105,"12 Example Street; Oakland, CA",Daily noon-8 pm,Ana
Late,510-555-0106,,now and then,Bo
,510-555-0107,,Mon 9-5,Cy
"""


def test_a_public_table_gives_streets_and_a_row_without_hours_is_told(tmp_path: Path) -> None:
    found, problems = schedule(tmp_path, "sites: sites.csv\n", TABLE)

    assert found
    [site] = found.sites
    assert (site.name.text, site.address and site.address.text) == (
        "East Wing",
        "12 Example Street",
    )
    assert site.link == "tel:+15105550105"
    assert [(problem.code, problem.source and problem.source.line) for problem in problems] == [
        ("schedule-hours", 3),
        ("schedule-row", 4),
        ("schedule-fiction", 2),
    ]


def test_a_table_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    found, problems = schedule(tmp_path, "sites: places.csv\n")

    assert found is None or not found.sites
    assert [(problem.code, str(problem.source)) for problem in problems] == [
        ("schedule-table", "piece.yaml:1:8")
    ]
