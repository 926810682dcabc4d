"""What words are for follows from their slot."""

from __future__ import annotations

import pytest

from hrcpub.files.sources import Sources
from hrcpub.pipeline.compose.roles import role_of
from hrcpub.project.layout import read_layout
from tests.shared.project import ROOT


@pytest.mark.parametrize(
    ("slot", "role"),
    [
        ("words.lead.2", "text"),
        ("words.mission", "text"),
        ("words.principles.3.text", "text"),
        ("words.principles.3.opening", ""),
        ("words.title", ""),
        ("offices.oakland.name", "contacts"),
        ("calls.1.number", "contacts"),
        ("imprint", ""),
        ("words.nothing.of.this", ""),
    ],
)
def test_what_is_read_through_and_whom_to_reach_have_a_role(slot: str, role: str) -> None:
    assert role_of(slot, read_layout(Sources(ROOT), "sheet")) == role
