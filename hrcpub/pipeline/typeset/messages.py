"""What copyfit found on the pages to Problems: whose words, where, how much, and what to cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hrcpub.pipeline.stages import AuthorText, Overset
from hrcpub.pipeline.typeset.accounting import Loss, letters
from hrcpub.pipeline.typeset.collisions import Misplaced
from hrcpub.pipeline.typeset.laid_page import Area, LaidPicture, LaidText
from hrcpub.pipeline.typeset.text_owners import TextOwners
from hrcpub.problems import Problem, Source

SHOWN = 40  # characters of a text that a message quotes


def of_found(found: Misplaced, owners: TextOwners) -> Problem | Overset:
    """Return the Problem of a finding; an Overset where tighter setting might mend it."""
    first = found.texts[0]
    said = owners.of(first.element, first.text)
    name = _name(said, first.text)
    place = replace(said.source if said else Source(), page=first.page)
    problem = _WORDED[found.kind](found, name, place)
    if found.kind not in _FITTABLE:
        return problem
    panel = first.area.panel or (found.area.panel if found.area else None)
    return Overset(problem, panel, _share(found))


def of_loss(loss: Loss, owners: TextOwners) -> Overset:
    """Return the Overset of text that is on no page."""
    said = owners.of(loss.element, loss.missing)
    place = said.source if said else Source()
    return Overset(text_lost(loss, _name(said, loss.missing), place), loss.panel, loss.share)


def _share(found: Misplaced) -> float:
    """Return how much of what is in the place it holds, 0 to 1: 0.8 has a quarter too much."""
    if found.area is None or found.area.rect.height <= 0:
        return 1.0
    return found.area.rect.height / (found.area.rect.height + found.over)


def _name(said: AuthorText | None, text: str) -> str:
    return f'"{said.slot}"' if said and said.slot else f"«{_quoted(text)}»"


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= SHOWN:
        return words
    return (words[:SHOWN].rpartition(" ")[0] or words[:SHOWN]) + "…"


def _of(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _lines(found: Misplaced) -> int:
    return len({id(text.line) for text in found.texts})


def _words(found: Misplaced) -> int:
    return max(1, sum(len(text.text.split()) for text in found.texts))


def _panel(found: Misplaced) -> str:
    panel = (found.area and found.area.panel) or found.texts[0].area.panel
    return f'the panel "{panel}"' if panel else "its place"


def _from(found: Misplaced) -> str:
    line = found.texts[0].line
    return f"from «{_quoted(' '.join(t.text for t in found.texts if t.line is line))}»"


def wrong_pages(found: int, wanted: int) -> Problem:
    """The words take more or fewer pages than the layout has.

    Cut words where there are too many; a print shop prints a sheet's two sides, not a third.
    """
    return Problem(
        "page-count",
        f"this takes {_of(found, 'page')}; the layout has {wanted}",
        None,
        "cut words" if found > wanted else "the layout's template leaves a page out",
    )


def text_lost(loss: Loss, name: str, place: Source) -> Problem:
    """Words of the material would not be on the page: their place is full.

    Cut words until everything fits. Nothing is ever printed with words missing. A template that
    leaves a text out on purpose says so: the attribute `hidden`, or `data-may="hide"`.
    """
    words, count = len(loss.missing.split()), len(letters(loss.missing))
    where = f' in the panel "{loss.panel}"' if loss.panel else ""
    return Problem(
        "text-lost",
        f"{_of(words, 'word')} of {name} ({_of(count, 'letter')}) would not be printed{where}, "
        f"from «{_quoted(loss.missing)}»",
        place,
        f"cut {_of(words, 'word')}, or ask the designer for more room",
    )


def text_overset(found: Misplaced, name: str, place: Source) -> Problem:
    """Words stand past the foot of their place: the panel, or the box, has a height, and is full.

    Cut words; the Problem says how many. The layout's `panels:` may allow a little tighter
    setting, which then was tried before this was said.
    """
    return Problem(
        "text-overset",
        f"{name} is {_of(_lines(found), 'line')}, {found.over:.1f} pt, too long for "
        f"{_panel(found)}, {_from(found)}",
        place,
        f"cut about {_of(_words(found), 'word')}",
    )


def text_clipped(found: Misplaced, name: str, place: Source) -> Problem:
    """Words are cut off where their box ends: `overflow: hidden` cuts what does not fit.

    Cut words, or let the designer make room: letters that are cut in half read as a mistake.
    """
    return Problem(
        "text-clipped",
        f"{_of(_lines(found), 'line')} of {name} would be cut off, {found.over:.1f} pt, "
        f"{_from(found)}",
        place,
        f"cut about {_of(_words(found), 'word')}",
    )


def text_ellipsis(found: Misplaced, name: str, place: Source) -> Problem:
    """An ellipsis would stand in the place of words.

    `text-overflow`, `line-clamp` and `max-lines` put one where words do not fit. On paper nobody
    can unfold the rest: cut words, or take the rule out of the stylesheet.
    """
    return Problem(
        "text-ellipsis",
        f"the end of {name} would be an ellipsis, after «{_quoted(found.texts[0].text)}»",
        place,
        "cut words until all of them fit",
    )


def text_wide(found: Misplaced, name: str, place: Source) -> Problem:
    """A line is wider than the box it stands in, and nothing breaks it.

    A long word or address; or `white-space: nowrap`; or a measure in the template that is not
    that of the stylesheet.
    """
    return Problem(
        "text-wide",
        f"a line of {name} is {found.over:.1f} pt wider than its box, {_from(found)}",
        place,
        "shorten the longest word, or ask the designer for a wider box",
    )


def text_outside(found: Misplaced, name: str, place: Source) -> Problem:
    """A line comes nearer to the edge than a knife or an office printer is exact.

    Text stays 0.125 in inside the trim, and on a sheet for the office printer 6 mm inside it.
    """
    return Problem(
        "text-outside",
        f"{name} runs {found.over:.1f} pt out of the safe area, {_from(found)}",
        place,
        "cut words, or ask the designer for more room",
    )


def text_folded(found: Misplaced, name: str, place: Source) -> Problem:
    """A line runs across a fold, where nobody can read it and the ink cracks.

    Cut words until the text stays in its panel. Display type over half an inch may cross a fold.
    """
    return Problem(
        "text-across-fold",
        f"{name} runs {found.over:.1f} pt across a fold, {_from(found)}",
        place,
        "cut words, or ask the designer for more room",
    )


def text_overlap(found: Misplaced, name: str, place: Source) -> Problem:
    """Two texts are printed over each other.

    Most often the first of them is longer than its place. What is meant to lie under text, such
    as a large letter behind it, gets `data-may="overlap"` in the template.
    """
    under = found.other.text if isinstance(found.other, LaidText) else ""
    return Problem(
        "text-overlap",
        f"{name} is printed over «{_quoted(under)}», {_from(found)}",
        place,
        "cut words, or ask the designer for more room",
    )


def text_covered(found: Misplaced, name: str, place: Source) -> Problem:
    """A picture, or the background of a box, is painted over words.

    Ask the designer: `z-index`, or another order in the template, brings the words to the top.
    """
    over = "a picture" if isinstance(found.other, LaidPicture) else "a coloured box"
    return Problem(
        "text-covered",
        f"{name} lies under {over}, {_from(found)}",
        place,
        "ask the designer to bring the words to the top, or to move them apart",
    )


def text_unseen(found: Misplaced, name: str, place: Source) -> Problem:
    """Words are laid out, and nobody would see them.

    They are transparent, invisible, next to nothing in size, or in the colour of what they lie
    on. A template that hides a text on purpose says so: `data-may="hide"`.
    """
    return Problem(
        "text-hidden",
        f"{name} would not be seen, {_from(found)}",
        place,
        "ask the designer: its colour, opacity, visibility or size hides it",
    )


def image_outside(picture: LaidPicture, over: float, area: Area) -> Problem:
    """A picture reaches out of its place and not off the sheet.

    It would lie on what comes next. Give it a height or `max-width: 100%` in the stylesheet; one
    that is to run off the sheet reaches over the trim, into the bleed.
    """
    where = f'the panel "{area.panel}"' if area.panel else "its place"
    name = picture.element.get("src", "a drawing") if picture.element is not None else "a picture"
    return Problem(
        "image-outside",
        f"{name.rpartition('/')[2]} is {over:.1f} pt too large for {where}",
        Source(page=picture.page),
        "make the picture smaller in the stylesheet, or its place larger",
    )


def image_lost(name: str) -> Problem:
    """A picture stands in the template and on no page: its place is full.

    Cut words, or make the picture smaller.
    """
    return Problem(
        "image-lost",
        f"{name.rpartition('/')[2]} would not be printed",
        None,
        "cut words, or make the picture smaller",
    )


_WORDED: dict[str, Callable[[Misplaced, str, Source], Problem]] = {
    "overset": text_overset,
    "clipped": text_clipped,
    "ellipsis": text_ellipsis,
    "wide": text_wide,
    "outside": text_outside,
    "fold": text_folded,
    "overlap": text_overlap,
    "covered": text_covered,
    "unseen": text_unseen,
}
# What may be for too many words, so that tighter setting is tried first.
_FITTABLE = frozenset(("overset", "clipped", "ellipsis", "outside", "overlap", "covered"))

CODES = {
    "page-count": wrong_pages,
    "text-lost": text_lost,
    "text-overset": text_overset,
    "text-clipped": text_clipped,
    "text-ellipsis": text_ellipsis,
    "text-wide": text_wide,
    "text-outside": text_outside,
    "text-across-fold": text_folded,
    "text-overlap": text_overlap,
    "text-covered": text_covered,
    "text-hidden": text_unseen,
    "image-outside": image_outside,
    "image-lost": image_lost,
}
