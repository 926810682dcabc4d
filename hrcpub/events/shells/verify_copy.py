"""A joined file to a check of what joining can break, by a reader that is not ours.

Why every copy is read again, although its shell was proven: an update has byte offsets and object
numbers that we write ourselves. Where one is wrong, viewers repair the file in silence and show the
blank piece, and among thousands of copies nobody would notice.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hrcpub.events.shells.problems import copy_broken
from hrcpub.problems import HrcpubError

if TYPE_CHECKING:
    import pikepdf


def verify_copy(pdf: bytes, pages: int, operators: bytes) -> None:
    """Read a joined piece again; raise HrcpubError unless it has its pages and the imprint.

    `operators` are what its imprint must draw.
    """
    if set(_drawn(pdf, pages)) != {operators}:
        raise HrcpubError(copy_broken("its imprint is not the one that should be there"))


class RunPages(NamedTuple):
    """The pages of a run file, by their numbers, and those of them that are to be read.

    Whoever gives these knows that each other page has the same bytes as one of them.
    """

    every: Sequence[int]
    read: Sequence[int]


def verify_run(pdf: bytes | Path, pages: int | RunPages, drawn: Sequence[bytes]) -> None:
    """Read a file of many copies again; raise HrcpubError unless it has its pages and imprints.

    `drawn` are the operators of its imprints, in their order.
    """
    found = _drawn(pdf, pages)
    if len(found) != len(drawn):
        raise HrcpubError(copy_broken(f"it has {len(found)} imprints, not {len(drawn)}"))
    if found != list(drawn):
        raise HrcpubError(copy_broken("its imprints are not those that should be there"))


def _drawn(pdf: bytes | Path, pages: int | RunPages) -> list[bytes]:
    """Return what each imprint of a file draws; raise HrcpubError where it cannot be read."""
    import pikepdf

    source = io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf
    try:
        # Joined pages have entries of their own: nothing is to be handed down to them.
        with pikepdf.open(source, attempt_recovery=False, inherit_page_attributes=False) as file:
            if isinstance(pages, RunPages):
                pages = _leave_to_be_read(file, pages)
            count = len(file.pages)
            forms = _forms(file)
            drawn = [form.read_bytes() for form in forms]
            warnings = file.get_warnings()
            _read_fonts(forms)
    except (pikepdf.PdfError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise HrcpubError(copy_broken(str(error))) from None
    if warnings:
        raise HrcpubError(copy_broken(str(warnings[0])))
    if count != pages:
        raise HrcpubError(copy_broken(f"it has {count} pages, not {pages}"))
    return drawn


def _leave_to_be_read(file: pikepdf.Pdf, pages: RunPages) -> int:
    """Leave the pages that are to be read, once all are in their order; return how many those are.

    Why: of an item's copies for an office printer each may be there a hundred times, and to read so
    many pages takes four times as long as to write them.
    """
    import pikepdf

    tree = file.Root.Pages
    every = b" ".join(b"%d 0 R" % number for number in pages.every)
    if tree.Kids.unparse() != b"[ %b ]" % every or tree.Count != len(pages.every):
        raise ValueError("its pages are not those that should be there")
    tree.Kids = pikepdf.Array([file.get_object(number, 0) for number in pages.read])
    tree.Count = len(pages.read)
    return len(pages.read)


def _forms(file: pikepdf.Pdf) -> list[pikepdf.Object]:
    """Return the imprints' forms that the pages ask for, each once."""
    forms: dict[tuple[int, int], pikepdf.Object] = {}
    for page in file.pages:
        drawn = page.obj["/Resources"].get("/XObject")
        form = drawn.get("/Imprint") if drawn is not None else None
        if form is not None:
            forms[form.objgen] = form
    return list(forms.values())


def _read_fonts(forms: Iterable[pikepdf.Object]) -> None:
    """Read the fonts of imprints, each once; raise KeyError or PdfError where one leads nowhere."""
    seen: set[tuple[int, int]] = set()
    for form in forms:
        resources = form["/Resources"]
        for font in resources["/Font"].values() if "/Font" in resources else ():
            if font.objgen not in seen:
                seen.add(font.objgen)
                descendant = font["/DescendantFonts"][0]
                descendant["/FontDescriptor"]["/FontFile2"].read_raw_bytes()
