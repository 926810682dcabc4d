"""The studio's words from its scripts into `studio.pot`, and what changed into each language.

    python -m tools.studio_words

Wants gettext's `msgmerge`. A string is taken where it stands in the call: `say("…")`,
`say.many(count, "…", "…")`, and `data-say="…"` in the page. What the server says by a fixed word
(inks, the panels of folded pieces) is named here. What fields are called, and what they tell, comes
from the slots: of our own layouts, of the head of a piece, of offices and the organisation.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.project import contacts, organisation
from hrcpub.project.figures import figure_names
from hrcpub.project.folds import FOLDS, ROLL_IN
from hrcpub.project.layout import layout_names
from hrcpub.project.material.head import head_slots
from hrcpub.project.material.reading import known_layout
from hrcpub.studio.forms import FormField, FormMaker
from hrcpub.studio.interface_words import FOLDER
from hrcpub.studio.lists import colour_fields, form_fields
from hrcpub.units import Size

PAGE = FOLDER.parent / "page"
TEMPLATE = FOLDER / "studio.pot"
SHEET = Size(1200, 800)  # large enough for any fold
_TEXT = r'"((?:[^"\\]|\\.)*)"'
_SAY = re.compile(rf"(?<![\w.])say\(\s*{_TEXT}")
_MANY = re.compile(rf"(?<![\w.])say\.many\([^\"]*?,\s*{_TEXT},\s*{_TEXT}")
_DATA = re.compile(r'data-say="([^"]*)"')
_CALL = re.compile(r"(?<![\w.])say(?:\.many)?\(")
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)
_HEAD = """\
# The words of hrcpub's studio.
# Made by: python -m tools.studio_words
msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: en\\n"
"""


class PageWords(NamedTuple):
    """A text of the page, with its plural where things are counted, and where it stands."""

    one: str
    more: str | None
    files: tuple[str, ...]


INKS = ("Cyan", "Magenta", "Yellow", "Black")


def panels() -> tuple[str, ...]:
    """Return the names of the panels of folded pieces, which the page shows."""
    foldings = [fold.panels(SHEET, ROLL_IN) for fold in FOLDS.values()]
    sides = [side for folding in foldings for side in folding.sides]
    return tuple(dict.fromkeys(panel.name for side in sides for panel in side.panels))


def form_words() -> Iterator[tuple[str, str]]:
    """Yield what fields are called and tell, and what our own layouts are, each with its place."""
    project = Project(Sources(FOLDER.parents[2]))
    fixed = {*figure_names(project.sources), *layout_names(project.sources)}
    shared = [
        *form_fields(contacts.FILE.fields),
        *form_fields(organisation.FILE.fields),
        *colour_fields(project.sources, {}),
    ]
    places = {"offices, organisation": shared}
    for name in layout_names(project.sources):
        layout = known_layout(name, None, project)
        yield from ((text, f"layouts/{name}") for text in (layout.title, layout.about))
        places[f"layouts/{name}"] = list(FormMaker({}).fields(layout.slots))
        places["the head of a piece"] = list(FormMaker({}).fields(head_slots((), layout)))
    for place, fields in places.items():
        for field in fields:
            yield from ((text, place) for text in _said_by(field) if text and text not in fixed)


def _said_by(field: FormField) -> Iterator[str]:
    yield from (field.label, field.about, *(shown for _, shown in field.choices))
    for inner in (*field.fields, *((field.entry,) if field.entry else ())):
        yield from _said_by(inner)


def extracted() -> list[PageWords]:
    """Return all words of the page, by their files, each once."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for path in (*sorted(PAGE.glob("*.js")), PAGE / "index.html"):
        for one, more in said_in(path.read_text(encoding="utf-8")):
            found.setdefault((one, more), []).append(path.name)
    for name in (*INKS, *panels()):
        found.setdefault((name, None), []).append("the server")
    for text, place in form_words():
        found.setdefault((text, None), []).append(place)
    return [PageWords(*words, tuple(dict.fromkeys(files))) for words, files in found.items()]


def said_in(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the literal texts of a script or a page, in their order; not those in comments."""
    text = _COMMENT.sub("", text)
    places = [(hit.start(), (_plain(hit[1]), None)) for hit in _SAY.finditer(text)]
    places += [(hit.start(), (hit[1], None)) for hit in _DATA.finditer(text)]
    many = [(hit.start(), (_plain(hit[1]), _plain(hit[2]))) for hit in _MANY.finditer(text)]
    yield from (words for _, words in sorted([*places, *many], key=lambda place: place[0]))


def calls_in(text: str) -> int:
    """Return how many calls of `say` a script has, literal or not."""
    return len(_CALL.findall(_COMMENT.sub("", text)))


def _plain(text: str) -> str:
    return text.replace('\\"', '"').replace("\\\\", "\\")


def template() -> str:
    """Return the template of translations."""
    entries = [f"#: {' '.join(words.files)}\n{_message(words)}" for words in extracted()]
    return "\n".join([_HEAD, *entries])


def _message(words: PageWords) -> str:
    if words.more is None:
        return f'msgid {_quoted(words.one)}\nmsgstr ""\n'
    forms = 'msgstr[0] ""\nmsgstr[1] ""\n'
    return f"msgid {_quoted(words.one)}\nmsgid_plural {_quoted(words.more)}\n{forms}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Write the template, and bring the languages up to date with it."""
    TEMPLATE.write_text(template(), encoding="utf-8")
    for path in sorted(FOLDER.glob("*.po")):
        merge = ["msgmerge", "--quiet", "--no-wrap", "--backup=none", "--update"]
        subprocess.run([*merge, str(path), str(TEMPLATE)], check=True)


if __name__ == "__main__":
    main()
