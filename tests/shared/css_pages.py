"""A page of 200 × 200 pt to try layouts on, with its fonts and a picture."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from PIL import Image

from hrcpub.files.cache import ParsedCache
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import AuthorText, Html, Stylesheet
from hrcpub.pipeline.typeset import lay_out
from hrcpub.problems import Problem
from hrcpub.units import Size
from tests.shared.project import ROOT

CSS = """
    @font-face { font-family: "HRC Gothic"; src: url(/fonts/gothic.ttf) }
    @page {
        size: 200pt 200pt; margin: 20pt 20pt 0; background: #ffe14a;
        @top-left { content: element(foot); vertical-align: bottom }
    }
    * { margin: 0; padding: 0 }
    html { font: 10pt/12pt "HRC Gothic"; color: #141414 }
    .side { position: relative; height: 160pt; break-after: page }
    .side:last-child { break-after: auto }
    .initial::first-letter { font-size: 24pt; line-height: 24pt }
    .before::before { content: "Before that: " }
    .running { position: running(foot) }
"""


def make_root(root: Path) -> Path:
    """Make a project's folder with a font and a picture."""
    (root / "fonts").mkdir()
    gothic = ROOT / "fonts/league-gothic/LeagueGothic-Regular.ttf"
    shutil.copy(gothic, root / "fonts" / "gothic.ttf")
    Image.new("RGB", (60, 60), "#808080").save(root / "dot.png")
    return root


def page(body: str, sides: int | None = 1, words: tuple[AuthorText, ...] = ()) -> Html:
    """Return a composed document around a body."""
    return Html(
        text=f"<!doctype html><html lang=en><title>Page</title><body>{body}",
        stylesheets=(Stylesheet("layout.css", CSS),),
        base=".",
        words=words,
        families=frozenset({"HRC Gothic"}),
        sides=sides,
        trim=Size(200, 200),
        bleed=0,
        safe=9,
    )


def problems(
    root: Path, html: Html, cache: ParsedCache, folds: tuple[float, ...] = ()
) -> list[Problem]:
    """Return all that is wrong with a document."""
    pages = lay_out(replace(html, folds=(folds,)), Project(Sources(root), cache))
    return [*pages.problems, *(overset.problem for overset in pages.oversets)]
