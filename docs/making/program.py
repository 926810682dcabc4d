"""The command line with all its commands, for the page that lists them."""

from __future__ import annotations

from hrcpub.cli import cli, commands

__all__ = ["cli"]

commands.add_to(cli)
