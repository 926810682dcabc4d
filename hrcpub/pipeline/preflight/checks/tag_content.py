"""A check of what a tagged page paints: all is in a tag, or an artifact (ISO 14289-1 §7.1)."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from hrcpub.patterns import pattern
from hrcpub.pipeline.preflight.page.bounded import DEEPEST, decoded
from hrcpub.pipeline.preflight.page.content import Operands
from hrcpub.pipeline.preflight.page.pieces import kept_operations
from hrcpub.pipeline.preflight.page.tag_tree import TagTree
from hrcpub.problems import Problem, Source
from hrcpub.records import record

_PAINT = frozenset(b"Tj TJ ' \" f F f* B B* b b* S s sh BI".split())
_MCID = pattern(rb"/MCID\s+(\d+)")
_NOT_READ = "something on the page is in no tag, and is not marked as ornament either"
_BOTH = "something on the page is both read and marked as ornament"


def marked(tree: TagTree) -> Iterator[Problem]:
    """A page shows something that is in no tag and is no ornament, or is both.

    Fix: if hrcpub made the file, it is our mistake: please report it. What a page shows is either
    read, in its place among the tags, or marked as ornament ("artifact"). (ISO 14289-1 §7.1.)
    """
    known: dict[int | None, set[int]] = {}
    for tag in tree.tags:
        for page, mcid in tag.mcids:
            known.setdefault(page, set()).add(mcid)
    for number, leaf in enumerate(tree.pdf.pages, 1):
        marks = _MarkedStream(tree, known.get(number, set()))
        contents = leaf.obj.get("/Contents")
        parts = contents if isinstance(contents, pikepdf.Array) else [contents]
        streams = [part for part in parts if isinstance(part, pikepdf.Stream)]
        data = b"\n".join(decoded(part, tree.budget) for part in streams)
        for said in dict.fromkeys(marks.faults(data, leaf.obj.get("/Resources"))):
            yield Problem("tag-content", said, Source(page=number))


@record
class _MarkedStream:
    """How the content of one page is marked. `known` are the MCIDs that its tags name."""

    tree: TagTree
    known: set[int]

    def faults(
        self, data: bytes, resources: pikepdf.Object | None, depth: int = 0
    ) -> Iterator[str]:
        """Yield what is wrong in a stream, as often as it is."""
        kinds: list[str] = []
        for operator, operands in kept_operations(data):
            if operator in (b"BMC", b"BDC"):
                kind = self._kind(operands, resources)
                if kind and set(kinds) - {"", kind}:
                    yield _BOTH
                kinds.append(kind)
            elif operator == b"EMC":
                kinds = kinds[:-1]
            elif any(kinds):
                continue
            elif operator in _PAINT:
                yield _NOT_READ
            elif operator == b"Do":
                yield from self._drawn(operands, resources, depth)

    def _kind(self, operands: Operands, resources: pikepdf.Object | None) -> str:
        """Return "artifact", "tagged", or nothing for marks that say neither."""
        if operands and operands[0] == b"/Artifact":
            return "artifact"
        fields = operands[1] if len(operands) == 2 else None
        if not isinstance(fields, bytes):
            return ""
        if fields.startswith(b"/"):
            named = _resource(resources, "/Properties", fields)
            mcid = int(named.get("/MCID", -1)) if isinstance(named, pikepdf.Dictionary) else -1
        else:
            match = _MCID.search(fields)
            mcid = int(match[1]) if match else -1
        return "tagged" if mcid in self.known else ""

    def _drawn(
        self, operands: Operands, resources: pikepdf.Object | None, depth: int
    ) -> Iterator[str]:
        """Yield what is wrong in a form that is drawn outside of all marks (§14.7.4.2)."""
        name = operands[0] if operands else None
        form = _resource(resources, "/XObject", name) if isinstance(name, bytes) else None
        if not isinstance(form, pikepdf.Stream) or form.get("/Subtype") != "/Form":
            yield _NOT_READ
            return
        data = decoded(form, self.tree.budget)
        # The marks of a form are its own: they count where the tree knows it by a number.
        known = self.tree.in_forms.get(form.objgen, set()) if "/StructParents" in form else set()
        inner = _MarkedStream(self.tree, known)
        if depth < DEEPEST:
            yield from inner.faults(data, form.get("/Resources", resources), depth + 1)


def _resource(resources: pikepdf.Object | None, kind: str, name: bytes) -> pikepdf.Object | None:
    named = resources.get(kind) if isinstance(resources, pikepdf.Dictionary) else None
    return named.get(name.decode("latin-1")) if isinstance(named, pikepdf.Dictionary) else None
