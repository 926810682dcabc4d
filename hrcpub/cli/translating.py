"""The commands of `hrcpub translate`, and what they print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hrcpub.cli.commands import InOrder
from hrcpub.cli.program import as_json, completions, open_project
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.problems import ExitCode

if TYPE_CHECKING:
    from hrcpub.files.sources import Sources


@click.group(cls=InOrder)
def translate() -> None:
    """Bring pieces into other languages, with PO files, which translators know.

    \b
    Begin:        hrcpub translate new es
                  hrcpub translate status
    The words of the original changed:
                  hrcpub translate update
    Translators sent their files back:
                  hrcpub translate check es
                  hrcpub build
    """


def own_completions(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a material that can be translated in a shell."""
    from hrcpub.project.material import own_names

    return completions(ctx, own_names, incomplete)


def language_completions(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete a language that the project has translations in."""

    def names(sources: Sources) -> tuple[str, ...]:
        from hrcpub.project.translating.originals import translated_languages

        return translated_languages(sources)

    return completions(ctx, names, incomplete)


some_originals = click.argument("materials", nargs=-1, shell_complete=own_completions)
one_language = click.argument("language", shell_complete=language_completions)
maybe_language = click.argument("language", required=False, shell_complete=language_completions)


@translate.command()
@click.argument("language")
@some_originals
@click.option("--machine", "is_machine_made", is_flag=True, help="Say that a machine translates.")
@click.pass_context
def new(
    ctx: click.Context, language: str, materials: tuple[str, ...], is_machine_made: bool
) -> int:
    """Begin translations into LANGUAGE: es, ht, zh-Hans … Of all materials, or those you name.

    Writes materials/i18n/LANGUAGE/MATERIAL.po for each that has none yet, and the design's own
    phrases. Sentences that are translated elsewhere are filled in, to be looked over.
    """
    from hrcpub.cli.translation_files import begin

    tag, lines = begin(open_project(ctx), language, materials, is_machine_made=is_machine_made)
    for line in lines:
        say(line)
    say(f"Translate in these files, with Poedit or any editor; then: hrcpub translate check {tag}")
    return ExitCode.DONE


@translate.command()
@maybe_language
@some_originals
@click.pass_context
def update(ctx: click.Context, language: str | None, materials: tuple[str, ...]) -> int:
    """Bring translations to the words that their originals have now.

    A sentence that was changed keeps its translation, marked fuzzy: to be looked over. What moved
    takes its translation along, and what has no place any more goes out of use, at the file's end.
    """
    from hrcpub.cli.translation_files import bring_up_to_date

    lines, problems = bring_up_to_date(open_project(ctx), language, materials)
    for line in lines:
        say(line)
    show_problems(problems)
    return ExitCode.PROBLEMS if any(p.is_error for p in problems) else ExitCode.DONE


@translate.command()
@click.argument("languages", nargs=-1, shell_complete=language_completions)
@as_json
@click.pass_context
def status(ctx: click.Context, languages: tuple[str, ...], as_json: bool) -> int:
    """Show how many words are not translated yet, of each material in each language."""
    from hrcpub.build.beginning import tag_asked
    from hrcpub.cli.translation_files import misnamed_folders
    from hrcpub.cli.translation_table import status_fields, status_table
    from hrcpub.files.project import Project
    from hrcpub.project.translating.originals import originals, translated_languages
    from hrcpub.project.translating.state import states

    project = Project(open_project(ctx))
    chosen = tuple(map(tag_asked, languages)) or translated_languages(project.sources)
    found = list(states(project, originals(project), chosen))
    problems = [
        *misnamed_folders(project.sources),
        *(problem for state in found for problem in state.problems),
    ]
    if as_json:
        say_json(status_fields(found))
    else:
        say(status_table(found, chosen))
        show_problems(problems)
    return ExitCode.PROBLEMS if problems else ExitCode.DONE


@translate.command()
@maybe_language
@some_originals
@as_json
@click.pass_context
def check(
    ctx: click.Context, language: str | None, materials: tuple[str, ...], as_json: bool
) -> int:
    """Hold translations to their originals: numbers, telephones, addresses, markup, length.

    Quicker than hrcpub check, which also lays the pages out. What is not translated yet is counted,
    and is no mistake.
    """
    from hrcpub.cli.translation_files import checked

    problems, count = checked(open_project(ctx), language, materials)
    errors = sum(problem.is_error for problem in problems)
    if as_json:
        say_json([problem.as_json() for problem in problems])
    else:
        show_problems(problems)
        begin = f"no translations yet; to begin: hrcpub translate new {language or 'es'}"
        said = f"{count} translation{'s' * (count != 1)}, {errors} mistake{'s' * (errors != 1)}"
        say(said if count else begin, err=True)
    return ExitCode.PROBLEMS if errors else ExitCode.DONE


@translate.command()
@one_language
@some_originals
@click.option(
    "--xliff",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help="The file to write, NAME.xlf; or a folder, for a file of each material.",
)
@click.pass_context
def export(ctx: click.Context, language: str, materials: tuple[str, ...], target: Path) -> int:
    """Write XLIFF 2 for an agency: all texts with notes on their places, and what is translated."""
    from hrcpub.cli.translation_exchange import export_xliff

    for line in export_xliff(open_project(ctx), language, materials, target):
        say(line)
    return ExitCode.DONE


@translate.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--accept",
    "is_accepted",
    is_flag=True,
    help="Take all as done; else what nobody has reviewed is marked to be looked over.",
)
@click.pass_context
def import_(ctx: click.Context, files: tuple[Path, ...], is_accepted: bool) -> int:
    """Take translations from XLIFF 2 into the PO files. FILES are files, or folders of them.

    What was written before is kept as a note. Numbers, telephones, addresses and markup are held to
    the original.
    """
    from hrcpub.cli.translation_exchange import import_xliff

    lines, problems = import_xliff(open_project(ctx), files, is_accepted=is_accepted)
    for line in lines:
        say(line)
    show_problems(problems)
    return ExitCode.PROBLEMS if any(p.is_error for p in problems) else ExitCode.DONE
