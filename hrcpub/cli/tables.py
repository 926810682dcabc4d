"""Rows to the text of a table, as `list` and `event` print it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def table(title: str, rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> str:
    """Return rows as aligned text under a title; the last column is not padded."""
    widths = [max((len(row[column]) for row in rows), default=0) for column in columns]
    lines = [title]
    for row in rows:
        cells = [f"{row[c]:{w}}" for c, w in zip(columns, widths, strict=True)]
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines if rows else [title, "  none"])


def with_state(row: Mapping[str, str]) -> dict[str, str]:
    """Return a row whose language says, of a translation, what is open: `es, 3 open`."""
    state = row["translation"]
    shown = f", {state}" if state not in ("", "done") else ""
    return {**row, "language": row["language"] + shown}
