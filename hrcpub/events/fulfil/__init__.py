"""An event to folders ready to be sent: stock pieces once, every site's copy, paperwork, zips."""

from __future__ import annotations
