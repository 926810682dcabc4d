"""What tables of sites call their columns, in English, Spanish, French, Portuguese and German."""

from __future__ import annotations

# What a list's authors write there is often not for readers: none of these is read as `note`.
FOREIGN = (
    "notes", "comments", "remarks", "notas", "observaciones", "comentarios", "remarques",
    "commentaires", "observações", "comentários", "bemerkungen", "anmerkungen",
)  # fmt: skip
# How public lists of sites name their columns, the likeliest first. `site` stands after the other
# languages' words for a name: in French and Portuguese it is a web site.
ALSO = {
    "id": ("site id",),
    "name": (
        "nombre", "nom", "nome", "site", "site name", "name 1", "location name", "facility name",
        "facility", "program name", "program", "organization name", "organisation name",
        "organization", "organisation", "agency name", "agency", "provider name", "provider",
        "location", "public name", "nombre del sitio", "sitio", "lugar", "organización",
        "organização", "établissement", "lieu", "einrichtung",
    ),
    "address": (
        "full address", "site address", "location address", "physical address", "dirección",
        "domicilio", "adresse", "endereço", "anschrift",
    ),
    "address1": (
        "street address", "street", "address line 1", "address 1", "street address 1", "street 1",
        "calle", "rue", "rua", "straße",
    ),
    "address2": ("address line 2", "street address 2", "street 2", "suite", "unit"),
    "city": ("town", "municipality", "locality", "ciudad", "ville", "cidade", "stadt", "ort"),
    "state": ("province", "state/province", "region"),
    "zip": (
        "zip code", "postal code", "postcode", "zip/postal code", "código postal", "code postal",
        "cp", "cep", "plz", "postleitzahl",
    ),
    "hours": (
        "hours of operation", "operating hours", "opening hours", "open hours", "business hours",
        "hours open", "days and hours", "days/hours", "schedule", "horario", "horarios",
        "horario de atención", "horaires", "heures d'ouverture", "horário de funcionamento",
        "öffnungszeiten",
    ),
    "tel": (
        "phone", "phone number", "telephone", "telephone number", "phone 1", "main phone",
        "contact phone", "public phone", "contact number", "teléfono", "número de teléfono",
        "téléphone", "telefone", "telefon",
    ),
    "tel2": (
        "phone 2", "second phone", "secondary phone", "alternate phone", "alternative phone",
        "other phone", "telephone 2", "intake phone", "intake 1", "after hours phone", "hotline",
    ),
    "email": (
        "e-mail", "email address", "e-mail address", "contact email", "public email", "correo",
        "correo electrónico", "courriel",
    ),
    "languages": (
        "languages spoken", "spoken languages", "language", "language(s) spoken", "idiomas",
        "idiomas que se hablan", "langues", "langues parlées", "sprachen",
    ),
    "note": ("public note", "public notes", "special instructions"),
    "url": (
        "website", "web", "web site", "web address", "website url", "link", "web page", "homepage",
        "sitio web", "página web", "site web", "site internet", "webseite",
    ),
}  # fmt: skip
