"""What tables of sites call their columns: in English, and in languages that outreach writes in."""

from __future__ import annotations

# What a list's authors write there is often not for readers: none of these is read as `note`.
FOREIGN = (
    "notes", "comments", "remarks", "notas", "observaciones", "comentarios", "remarques",
    "commentaires", "observações", "comentários", "bemerkungen", "anmerkungen",
)  # fmt: skip
# How public lists of sites name their columns, the likeliest first. `site` stands after the other
# languages' words for a name: in French and Portuguese it is a web site.
_ENGLISH: dict[str, tuple[str, ...]] = {
    "id": ("site id",),
    "name": (
        "nombre", "nom", "nome", "site", "site name", "name 1", "location name", "facility name",
        "facility", "program name", "program", "organization name", "organisation name",
        "organization", "organisation", "agency name", "agency", "provider name", "provider",
        "location", "public name",
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
# The same of lists in other languages: Spanish, French, Haitian Creole, Portuguese, German,
# Vietnamese, Russian, Chinese, Arabic.
_ELSEWHERE: dict[str, tuple[str, ...]] = {
    "name": (
        "nombre del sitio", "sitio", "lugar", "organización", "lieu", "établissement", "non",
        "kote", "local", "organização", "standort", "einrichtung", "tên", "địa điểm", "название",
        "место", "名称", "地点", "الاسم", "المكان",
    ),
    "address": (
        "dirección", "domicilio", "adresse", "adrès", "endereço", "anschrift", "địa chỉ", "адрес",
        "地址", "العنوان",
    ),
    "address1": ("calle", "rue", "rua", "straße"),
    "city": (
        "ciudad", "ville", "vil", "cidade", "stadt", "ort", "thành phố", "город", "城市", "المدينة",
    ),
    "state": ("estado", "eta", "bundesland", "tiểu bang", "штат", "州", "الولاية"),
    "zip": (
        "código postal", "code postal", "cp", "kòd postal", "cep", "postleitzahl", "plz",
        "mã bưu chính", "индекс", "邮政编码", "邮编", "الرمز البريدي",
    ),
    "hours": (
        "horario", "horarios", "horario de atención", "horas", "horaires", "heures",
        "heures d'ouverture", "lè", "orè", "horário", "horários", "horário de funcionamento",
        "öffnungszeiten", "giờ", "giờ mở cửa", "часы", "часы работы", "营业时间", "时间",
        "ساعات العمل", "الساعات",
    ),
    "tel": (
        "teléfono", "número de teléfono", "téléphone", "telefòn", "nimewo telefòn", "telefone",
        "telefon", "điện thoại", "телефон", "电话", "الهاتف", "هاتف",
    ),
    "email": ("correo", "correo electrónico", "courriel", "imèl", "почта", "电子邮件"),
    "languages": (
        "idiomas", "idiomas que se hablan", "langues", "langues parlées", "lang", "línguas",
        "sprachen", "ngôn ngữ", "языки", "语言", "اللغات",
    ),
    "url": (
        "sitio web", "página web", "site web", "site internet", "sit entènèt", "webseite",
        "internet", "trang web", "сайт", "网站", "الموقع",
    ),
    "box": ("caja", "carton", "bwat", "caixa", "karton", "thùng", "коробка"),
}  # fmt: skip
ALSO = {
    name: tuple(dict.fromkeys((*_ENGLISH.get(name, ()), *_ELSEWHERE.get(name, ()))))
    for name in _ENGLISH | _ELSEWHERE
}
