"""Events: a manifest, and the sites that pieces go to, read and checked; how many of what."""

from __future__ import annotations
