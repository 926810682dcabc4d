"""An event and its runs to `manifest.json`: what was made, for programs. It has no times in it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring
from typing import Any

from hrcpub.events.manifest.event import Event, FinishedFile, Item, ProductionRun, Site
from hrcpub.events.paperwork import arithmetic, phrases
from hrcpub.events.paperwork.arithmetic import Counts
from hrcpub.events.paperwork.missing import Missing
from hrcpub.project.material.trace import reviewers
from hrcpub.project.printers import HOUSE

FORMAT = 1  # counted up when a name or a meaning changes


def manifest_json(
    event: Event, runs: Sequence[ProductionRun], missing: Sequence[Missing] = ()
) -> bytes:
    """Return the manifest of what was made: the same runs give the same bytes. Sizes in points."""
    facts = {
        "format": FORMAT,
        "event": {
            "id": event.id,
            "name": str(event.name),
            "date": event.date.isoformat(),
            "place": str(event.place),
            "contact": [str(line) for line in event.contact],
            "approver": str(event.approver) if event.approver else None,
            "due": event.delivery.due.isoformat() if event.delivery.due else None,
            "deliver_to": [str(line) for line in event.delivery.to],
            "boxes": event.delivery.boxes,
        },
        "missing": [each.what for each in missing],
        "sites": [{"id": site.id, "name": str(site.name), "box": site.box} for site in event.sites],
        "items": [_item(event, item, item_runs) for item, item_runs in _by_item(event, runs)],
        "papers": [
            {**paper._asdict(), "reams": paper.reams}
            for paper in arithmetic.papers(run for run in runs if run.item.edition == "office")
        ],
    }
    return (indented(facts) + "\n").encode()


def indented(value: object, line: str = "\n") -> str:
    """Return plain values as `json.dumps` does with `indent=1`, in a third of its time.

    `line` begins a line at the depth of the value. Keys are texts.
    """
    if isinstance(value, dict) and value:
        within = f"{line} "
        parts = [
            f"{encode_basestring(key)}: {indented(each, within)}" for key, each in value.items()
        ]
        return f"{{{within}{f',{within}'.join(parts)}{line}}}"
    if isinstance(value, list | tuple) and value:
        within = f"{line} "
        return f"[{within}{f',{within}'.join([indented(each, within) for each in value])}{line}]"
    return _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    return repr(value) if type(value) is int else json.dumps(value)


def _by_item(event: Event, runs: Iterable[ProductionRun]) -> list[tuple[Item, list[ProductionRun]]]:
    """Return every item of the event with its runs, by language; one that failed has none."""
    by_number: dict[int, list[ProductionRun]] = {item.number: [] for item in event.items}
    for run in runs:
        by_number[run.item.number].append(run)
    return [
        (item, sorted(by_number[item.number], key=lambda run: run.language)) for item in event.items
    ]


def _item(event: Event, item: Item, runs: Iterable[ProductionRun]) -> dict[str, Any]:
    return {
        "number": item.number,
        "id": item.id,
        "edition": item.edition,
        "printer": item.vendor if item.printer == HOUSE else item.printer.name,
        "stock": str(item.stock) if item.stock else None,
        "fold": item.fold,
        "spares": item.spares,
        "sites": [site.id for site in item.sites],
        "quantities": dict(sorted(item.quantities.items())),
        "each": {
            site.id: {language: item.count(language, site) for language in sorted(item.quantities)}
            for site in item.sites
            if site.counts
        },
        "runs": [_run(run) | _approved(event, run) for run in runs],
    }


def _run(run: ProductionRun) -> dict[str, Any]:
    counts, material = arithmetic.counted(run), run.item.materials[run.language]
    facts = run.facts
    return {
        "language": run.language,
        "material": material.name,
        "title": phrases.title(material),
        "code": material.code,
        "revision": material.revision,
        "revised": material.revised.isoformat(),
        "reviewed": list(reviewers(material)),
        "sources": [str(reference) for reference in material.references],
        "flat": list(facts.flat),
        "finished": list(facts.finished),
        "sides": facts.sides,
        "up": facts.up,
        "flip": facts.flip,
        "colours": facts.colours,
        **_paper(counts),
        "run_file": _file(run.file, None) if run.file else None,
        "files": [
            {
                **_file(count.piece.file, count.piece.site),
                "quantity": count.quantity,
                "copies": count.copies,
                "times": arithmetic.times(count.copies, facts.up),
            }
            for count in counts.files
        ],
    }


def _approved(event: Event, run: ProductionRun) -> dict[str, Any]:
    """Return who approved a piece, and how it differs from that; nothing where nobody did."""
    approval = event.approval(run.item, run.language)
    if not approval.by:
        return {}
    on = approval.on.isoformat() if approval.on else None
    return {"approved": {"by": approval.by, "on": on, "differs": approval.differs or None}}


def _paper(counts: Counts) -> dict[str, int]:
    return {
        "quantity": counts.quantity,
        "copies": counts.copies,
        "sheets": counts.sheets,
        "reams": counts.reams,
        "separators": counts.separators,
    }


def _file(file: FinishedFile, site: Site | None) -> dict[str, Any]:
    return {
        "path": file.path,
        "sha256": file.sha256,
        "bytes": file.size,
        "pages": file.pages,
        "site": site.id if site else None,
    }
