"""The site: it is made without a warning, asks nobody for anything, and has what pages promise."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from docs.making.extension import pictures_itself
from hrcpub.cli.explaining import explanations
from tests.docs.conftest import Runs
from tests.shared.once import made_once
from tests.shared.project import ROOT

pytestmark = pytest.mark.slow  # the whole site is made

DOCS = ROOT / "docs"
ASSETS = {"link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src"}
IN_CSS = re.compile(r"url\(\s*['\"]?([^)'\"]+)|@import\s+['\"]([^'\"]+)")


def _make(folder: Path, runs: Runs) -> None:
    for page in DOCS.rglob("*.md"):
        if pictures_itself(page):
            name = page.relative_to(DOCS).with_suffix("").as_posix()
            shutil.copytree(runs(name) / "pictures", folder / "runs" / name / "pictures")
    command = [sys.executable, "-m", "sphinx", "--fail-on-warning", "--keep-going", "--quiet"]
    places: list[str | Path] = [
        "-d",
        folder / "doctrees",
        "-D",
        f"runs={folder / 'runs'}",
        DOCS,
        folder / "site",
    ]
    done = subprocess.run(
        [*command, *places],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, runs: Runs) -> Path:
    """Return the finished site, made with warnings as errors; only to be read."""
    return made_once(tmp_path_factory, "documentation", lambda folder: _make(folder, runs)) / "site"


class Assets(HTMLParser):
    """What a page asks for by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values.get("rel") in ("next", "prev", "search", "index", "canonical"):
            return
        self.found += [values[name] or "" for name in (ASSETS.get(tag),) if name in values]


def assets(page: Path) -> list[str]:
    parser = Assets()
    parser.feed(page.read_text(encoding="utf-8"))
    return parser.found


def test_pages_and_styles_ask_no_other_host_for_anything(site: Path) -> None:
    pages, styles = list(site.rglob("*.html")), list(site.rglob("*.css"))
    assert len(pages) > 15
    asked = {asset for page in pages for asset in assets(page)}
    asked |= {
        address
        for style in styles
        for found in IN_CSS.findall(style.read_text(encoding="utf-8"))
        for address in found
        if address
    }
    assert any("site.css" in asset for asset in asked)
    assert any(asset.endswith(".ttf") for asset in asked)
    assert [asset for asset in asked if re.match(r"(\w+:)?//", asset)] == []


def test_scripts_of_the_site_load_nothing_from_elsewhere(site: Path) -> None:
    scripts = list(site.rglob("*.js"))
    assert scripts
    loading = re.compile(r"(?:fetch|import|\.src\s*=|importScripts)\s*\(?\s*['\"`]https?:")
    assert [script for script in scripts if loading.search(script.read_text("utf-8"))] == []


def test_every_asset_of_a_page_is_there(site: Path) -> None:
    for page in site.rglob("*.html"):
        for asset in assets(page):
            if not asset.startswith("data:"):
                assert (page.parent / asset.partition("?")[0]).exists(), (page, asset)


def test_each_step_of_the_first_pamphlet_has_its_picture(site: Path) -> None:
    shown = [Path(asset).name for asset in assets(site / "first-pamphlet.html")]
    assert [name for name in shown if name.endswith(".webp")] == [
        "sample-1.webp", "sample-2.webp", "own-1.webp", "own-2.webp",
    ]  # fmt: skip


def test_every_message_is_explained_once(site: Path) -> None:
    pages = "".join(page.read_text("utf-8") for page in site.glob("reference/problems/*.html"))
    assert len(explanations()) > 100
    for code in explanations():
        assert pages.count(f'id="{code}"') == 1, code


def test_every_command_and_option_is_listed(site: Path) -> None:
    page = (site / "reference/commands.html").read_text("utf-8")
    for option in ("--watch", "--edition", "--dry-run", "--quantity", "--cluster"):
        assert f"{option}" in page


def test_fonts_come_with_their_licences(site: Path) -> None:
    for folder in ("league-gothic", "libre-franklin"):
        files = {path.suffix for path in (site / "_static/fonts" / folder).iterdir()}
        assert files == {".ttf", ".txt"}
