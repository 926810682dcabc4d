"""What is wrong on pages to Problems: whose words, where, by how much, and what to cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hrcpub.pipeline.stages import AuthorText, Overset
from hrcpub.pipeline.typeset import picture_problems, unfit_problems, unread_problems
from hrcpub.pipeline.typeset.accounting import Loss
from hrcpub.pipeline.typeset.misplaced import Misplaced
from hrcpub.pipeline.typeset.text_owners import TextOwners
from hrcpub.pipeline.typeset.unprinted import Unprinted
from hrcpub.pipeline.typeset.wording import quoted
from hrcpub.problems import Problem, Source


def of_misplaced(wrong: Misplaced, owners: TextOwners) -> Problem | Overset:
    """Return the Problem of misplaced texts; an Overset if a tighter setting might cure it."""
    first = wrong.texts[0]
    owner = owners.of(first.element, first.text)
    name = _name(owner, first.text)
    place = replace(owners.place(owner), page=first.page)
    problem = _WORDED[wrong.kind](wrong, name, place)
    if wrong.kind not in _FITTABLE:
        return problem
    panel = first.area.panel or (wrong.area.panel if wrong.area else None)
    return Overset(problem, panel, _share(wrong))


def of_loss(loss: Loss, owners: TextOwners) -> Overset:
    """Return the Overset of text that is on no page."""
    owner = owners.of(loss.element, loss.missing)
    problem = unfit_problems.text_lost(loss, _name(owner, loss.missing), owners.place(owner))
    return Overset(problem, loss.panel, loss.share)


def of_unprinted(lost: list[Unprinted], template: str) -> list[Problem]:
    """Return a Problem for each slot with words that a template leaves out."""
    alike: dict[tuple[str, ...], list[Unprinted]] = {}
    for part in sorted(lost, key=lambda part: part.text.source.line or 0):
        names = part.text.slot.split(".")
        if names[0] == "offices":  # the same part of each office is left out in one place
            names[1] = ""
        key = (part.text.source.path or "", *(name for name in names if not name.isdigit()))
        alike.setdefault(key, []).append(part)
    return [unfit_problems.text_unprinted(parts, template) for parts in alike.values()]


def _share(wrong: Misplaced) -> float:
    """Return which share of its texts a place holds, 0 to 1; 0.8 means a quarter too much."""
    if wrong.area is None or wrong.area.rect.height <= 0:
        return 1.0
    return wrong.area.rect.height / (wrong.area.rect.height + wrong.over)


def _name(owner: AuthorText | None, text: str) -> str:
    # Whose words have no slot (a template's own) are named by what they say.
    return f'"{owner.slot}"' if owner and owner.slot else f"«{quoted(text)}»"


_WORDED: dict[str, Callable[[Misplaced, str, Source], Problem]] = {
    "overset": unfit_problems.text_overset,
    "clipped": unfit_problems.text_clipped,
    "ellipsis": unfit_problems.text_ellipsis,
    "wide": unfit_problems.text_wide,
    "outside": unfit_problems.text_outside,
    "fold": unfit_problems.text_folded,
    "overlap": unfit_problems.text_overlap,
    "touching": unread_problems.text_touching,
    "squeezed": unread_problems.text_squeezed,
    "mirrored": unread_problems.text_mirrored,
    "covered": unread_problems.text_covered,
    "invisible": unread_problems.text_invisible,
    "faint": unread_problems.text_faint,
    "unprinted": unread_problems.text_of_paper,
    "small": unread_problems.text_small,
    "under": unread_problems.text_under,
    "far": unread_problems.far_small,
}
# Too many words may be the cause of these, so a tighter setting is tried first.
_FITTABLE = frozenset(("overset", "clipped", "ellipsis", "outside", "overlap", "covered"))

CODES = unfit_problems.CODES | unread_problems.CODES | picture_problems.CODES
