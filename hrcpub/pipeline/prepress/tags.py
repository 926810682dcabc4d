"""A tagged document's structure, mended where WeasyPrint 70 falls short of PDF/UA-1 (ISO 14289-1).

WeasyPrint leaves margin boxes (page numbers, running heads) out of the structure tree, but tags
them as if they stood in it. Here they become artifacts, which readers pass over (§7.1, §7.8).
"""

from __future__ import annotations

from typing import Any

import pydyf

from hrcpub.pipeline.prepress.objects import pages, resolve


def mark_artifacts(pdf: pydyf.PDF) -> None:
    """Make artifacts of all marked content whose structure element hangs in no tree."""
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    reachable = _reachable(pdf, root)
    parents = resolve(pdf, root["ParentTree"])["Nums"]
    mapped = dict(zip(parents[::2], parents[1::2], strict=True))
    for number, page in enumerate(pages(pdf)):
        stray = {
            mcid
            for mcid, reference in enumerate(mapped.get(number, ()))
            if int(reference.split()[0]) not in reachable
        }
        if stray:
            _unmark(resolve(pdf, page["Contents"]), stray)
            mapped[number][:] = [
                b"null" if mcid in stray else reference
                for mcid, reference in enumerate(mapped[number])
            ]
    for thing in pdf.objects:
        is_element = isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"
        if is_element and thing.number not in reachable:
            thing.clear()


def _reachable(pdf: pydyf.PDF, root: dict[str, Any]) -> set[int]:
    """Return the numbers of the elements that hang in the structure tree."""
    found: set[int] = set()
    todo = [*root["K"]]
    while todo:
        reference = todo.pop()
        if isinstance(reference, bytes) and (number := int(reference.split()[0])) not in found:
            found.add(number)
            todo += pdf.objects[number].get("K", ())
    return found


def _unmark(stream: pydyf.Stream, stray: set[int]) -> None:
    """Turn `/Span <</MCID 7>> BDC` into `/Artifact <</Type /Pagination>> BDC` for stray MCIDs."""
    for index, operator in enumerate(stream.stream):
        if isinstance(operator, dict) and operator.get("MCID") in stray:
            stream.stream[index - 1] = "/Artifact"
            stream.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})
