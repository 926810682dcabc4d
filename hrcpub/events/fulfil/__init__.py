"""An event to folders ready to be sent: shells once, every site's copy, papers and zips."""

from __future__ import annotations
