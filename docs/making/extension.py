"""The Sphinx extension: pages to what their commands picture, parts of them to what code says.

Before pages are read, each one that fills `$PICTURES` is carried out (`running.py`), and what it
pictured is laid under `docs/made/PAGE/`, where the page shows it as any picture. A page whose
commands fail, or print something else, is a warning, and so an error of `make docs`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from docs.making.reference import PARTS
from docs.making.repository import page_elsewhere, pages_of, with_links_from
from docs.making.running import run_page

MADE = "made"  # the folder of pictures, under docs/; not kept in git
FONTS = (
    "league-gothic/LeagueGothic-Regular.ttf",
    "league-gothic/OFL.txt",
    "libre-franklin/LibreFranklin-Regular.ttf",
    "libre-franklin/LibreFranklin-Italic.ttf",
    "libre-franklin/LibreFranklin-Bold.ttf",
    "libre-franklin/OFL.txt",
)
# Each part of the site has a paper of its own, as the pieces have: of layouts/system/system.yaml.
PAPERS = {"writers": "why", "designers": "how", "programmers": "bare", "reference": "bare"}
_log = logging.getLogger(__name__)


class FromCode(SphinxDirective):
    """A part of a page that is written from code: its name in PARTS, and what that is asked for."""

    required_arguments = 1
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return what the part says, parsed as the page itself is."""
        name, *asked = self.arguments
        text = PARTS[name](*asked)
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def picture_pages(app: Sphinx, env: BuildEnvironment, names: list[str]) -> None:
    """Carry out the pages that picture something, among those that are about to be read."""
    pictured = [name for name in names if pictures_itself(Path(env.doc2path(name)))]
    with ThreadPoolExecutor(os.cpu_count()) as pool:  # their commands are programs of their own
        for slips in pool.map(lambda name: _pictured(app, env, name), pictured):
            for slip in slips:
                _log.warning("%s", slip)


def pictures_itself(page: Path) -> bool:
    """Return whether a page shows what its own commands picture."""
    return "$PICTURES" in page.read_text(encoding="utf-8")


def _pictured(app: Sphinx, env: BuildEnvironment, name: str) -> list[str]:
    """Lay what a page pictures where it shows it; return what differs from the page."""
    slips: list[str] = []
    with tempfile.TemporaryDirectory(prefix="hrcpub-docs-") as temporary:
        folder = Path(app.config.runs or temporary, name)
        if not app.config.runs:
            slips += run_page(Path(env.doc2path(name)), folder)
        target = Path(app.srcdir, MADE, name)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder / "pictures", target)
    return slips


def take_from_elsewhere(app: Sphinx, name: str, content: list[str]) -> None:
    """Give a page that stands elsewhere in the repository the words it has there."""
    page = Path(app.env.doc2path(name)).resolve()
    if (file := page_elsewhere(page)) is not None:
        app.env.note_dependency(str(file))
        text = file.read_text(encoding="utf-8")
        content[0] = with_links_from(text, file, page, pages_of(Path(app.srcdir)))


def let_stand_alone(app: Sphinx, doctree: nodes.document) -> None:
    """Leave single decisions out of the list of pages: their own list names them."""
    if app.env.docname.startswith("decisions/") and not app.env.docname.endswith("README"):
        app.env.metadata[app.env.docname]["orphan"] = True


def give_paper(app: Sphinx, doctree: nodes.document) -> None:
    """Lay a page's head on its paper: of its folder, of the fold for the site's first pages."""
    paper = PAPERS.get(app.env.docname.partition("/")[0], "what")
    for section in doctree.findall(nodes.section):
        section["classes"].append(f"paper-{paper}")
        return


def bring_fonts(app: Sphinx, failure: Exception | None) -> None:
    """Lay the project's own fonts, with their licences, beside the site's style."""
    if failure is None and app.builder.format == "html":
        for name in FONTS:
            target = Path(app.outdir) / "_static" / "fonts" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(app.srcdir).parent / "fonts" / name, target)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all of it with Sphinx."""
    # Where the pages were carried out already: a folder for each, by its name.
    app.add_config_value("runs", "", "")
    app.add_directive("from-code", FromCode)
    app.connect("env-before-read-docs", picture_pages)
    app.connect("source-read", take_from_elsewhere)
    app.connect("doctree-read", let_stand_alone)
    app.connect("doctree-read", give_paper)
    app.connect("build-finished", bring_fonts)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
