"""A material to its trace: which words a file has, who reviewed them, and what they rest on.

It stands in each report, and in the metadata of press files, so that a sheet that is found in a
drawer can be told to be current.
"""

from __future__ import annotations

from typing import Any

from hrcpub.project.material.record import Material


def trace_of(material: Material) -> dict[str, Any]:
    """Return the trace as plain values; of a piece in two languages, each review with its own."""
    twin = material.twin
    return {
        "code": material.code,
        "revision": material.revision,
        "revised": material.revised.isoformat(),
        "reviewed": [
            {"role": role, "by": by, "on": on} | ({"language": voice.language} if twin else {})
            for voice in material.voices
            for role, by, on in _reviewers(voice)
        ],
        "sources": [reference.as_json() for reference in material.references],
        "claims": [
            {"source": claim.source, "slot": claim.slot, "passage": claim.passage}
            for claim in material.claims
        ],
    }


def reviewers(material: Material) -> tuple[str, ...]:
    """Return who reviewed the words as they are: `Ana Ruiz (medicine, 2026-12-01)`."""
    return tuple(
        f"{by} ({role}, {on}{f', {voice.language}' if material.twin else ''})"
        for voice in material.voices
        for role, by, on in _reviewers(voice)
    )


def _reviewers(material: Material) -> list[tuple[str, str, str]]:
    found = [(one.role, one.by, one.on.isoformat()) for one in material.reviews]
    head = material.reviewed
    if head and not head.is_bound and head.covers(material.worded):
        found.append((str(head.role), str(head.by), head.on.isoformat()))
    return found
