"""Words in YAML, form in HTML and CSS; out comes a PDF that a print shop takes."""

__version__ = "0.1.0"
