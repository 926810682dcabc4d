"""Pages that stand elsewhere: their links and pictures, as the site's page has them."""

from __future__ import annotations

from pathlib import Path

from docs.making.repository import with_links_from

FILE, PAGE = Path("/r/layouts/README.md"), Path("/r/docs/designers/index.md")


def test_pictures_are_shown_from_where_they_are() -> None:
    text = "![All *figures*](figures/all.png) ![Far](https://example.org/a.png)"

    turned = with_links_from(text, FILE, PAGE, {})

    assert turned.startswith("![All *figures*](../../layouts/figures/all.png) ")
    assert turned.endswith("![Far](https://example.org/a.png)")


def test_links_lead_to_the_site_or_nowhere() -> None:
    pages = {Path("/r/fonts/README.md"): Path("/r/docs/fonts.md")}
    text = "[fonts](../fonts/README.md#faces), [code](../hrcpub/x.py), [here](#figures)"

    turned = with_links_from(text, FILE, PAGE, pages)

    assert turned == "[fonts](../fonts.md#faces), code, [here](#figures)"
