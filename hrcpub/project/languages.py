"""A language's tag (BCP 47) to what its page must know: its script, direction and spaces."""

from __future__ import annotations

from functools import lru_cache

# By ISO 15924. Those of the languages that groups like ours print, as CLDR's likely subtags have
# them; Babel knows the others, but takes longer to load than a page to set.
_SCRIPTS = {
    "Latn": """en es fr ht pt pl tr ro so tl fil hmn vi yo nv haw de it nl sw om ha ig zu xh id ms
        ku qu gn""",
    "Cyrl": "ru uk be bg mk sr kk ky tg mn",
    "Grek": "el",
    "Arab": "ar fa ur ps ckb",
    "Hebr": "he yi",
    "Deva": "hi ne mr",
    "Beng": "bn",
    "Guru": "pa",
    "Taml": "ta",
    "Telu": "te",
    "Gujr": "gu",
    "Thai": "th",
    "Laoo": "lo",
    "Khmr": "km",
    "Mymr": "my",
    "Ethi": "am ti",
    "Hans": "zh",
    "Hant": "yue",
    "Jpan": "ja",
    "Kore": "ko",
    "Cher": "chr",
    "Armn": "hy",
    "Geor": "ka",
}
_OF_LANGUAGE = {name: script for script, names in _SCRIPTS.items() for name in names.split()}
_TAIWAN = frozenset({"TW", "HK", "MO"})  # where Chinese is written in traditional characters

_RIGHT_TO_LEFT = frozenset({"Arab", "Aran", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})
# Scripts whose letters are joined within a word, or stacked.
_STACKED = """Deva Beng Guru Gujr Orya Taml Telu Knda Mlym Sinh Khmr Mymr Lana Tibt"""
_JOINED = frozenset(f"Arab Aran Syrc Nkoo Adlm Rohg Mong {_STACKED}".split())
# Scripts that write sentences without a space between words: where a line may end, no sign tells.
_UNSPACED = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Hans", "Hant", "Hani", "Jpan"})

# What HarfBuzz calls the scripts of Chinese, Japanese and Korean is that of their letters.
_OF_LETTERS = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hang", "Aran": "Arab"}


def main_part(tag: str) -> str:
    """Return the language without script and region: `zh` of `zh-Hant-TW`."""
    return tag.replace("_", "-").partition("-")[0].lower()


@lru_cache(maxsize=256)
def script_of(tag: str) -> str:
    """Return the script that a language is written in (ISO 15924): `Cyrl`, or `Zyyy` for none.

    A tag may say it: `sr-Latn`. Chinese is `Hans` or `Hant`, Japanese `Jpan`, Korean `Kore`.
    """
    parts = tag.replace("_", "-").split("-")
    said = next((part.title() for part in parts[1:] if len(part) == 4 and part.isalpha()), None)
    if said:
        return said
    language = parts[0].lower()
    if language == "zh" and _TAIWAN.intersection(part.upper() for part in parts[1:]):
        return "Hant"
    if language == "pa" and "PK" in (part.upper() for part in parts[1:]):
        return "Arab"
    return _OF_LANGUAGE.get(language) or _likely(language)


def letters_of(tag: str) -> str:
    """Return the script as HarfBuzz and Unicode call it, whose letters all are: `Hani` of `ja`."""
    script = script_of(tag)
    return _OF_LETTERS.get(script, script)


def forms_of(tag: str) -> str:
    """Return the language whose forms of letters a large line has, where a face has several.

    Faces of Bulgaria have its forms for all but Russian: д as g. Other languages that are written
    in Cyrillic have the forms of Russian.
    """
    return "ru" if script_of(tag) == "Cyrl" and main_part(tag) != "bg" else tag


def is_right_to_left(tag: str) -> bool:
    """Return whether a language is written from right to left."""
    return script_of(tag) in _RIGHT_TO_LEFT


def direction_of(tag: str) -> str:
    """Return the direction of a language as HTML says it: `ltr` or `rtl`."""
    return "rtl" if is_right_to_left(tag) else "ltr"


def is_joined(tag: str) -> bool:
    """Return whether a language joins the letters of a word, as Arabic does, or stacks them.

    They come apart where space is set between them: Pango turns their ligatures off.
    """
    return script_of(tag) in _JOINED


def is_spaced(tag: str) -> bool:
    """Return whether a language has spaces between its words; Korean has."""
    return script_of(tag) not in _UNSPACED


def _likely(language: str) -> str:
    from babel.core import get_global

    tag = get_global("likely_subtags").get(language, "")
    return next((part for part in tag.split("_")[1:] if len(part) == 4), "Zyyy")


def phrase_hint(phrase: str, tag: str) -> str:
    """Return what to do where the design lacks one of its phrases in a language."""
    if main_part(tag) == "en":
        return f"add {phrase}: to layouts/system/phrases.yaml"
    return f"translate {phrase} in layouts/system/i18n/{tag}.po"


def in_english(tag: str) -> str:
    """Return what a language is called in English, for people: `Ukrainian`; else its tag."""
    from babel.core import Locale

    names = Locale("en").languages
    return str(names.get(tag.replace("-", "_")) or names.get(main_part(tag)) or f'"{tag}"')


def script_in_english(tag: str) -> str:
    """Return what a language's script is called in English: `Cyrillic`."""
    from babel.core import Locale

    script = script_of(tag)
    name = str(Locale("en").scripts.get(script, script))
    return f"{name} Chinese" if script in ("Hans", "Hant") else name


def languages_in(script: str) -> tuple[str, ...]:
    """Return the languages that we know to be written in a script: ar, fa … of `Arab`."""
    own = {"Hans": ("zh-Hans",), "Hant": ("zh-Hant",)}.get(script)
    return own or tuple(_SCRIPTS.get(script, "").split())
