"""Small pieces as text: cards, and the office that they name."""

from __future__ import annotations

CONTACTS = """\
verified: 2026-01-01
review-by: 2099-01-01
calling-code: "1"
offices:
  van:
    name: The van
    lines:
      - 12 Main Street
    tel: (212) 213-6376
"""


def card(title: str, office: str = "van") -> str:
    """Return a card's material with one office."""
    return f"""\
layout: card
title: A card
language: en
code: C9
revision: 1
revised: 2026-11-22
words:
  title: {title}
  contacts:
    - {office}
"""


def with_code(code: str, layout: str = "half-sheet") -> str:
    """Return a material of a layout with three points and a QR code, which is its line 10."""
    return f"""\
layout: {layout}
title: Codes
language: en
code: C9
revision: 1
revised: 2026-01-01
words:
  title: Why Scan This?
  lead: Because it is quicker than typing.
  code: {code}
  points:
    - {{opening: One, text: is enough.}}
    - {{opening: Two, text: are more.}}
    - {{opening: Three, text: are a list.}}
  contacts: [east-coast]
"""
