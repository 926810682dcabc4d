"""`layouts/system/` to a `System`: every value that layouts share.

Every such value is there and nowhere else.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import field, replace

from hrcpub.files.sources import Sources
from hrcpub.files.yamlfile import Node, root_of
from hrcpub.problems import Problem, stop_on_errors
from hrcpub.project import slot_problems, slots
from hrcpub.project.colours import COLOUR, PaletteColour, colour_of, own_palette
from hrcpub.project.languages import main_part
from hrcpub.project.layout.faces import (
    FACE,
    FaceFile,
    FaceStacks,
    ScriptFaces,
    face_file,
    keys_of,
    read_script_faces,
    stacks_of,
)
from hrcpub.project.layout.formats import FORMATS, LARGE_PRINT, SHEET, Format, formats_of
from hrcpub.project.layout.grids import Grid, read_grids
from hrcpub.project.layout.mail import POSTS, Posts
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words
from hrcpub.records import record

SYSTEM = "layouts/system"
DESIGN = f"{SYSTEM}/system.yaml"
ENGLISH = f"{SYSTEM}/phrases.yaml"  # the design's own phrases

# What compose asks the design system for by name; layouts ask for more.
FACES = ("display", "text", "italic", "bold", "bold-italic")
PAPERS = ("bare",)


@record
class System:
    """The design system: what every layout is composed from."""

    ink: PaletteColour
    papers: Mapping[str, PaletteColour]
    faces: Mapping[str, FaceFile]
    formats: Mapping[str, Format]
    grids: Mapping[str, Grid]
    phrases: Mapping[str, Mapping[str, Words]]  # language, then phrase
    unfinished: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)  # by language
    posts: Posts = field(default_factory=dict)  # what each keeps of an address side, by zone
    accent: PaletteColour | None = None  # what who signs is set in, where it stands out; None: ink
    also: Mapping[str, str] = field(default_factory=dict)  # names of the design's papers, by theirs
    # By script (ISO 15924) or language: what they are set in beside `faces`.
    script_faces: Mapping[str, ScriptFaces] = field(default_factory=dict)

    def signs_in(self, paper: PaletteColour) -> PaletteColour:
        """Return the colour of who signs on a paper: the accent where it stands out, else ink."""
        return self.accent if self.accent and self.accent.stands_out(paper) else self.ink

    def own_faces(self, language: str) -> ScriptFaces | None:
        """Return what a language is set in beside our own faces; None: in these alone."""
        table = self.script_faces
        return next((table[key] for key in keys_of(language) if key in table), None)

    def faces_for(self, language: str, others: tuple[ScriptFaces, ...] = ()) -> FaceStacks:
        """Return the faces of a language; `others` are for words in other scripts within it."""
        return stacks_of(self.faces, self.own_faces(language), others)

    def phrases_in(self, language: str) -> Mapping[str, Words]:
        """Return the design's phrases in a language, or its main part; none that it lacks."""
        return self.phrases.get(language) or self.phrases.get(main_part(language), {})

    def code_title(self, language: str, address: str) -> str:
        """Return what is said of a QR code to who cannot see it."""
        said = self.phrases_in(language).get("qr-code")
        return (said.text if said else CODE_TITLE).replace("{address}", address)

    @property
    def paper_names(self) -> dict[str, str]:
        """The papers by all that they may be called: their keys, and what people call them."""
        names = {paper.name: key for key, paper in self.papers.items()}
        return {**self.also, **names, **{key: key for key in self.papers}}


def read_system(sources: Sources) -> System:
    """Return the design system; raise HrcpubError with every mistake in its files."""
    system, told = _of_design(sources.text(DESIGN), sources.text(ENGLISH))
    problems = [*told]
    palette = own_palette(sources, system.papers, system.ink, problems)
    stop_on_errors(problems)
    return replace(system, papers=palette.papers, accent=palette.accent)


@functools.lru_cache(maxsize=4)  # every layout asks: to read the texts is half of what it takes
def _of_design(text: str, phrases: str) -> tuple[System, tuple[Problem, ...]]:
    """Return what the texts of the design's own two files say, and what else is to be told."""
    node, said = root_of(text, DESIGN), root_of(phrases, ENGLISH)
    problems: list[Problem] = []
    values = slots.check(node, SYSTEM_SLOT, "", problems) or {}
    translations, unfinished = phrases_by_language(said, problems)
    colours = {
        name: colour_of(entry, problems)
        for name, entry in {"ink": values.get("ink"), **(values.get("papers") or {})}.items()
        if entry
    }
    parts = node.mapping or {}
    script_faces = read_script_faces(parts.get("faces-for"), problems)
    grids = read_grids(parts.get("grids"), problems)
    problems += _absent(parts.get("papers"), "papers", PAPERS)
    problems += _absent(parts.get("faces"), "faces", FACES)
    problems += _absent(parts.get("formats"), "formats", (SHEET, LARGE_PRINT))
    told = stop_on_errors(problems)
    papers = {name: colours[name] for name in values["papers"]}
    system = System(
        ink=colours["ink"],
        papers=papers,
        also={paper.name: key for key, paper in papers.items()},
        faces={name: face_file(entry) for name, entry in values["faces"].items()},
        script_faces=script_faces,
        formats=formats_of(values["formats"]),
        posts=values.get("posts") or {},
        grids=grids,
        phrases=translations,
        unfinished=unfinished,
    )
    return system, told


def phrases_by_language(
    node: Node, problems: list[Problem]
) -> tuple[dict[str, dict[str, Words]], dict[str, tuple[Problem, ...]]]:
    """Return the phrases of the languages that have all, and what is wrong with the others.

    A language that is being added stops only the pieces in it.
    """
    finished, unfinished = {}, {}
    for name, entry in (node.mapping or {}).items():
        lacks: list[Problem] = []
        values = slots.check(entry, Slot("group", fields=PHRASES), name, lacks)
        if lacks:
            unfinished[name] = tuple(lacks)
        else:
            finished[name] = values
    if not finished:
        problems += [lack for lacks in unfinished.values() for lack in lacks]
    return finished, unfinished


def _absent(group: Node | None, path: str, names: tuple[str, ...]) -> list[Problem]:
    """Return a Problem for each name that a group lacks; none where the group itself is absent."""
    if group is None or group.mapping is None:
        return []
    return [
        slot_problems.missing(group.source, f"{path}.{name}")
        for name in names
        if name not in group.mapping
    ]


SYSTEM_SLOT = Slot(
    "group",
    fields={
        "ink": Slot("group", required=True, fields=COLOUR),
        "papers": Slot("table", required=True, fields=COLOUR),
        "faces": Slot("table", required=True, fields=FACE),
        "faces-for": Slot("any", "by script or language"),
        "formats": FORMATS,
        "posts": POSTS,
        "grids": Slot("any", required=True),
    },
)
CODE_TITLE = "QR code: {address}"  # in a language that was added without it
PHRASES = {
    "distributed-by": Slot("line", required=True),
    "revision": Slot("line", required=True),
    "source": Slot("line", required=True),
    "tel": Slot("line", required=True),
    "fax": Slot("line", required=True),
    # Not required: a language that was added without them cannot print such days or numbers of an
    # office, prints extensions as they were typed, and leaves its slug line's end out.
    "text": Slot("line", "before a number that takes texts"),
    "text-to": Slot("line", "the same, with {keyword} and {number} in it"),
    "extension": Slot("line", "of a telephone, with {extension} in it"),
    "closed": Slot("line", "of an office's days"),
    "by-appointment": Slot("line", "the same, for those who ask for a time"),
    "turn": Slot("line", "at the edge of a page whose list is on the back"),
    "keep": Slot("line", "names that titles keep in one line, with commas between them"),
    "postage": Slot("line", "where the stamp of a card goes"),
    "draft": Slot("line", "across pages whose words nobody has reviewed"),
    "valid-until": Slot("line", "of a notice, with {date} in it"),
    "simplex": Slot("line", "for sheets that are printed on one side"),
    "duplex": Slot("line", required=True),
    "duplex-short": Slot("line", "the same, for landscape sheets", required=True),
    "paper": Slot("line", required=True),
    "side": Slot("line", "with {side} and {sides} in it", required=True),
    "qr-code": Slot("line", "said of a QR code to who cannot see it, with {address} in it"),
}
