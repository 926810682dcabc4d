"""The commands and their arguments; each is a plain function that returns an exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hrcpub.cli import completions, open_project
from hrcpub.cli.eventing import event
from hrcpub.cli.imposing import length
from hrcpub.cli.show import reflowed, say, say_json
from hrcpub.problems import ExitCode, HrcpubError
from hrcpub.project.edition import EDITIONS, PaperColour
from hrcpub.project.schemes import SCHEMES


def add_to(group: click.Group) -> None:
    """Give a group all commands; once."""
    for command in COMMANDS:
        if command.name not in group.commands:
            group.add_command(command)


def _materials(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete a material's name in a shell."""
    from hrcpub.project.material import material_names

    return completions(ctx, material_names, incomplete)


def _layouts(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete a layout's name in a shell."""
    from hrcpub.project.layout import layout_names

    return completions(ctx, layout_names, incomplete)


def _printers(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete a printer's name in a shell."""
    from hrcpub.project.printers import read_printers

    return completions(ctx, lambda sources: tuple(read_printers(sources)), incomplete)


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
some_materials = click.argument("materials", nargs=-1, shell_complete=_materials)


@click.command("list")
@as_json
@click.pass_context
def list_(ctx: click.Context, as_json: bool) -> int:
    """List materials and layouts, and which editions are there."""
    from hrcpub.cli.lists import layout_rows, material_rows, table

    sources = open_project(ctx)
    materials, layouts = material_rows(sources), layout_rows(sources)
    editions = [{"name": name, "about": one.about} for name, one in EDITIONS.items()]
    if as_json:
        say_json({"materials": materials, "layouts": layouts, "editions": editions})
        return ExitCode.DONE
    say(table("Materials", materials, ("name", "layout", "language", "revised", "title")))
    say()
    say(table("Layouts", layouts, ("name", "trim", "about")))
    say()
    say(table("Editions", editions, ("name", "about")))
    if any("?" in row.values() for row in (*materials, *layouts)):
        say("\n? could not be read: hrcpub check says why", err=True)
    return ExitCode.DONE


@click.command()
@some_materials
@click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(list(EDITIONS)),
    help="Only this edition; may be given several times.",
)
@click.option(
    "--paper",
    type=click.Choice([str(paper) for paper in PaperColour]),
    help="How the paper gets its colour: printed (flood), coloured already (stock), or not at "
    "all (white). Else: press and screen flood, office stock.",
)
@click.option(
    "--printer",
    shell_complete=_printers,
    help="The shop, by its name in materials/printers.yaml: bleed, inks, output condition.",
)
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to, instead of the project's output/.",
)
@click.option("--jobs", type=click.IntRange(1, 64), help="How many at once; else one a core.")
@click.option("--force", is_flag=True, help="Make files that are current too.")
@click.option("--watch", is_flag=True, help="Stay, and build again whatever changes.")
@as_json
@click.pass_context
def build(ctx: click.Context, /, **options: Any) -> int:
    """Make PDFs: all materials, or those that are named.

    Files that are current are left as they are. A piece with a mistake is not made; the file that
    was there before stays, and the other pieces are made.
    """
    from hrcpub.cli.making import BuildOptions, make, make_and_watch

    watch = options.pop("watch")
    if watch and options["as_json"]:
        raise click.UsageError("--watch and --json do not go together")
    wishes = BuildOptions(options.pop("editions"), options.pop("paper"), options.pop("printer"))
    return (make_and_watch if watch else make)(open_project(ctx), wishes=wishes, **options)


@click.command()
@some_materials
@as_json
@click.pass_context
def check(ctx: click.Context, materials: tuple[str, ...], as_json: bool) -> int:
    """Look for mistakes in all materials, or those that are named, without writing PDFs.

    It also says how full each place on the pages is, and about how many words still fit.
    """
    from hrcpub.cli.making import look_over

    return look_over(open_project(ctx), materials, as_json)


SOME = click.IntRange(1, 10_000_000)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--scheme", type=click.Choice(SCHEMES), help="How pages lie; else guessed.")
@click.option(
    "--stock",
    "stocks",
    multiple=True,
    metavar="SIZE",
    help='The sheet: letter, tabloid, a4, … or "12 in x 18 in". Of several, the one with the '
    "least waste is taken. Else letter.",
)
@click.option(
    "--printer",
    shell_complete=_printers,
    help="Choose from the sheets of a shop in materials/printers.yaml.",
)
@click.option(
    "--flip",
    type=click.Choice(["long", "short"]),
    help="The edge that your printer flips on; else long for upright sheets, short for landscape.",
)
@click.option(
    "--quantity",
    "quantities",
    multiple=True,
    type=SOME,
    help="How many are needed; for several pieces, once for each in their order.",
)
@click.option("--sides", type=click.IntRange(1, 2), help="Pages that make one flat piece.")
@click.option("--up", type=click.IntRange(1, 1000), help="Just so many on a side.")
@click.option(
    "--signature",
    type=click.Choice(["4", "8", "16"]),
    default="4",
    help="Pages on one folded sheet of a booklet.",
)
@click.option("--section", type=click.IntRange(1, 64), help="Sheets folded into one another.")
@click.option("--caliper", callback=length, default="0 pt", help="The stock's thickness: creep.")
@click.option("--creep", callback=length, help="How far the innermost pages move, instead.")
@click.option(
    "--binding",
    type=click.Choice(["left", "right"]),
    default="left",
    help="Right for what reads from right to left.",
)
@click.option("--gutter", callback=length, help="Between pieces; else twice their bleed.")
@click.option("--margin", callback=length, help="The sheet's edge, kept clear; else 6 mm or none.")
@click.option("--overlap", callback=length, default="10 mm", help="Of a poster's tiles.")
@click.option("--scale", type=click.Choice(["fit"]), help="Make pages smaller where they must be.")
@click.option("--marks/--no-marks", default=True, help="Cut and fold marks, and a line of slug.")
@click.option("--dummy", is_flag=True, help="Numbers and arrows instead of pages, to fold by hand.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@as_json
@click.pass_context
def impose(ctx: click.Context, /, files: tuple[Path, ...], as_json: bool, **options: Any) -> int:
    """Lay the pages of any PDFs on sheets, to be printed, cut, folded, stitched.

    Pages keep their size unless --scale fit is given. The file's name, the sheets and what is
    printed here say how to print them.
    """
    from hrcpub.cli.imposing import ImposeOptions, impose_files
    from hrcpub.pipeline.impose import Binding

    options["signature"] = int(options["signature"])
    options["binding"] = Binding(options["binding"])
    options["is_reducible"] = options.pop("scale") is not None
    wish = ImposeOptions(
        options.pop("scheme"),
        options.pop("stocks"),
        options.pop("printer"),
        options.pop("flip"),
        options.pop("marks"),
        options.pop("dummy"),
        options.pop("output"),
        options,
    )
    return impose_files(files, wish, as_json, open_project(ctx) if wish.printer else None)


@click.command()
@click.argument("layout", shell_complete=_layouts)
@click.argument("name")
@click.pass_context
def new(ctx: click.Context, layout: str, name: str) -> int:
    """Write a new material: materials/NAME.yaml, with LAYOUT's slots explained.

    It holds the layout's sample words, so that it can be built and looked at at once; a build
    says which of them still stand.
    """
    from hrcpub.cli.starting import start_material

    path = start_material(open_project(ctx), layout, name)
    say(f"wrote {path}: write your words into it, then: hrcpub build {name} --watch")
    return ExitCode.DONE


@click.command()
@click.argument("layout", shell_complete=_layouts)
@click.option("--write", is_flag=True, help="Write it to the layout's schema.json.")
@click.pass_context
def schema(ctx: click.Context, layout: str, write: bool) -> int:
    """Print LAYOUT's JSON Schema, by which an editor completes and checks materials."""
    from hrcpub.cli.starting import schema_text, write_schema

    sources = open_project(ctx)
    if write:
        say(f"wrote {write_schema(sources, layout)}")
    else:
        say(schema_text(sources, layout).rstrip())
    return ExitCode.DONE


@click.command()
@as_json
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> int:
    """Look at what hrcpub stands on: versions, system libraries, fonts; say what is missing."""
    from hrcpub.cli.health import examine

    findings = examine(open_project(ctx))
    if as_json:
        say_json([finding._asdict() for finding in findings])
    else:
        for finding in findings:
            mark = (
                click.style("ok ", fg="green") if finding.is_well else click.style("no ", fg="red")
            )
            say(f"{mark} {finding.name}: {finding.found}")
            if finding.advice:
                say(f"     {finding.advice}")
    return ExitCode.DONE if all(f.is_well for f in findings) else ExitCode.PROBLEMS


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--variant",
    type=click.Choice(["sheetfed", "digital", "large-format", "newspaper"]),
    help="The kind of printing whose figures hold; else sheetfed, or the printer's.",
)
@click.option(
    "--printer", shell_complete=_printers, help="The shop, by its name in materials/printers.yaml."
)
@click.option("--size", help="The finished size, such as '8.5 in x 11 in'.")
@click.option("--fold", "folds", multiple=True, help="A fold, from the left edge: '99 mm'.")
@click.option(
    "--binding", type=click.Choice(["saddle", "perfect", "duplex"]), help="How it is bound."
)
@click.option("--ignore", "ignored", multiple=True, metavar="CODE", help="Leave a finding out.")
@click.option(
    "--proof",
    type=click.Path(path_type=Path),
    help="Write the pages with each finding boxed and numbered: a PDF, or a PNG of the first; a "
    "folder for several files.",
)
@as_json
@click.pass_context
def preflight(ctx: click.Context, /, files: tuple[Path, ...], as_json: bool, **asked: Any) -> int:
    """Judge FILES, any PDFs, as a print shop would, and say what to mend."""
    from hrcpub.cli.preflighting import PreflightOptions, look_at

    try:
        sources = open_project(ctx)
    except click.UsageError:
        if asked["printer"]:
            raise
        sources = None
    return look_at(files, PreflightOptions(**asked), sources, as_json)


@click.command()
@click.argument("code", required=False)
@as_json
def explain(code: str | None, as_json: bool) -> int:
    """Explain the problem that has CODE, such as slot-limit. Without CODE, list all problems."""
    from hrcpub.cli.explaining import explanations, fix_first, unknown_code

    known = explanations()
    if code is not None and code not in known:
        raise HrcpubError(unknown_code(code, known))
    if as_json:
        say_json({code: known[code]} if code else known)
    elif code:
        say(f"{code}\n\n{reflowed(fix_first(known[code]))}")
    else:
        for name, text in known.items():
            say(f"{name}\n{reflowed(text.partition(chr(10) * 2)[0], '    ')}")
    return ExitCode.DONE


COMMANDS = (list_, build, check, preflight, impose, new, schema, event, doctor, explain)
