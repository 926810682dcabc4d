"""The command line with all its commands, for the page that lists them."""

from __future__ import annotations

from hrcpub.cli.program import cli

__all__ = ["cli"]

cli.load(*cli.commands)
