"""Comparisons to files that show them: pictures of pages side by side, or a page for browsers."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hrcpub.build.store import not_written
from hrcpub.files.cache import write_whole
from hrcpub.pipeline.compare.records import PagePair, WordChange
from hrcpub.pipeline.compare.showing import ShownPage, shown
from hrcpub.pipeline.compare.wording import in_short, joined
from hrcpub.problems import HrcpubError

if TYPE_CHECKING:
    from hrcpub.build.comparing import Compared


def write_pictures(changed: Sequence[Compared], folder: Path) -> list[Path]:
    """Write a picture of each page that differs: before, after, and only what changed."""
    paths = []
    for one in changed:
        for page in shown(one.before, one.after, one.comparison):
            path = folder / f"{one.name}-{_name(page.pair)}.png"
            _write(path, page.beside)
            paths.append(path)
    return paths


def _name(pair: PagePair) -> str:
    return f"{pair.after}" if pair.after else f"{pair.before}-gone"


def write_report(changed: Sequence[Compared], path: Path) -> Path:
    """Write one HTML file with all that differs; it needs no other file and no network."""
    body = "\n".join(part for one in changed for part in _section(one))
    body = body or "<p>Nothing differs.</p>"
    _write(path, _PAGE.replace("{{body}}", body).replace("{{style}}", _STYLE).encode())
    return path


def _write(path: Path, data: bytes) -> None:
    try:
        write_whole(path, data)
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None


def _section(one: Compared) -> Iterator[str]:
    yield f"<section><h2>{html.escape(one.after_called)}</h2>"
    yield f"<p>Differs from {html.escape(one.before_called)}: "
    yield f"<strong>{html.escape(in_short(one.comparison))}</strong></p>"
    for number, page in enumerate(shown(one.before, one.after, one.comparison)):
        yield from _page(page, f"{one.name}-{number}")
    yield "</section>"


def _page(page: ShownPage, name: str) -> Iterator[str]:
    pair = page.pair
    yield f"<article><h3>{_title(pair)}</h3>"
    if pair.words:
        yield "<ul>" + "".join(f"<li>{_change(change)}</li>" for change in pair.words) + "</ul>"
    yield '<div class="pages">'
    for label, picture, kind in (
        ("Before", page.before, "before"),
        ("After", page.after, "after"),
        ("Only what changed", page.changed, "changed"),
    ):
        if picture:
            data = base64.b64encode(picture).decode()
            yield (
                f'<figure class="{kind}"><figcaption>{label}</figcaption>'
                f'<img alt="{label}: {html.escape(_title(pair))}" '
                f'src="data:image/png;base64,{data}"></figure>'
            )
    yield "</div></article>"


def _title(pair: PagePair) -> str:
    if pair.before is None:
        return f"Page {pair.after} is new"
    if pair.after is None:
        return f"Page {pair.before} is gone"
    was = f", which was page {pair.before}" if pair.before != pair.after else ""
    return f"Page {pair.after}{was}"


def _change(change: WordChange) -> str:
    """Return a change in its place; direction is each part's own."""
    parts = [f"<bdi>{html.escape(joined(change.lead))}</bdi>"] if change.lead else []
    if change.removed:
        parts.append(f"<del><bdi>{html.escape(joined(change.removed))}</bdi></del>")
    if change.added:
        parts.append(f"<ins><bdi>{html.escape(joined(change.added))}</bdi></ins>")
    if change.tail:
        parts.append(f"<bdi>{html.escape(joined(change.tail))}</bdi>")
    return " ".join(parts)


_STYLE = """
:root { color-scheme: light dark; --ink: #141414; --paper: #fff; --was: #a33b00; --now: #0048b0 }
@media (prefers-color-scheme: dark) {
  :root { --ink: #eee; --paper: #1b1b1b; --was: #ffb184; --now: #8fbcff }
}
body { margin: 2rem clamp(1rem, 4vw, 4rem); color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif }
h1, h2, h3 { line-height: 1.2; margin: 0 0 .5rem }
section { border-top: 2px solid; padding: 1rem 0 2rem }
article { margin: 1.5rem 0 2.5rem }
ul { padding-left: 1.2rem; max-width: 70ch }
del { color: var(--was); text-decoration: line-through }
ins { color: var(--now); text-decoration: underline; font-weight: 600 }
.pages { display: grid; gap: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)) }
figure { margin: 0 }
figcaption { font-weight: 600; margin-bottom: .35rem }
img { width: 100%; height: auto; border: 1px solid #8888; background: #fff }
label { display: inline-block; margin: 0 1.5rem 1rem 0 }
body:has(#only:checked) .before, body:has(#only:checked) article:has(.changed) .after
  { display: none }
body:has(#blink:checked) article:has(.changed) .pages { display: block; position: relative;
  max-width: 60rem }
body:has(#blink:checked) article:has(.changed) .changed { display: none }
body:has(#blink:checked) article:has(.changed) .after
  { position: absolute; inset: 0; animation: blink 1.6s steps(1) infinite }
@keyframes blink { 50% { visibility: hidden } }
@media print { label { display: none } body { margin: 0 } article { break-inside: avoid } }
"""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>What differs</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:;
 style-src 'unsafe-inline'">
<style>{{style}}</style></head><body>
<h1>What differs</h1>
<p>A broken orange outline is what was, a whole blue one what is now.</p>
<p><label><input type="radio" name="view" checked> side by side</label>
<label><input type="radio" name="view" id="only"> only what changed</label>
<label><input type="radio" name="view" id="blink"> one over the other, in turns</label></p>
{{body}}
</body></html>
"""
