"""A piece on its way out of the house: its file for the office, and its zip for a print shop."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.project.printers import read_printers

SHOP = "output/shop"
_ZIP = re.compile(r"[a-z0-9][a-z0-9-]*\.zip")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*", re.I)
MOST_COPIES = 10_000_000


class PackErrand(NamedTuple):
    """An order for a print shop, to be packed."""

    piece: str
    quantity: int
    printer: str | None
    stock: str
    due: datetime.date | None
    contact: str

    def run(self, root: Path) -> dict[str, Any]:
        """Make, prove and pack; return the zip's name, and what to know of it."""
        from hrcpub.events.shop_order import ShopOrder, pack

        order = ShopOrder(
            (self.piece,), self.quantity, self.printer, self.stock, self.due, self.contact
        )
        packed = pack(Project(Sources(root)), order)
        return {
            "file": packed.path.name,
            "size": packed.size,
            "printer": packed.printer,
            "files": list(packed.files),
            "problems": [problem.as_json() for problem in packed.problems],
        }


class BuildErrand(NamedTuple):
    """One edition of a piece, to be built where it is not up to date."""

    piece: str
    edition: str

    def run(self, root: Path) -> dict[str, Any]:
        """Return where its file is, and the note for who prints it."""
        from hrcpub.build.job import BuildOptions
        from hrcpub.build.orders import reports_in_silence

        options = BuildOptions((self.edition,))
        (report,) = reports_in_silence(Sources(root), (self.piece,), options)
        if errors := [problem for problem in report.all_problems if problem.is_error]:
            raise HrcpubError(*errors)
        (output,) = report.outputs
        return {
            "file": f"/api/made/{self.edition}/{self.piece}.pdf",
            "note": output.note,
            "problems": [problem.as_json() for problem in report.all_problems],
        }


def pack_errand(name: str, asked: Mapping[str, Any]) -> PackErrand:
    """Return what a window asks to be packed; raise ValueError for what makes no sense."""
    quantity, due = int(asked["quantity"]), str(asked.get("due") or "")
    if not 1 <= quantity <= MOST_COPIES:
        raise ValueError(f"a quantity is a number from 1 to {MOST_COPIES:,}")
    return PackErrand(
        name,
        quantity,
        str(asked.get("printer") or "") or None,
        _line(asked.get("stock")),
        datetime.date.fromisoformat(due) if due else None,
        _line(asked.get("contact")),
    )


def _line(text: object) -> str:
    line = " ".join(str(text or "").split())
    if len(line) > 200:
        raise ValueError("a line of up to 200 letters")
    return line


def shops(sources: Sources) -> list[dict[str, str]]:
    """Return the print shops that the project knows; raise HrcpubError for mistakes in them."""
    return [{"name": shop.name, "about": shop.about} for shop in read_printers(sources).values()]


def made_file(root: Path, edition: str, name: str) -> Path:
    """Return the path of a piece's built file; raise KeyError where there is none."""
    return _there(root / "output", Path(edition) / f"{name}.pdf", (edition, name))


def packed_file(root: Path, name: str) -> Path:
    """Return the path of a zip for a shop; raise KeyError where there is none."""
    if not _ZIP.fullmatch(name):
        raise KeyError(name)
    return _there(root / SHOP, Path(name), ())


def _there(folder: Path, path: Path, names: tuple[str, ...]) -> Path:
    """Return a file below a folder; raise KeyError for odd names, links and what is not there."""
    file = folder / path
    if not all(_NAME.fullmatch(name) for name in names) or file.is_symlink() or not file.is_file():
        raise KeyError(str(path))
    return file
