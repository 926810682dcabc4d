"""Sphinx's settings: `make docs` makes the site in output/docs from the pages in this folder."""

from __future__ import annotations

from hrcpub import __version__

project = "hrcpub"
author = "The hrcpub authors"
copyright = "the hrcpub authors"  # without a year: the same pages on any day
version = release = __version__

extensions = ["myst_parser", "sphinx_click", "docs.making.extension"]
exclude_patterns = ["made", "making", "static"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 3
nitpicky = True

html_theme = "furo"
html_title = "hrcpub"
html_static_path = ["static"]
html_css_files = ["site.css"]
html_copy_source = html_show_sourcelink = False
html_last_updated_fmt = None
templates_path: list[str] = []
INK, PALE, YELLOW = "#141414", "#f2efe9", "#ffe14a"
html_theme_options = {
    "light_css_variables": {
        "font-stack": "'HRC Franklin', sans-serif",
        "font-stack--headings": "'HRC Franklin', sans-serif",
        "color-brand-primary": INK,
        "color-brand-content": INK,
        "color-brand-visited": INK,
        "color-foreground-primary": INK,
        "color-foreground-secondary": "#4a4a4a",
        "color-background-primary": "#ffffff",
        "color-background-secondary": "#f6f5f2",
        "color-api-name": INK,
        "color-api-pre-name": INK,
    },
    "dark_css_variables": {
        "color-brand-primary": YELLOW,
        "color-brand-content": PALE,
        "color-brand-visited": PALE,
        "color-foreground-primary": PALE,
        "color-foreground-secondary": "#c4c0b8",
        "color-background-primary": "#161615",
        "color-background-secondary": "#1f1f1d",
        "color-api-name": PALE,
        "color-api-pre-name": PALE,
    },
}
pygments_style = "bw"
pygments_dark_style = "github-dark"
