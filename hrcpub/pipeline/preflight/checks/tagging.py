"""Checks of a tagged file's structure tree: the rules of PDF/UA-1 that it alone can break.

They are those of veraPDF's profile for ISO 14289-1; each function names their clauses. What the
rules of fonts ask for, `texts` and `document` look at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pikepdf

from hrcpub.patterns import pattern
from hrcpub.pipeline.preflight.checks import tag_content, tag_tables
from hrcpub.pipeline.preflight.checks.document import CheckedFile
from hrcpub.pipeline.preflight.page.bounded import text
from hrcpub.pipeline.preflight.page.tag_tree import STANDARD, Tag, TagTree
from hrcpub.problems import Problem, Source

_ROWS = frozenset({"TR"})
_PARTS = frozenset({"THead", "TBody", "TFoot"})
# What may be in what (§7.2), and what must be in what.
_KIDS = {
    "Table": _PARTS | _ROWS | {"Caption"},
    "THead": _ROWS,
    "TBody": _ROWS,
    "TFoot": _ROWS,
    "TR": frozenset({"TH", "TD"}),
    "L": frozenset({"L", "LI", "Caption"}),
    "LI": frozenset({"Lbl", "LBody"}),
    "TOC": frozenset({"TOC", "TOCI", "Caption"}),
}
_PARENTS = {
    "TR": _PARTS | {"Table"},
    "THead": frozenset({"Table"}),
    "TBody": frozenset({"Table"}),
    "TFoot": frozenset({"Table"}),
    "TH": _ROWS,
    "TD": _ROWS,
    "LI": frozenset({"L"}),
    "LBody": frozenset({"LI"}),
    "TOCI": frozenset({"TOC"}),
}
_NAMES = {
    "Table": "a table",
    "THead": "a table's head",
    "TBody": "a table's body",
    "TFoot": "a table's foot",
    "TR": "a table's row",
    "TH": "a heading cell",
    "TD": "a cell",
    "L": "a list",
    "LI": "a list's item",
    "LBody": "an item's body",
    "Lbl": "an item's label",
    "TOC": "a table of contents",
    "TOCI": "an entry of a table of contents",
    "Caption": "a caption",
    "P": "a paragraph",
    "Figure": "a picture",
}
_LANGUAGE = pattern(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


def nesting(tree: TagTree) -> Iterator[Problem]:
    """A list or table has parts in it that do not belong there, so it is not read as one.

    Fix: in the template, let `<ul>` and `<ol>` hold `<li>` alone, and `<table>` its rows, with
    `<th>` and `<td>` in them. Leave the `display` of a table's parts as it is: rows and cells
    with another one are no table. (ISO 14289-1 §7.2.)
    """
    for tag in tree.tags:
        kinds = [kid.kind for kid in tag.inner]
        for kind in dict.fromkeys(kinds):
            if kind not in _KIDS.get(tag.kind, kinds):
                yield Problem("tag-nesting", f"{_named(kind)} stands in {_named(tag.kind)}", tag.at)
        outer = tag.outer.kind if tag.outer else "Document"
        if tag.kind in _PARENTS and outer not in _PARENTS[tag.kind]:
            yield Problem("tag-nesting", f"{_named(tag.kind)} stands in {_named(outer)}", tag.at)
        yield from _counted(tag, kinds)


def _counted(tag: Tag, kinds: list[str]) -> Iterator[Problem]:
    if tag.kind == "Table":
        count = Counter(kinds)
        for kind in ("THead", "TFoot", "Caption"):
            if count[kind] > 1:
                yield Problem("tag-nesting", f"a table has more than one {kind}", tag.at)
        if (count["THead"] or count["TFoot"]) and not count["TBody"]:
            yield Problem("tag-nesting", "a table has a head or foot, and no body", tag.at)
        if "Caption" in kinds[1:-1]:
            yield Problem("tag-nesting", "a table's caption stands between its rows", tag.at)
    if tag.kind in ("L", "TOC") and "Caption" in kinds[1:]:
        yield Problem("tag-nesting", f"the caption of {_named(tag.kind)} is not its first", tag.at)


def types(tree: TagTree) -> Iterator[Problem]:
    """A tag is of a kind that no reader knows, or stands nowhere.

    Fix: export the file again, with the standard types. If hrcpub made it, it is our mistake:
    please report it. (ISO 14289-1 §7.1.)
    """
    for tag in tree.tags:
        if tag.kind not in STANDARD:
            yield Problem("tag-type", f"no reader knows the tag {tag.name}", tag.at)
        elif tag.name in STANDARD and f"/{tag.name}" in tree.roles:
            yield Problem("tag-type", f"the tag {tag.name} is made another", tag.at)
        if "/P" not in tag.dictionary:
            yield Problem("tag-type", f"the tag {tag.name} does not say what it is in", tag.at)


def headings(tree: TagTree) -> Iterator[Problem]:
    """Headings skip a level, or the first is no first-level heading.

    Fix: let the first heading be `<h1>`, and let none be more than one level below the one before
    it: those who cannot see a page find their way by its headings. (ISO 14289-1 §7.4.)
    """
    before = 0
    plain, numbered = None, None
    for tag in tree.tags:
        if tag.kind == "H":
            plain = tag
            if tag.parent and sum(kid.kind == "H" for kid in tag.parent.kids) > 1:
                yield Problem("tag-heading", "two headings without a level are in one part", tag.at)
        level = int(tag.kind[1:]) if re.fullmatch(r"H[1-6]", tag.kind) else 0
        if not level:
            continue
        numbered = tag
        if level > before + 1:
            after = f"one of level {before}" if before else "no other"
            said = f"a heading of level {level} comes after {after}"
            yield Problem("tag-heading", said, tag.at)
        before = level
    if plain and numbered:
        yield Problem("tag-heading", "some headings have a level, others have none", plain.at)


def figures(tree: TagTree) -> Iterator[Problem]:
    """A picture has no words for those who cannot see it.

    Fix: say in the template what it shows: `alt="…"` of an `<img>`, `<title>…</title>` as the first
    thing in an inline `<svg>`. If it only adorns the page, say that: `alt=""`, `<title></title>`.
    (ISO 14289-1 §7.3, §7.7.)
    """
    for tag in tree.tags:
        if tag.kind not in ("Figure", "Formula"):
            continue
        if not _says(tag.dictionary, "/Alt") and "/ActualText" not in tag.dictionary:
            yield Problem(
                "tag-picture",
                "a picture has no words for those who cannot see it",
                tag.at,
                'say what it shows: alt="…" of an <img>, <title>…</title> in an <svg>; '
                'or that it says nothing: alt="", <title></title>',
            )


def _says(dictionary: pikepdf.Object, key: str) -> bool:
    return bool(text(dictionary.get(key, "")).strip())


def links(tree: TagTree) -> Iterator[Problem]:
    """A link is not among the tags, or does not say where it leads.

    Fix: export the file again, with tagged links. If hrcpub made it, it is our mistake: please
    report it. (ISO 14289-1 §7.18.)
    """
    parents: dict[tuple[int, int], str] = {}
    for tag in tree.tags:
        parents.update((note.objgen, tag.kind) for note in tag.annotations)
    for number, note in tree.annotations():
        kind = text(note.get("/Subtype", "?"))
        if kind == "PrinterMark" or int(note.get("/F", 0)) & 2:
            continue
        wanted = {"Link": "Link", "Widget": "Form"}.get(kind, "Annot")
        if parents.get(note.objgen) != wanted:
            said = f"a {kind.lower()} is not tagged as one"
            yield Problem("tag-link", said, Source(page=number))
        key = "/TU" if kind == "Widget" else "/Contents"
        if not _says(note, key):
            said = f"a {kind.lower()} has no words that say what it is"
            yield Problem("tag-link", said, Source(page=number))


def languages(tree: TagTree) -> Iterator[Problem]:
    """A language has a code that does not exist, so a screen reader does not know how to speak.

    Fix: write a code as `en`, `es` or `fr-CA`, with a hyphen, in `language:` and in `lang`.
    (ISO 14289-1 §7.2.)
    """
    if tree.language is not None and not _LANGUAGE.fullmatch(tree.language):
        yield Problem("tag-language", f'"{tree.language}" is no code of a language')
    for tag in tree.tags:
        if "/Lang" not in tag.dictionary:  # asked like this: to get what is not there takes long
            continue
        language = text(tag.dictionary["/Lang"])
        if not _LANGUAGE.fullmatch(language):
            yield Problem("tag-language", f'"{language}" is no code of a language', tag.at)


def notes(tree: TagTree) -> Iterator[Problem]:
    """A note has no name of its own, so nothing can lead to it.

    Fix: export the file again. If hrcpub made it, it is our mistake: please report it. (ISO
    14289-1 §7.9.)
    """
    seen: set[str] = set()
    for tag in tree.tags:
        if tag.kind != "Note":
            continue
        name = text(tag.dictionary.get("/ID", ""))
        if not name or name in seen:
            yield Problem("tag-note", "a note has no name of its own", tag.at)
        seen.add(name)


def accessible(file: CheckedFile) -> Iterator[Problem]:
    """Hold a tagged edition's file to all rules of its tree, which is read once."""
    if "/StructTreeRoot" not in file.pdf.Root:
        return
    tree = TagTree(file.pdf, file.budget)
    for rule in RULES:
        file.budget.clock()
        yield from rule(tree)


def _named(kind: str) -> str:
    return _NAMES.get(kind, f"<{kind}>")


RULES: tuple[Callable[[TagTree], Iterator[Problem]], ...] = (
    types,
    nesting,
    tag_tables.grids,
    tag_tables.headers,
    headings,
    figures,
    links,
    languages,
    notes,
    tag_content.marked,
)
CODES = {
    "tag-type": types,
    "tag-nesting": nesting,
    "tag-table": tag_tables.grids,
    "tag-header": tag_tables.headers,
    "tag-heading": headings,
    "tag-picture": figures,
    "tag-link": links,
    "tag-language": languages,
    "tag-note": notes,
    "tag-content": tag_content.marked,
}
