"""The commands of `hrcpub translate`, and what they print."""

from __future__ import annotations

import click

from hrcpub.cli import InOrder, as_json, completions, open_project
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.project import Project
from hrcpub.problems import ExitCode


@click.group(cls=InOrder)
def translate() -> None:
    """Bring pieces into other languages, with PO files that translators know.

    \b
    Begin:        hrcpub translate new es
                  hrcpub translate status
    Words changed:
                  hrcpub translate update
    """


def own_completions(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Complete the name of a material that can be translated in a shell."""
    from hrcpub.project.material import own_names

    return completions(ctx, own_names, incomplete)


some_originals = click.argument("materials", nargs=-1, shell_complete=own_completions)


@translate.command()
@click.argument("languages", nargs=-1)
@as_json
@click.pass_context
def status(ctx: click.Context, languages: tuple[str, ...], as_json: bool) -> int:
    """Show how many words are not translated yet, of each material in each language."""
    from hrcpub.cli.translation_table import status_fields, status_table
    from hrcpub.project.translating.originals import originals, translated_languages
    from hrcpub.project.translating.state import states

    project = Project(open_project(ctx))
    chosen = languages or translated_languages(project.sources)
    found = list(states(project, originals(project), chosen))
    if as_json:
        say_json(status_fields(found))
    else:
        say(status_table(found, chosen))
    problems = [problem for state in found for problem in state.problems]
    if not as_json:
        show_problems(problems)
    return ExitCode.PROBLEMS if problems else ExitCode.DONE
