"""Manifests: what an event is read as, every mistake at its line, and what a mistake costs."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from hrcpub.events.manifest.event import Event, copies
from hrcpub.events.manifest.manifest import event_names, read_event
from hrcpub.events.manifest.schema import FOLDER, SCHEMA, schema_text
from hrcpub.events.manifest.sites import PATH
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.material import material_names
from hrcpub.project.printers import HOUSE
from hrcpub.units import points
from tests.shared.project import ROOT

TODAY = datetime.date(2026, 12, 1)
HEAD = """\
name: Fair
date: 2026-12-20
place: The park
contact: {name: Ana, tel: (510) 555-0100, email: ana@example.org}
"""
ITEM = """\
items:
  - material: principles
    languages: {en: 200}
    edition: office
"""
TABLE = """\
id,name,tel
north,North,211
south,South,311
east,#REF!,988
"""


def read(project: Path, text: str, today: datetime.date = TODAY) -> Event:
    """Return the event of a manifest."""
    folder = project / FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "fair.yaml").write_text(text, "utf-8")
    return read_event(Project(Sources(project, today=today)), "fair")


def told(project: Path, text: str, today: datetime.date = TODAY) -> list[tuple[str, str]]:
    """Return code and place of all that is said of a manifest, by its own lines."""
    try:
        problems: tuple[Problem, ...] = read(project, text, today).problems
    except HrcpubError as error:
        problems = error.problems
    return [
        (problem.code, str(problem.source).removeprefix(f"{FOLDER}/fair.yaml:"))
        for problem in problems
    ]


@pytest.fixture
def project(project: Path) -> Path:
    """Return a project without sites."""
    (project / PATH).unlink()
    return project


def test_the_sample_event_is_read_whole() -> None:
    event = read_event(Project(Sources(ROOT, today=TODAY)), "health-fair")
    assert [problem.code for problem in event.problems] == ["site-fiction"]
    assert (str(event.name), event.date) == ("Oakland Health Fair", datetime.date(2027, 6, 12))
    assert [str(words) for words in event.contact] == [
        "Ana Reyes",
        "(510) 555-0100",
        "ana@example.org",
    ]
    assert [item.id for item in event.items] == [
        "principles-office",
        "what-postcard-office",
        "why-harm-reduction-press",
        "contact-card-press",
        "principles-card-press",
        "why-folder-press",
        "harm-reduction-office",
        "principles-poster-press",
    ]
    assert [len(item.sites) for item in event.items] == [8, 8, 8, 8, 8, 8, 3, 0]
    card, folder = event.items[3], event.items[5]
    assert (card.printer.name, card.caliper) == ("sheetfed", points("0.014 in"))
    assert (folder.fold, card.fold) == ("letter", None)
    assert event.items[1].spares == 0.10
    assert event.items[0].spares == 0.05
    (partner,) = event.partners
    assert partner.logo
    assert partner.logo.width == partner.logo.height
    assert event.delivery.due == datetime.date(2027, 6, 9)


def test_events_and_sites_are_no_materials(sources: Sources) -> None:
    assert event_names(sources) == ("health-fair",)
    assert not {"health-fair", "events", "sites"} & set(material_names(sources))


def test_an_item_without_more_is_the_houses_for_the_event_itself(project: Path) -> None:
    (item,) = read(project, HEAD + ITEM).items
    assert (item.id, item.number, item.edition, item.printer) == (
        "principles-office",
        1,
        "office",
        HOUSE,
    )
    assert (item.sites, item.spares, item.caliper, item.fold, item.scheme) == ((), 0, 0, None, None)
    assert dict(item.quantities) == {"en": 200}
    assert item.materials["en"].name == "principles"
    assert str(item.source) == f"{FOLDER}/fair.yaml:6:15"
    assert not item.has_separators


def translated(project: Path, name: str, language: str) -> None:
    """Write a material that says it is in another language."""
    text = (project / "materials" / "why-harm-reduction.yaml").read_text("utf-8")
    text = text.replace("language: en", f"language: {language}").replace("verbatim: yes\n", "")
    (project / "materials" / f"{name}.yaml").write_text(text, "utf-8")
    phrases = project / "layouts" / "system" / "phrases.yaml"
    if f"\n{language}:" not in (known := phrases.read_text("utf-8")):
        (english,) = re.findall(r"^en:\n(?:[ #].*\n|\n)*", known, re.MULTILINE)
        phrases.write_text(known + "\n" + english.replace("en:", f"{language}:", 1), "utf-8")


def test_a_language_is_the_material_itself_or_the_one_named_after_it(project: Path) -> None:
    translated(project, "why-harm-reduction-es", "es")
    text = ITEM.replace("principles", "why-harm-reduction").replace("en: 200", "es: 50, en: 200")
    (item,) = read(project, HEAD + text).items
    assert {language: one.name for language, one in item.materials.items()} == {
        "es": "why-harm-reduction-es",
        "en": "why-harm-reduction",
    }
    assert dict(item.quantities) == {"es": 50, "en": 200}


def test_a_translation_that_is_missing_is_told_with_its_files_name(project: Path) -> None:
    with pytest.raises(HrcpubError) as caught:
        read(project, HEAD + ITEM.replace("{en: 200}", "{en: 1, es: 2}"))
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.source)) == ("event-language", f"{FOLDER}/fair.yaml:7:24")
    assert problem.hint == "hrcpub translate new es principles"


def test_a_translation_from_a_po_file_is_the_material_in_that_language(project: Path) -> None:
    """One that is not finished costs its language alone, and is told."""
    text = ITEM.replace("principles", "contact-card").replace("{en: 200}", "{en: 2, es: 3}")
    (item,) = read(project, HEAD + text).items
    assert item.materials["es"].name == "contact-card-es"
    assert item.materials["es"].language == "es"
    path = project / "materials/i18n/es/contact-card.po"
    words = path.read_text(encoding="utf-8")
    path.write_text(words.replace('msgctxt "title"', '#, fuzzy\nmsgctxt "title"'), "utf-8")
    event = read(project, HEAD + text)
    assert set(event.items[0].materials) == {"en"}
    codes = [problem.code for problem in event.problems if problem.is_error]
    assert codes == ["translation-open", "event-material"]


def test_a_translation_must_be_in_its_language_and_layout(project: Path) -> None:
    translated(project, "principles-es", "fr")
    text = HEAD + ITEM.replace("{en: 200}", "{en: 1, es: 2}")
    assert ("event-language-other", "7:24") in told(project, text)
    with pytest.raises(HrcpubError):
        read(project, text)
    translated(project, "principles-es", "es")
    assert ("event-layout", "7:24") in told(project, text)


def test_ids_are_told_apart_by_shop_and_number(project: Path) -> None:
    (project / PATH).write_text(TABLE.replace("#REF!", "East"), "utf-8")
    entry = "  - {{material: principles, languages: {{en: 1}}, edition: press{more}}}\n"
    more = ["", ", printer: digital, sites: [north]", ", printer: digital, sites: [south]"]
    event = read(project, HEAD + "items:\n" + "".join(entry.format(more=one) for one in more))
    assert [item.id for item in event.items] == [
        "principles-press-house",
        "principles-press-digital",
        "principles-press-digital-2",
    ]
    assert event.problems == ()


def line(text: str, after: str = "    edition: office\n") -> str:
    """Return the plain manifest with more in it."""
    return HEAD + ITEM.replace(after, after + text)


MISTAKES = {
    "an unknown name": (line("    foo: x\n"), [("slot-unknown", "9:5")]),
    "no items": (HEAD, [("slot-missing", "1:1")]),
    "no head": (ITEM, [("slot-missing", "1:1")] * 4),
    "an unknown material": (
        HEAD + ITEM.replace("principles", "principals"),
        [("material-unknown", "6:15")],
    ),
    "a path": (HEAD + ITEM.replace("principles", "../x"), [("material-unknown", "6:15")]),
    "the offices": (HEAD + ITEM.replace("principles", "contacts"), [("material-unknown", "6:15")]),
    "no language": (HEAD + ITEM.replace("en:", "English:"), [("slot-value", "7:17")]),
    "none": (HEAD + ITEM.replace("200", "0"), [("slot-value", "7:21")]),
    "too many": (HEAD + ITEM.replace("200", "1000001"), [("slot-value", "7:21")]),
    "a fraction": (HEAD + ITEM.replace("200", "1.5"), [("slot-value", "7:21")]),
    "a list of languages": (HEAD + ITEM.replace("{en: 200}", "[en]"), [("slot-shape", "7:16")]),
    "no quantity": (HEAD + ITEM.replace("en: 200", "en: "), [("slot-empty", "7:17")]),
    "no edition of that name": (HEAD + ITEM.replace("office", "offise"), [("slot-choice", "8:14")]),
    "an edition it lacks": (
        HEAD + ITEM.replace("principles", "principles-poster"),
        [("event-edition", "8:14")],
    ),
    "a stranger of a printer": (line("    printer: acme\n"), [("printer-unknown", "9:14")]),
    "another layout": (line("    layout: brief\n"), [("event-layout", "9:13")]),
    "another fold": (line("    fold: z\n"), [("event-fold", "9:11")]),
    "no fold": (line("    fold: flip\n"), [("slot-choice", "9:11")]),
    "no scheme": (line("    scheme: heap\n"), [("slot-choice", "9:13")]),
    "a scheme for a shop": (
        HEAD + ITEM.replace("office", "press") + "    scheme: cards\n",
        [("event-scheme", "9:13")],
    ),
    "spares without their sign": (line("    spares: 5\n"), [("slot-value", "9:13")]),
    "spares beyond all": (line("    spares: 101 %\n"), [("slot-value", "9:13")]),
    "a shop's points": (line("    caliper: 14 pt\n"), [("event-caliper", "9:14")]),
    "no length": (line("    caliper: 4\n"), [("slot-value", "9:14")]),
    "sites without a table": (line("    sites: [north]\n"), [("event-site", "9:13")]),
    "the event's sites without a table": (
        HEAD + "sites: [north]\n" + ITEM,
        [("file-missing", "5:9")],
    ),
    "a table that is not there": (
        HEAD + "sites-file: materials/none.csv\n" + ITEM,
        [("file-missing", "5:13")],
    ),
    "a table outside": (HEAD + "sites-file: ../x.csv\n" + ITEM, [("file-refused", "5:13")]),
    "the same twice": (HEAD + ITEM + ITEM.partition("\n")[2], [("event-item-twice", "9:15")]),
    "no mail address": (
        HEAD.replace("ana@example.org", "ana at home") + ITEM,
        [("slot-value", "4:50")],
    ),
    "no telephone": (
        HEAD.replace("(510) 555-0100", "call"),
        [("slot-value", "4:27"), ("slot-missing", "1:1")],
    ),
    "a delivery that comes too late": (
        HEAD + "delivery: {by: 2026-12-21}\n" + ITEM,
        [("event-delivery-late", "5:16")],
    ),
    "a date in words": (HEAD.replace("2026-12-20", "June 12") + ITEM, [("slot-value", "2:7")]),
    "a logo that is not there": (
        HEAD + "partners: [{name: A, logo: {file: a.png, alt: A}}]\n" + ITEM,
        [("image-missing", "5:35")],
    ),
    "no YAML": (HEAD + "items: [\n", [("yaml-syntax", "5:9")]),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_told_at_its_place(name: str, project: Path) -> None:
    text, wanted = MISTAKES[name]
    found = told(project, text)
    assert sorted(found) == sorted(wanted)
    with pytest.raises(HrcpubError):
        read(project, text)


def test_all_mistakes_are_told_at_once(project: Path) -> None:
    text = (
        HEAD.replace("2026-12-20", "soon")
        + "foo: x\n"
        + ITEM
        + "    printer: acme\n    fold: z\n    layout: brief\n"
        + "  - {material: nothing, languages: {en: 0}, edition: press}\n"
    )
    assert {code for code, _ in told(project, text)} == {
        "slot-value",
        "slot-unknown",
        "printer-unknown",
        "event-fold",
        "event-layout",
    }


def test_a_bad_row_costs_its_site_and_whoever_names_it_is_told(project: Path) -> None:
    (project / PATH).write_text(TABLE, "utf-8")
    event = read(project, line("    sites: [south, east]\n"))
    assert [site.id for site in event.sites] == ["north", "south"]
    assert [site.id for site in event.items[0].sites] == ["south"]
    assert [(one.code, str(one.source), one.is_error) for one in event.problems] == [
        ("site-damaged", f"{PATH}:4:6", True),
        ("event-site-left-out", f"{FOLDER}/fair.yaml:9:20", True),
    ]


def test_an_item_for_bad_rows_alone_is_for_nobody(project: Path) -> None:
    (project / PATH).write_text(TABLE, "utf-8")
    other = "  - {material: contact-card, languages: {en: 1}, edition: press}\n"
    event = read(project, line("    sites: [east]\n") + other)
    assert [(item.id, item.number) for item in event.items] == [("contact-card-press", 2)]


def test_a_table_of_bad_rows_alone_stops_the_event(project: Path) -> None:
    (project / PATH).write_text("id,name,tel\na,#REF!,988\n", "utf-8")
    assert {code for code, _ in told(project, HEAD + ITEM)} == {"event-no-sites", "site-damaged"}
    with pytest.raises(HrcpubError):
        read(project, HEAD + ITEM)


def test_the_events_sites_are_those_it_names_in_its_order(project: Path) -> None:
    (project / PATH).write_text(TABLE.replace("#REF!", "East"), "utf-8")
    event = read(project, HEAD + "sites: [east, north]\n" + ITEM)
    assert [site.id for site in event.sites] == ["east", "north"]
    assert event.items[0].sites == event.sites
    assert told(project, HEAD + "sites: [east, soth, east]\n" + ITEM) == [
        ("event-site", "5:15"),
        ("event-site-twice", "5:21"),
    ]
    text = HEAD + "sites: [east]\n" + ITEM + "    sites: [north]\n"
    assert told(project, text) == [("event-site", "10:13")]


def test_an_id_that_is_not_written_in_the_table_is_warned_of(project: Path) -> None:
    (project / PATH).write_text("name,tel\nNorth,988\n", "utf-8")
    assert told(project, HEAD + "sites: [north]\n" + ITEM) == [("event-site-made", "5:9")]


COUNTS = """\
id,name,copies,copies en,posters
north,North,30,,0
south,South,,25,4
east,East,,,
"""


def test_the_table_says_how_many_each_site_gets(project: Path) -> None:
    (project / PATH).write_text(COUNTS.replace("posters", "(posters)"), "utf-8")
    (item,) = read(project, HEAD + ITEM).items
    usual = item.quantities["en"]
    assert [item.count("en", site) for site in item.sites] == [30, 25, usual]
    assert (item.total("en"), item.each("en")) == (55 + usual, (min(25, usual), max(30, usual)))
    (project / PATH).write_text(COUNTS, "utf-8")
    (posters,) = read(project, line("    copies: Posters\n")).items
    assert posters.quantities["en"] == usual
    assert [site.id for site in posters.receivers("en")] == ["south", "east"]
    assert posters.total("en") == 4 + usual


def test_a_column_of_quantities_that_is_not_there_is_told(project: Path) -> None:
    (project / PATH).write_text(COUNTS.replace("posters", "(posters)"), "utf-8")
    assert told(project, line("    copies: Posters\n")) == [("csv-column-missing", "9:13")]


@pytest.mark.parametrize("where", ["the event", "an item"])
def test_an_empty_list_of_sites_is_nobody(where: str, project: Path) -> None:
    (project / PATH).write_text(TABLE.replace("#REF!", "East"), "utf-8")
    text = HEAD + "sites: []\n" + ITEM if where == "the event" else HEAD + ITEM + "    sites: []\n"
    event = read(project, text)
    assert event.items[0].sites == ()
    assert len(event.sites) == (0 if where == "the event" else 3)


def test_a_material_with_mistakes_costs_itself_alone(project: Path) -> None:
    path = project / "materials" / "principles.yaml"
    path.write_text(path.read_text("utf-8").replace("title:", "titel:"), "utf-8")
    other = "  - {material: contact-card, languages: {en: 1}, edition: press}\n"
    event = read(project, HEAD + ITEM + other)
    assert [item.id for item in event.items] == ["contact-card-press"]
    assert ("event-material", f"{FOLDER}/fair.yaml:7:17") in [
        (one.code, str(one.source)) for one in event.problems
    ]
    assert "materials/principles.yaml" in {one.source.path for one in event.problems if one.source}


def test_sample_words_cost_a_material_its_press_item_alone(project: Path) -> None:
    card = (project / "materials/contact-card.yaml").read_text("utf-8")
    sample = card.replace("verbatim: yes", "verbatim: no").replace(
        "  title: How to Reach the Harm Reduction Coalition", "  title: Who Answers When You Call"
    )
    (project / "materials/mine.yaml").write_text(sample, "utf-8")
    items = "".join(
        f"  - {{material: mine, languages: {{en: 1}}, edition: {name}}}\n"
        for name in ("office", "press")
    )
    event = read(project, f"{HEAD}items:\n{items}")
    assert [item.id for item in event.items] == ["mine-office"]
    said = {problem.code: problem for problem in event.problems}
    assert said["placeholder-left"].is_error
    assert said["placeholder-left"].source == said["sample-words"].source
    assert str(said["event-material"].source) == f"{FOLDER}/fair.yaml:7:34"


DATES = {
    datetime.date(2026, 12, 17): [],
    datetime.date(2026, 12, 18): ["event-delivery-past"],
    datetime.date(2026, 12, 20): ["event-delivery-past"],
    datetime.date(2026, 12, 21): ["event-delivery-past", "event-past"],
}


@pytest.mark.parametrize("today", DATES, ids=str)
def test_days_that_are_past_are_warned_of_and_asked_again(
    today: datetime.date, project: Path
) -> None:
    text = HEAD + "delivery: {by: 2026-12-17}\n" + ITEM
    event = read(project, text, today)
    assert sorted(one.code for one in event.problems) == DATES[today]
    assert {one.severity for one in event.problems} <= {Severity.WARNING}
    sources = Sources(project, today=today)
    read_event(Project(sources), "fair")
    for later, codes in DATES.items():
        if later >= today:
            holds = Sources(project, today=later).still_holds(sources.reads)
            assert holds is (codes == DATES[today])


def test_routes_are_named_by_the_box_that_sites_are_in(project: Path) -> None:
    (project / PATH).write_text("id,name,box\nnorth,North,hills\nsouth,South,hills\n", "utf-8")
    routes = (
        "delivery: {routes: {hills: {name: Lake and Hills, driver: Sam}, hill: {driver: Jo}}}\n"
    )
    event = read(project, HEAD + routes + ITEM)
    route = event.delivery.routes["hills"]
    assert (str(route.name), str(route.driver)) == ("Lake and Hills", "Sam")
    (problem,) = (one for one in event.problems if one.code == "route-unknown")
    assert str(problem.source) == f"{FOLDER}/fair.yaml:5:65"
    assert problem.hint == 'did you mean "hills"?'
    assert not problem.is_error


def test_an_offices_review_rides_along(project: Path) -> None:
    codes = {code for code, _ in told(
        project,
        HEAD + ITEM.replace("principles", "contact-card"),
        datetime.date(2027, 6, 12),
    )}  # fmt: skip
    assert "contact-due" in codes


@pytest.mark.parametrize("name", ["../x", "Fair", "a b", "con", ""])
def test_a_name_that_can_be_none_is_refused(name: str, sources: Sources) -> None:
    with pytest.raises(HrcpubError, match="cannot be an event"):
        read_event(Project(sources), name)


def test_an_unknown_event_is_told_with_the_nearest(sources: Sources) -> None:
    with pytest.raises(HrcpubError) as caught:
        read_event(Project(sources), "helth-fair")
    (problem,) = caught.value.problems
    assert (problem.code, problem.hint) == ("event-unknown", 'did you mean "health-fair"?')


COPIES = {(200, 0.05): 210, (1, 0.05): 2, (20, 0.05): 21, (3, 0.0): 3, (100, 0.1): 110}


@pytest.mark.parametrize(("quantity", "spares"), COPIES)
def test_spares_are_whole_pieces(quantity: int, spares: float) -> None:
    assert copies(quantity, spares) == COPIES[quantity, spares]


def judged(text: str) -> list[str]:
    """Return what the schema says of a manifest."""
    schema: dict[str, Any] = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    values = json.loads(json.dumps(yaml.safe_load(text), default=str))
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(values)]


def test_the_schema_in_the_repository_is_current_and_takes_the_sample() -> None:
    assert (ROOT / SCHEMA).read_text("utf-8") == schema_text()
    assert judged((ROOT / FOLDER / "health-fair.yaml").read_text("utf-8")) == []
    assert judged(HEAD + ITEM) == []
    assert judged(HEAD) != []
    assert judged(line("    foo: x\n")) != []
