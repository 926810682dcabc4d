"""Pages that stand elsewhere in the repository keep links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.making.repository import page_elsewhere, pages_of, with_links_from
from tests.shared.project import ROOT

PAGES = {Path("/r/docs/stability.md"): Path("/r/docs/stability.md"),
         Path("/r/CONTRIBUTING.md"): Path("/r/docs/programmers/contributing.md")}  # fmt: skip


def test_a_page_says_where_its_words_stand(tmp_path: Path) -> None:
    own, other = tmp_path / "own.md", tmp_path / "other.md"
    own.write_text("# A page\n\nof words\n", encoding="utf-8")
    other.write_text("<!-- page: ../README.md -->\n", encoding="utf-8")
    assert page_elsewhere(own) is None
    assert page_elsewhere(other) == tmp_path.parent / "README.md"
    assert pages_of(tmp_path) == {own: own, tmp_path.parent / "README.md": other}


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("[how](../docs/stability.md)", "[how](../stability.md)"),
        ("[how](../docs/stability.md#stable)", "[how](../stability.md#stable)"),
        ("[change it](../CONTRIBUTING.md)", "[change it](contributing.md)"),
        ("[a file](../LICENSE) of ours", "a file of ours"),
        ("[web](https://example.org)", "[web](https://example.org)"),
        ("[here](#adding)", "[here](#adding)"),
    ],
)
def test_links_lead_to_the_same_words_from_the_page(text: str, turned: str) -> None:
    file, page = Path("/r/hrcpub/README.md"), Path("/r/docs/programmers/how-it-works.md")
    assert with_links_from(text, file, page, PAGES) == turned


def test_pictures_are_shown_from_where_they_are() -> None:
    file, page = Path("/r/layouts/README.md"), Path("/r/docs/designers/index.md")
    text = "![All *figures*](figures/all.png) ![Far](https://example.org/a.png)"
    turned = with_links_from(text, file, page, {})
    assert turned.startswith("![All *figures*](../../layouts/figures/all.png) ")
    assert turned.endswith("![Far](https://example.org/a.png)")


PAGES_OF_FOLDERS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(ROOT.glob("[!.]*/README.md")),
]


@pytest.mark.parametrize("page", PAGES_OF_FOLDERS, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_a_folder_s_own_page_lead_to_files(page: Path) -> None:
    targets = re.findall(r"\]\(([^()\s#]+)", page.read_text(encoding="utf-8"))
    named = [target for target in targets if "://" not in target]
    assert [target for target in named if not (page.parent / target).exists()] == []


def test_folders_pages_have_links() -> None:
    assert len(PAGES_OF_FOLDERS) > 5
    assert (ROOT / "README.md").read_text(encoding="utf-8").count("](docs/") > 5
