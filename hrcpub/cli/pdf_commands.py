"""The commands for any PDF, wherever it is from: `impose` and `preflight`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrcpub.cli.program import QUANTITY, as_json, open_project, printer_completions
from hrcpub.project.schemes import SCHEMES
from hrcpub.units import points

if TYPE_CHECKING:
    from hrcpub.files.sources import Sources


def length(ctx: click.Context, param: click.Parameter, value: str | None) -> float | None:
    """Return an option's length in points; raise BadParameter if it is not a length."""
    try:
        return None if value is None else points(value)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from None


_SCHEME_LINES = "\n".join(["\b", "Schemes:", *(f"  {n:<16} {a}" for n, a in SCHEMES.items())])


@click.command(epilog=_SCHEME_LINES)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--scheme",
    type=click.Choice(list(SCHEMES)),
    help="How the pages are placed on the sheets: see below.",
    show_default="chosen by the number and size of the pages",
)
@click.option(
    "--stock",
    "stocks",
    multiple=True,
    metavar="SIZE",
    show_default="the project's paper-size, else letter",
    help='The sheet: letter, tabloid, a4, … or "12 in x 18 in". If you give several, the one that '
    "wastes the least paper is used, of those on which bleed is kept.",
)
@click.option(
    "--printer",
    shell_complete=printer_completions,
    help="Choose from the sheets of this print shop of materials/printers.yaml.",
)
@click.option(
    "--flip",
    type=click.Choice(["long", "short"]),
    show_default="long for portrait sheets, short for landscape",
    help="The edge that your printer flips on.",
)
@click.option(
    "--quantity",
    "quantities",
    multiple=True,
    type=QUANTITY,
    help="How many copies you need. For several pieces, give it once for each, in their order.",
)
@click.option(
    "--sides",
    type=click.IntRange(1, 2),
    show_default="2, or 1 if there is only one page",
    help="1: the pieces are printed on one side. 2: they have a front and a back.",
)
@click.option(
    "--up",
    type=click.IntRange(1, 1000),
    show_default="as many as fit",
    help="How many to place on one side.",
)
@click.option(
    "--signature",
    type=click.Choice(["4", "8", "16"]),
    default="4",
    show_default=True,
    help="How many pages a booklet has on one folded sheet.",
)
@click.option(
    "--section",
    type=click.IntRange(1, 64),
    show_default="all, or 1 for perfect-bound",
    help="How many sheets are folded into one another.",
)
@click.option(
    "--caliper",
    callback=length,
    default="0 pt",
    show_default=True,
    help="The thickness of the paper. Inner pages of a booklet are moved by it (creep).",
)
@click.option(
    "--creep",
    callback=length,
    show_default="worked out from --caliper",
    help="How far the innermost pages are moved.",
)
@click.option(
    "--binding",
    type=click.Choice(["left", "right"]),
    default="left",
    show_default=True,
    help="The edge that is bound: right for text that reads from right to left.",
)
@click.option(
    "--gutter",
    callback=length,
    show_default="twice their bleed",
    help="The space between pieces.",
)
@click.option(
    "--margin",
    callback=length,
    show_default="6 mm, or none if the pieces do not fit otherwise",
    help="How much of the sheet's edge to keep clear.",
)
@click.option(
    "--overlap",
    callback=length,
    default="10 mm",
    show_default=True,
    help="How far the sheets of a poster overlap.",
)
@click.option(
    "--mixed",
    type=click.Choice(["refuse", "scale", "center"]),
    default="refuse",
    show_default=True,
    help="For pages of several sizes. scale: each is scaled to fit the first page's size. center: "
    "each stays as it is, in the middle of the largest size.",
)
@click.option("--scale", type=click.Choice(["fit"]), help="Make pages smaller if they do not fit.")
@click.option(
    "--marks/--no-marks",
    default=True,
    show_default=True,
    help="Print cut and fold marks, and a line that says what the sheet is.",
)
@click.option("--dummy", is_flag=True, help="Print numbers and arrows, to fold a trial by hand.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    show_default="here, named after the first file",
    help="The file to write.",
)
@as_json
@click.pass_context
def impose(ctx: click.Context, /, files: tuple[Path, ...], as_json: bool, **options: Any) -> int:
    """Place the pages of any PDFs on sheets, ready to print, cut, fold and stitch.

    Pages keep their size, unless you give --scale fit or --mixed scale. The name of the new file,
    its sheets and the message here say how to print it.
    """
    from hrcpub.cli.imposing import ImposeOptions, impose_files
    from hrcpub.pipeline.impose import Binding, Mixed

    _check_named(ctx, files)
    options["signature"] = int(options["signature"])
    options["binding"] = Binding(options["binding"])
    options["is_reducible"] = options.pop("scale") is not None
    chosen = ImposeOptions(
        options.pop("scheme"),
        options.pop("stocks"),
        options.pop("printer"),
        options.pop("flip"),
        options.pop("marks"),
        options.pop("dummy"),
        options.pop("output"),
        Mixed(options.pop("mixed")),
        options,
    )
    return impose_files(files, chosen, as_json, _project(ctx, chosen.printer))


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--variant",
    type=click.Choice(["sheetfed", "digital", "large-format", "newspaper"]),
    show_default="the print shop's kind, or sheetfed",
    help="The kind of printing whose limits apply.",
)
@click.option(
    "--printer",
    shell_complete=printer_completions,
    help="Apply what this print shop of materials/printers.yaml asks for.",
)
@click.option("--size", help="The finished size, such as '8.5 in x 11 in'.")
@click.option(
    "--fold",
    "folds",
    multiple=True,
    help="Where a fold is, from the left edge: '99 mm'. May be given several times.",
)
@click.option(
    "--binding", type=click.Choice(["saddle", "perfect", "duplex"]), help="How it is bound."
)
@click.option(
    "--ignore", "ignored", multiple=True, metavar="CODE", help="Leave out problems of CODE."
)
@click.option(
    "--proof",
    type=click.Path(path_type=Path),
    help="Write a proof on which each problem is boxed and numbered: a PDF, or a PNG of the first "
    "page. For several files, name a folder.",
)
@as_json
@click.pass_context
def preflight(ctx: click.Context, /, files: tuple[Path, ...], as_json: bool, **options: Any) -> int:
    """Check PDF files the way a print shop would, and say what to fix."""
    from hrcpub.cli.preflighting import PreflightOptions, preflight_files

    _check_named(ctx, files)
    # A file that is held to no print shop's sheet needs no project.
    sources = _project(ctx, options["printer"]) if options["printer"] else None
    return preflight_files(files, PreflightOptions(**options), sources, as_json)


def _check_named(ctx: click.Context, files: Sequence[Path]) -> None:
    """Raise UsageError where a material is named in place of its PDF."""
    named = [file for file in files if file.parent == Path() and not file.exists()]
    if not named:
        return
    from hrcpub.project.material import material_names

    project = _project(ctx, None)
    for file in named:
        if project and str(file) in material_names(project):
            raise click.UsageError(
                f"{file} is a material, and this command takes PDFs. Name one that was built, such "
                f"as output/press/{file}.pdf"
            )


def _project(ctx: click.Context, printer: str | None) -> Sources | None:
    """Return the project that a command was called in; None where it is called outside of one.

    Any PDF can be checked and imposed anywhere, but a print shop is named in a project only:
    raises UsageError where there is none to look for `printer` in.
    """
    try:
        return open_project(ctx)
    except click.UsageError:
        if printer:
            raise
        return None
