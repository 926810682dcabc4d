"""A file's structure tree (ISO 32000-1 §14.7), read once: its elements with their kinds and kin."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pikepdf

from hrcpub.pipeline.preflight.page.bounded import Budget, BudgetSpent, text
from hrcpub.problems import Source

_MOST = 200_000  # elements of a file; a book has ten thousand
# The standard types (§14.8.4), for PDF/UA-1.
_GROUPS = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Index", "NonStruct", "Private"}
_BLOCKS = {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "TOC", "TOCI"}
_TABLES = {"Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Caption"}
_INLINE = {"Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot"}
_EASTERN = {"Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP"}
_DRAWN = {"Figure", "Formula", "Form"}
STANDARD = frozenset(_GROUPS | _BLOCKS | _TABLES | _INLINE | _EASTERN | _DRAWN)


@dataclass(slots=True)
class Tag:
    """A structure element. `kind` is its type after the role map, `name` the one it has."""

    name: str
    kind: str
    dictionary: pikepdf.Object
    parent: Tag | None
    page: int | None  # 1-based
    kids: list[Tag] = field(default_factory=list)
    mcids: list[tuple[int | None, int]] = field(default_factory=list)  # page, MCID
    annotations: list[pikepdf.Object] = field(default_factory=list)

    @property
    def at(self) -> Source | None:
        """Where it is: a page."""
        return Source(page=self.page) if self.page else None

    def attribute(self, owner: str, key: str) -> object:
        """Return an attribute of an owner (`/Table`), None where it has none (§14.7.5)."""
        for one in _list(self.dictionary, "/A"):
            if isinstance(one, pikepdf.Dictionary) and one.get("/O") == owner and key in one:
                return one[key]
        return None

    @property
    def inner(self) -> Iterator[Tag]:
        """The kids as PDF/UA sees them: groups without a meaning are what they hold."""
        for kid in self.kids:
            if kid.kind in ("NonStruct", "Div"):
                yield from kid.inner
            else:
                yield kid

    @property
    def outer(self) -> Tag | None:
        """The parent as PDF/UA sees it."""
        parent = self.parent
        while parent is not None and parent.kind in ("NonStruct", "Div"):
            parent = parent.parent
        return parent


class TagTree:
    """All tags of a file, in reading order. Raises BudgetSpent where there are too many."""

    def __init__(self, pdf: pikepdf.Pdf, budget: Budget) -> None:
        """Walk through the tree; what is in it twice is taken once."""
        self.pdf = pdf
        self.budget = budget
        self.language = text(pdf.Root["/Lang"]) if "/Lang" in pdf.Root else None
        self.tags: list[Tag] = []
        self.in_forms: dict[tuple[int, int], set[int]] = {}  # MCIDs of marks in forms
        self.pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self.roles: pikepdf.Object = pikepdf.Dictionary()
        root = pdf.Root.get("/StructTreeRoot")
        if not isinstance(root, pikepdf.Dictionary):
            return
        roles = root.get("/RoleMap")
        if isinstance(roles, pikepdf.Dictionary):
            self.roles = roles
        todo: list[tuple[pikepdf.Object, Tag | None]] = [(kid, None) for kid in _list(root, "/K")]
        todo.reverse()
        seen: set[tuple[int, int]] = set()
        while todo:
            element, parent = todo.pop()
            number = element.objgen
            if number in seen and number != (0, 0):
                continue
            seen.add(number)
            if len(self.tags) >= _MOST:
                raise BudgetSpent(f"more than {_MOST:,} tags")
            tag = self._tag(element, parent)
            todo += [(kid, tag) for kid in reversed(list(self._kids(tag)))]

    def annotations(self) -> Iterator[tuple[int, pikepdf.Object]]:
        """Yield the pages' annotations with their pages, from 1; those that pop up are parts."""
        for number, page in enumerate(self.pdf.pages, 1):
            for note in _list(page.obj, "/Annots"):
                if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") != "/Popup":
                    yield number, note

    def _tag(self, element: pikepdf.Object, parent: Tag | None) -> Tag:
        name = text(element.get("/S", "?"))
        page = self.pages.get(_key(element.get("/Pg"))) or (parent.page if parent else None)
        tag = Tag(name, self._role(name), element, parent, page)
        self.tags.append(tag)
        if parent is not None:
            parent.kids.append(tag)
        return tag

    def _role(self, name: str) -> str:
        """Return the standard type that a name stands for; at most 16 steps, for circles."""
        for _ in range(16):
            if name in STANDARD or f"/{name}" not in self.roles:
                return name
            name = text(self.roles[f"/{name}"])
        return name

    def _kids(self, tag: Tag) -> Iterator[pikepdf.Object]:
        """Yield the elements in a tag; take down what else it holds."""
        for kid in _list(tag.dictionary, "/K"):
            if isinstance(kid, int):
                tag.mcids.append((tag.page, kid))
                continue
            if not isinstance(kid, pikepdf.Dictionary):
                continue
            kind = kid.get("/Type")
            if kind == "/OBJR":
                if isinstance(kid.get("/Obj"), pikepdf.Dictionary):
                    tag.annotations.append(kid["/Obj"])
            elif kind == "/MCR":
                page = self.pages.get(_key(kid.get("/Pg"))) or tag.page
                if "/Stm" in kid:
                    self.in_forms.setdefault(_key(kid["/Stm"]), set()).add(int(kid["/MCID"]))
                else:
                    tag.mcids.append((page, int(kid["/MCID"])))
            elif "/S" in kid:
                yield kid


def _list(holder: pikepdf.Object, key: str) -> list[Any]:
    kids = holder.get(key)
    if kids is None:
        return []
    return list(islice(kids, _MOST)) if isinstance(kids, pikepdf.Array) else [kids]


def _key(value: pikepdf.Object | None) -> tuple[int, int]:
    return value.objgen if isinstance(value, pikepdf.Dictionary | pikepdf.Stream) else (0, 0)
