"""What HTML's parser had to mend to Problems: tags that are never closed, close nothing, or cross.

HTML is never wrong for a parser: it closes, moves and leaves out until a tree comes out. What it
makes of a slip is seldom what was meant, and words get the style of others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Html
from hrcpub.pipeline.typeset.template_places import place_of_text
from hrcpub.problems import Problem, Source


class Mended(NamedTuple):
    """What a parser had to mend: where in the composed HTML, its code, and the names in it."""

    position: tuple[int, int]  # line from 1, and column
    code: str
    names: Mapping[str, str]


# By the codes of tinyhtml5, or how they begin. The names are those that come with them.
_SAID = {
    "unexpected-end-tag": "</{name}> closes nothing",
    "end-tag-too-early": "</{name}> comes before what is open in it is closed",
    "expected-one-end-tag-but-got-another": "<{expectedName}> is not closed before </{gotName}>",
    "expected-closing-tag-but-got-eof": "an element is never closed",
    "non-void-element-with-trailing-solidus": "<{name}/> closes nothing: write <{name}></{name}>",
    "unexpected-start-tag-implies-end-tag": "<{startName}> cannot stand in <{endName}>",
    "unexpected-start-tag": "<{name}> cannot stand here",
    "unexpected-cell-end-tag": "</{name}> comes before what is open in it is closed",
    "unexpected-cell": "<{name}> cannot stand here",
    "adoption-agency": "</{name}> crosses another element",
    "duplicate-attribute": "an attribute stands twice in this tag, and the second has no effect",
    "expected-named-entity": "there is no such &name;",
    "eof-in": "a tag or a comment is never closed",
}
# What is right in all but the letter, and changes nothing on the page.
_HARMLESS = ("doctype", "in-comment", "named-entity-without-semicolon", "codepoint")

_AT_THE_END = ("expected-one-end-tag", "expected-closing-tag-but-got-eof")


def broken(mended: Sequence[Mended], html: Html, sources: Sources) -> Iterator[Problem]:
    """Yield a Problem for each slip that was mended; once for each place."""
    seen: set[tuple[str, str]] = set()
    slips = [slip for slip in mended if not any(part in slip.code for part in _HARMLESS)]
    # What is still open at the end mostly follows from what was told before.
    causes = [slip for slip in slips if not slip.code.startswith(_AT_THE_END)]
    for slip in causes or slips:
        said = _said(slip)
        place = place_of_text(_before(html.text, slip.position), html, sources)
        if (said, str(place)) not in seen:
            seen.add((said, str(place)))
            yield html_broken(said, place)


def _said(slip: Mended) -> str:
    """Return what is wrong in words; what is rare by its code."""
    for code in sorted(_SAID, key=len, reverse=True):
        if slip.code.startswith(code):
            try:
                return _SAID[code].format(**slip.names)
            except KeyError:
                break
    return slip.code.replace("-", " ")


def _before(text: str, position: tuple[int, int]) -> str:
    """Return the line up to the end of the tag that was mended."""
    lines = text.split("\n")
    line, column = position
    return lines[line - 1][:column] if line <= len(lines) else ""


def html_broken(said: str, place: Source) -> Problem:
    """The tags of a template do not fit together.

    Fix: close each element that you open, the last one first, and nothing else. A paragraph ends
    where a list, a table, a heading or a `<div>` begins, so its `</p>` closes nothing then: use
    `<div>` around them. Only `<br>`, `<hr>`, `<img>`, `<col>` and the like need no end.
    """
    return Problem(
        "html-broken",
        f"the HTML is broken here: {said}",
        place,
        "close each element that is opened, the last one first",
    )


CODES = {"html-broken": html_broken}
