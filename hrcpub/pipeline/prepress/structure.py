"""The tree of tags, mended where its meaning is clear (ISO 14289-1 §7, ISO 32000-1 §14.8.4).

WeasyPrint 70 makes a structure element of each box. Where boxes are not in the order that the tags
ask for, no program reads them as what they are: a paragraph in a list's item has no body around
it, a list in a list stands beside the item that it belongs to, a link in bold is two links. What
cannot be mended here, since only its author knows what it means, preflight refuses.
"""

from __future__ import annotations

from typing import cast

import pydyf

from hrcpub.pipeline.prepress.objects import element_kids, pages, resolve

_TABLE_PARTS = ("/THead", "/TFoot")


def mend(pdf: pydyf.PDF) -> None:
    """Mend lists, tables, headings and links.

    Afterwards the leaves of the tree are in the order of the boxes, which `reading_order` needs.
    """
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    document = resolve(pdf, root["K"][0])
    elements = _elements(pdf, document)
    for kind, mended in _MENDED:
        found = [element for element in elements if element["S"] == kind]
        for element in found:
            mended(pdf, element)
        if found:  # what is mended is in another order
            elements = _elements(pdf, document)
    _level([element for element in elements if _level_of(element)])
    _one_link_each(pdf, elements, root)


def _elements(pdf: pydyf.PDF, element: pydyf.Dictionary) -> list[pydyf.Dictionary]:
    """Return an element and all in it, in the order of the tree."""
    found, todo = [], [element]
    while todo:
        element = todo.pop()
        found.append(element)
        todo += reversed(list(element_kids(pdf, element)))
    return found


# --- Lists ---------------------------------------------------------------------------------------


def _bring_lists_home(pdf: pydyf.PDF, outer: pydyf.Dictionary) -> None:
    """Put each list that stands beside an item into it, in its place among the item's words.

    Objects are numbered as they are made, which is the order of the boxes.
    """
    item: pydyf.Dictionary | None = None
    for kid in list(element_kids(pdf, outer)):
        if kid["S"] == "/LI":
            item = kid
        elif kid["S"] == "/L" and item is not None:
            outer["K"].remove(kid.reference)
            kid["P"] = item.reference
            item["K"].append(kid.reference)
            item["K"].sort(key=lambda reference: int(reference.split()[0]))


def _only_items(pdf: pydyf.PDF, outer: pydyf.Dictionary) -> None:
    """Let a list hold items alone: a group's are its own, anything else becomes one."""
    for kid in list(element_kids(pdf, outer)):
        if kid["S"] in ("/Div", "/NonStruct"):
            _dissolve(pdf, outer, kid)
    for kid in list(element_kids(pdf, outer)):
        if kid["S"] not in ("/LI", "/L", "/Caption"):
            body = _around(pdf, kid, "/LBody")
            _around(pdf, body, "/LI")


def _label_and_body(pdf: pydyf.PDF, item: pydyf.Dictionary) -> None:
    """Let an item hold its label, and one body with all the rest (§14.8.4.3.3)."""
    for kid in list(element_kids(pdf, item)):
        if kid["S"] == "/LBody":
            _dissolve(pdf, item, kid)
    rest = [kid for kid in element_kids(pdf, item) if kid["S"] != "/Lbl"]
    labels = [kid.reference for kid in element_kids(pdf, item) if kid["S"] == "/Lbl"]
    if not rest:
        return
    body = _new(pdf, "/LBody", item)
    body["K"].extend(kid.reference for kid in rest)
    for kid in rest:
        kid["P"] = body.reference
    item["K"][:] = [*labels, body.reference]


# --- Tables, headings, links ---------------------------------------------------------------------


def _with_body(pdf: pydyf.PDF, table: pydyf.Dictionary) -> None:
    """Make a body of a table's foot, or of its head: without one they are neither."""
    parts = list(element_kids(pdf, table))
    if any(part["S"] == "/TBody" for part in parts):
        return
    ends = sorted((p for p in parts if p["S"] in _TABLE_PARTS), key=lambda p: str(p["S"]))
    if ends:
        ends[0]["S"] = "/TBody"  # "/TFoot" is before "/THead"


def _say_what_cells_head(pdf: pydyf.PDF, row: pydyf.Dictionary) -> None:
    """Say of each `<th>` whether it heads its row or its column (§14.8.5.7).

    One that begins a row of other cells heads that row: HTML takes it so without `scope`, and
    WeasyPrint does not. Its own lists of headings are dropped: they are without those of rows. The
    empty corner of a table is one of the headings beside it.
    """
    cells = list(element_kids(pdf, row))
    has_corner = len(cells) > 1 and not cells[0]["K"]
    is_head = all(cell["S"] == "/TH" for cell in cells[1 if has_corner else 0 :])
    leads = not is_head  # whether all cells so far are headings
    for cell in cells:
        attributes = cell.get("A", {})
        attributes.pop("Headers", None)
        if is_head and cell["S"] == "/TD" and not cell["K"]:
            cell["S"] = "/TH"
        if cell["S"] == "/TH":
            attributes["Scope"] = "/Row" if leads else "/Column"
        else:
            leads = False


def _level(headings: list[pydyf.Dictionary]) -> None:
    """Number headings so that none skips a level, and the first is an H1 (§7.4.2).

    HTML's levels say how large they look as often as what they head. Which one is within which
    stays as it is.
    """
    open_levels: list[int] = []  # HTML's levels of the headings that we are under
    for heading in headings:
        level = _level_of(heading)
        while open_levels and open_levels[-1] >= level:
            open_levels.pop()
        open_levels.append(level)
        heading["S"] = f"/H{len(open_levels)}"


def _level_of(element: pydyf.Dictionary) -> int:
    """Return the level of a heading, 0 for other elements."""
    name = str(element["S"])
    return int(name[2:]) if name.startswith("/H") and name[2:].isdigit() else 0


def _one_link_each(
    pdf: pydyf.PDF, elements: list[pydyf.Dictionary], root: pydyf.Dictionary
) -> None:
    """Drop the links that WeasyPrint makes of boxes within a link, over the link itself.

    One that reaches beyond it, as a picture's does, goes to the link that it is in.
    """
    numbers = resolve(pdf, root["ParentTree"])["Nums"]
    links = _Links(pdf)
    for element in elements:
        link = links.around(element)
        if link is None:
            continue
        for reference in [kid for kid in element["K"] if _is_object(pdf, kid)]:
            element["K"].remove(reference)
            _move_to(pdf, link, reference, numbers)
        if element["S"] == "/Link":
            element["S"] = "/Span"


class _Links(dict[bytes, pydyf.Dictionary | None]):
    """The outermost link that an element is, or is in, by its reference.

    It is asked for once for all that is in an element: an outermost link stays what it is.
    """

    def __init__(self, pdf: pydyf.PDF) -> None:
        super().__init__()
        self._pdf = pdf

    def __missing__(self, reference: bytes) -> pydyf.Dictionary | None:
        element = resolve(self._pdf, reference)
        is_link = element["S"] == "/Link"
        self[reference] = link = self.around(element) or (element if is_link else None)
        return link

    def around(self, element: pydyf.Dictionary) -> pydyf.Dictionary | None:
        """Return the outermost link that an element is in."""
        return None if element["S"] == "/Document" else self[element["P"]]


def _is_object(pdf: pydyf.PDF, kid: bytes | int) -> bool:
    return isinstance(kid, bytes) and resolve(pdf, kid).get("Type") == "/OBJR"


def _move_to(
    pdf: pydyf.PDF, link: pydyf.Dictionary, reference: bytes, numbers: list[object]
) -> None:
    """Give a link the annotation that a box in it has, or drop that if it says nothing new."""
    annotation = _annotation(pdf, reference)
    place = numbers.index(annotation["StructParent"])
    own = [_annotation(pdf, kid) for kid in link["K"] if _is_object(pdf, kid)]
    if not any(_covers(one["Rect"], annotation["Rect"]) for one in own):
        link["K"].insert(0, reference)
        numbers[place + 1] = link.reference
        return
    del numbers[place : place + 2]
    for page in pages(pdf):
        notes = page.get("Annots", [])
        notes[:] = [note for note in notes if note != annotation.reference]
    annotation.clear()
    resolve(pdf, reference).clear()


def _annotation(pdf: pydyf.PDF, reference: bytes) -> pydyf.Dictionary:
    return cast(pydyf.Dictionary, resolve(pdf, resolve(pdf, reference)["Obj"]))


def _covers(outer: list[float], inner: list[float]) -> bool:
    """Return whether a rectangle leaves no more than a point of another, WeasyPrint's way up."""
    left, top, right, bottom = outer
    return (
        left - 1 <= inner[0]
        and inner[2] <= right + 1
        and bottom - 1 <= inner[3]
        and inner[1] <= top + 1
    )


# --- Elements ------------------------------------------------------------------------------------


def _new(pdf: pydyf.PDF, kind: str, parent: pydyf.Dictionary) -> pydyf.Dictionary:
    entries = {"Type": "/StructElem", "S": kind, "K": pydyf.Array(), "P": parent.reference}
    element = pydyf.Dictionary(entries | {"Pg": parent["Pg"]})
    pdf.add_object(element)
    return element


def _around(pdf: pydyf.PDF, inner: pydyf.Dictionary, kind: str) -> pydyf.Dictionary:
    """Put a new element around another, and return it."""
    parent = resolve(pdf, inner["P"])
    outer = _new(pdf, kind, inner)
    outer["P"] = parent.reference
    parent["K"][parent["K"].index(inner.reference)] = outer.reference
    outer["K"].append(inner.reference)
    inner["P"] = outer.reference
    return outer


def _dissolve(pdf: pydyf.PDF, outer: pydyf.Dictionary, inner: pydyf.Dictionary) -> None:
    """Put what an element holds in its place."""
    for kid in element_kids(pdf, inner):
        kid["P"] = outer.reference
    place = outer["K"].index(inner.reference)
    outer["K"][place : place + 1] = inner["K"]
    inner.clear()


_MENDED = (
    ("/L", _bring_lists_home),
    ("/L", _only_items),
    ("/LI", _label_and_body),
    ("/Table", _with_body),
    ("/TR", _say_what_cells_head),
)
