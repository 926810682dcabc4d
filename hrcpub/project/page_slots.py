"""What an author writes of a table and of a map, and the map's values to a `StreetMap`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hrcpub.project.slot import Slot
from hrcpub.project.words import MapLine, MapPlace, StreetMap

MOST_COLUMNS = 4
ROWS_FIELDS = {
    "head": Slot(
        "paragraphs", "what each column is", required=True, fewest=2, most=MOST_COLUMNS, limit=24
    ),
    "rows": Slot("any", "the rows, each a list: what it is, then a cell a column", required=True),
}
_LINE_FIELDS = {
    "name": Slot("line", "as it is printed", required=True, limit=30),
    "points": Slot(
        "points", "where it goes: per cent from the left and from the head, 0 40, 100 40", True
    ),
}
MAP_FIELDS = {
    "alt": Slot("line", "what the map says to those who cannot see it", required=True, limit=240),
    "streets": Slot("items", "streets; north is up", required=True, fields=_LINE_FIELDS),
    "buses": Slot("items", "bus lines", fields=_LINE_FIELDS),
    "places": Slot(
        "items",
        "the places, each by the name that it has in the schedule",
        required=True,
        fields={
            "name": Slot("line", "as the schedule has it", required=True),
            "at": Slot("points", "where it is: 40 60", required=True),
        },
    ),
}


def map_of(values: Mapping[str, Any]) -> StreetMap:
    """Return the map of checked values; what had mistakes is left out."""
    streets, buses = (
        tuple(
            MapLine(line["name"], line["points"])
            for line in values.get(kind) or ()
            if line and line.get("name") and line.get("points")
        )
        for kind in ("streets", "buses")
    )
    places = tuple(
        MapPlace(place["name"], place["at"][0])
        for place in values.get("places") or ()
        if place and place.get("name") and place.get("at")
    )
    return StreetMap(values["alt"].text, streets, buses, places)
