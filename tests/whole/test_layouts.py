"""Every layout there is builds from its sample, and from words at its limits."""

from __future__ import annotations

import copy
import functools
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hrcpub.build.batch import BuildWorker
from hrcpub.build.job import Job
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Report
from hrcpub.project.layout import read_layout
from tests.shared.pages import texts
from tests.shared.project import DESIGNS, ROOT

LAYOUTS = tuple(DESIGNS)
# Pages are laid out in three forms: a layout's own, large print's, and a phone's, which is large
# print's on a smaller page.
FORMS = ("screen", "large-print", "phone")
# Kinds whose values are names of things, or data, not words alone.
# How who signs is reached.
TELEPHONE = "(212) 689-6347"
WAYS = (
    f"tel: {TELEPHONE}\ntext: HOME to 741741\n"
    "url: https://www.nightvan.org/\nemail: help@nightvan.org\n"
)
NAMED = ("contacts", "figure", "dated", "number", "percent", "schedule", "map")


@functools.cache
def slots(layout: str) -> dict[str, Any]:
    """Return a layout's slots; only to be read."""
    path = ROOT / "layouts" / layout / "layout.yaml"
    found = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)["slots"]
    assert isinstance(found, dict)
    return {name: _whole(slot) for name, slot in found.items()}


def _whole(slot: dict[str, Any]) -> dict[str, Any]:
    """Return a slot with the fields that its kind has of itself."""
    fields = {name: _whole(inner) for name, inner in slot.get("fields", {}).items()}
    if slot["kind"] == "opening":
        line = {"kind": "line", "limit": slot["limit"]}
        fields = {"word": line, "number": line, "figure": {"kind": "figure"}}
    return slot | ({"fields": fields} if fields else {})


@functools.cache
def editions(layout: str) -> tuple[str, ...]:
    return read_layout(Sources(ROOT), layout).editions


TITLED = [layout for layout in LAYOUTS if "title" in slots(layout)]


def sample(layout: str) -> dict[str, Any]:
    """Return words like those of a layout's sample, but not the same: they are for the press."""
    path = ROOT / "layouts" / layout / "sample.yaml"
    # Every scalar a string, as hrcpub reads it.
    found = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    assert isinstance(found, dict)
    described = slots(layout)
    found["words"] = {
        name: _reworded(value, described[name]) for name, value in found["words"].items()
    }
    return found


def _reworded(value: Any, slot: dict[str, Any]) -> Any:
    if slot["kind"] in NAMED:
        return value
    if isinstance(value, str):
        return value.translate(str.maketrans("aeo0", "eoa1"))
    if isinstance(value, dict):
        fields = slot.get("fields", {})
        return {name: _reworded(inner, fields.get(name, slot)) for name, inner in value.items()}
    return [_reworded(inner, slot) for inner in value]


def build(
    worker: BuildWorker,
    layout: str,
    material: dict[str, Any],
    wanted: tuple[str, ...] = (),
    paper: str | None = None,
    sheet: str | None = None,
) -> Report:
    """Build a material in the editions that are wanted, else in all that its layout has."""
    path = Path(worker.options.root) / "materials" / "piece.yaml"
    path.write_text(yaml.safe_dump(material, allow_unicode=True), encoding="utf-8")
    return worker.do(Job("piece", wanted or editions(layout), paper, sheet=sheet))


def assert_right(
    report: Report, *allowed: str, made: tuple[str, ...] = ("screen", "large-print")
) -> None:
    """Editions were made, and nothing is said but what a sample may hear."""
    assert [p for p in report.all_problems if p.is_error] == []
    assert set(made) <= {output.edition for output in report.outputs}
    said = {problem.code for problem in report.all_problems}
    assert said <= {
        "contact-historical",
        "figure-untested",
        "not-reviewed",
        "page-hollow",
        "schedule-fiction",
        *allowed,
    }


def pdf(worker: BuildWorker, edition: str) -> Path:
    return Path(worker.options.folder) / edition / "piece.pdf"


def texts_of(value: Any, slot: dict[str, Any]) -> Iterator[str]:
    if slot["kind"] in NAMED:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts_of(inner, slot.get("fields", {}).get(name, slot))
    else:
        for inner in value:
            yield from texts_of(inner, slot)


def each(value: Any, slot: dict[str, Any], change: Callable[[str, dict[str, Any]], str]) -> Any:
    """Return a slot's value with `change` made to each of its texts; names and codes stay."""
    if slot["kind"] in (*NAMED, "code"):
        return value
    if slot["kind"] == "rows":
        head = {"kind": "line", "limit": 24}
        rows = [
            [one if one.isdigit() else change(one, head) for one in row] for row in value["rows"]
        ]
        return {"head": [change(one, head) for one in value["head"]], "rows": rows}
    if isinstance(value, list):
        return [each(one, slot, change) for one in value]
    if isinstance(value, dict):
        fields = slot.get("fields", {})
        return {name: each(one, fields.get(name, slot), change) for name, one in value.items()}
    return change(value, slot)


def changed(layout: str, change: Callable[[str, dict[str, Any]], str]) -> dict[str, Any]:
    """Return a layout's sample with every text changed."""
    material = sample(layout)
    described = slots(layout)
    material["words"] = {
        name: each(value, described[name], change) for name, value in material["words"].items()
    }
    return material


def counted(layout: str, fewest: bool) -> dict[str, Any]:
    """Return a layout's sample with as few, or as many, entries as it takes."""
    material = sample(layout)
    offices = ["east-coast", "west-coast", "training-institute"]
    for name, slot in slots(layout).items():
        if not fewest and slot["kind"] == "contacts":
            material["words"][name] = offices[: int(slot["most"])]
        elif "most" in slot:
            entries = material["words"][name]
            count = max(int(slot.get("fewest", 1)), 1) if fewest else int(slot["most"])
            material["words"][name] = [
                copy.deepcopy(entries[at % len(entries)]) for at in range(count)
            ]
        elif fewest and not slot.get("required"):
            material["words"].pop(name, None)
        for number, entry in enumerate(material["words"].get(name, ()), 1):
            if isinstance(entry, dict) and isinstance(entry.get("opening"), str):
                entry["opening"] = f"Opening number {number}"
            if isinstance(entry, dict) and "at" in entry:
                entry["at"] = str(number)  # times, one after the other
    return material


def forms_of(layout: str, turn: int) -> tuple[str, ...]:
    """Return a layout's own form and another: both others take turns, by layouts and by tests."""
    return FORMS[0], FORMS[1 + (LAYOUTS.index(layout) + turn) % 2]


@pytest.mark.slow(but=["card", "poster"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_fewest_entries_and_no_optional_words_fit(worker: BuildWorker, layout: str) -> None:
    forms = forms_of(layout, 0)
    assert_right(build(worker, layout, counted(layout, fewest=True), forms), made=forms)


LONG = "Nonprescriptionoverthecounterdrugdispensation"


@pytest.mark.slow(but=["card", "palm-card", "brief"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_long_words_build_whole(worker: BuildWorker, layout: str) -> None:
    def lengthened(text: str, slot: dict[str, Any]) -> str:
        if slot["kind"] == "line":
            return long[: slot["limit"]]
        return f"{long} {text[: min(90, slot['limit'] - len(long) - 1)]}".strip()

    long = LONG[: DESIGNS[layout].word]

    report = build(worker, layout, changed(layout, lengthened), ("screen",))
    assert_right(report, "title-small", made=("screen",))
    shown = "".join("".join(texts(pdf(worker, "screen"))).split())
    assert long[:32] in shown


MARKED = "\"Ask 'when'\" -- *now*, **here**, ***both***, or [call](tel:+12125551234) \\*us\\*"
SHOWN = "“Ask ‘when’”—now, here, both, or call *us*"


@pytest.mark.slow(but=["card", "half-sheet"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_quotes_dashes_and_markup_are_set_in_texts(worker: BuildWorker, layout: str) -> None:
    def marked(text: str, slot: dict[str, Any]) -> str:
        room = slot["limit"] - len(SHOWN) - 2
        if slot["kind"] == "line" or room < 0:
            return "“Two ‘words’”" if slot["limit"] > 12 else "“Two”"
        return f"{text[: min(120, room)]} {MARKED}"

    material = changed(layout, marked)
    assert_right(build(worker, layout, material, ("screen",)), made=("screen",))
    shown = " ".join("".join(texts(pdf(worker, "screen"))).split())
    described = slots(layout)
    said = (texts_of(value, described[name]) for name, value in material["words"].items())
    has_texts = any(text.endswith(MARKED) for text in itertools.chain.from_iterable(said))
    assert (SHOWN.replace(" ", "") in shown.replace(" ", "")) == has_texts
    assert "Two" in shown
    assert "**" not in shown


SENTENCE = "Words of common length fill this place until it is full. "


@pytest.mark.slow(but=["card", "postcard", "palm-card"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_text_of_full_length_fits_or_is_refused_with_its_place(
    worker: BuildWorker, layout: str
) -> None:
    """A limit is for one text; a list of texts at theirs may be too tall, and is told so."""

    def filled(text: str, slot: dict[str, Any]) -> str:
        return (SENTENCE * 20)[: slot["limit"]].strip() if slot["kind"] != "line" else text

    report = build(worker, layout, changed(layout, filled), ("screen",))
    errors = [problem for problem in report.all_problems if problem.is_error]
    if errors:
        assert {problem.code for problem in errors} <= {"stack-overset", "text-lost"}
        assert all(problem.source and problem.source.line for problem in errors)
    else:
        assert_right(report, "text-fitted", made=("screen",))


def brimful(layout: str, long: str) -> dict[str, Any]:
    """Return a layout's sample with the most entries, each text of full length, quoted and marked.

    Each begins with a long word.
    """

    def filled(text: str, slot: dict[str, Any]) -> str:
        if slot["kind"] == "line":
            return f"“‘{long[: slot['limit'] - 4]}’”" if slot["limit"] > 12 else "“Two”"
        words, room = f"{long} {SENTENCE * 20}", slot["limit"] - len(SHOWN) - 2
        return f"{words[:room].strip()} {MARKED}" if room > 0 else words[: slot["limit"]].strip()

    material = counted(layout, fewest=False)
    described = slots(layout)
    material["words"] = {
        name: each(value, described[name], filled) for name, value in material["words"].items()
    }
    return material


# They take as many pages as words need, so that one build has all at once.
GROWING = [
    *((layout, "large-print") for layout in LAYOUTS),
    *((layout, "phone") for layout in LAYOUTS if "phone" in forms_of(layout, 1)),
]


@pytest.mark.slow(but=["trifold-phone"])
@pytest.mark.parametrize(("layout", "edition"), GROWING)
def test_pages_of_large_print_and_phones_take_all_that_a_layout_takes(
    worker: BuildWorker, layout: str, edition: str
) -> None:
    # No column of a telephone holds a long word.
    long = LONG[: DESIGNS[layout].word] if edition == "large-print" else "Words"
    path = Path(worker.options.root) / "materials/organisation.yaml"
    path.write_text(f"paper-size: letter\nname: Night Van\n{WAYS}", encoding="utf-8")
    assert_right(build(worker, layout, brimful(layout, long), (edition,)), made=(edition,))
    said = " ".join(" ".join(texts(pdf(worker, edition))).split())
    assert TELEPHONE in said
    assert "**" not in said
