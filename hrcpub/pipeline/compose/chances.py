"""Composed HTML to the same with chances for lines that no `Setter` has broken.

Such are addresses, labels and cells, which WeasyPrint breaks. It knows where a line may end in most
scripts, but not in Lao, Khmer and Burmese: there it gets U+200B. And it would break Korean within
words: those get U+2060 (a word joiner). Neither is printed, copied or read aloud. And a colon as
wide as a Chinese letter brings its own space: a template's after it would be a hole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from hrcpub.patterns import pattern
from hrcpub.pipeline import setting
from hrcpub.problems import Problem
from hrcpub.project.languages import is_spaced, main_part
from hrcpub.project.words import Words

JOINER = "\u2060"

# Thai too: WeasyPrint's dictionary is another than that by which lines are counted.
_UNKNOWN = pattern(r"[\u0e01-\u0edf\u1000-\u109f\u1780-\u17dd\uaa60-\uaa7f]")
_WIDE_COLON = pattern(r"：\s+(?=\S)")
_HANGUL = pattern(r"(?<=[\uac00-\ud7a3])(?=[\uac00-\ud7a3])")
# A text between tags; what a line's span, a title or a style holds stays as it is.
_KEPT = pattern(
    r"<(title|style|svg|script)\b.*?</\1>|<!--.*?-->|(?P<text>(?<=>)[^<]+)|<[^>]*>",
    re.DOTALL,
)
_NOWRAP = pattern(r'^<span class="(?:set-lines|display)\b')


def with_chances(html: str, languages: Collection[str]) -> str:
    """Return a document with chances in its texts; most languages need none.

    Of two languages in one document each has letters of its own, so both get what they need.
    """
    if not html.isascii():
        html = _WIDE_COLON.sub("：", html)
    is_korean = any(main_part(language) == "ko" for language in languages)
    unspaced = (language for language in languages if not is_spaced(language))
    language = next(unspaced, next(iter(languages)))
    if html.isascii() or not (is_korean or _UNKNOWN.search(html)):
        return html
    depth = 0  # of spans, within one in which nothing breaks

    def changed(match: re.Match[str]) -> str:
        nonlocal depth
        part = match[0]
        if match["text"]:
            return part if depth else _opened(part, language, is_korean)
        if depth:
            depth += part.startswith("<span") - part.startswith("</span")
        elif _NOWRAP.match(part):
            depth = 1
        return part

    return _KEPT.sub(changed, html)


def line_breaks(texts: Iterable[Words], language: str) -> list[Problem]:
    """Return one Problem, at the first text whose words nobody here can tell apart."""
    unknown = (words for words in texts if setting.has_unknown(words.plain(language), language))
    first = next(unknown, None)
    return [setting.line_breaks_unknown(language, first.source)] if first else []


def _opened(text: str, language: str, is_korean: bool) -> str:
    """Return a text with what its lines need."""
    if is_korean:
        text = _HANGUL.sub(JOINER, text)
    if not _UNKNOWN.search(text):
        return text
    return setting.chances(text, language).replace(f"{setting.CHANCE} ", setting.CHANCE)
