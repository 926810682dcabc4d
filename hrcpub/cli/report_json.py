"""A `Report` to the plain values that `--json` prints. Their names are part of the interface."""

from __future__ import annotations

from hrcpub.pipeline.stages import Fullness, Output, Report


def report_fields(report: Report) -> dict[str, object]:
    """Return a Report's values."""
    return {
        "material": report.material,
        "failed": report.failed,
        "seconds": round(report.seconds, 3),
        "outputs": [_output_fields(output) for output in report.outputs],
        "problems": [problem.as_json() for problem in report.all_problems],
    }


def fullness_fields(report: Report) -> dict[str, object]:
    """Return how full a piece's places are, if any of its forms could be laid out."""
    full = [_fullness_fields(fullness) for fullness in report.fullness]
    return {"fullness": full} if full else {}


def _output_fields(output: Output) -> dict[str, object]:
    return {
        "edition": output.edition,
        "path": output.path,
        "sha256": output.sha256,
        "bytes": output.size,
        "pages": output.sides,
        "cached": output.is_cached,
        "note": output.note,
        "trace": dict(output.trace),
    }


def _fullness_fields(fullness: Fullness) -> dict[str, object]:
    rooms = [
        {
            "panel": fill.panel,
            "slot": fill.slot,
            "full": round(fill.share, 3),
            "room_for_words": fill.words,
        }
        for fill in fullness.fills
    ]
    return {"editions": list(fullness.editions), "pages": fullness.pages, "rooms": rooms}
