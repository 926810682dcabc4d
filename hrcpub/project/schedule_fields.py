"""What an author writes of a site in a schedule."""

from __future__ import annotations

from hrcpub.project.hours import FIELDS
from hrcpub.project.slot import Slot

SITE_FIELDS = {
    "name": Slot("line", "the site's name", required=True),
    "address": Slot("line", "street and number"),
    "tel": Slot("phone", "its telephone"),
    "note": Slot("line", "a few words behind the telephone, such as a language"),
    "hours": Slot("items", "when it is open", required=True, fields=FIELDS),
}
SITES = Slot("items", "the sites", fields=SITE_FIELDS)
# Of a table. Of an address, what tells a place in its town: what stands before the first `;`.
COLUMNS = ("name", "address", "address1", "tel", "note", "hours")
