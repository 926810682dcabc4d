"""`approve`: pieces are built, and what was made of them is kept as what somebody approved."""

from __future__ import annotations

from collections.abc import Sequence

from hrcpub.build import approving
from hrcpub.build.approving import ApproveOptions
from hrcpub.build.orders import names_of
from hrcpub.cli.reports import exit_code
from hrcpub.cli.show import say, say_json, show_problems
from hrcpub.files.project import Project
from hrcpub.files.sources import Sources
from hrcpub.pipeline.stages import Report
from hrcpub.problems import ExitCode, HrcpubError, Problem
from hrcpub.project.approval import Approval, approval_path, approved_file


def approve(
    sources: Sources, pieces: Sequence[str], options: ApproveOptions, *, as_json: bool
) -> int:
    """Build what is not up to date, and keep it as approved; return the exit code.

    Each piece is for itself: one that is refused stops no other.
    """
    project, problems = Project(sources), list[Problem]()
    kept: list[Approval] = []
    reports: list[Report] = []
    for name in names_of(sources, tuple(pieces)):
        report = approving.report_of(project, name, options)
        reports.append(report)
        try:
            kept.append(approving.keep(project, report, options))
        except HrcpubError as error:
            problems += error.problems
    show_problems(problems)
    if as_json:
        say_json([approval_fields(approval) for approval in kept])
    else:
        for approval in kept:
            _say(approval, options)
    return exit_code(reports, problems)


def _say(approval: Approval, options: ApproveOptions) -> None:
    now = [name for name, one in approval.editions.items() if one.by == options.by]
    say(f"{approval.piece}: {', '.join(now)} approved by {options.by}")
    say(f"  kept in {approval_path(approval.piece)}", err=True)


def approval_fields(approval: Approval) -> dict[str, object]:
    """Return plain values of what was approved."""
    return {
        "piece": approval.piece,
        "path": approval_path(approval.piece),
        "editions": {
            name: {
                "by": one.by,
                "on": one.on.isoformat(),
                "note": one.note,
                "pages": one.pages,
                "sha256": one.sha256,
                "file": approved_file(approval.piece, name),
            }
            for name, one in sorted(approval.editions.items())
        },
    }


def withdraw(sources: Sources, pieces: Sequence[str], *, as_json: bool) -> int:
    """Take approvals back, and say so; return the exit code."""
    approving.withdraw(sources, pieces)
    if as_json:
        say_json([{"piece": name, "withdrawn": True} for name in pieces])
    else:
        for name in pieces:
            say(f"{name}: no longer approved")
    return ExitCode.DONE
