"""Facts in the words of the people who read them on paper: sizes, dates, languages, numbers."""

from __future__ import annotations

import datetime

from hrcpub.events.manifest.event import Item, ProductionRun
from hrcpub.project.languages import main_part
from hrcpub.project.material import Material
from hrcpub.project.spoken import own_and_english
from hrcpub.units import Size, dimensions, is_metric

# Names by BCP 47; others are shown by their code.
LANGUAGES = {
    "am": "Amharic",
    "ar": "Arabic",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Farsi",
    "fr": "French",
    "hi": "Hindi",
    "hmn": "Hmong",
    "ht": "Haitian Creole",
    "hy": "Armenian",
    "it": "Italian",
    "ja": "Japanese",
    "km": "Khmer",
    "ko": "Korean",
    "lo": "Lao",
    "nv": "Navajo",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "so": "Somali",
    "sw": "Swahili",
    "th": "Thai",
    "ti": "Tigrinya",
    "tl": "Tagalog",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "vi": "Vietnamese",
    "yue": "Cantonese",
    "zh": "Chinese",
}

# Their own tables: the names must not change with the locale.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def language(code: str) -> str:
    """Return a language's English name: `pt-BR` is "Portuguese (pt-BR)"."""
    main = main_part(code)
    names = own_and_english(main)
    name = LANGUAGES.get(main) or (names[1] if names else None)
    if name is None:
        return code
    return f"{name} ({code})" if "-" in code else name


def day(date: datetime.date) -> str:
    """Return a date as it is said: "Wednesday, June 10, 2026"."""
    return f"{_DAYS[date.weekday()]}, {_MONTHS[date.month - 1]} {date.day}, {date.year}"


def number(value: int) -> str:
    """Return a number with its thousands apart: "1,260"."""
    return f"{value:,}"


def several(value: int, one: str, more: str | None = None) -> str:
    """Return a number with what is counted: "1 file", "8 files"."""
    return f"{number(value)} {one if value == 1 else more or one + 's'}"


def size(width: float, height: float) -> str:
    """Return a size in points as "8.5 × 11 in (216 × 279 mm)"; first in the unit of its choice."""
    if is_metric(Size(width, height)):
        metric = dimensions(Size(width, height)).replace("x", "×")
        return f"{metric} ({width / 72:.2f} × {height / 72:.2f} in)"
    inches = (f"{round(length / 72, 3):g}" for length in (width, height))
    mm = (f"{length / 72 * 25.4:.0f}" for length in (width, height))
    return f"{' × '.join(inches)} in ({' × '.join(mm)} mm)"


def title(material: Material) -> str:
    """Return a material's title without its markup."""
    return material.title.plain(material.language)


def of_item(item: Item) -> Material:
    """Return the material that names an item: its first language's."""
    return next(iter(item.materials.values()))


def digest(sha256: str) -> str:
    """Return the first twelve digits of a SHA-256, for eyes that compare it.

    Two files that differ have the same ones once in 280 billions; SHA256SUMS has them all.
    """
    return " ".join(sha256[at : at + 4] for at in range(0, 12, 4))


def is_stitched(item: Item) -> bool:
    """Return whether a piece is a stitched booklet."""
    return (item.scheme or of_item(item).layout.scheme) == "saddle-stitch"


def finishing(run: ProductionRun) -> str:
    """Return what the bindery does with what comes off the press."""
    steps = []
    if run.facts.up > 1:
        steps.append(f"cut apart, {run.facts.up} to a sheet")
    if is_stitched(run.item):
        steps.append("gather, fold in half, stitch twice in the fold")
    elif run.item.fold:
        steps.append("fold")
    if run.item.edition == "press":
        steps.append("trim to the TrimBox")
    return "; ".join(steps) or "none"
