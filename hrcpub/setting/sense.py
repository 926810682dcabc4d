"""A word and its language to whether it leans on the next word: no line should end in it."""

from __future__ import annotations

_LEANING = {
    "en": """a an the of to in on at by for from with into and or nor but as if than that which
        who whose is are was were be its it no not do does we our your their his her this these
        those more most very""",
    "es": """a al con de del e el en la las los lo le les mi más no o para por que se sin su sus tu
        u un una unas unos y""",
    "fr": """à au aux avec ce ces dans de des du en et la le les leur leurs ne ou par pas pour que
        qui sa sans se ses son sur un une""",
}
_WORDS = {language: frozenset(words.split()) for language, words in _LEANING.items()}


def leans(word: str, language: str = "en") -> bool:
    """Return whether a line that ends in `word` reads broken ("a", "of", "the")."""
    return word.lower() in _WORDS.get(language.partition("-")[0], frozenset())
