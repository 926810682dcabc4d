"""`hrcpub event`: what it writes can be read at once, and what it says of an event is right."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from hrcpub.events.fulfil.checking import check_event
from hrcpub.events.fulfil.outcome import BuildProgress, EventOptions
from hrcpub.files.sources import Sources
from tests.shared.once import made_once
from tests.shared.project import Hrcpub, copy_project

CODE = re.compile(r"^(\S*?):? ?(error|warning|note): .*\[([a-z-]+)\]$", re.MULTILINE)
COLUMNS = ["item", "edition", "printer", "language", "each", "sites", "pieces", "copies"]


def _check(root: Path) -> None:
    silent = BuildProgress(lambda step, count: None, lambda path: None, lambda line: None)
    folder = copy_project(root) / "output/events/health-fair"
    assert check_event(Sources(root), "health-fair", folder, EventOptions(), silent).event


@pytest.fixture
def checked(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project as it is once its event was checked: what was set for that is kept."""
    root = made_once(tmp_path_factory, "checked-event", _check)
    shutil.copytree(root / "output", project / "output", dirs_exist_ok=True)
    return project


def codes(text: str) -> list[str]:
    """Return the codes of all that is said."""
    return [code for _, _, code in CODE.findall(text)]


def cells(text: str, name: str) -> list[str]:
    """Return the cells of a table's row."""
    (row,) = re.findall(rf"^ *({name} .*)$", text, re.MULTILINE)
    return re.split(" {2,}", row)


@pytest.mark.usefixtures("checked")
def test_the_sample_event_is_right_and_its_figures_add_up(hrcpub: Hrcpub) -> None:
    done = hrcpub("event", "check")
    assert (done.returncode, codes(done.stderr)) == (0, ["event-no-imprint", "site-fiction"])
    assert done.stdout.startswith("health-fair: Oakland Health Fair, 2027-06-12, Lakeside Park")
    assert cells(done.stdout, "item") == COLUMNS
    wanted = ["principles-office", "office", "office", "en", "200", "8", "8", "1,680"]
    assert cells(done.stdout, "principles-office") == wanted
    wanted = ["principles-poster-press", "press", "digital", "en", "12", "0", "1", "13"]
    assert cells(done.stdout, "principles-poster-press") == wanted
    assert done.stdout.endswith("\n8 items, 8 sites, 52 pieces; 10,747 copies with spares\n")
    assert "Fruitvale Corner" not in done.stdout
    assert "fruitvale  " in hrcpub("event", "check", "health-fair").stdout


def test_json_has_the_same_figures_and_the_problems(checked: Path, hrcpub: Hrcpub) -> None:
    table = checked / "materials" / "sites.csv"
    table.write_text(table.read_text("utf-8").replace("Fruitvale Corner", "#REF!"), "utf-8")
    done = hrcpub("event", "check", "--json")
    (event,) = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert event["event"] == "health-fair"
    assert event["items"][0] == dict(
        zip(COLUMNS, ["principles-office", "office", "office", "en", 200, 7, 7, 1470], strict=True),
        approved="",
    )
    assert [problem["code"] for problem in event["problems"]] == [
        "site-damaged",
        "event-site-left-out",
        "site-fiction",
        "event-no-imprint",
    ]
    assert len(event["sites"]) == 7


def test_mistakes_are_shown_with_their_lines_and_the_rest_is_counted(
    checked: Path, hrcpub: Hrcpub
) -> None:
    table = checked / "materials" / "sites.csv"
    table.write_text(table.read_text("utf-8").replace("Fruitvale Corner", "#REF!"), "utf-8")
    done = hrcpub("event", "check", "health-fair")
    assert done.returncode == 1
    assert 'materials/sites.csv:5:11: error: "#REF!": the spreadsheet took it for' in done.stderr
    assert "^^^^^\n    format the column as Text and type it again" in done.stderr
    assert "8 items, 7 sites" in done.stdout


def test_many_alike_mistakes_are_told_as_a_few(project: Path, hrcpub: Hrcpub) -> None:
    rows = "".join(f"s{number},Site {number},N/A\n" for number in range(40))
    (project / "materials" / "sites.csv").write_text(f"id,name,tel\n{rows}", "utf-8")
    done = hrcpub("event", "check", "health-fair")
    assert codes(done.stderr).count("site-nothing") == 5
    assert "materials/sites.csv: 35 more like this, on lines 7 to 41 [site-nothing]" in done.stderr
    (event,) = json.loads(hrcpub("event", "check", "health-fair", "--json").stdout)
    told = [problem["code"] for problem in event["problems"]]
    assert told.count("site-nothing") == 40


def test_an_event_that_cannot_be_read_does_not_hide_the_others(
    checked: Path, hrcpub: Hrcpub
) -> None:
    (checked / "materials" / "events" / "bad.yaml").write_text("name: Bad\n", "utf-8")
    done = hrcpub("event", "check")
    assert done.returncode == 1
    assert set(codes(done.stderr)) == {
        "slot-missing",
        "event-no-imprint",
        "site-fiction",
    }
    assert "health-fair: Oakland" in done.stdout
    (bad, good) = json.loads(hrcpub("event", "check", "--json").stdout)
    assert (bad["event"], bad["items"], len(good["items"])) == ("bad", None, 8)


def test_an_unknown_event_is_a_problem(hrcpub: Hrcpub) -> None:
    done = hrcpub("event", "check", "helth-fair")
    assert (done.returncode, codes(done.stderr)) == (1, ["event-unknown"])
    assert 'did you mean "health-fair"?' in done.stderr


def test_a_manifest_named_yml_is_told_and_not_passed_over(project: Path, hrcpub: Hrcpub) -> None:
    folder = project / "materials" / "events"
    (folder / "health-fair.yaml").rename(folder / "health-fair.yml")
    for names in ((), ("health-fair",)):
        done = hrcpub("event", "check", *names)
        assert (done.returncode, codes(done.stderr)) == (1, ["event-misnamed"])
        assert "rename it to materials/events/health-fair.yaml" in done.stderr


def test_events_are_listed(hrcpub: Hrcpub) -> None:
    assert "health-fair  2027-06-12  Oakland Health Fair" in hrcpub("event", "list").stdout
    (row,) = json.loads(hrcpub("event", "list", "--json").stdout)
    assert (row["name"], row["date"], row["title"]) == (
        "health-fair",
        "2027-06-12",
        "Oakland Health Fair",
    )


def test_a_new_event_can_be_checked_at_once(project: Path, hrcpub: Hrcpub) -> None:
    done = hrcpub("event", "new", "street-fair")
    assert done.returncode == 0
    assert done.stdout == (
        "wrote materials/events/street-fair.yaml\n"
        "Fill in what you need, then run: hrcpub event check street-fair\n"
    )
    text = (project / "materials" / "events" / "street-fair.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=schema.json\n")
    assert max(map(len, text.splitlines())) <= 100
    checked = hrcpub("event", "check", "street-fair")
    assert (checked.returncode, codes(checked.stderr)) == (
        1,
        ["event-sample", "event-no-imprint", "site-fiction"],
    )
    assert "1 item, 8 sites, 8 pieces" in checked.stdout


def test_a_new_manifests_remarks_are_right_when_they_are_made_lines(
    project: Path, hrcpub: Hrcpub
) -> None:
    hrcpub("event", "new", "street-fair")
    path = project / "materials" / "events" / "street-fair.yaml"
    text = path.read_text("utf-8")
    remarks = "tel email approver to boxes printer stock caliper spares scheme separators"
    for name in remarks.split():
        text, count = re.subn(rf"^( *)# {name}: ", rf"\1{name}: ", text, flags=re.MULTILINE)
        assert count == 1, name
    path.write_text(text, "utf-8")
    checked = hrcpub("event", "check", "street-fair")
    assert (checked.returncode, codes(checked.stderr)) == (
        1,
        ["event-sample", "event-no-imprint", "site-fiction"],
    )
    assert "still the words of the example: place, contact.name, approver" in checked.stderr


def test_a_first_event_gets_a_table_with_a_row_to_replace(project: Path, hrcpub: Hrcpub) -> None:
    table = project / "materials" / "sites.csv"
    table.unlink()
    (project / "materials" / "events" / "health-fair.yaml").unlink()
    (project / "materials" / "events" / "schema.json").unlink()
    done = hrcpub("event", "new", "street-fair")
    assert "wrote materials/sites.csv" in done.stdout
    assert table.read_bytes().startswith(b"\xef\xbb\xbf#")
    assert (project / "materials" / "events" / "schema.json").exists()
    checked = hrcpub("event", "check")
    assert checked.returncode == 1
    assert set(codes(checked.stderr)) == {"event-sample", "site-sample", "event-no-sites"}


@pytest.mark.parametrize(
    ("code", "tel", "hint"),
    [("351", "", "write it like 2"), ("44", "020 7946 0958", "write it like 0")],
)
def test_a_new_events_examples_are_of_the_projects_country(
    hrcpub: Hrcpub, project: Path, code: str, tel: str, hint: str
) -> None:
    (project / "materials/sites.csv").unlink()
    (project / "materials/organisation.yaml").write_text("name: Van\npaper-size: a4\n", "utf-8")
    contacts = project / "materials/contacts.yaml"
    text = contacts.read_text("utf-8")
    contacts.write_text(re.sub("calling-code: .*", f'calling-code: "{code}"', text), "utf-8")

    hrcpub("event", "new", "street-fair")
    table = (project / "materials/sites.csv").read_text("utf-8")
    manifest = (project / "materials/events/street-fair.yaml").read_text("utf-8")
    assert f",Mon-Fri 9-17,{tel},https" in table.replace('"', "")
    assert not re.search("CA 94612|555-|20 lb", table + manifest)
    told = codes(hrcpub("event", "check", "street-fair").stderr)
    assert "site-sample" in told
    assert "site-tel" not in told

    rows = "id,name,tel\nvan,Van,510555010112345678\n"
    (project / "materials/sites.csv").write_text(rows, "utf-8")
    said = hrcpub("event", "check", "street-fair").stderr
    assert "[site-tel]" in said
    assert hint in said


@pytest.mark.parametrize(
    ("name", "code"),
    [("health-fair", "name-taken"), ("Health Fair", "event-name"), ("../x", "event-name")],
)
def test_no_file_is_overwritten_and_no_odd_name_taken(
    name: str, code: str, project: Path, hrcpub: Hrcpub
) -> None:
    before = {path: path.read_bytes() for path in (project / "materials").rglob("*.*")}
    done = hrcpub("event", "new", name)
    assert (done.returncode, codes(done.stderr)) == (1, [code])
    assert {path: path.read_bytes() for path in (project / "materials").rglob("*.*")} == before


def test_the_schema_is_printed_and_written_alike(project: Path, hrcpub: Hrcpub) -> None:
    path = project / "materials" / "events" / "schema.json"
    path.unlink()
    assert hrcpub("event", "schema", "--write").stdout == "wrote materials/events/schema.json\n"
    assert hrcpub("event", "schema").stdout == path.read_text("utf-8")


def test_events_disturb_no_other_command(hrcpub: Hrcpub) -> None:
    listed = json.loads(hrcpub("list", "--json").stdout)
    names = {row["name"] for row in listed["materials"]}
    assert names
    assert not names & {"health-fair", "events", "sites"}
