"""What is in no tag, made artifacts, which screen readers skip (ISO 14289-1 §7.1, §7.8).

Pictures that say nothing are taken out of the tree before. WeasyPrint 70 leaves margin boxes (page
numbers, running heads) out of the structure tree, but tags them as if they were in it. May go with
the release that tags them as artifacts.
"""

from __future__ import annotations

from collections.abc import Iterator

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


def name_groups(pdf: pydyf.PDF) -> None:
    """Say of words that are drawn in a group (`opacity`) in which (§14.7.4.2).

    WeasyPrint 70 writes their numbers as if they were in the page's own stream.
    """
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    numbers = resolve(pdf, root["ParentTree"])["Nums"]
    for place, page in enumerate(pages(pdf)):
        mapped = numbers[numbers.index(place) + 1]
        for group in _groups(pdf, resolve(pdf, page["Contents"]), page["Resources"]):
            mcids = _mcids(group)
            own = {mcid: mapped[mcid] for mcid in mcids if mapped[mcid] != b"null"}
            for mcid, reference in own.items():
                kids = resolve(pdf, reference)["K"]
                kids[kids.index(mcid)] = _content(pdf.page_references[place], group, mcid)
                mapped[mcid] = b"null"
            if own:
                key = max(numbers[::2]) + 1
                group.extra["StructParents"] = key
                named = (own.get(mcid, b"null") for mcid in range(max(own) + 1))
                numbers.extend((key, pydyf.Array(named)))


def _groups(pdf: pydyf.PDF, stream: pydyf.Stream, resources: object) -> Iterator[pydyf.Stream]:
    """Yield the forms that a stream draws, and those in them."""
    entries = resolve(pdf, resources) if isinstance(resources, bytes) else resources
    named = entries.get("XObject", {}) if isinstance(entries, dict) else {}
    drawn = (item for item in stream.stream if isinstance(item, bytes) and item.endswith(b" Do"))
    for name in dict.fromkeys(drawn):
        reference = named.get(name[1:-3].decode())
        form = resolve(pdf, reference) if reference else None
        if form is not None and form.extra.get("Subtype") == "/Form":
            yield form
            yield from _groups(pdf, form, form.extra.get("Resources"))


def _mcids(stream: pydyf.Stream) -> list[int]:
    return [item["MCID"] for item in stream.stream if isinstance(item, dict) and "MCID" in item]


def _content(page: bytes, group: pydyf.Stream, mcid: int) -> pydyf.Dictionary:
    """Return a marked-content reference, for what is not in the page's own stream."""
    return pydyf.Dictionary({"Type": "/MCR", "Pg": page, "Stm": group.reference, "MCID": mcid})


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
    """Turn `/Span <</MCID 7>> BDC` into `/Artifact <</Type /Pagination>> BDC` for stray MCIDs.

    A picture is layout. The text beside a line (ActualText) stays with it, in a mark of its own.
    """
    spelt = []
    for index, operator in enumerate(stream.stream):
        if isinstance(operator, dict) and operator.get("MCID") in stray:
            is_picture = stream.stream[index - 1] in ("/Figure", b"/Figure")
            stream.stream[index - 1] = "/Artifact"
            kind = "/Layout" if is_picture else "/Pagination"
            stream.stream[index] = pydyf.Dictionary({"Type": kind})
            if "ActualText" in operator:
                spelt.append((index + 2, operator["ActualText"]))
    for start, text in reversed(spelt):
        stream.stream.insert(stream.stream.index(b"EMC", start), b"EMC")
        stream.stream[start:start] = ["/Span", pydyf.Dictionary({"ActualText": text}), b"BDC"]
