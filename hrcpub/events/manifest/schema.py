"""What an event's manifest may hold: its slots, and the JSON Schema that they become."""

from __future__ import annotations

from hrcpub.project.edition import EDITIONS
from hrcpub.project.folds import FOLDS
from hrcpub.project.schemes import OFFICE_SCHEMES
from hrcpub.project.slot_schemas import schema, schema_file
from hrcpub.project.slots import Slot

FOLDER = "materials/events"
SCHEMA = f"{FOLDER}/schema.json"

_CONTACT = {
    "name": Slot("line", "who answers when the shop asks", required=True),
    "tel": Slot("phone", "their telephone"),
    "email": Slot("line", "their mail address"),
}
_PARTNER = {
    "name": Slot("line", "the organisation's name", required=True, limit=120),
    "logo": Slot("image", "a PNG or JPEG"),
}
_ROUTE = {
    "name": Slot("line", "what its boxes are headed: the route's name", limit=60),
    "driver": Slot("line", "who takes them there", limit=60),
}
_DELIVERY = {
    "by": Slot("date", "the day on which everything has to be there"),
    "to": Slot("paragraphs", "the address, line by line"),
    "boxes": Slot("count", "into how many parcels"),
    "routes": Slot(
        "table", "who takes which box, by its name in the table of sites", fields=_ROUTE
    ),
}
ITEM = {
    "material": Slot("line", "a file's name in materials/, without .yaml", required=True),
    "layout": Slot("line", "to be sure: the layout that the material has"),
    "languages": Slot(
        "quantities",
        "how many in each language, for each site; without sites, in all",
        required=True,
    ),
    "edition": Slot(
        "choice", "office for your own printer, press for a shop", True, choices=tuple(EDITIONS)
    ),
    "printer": Slot("line", "a shop of materials/printers.yaml; left out: no shop in particular"),
    "stock": Slot("line", "the paper, as the shop calls it", limit=120),
    "caliper": Slot("length", "the paper's thickness"),
    "fold": Slot("choice", "to be sure: the fold that the layout has", choices=tuple(FOLDS)),
    "scheme": Slot("choice", "how pieces lie on the office's sheets", choices=OFFICE_SCHEMES),
    "spares": Slot("percent", "how many more than needed, if not the event's"),
    "copies": Slot("line", "the table's column with how many each site gets, if not copies"),
    "sites": Slot("ids", "which sites get it, if not all; [] for none"),
    "separators": Slot("yes-no", "yes: a sheet with the site's name before each site's pieces"),
}
# The table's columns that a manifest may name, and what is read from each.
COLUMNS = {
    "id": "what their files are called by",
    "name": "the site's name",
    "address": "the whole address in one cell",
    "address1": "street and number",
    "address2": "floor, suite",
    "city": "the town",
    "state": "the state or province",
    "zip": "the postal code",
    "hours": "the opening hours",
    "tel": "the telephone",
    "tel2": "a second telephone, printed where there is room",
    "url": "the web address",
    "email": "the mail address, printed where there is room",
    "languages": "the languages spoken there, printed where there is room",
    "note": "a sentence of the site's own, printed where there is room",
    "logo": "a picture's file",
    "logo-alt": "what the picture shows",
    "box": "in which parcel its pieces travel",
}
EVENT = Slot(
    "group",
    "What is printed for an event, for whom, by when",
    fields={
        "name": Slot("line", "the event's name", required=True, limit=120),
        "date": Slot("date", "its day: year, month, day", required=True),
        "place": Slot("line", "where it is", required=True, limit=200),
        "contact": Slot("group", "whom the shop asks", required=True, fields=_CONTACT),
        "approver": Slot("line", "who signs the proof", limit=120),
        "approved": Slot(
            "choice",
            "required: only pieces that somebody approved are made (hrcpub approve)",
            choices=("required",),
        ),
        "partners": Slot("items", "with whom pieces are handed out", fields=_PARTNER),
        "sites-file": Slot("line", "the table of sites, if not materials/sites.csv"),
        "columns": Slot(
            "group",
            "what the table calls its columns; all others are then left alone",
            fields={
                name: Slot("line", f"the column with {what}") for name, what in COLUMNS.items()
            },
        ),
        "sites": Slot("ids", "which sites of the table, if not all; [] for none"),
        "delivery": Slot("group", "when everything has to be where", fields=_DELIVERY),
        "spares": Slot("percent", "how many more than needed, for mistakes"),
        "items": Slot("items", "what is printed", required=True, fewest=1, fields=ITEM),
    },
)


def schema_text() -> str:
    """Return the manifests' JSON Schema (2020-12) as text."""
    return schema_file("Event", schema(EVENT))
