"""The structure of a tagged document, corrected to conform to PDF/UA-1 (ISO 14289-1).

WeasyPrint 70 leaves margin boxes (page numbers, running heads) out of the structure tree, but tags
them as if they were in it. Here they become artifacts, which screen readers skip (§7.1, §7.8). May
go with the release that tags them as artifacts.
"""

from __future__ import annotations

import pydyf

from hrcpub.pipeline.prepress.objects import PdfEntries, pages, resolve


def mark_artifacts(pdf: pydyf.PDF) -> None:
    """Make artifacts of all marked content whose structure element is not in the tree."""
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    reachable = _reachable(pdf, root)
    parents = resolve(pdf, root["ParentTree"])["Nums"]
    mapped = dict(zip(parents[::2], parents[1::2], strict=True))
    # WeasyPrint numbers the entries of the parent tree (StructParents) as the pages.
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
    for entries in pdf.objects:
        is_element = isinstance(entries, pydyf.Dictionary) and entries.get("Type") == "/StructElem"
        if is_element and entries.number not in reachable:
            entries.clear()


def _reachable(pdf: pydyf.PDF, root: PdfEntries) -> set[int]:
    """Return the numbers of the elements that are in the structure tree."""
    reached: set[int] = set()
    todo = [*root["K"]]
    while todo:
        reference = todo.pop()
        if isinstance(reference, bytes) and (number := int(reference.split()[0])) not in reached:
            reached.add(number)
            todo += pdf.objects[number].get("K", ())
    return reached


def _unmark(stream: pydyf.Stream, stray: set[int]) -> None:
    """Turn `/Span <</MCID 7>> BDC` into `/Artifact <</Type /Pagination>> BDC` for stray MCIDs."""
    for index, operator in enumerate(stream.stream):
        if isinstance(operator, dict) and operator.get("MCID") in stray:
            stream.stream[index - 1] = "/Artifact"
            stream.stream[index] = pydyf.Dictionary({"Type": "/Pagination"})
