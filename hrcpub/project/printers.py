"""`materials/printers.yaml` to `Printer`s: what each print shop asks for, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hrcpub import units
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError, Problem, did_you_mean, stop_on_errors
from hrcpub.project import slots
from hrcpub.project.condition import CONDITIONS, DEFAULT, OutputCondition
from hrcpub.project.edition import BLEED, SAFE
from hrcpub.project.slots import Slot
from hrcpub.units import Size

PATH = "materials/printers.yaml"


@dataclass(frozen=True, slots=True)
class Printer:
    """A print shop's demands. Lengths in points.

    `profile` is the path of the shop's own ICC file in the project, None for the condition's.
    """

    name: str
    about: str = ""
    bleed: float = BLEED
    safe: float = SAFE
    ink_limit: float | None = None  # in per cent, None for the condition's
    condition: OutputCondition = CONDITIONS[DEFAULT]
    profile: str | None = None
    sheets: tuple[Size, ...] = ()
    minimum_ppi: float = 225.0  # GWG 2022 warns under it

    @property
    def most_ink(self) -> float:
        """The most ink that all plates together may lay down, in per cent."""
        limit = self.condition.ink_limit
        return limit if self.ink_limit is None else min(limit, self.ink_limit)


HOUSE = Printer("house", "nobody in particular: what US shops ask for")

_ENTRY = {
    "about": Slot("line", "who they are"),
    "bleed": Slot("length", "beyond the trim"),
    "safe": Slot("length", "inside the trim, kept clear of text"),
    "ink-limit": Slot("count", "of all plates together, in per cent"),
    "condition": Slot("choice", "the output condition", choices=tuple(CONDITIONS)),
    "profile": Slot("line", "the shop's own ICC file, from the project's folder"),
    "identifier": Slot("line", "the output condition's name, with a profile of the shop's own"),
    "sheets": Slot("paragraphs", "sheet sizes, such as 13 in x 19 in"),
    "minimum-ppi": Slot("count", "of pictures at their printed size"),
}
_FILE = Slot("group", fields={"printers": Slot("table", required=True, fields=_ENTRY)})


def read_printers(sources: Sources) -> Mapping[str, Printer]:
    """Return all printers by name; raise HrcpubError with every mistake in their file."""
    if not sources.has(PATH):
        return {}
    node = read_yaml(sources, PATH)
    problems: list[Problem] = []
    values = slots.check(node, _FILE, "", problems) or {}
    found = {
        name: _printer(name, entry, problems)
        for name, entry in (values.get("printers") or {}).items()
        if entry is not None
    }
    stop_on_errors(problems)
    return found


def printer(name: str | None, known: Mapping[str, Printer]) -> Printer:
    """Return a printer by name, the house's demands without one.

    Raises HrcpubError for a stranger.
    """
    if name is None:
        return HOUSE
    if name not in known:
        raise HrcpubError(unknown_printer(name, known))
    return known[name]


def _printer(name: str, entry: Mapping[str, object], problems: list[Problem]) -> Printer:
    def text(key: str) -> str | None:
        words = entry.get(key)
        return str(words) if words else None

    def number(key: str) -> float | None:
        value = entry.get(key)
        return float(value) if isinstance(value, int | float) else None

    condition = CONDITIONS[text("condition") or DEFAULT]
    if identifier := text("identifier"):
        condition = OutputCondition(
            condition.name, identifier, text("about") or identifier, condition.ink_limit
        )
    sheets = _sheets(entry.get("sheets"), problems)
    bleed, safe, ppi = number("bleed"), number("safe"), number("minimum-ppi")
    return Printer(
        name=name,
        about=text("about") or "",
        bleed=BLEED if bleed is None else bleed,
        safe=SAFE if safe is None else safe,
        ink_limit=number("ink-limit"),
        condition=condition,
        profile=text("profile"),
        sheets=sheets,
        minimum_ppi=225.0 if ppi is None else ppi,
    )


def _sheets(entries: object, problems: list[Problem]) -> tuple[Size, ...]:
    """Return a printer's sheet sizes; note a Problem for each that is none."""
    found = []
    for words in entries if isinstance(entries, tuple) else ():
        try:
            found.append(units.size(words.text))
        except ValueError:
            problems.append(slots.not_a(words, "sheet size", "13 in x 19 in"))
    return tuple(found)


def unknown_printer(name: str, known: Mapping[str, Printer]) -> Problem:
    """A printer was asked for that is not in `materials/printers.yaml`.

    Add what the shop asks for: bleed, safe area, ink limit, output condition. Most shops have a
    page about it; without one, leave `--printer` out.
    """
    return Problem(
        "printer-unknown", f'there is no printer "{name}"', None, did_you_mean(name, known)
    )


CODES = {"printer-unknown": unknown_printer}
