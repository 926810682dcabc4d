"""What a command printed as JSON, when its page was carried out, to a table of its keys."""

from __future__ import annotations

import json
from collections.abc import Iterator

from docs.making.reference.markdown import ROOT, code, table

LONGEST = 56  # characters of an example


def json_keys(name: str) -> str:
    """Return the keys of a file in `docs/made/`, each with the first value that it has there."""
    text = (ROOT / "docs/made" / name).read_text(encoding="utf-8")
    examples: dict[str, str] = {}
    for path, value in _leaves(json.loads(text), ""):
        known = examples.get(path)
        if known in (None, "null"):
            examples[path] = json.dumps(value, ensure_ascii=False)
    return table(["Key", "For example"], [[code(k), code(_cut(v))] for k, v in examples.items()])


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Yield what stands at the ends of a tree: `[]` is any entry of a list."""
    if isinstance(value, dict) and value:
        for name, inner in value.items():
            yield from _leaves(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value:
        for inner in value:
            yield from _leaves(inner, f"{path}[]")
    else:
        yield path, value


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
