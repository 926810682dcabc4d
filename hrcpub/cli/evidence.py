"""`sources`: what the words of pieces rest on, as a list for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from hrcpub.build.grounds import Grounds, grounds_of
from hrcpub.build.store import not_written
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.cache import write_whole
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import ExitCode, HrcpubError, Severity
from hrcpub.project.material import material_names
from hrcpub.project.references import PATH, read_references

SHORT = 76  # characters of a passage that are shown


def list_sources(sources: Sources, names: Sequence[str], *, as_json: bool) -> int:
    """Print the sources of some pieces, or of all; return the exit code.

    Problems are found where a source is due, and where a figure names none.
    """
    chosen = tuple(dict.fromkeys(names)) or material_names(sources)
    grounds = grounds_of(Project(sources), chosen, is_whole=not names)
    if as_json:
        say_json(_fields(grounds))
    else:
        say("\n".join(_lines(grounds)) or _none(sources))
    show_problems((*grounds.unsourced, *grounds.problems))
    late = any(problem.severity is not Severity.NOTE for problem in grounds.due.values())
    has_problems = late or grounds.unsourced or grounds.problems
    return ExitCode.PROBLEMS if has_problems else ExitCode.DONE


def write_page(sources: Sources, names: Sequence[str], path: Path) -> int:
    """Write the sources as a web page, for a QR code to lead to; return the exit code."""
    chosen = tuple(dict.fromkeys(names)) or material_names(sources)
    grounds = grounds_of(Project(sources), chosen, is_whole=False)
    try:
        write_whole(path, page(grounds).encode())
    except OSError as error:
        raise HrcpubError(not_written(str(path), error)) from None
    say(f"{path}  {len(grounds.references)} sources")
    show_problems((*grounds.unsourced, *grounds.problems))
    return ExitCode.PROBLEMS if grounds.problems else ExitCode.DONE


def page(grounds: Grounds) -> str:
    """Return the sources as one web page, each with the passages that rest on it."""
    rows = "".join(_row(id, grounds) for id in grounds.references)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>Sources</title>\n'
        "<style>body{font:1.125rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}"
        "li{margin-bottom:1rem}blockquote{margin:.25rem 0 .25rem 1rem}</style>\n"
        f"</head>\n<body>\n<h1>Sources</h1>\n<ol>\n{rows}</ol>\n</body>\n</html>\n"
    )


def _row(id: str, grounds: Grounds) -> str:
    reference = grounds.references[id]
    said = escape(str(reference.title))
    title = f'<a href="{escape(reference.url.link)}">{said}</a>' if reference.url else said
    more = [f"{reference.date.year}" if reference.date else "", str(reference.page or "")]
    facts = ", ".join([escape(str(reference.publisher)), *(escape(one) for one in more if one)])
    passages = dict.fromkeys(rest.claim.passage for rest in grounds.rests[id])
    quotes = "".join(f"<blockquote>{escape(one)}</blockquote>" for one in passages if one)
    checked = f"Checked {reference.checked_on}."
    return f"<li>{title}. {facts}. {checked}{quotes}</li>\n"


def _none(sources: Sources) -> str:
    if sources.has(PATH) and read_references(sources):
        return "no source is named"
    return f"no sources: begin with {PATH}, and name one in a material as {{its-id}}"


def _lines(grounds: Grounds) -> Iterator[str]:
    for id, reference in grounds.references.items():
        problem = grounds.due.get(id)
        state = "DUE" if problem and problem.severity is not Severity.NOTE else "due"
        yield f"{id}  {state} {reference.review_by}"
        yield f"  {reference}"
        yield f"  checked by {reference.checked_by}, {reference.checked_on}"
        rests = grounds.rests[id]
        for rest in rests:
            place = f"{rest.claim.place.path}:{rest.claim.place.line}"
            passage = rest.claim.passage
            yield f"  {place}  {_quoted(passage) if passage else 'no words stand before it'}"
        if not rests:
            yield "  no piece names it"


def _quoted(passage: str) -> str:
    short = passage if len(passage) <= SHORT else f"{passage[: SHORT - 1].rstrip()}…"
    return f'"{short}"'


def _fields(grounds: Grounds) -> dict[str, object]:
    return {
        "sources": [
            {
                **reference.as_json(),
                "is_due": id in grounds.due and grounds.due[id].severity is not Severity.NOTE,
                "claims": [
                    {
                        "piece": rest.piece,
                        "slot": rest.claim.slot,
                        "passage": rest.claim.passage,
                        "path": rest.claim.place.path,
                        "line": rest.claim.place.line,
                    }
                    for rest in grounds.rests[id]
                ],
            }
            for id, reference in grounds.references.items()
        ],
        "unsourced": [problem.as_json() for problem in grounds.unsourced],
    }
