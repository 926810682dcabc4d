"""The commands for printers: `print`, and `printers`, which lists shops and queues."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hrcpub.cli.program import as_json, material_completions, open_project
from hrcpub.printing.turning import Reload
from hrcpub.project.edition import EDITIONS, PaperColour
from hrcpub.project.sheets import SHEETS

if TYPE_CHECKING:
    from hrcpub.files.sources import Sources


def queue_completions(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a printer of this computer."""
    from hrcpub.printing.queues import queue_names

    return [name for name in queue_names() if name.startswith(incomplete)]


def _named(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[object]:
    """Complete the name of a material, an event, or a file."""
    from click.shell_completion import CompletionItem

    from hrcpub.cli.eventing import event_completions

    names = material_completions(ctx, parameter, incomplete)
    names += event_completions(ctx, parameter, incomplete)
    return [*names] if names else [CompletionItem(incomplete, type="file")]


class PageList(click.ParamType[tuple[int, ...]]):
    """Pages as people write them: `1-4,7`."""

    name = "pages"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Return the numbers, in the order in which they were written."""
        if isinstance(value, tuple):
            return value
        pages: list[int] = []
        for part in str(value).split(","):
            first, dash, last = part.strip().partition("-")
            if not first.isdigit() or (dash and not last.isdigit()) or int(first) < 1:
                self.fail(f"{value!r} are no pages; write them like 1-4,7", param, ctx)
            end = int(last) if dash else int(first)
            step = 1 if end >= int(first) else -1
            pages += range(int(first), end + step, step)
            if len(pages) > 10_000:
                self.fail("these are more pages than anything has", param, ctx)
        return tuple(pages)


@click.command("print")
@click.argument("names", nargs=-1, required=True, shell_complete=_named)
@click.option(
    "--to",
    "targets",
    multiple=True,
    metavar="PRINTER|FILE.pdf",
    shell_complete=queue_completions,
    show_default="the computer's default printer",
    help="The printer; or a file that shows what would arrive there, and nothing is printed.",
)
@click.option(
    "--copies",
    type=click.IntRange(1, 100_000),
    default=1,
    show_default=True,
    help="How many pieces. Of cards, ten to a sheet, 100 are ten sheets.",
)
@click.option("--pages", type=PageList(), show_default="all", help="Only these: 1-4,7.")
@click.option("--proof", "is_proof", is_flag=True, help="One sheet first; then ask, then the rest.")
@click.option(
    "--edition",
    type=click.Choice(list(EDITIONS)),
    default="office",
    show_default=True,
    help="The edition of a piece that is printed.",
)
@click.option(
    "--paper",
    type=click.Choice([str(paper) for paper in PaperColour]),
    show_default="stock",
    help="Use coloured paper (stock), print the colour (flood), or leave it white (white).",
)
@click.option(
    "--sheet",
    type=click.Choice(list(SHEETS), case_sensitive=False),
    show_default="the project's paper-size, if the printer takes it",
    help="The sheet that pieces are built for.",
)
@click.option(
    "--turned",
    type=click.Choice([str(way) for way in Reload]),
    help="Print the backs only: the pile of fronts is in the tray, printed side up or down.",
)
@click.option("--anyway", "is_anyway", is_flag=True, help="Print it even if words are cut off.")
@click.option("--no-wait", is_flag=True, help="Do not wait until it is on paper.")
@click.option("--yes", "is_sure", is_flag=True, help="Ask nothing: the right paper is loaded.")
@as_json
@click.pass_context
def print_(ctx: click.Context, /, names: tuple[str, ...], **given: Any) -> int:
    """Print pieces, events or PDFs on a printer of this computer, at actual size.

    Builds what is not up to date. Knows which paper to load, and on which edge to flip. Refuses
    what cannot come out right, and says what to do instead. Where a printer cannot turn sheets,
    says how to turn the pile. Of an event it prints the office's part, in the order of its plan,
    and goes on where it was.
    """
    from hrcpub.cli.printing import PrintWays, print_pieces
    from hrcpub.printing.piece_orders import PrintOptions, is_file

    queue, file = _targets(given["targets"])
    if given["turned"] and len(names) > 1:
        raise click.UsageError("--turned takes one piece at a time: the one whose pile you turned")
    options = PrintOptions(
        given["copies"], given["pages"], given["edition"], given["paper"], given["sheet"]
    )
    ways = PrintWays(
        queue,
        file,
        given["is_proof"],
        Reload(given["turned"]) if given["turned"] else None,
        given["is_anyway"],
        not given["no_wait"],
        sys.stdin.isatty() and not given["as_json"] and not given["is_sure"],
    )
    sources = _project(ctx) if all(map(is_file, names)) else open_project(ctx)
    return print_pieces(names, options, ways, sources, given["as_json"])


def _project(ctx: click.Context) -> Sources | None:
    """Return the files of the project, which may know the printer; None outside of one."""
    try:
        return open_project(ctx)
    except click.UsageError:
        return None


def _targets(targets: tuple[str, ...]) -> tuple[str | None, Path | None]:
    """Return the queue and the file among what `--to` names; raise UsageError for two of a kind."""
    files = [target for target in targets if target.lower().endswith(".pdf")]
    queues = [target for target in targets if target not in files]
    if len(files) > 1 or len(queues) > 1:
        raise click.UsageError("--to takes one printer, and one file")
    return (queues[0] if queues else None), (Path(files[0]) if files else None)


@click.command()
@click.option("--office", "is_office", is_flag=True, help="List the printers of this computer.")
@as_json
@click.pass_context
def printers(ctx: click.Context, is_office: bool, as_json: bool) -> int:
    """List the print shops of materials/printers.yaml, or the printers of this computer."""
    from hrcpub.cli.queue_list import list_office, list_shops

    return list_office(as_json) if is_office else list_shops(open_project(ctx), as_json)
