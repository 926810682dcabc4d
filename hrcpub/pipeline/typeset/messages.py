"""What is wrong on pages to Problems: whose words, where, by how much, and what to cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hrcpub.pipeline.stages import AuthorText, Overset
from hrcpub.pipeline.typeset.accounting import Loss, letters
from hrcpub.pipeline.typeset.laid_page import Area, LaidPicture, LaidText
from hrcpub.pipeline.typeset.misplaced import Misplaced
from hrcpub.pipeline.typeset.text_owners import TextOwners
from hrcpub.pipeline.typeset.unprinted import Unprinted
from hrcpub.problems import Problem, Severity, Source
from hrcpub.units import distance

SHOWN = 40  # characters of a text that a message quotes


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
    problem = text_lost(loss, _name(owner, loss.missing), owners.place(owner))
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
    return [text_unprinted(parts, template) for parts in alike.values()]


def _share(wrong: Misplaced) -> float:
    """Return which share of its texts a place holds, 0 to 1; 0.8 means a quarter too much."""
    if wrong.area is None or wrong.area.rect.height <= 0:
        return 1.0
    return wrong.area.rect.height / (wrong.area.rect.height + wrong.over)


def _name(owner: AuthorText | None, text: str) -> str:
    # Whose words have no slot (a template's own) are named by what they say.
    return f'"{owner.slot}"' if owner and owner.slot else f"«{_quoted(text)}»"


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= SHOWN:
        return words
    return (words[:SHOWN].rpartition(" ")[0] or words[:SHOWN]) + "…"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _line_count(wrong: Misplaced) -> int:
    return len({id(text.line) for text in wrong.texts})


def _word_count(wrong: Misplaced) -> int:
    return max(1, sum(len(text.text.split()) for text in wrong.texts))


def _place_name(wrong: Misplaced) -> str:
    panel = (wrong.area and wrong.area.panel) or wrong.texts[0].area.panel
    return f'the panel "{panel}"' if panel else "its place"


def _from(wrong: Misplaced, name: str) -> str:
    """Return with which words it begins; nothing where those are all that is known of the text."""
    line = wrong.texts[0].line
    quoted = f"«{_quoted(' '.join(t.text for t in wrong.texts if t.line is line))}»"
    return "" if quoted == name else f", from {quoted}"


def wrong_pages(count: int, planned: int) -> Problem:
    """The words take more or fewer pages than the layout has.

    Fix: cut words if there are too many pages. A sheet has two sides and not a third.
    """
    return Problem(
        "page-count",
        f"this takes {_counted(count, 'page')}, but the layout has {planned}",
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
    more = f" (and {_counted(len(lost) - 1, 'text')} like it)" if len(lost) > 1 else ""
    start = "" if len(missing.split()) == len(text.text.split()) else f", from «{_quoted(missing)}»"
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
    words = _counted(len(loss.missing.split()), "word")
    lost_letters = _counted(len(letters(loss.missing)), "letter")
    where = f' in the panel "{loss.panel}"' if loss.panel else ""
    return Problem(
        "text-lost",
        f"{words} of {name} ({lost_letters}) would not be printed{where}, "
        f"from «{_quoted(loss.missing)}»",
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
        f"{name} is {_counted(_line_count(wrong), 'line')}, {distance(wrong.over)}, too long for "
        f"{_place_name(wrong)}{_from(wrong, name)}",
        place,
        f"cut about {_counted(_word_count(wrong), 'word')}",
    )


def text_clipped(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words are cut off where their box ends: `overflow: hidden` cuts what does not fit.

    Fix: cut words, or ask the designer for more space. Letters that are cut in half look like a
    mistake.
    """
    lines, over = _counted(_line_count(wrong), "line"), distance(wrong.over)
    return Problem(
        "text-clipped",
        f"{lines} of {name} would be cut off, {over}{_from(wrong, name)}",
        place,
        f"cut about {_counted(_word_count(wrong), 'word')}",
    )


def text_ellipsis(wrong: Misplaced, name: str, place: Source) -> Problem:
    """An ellipsis would replace words.

    Fix: cut words, or take the rule out of the stylesheet. `text-overflow`, `line-clamp` and
    `max-lines` put an ellipsis where words do not fit, but on paper the rest cannot be unfolded.
    """
    return Problem(
        "text-ellipsis",
        f"the end of {name} would be an ellipsis, after «{_quoted(wrong.texts[0].text)}»",
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
        f"a line of {name} is {distance(wrong.over)} wider than its box{_from(wrong, name)}",
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
        f"{name} is {distance(wrong.over)} outside the safe area{_from(wrong, name)}",
        place,
        "cut words, or ask the designer for more space",
    )


def text_folded(wrong: Misplaced, name: str, place: Source) -> Problem:
    """A line goes across a fold, where it is hard to read and the ink cracks.

    Fix: cut words until the text stays in its panel. Only type over half an inch may cross a fold.
    """
    return Problem(
        "text-across-fold",
        f"{name} goes {distance(wrong.over)} across a fold{_from(wrong, name)}",
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
        f"{name} is printed over «{_quoted(under)}»{_from(wrong, name)}",
        place,
        "cut words, or ask the designer for more space",
    )


def text_touching(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Letters of two lines touch: a tail meets the next line, or an accent the line above.

    Fix: change the words, or ask the designer for more space between the two lines (a larger
    `line-height`, or `set.space` and `set.spread` between display lines). The outlines are
    compared, not the boxes of the lines. What is meant to touch gets `data-may="overlap"`.
    """
    above = wrong.other.text if isinstance(wrong.other, LaidText) else ""
    upper, lower = wrong.letters or ("", "")
    return Problem(
        "text-touching",
        f"{name} touches the line above: «{lower}» of «{_quoted(wrong.texts[0].text)}» meets "
        f"«{upper}» of «{_quoted(above)}»",
        place,
        "change the words, or ask the designer for more space between the lines",
    )


def text_squeezed(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Letters are set into each other, or words run together: the spacing is too far under zero.

    Fix: ask the designer for a `letter-spacing` nearer to zero, or for no negative `word-spacing`.
    Between words there has to be a tenth of the size, or they are copied as one word. What is meant
    to look so gets `data-may="overlap"`.
    """
    one, other = wrong.letters or ("", "")
    return Problem(
        "text-squeezed",
        f"{name} is set too tight{_from(wrong, name)}: «{one}» and «{other}» are not apart",
        place,
        "ask the designer: letter-spacing or word-spacing is too far under zero",
    )


def text_mirrored(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words stand in a mirror: a `transform` has a negative scale.

    Fix: ask the designer to take the negative `scale` out, or to use `rotate(180deg)`. What is
    meant to look so gets `data-may="overlap"`.
    """
    return Problem(
        "text-mirrored",
        f"{name} would be printed as in a mirror{_from(wrong, name)}",
        place,
        "ask the designer: a transform has a negative scale",
    )


def text_covered(wrong: Misplaced, name: str, place: Source) -> Problem:
    """A picture, or the background of a box, is painted over words.

    Fix: ask the designer. `z-index`, or another order in the template, brings the words to the top.
    """
    over = "a picture" if isinstance(wrong.other, LaidPicture) else "a coloured box"
    return Problem(
        "text-covered",
        f"{name} is covered by {over}{_from(wrong, name)}",
        place,
        "ask the designer to bring the words to the top, or to move them apart",
    )


def text_invisible(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words are on the page, but cannot be seen.

    Fix: ask the designer. They are transparent, invisible, far too small, or nearly in the colour
    of what is under them (a contrast under 1.5, as WCAG counts). A template that hides a text on
    purpose marks it with `data-may="hide"`.
    """
    return Problem(
        "text-hidden",
        f"{name} would be invisible{_from(wrong, name)}",
        place,
        "ask the designer: its colour, opacity, visibility or size hides it",
    )


def text_faint(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words can be seen, but are hard to read: their colour is too near to what is under them.

    Fix: ask the designer for a darker colour, or for a lighter ground. Words need a contrast of
    4.5, large ones (18 pt, or 14 pt in bold) of 3 (WCAG 2.2, 1.4.3). Paper in poor light asks for
    no less than a screen does. Under 1.5 it is an error.
    """
    return Problem(
        "text-contrast",
        f"{name} is hard to read{_from(wrong, name)}: its contrast is only {_ratio(wrong.over)}",
        place,
        "ask the designer for a darker colour, or a lighter ground",
        Severity.WARNING,
    )


def text_of_paper(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words would be lost on paper that has its colour already: only ink is printed there.

    Fix: ask the designer to set them in the ink's colour. The office edition, and any with
    `--paper stock` or `--paper white`, prints none of the colours of `papers:` in
    `layouts/system/system.yaml`: words in such a colour are seen on a dark box only. If the layout
    is meant for flooded sheets alone, name its `editions:` in `layout.yaml`.
    """
    return Problem(
        "text-paper-coloured",
        f"{name} would be invisible where the paper's colour is not printed, as in the office "
        f"edition{_from(wrong, name)}",
        place,
        "ask the designer to set it in the ink's colour, or on a dark box",
    )


def text_small(wrong: Misplaced, name: str, place: Source) -> Problem:
    """Words would be printed too small to be read.

    Fix: ask the designer for a larger size; for a line that fills its measure, cut words. The least
    sizes are in `formats:` of `layouts/system/system.yaml`: 7 pt on cards, 9.5 pt on sheets, 18 pt
    in large print. A layout has the format of its trim, or names another (`format: card`). What
    tells only who printed a piece may be smaller on a sheet: mark it in the template with
    `data-may="small"`. A scale of CSS counts.
    """
    return Problem(
        "text-too-small",
        f"{name} would be printed in {wrong.over:g} pt{_from(wrong, name)}; the least here is "
        f"{wrong.least:g} pt",
        place,
        "ask the designer for a larger size, or cut words where a line is fitted",
    )


def _ratio(contrast: float) -> str:
    return f"{int(contrast * 10) / 10:g} to 1"  # never rounded up to what would be enough


def image_outside(picture: LaidPicture, over: float, area: Area) -> Problem:
    """A picture is larger than its place, and would cover what comes next.

    Fix: give it a height or `max-width: 100%` in the stylesheet. If it is meant to go off the
    sheet, let it reach over the trim, into the bleed.
    """
    where = f'the panel "{area.panel}"' if area.panel else "its place"
    return Problem(
        "image-outside",
        f"{_picture_name(picture)} is {distance(over)} too large for {where}",
        Source(page=picture.page),
        "make the picture smaller in the stylesheet, or its place larger",
    )


def _picture_name(picture: LaidPicture) -> str:
    name = picture.element.get("src", "a drawing") if picture.element is not None else "a picture"
    return name.rpartition("/")[2]


def image_uncut(picture: LaidPicture) -> Problem:
    """A drawing may paint beyond its own box, over words: its CSS says `overflow: visible`.

    Fix: take `overflow: visible` out, and give the drawing a `viewBox` and a size that hold all of
    it. Nothing is looked for beyond a picture's box, so words there could be covered in silence. If
    you have looked, mark an element around it with `data-may="overflow"`.
    """
    return Problem(
        "image-uncut",
        f"{_picture_name(picture)} may paint over words beyond its box: overflow is visible",
        Source(page=picture.page),
        "take overflow: visible out, and make the viewBox as large as the drawing",
    )


def image_lost(name: str) -> Problem:
    """A picture of the template is on no page, because its place is full.

    Fix: cut words, or make the picture smaller.
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
    "touching": text_touching,
    "squeezed": text_squeezed,
    "mirrored": text_mirrored,
    "covered": text_covered,
    "invisible": text_invisible,
    "faint": text_faint,
    "unprinted": text_of_paper,
    "small": text_small,
}
# Too many words may be the cause of these, so a tighter setting is tried first.
_FITTABLE = frozenset(("overset", "clipped", "ellipsis", "outside", "overlap", "covered"))

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
    "text-touching": text_touching,
    "text-squeezed": text_squeezed,
    "text-mirrored": text_mirrored,
    "text-covered": text_covered,
    "text-hidden": text_invisible,
    "text-contrast": text_faint,
    "text-paper-coloured": text_of_paper,
    "text-too-small": text_small,
    "image-outside": image_outside,
    "image-lost": image_lost,
    "image-uncut": image_uncut,
}
