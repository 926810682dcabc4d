"""Pages that stand elsewhere in the repository, such as CONTRIBUTING.md, to pages of the site.

A page of the site that consists of `<!-- page: PATH -->` is what stands at that path, so that each
text has one place. Its links are those of its own folder: they are turned to where the site has
what they name, and a file that the site does not have is named without a link. Its pictures are
shown from where they are.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

_WHOLE = re.compile(r"<!-- page: (\S+) -->\s*")
_PICTURE = re.compile(r"(!\[[^\[\]]*\])\(([^()\s]+)\)")
_LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]+)\)")


def page_elsewhere(page: Path) -> Path | None:
    """Return the file that a page consists of; None where it has words of its own."""
    whole = _WHOLE.fullmatch(page.read_text(encoding="utf-8"))
    return (page.parent / whole[1]).resolve() if whole else None


def pages_of(docs: Path) -> dict[Path, Path]:
    """Return the site's pages by the files whose words they show: mostly their own."""
    return {page_elsewhere(page) or page: page for page in docs.resolve().rglob("*.md")}


def with_links_from(text: str, file: Path, page: Path, pages: dict[Path, Path]) -> str:
    """Return a file's text with its links as they are from the page that shows it."""

    def turned(link: re.Match[str]) -> str:
        words, target = link[1], link[2]
        path, mark, anchor = target.partition("#")
        if not path or "://" in path or path.startswith("mailto:"):
            return link[0]
        place = pages.get((file.parent / path).resolve())
        if place is None:
            return words
        return f"[{words}]({os.path.relpath(place, page.parent)}{mark}{anchor})"

    def seen(picture: re.Match[str]) -> str:
        words, target = picture[1], picture[2]
        if "://" in target:
            return picture[0]
        return f"{words}({os.path.relpath((file.parent / target).resolve(), page.parent)})"

    return _PICTURE.sub(seen, _LINK.sub(turned, text))
