"""`layouts/` to `Layout`s: the design system's values, and a layout's trim, sides and slots.

`layouts/system/system.yaml` holds every value that layouts share (papers, faces, grids); a
layout's folder holds its own form. What is in the system is nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Any

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, read_yaml
from hrcpub.problems import HrcpubError, Problem, Source, did_you_mean, stop_on_errors
from hrcpub.project import slot_problems, slots
from hrcpub.project.edition import EDITIONS, TEMPLATES, Edition
from hrcpub.project.folds import FOLDS, Folding, fold
from hrcpub.project.languages import script_of
from hrcpub.project.layout import faceless, grids
from hrcpub.project.layout.declared import declared_slots, plainly, said
from hrcpub.project.layout.faceless import absent_files, faces_lacking, files_lacking
from hrcpub.project.layout.faces import NUMBERS, FaceFile, FaceStacks, ScriptFaces
from hrcpub.project.layout.formats import Format, format_of
from hrcpub.project.layout.grids import Grid, Suit, read_grid
from hrcpub.project.layout.mail import Mail, mail_of, mail_slot
from hrcpub.project.layout.panels import Panel, fit_too_small, read_panels
from hrcpub.project.layout.system import SYSTEM, System, read_system
from hrcpub.project.paper_size import project_sheet
from hrcpub.project.schemes import OFFICE_SCHEMES
from hrcpub.project.sheets import FAMILIES, Sheet
from hrcpub.project.slot import slots_at
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words
from hrcpub.records import record
from hrcpub.units import Size

__all__ = [
    "DESIGN",
    "NUMBERS",
    "OWN",
    "PLATES",
    "SPECIMEN",
    "SYSTEM",
    "FaceFile",
    "FaceStacks",
    "Form",
    "Layout",
    "Panel",
    "ScriptFaces",
    "System",
    "absent_files",
    "faces_lacking",
    "files_lacking",
    "layout_names",
    "layout_slot",
    "read_layout",
    "read_system",
]

_SHARED = ("system", "figures")  # folders beside those of layouts
OWN = "layout"  # the form that a layout's folder is about
# Forms of the specimen book: what a layout adds to the system, and the system itself.
SPECIMEN, DESIGN = "specimen", "design"
PLATES = {SPECIMEN: "specimen", DESIGN: "system/specimen"}


@record
class Form:
    """One way in which a layout lays words out: its own, large print's, or a phone's."""

    name: str
    trim: Size
    sides: int | None  # None: as many as the words need
    grid: Mapping[str, float]
    format: Format
    stylesheets: tuple[str, ...]  # each may change what those before it say
    panels: Mapping[str, Panel]
    folding: Folding | None = None
    mail: Mail | None = None  # what a post keeps of it
    is_twin: bool = False  # its template sets both languages of a piece that has two

    @property
    def template(self) -> str:
        """Its template's name in the layout's folder."""
        return f"{PLATES.get(self.name) or TEMPLATES[self.name]}.html"


@record
class Layout:
    """A page design: a folder in `layouts/`."""

    name: str
    title: str  # what the colophon calls it: "Principles sheet"
    about: str
    trim: Size
    sides: int  # of its own form; large print has as many as it needs
    grid: Mapping[str, float]
    format: Format
    colour: str  # the paper, where a material names none
    editions: tuple[str, ...]
    folding: Folding | None  # None: it is not folded
    scheme: str  # how pieces smaller than a sheet lie on it
    slots: Mapping[str, Slot]
    panels: Mapping[str, Panel]
    system: System
    sheet: Sheet  # the office's; trim and grid are those of its family
    pieces: str | None = None  # the slot whose entries are a piece each, of so many `sides`
    has_endnotes: bool = False  # it prints what its words rest on, and a number at each passage
    needs_review: bool = False  # its words have consequences: somebody has to look them over
    far: float = 0.0  # metres from which it is read; 0: it is held
    mail: Mail | None = None  # what a post keeps of its address side; None: it is not mailed
    is_twin: bool = False  # it has a place for two languages beside each other
    measures: Grid | None = None  # from which `grid` is worked out
    suit: FaceStacks | None = None  # of the language that it suits; None: one in our own faces
    abouts: Mapping[str, str] = field(default_factory=dict)  # what it is for, by language

    def suited(self, language: str) -> Layout:
        """Return the layout with the sizes and leadings that a language's script asks for."""
        faces = self.system.faces_for(language)
        if self.measures is None or faces.scale == faces.leading == 1.0:
            return self
        suit = self._suit(faces, self.format)
        grid = self.measures.worked_out(self.trim, self.sheet, [], suit)
        panels = {n: p.suited(faces.scale, faces.leading) for n, p in self.panels.items()}
        return replace(self, grid=grid, panels=panels, suit=faces)

    def _suit(self, faces: FaceStacks | None, least: Format) -> Suit | None:
        return Suit(faces.scale, faces.leading, least.highest) if faces else None

    def has_note_numbers(self, language: str) -> bool:
        """Return whether small numbers at passages lead to what they rest on.

        They are there in all faces of Latin letters, and in few others.
        """
        return self.has_endnotes and script_of(language) == "Latn"

    @property
    def folder(self) -> str:
        """Its folder, from the project's root."""
        return f"layouts/{self.name}"

    def sides_of(self, words: Mapping[str, Any]) -> int:
        """Return how many pages its own form has with a material's words."""
        return self.sides * (len(words[self.pieces]) if self.pieces else 1)

    @property
    def near(self) -> frozenset[str]:
        """Return the slots that are read from near, without numbers: words.principles.text."""
        return frozenset(_near(self.slots, "words"))

    def prints(self, slot: str, form: str) -> bool:
        """Return whether a form prints a slot ("words.points.3.text") and those around it.

        The specimen book owes nobody a word.
        """
        if form in PLATES:
            return False
        around = slots_at(slot, self.slots)
        return all(TEMPLATES[form] in place.forms for place in around if place.forms)

    def form(self, name: str) -> Form:
        """Return a form by the name that editions give it."""
        if name == OWN:
            shape = (self.trim, self.sides, self.grid, self.format)
            css: tuple[str, ...] = (f"{self.folder}/layout.css",)
            return Form(name, *shape, css, self.panels, self.folding, self.mail, self.is_twin)
        if name in PLATES:
            css = (f"{self.folder}/layout.css", f"{SYSTEM}/specimen.css")
            return Form(name, self.sheet.page, None, self.grid, self.format, css, {})
        page = self.sheet.page
        least = self.system.formats.get(name) or self.system.formats[TEMPLATES[name]]
        suit = self._suit(self.suit, least)
        grid = self.system.grids[name].worked_out(page, self.sheet, [], suit)
        page = Size(grid.get("width", page.width), grid.get("height", page.height))
        css = tuple(f"{SYSTEM}/{sheet}.css" for sheet in dict.fromkeys((TEMPLATES[name], name)))
        return Form(name, page, None, grid, least, css, {})

    def edition(self, name: str) -> Edition:
        """Return an edition as this layout has it: for the office, on the office's sheet."""
        edition = EDITIONS[name]
        return replace(edition, sheet=self.sheet.size) if edition.sheet else edition


def _near(slots: Mapping[str, Slot], path: str) -> Iterator[str]:
    """Yield the paths of the slots that are read from near."""
    for name, slot in slots.items():
        if slot.near:
            yield f"{path}.{name}"
        yield from _near(slot.fields, f"{path}.{name}")


def layout_names(sources: Sources) -> tuple[str, ...]:
    """Return the names of all layouts, the design system left out."""
    folders = (folder for folder in sources.names("layouts") if folder not in _SHARED)
    return tuple(
        folder for folder in folders if "layout.yaml" in sources.names(f"layouts/{folder}")
    )


def read_layout(
    sources: Sources, name: str, source: Source | None = None, sheet: Sheet | None = None
) -> Layout:
    """Return a layout; raise HrcpubError with every mistake in its files.

    `source` is where the layout was asked for. `sheet` is the office's; None: the project's.
    """
    path = f"layouts/{name}/layout.yaml"
    if not slots.ID.fullmatch(name) or name in _SHARED or not sources.has(path):
        raise HrcpubError(unknown_layout(name, layout_names(sources), source))
    system = read_system(sources)
    sheet = sheet or project_sheet(sources)
    node = read_yaml(sources, path)
    problems: list[Problem] = []
    values = slots.check(node, layout_slot(system), "", problems) or {}
    inner = declared_slots(node, problems, sources)
    trim = _trim(values.get("trim"), sheet, problems) or sheet.page
    measures = _grid(values.get("grid"), system, problems)
    grid = measures.worked_out(trim, sheet, problems) if measures and not problems else {}
    places = read_panels((node.mapping or {}).get("panels"), grid, problems) if grid else {}
    pieces = _pieces(values.get("pieces"), inner, problems)
    abouts = said(node, "about", "", problems)
    stop_on_errors(problems)
    return Layout(
        name=name,
        title=values["title"].text,
        about=plainly(abouts),
        trim=trim,
        sides=values["sides"],
        grid=grid,
        format=system.formats.get(values.get("format") or "") or format_of(trim, system.formats),
        colour=values["colour"],
        editions=values.get("editions") or _held(_forms(sources, name, system), trim, sheet),
        folding=fold(values["fold"], trim) if values.get("fold") else None,
        scheme=values.get("scheme") or "cards",
        slots=inner,
        panels=places,
        system=system,
        sheet=sheet,
        pieces=pieces,
        needs_review=values.get("review") == "required",
        has_endnotes=values.get("sources") == "endnotes",
        far=values.get("far") or 0.0,
        mail=mail_of(values.get("mail") or {}, sheet.family, trim, system.posts),
        is_twin=values.get("languages") == "beside",
        measures=measures,
        abouts=abouts,
    )


def _trim(node: Node | None, sheet: Sheet, problems: list[Problem]) -> Size | None:
    """Return a layout's trim in the family of the office's sheet.

    It is one size for all families, or a group with one for each.
    """
    if node is None:
        return None
    if node.mapping is None:
        size: Size | None = slots.check(node, Slot("size"), "trim", problems)
        return size
    sizes: dict[str, Size] = slots.check(node, _TRIMS, "trim", problems) or {}
    return sizes.get(sheet.family)


def _pieces(name: Words | None, inner: Mapping[str, Slot], problems: list[Problem]) -> str | None:
    """Return the slot whose entries are a piece each; a Problem where that is no list of groups."""
    if name is None:
        return None
    lists = tuple(key for key, slot in inner.items() if slot.kind == "items" and slot.required)
    if name.text not in lists:
        problems.append(slot_problems.unknown_choice(name, lists))
    return name.text


def _grid(node: Node | None, system: System, problems: list[Problem]) -> Grid | None:
    """Return the system's grid that a layout names, or its own, `like` one of those."""
    if node is None:
        return None
    choice = Slot("choice", choices=tuple(system.grids))
    if node.mapping is None:
        return system.grids.get(slots.check(node, choice, "grid", problems) or "")
    model = node.mapping.get("like")
    name = slots.check(model, choice, "grid.like", problems) if model else None
    return read_grid(node, "grid", problems, system.grids.get(name or ""))


def _held(names: tuple[str, ...], trim: Size, sheet: Sheet) -> tuple[str, ...]:
    """Return editions without the office's, where its sheet does not hold the piece.

    A layout that names its editions is taken at its word: then that is a mistake, which is told.
    """
    is_held = all(a <= b + 0.01 for a, b in zip(sorted(trim), sorted(sheet.size), strict=True))
    return tuple(name for name in names if is_held or not EDITIONS[name].sheet)


def _forms(sources: Sources, name: str, system: System) -> tuple[str, ...]:
    """Return the editions that a layout has a template for, and the system a grid.

    Its own form needs both anyway.
    """
    templates = sources.names(f"layouts/{name}", ".html")
    names = {OWN, *(file.removesuffix(".html") for file in templates)}
    return tuple(
        edition.name
        for edition in EDITIONS.values()
        if edition.template in names and (edition.form == OWN or edition.form in system.grids)
    )


def layout_slot(system: System) -> Slot:
    """Return what a layout.yaml may say."""
    fields = {
        "title": Slot("line", "what the colophon calls a piece in it", required=True),
        "about": Slot("any", "what it is for", required=True),
        "trim": Slot("any", "the finished size", required=True),
        "sides": Slot("count", "pages", required=True),
        "grid": Slot("any", required=True),
        "format": Slot("choice", "how small its words may be", choices=tuple(system.formats)),
        "colour": Slot(
            "choice",
            "its paper",
            required=True,
            choices=tuple(system.paper_names),
            also=system.paper_names,
        ),
        "editions": Slot("choices", choices=tuple(EDITIONS)),
        "fold": Slot("choice", choices=tuple(FOLDS)),
        "pieces": Slot("line", "the slot whose entries are a piece each"),
        "scheme": Slot("choice", choices=OFFICE_SCHEMES),
        "review": Slot("choice", "of the words, by somebody who knows", choices=("required",)),
        "sources": Slot(
            "choice",
            "endnotes prints what the words rest on, and a number at each passage",
            choices=("endnotes",),
        ),
        "languages": Slot("choice", "two, beside each other", choices=("beside",)),
        "far": Slot("metres", "from how far it is read"),
        "mail": mail_slot(system.posts),
        "slots": Slot("any", required=True),
        "panels": Slot("any"),
    }
    return Slot("group", fields=fields)


_TRIMS = Slot("group", fields={family: Slot("size", required=True) for family in FAMILIES})


def unknown_layout(name: str, known: tuple[str, ...], source: Source | None) -> Problem:
    """There is no layout of the name that a material gives.

    Fix: look for a slip in the name. A layout is a folder in `layouts/` with a `layout.yaml`;
    `hrcpub list` shows them.
    """
    return Problem(
        "layout-unknown", f'there is no layout "{name}"', source, did_you_mean(name, known)
    )


CODES = {
    "layout-unknown": unknown_layout,
    "fit-too-small": fit_too_small,
    **grids.CODES,
    **faceless.CODES,
}
