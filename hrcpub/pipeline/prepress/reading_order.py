"""The text of a tagged document, corrected so that it is read as it was written.

Four things are wrong in WeasyPrint 70 (ISO 32000-2 §14.8.2). It draws no box with only white
space, so the space at the end of a line is lost, and "What / Is Harm Reduction?" is read as
"WhatIs". It tags the feet of all sides as text, the numerals of a list as paragraphs, and pictures
that say nothing as if they did. This file may go with the release in which all four are right.

It depends on one fact: the leaves of the structure tree and the text boxes of the pages are in the
same order (`structure.mend` sees to that). All private names of WeasyPrint that prepress needs are
here and in `source_order.py`.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pydyf

from hrcpub.pipeline.prepress.objects import pages, resolve

if TYPE_CHECKING:
    from weasyprint.document import Document


_SVG = "{http://www.w3.org/2000/svg}"
# Classes of what stands before an entry of a list.
NUMERALS = frozenset({"number", "number-large"})
PICTURE = "\ufffc"  # what stands for one among texts (Unicode's "object replacement character")


class Leaf(NamedTuple):
    """What is in reading order: a text, a picture, or a `<br>`, which has no structure element."""

    page: int  # 0-based
    text: str
    classes: frozenset[str]  # of the HTML elements around it
    language: str | None = None
    element: pydyf.Dictionary | None = None  # the structure element that it is in
    mcid: int = -1
    is_decoration: bool = False  # a picture that says nothing
    marker: str = ""  # the list-style-type of a list's bullet or number


def correct(document: Document, pdf: pydyf.PDF) -> None:
    """Add lost spaces and languages, make numerals labels, leave only the foot of the last side."""
    leaves = list(_leaves(document, pdf))
    contents = [_Content(resolve(pdf, page["Contents"]).stream) for page in pages(pdf)]
    waiting: Leaf | None = None  # text that has no space after it yet
    for leaf in leaves:
        if leaf.text == PICTURE:  # it has no letters, so words around it wait for each other
            continue
        if leaf.text.strip():
            waiting = None if leaf.text[-1].isspace() else leaf
        elif waiting:
            _add_space(contents[waiting.page], waiting.mcid, document)
            waiting = None
    _name_links(pdf, leaves)
    main_language, last = pdf.catalog["Lang"].string, len(contents) - 1
    for leaf in leaves:
        if leaf.element is not None:
            _correct_tag(pdf, leaf, leaf.element, main_language, is_last=leaf.page == last)


def _name_links(pdf: pydyf.PDF, leaves: list[Leaf]) -> None:
    """Let a link be called by its words: a voice would spell out its address."""
    words: dict[bytes, list[str]] = {}
    for leaf in leaves:
        element = leaf.element
        while element is not None and element["S"] not in ("/Link", "/Document"):
            element = resolve(pdf, element["P"])
        if element is not None and element["S"] == "/Link":
            words.setdefault(element.reference, []).append(leaf.text.replace(PICTURE, ""))
    for reference, texts in words.items():
        name = " ".join("".join(texts).split())
        for kid in resolve(pdf, reference)["K"]:
            if name and isinstance(kid, bytes) and "Obj" in (inner := resolve(pdf, kid)):
                resolve(pdf, inner["Obj"])["Contents"] = pydyf.String(name)


def _correct_tag(
    pdf: pydyf.PDF, leaf: Leaf, element: pydyf.Dictionary, main_language: str, *, is_last: bool
) -> None:
    if leaf.language not in (None, main_language):
        element["Lang"] = pydyf.String(leaf.language)
    if not NUMERALS.isdisjoint(leaf.classes):
        _label(pdf, element)
    elif leaf.is_decoration or ("foot" in leaf.classes and not is_last):
        _detach(pdf, element)
    elif leaf.marker:
        _number(pdf, element, leaf.marker)


def _leaves(document: Document, pdf: pydyf.PDF) -> Iterator[Leaf]:
    """Yield the texts of the pages with their places in the structure tree."""
    root = resolve(pdf, pdf.catalog["StructTreeRoot"])
    marked = _marked(pdf, resolve(pdf, root["K"][0]))
    for number, page in enumerate(document.pages):
        for text, classes, box in _texts(page._page_box, frozenset()):
            element, mcid = next(marked) if box is not None else (None, -1)
            language = box.style["lang"] if box is not None else None
            yield Leaf(
                number,
                text,
                classes,
                language,
                element,
                mcid,
                is_decoration=box is not None and _is_decoration(box),
                marker=_marker(box) if box is not None else "",
            )


def _is_decoration(box: Any) -> bool:
    """Return whether a picture says nothing: `alt=""`, or an empty `<title>` in a drawing."""
    if not hasattr(box, "replacement"):
        return False
    if box.element.tag == f"{_SVG}svg":
        title = box.element.find(f"{_SVG}title")
        return title is not None and not (title.text or "").strip()
    return bool(box.element.tag == "img" and box.element.get("alt", "?").strip() == "")


def _marker(box: Any) -> str:
    return str(box.style["list_style_type"]) if box.element_tag.endswith("::marker") else ""


def _marked(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[tuple[pydyf.Dictionary, int]]:
    for kid in element.get("K", ()):
        if isinstance(kid, int):
            yield element, kid
        elif (inner := resolve(pdf, kid)).get("Type") == "/StructElem":
            yield from _marked(pdf, inner)


def _texts(box: Any, classes: frozenset[str]) -> Iterator[tuple[str, frozenset[str], Any]]:
    """Yield (text, classes, box) of a box's texts, pictures and `<br>`s, which have no box."""
    box = getattr(box, "_box", box)  # an absolute box is in a placeholder
    if hasattr(box, "at_keyword"):  # a margin box, which is in no tree
        return
    if hasattr(box, "text") or hasattr(box, "replacement"):  # a text, or a picture
        yield getattr(box, "text", PICTURE), classes, box
        return
    if box.element is not None:
        classes = classes | frozenset((box.element.get("class") or "").split())
    if box.element_tag == "br":
        yield " ", classes, None
        return
    for child in getattr(box, "children", ()):
        yield from _texts(child, classes)


class _Content:
    """The operators of a page, and where each marked content begins in them."""

    def __init__(self, items: list[Any]) -> None:
        self.items = items
        self._places: dict[int, int] = {}  # before anything is added
        for place, item in enumerate(items):
            if isinstance(item, dict) and "MCID" in item:
                self._places.setdefault(item["MCID"], place)
        self._added: list[int] = []  # before which two operators are added, in order

    def start(self, mcid: int) -> int | None:
        """Return where the properties of a marked content are; None if it is not on the page."""
        place = self._places.get(mcid)
        return None if place is None else place + 2 * bisect_right(self._added, place)

    def add(self, mcid: int, end: int, operators: tuple[str, str]) -> None:
        """Add two operators at the end of a marked content."""
        original = end - 2 * bisect_right(self._added, self._places[mcid])
        self.items[end:end] = operators
        insort(self._added, original)


def _add_space(content: _Content, mcid: int, document: Document) -> None:
    """Add a space of one point after the last letters of a marked content.

    Nothing is added when the subset of the font has no space.
    """
    items, start = content.items, content.start(mcid)
    if start is None:
        return
    end = next(i for i in range(start, len(items)) if items[i] in (b"ET", b"EMC"))
    if items[end] == b"EMC":  # hidden letters are marked, but not drawn
        return
    sizes = [_bytes(items[i]) for i in range(start, end) if _bytes(items[i]).endswith(b" Tf")]
    name = sizes[-1].split()[0].lstrip(b"/").decode() if sizes else _font_before(items, start)
    mark = items[start]
    is_spelled_out = isinstance(mark, dict) and "ActualText" in mark
    # A font of another script may have no space: its lines have that of the first of the stack.
    fonts = (font for font in document.fonts.values() if font.hash == name or is_spelled_out)
    spaces = (_space_of(font) for font in sorted(fonts, key=lambda font: font.hash != name))
    space = next((space for space in spaces if space), None)
    if space is not None:
        # One point: it is behind the last letter of a line, where its width changes nothing.
        content.add(mcid, end, (f"/{space[0]} 1 Tf", f"[<{space[1]:04x}>] TJ"))
        if is_spelled_out:
            mark["ActualText"] = mark["ActualText"].removesuffix(b">") + b"0020>"


def _space_of(font: Any) -> tuple[str, int] | None:
    """Return a font's name and the code of its space; one that was only cut out has no width."""
    codes = (code for code, text in font.to_unicode.items() if text == " ")
    return next(((font.hash, code) for code in codes if code in font.widths), None)


def _font_before(items: list[object], start: int) -> str | None:
    """Return the font that is set where a marked content begins."""
    for item in reversed(items[:start]):
        if _bytes(item).endswith(b" Tf"):
            return _bytes(item).split()[0].lstrip(b"/").decode()
    return None


def _bytes(item: object) -> bytes:
    if isinstance(item, str):
        return item.encode()
    return item if isinstance(item, bytes) else b""


def _label(pdf: pydyf.PDF, element: pydyf.Dictionary) -> None:
    """Make a numeral the label of its list item; it is a paragraph in the item's body."""
    chain = [element]
    while chain[-1].get("S") not in ("/LI", "/Document"):
        chain.append(resolve(pdf, chain[-1]["P"]))
    if chain[-1]["S"] != "/LI" or len(chain) < 3 or chain[-2]["S"] != "/LBody":
        return
    item, body, label = chain[-1], chain[-2], chain[-3]
    if label.reference not in body["K"]:
        return
    body["K"].remove(label.reference)
    label["S"], label["P"] = "/Lbl", item.reference
    item["K"].insert(0, label.reference)
    numbers = pydyf.Dictionary({"O": "/List", "ListNumbering": "/Decimal"})
    resolve(pdf, item["P"])["A"] = numbers


# ISO 32000-1 §14.8.5.5. What is none of these is drawn by CSS: some kind of bullet.
_NUMBERINGS = {
    "decimal": "/Decimal",
    "decimal-leading-zero": "/Decimal",
    "lower-roman": "/LowerRoman",
    "upper-roman": "/UpperRoman",
    "lower-alpha": "/LowerAlpha",
    "lower-latin": "/LowerAlpha",
    "upper-alpha": "/UpperAlpha",
    "upper-latin": "/UpperAlpha",
    "circle": "/Circle",
    "square": "/Square",
}


def _number(pdf: pydyf.PDF, element: pydyf.Dictionary, marker: str) -> None:
    """Say how the list is numbered that a label is in."""
    while element["S"] not in ("/L", "/Document"):
        element = resolve(pdf, element["P"])
    if element["S"] == "/L" and "A" not in element:
        numbering = _NUMBERINGS.get(marker, "/Disc")
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})


def _detach(pdf: pydyf.PDF, element: pydyf.Dictionary) -> None:
    """Take an element out of the tree, and its parents if they are then empty."""
    while element["S"] != "/Document":
        parent = resolve(pdf, element["P"])
        if element.reference not in parent["K"]:
            return
        parent["K"].remove(element.reference)
        if parent["K"]:
            return
        element = parent
