"""Some pieces to one zip for a print shop: press files, preflight's verdict, ticket, a letter."""

from __future__ import annotations

import datetime
import hashlib
import json
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hrcpub.build.store import Store
from hrcpub.events.fulfil.approved import with_approvals
from hrcpub.events.fulfil.jobs import Shell, ShellJob
from hrcpub.events.fulfil.make_shell import make_shell
from hrcpub.events.manifest.event import (
    Delivery,
    Event,
    FinishedFile,
    FinishedPiece,
    Item,
    ProductionRun,
)
from hrcpub.events.paperwork import ZipEntry, phrases, printed, ticket_document, write_archive
from hrcpub.events.paperwork.xjdf import xjdf
from hrcpub.files.project import Project
from hrcpub.pipeline.preflight import Expected, limits_of, preflight
from hrcpub.problems import HrcpubError, Problem, Severity, Source, stop_on_errors
from hrcpub.project.material import Material, material_names, read_material, words_file
from hrcpub.project.material_problems import unknown_material
from hrcpub.project.names import slug
from hrcpub.project.placeholders import unfit_for
from hrcpub.project.printers import HOUSE, Printer, printer, read_printers
from hrcpub.project.review import review_missing
from hrcpub.project.words import Words
from hrcpub.records import record

FOLDER = "shop"  # in output/
EDITION = "press"
MOST_COPIES = 10_000_000  # more are a slip of the finger
WIDTH = 76  # characters of a line of a letter


class ShopOrder(NamedTuple):
    """What is to be printed, and by whom."""

    pieces: tuple[str, ...]
    quantity: int  # of each
    printer: str | None = None  # in printers.yaml; None: the only one there, or most shops
    stock: str = ""  # as the shop calls it
    due: datetime.date | None = None
    contact: str = ""  # whom the shop asks


class PackedOrder(NamedTuple):
    """A zip that was written."""

    path: Path
    size: int  # bytes
    printer: str
    files: tuple[str, ...]
    problems: tuple[Problem, ...]  # warnings and notes


@record
class _Proof:
    """One piece: its file, and what preflight says of it for this shop."""

    material: Material
    shell: Shell
    problems: tuple[Problem, ...]

    @property
    def file(self) -> str:
        return f"{self.material.name}.pdf"


def pack(project: Project, order: ShopOrder, path: Path | None = None) -> PackedOrder:
    """Make the pieces' press files, prove them, and write the zip.

    None: into the project's `output/shop`. Raises HrcpubError with the reasons where a piece cannot
    go to a shop: it has mistakes, is a draft, or preflight finds an error.
    """
    shop = shop_of(order.printer, project)
    proofs = _proofs(project, order, shop)
    event = _event(project, order, shop, proofs)
    runs = [_run(item, proof) for item, proof in zip(event.items, proofs, strict=True)]
    ticket = printed(ticket_document(event, runs, project), project)
    name = slug(f"{order.pieces[0]} for {shop.name}", "order")
    target = path or project.sources.root / "output" / FOLDER / f"{name}.zip"
    entries = dict(_entries(event, order, shop, proofs, runs))
    entries["job-ticket.pdf"] = ticket.pdf
    entries["SHA256SUMS"] = _checksums(entries)
    top = slug(target.stem, name)
    size = write_archive(target, (ZipEntry(f"{top}/{file}", entries[file]) for file in entries))
    told = [problem for proof in proofs for problem in proof.problems]
    problems = (*shop.problems, *event.problems, *told, *ticket.problems)
    return PackedOrder(
        target, size, shop.name, tuple(sorted(entries)), tuple(dict.fromkeys(problems))
    )


def shop_of(name: str | None, project: Project) -> Printer:
    """Return the print shop of an order; raise HrcpubError where it must be said which."""
    known = project.known("printers", read_printers)
    if name is None and len(known) > 1:
        raise HrcpubError(shop_unsaid(list(known)))
    return printer(name or next(iter(known), None), known)


def _proofs(project: Project, order: ShopOrder, shop: Printer) -> list[_Proof]:
    """Return all pieces, made and proven; raise HrcpubError with what is wrong with any."""
    known = material_names(project.sources)
    problems = [unknown_material(name, known) for name in order.pieces if name not in known]
    if problems:
        raise HrcpubError(*problems)
    proofs = []
    for name in dict.fromkeys(order.pieces):
        try:
            proofs.append(_proof(project, name, shop))
        except HrcpubError as error:
            problems += error.problems
    if problems:
        raise HrcpubError(*problems)
    return proofs


def _proof(project: Project, name: str, shop: Printer) -> _Proof:
    material = read_material(project, name)
    if EDITION not in material.layout.editions:
        raise HrcpubError(no_press(name, words_file(project.sources, name)))
    drafts = (note for note in material.problems if note.code == "not-reviewed")
    unfit = unfit_for(material.layout.edition(EDITION), material.problems)
    if unfit := [*unfit, *map(review_missing, drafts)]:
        raise HrcpubError(*unfit)
    shop_name = None if shop is HOUSE else shop.name
    shell = make_shell(ShellJob(name, EDITION, shop_name), project)
    # What the shop will see: nothing is known of the file but the file.
    spots = len({ink.spot for ink in material.layout.system.papers.values() if ink.spot})
    limits = limits_of(shop.kind, shop, spots)
    found = preflight(shell.pdf, Expected(limits=limits, sheets=shop.sheets, ours=False))
    stop_on_errors(found)
    return _Proof(material, shell, tuple(dict.fromkeys((*shell.problems, *found))))


# --- What the ticket says ---


def _event(project: Project, order: ShopOrder, shop: Printer, proofs: Sequence[_Proof]) -> Event:
    """Return the order as an event without sites, so that its ticket is an event's."""
    place = Source(words_file(project.sources, proofs[0].material.name))
    titles = dict.fromkeys(phrases.title(proof.material) for proof in proofs)
    event = Event(
        id=slug(proofs[0].material.name, "order"),
        path=place.path or "",
        name=Words(", ".join(titles), place),
        date=order.due or datetime.date.max,
        place=Words("", place),
        contact=(Words(order.contact, place),) if order.contact else (),
        approver=None,
        partners=(),
        sites=(),
        items=tuple(
            _item(number, proof, order, shop, place) for number, proof in enumerate(proofs, 1)
        ),
        delivery=Delivery(order.due, (), None),
    )
    return with_approvals(
        event, project, Store(project.sources.root, project.sources.root / "output")
    )


def _item(number: int, proof: _Proof, order: ShopOrder, shop: Printer, place: Source) -> Item:
    material = proof.material
    return Item(
        number=number,
        id=material.name,
        materials={material.language: material},
        quantities={material.language: order.quantity},
        edition=EDITION,
        printer=shop,
        stock=Words(order.stock, place) if order.stock else None,
        caliper=0.0,
        fold=material.layout.folding.name if material.layout.folding else None,
        scheme=None,
        spares=0.0,
        sites=(),
        has_separators=False,
        source=place,
    )


def _run(item: Item, proof: _Proof) -> ProductionRun:
    data = proof.shell.pdf
    file = FinishedFile(proof.file, _sha256(data), len(data), proof.shell.facts.pages)
    (language,) = item.materials
    return ProductionRun(item, language, (FinishedPiece(None, file),), None, proof.shell.facts)


# --- What is in the zip ---


def _entries(
    event: Event,
    order: ShopOrder,
    shop: Printer,
    proofs: Sequence[_Proof],
    runs: Sequence[ProductionRun],
) -> Iterator[tuple[str, bytes]]:
    for proof, run in zip(proofs, runs, strict=True):
        yield proof.file, proof.shell.pdf
        yield f"{proof.material.name}.xjdf", xjdf(event, run)
    yield "preflight.json", _verdict_json(shop, proofs)
    yield "preflight.txt", _verdict_text(shop, proofs).encode()
    yield "README.txt", _letter(event, order, shop, proofs, runs).encode()


def _verdict_json(shop: Printer, proofs: Sequence[_Proof]) -> bytes:
    fields = {
        "printer": shop.name,
        "variant": shop.kind,
        "files": [
            {
                "path": proof.file,
                "sha256": _sha256(proof.shell.pdf),
                "failed": False,
                "problems": [problem.as_json() for problem in proof.problems],
            }
            for proof in proofs
        ],
    }
    return json.dumps(fields, indent=2, ensure_ascii=False).encode() + b"\n"


def _verdict_text(shop: Printer, proofs: Sequence[_Proof]) -> str:
    lines = [f"Checked for {shop.kind} printing, and for what {_called(shop)} asks for.", ""]
    for proof in proofs:
        warnings = [one for one in proof.problems if one.severity is Severity.WARNING]
        said = phrases.several(len(warnings), "warning") if warnings else "nothing found"
        lines.append(f"{proof.file}: may be printed ({said})")
        for problem in proof.problems:
            place = f"{problem.source}: " if problem.source and problem.source.page else ""
            lines += _wrapped(
                f"{problem.severity}: {place}{problem.message} [{problem.code}]", "  "
            )
    return "\n".join(lines) + "\n"


def _letter(
    event: Event,
    order: ShopOrder,
    shop: Printer,
    proofs: Sequence[_Proof],
    runs: Sequence[ProductionRun],
) -> str:
    """Return what somebody reads who opens the zip."""
    lines = [f"To {_called(shop)}", "", "Please print:", ""]
    for proof, run in zip(proofs, runs, strict=True):
        facts = run.facts
        lines.append(f"  {phrases.number(order.quantity)} × {proof.file}")
        kind = f"{proof.material.layout.title}: {phrases.title(proof.material)}"
        lines += _wrapped(kind, "      ")
        sides = "one side" if facts.sides == 1 else "both sides"
        lines += _wrapped(f"{phrases.size(*facts.finished)}, finished; {sides}", "      ")
    lines += ["", f"Paper: {order.stock or 'as agreed'}"]
    lines.append(f"Needed by: {phrases.day(order.due) if order.due else 'please ask'}")
    lines += [f"Questions: {order.contact or 'please ask who sent you this'}", ""]
    lines += _wrapped(
        "Please read job-ticket.pdf first. It says all of this for a press: size, paper, colours, "
        "folds and finishing. Print the PDF files as they are, at their own size."
    )
    lines += ["", "In this folder:", ""]
    about = {
        "job-ticket.pdf": "what is to be made, for people",
        "*.xjdf": "the same for programs (XJDF 2.1)",
        "preflight.txt": "what our check of the files found",
        "preflight.json": "the same for programs",
        "SHA256SUMS": "check that the files arrived whole: sha256sum -c SHA256SUMS",
    }
    lines += [f"  {name:<16}{said}" for name, said in about.items()]
    lines += [
        "",
        *_wrapped(f"The PDFs are PDF/X-4, for {shop.condition.name}, with bleed and marks."),
    ]
    return "\n".join(lines) + "\n"


def _called(shop: Printer) -> str:
    if shop is HOUSE:
        return "the print shop"
    return f"{shop.name} ({shop.about})" if shop.about else shop.name


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _checksums(entries: dict[str, bytes]) -> bytes:
    return "".join(f"{_sha256(data)}  {name}\n" for name, data in sorted(entries.items())).encode()


def shop_unsaid(known: Sequence[str]) -> Problem:
    """The project knows several print shops, and nobody said which one gets the order.

    Fix: say which: `--printer NAME`. Press files differ from shop to shop.
    """
    return Problem(
        "shop-unsaid",
        "there are several print shops in materials/printers.yaml",
        None,
        f"say which one prints it: {', '.join(known)}",
    )


def no_press(piece: str, path: str) -> Problem:
    """A piece has no press edition, so that no print shop can print it.

    Fix: print it in the office. Or have its layout's designer allow it: `editions:` in the
    layout's `layout.yaml`.
    """
    return Problem(
        "shop-no-press",
        f"{piece} has no press edition, which a print shop needs",
        Source(path),
        "print it in the office",
    )


CODES = {"shop-unsaid": shop_unsaid, "shop-no-press": no_press}
