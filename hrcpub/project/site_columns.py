"""What tables of sites call their columns."""

from __future__ import annotations

# How public lists of sites name their columns, the likeliest first.
ALSO = {
    "id": ("site id",),
    "name": (
        "site", "site name", "location name", "facility name", "facility", "program name",
        "program", "organization name", "organisation name", "organization", "organisation",
        "agency name", "agency", "provider name", "provider", "location", "public name",
    ),
    "address": ("full address", "site address", "location address", "physical address"),
    "address1": (
        "street address", "street", "address line 1", "address 1", "street address 1",
    ),
    "address2": ("address line 2", "street address 2", "suite", "unit"),
    "city": ("town", "municipality", "locality"),
    "state": ("province", "state/province", "region"),
    "zip": ("zip code", "postal code", "postcode", "zip/postal code"),
    "hours": (
        "hours of operation", "operating hours", "opening hours", "open hours", "business hours",
        "hours open", "days and hours", "days/hours", "schedule",
    ),
    "tel": (
        "phone", "phone number", "telephone", "telephone number", "phone 1", "main phone",
        "contact phone", "public phone", "contact number",
    ),
    "url": (
        "website", "web", "web site", "web address", "website url", "link", "web page", "homepage",
    ),
}  # fmt: skip
