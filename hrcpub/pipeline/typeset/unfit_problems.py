"""Words that are not whole on the page, past their place or over others, as Problems."""

from __future__ import annotations

from hrcpub.pipeline.setting import words_of
from hrcpub.pipeline.typeset.accounting import Loss, letters
from hrcpub.pipeline.typeset.laid_page import LaidText
from hrcpub.pipeline.typeset.misplaced import Misplaced
from hrcpub.pipeline.typeset.unprinted import Unprinted
from hrcpub.pipeline.typeset.wording import (
    beginning,
    counted,
    line_count,
    place_name,
    quoted,
    word_count,
)
from hrcpub.problems import Problem, Source
from hrcpub.project.graphemes import letter_count
from hrcpub.units import distance


def wrong_pages(count: int, planned: int) -> Problem:
    """The words take more or fewer pages than the layout has.

    Fix: cut words if there are too many pages. A sheet has two sides and not a third.
    """
    return Problem(
        "page-count",
        f"this takes {counted(count, 'page')}, but the layout has {planned}",
        None,
        "cut words" if count > planned else "the layout's template leaves a page out",
    )


def text_unprinted(lost: list[Unprinted], template: str) -> Problem:
    """The template of a layout, or of its large print, leaves words of the material out.

    Fix: print the slot in the template: with `set.…`, or with `|words`. Look at each `{% if %}` and
    `{% for %}` around it for a slip. If this form leaves the slot out on purpose, say in the
    layout's `layout.yaml`, at the slot, which forms print it: `forms: [layout]`, or
    `forms: [large-print]`. Words in a part that is hidden (`hidden`, `data-may="hide"`) are not
    printed either.

    Each text needs its own place, so that another one with the same words cannot hide the loss.
    """
    text, missing = lost[0]
    more = f" (and {counted(len(lost) - 1, 'text')} like it)" if len(lost) > 1 else ""
    start = "" if len(missing.split()) == len(text.text.split()) else f", from «{quoted(missing)}»"
    return Problem(
        "text-unprinted",
        f'"{text.slot}"{more} would not be printed{start}: {template} leaves it out',
        text.source,
        "print it there, or say at its slot in layout.yaml which form does: forms: [layout]",
    )


def text_lost(loss: Loss, name: str, place: Source) -> Problem:
    """Words of the material would not be on the page, because their place is full.

    Fix: cut words until everything fits. Nothing is ever printed with words missing. A template
    that hides words of its own on purpose marks them with `hidden` or `data-may="hide"`.
    """
    words = counted(len(words_of(loss.missing)), "word")
    lost_letters = counted(letter_count(letters(loss.missing)), "letter")
    where = f' in the panel "{loss.panel}"' if loss.panel else ""
    return Problem(
        "text-lost",
        f"{words} of {name} ({lost_letters}) would not be printed{where}, "
        f"from «{quoted(loss.missing)}»",
        place,
        f"cut {words}, or ask the designer for more space",
    )


def text_overset(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words reach below their place: the panel, or the box, has a given height and is full.

    Fix: cut words; the hint says about how many. If the layout's `panels:` allow a slightly tighter
    setting, that was tried before.
    """
    return Problem(
        "text-overset",
        f"{name} is {counted(line_count(wrong), 'line')}, {distance(wrong.over)}, too long for "
        f"{place_name(wrong)}{beginning(wrong, name)}",
        place,
        f"cut about {counted(word_count(wrong), 'word')}",
    )


def text_clipped(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words are cut off where their box ends: `overflow: hidden` cuts what does not fit.

    Fix: cut words, or ask the designer for more space. Letters that are cut in half look like a
    mistake.
    """
    lines, over = counted(line_count(wrong), "line"), distance(wrong.over)
    return Problem(
        "text-clipped",
        f"{lines} of {name} would be cut off, {over}{beginning(wrong, name)}",
        place,
        f"cut about {counted(word_count(wrong), 'word')}",
    )


def text_ellipsis(wrong: Misplaced, name: str, place: Source) -> Problem:
    """An ellipsis would replace words.

    Fix: cut words, or take the rule out of the stylesheet. `text-overflow`, `line-clamp` and
    `max-lines` put an ellipsis where words do not fit, but on paper the rest cannot be unfolded.
    """
    return Problem(
        "text-ellipsis",
        f"the end of {name} would be an ellipsis, after «{quoted(wrong.texts[0].text)}»",
        place,
        "cut words until all of them fit",
    )


def text_wide(wrong: Misplaced, name: str, place: Source) -> Problem:
    """A line is wider than its box, and cannot be broken.

    Fix: shorten the longest word or address. If that is not the cause, the designer should look for
    `white-space: nowrap`, or for a measure in the template that differs from the stylesheet.
    """
    return Problem(
        "text-wide",
        f"a line of {name} is {distance(wrong.over)} wider than its box{beginning(wrong, name)}",
        place,
        "shorten the longest word, or ask the designer for a wider box",
    )


def text_outside(wrong: Misplaced, name: str, place: Source) -> Problem:
    """A line is so near to the edge that it may be cut off.

    Fix: cut words, or ask the designer for more space. Text must be 0.125 in inside the trim, since
    a cut may be slightly off. On a sheet for the office printer it must be 6 mm inside.
    """
    return Problem(
        "text-outside",
        f"{name} is {distance(wrong.over)} outside the safe area{beginning(wrong, name)}",
        place,
        "cut words, or ask the designer for more space",
    )


def text_folded(wrong: Misplaced, name: str, place: Source) -> Problem:
    """A line goes across a fold, where it is hard to read and the ink cracks.

    Fix: cut words until the text stays in its panel. Only type over half an inch may cross a fold.
    """
    return Problem(
        "text-across-fold",
        f"{name} goes {distance(wrong.over)} across a fold{beginning(wrong, name)}",
        place,
        "cut words, or ask the designer for more space",
    )


def text_overlap(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Two texts are printed over each other.

    Fix: cut words. Most often the first of the two is too long for its place. What is meant to be
    under text, such as a large letter behind it, gets `data-may="overlap"` in the template.
    """
    under = wrong.other.text if isinstance(wrong.other, LaidText) else ""
    return Problem(
        "text-overlap",
        f"{name} is printed over «{quoted(under)}»{beginning(wrong, name)}",
        place,
        "cut words, or ask the designer for more space",
    )


CODES = {
    "page-count": wrong_pages,
    "text-unprinted": text_unprinted,
    "text-lost": text_lost,
    "text-overset": text_overset,
    "text-clipped": text_clipped,
    "text-ellipsis": text_ellipsis,
    "text-wide": text_wide,
    "text-outside": text_outside,
    "text-across-fold": text_folded,
    "text-overlap": text_overlap,
}
