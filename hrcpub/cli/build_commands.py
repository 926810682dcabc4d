"""The commands that make pieces, and look at them and at their words, with their arguments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from hrcpub.cli.program import (
    as_json,
    completions,
    material_completions,
    open_project,
    printer_completions,
)
from hrcpub.cli.show import say
from hrcpub.problems import ExitCode
from hrcpub.project.edition import EDITIONS, PaperColour
from hrcpub.project.sheets import SHEETS


def _layouts(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete a layout's name in a shell."""
    from hrcpub.project.layout import layout_names

    return completions(ctx, layout_names, incomplete)


some_materials = click.argument("materials", nargs=-1, shell_complete=material_completions)
output_folder = click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    show_default="the project's output/",
    help="The folder to write to.",
)
office_sheet = click.option(
    "--sheet",
    type=click.Choice(list(SHEETS), case_sensitive=False),
    show_default="the project's paper-size, else letter",
    help="What the office prints on. With a4 and a3, pieces have their A sizes.",
)


of_editions = click.option(
    "--edition",
    "editions",
    multiple=True,
    type=click.Choice(list(EDITIONS)),
    show_default="all of a material",
    help="Only this edition. May be given several times.",
)
of_drafts = click.option(
    "--draft",
    "is_draft",
    is_flag=True,
    help="Make translations that are not finished too: what is open is in square brackets.",
)
on_paper = click.option(
    "--paper",
    type=click.Choice([str(paper) for paper in PaperColour]),
    show_default="stock for office, flood for the others",
    help="Print the colour (flood), use coloured paper (stock), or leave the paper white (white).",
)
at_printer = click.option(
    "--printer",
    shell_complete=printer_completions,
    help="Make press files as this print shop of materials/printers.yaml asks for them.",
)
how_many = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    show_default="1 for up to three pieces, else one for each core",
    help="How many pieces to make at once.",
)


def choices(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options that say which files a piece is made into."""
    return of_editions(on_paper(at_printer(office_sheet(command))))


@click.command()
@some_materials
@choices
@output_folder
@how_many
@click.option("--force", is_flag=True, help="Rebuild files that are up to date, too.")
@of_drafts
@click.option("--watch", is_flag=True, help="Keep running, and build again when a file changes.")
@click.option(
    "--specimen",
    is_flag=True,
    help="Make the design's specimen book instead: all papers, faces, figures and components.",
)
@as_json
@click.pass_context
def build(ctx: click.Context, /, **options: Any) -> int:
    """Make PDFs of all materials, or of those you name.

    Files that are up to date are left alone. If a material has a mistake, its old files stay, and
    the others are still made.
    """
    from hrcpub.build.job import BuildOptions
    from hrcpub.cli.building import make

    watch, is_specimen = options.pop("watch"), options.pop("specimen")
    if watch and options["as_json"]:
        raise click.UsageError("--watch cannot be used together with --json")
    if is_specimen:
        if beside := [name for name in ("materials", "editions", "paper") if options[name]]:
            raise click.UsageError(f"--specimen cannot be used together with {beside[0]}")
        from hrcpub.cli.specimens import make_specimen

        return make_specimen(open_project(ctx), options["output"], options["sheet"])
    build_options = BuildOptions(
        options.pop("editions"),
        options.pop("paper"),
        options.pop("printer"),
        options.pop("sheet"),
        options.pop("is_draft"),
    )
    if not watch:
        return make(open_project(ctx), options=build_options, **options)
    from hrcpub.cli.making import make_and_watch

    return make_and_watch(open_project(ctx), options=build_options, **options)


@click.command()
@some_materials
@choices
@how_many
@click.option(
    "--online",
    "is_online",
    is_flag=True,
    help="Open the addresses of the web that the pieces print, to see whether they answer.",
)
@click.option(
    "--private",
    "opens_private",
    is_flag=True,
    help="With --online: open addresses of this computer and of its own network, too.",
)
@as_json
@click.pass_context
def check(ctx: click.Context, /, **options: Any) -> int:
    """Look for mistakes in all materials, or in those you name. Writes no PDFs.

    Says all that build would say: each PDF is made in memory and looked over. Says what is serious
    in the words, too: stigmatising terms, and numbers, places and days that cannot be right
    (`hrcpub words` says more). Also says how full each place on the pages is, and about how many
    more words fit.
    """
    from hrcpub.build.job import BuildOptions
    from hrcpub.cli.making import check_materials

    build_options = BuildOptions(
        options.pop("editions"), options.pop("paper"), options.pop("printer"), options.pop("sheet")
    )
    is_online, opens_private = options.pop("is_online"), options.pop("opens_private")
    if opens_private and not is_online:
        raise click.UsageError("--private is of --online: give both")
    online = None
    if is_online:
        from hrcpub.cli.online import OnlineOptions

        online = OnlineOptions(opens_private)
    return check_materials(open_project(ctx), options=build_options, online=online, **options)


@click.command()
@some_materials
@click.option("--rules", "is_of_rules", is_flag=True, help="Print the rules instead.")
@click.option(
    "--language",
    type=click.Choice(["en", "es"]),
    help="Only pieces in this language, or its rules.",
)
@as_json
@click.pass_context
def words(
    ctx: click.Context,
    materials: tuple[str, ...],
    is_of_rules: bool,
    language: str | None,
    as_json: bool,
) -> int:
    """Look whether the words are plain and respectful, and whether numbers and days can be right.

    Names terms that stigmatise, frighten or blame, jargon, letters that nobody explains, long
    sentences and hard texts, each with a way out and its source. None of it stops a build. Words
    that are to stay are named under `waived:` at the material's head, with the reason.
    """
    from hrcpub.cli.wording import show_rules, show_words

    if is_of_rules:
        return show_rules([language] if language else ["en", "es"], as_json)
    from hrcpub.build.orders import names_of

    sources = open_project(ctx)
    return show_words(sources, names_of(sources, materials), as_json, language)


@click.command()
@some_materials
@click.option("--png", "kind", flag_value="png", default=True, help="PNG: exact. The default.")
@click.option("--jpeg", "kind", flag_value="jpeg", help="JPEG: for what takes nothing else.")
@click.option("--webp", "kind", flag_value="webp", help="WebP: exact, and the smallest.")
@click.option(
    "--width",
    type=click.IntRange(100, 4000),
    default=1080,
    show_default=True,
    help="How wide the pictures are, in pixels.",
)
@click.option(
    "--page",
    "pages",
    multiple=True,
    type=click.IntRange(1),
    show_default="all",
    help="Only this page. May be given several times.",
)
@click.option(
    "--edition",
    type=click.Choice([name for name, edition in EDITIONS.items() if edition.is_tagged]),
    default="screen",
    show_default=True,
    help="The edition that is pictured.",
)
@output_folder
@as_json
@click.pass_context
def export(ctx: click.Context, /, **options: Any) -> int:
    """Make pictures of pages, for messages and posts, with their words beside them.

    Each picture has a text file of the same name: what the page says, for the field that social
    networks call "alt text". Builds first what is not up to date.
    """
    from hrcpub.cli.exporting import ExportOptions, export_pages

    materials, as_json = options.pop("materials"), options.pop("as_json")
    return export_pages(open_project(ctx), materials, ExportOptions(**options), as_json)


@click.command()
@click.argument("layout", shell_complete=_layouts)
@click.argument("name")
@click.option(
    "--language",
    show_default="the project's, else en",
    help="Of its words: es, ht, zh-Hans …",
)
@click.pass_context
def new(ctx: click.Context, layout: str, name: str, language: str | None) -> int:
    """Begin a new material: writes materials/NAME.yaml and explains each slot of LAYOUT in it.

    It has the layout's sample words, so you can build it at once. A build tells you which of the
    sample words are still there. The project's language is that of materials/organisation.yaml.
    """
    from hrcpub.cli.new_piece import begin_piece

    for line in begin_piece(open_project(ctx), layout, name, language):
        say(line)
    return ExitCode.DONE


@click.command()
@click.argument("layout", shell_complete=_layouts)
@click.option(
    "--write",
    is_flag=True,
    help="Write it to the layout's schema.json instead, or into materials/.",
)
@click.pass_context
def schema(ctx: click.Context, layout: str, write: bool) -> int:
    """Print LAYOUT's JSON Schema. With it, an editor completes and checks materials.

    `hrcpub schema organisation` prints that of materials/organisation.yaml; `contacts` and
    `sources` print those of the files of that name.
    """
    from hrcpub.build.starting import schema_text, write_schema

    sources = open_project(ctx)
    if write:
        say(f"wrote {write_schema(sources, layout)}")
    else:
        say(schema_text(sources, layout).rstrip())
    return ExitCode.DONE
