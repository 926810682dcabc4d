"""Values to Markdown: tables, code, definitions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hrcpub.files.sources import Sources

ROOT = Path(__file__).resolve().parents[3]


def project() -> Sources:
    """Return this repository's own project, whose layouts travel with hrcpub."""
    return Sources(ROOT)


def code(text: str) -> str:
    """Return a text as inline code."""
    return f"`{text}`"


def codes(texts: Iterable[str]) -> str:
    """Return texts as inline code, with commas between them."""
    return ", ".join(code(text) for text in texts)


def sentence(text: str) -> str:
    """Return a remark of the code as a sentence; none as none."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; a cell's text is Markdown on one line."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(text) for text in line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", r"\|")
