"""`list`, `doctor` and `explain`: the commands that say what there is, and change nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from hrcpub.cli.program import as_json, open_project
from hrcpub.cli.show import reflowed, say, say_json
from hrcpub.problems import ExitCode, HrcpubError
from hrcpub.project.edition import EDITIONS
from hrcpub.project.names import APPROVED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hrcpub.build.approval_states import ApprovalState
    from hrcpub.files.sources import Sources


@click.command("list")
@click.option("--figures", "is_of_figures", is_flag=True, help="List the figures instead.")
@click.option(
    "--languages", "is_of_languages", is_flag=True, help="List what languages can be set here."
)
@as_json
@click.pass_context
def list_(ctx: click.Context, is_of_figures: bool, is_of_languages: bool, as_json: bool) -> int:
    """List the materials, layouts and editions of this project, its figures, or languages."""
    from hrcpub.cli.tables import table, with_state
    from hrcpub.files.project import Project

    sources = open_project(ctx)
    if is_of_languages:
        return _list_languages(sources, as_json)
    if is_of_figures:
        figures = Project(sources).known("figures listed", _figures)
        if as_json:
            say_json({"figures": figures})
        else:
            say(table("Figures", figures, ("name", "tested", "alt")))
        return ExitCode.DONE
    materials, layouts = Project(sources).known("listed", _materials_and_layouts)
    editions = [{"name": name, "about": edition.about} for name, edition in EDITIONS.items()]
    states = _approved(sources)
    if as_json:
        approved = {name: state.as_json() for name, state in states.items()}
        rows = [{**row, "approved": approved.get(row["name"])} for row in materials]
        say_json({"materials": rows, "layouts": layouts, "editions": editions})
        return ExitCode.DONE
    columns = ["name", "layout", "language", "revised", "title"]
    shown = [with_state(row) for row in materials]
    if states:
        columns.insert(-1, "approved")
        for row in shown:
            row["approved"] = str(states.get(row["name"], ""))
    say(table("Materials", shown, columns))
    say()
    say(table("Layouts", layouts, ("name", "trim", "about")))
    say()
    say(table("Editions", editions, ("name", "about")))
    if any("?" in row.values() for row in (*materials, *layouts)):
        say("\n? = cannot be read: hrcpub check says why", err=True)
    return ExitCode.DONE


def _figures(sources: Sources) -> list[dict[str, str]]:
    from hrcpub.cli.lists import figure_rows

    return figure_rows(sources)


def _materials_and_layouts(sources: Sources) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    # Not before: what is known of an unchanged project is there sooner than all this is loaded.
    from hrcpub.cli.lists import layout_rows, material_rows

    return material_rows(sources), layout_rows(sources)


def _approved(sources: Sources) -> Mapping[str, ApprovalState]:
    """Return who approved which pieces; nothing of that is loaded where nobody did."""
    if not sources.names(APPROVED):
        return {}
    from hrcpub.build.approval_states import approval_states

    return approval_states(sources)


def _list_languages(sources: Sources, as_json: bool) -> int:
    from hrcpub.cli.language_list import COLUMNS, language_rows
    from hrcpub.cli.tables import table
    from hrcpub.files.project import Project

    rows = language_rows(Project(sources))
    if as_json:
        say_json({"languages": rows})
        return ExitCode.DONE
    head = dict(zip(COLUMNS, COLUMNS, strict=True))
    say(table("Languages", [head, *rows], COLUMNS))
    if any(row["faces"] == "to add" for row in rows):
        say("\nto add: hrcpub fonts add LANGUAGE brings the faces", err=True)
    return ExitCode.DONE


def _project_or_starter(ctx: click.Context) -> Sources:
    """Return the project's files; outside of projects those that came with hrcpub."""
    from hrcpub.cli import starter
    from hrcpub.files.sources import Sources

    try:
        return open_project(ctx)
    except click.UsageError:
        if ctx.find_root().obj:
            raise
        return Sources(starter.root())


@click.command()
@as_json
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> int:
    """Check that everything hrcpub needs is installed, and say what is missing."""
    from hrcpub.cli.health import examine, verdict

    findings = examine(_project_or_starter(ctx))
    if as_json:
        say_json([finding._asdict() for finding in findings])
    else:
        for finding in findings:
            mark = click.style("no ", fg="red") if finding.is_needed else "-- "
            mark = click.style("ok ", fg="green") if finding.is_well else mark
            say(f"{mark} {finding.name}: {finding.found}")
            if finding.advice:
                say(f"     {finding.advice}")
        say(verdict(findings))
    is_well = all(finding.is_well or not finding.is_needed for finding in findings)
    return ExitCode.DONE if is_well else ExitCode.PROBLEMS


@click.command()
@click.argument("code", required=False)
@as_json
def explain(code: str | None, as_json: bool) -> int:
    """Explain the problem with this CODE, such as slot-limit. Without CODE, list all."""
    from hrcpub.cli.explaining import explanations, fix_first, shop_rules, unknown_code

    known = explanations()
    if code is not None and code not in known:
        raise HrcpubError(unknown_code(code, known))
    if as_json:
        say_json({code: known[code]} if code else known)
    elif code:
        rules = ", ".join(shop_rules().get(code, ()))
        say(f"{code}{rules and f' ({rules})'}\n\n{reflowed(fix_first(known[code]))}")
    else:
        for name, text in known.items():
            say(f"{name}\n{reflowed(text.partition(chr(10) * 2)[0], '    ')}")
    return ExitCode.DONE
