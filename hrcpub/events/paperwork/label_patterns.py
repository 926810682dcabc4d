"""Many boxes' labels, drawn after a few that are typeset: patterns.

Of a label there are few shapes: so many lines of a name in one of three sizes, so many of an
address, with a driver or without. One of each shape is typeset, with a filling, and all others are
that one with other lines, written as WeasyPrint writes them: byte for byte. So one changed line of
an address costs no document that is set again.

Nothing is taken for granted of the look, which is the stylesheet's: a trial document has all
letters and long lines, and it is only followed where its lines come out here as they are there.
Whatever is in doubt is left to be typeset: letters beside those of the trial, a line about as long
as its measure, a name that would be broken elsewhere than between words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from hrcpub.events.paperwork.line_styles import NARROW, LineStyle, PlacedLine
from hrcpub.events.paperwork.packing_list import Carton, Part
from hrcpub.events.paperwork.printed_paper import KeptPlace, PrintedPaper
from hrcpub.events.shells import PageForm, PatternLine, PatternPage, read_patterns
from hrcpub.patterns import pattern
from hrcpub.pipeline.setting import Face
from hrcpub.pipeline.stages import Html

SIZES = ("large", "middle", "small")  # of names
# Pairs that are kerned, letters that join in some faces, and figures that are as wide as others.
SHORT = "AVATAR To 4711 fluffy office fjord"
LONG = "Typographically " * 5  # words that hyphens might part
TRIED = f"{SHORT} Wave. Typography, P.O. L’Yvette Pacific (7th) & #9"
LATIN = "".join(map(chr, range(0x21, 0x7F))) + "’"
MARKED = "".join(map(chr, (*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x100))))
# Narrow words of several widths: where lines of them end, each elsewhere, is where a line may end.
_NARROW = "iijiliitijliilj"
CLEAR = 0.6  # CSS pixels between lines: what is nearer may touch, which is for typesetting to say
_TOGETHER = 6, 28  # letters of a word of the trial, and marked ones in a line
_DRIVER = "Driver: "  # as the template says it


_SECTION = pattern(r'<section class="box" data-imprint>(.*?)</section>', re.DOTALL)
_SHORT = pattern(r' data-short="[^"]*"')  # of a name, which is not drawn
_SELECTED = pattern(r"\[\s*data-short")  # by a stylesheet, which then knows names apart
_TAG = pattern(r"<[^>]*>")


class PatternLabel(NamedTuple):
    """A label as the template sees it, with another size of its name than its letters ask for."""

    name: str
    size: str
    parts: tuple[Part, ...]
    driver: str | None = None
    is_shared: bool = False


class LabelShape(NamedTuple):
    """What tells labels from others that are alike but for their words."""

    size: str
    names: int  # lines of the name
    lines: int  # of the address
    has_driver: bool


class LabelMarkup(NamedTuple):
    """A label in HTML: its tags, and the texts between them."""

    tags: tuple[str, ...]
    texts: tuple[str, ...]


class DrawnLabel(NamedTuple):
    """A label as a form, and its place on that."""

    form: PageForm
    place: KeptPlace


def trial(faces: Sequence[Face]) -> list[PatternLabel]:
    """Return labels that show how lines are set: all letters of our faces, and long lines."""

    def common(letters: str) -> list[str]:
        return [one for one in letters if all(ord(one) in face.characters for face in faces)]

    plain = [letter for letter in common(LATIN) if letter.isalnum()]
    signs = [sign for sign in common(LATIN) if not sign.isalnum()]
    # A line may end beside a sign in a word; letters with marks would touch a line above them.
    letters = " ".join([TRIED, *LONG.split(), *_cut(plain, _TOGETHER[0]), *signs])
    marked = _cut(common(MARKED), _TOGETHER[1])
    return [
        # Widths of fonts are rounded at the first size; most names have the middle one.
        _filled("middle", f"{TRIED} {LONG[:31]} {_long(110)}", (NARROW,)),
        _filled("large", f"{SHORT} {LONG[:15]} {_long(50)}", (NARROW,)),
        *(_filled("small", word, (word,), word) for word in marked),
        _filled(
            "small",
            f"{letters} {_long(90)}",
            (f"{letters} {_long(130)}",),
            f"{letters} {_long(20)}",
        ),
    ]


def _cut(letters: Sequence[str], length: int) -> list[str]:
    return ["".join(letters[at : at + length]) for at in range(0, len(letters), length)]


def _long(count: int) -> str:
    return " ".join(_NARROW[number % len(_NARROW)] for number in range(count))


def _filled(
    size: str, name: str, address: tuple[str, ...], driver: str | None = None
) -> PatternLabel:
    return PatternLabel(name, size, (Part("", address, ()),), driver)


class LabelLook:
    """How lines of labels are set, as a trial shows it."""

    def __init__(self, paper: PrintedPaper, faces: Sequence[Face]) -> None:
        """Read a trial that is typeset; raise ValueError where it cannot be followed."""
        self.paper = paper
        found, asked = read_patterns(paper.pdf), trial(faces)
        if len(found.pages) != len(asked):
            raise ValueError("labels go on over their pages")
        parts = [_parts(label, page) for label, page in zip(asked, found.pages, strict=True)]
        middle, large, *small = parts
        whole = small[-1]
        set_in = partial(LineStyle, found, faces)
        self.names = {
            size: set_in(label[0], [one[0] for one in alike])
            for size, label, alike in zip(
                SIZES, (large, middle, whole), ([large], [middle], small), strict=True
            )
        }
        self.address, self.driver = (
            set_in(whole[part], [one[part] for one in small]) for part in (1, 2)
        )
        self._full = self.address.full(""), self.driver.full(_DRIVER)
        self.page = len(asked)  # of the trial, that has all fonts
        self._states = found.pages[-1].states

    def lines(self, box: Carton) -> LabelLines | None:
        """Return the lines of a box's label; None where they are better typeset."""
        names = self.names[box.size].broken(box.name)
        address = [self.address.whole(line) for line in box.parts[0].address]
        driver = [self.driver.whole(f"{_DRIVER}{box.driver}")] if box.driver else []
        lines = [line for line in (*(names or ()), *address, *driver) if line]
        if not names or len(lines) < len(names) + len(address) + len(driver):
            return None
        shape = LabelShape(box.size, len(names), len(address), bool(driver))
        return LabelLines(shape, tuple(lines))

    def is_said(self, box: Carton, markup: LabelMarkup, shape: LabelMarkup) -> bool:
        """Return whether the template says of a box what is drawn of it, in the tags of its shape.

        A template of a designer's own may say more of some boxes than of others.
        """
        driver = [f"{_DRIVER}{box.driver}"] if box.driver else []
        texts = (box.name, *box.parts[0].address, *driver)
        return markup == LabelMarkup(shape.tags, texts)

    def patterns(self, shape: LabelShape) -> list[PatternLabel]:
        """Return two labels of a shape, to be typeset: one with short lines, one with full ones."""
        address, driver = (NARROW, self._full[0]), (NARROW, self._full[1])
        return [
            _filled(
                shape.size,
                " ".join([word] * shape.names),
                (line,) * shape.lines,
                name if shape.has_driver else None,
            )
            for word, line, name in zip(self.names[shape.size].words, address, driver, strict=True)
        ]

    def is_of_shape(self, page: PatternPage, shape: LabelShape) -> bool:
        """Return whether a page has the lines of a shape, as they are set in the trial.

        It is drawn with what the page of the trial has that has all fonts.
        """
        if not page.names <= self._states:
            return False
        styles = [
            *[self.names[shape.size]] * shape.names,
            *[self.address] * shape.lines,
            *[self.driver] * shape.has_driver,
        ]
        return len(page.lines) == len(styles) and all(
            (line.font, line.size) == (style.font, style.size)
            for line, style in zip(page.lines, styles, strict=True)
        )


class LabelLines(NamedTuple):
    """A label's shape, and its lines as they are written."""

    shape: LabelShape
    lines: tuple[PlacedLine, ...]


class LabelPatterns:
    """Patterns of the shapes that labels have, once they are typeset."""

    def __init__(
        self, look: LabelLook, shapes: Sequence[LabelShape], paper: PrintedPaper | None
    ) -> None:
        """Take the document of shapes, two pages for each; None: there is none.

        What is drawn beside the lines of a shape is the same whatever they say, or it is not one:
        lines may be set in the middle, or underlined.
        """
        self._look = look
        self._pages: dict[LabelShape, tuple[PatternPage, KeptPlace]] = {}
        if paper is None or not paper.pages == len(paper.kept) == 2 * len(shapes):
            return
        pages = list(zip(read_patterns(paper.pdf).pages, paper.kept, strict=True))
        for shape, one, other in zip(shapes, pages[::2], pages[1::2], strict=True):
            # Where a full line is broken, its page has more lines than the shape.
            is_alike = all(look.is_of_shape(page, shape) for page, _ in (one, other))
            if is_alike and _beside(*one) == _beside(*other):
                self._pages[shape] = one

    def drawn(self, label: LabelLines) -> DrawnLabel | None:
        """Return a label; None where its shape has no pattern, or lines may touch."""
        if label.shape not in self._pages:
            return None
        page, place = self._pages[label.shape]
        for (upper, lower), (over, under) in zip(
            pairwise(page.lines), pairwise(label.lines), strict=True
        ):
            if lower.base - upper.base < over.deep + under.high + CLEAR:
                return None
        drawn = page.with_lines([line.shown for line in label.lines])
        return DrawnLabel(PageForm(self._look.paper.pdf, self._look.page, drawn), place)


def markups(text: str) -> list[LabelMarkup]:
    """Return the labels of a document in HTML."""
    found = []
    for section in _SECTION.findall(text):
        bare = _SHORT.sub("", section)
        texts = (html.unescape(part).strip() for part in _TAG.split(bare))
        found.append(LabelMarkup(tuple(_TAG.findall(bare)), tuple(filter(None, texts))))
    return found


def depends_on_short(html: Html) -> bool:
    """Return whether a stylesheet may set labels by what their names say."""
    return any(_SELECTED.search(sheet.text) for sheet in html.stylesheets)


def _beside(page: PatternPage, place: KeptPlace) -> tuple[bytes, KeptPlace]:
    """Return what a label draws beside its lines, and where on its page it is."""
    return page.without_lines, place._replace(page=0)


def _parts(label: PatternLabel, page: PatternPage) -> list[list[PatternLine]]:
    """Return the lines of a label's name, of its address's first line, and of its driver.

    Raises ValueError where there are others.
    """
    lines, parts = list(page.lines), list[list[PatternLine]]()
    driver = [f"{_DRIVER}{label.driver}"] if label.driver else []
    for text in (label.name, *label.parts[0].address, *driver):
        taken: list[PatternLine] = []
        while lines and _said(taken) != text:
            taken.append(lines.pop(0))
        if _said(taken) != text:
            raise ValueError("a text of the trial is not there")
        parts.append(taken)
    if lines:
        raise ValueError("labels have other lines than they should")
    return parts


def _said(lines: Sequence[PatternLine]) -> str:
    return " ".join(line.text for line in lines)


@lru_cache(maxsize=8)  # a shop's boxes and an office's have the same labels
def look_of(paper: PrintedPaper, faces: tuple[Face, ...]) -> LabelLook | None:
    """Return how a trial sets lines; None where it cannot be followed."""
    try:
        return LabelLook(paper, faces)
    except (ValueError, KeyError, IndexError):
        return None


def shapes_of(labels: Mapping[Carton, LabelLines]) -> list[LabelShape]:
    """Return the shapes that labels have, each once, in an order of their own."""
    return sorted({label.shape for label in labels.values()})
