"""The slots at the head of every material, above its words."""

from __future__ import annotations

from hrcpub.project.edition import EDITIONS
from hrcpub.project.layout import Layout
from hrcpub.project.organisation import Organisation
from hrcpub.project.review import REVIEWED
from hrcpub.project.slot import Slot
from hrcpub.project.waivers import WAIVED

LANGUAGES = Slot(
    "paragraphs",
    "the two that it is printed in together, the first reader's first: [en, es]",
    fewest=2,
    most=2,
)


def head_slots(layouts: tuple[str, ...], layout: Layout | None) -> dict[str, Slot]:
    """Return the slots at the head of every material, above its words."""
    papers = layout.system.paper_names if layout else {}
    editions = layout.editions if layout else tuple(EDITIONS)
    return {
        "layout": Slot("choice", "the page design", required=True, choices=layouts),
        "title": Slot("line", "what a reader's program calls the piece", True, limit=120),
        "language": Slot("line", "of the words, such as en or es", required=True),
        "languages": LANGUAGES,
        "code": Slot("label", "a short name to reorder by", required=True),
        "revision": Slot("label", "counted up with each change of the words", required=True),
        "revised": Slot("date", "the day of that change: year, month, day", required=True),
        "colour": Slot(
            "choice", "the paper, if not the layout's", choices=tuple(papers), also=papers
        ),
        "verbatim": Slot("yes-no", "yes when the words reprint their source to the letter"),
        "source": Slot(
            "group",
            "where the words come from",
            fields={
                "credit": Slot("line", "whose words they are", required=True),
                "file": Slot("line", "the source's text in the project, for verbatim"),
            },
        ),
        "imprint": Slot(
            "choice",
            "none leaves out the place for who hands it out",
            choices=("stamp", "none"),
        ),
        "reviewed": REVIEWED,
        "waived": WAIVED,
        "editions": Slot("choices", "which ones to make, if not all", choices=editions),
    }


def material_slot(
    layouts: tuple[str, ...], layout: Layout, organisation: Organisation | None = None
) -> Slot:
    """Return the slot that a whole material in `layout` fills: its schema."""
    fields = organisation.eased(layout.slots) if organisation else layout.slots
    words = Slot("group", "the words", required=True, fields=fields)
    return Slot("group", layout.about, fields=head_slots(layouts, layout) | {"words": words})
