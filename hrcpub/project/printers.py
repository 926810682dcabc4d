"""`materials/printers.yaml` to `Printer`s: what each print shop asks for, by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from hrcpub import units
from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import read_yaml
from hrcpub.problems import HrcpubError, Problem, Severity, Source, did_you_mean, stop_on_errors
from hrcpub.project import slot_problems, slots
from hrcpub.project.condition import CONDITIONS, DEFAULT, OutputCondition
from hrcpub.project.edition import BLEED, EDITIONS, SAFE
from hrcpub.project.names import is_device
from hrcpub.project.office_queues import OFFICE
from hrcpub.project.slots import Slot
from hrcpub.records import record
from hrcpub.units import Size

PATH = "materials/printers.yaml"
# The Ghent Workgroup's variants that preflight has figures for; the first is the default.
KINDS = ("sheetfed", "digital", "large-format", "newspaper")


@record
class Printer:
    """A print shop's demands. Lengths in points.

    `kind` is the kind of press, of `KINDS`: which limits files are checked against. `profile` is
    the path of the shop's own ICC file in the project, None for the condition's.
    """

    name: str
    about: str = ""
    kind: str = KINDS[0]
    bleed: float = BLEED
    safe: float = SAFE
    ink_limit: float | None = None  # in per cent, None for the condition's
    condition: OutputCondition = CONDITIONS[DEFAULT]
    profile: str | None = None
    sheets: tuple[Size, ...] = ()
    minimum_ppi: float = 225.0  # GWG 2022 warns under it
    problems: tuple[Problem, ...] = field(default=(), compare=False)  # that ride along

    @property
    def most_ink(self) -> float:
        """The most ink that all plates together may lay down, in per cent."""
        limit = self.condition.ink_limit
        return limit if self.ink_limit is None else min(limit, self.ink_limit)


HOUSE = Printer("house", "no print shop in particular: what US shops ask for")
# An event's files lie in a folder for each shop, and one for each edition that no shop prints.
_TAKEN = {HOUSE.name, *(edition.name for edition in EDITIONS.values() if not edition.is_inked)}

_ENTRY = {
    "about": Slot("line", "who they are"),
    "kind": Slot("choice", "the kind of press, whose limits hold", choices=KINDS),
    "bleed": Slot("length", "beyond the trim"),
    "safe": Slot("length", "inside the trim, kept clear of text"),
    "ink-limit": Slot("count", "of all plates together, in per cent"),
    "condition": Slot("choice", "the output condition", choices=tuple(CONDITIONS)),
    "profile": Slot("line", "the shop's own ICC file, from the project's folder"),
    "identifier": Slot("line", "the output condition's name, with a profile of the shop's own"),
    "sheets": Slot("paragraphs", "sheet sizes, such as 13 in x 19 in"),
    "minimum-ppi": Slot("count", "of pictures at their printed size"),
}
FILE = Slot("group", fields={"printers": Slot("table", fields=_ENTRY), "office": OFFICE})


def read_printers(sources: Sources) -> Mapping[str, Printer]:
    """Return all printers by name; raise HrcpubError with every mistake in their file."""
    if not sources.has(PATH):
        return {}
    node = read_yaml(sources, PATH)
    problems: list[Problem] = []
    values = slots.check(node, FILE, "", problems) or {}
    shops = (node.mapping or {}).get("printers", node)
    printers = {
        name: _printer(name, shops.key(name), entry, problems)
        for name, entry in (values.get("printers") or {}).items()
        if entry is not None
    }
    problems += [name_taken(name, shops.key(name)) for name in printers if _is_taken(name)]
    stop_on_errors(problems)
    return printers


def printer(name: str | None, known: Mapping[str, Printer]) -> Printer:
    """Return a printer by name; without one, or by the name `house`, what US shops ask for.

    Raises HrcpubError when there is no printer of that name.
    """
    if name is None or name == HOUSE.name:
        return HOUSE
    if name not in known:
        raise HrcpubError(unknown_printer(name, [*known, HOUSE.name]))
    return known[name]


def _is_taken(name: str) -> bool:
    return name in _TAKEN or is_device(name)


def _printer(
    name: str, place: Source, entry: Mapping[str, object], problems: list[Problem]
) -> Printer:
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
    kind = text("kind")
    return Printer(
        name=name,
        about=text("about") or "",
        kind=kind or KINDS[0],
        bleed=BLEED if bleed is None else bleed,
        safe=SAFE if safe is None else safe,
        ink_limit=number("ink-limit"),
        condition=condition,
        profile=text("profile"),
        sheets=sheets,
        minimum_ppi=225.0 if ppi is None else ppi,
        problems=() if kind else tuple(_kind_unsaid(name, place)),
    )


def _kind_unsaid(name: str, place: Source) -> Iterator[Problem]:
    """Yield a Problem for a shop that is called like a kind of press other than the default."""
    if name in KINDS[1:]:
        yield kind_unsaid(name, place)


def _sheets(entries: object, problems: list[Problem]) -> tuple[Size, ...]:
    """Return a printer's sheet sizes; note a Problem for each that is not a size."""
    sizes = []
    for words in entries if isinstance(entries, tuple) else ():
        try:
            sizes.append(units.size(words.text))
        except ValueError:
            problems.append(slot_problems.not_a(words, "sheet size", "13 in x 19 in"))
    return tuple(sizes)


def unknown_printer(name: str, known: Iterable[str]) -> Problem:
    """The printer that was asked for is not in `materials/printers.yaml`.

    Fix: look for a slip in the name, or add the shop to that file with what it asks for: bleed,
    safe area, ink limit, output condition. Most shops have a page about that. For no shop in
    particular, leave `--printer` out.
    """
    return Problem(
        "printer-unknown", f'there is no printer "{name}"', None, did_you_mean(name, known)
    )


def name_taken(name: str, place: Source) -> Problem:
    """A print shop has a name that means something else.

    Fix: give the shop another name, and change it wherever `printer:` names it. `house` means no
    print shop in particular; `office`, `screen` and `large-print` are the folders of an event's
    files that no shop prints; Windows cannot have a folder called `con` or `aux`.
    """
    return Problem(
        "printer-name",
        f'a print shop cannot be called "{name}"',
        place,
        f"give it another name, such as {name}-shop",
    )


def kind_unsaid(name: str, place: Source) -> Problem:
    """A print shop is called like a kind of press, but does not say that it is of that kind.

    Fix: write `kind:` under its name. The limits for a file (resolution, total ink, small text,
    spot colours) depend on the kind, and never on the shop's name. A shop without `kind:` counts
    as `sheetfed`.
    """
    return Problem(
        "printer-kind",
        f'"{name}" does not say its kind of press, so the limits of {KINDS[0]} printing hold',
        place,
        f"write kind: {name} under it, or kind: {KINDS[0]}",
        Severity.WARNING,
    )


CODES = {
    "printer-unknown": unknown_printer,
    "printer-name": name_taken,
    "printer-kind": kind_unsaid,
}
