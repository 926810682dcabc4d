"""What templates may say, by name and type: for whoever writes them, such as an editor's list.

The types are those of the real things, so that what is added to one of them is known here too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from hrcpub.pipeline.compose.figures import FigureDrawer
from hrcpub.pipeline.compose.setter import Setter
from hrcpub.pipeline.compose.voices import Voice
from hrcpub.project.contacts import Contact
from hrcpub.project.folds import Folding
from hrcpub.project.layout import Layout
from hrcpub.project.layout.mail import MailZone
from hrcpub.project.layout.system import PHRASES
from hrcpub.project.material import Material
from hrcpub.project.words import Words


class TemplateName(NamedTuple):
    """What stands under a name: what it is for, and its type; None: nothing is known of it."""

    about: str
    type: Any = None


# Besides those whose names depend on the layout: words, grid, phrases.
GLOBALS: Mapping[str, TemplateName] = {
    "material": TemplateName("the piece: its title, language, code, revision", Material),
    "voices": TemplateName("the piece in each of its languages", tuple[Voice, ...]),
    "contacts": TemplateName("the offices that it names", tuple[Contact, ...]),
    "layout": TemplateName("this layout", Layout),
    "folding": TemplateName("how it is folded", Folding),
    "mail": TemplateName("what a post keeps of the address side", Mapping[str, MailZone]),
    "height": TemplateName("from margin to margin, in points", float),
    "draft": TemplateName("what is said across pages that nobody has reviewed", str),
    "local": TemplateName("a local site's details, in the place for its imprint", str),
    "set": TemplateName("sets type: what CSS cannot", Setter),
    "pt": TemplateName("points as CSS", str),
    "up": TemplateName("the next step of the lattice", float),
    "design": TemplateName("papers, faces and figures, in specimen.html alone"),
}
# What `data-…` on an element means to hrcpub.
ATTRIBUTES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "data-panel": ("the name of the panel that this element is", ()),
    "data-imprint": ("a place that is kept for a local site's details", ()),
    "data-may": (
        "what looks like a mistake but is meant",
        ("small", "near", "overlap", "overflow", "hide"),
    ),
    "data-turn": ("says to turn over: what a colon announces stands on the next page", ()),
}
CALLABLE = {"pt": "pt(length)", "up": "up(length)"}
OF_FIGURES: Mapping[str, Callable[..., object]] = {
    "figure": FigureDrawer.draw,
    "figure_width": FigureDrawer.wide,
}


def template_names(layout: Layout) -> dict[str, TemplateName]:
    """Return all names that the templates of a layout begin with."""
    names = {
        name: TemplateName(f"{slot.about} ({slot.kind})", slot)
        for name, slot in layout.slots.items()
    }
    grid = {name: TemplateName(f"{value:g} pt", float) for name, value in layout.grid.items()}
    phrases = {
        name.replace("-", "_"): TemplateName(slot.about, Words) for name, slot in PHRASES.items()
    }
    signs = {
        name: TemplateName("between words, as the language has it") for name in ("colon", "comma")
    }
    return {
        "words": TemplateName("what the writer wrote, by slot", names),
        "grid": TemplateName("the layout's measures, in points", grid),
        "phrases": TemplateName("the design's own words", phrases | signs),
        **GLOBALS,
    }


def filter_names() -> dict[str, str]:
    """Return what may stand behind `|`, each with what it does."""
    from jinja2.filters import FILTERS

    ours = {"words": "a writer's text as it is printed, without markup"}
    theirs = {name: _first(function.__doc__) for name, function in FILTERS.items()}
    return ours | {name: about for name, about in sorted(theirs.items()) if about}


def _first(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())[:120]
