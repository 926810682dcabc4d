"""`explain`: every Problem's code to the docstring of the function that makes it."""

from __future__ import annotations

import functools
import importlib
import inspect
import re
import sys
from collections.abc import Mapping

from hrcpub.files.lasting import made_once
from hrcpub.problems import Problem, did_you_mean

MODULES = (
    "forking",
    "files.sources",
    "files.yaml_problems",
    "files.csv_problems",
    "files.workbook_problems",
    "project.slot_problems",
    "project.telephone_problems",
    "project.hours_problems",
    "project.date_problems",
    "project.schedules",
    "project.spoken",
    "project.figures",
    "project.layout",
    "project.contacts",
    "project.organisation",
    "project.logos",
    "project.colours",
    "project.printers",
    "project.label_sheets",
    "project.office_queues",
    "project.pictures",
    "project.material_problems",
    "project.material.codes",
    "project.translations.po_problems",
    "project.translations.wording",
    "project.translations.agreement_problems",
    "project.translations.xliff_problems",
    "project.translating.writing",
    "build.beginning",
    "build.left_behind",
    "cli.translation_exchange",
    "project.layout.phrases",
    "project.placeholders",
    "project.references",
    "project.claims",
    "project.review",
    "project.reviewed",
    "project.approval",
    "project.call_missing",
    "project.scancodes",
    "project.material.twins",
    "project.house_style.style_problems",
    "project.facts.fact_problems",
    "events.manifest.counts",
    "events.manifest.damage",
    "events.manifest.logos",
    "events.manifest.links",
    "events.manifest.mending",
    "events.manifest.site_problems",
    "events.manifest.reader",
    "events.manifest.item_problems",
    "events.manifest.routes",
    "events.manifest.manifest",
    "events.labels",
    "events.print_plan.chosen",
    "events.fulfil.printable",
    "cli.labels_command",
    "pipeline.compose",
    "pipeline.typeset",
    "pipeline.copyfit",
    "pipeline.compare.reading",
    "pipeline.export",
    "pipeline.typeset.engine",
    "pipeline.typeset.fetcher",
    "pipeline.impose",
    "pipeline.preflight.judge",
    "pipeline.preflight.guard",
    "pipeline.preflight.scanning",
    "pipeline.preflight.checks.document",
    "pipeline.preflight.checks.forms",
    "pipeline.preflight.checks.remarks",
    "pipeline.preflight.checks.geometry",
    "pipeline.preflight.checks.pdfx_identity",
    "pipeline.preflight.checks.colours",
    "pipeline.preflight.checks.mail",
    "pipeline.preflight.checks.overprint",
    "pipeline.preflight.checks.pictures",
    "pipeline.preflight.checks.tagging",
    "pipeline.preflight.checks.text_layer",
    "pipeline.preflight.checks.texts",
    "pipeline.preflight.checks.total_ink",
    "pipeline.preflight.thumbnail",
    "events.imprint",
    "events.shells",
    "build.store",
    "build.batch",
    "events.paperwork.archive",
    "events.paperwork.packing_list",
    "events.fulfil.problems",
    "events.shop_order",
    "build.starting",
    "printing.libcups",
    "printing.queues",
    "printing.cut_off",
    "printing.fitting_problems",
    "printing.sending",
    "cli.starter",
    "cli.font_files",
    "cli.font_packages",
    "cli.founding",
    "build.orders",
    "cli.comparing",
    "build.revisions",
    "build.comparing",
    "build.approving",
    "build.reviewing",
    "cli.currency",
    "cli.imposing",
    "cli.online",
    "cli.print_events",
    "printing.piece_orders",
    "cli.print_progress",
    "cli.explaining",
    "studio.designing",
    "studio.comparing",
    "studio.documents",
    "studio.errands",
    "studio.lists",
    "studio.live",
    "studio.logos",
    "studio.pictures",
    "studio.printing",
    "studio.separating",
    "studio.serving",
    "studio.studio",
)


FIX = "Fix: "  # how the paragraph begins that says what to do


def explanations(room: str = "") -> dict[str, str]:
    """Return every code with its explanation, in alphabetical order; or those of one room alone.

    They are kept for later commands: they are in all modules, which take half a second to load.
    """
    # Without docstrings (python -OO) it is told so, and nobody else is.
    return made_once(f"explanations {room} {sys.flags.optimize}", lambda: _read(room))


def _read(room: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name in (module for module in MODULES if module.startswith(room)):
        module = importlib.import_module(f"hrcpub.{name}")
        texts |= {code: inspect.getdoc(function) or "" for code, function in module.CODES.items()}
    return dict(sorted(texts.items()))


# Only numbers that were seen in the workbook of 2022, and that agree with what others print of it.
_RULES = re.compile(r"GWG 2022 (R\d{4}(?:, R\d{4})*)")


@functools.lru_cache(maxsize=1)
def shop_rules() -> dict[str, tuple[str, ...]]:
    """Return the Ghent Workgroup's rules behind the codes of preflight, by their numbers.

    The docstrings of the checks cite them. A code without one has none there, or none is sure.
    """
    known = explanations("pipeline.preflight.")
    cited = {code: _RULES.findall(" ".join(text.split())) for code, text in known.items()}
    return {
        code: tuple(f"GWG 2022 {rule}" for rules in lists for rule in rules.split(", "))
        for code, lists in cited.items()
        if lists
    }


def fix_first(text: str) -> str:
    """Return an explanation with the paragraph at its head that says what to do."""
    return "\n\n".join(sorted(text.split("\n\n"), key=lambda part: not part.startswith(FIX)))


def unknown_code(code: str, known: Mapping[str, str]) -> Problem:
    """No problem has the code that you asked for.

    Fix: look at the end of a problem's first line, where its code is in square brackets:
    `[slot-limit]`. `hrcpub explain` without a code lists them all.
    """
    return Problem(
        "code-unknown", f'no problem has the code "{code}"', None, did_you_mean(code, known)
    )


CODES = {"code-unknown": unknown_code}
