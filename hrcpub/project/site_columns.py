"""What tables of sites call their columns."""

from __future__ import annotations

# What a list's authors write there is often not for readers: none of these is read as `note`.
FOREIGN = ("notes", "comments", "remarks")
# How public lists of sites name their columns, the likeliest first.
ALSO = {
    "id": ("site id",),
    "name": (
        "site", "site name", "name 1", "location name", "facility name", "facility", "program name",
        "program", "organization name", "organisation name", "organization", "organisation",
        "agency name", "agency", "provider name", "provider", "location", "public name",
    ),
    "address": ("full address", "site address", "location address", "physical address"),
    "address1": (
        "street address", "street", "address line 1", "address 1", "street address 1", "street 1",
    ),
    "address2": ("address line 2", "street address 2", "street 2", "suite", "unit"),
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
    "tel2": (
        "phone 2", "second phone", "secondary phone", "alternate phone", "alternative phone",
        "other phone", "telephone 2", "intake phone", "intake 1", "after hours phone", "hotline",
    ),
    "email": (
        "e-mail", "email address", "e-mail address", "contact email", "public email",
    ),
    "languages": ("languages spoken", "spoken languages", "language", "language(s) spoken"),
    "note": ("public note", "public notes", "special instructions"),
    "url": (
        "website", "web", "web site", "web address", "website url", "link", "web page", "homepage",
    ),
}  # fmt: skip
