"""What joining can break, looked for in every joined file, by a reader that is not ours."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hrcpub.events.shells.problems import joint_broken
from hrcpub.problems import HrcpubError

if TYPE_CHECKING:
    import pikepdf


def look_over(pdf: bytes | Path, pages: int, operators: bytes) -> None:
    """Read a joined piece again; raise HrcpubError unless it has its pages and the imprint.

    `operators` are those that its imprint was to draw. The stock piece itself was proven before.
    A file is read in half the time that its bytes take.
    """
    if set(_drawn(pdf, pages)) != {operators}:
        raise HrcpubError(joint_broken("its imprint is not the one that was to be drawn"))


def look_over_run(pdf: bytes | Path, pages: int, copies: int) -> None:
    """Read a file of many copies again; raise HrcpubError unless it has its pages and imprints."""
    found = len(_drawn(pdf, pages))
    if found != copies:
        raise HrcpubError(joint_broken(f"it has {found} imprints, not {copies}"))


def _drawn(pdf: bytes | Path, pages: int) -> list[bytes]:
    """Return what each imprint of a file draws; raise HrcpubError where it cannot be read."""
    import pikepdf

    source = io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf
    try:
        # Joined pages have entries of their own: nothing is to be handed down to them.
        with pikepdf.open(source, attempt_recovery=False, inherit_page_attributes=False) as read:
            found = len(read.pages)
            forms = _forms(read)
            drawn = [form.read_bytes() for form in forms]
            damaged = read.get_warnings()
            for form in forms:
                _read_fonts(form)
    except (pikepdf.PdfError, KeyError, TypeError, ValueError) as error:
        raise HrcpubError(joint_broken(str(error))) from None
    if damaged:
        raise HrcpubError(joint_broken(str(damaged[0])))
    if found != pages:
        raise HrcpubError(joint_broken(f"it has {found} pages, not {pages}"))
    return drawn


def _forms(read: pikepdf.Pdf) -> list[Any]:
    """Return the imprints' forms that the pages ask for, each once."""
    found: dict[tuple[int, int], Any] = {}
    for page in read.pages:
        resources: Any = page.obj["/Resources"]
        if "/XObject" in resources and "/Imprint" in resources["/XObject"]:
            form = resources["/XObject"]["/Imprint"]
            found[form.objgen] = form
    return list(found.values())


def _read_fonts(form: Any) -> None:
    """Read an imprint's fonts; raise KeyError or PdfError where one leads nowhere."""
    resources = form["/Resources"]
    for name in resources["/Font"].keys() if "/Font" in resources else ():
        descendant = resources["/Font"][name]["/DescendantFonts"][0]
        descendant["/FontDescriptor"]["/FontFile2"].read_raw_bytes()
