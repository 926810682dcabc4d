"""How far translations are, to a table material by language, and to JSON."""

from __future__ import annotations

from collections.abc import Sequence

from hrcpub.project.translating.state import TranslationState

_WHOLE, _NONE, _BROKEN = "done", "-", "?"


def status_table(states: Sequence[TranslationState], languages: Sequence[str]) -> str:
    """Return a table: a line a material, a column a language, and what the signs mean."""
    if not states:
        return "There are no translations yet. To begin: hrcpub translate new es"
    by_place = {(state.name, state.language): state for state in states}
    names = list(dict.fromkeys(state.name for state in states))
    rows = [["", "words", *languages]]
    for name in names:
        words = next(state.words for state in states if state.name == name)
        cells = [_cell(by_place.get((name, language))) for language in languages]
        rows.append([name, str(words), *cells])
    rows.append(["open words", "", *(str(_open(states, language)) for language in languages)])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([*lines, "", *_legend(states)])


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        f"{cell:>{width}}" if column else f"{cell:{width}}"
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return "  ".join((first, *rest)).rstrip()


def _cell(state: TranslationState | None) -> str:
    """Return how many words are open, and the share that is done."""
    if state is None:
        return _NONE
    if state.problems:
        return _BROKEN
    if not state.open_places:
        return f"{_WHOLE}{'*' if state.is_machine_made and not state.reviewed_by else ''}"
    return f"{state.open_words} ({state.per_cent} %)"


def _open(states: Sequence[TranslationState], language: str) -> int:
    return sum(state.open_words for state in states if state.language == language)


def _legend(states: Sequence[TranslationState]) -> list[str]:
    lines = ["words that are not translated yet, and how much is done"]
    cells = [_cell(state) for state in states]
    if any(cell.endswith("*") for cell in cells):
        lines.append("* made by a machine, and nobody has reviewed it: a draft")
    if _BROKEN in cells:
        lines.append("? its file cannot be read")
    return lines


def status_fields(states: Sequence[TranslationState]) -> dict[str, object]:
    """Return the same as plain values."""
    rows = [
        {
            "material": state.name,
            "language": state.language,
            "file": state.path,
            "words": state.words,
            "open_words": state.open_words,
            "places": state.places,
            "open_places": state.open_places,
            "to_look_over": state.fuzzy_places,
            "per_cent": state.per_cent,
            "machine_made": state.is_machine_made,
            "reviewed_by": state.reviewed_by,
            "problems": [problem.as_json() for problem in state.problems],
        }
        for state in states
    ]
    return {"translations": rows}
