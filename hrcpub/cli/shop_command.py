"""`send`: pieces to one zip for a print shop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from hrcpub.cli.program import (
    QUANTITY,
    as_json,
    material_completions,
    open_project,
    printer_completions,
)
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.problems import ExitCode


@click.command()
@click.argument("pieces", nargs=-1, required=True, shell_complete=material_completions)
@click.option("--quantity", type=QUANTITY, required=True, help="How many of each piece.")
@click.option(
    "--printer",
    shell_complete=printer_completions,
    show_default="the only one in materials/printers.yaml, else what most shops ask for",
    help="The print shop, as materials/printers.yaml calls it.",
)
@click.option("--stock", default="", metavar="TEXT", help='The paper: "80 lb text, yellow".')
@click.option(
    "--due",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="When it is needed: year, month, day.",
)
@click.option("--contact", default="", metavar="TEXT", help="Whom the shop asks: name, telephone.")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.zip",
    show_default="in the project's output/shop/",
    help="The zip to write.",
)
@as_json
@click.pass_context
def send(ctx: click.Context, /, **options: Any) -> int:
    """Pack all that a print shop needs into one zip, which you send.

    In it are the press files, what preflight says of them, a job ticket for people and one for
    programs, and a letter. The files are made and proven first: where one has a mistake, or its
    words must be reviewed, nothing is packed, and you are told why.
    """
    from hrcpub.events.shop_order import ShopOrder, pack
    from hrcpub.files.project import Project

    order = ShopOrder(
        tuple(dict.fromkeys(options["pieces"])),
        options["quantity"],
        options["printer"],
        " ".join(options["stock"].split()),
        options["due"] and options["due"].date(),
        " ".join(options["contact"].split()),
    )
    output: Path | None = options["output"]
    sources = open_project(ctx)
    packed = pack(Project(sources), order, output and output.resolve())
    if options["as_json"]:
        problems = [problem.as_json() for problem in packed.problems]
        say_json(packed._asdict() | {"path": str(packed.path), "problems": problems})
        return ExitCode.DONE
    show_problems(packed.problems)
    path, root = packed.path, sources.root
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    say(f"{shown} ({packed.size / 1000:.0f} kB)")
    for name in packed.files:
        say(f"  {name}")
    return ExitCode.DONE
