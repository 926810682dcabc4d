"""The languages that are spoken at an office: codes (BCP 47) to their own names, as a line.

People look for their own language's own name, whatever language a piece is in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from hrcpub.files.yamlfile import Node
from hrcpub.patterns import pattern
from hrcpub.problems import Problem, did_you_mean
from hrcpub.project import slots
from hrcpub.project.slots import Slot
from hrcpub.project.words import Words

LANGUAGES = Slot("any", "spoken there, by their codes: [en, es]")

_ENTRY = Slot("label")
_NAME = Slot("line", limit=40)
_CODE = pattern(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)
_MARKUP = pattern(r"[\[\]()*\\]")


class Spoken(NamedTuple):
    """A language that is spoken at an office."""

    code: str  # BCP 47
    name: Words  # its own


def read_spoken(node: Node, path: str, problems: list[Problem]) -> tuple[Spoken, ...]:
    """Return languages as a list, or a text with commas, names them; note a Problem for others.

    An entry may bring its own name: `{mam: Qyol Mam}`.
    """
    spoken: dict[str, Spoken] = {}
    for number, entry in enumerate(_entries(node), 1):
        for language in _language(entry, f"{path}.{number}", problems):
            if language.code in spoken:
                problems.append(twice(language))
            spoken[language.code] = language
    return tuple(spoken.values())


def _entries(node: Node) -> Iterator[Node]:
    if node.items is not None:
        yield from node.items
    elif node.text is not None:
        yield from (replace(node, value=part) for part in re.split(r"[,;]\s*", node.text))
    else:
        yield node


def _language(node: Node, path: str, problems: list[Problem]) -> Iterator[Spoken]:
    """Yield the languages of an entry: one, or those to which a group gives names."""
    if node.mapping is not None:
        for code, value in node.mapping.items():
            name: Words | None = slots.check(value, _NAME, path, problems)
            if not _CODE.fullmatch(code):
                problems.append(unknown(Words(code, node.key(code), path)))
            elif name:
                yield Spoken(code, name)
        return
    typed: Words | None = slots.check(node, _ENTRY, path, problems)
    if typed is None:
        return
    code = typed.text.lower()
    own = _OWN.get(code) or (_OWN.get(code.partition("-")[0]) if _CODE.fullmatch(code) else None)
    if own:
        yield Spoken(typed.text, replace(typed, text=own))
    else:
        problems.append(unknown(typed))


def own_and_english(text: str) -> tuple[str, str] | None:
    """Return a language's own name and the English one; None for a language that is not known.

    `text` is its code, or one of its two names.
    """
    plain = text.strip().lower()
    for code, own, english in _rows():
        if plain in (code, own.lower(), english):
            return own, english.title()
    return None


def code_named(name: str) -> str | None:
    """Return the code of a language by one of its two names; None for one that is not known."""
    plain = name.strip().lower()
    return next((code for code, own, english in _rows() if plain in (own.lower(), english)), None)


def line(spoken: tuple[Spoken, ...], comma: str = ", ") -> Words | None:
    """Return the line that is printed: `English, Español`; None without any.

    Each name is marked as its language's, so that a screen reader says it right, and stays in one
    line. `comma` is the piece's own.
    """
    if not spoken:
        return None
    whole = ((code, name.text.replace(" ", "\u00a0")) for code, name in spoken)
    names = [name if _MARKUP.search(name) else f"[{name}](lang:{code})" for code, name in whole]
    first = spoken[0].name
    return Words(comma.join(names), first.source, first.slot.rpartition(".")[0])


def unknown(typed: Words) -> Problem:
    """A language that is spoken at an office is not written as a code that is known here.

    Fix: write its code: `es` for Spanish, `ht` for Haitian Creole. Codes are those of BCP 47, as in
    web pages. A language that is not known is written with its own name: `{mam: Qyol Mam}`.
    """
    code = code_named(typed.text)
    if code:
        hint = f"write {code}"
    elif _CODE.fullmatch(typed.text):
        hint = f"write its own name after it: {{{typed.text}: …}}"
    else:
        hint = did_you_mean(typed.text.lower(), _ENGLISH) if typed.text else "write a code"
        near = re.fullmatch('did you mean "(.*)"\\?', hint or "")
        hint = f"did you mean {_ENGLISH[near[1]]}?" if near else "write its code, such as es"
    said = f'"{typed.text}" is not a language\'s code that is known here'
    return Problem("language-unknown", said, typed.source, hint)


def twice(language: Spoken) -> Problem:
    """A language is twice among those that are spoken at an office.

    Fix: take one of them out.
    """
    said = f'"{language.code}" is named twice'
    return Problem("language-twice", said, language.name.source, "take one of them out")


# Names are those of CLDR 49, and of Hmong, which it lacks, its own: each in its own language, with
# a capital letter as in a list (`contextTransforms`); after the stroke, where it is another, the
# name in English.
_TABLE = """
en English
es Español | Spanish
fr Français | French
pt Português | Portuguese
it Italiano | Italian
de Deutsch | German
nl Nederlands | Dutch
ca Català | Catalan
gl Galego | Galician
eu Euskara | Basque
ro Română | Romanian
el Ελληνικά | Greek
ru Русский | Russian
uk Українська | Ukrainian
be Беларуская | Belarusian
pl Polski | Polish
cs Čeština | Czech
sk Slovenčina | Slovak
hu Magyar | Hungarian
bg Български | Bulgarian
sr Српски | Serbian
hr Hrvatski | Croatian
bs Bosanski | Bosnian
mk Македонски | Macedonian
sl Slovenščina | Slovenian
sq Shqip | Albanian
lt Lietuvių | Lithuanian
lv Latviešu | Latvian
et Eesti | Estonian
fi Suomi | Finnish
sv Svenska | Swedish
da Dansk | Danish
nb Norsk bokmål | Norwegian Bokmål
is Íslenska | Icelandic
ga Gaeilge | Irish
cy Cymraeg | Welsh
tr Türkçe | Turkish
az Azərbaycan | Azerbaijani
uz O‘zbek | Uzbek
kk Қазақ тілі | Kazakh
ky Кыргызча | Kyrgyz
tg Тоҷикӣ | Tajik
hy Հայերեն | Armenian
ka ქართული | Georgian
he עברית | Hebrew
yi ייִדיש | Yiddish
ar العربية | Arabic
fa فارسی | Persian
ps پښتو | Pashto
ur اردو | Urdu
ku Kurdî (kurmancî) | Kurdish
ckb کوردیی ناوەندی | Central Kurdish
hi हिन्दी | Hindi
ne नेपाली | Nepali
bn বাংলা | Bangla
pa ਪੰਜਾਬੀ | Punjabi
gu ગુજરાતી | Gujarati
mr मराठी | Marathi
ta தமிழ் | Tamil
te తెలుగు | Telugu
ml മലയാളം | Malayalam
kn ಕನ್ನಡ | Kannada
si සිංහල | Sinhala
my မြန်မာ | Burmese
th ไทย | Thai
lo ລາວ | Lao
km ខ្មែរ | Khmer
vi Tiếng Việt | Vietnamese
id Indonesia | Indonesian
ms Melayu | Malay
fil Filipino
tl Tagalog
ceb Cebuano
jv Jawa | Javanese
ko 한국어 | Korean
ja 日本語 | Japanese
zh 中文 | Chinese
zh-Hans 简体中文 | Simplified Chinese
zh-Hant 繁體中文 | Traditional Chinese
yue 粵語 | Cantonese
mn Монгол | Mongolian
bo བོད་སྐད | Tibetan
am አማርኛ | Amharic
ti ትግርኛ | Tigrinya
om Oromoo | Oromo
so Soomaali | Somali
sw Kiswahili | Swahili
rw Ikinyarwanda | Kinyarwanda
rn Ikirundi | Rundi
ln Lingála | Lingala
lg Luganda | Ganda
wo Wolof
ff Pulaar | Fula
ha Hausa
yo Èdè Yorùbá | Yoruba
ig Asụsụ Igbo | Igbo
ak Akan
bm Bamanakan | Bambara
ee Eʋegbe | Ewe
zu IsiZulu | Zulu
xh IsiXhosa | Xhosa
af Afrikaans
ht Kreyòl Ayisyen | Haitian Creole
pap Papiamentu | Papiamento
kea Kabuverdianu | Kabuverdianu
mfe Kreol morisien | Morisyen
qu Runasimi | Quechua
gn Avañe’ẽ | Guarani
quc Kʼicheʼ | Kʼicheʼ
kek Qʼeqchiʼ
nv Diné Bizaad | Navajo
hmn Hmoob | Hmong
chr ᏣᎳᎩ | Cherokee
haw ʻŌlelo Hawaiʻi | Hawaiian
to Lea fakatonga | Tongan
"""


def _rows() -> Iterator[tuple[str, str, str]]:
    """Yield the code, the own and the English name of each language in the table."""
    for row in _TABLE.strip().splitlines():
        code, _, names = row.partition(" ")
        own, _, english = names.partition(" | ")
        yield code.lower(), own, (english or own).lower()


_OWN = {code: own for code, own, _ in _rows()}
_ENGLISH = {english: code for code, _, english in _rows()}

CODES = {"language-unknown": unknown, "language-twice": twice}
