"""A `Material` to `Typeset`: too many words are set tighter, too few larger, as a layout allows.

The `panels:` of a layout say what may give way (leading, size, tracking) and how far, and how large
text may grow. The largest setting at which all words fit is found in a few tries: how much does not
fit, or how much room is left, shows about where it is. Panels with the same `fit` have one setting,
so that text is the same on all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose
from hrcpub.pipeline.stages import Fill, Html, Overset, Typeset
from hrcpub.pipeline.typeset import typeset
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.calls import CallLine
from hrcpub.project.edition import BLEED, SAFE
from hrcpub.project.languages import is_joined
from hrcpub.project.layout import OWN, Form, Panel
from hrcpub.project.layout.panels import Setting
from hrcpub.project.material import Material

FITS = 1.0  # the share of words that fit, when all of them do
FULL = 0.72  # how much of a panel its text may take when it has grown: pages keep their air
TRIES = 2  # how often larger text is tried, after it fits as designed
OFFICES_OVERSET = "offices-overset"  # compose finds it, and offices have no panel of their own
BEFORE, AFTER = 2, 3  # how often guesses are trusted until some step fits, and from then on


def copyfit(
    material: Material,
    project: Project,
    form: str = OWN,
    bleed: float = BLEED,
    safe: float = SAFE,
) -> Typeset:
    """Return the pages with all words in their places; raise HrcpubError if some do not fit.

    The arguments are those of `compose`. A note says which panels are set tighter. How readers
    reach who signs gives way to the piece's own words: it is left out where those need its room.
    """
    try:
        return _fitted(material, project, form, bleed, safe)
    except HrcpubError as error:
        if not material.reach or not _is_too_full(error):
            raise
    pages = _fitted(replace(material, reach=()), project, form, bleed, safe)
    return replace(pages, problems=(*pages.problems, reach_left_out(material.reach)))


class _Tried(NamedTuple):
    """What became of some settings."""

    html: Html
    pages: Typeset | None  # None: composing found already that words do not fit
    oversets: tuple[Overset, ...]


class OversetError(HrcpubError):
    """Words do not fit, and nothing more may give way: of use to who shows the pages all the same.

    `html` is as it was tried last, `pages` are what was laid out of it, None where nothing was, and
    `panels` those that are too full.
    """

    def __init__(self, problems: Iterable[Problem], tried: _Tried) -> None:
        """Take what is to be told, and what was tried last."""
        super().__init__(*problems)
        self.html, self.pages = tried.html, tried.pages
        told = {problem.message for problem in self.problems}
        left = (over for over in tried.oversets if over.problem.message in told)
        self.panels = tuple(dict.fromkeys(over.panel for over in left if over.panel))

    def __reduce__(self) -> tuple[type[HrcpubError], tuple[Problem, ...]]:
        """Go to another process as what is to be told: pages cannot."""
        return HrcpubError, self.problems


def _is_too_full(error: HrcpubError) -> bool:
    """Return whether only room is lacking: all other mistakes must be told."""
    codes = {problem.code for problem in error.problems if problem.is_error}
    return isinstance(error, OversetError) or codes == {OFFICES_OVERSET}


def _fitted(material: Material, project: Project, form: str, bleed: float, safe: float) -> Typeset:
    """Return the pages with all words in their places, how readers reach who signs among them."""
    shape = material.layout.form(form)
    groups = _groups(shape, is_joined(material.language))

    def tried() -> _Tried:
        """Return the pages in the settings of now, and what does not fit."""
        settings = {
            name: group.setting
            for group in groups
            for name in group.panels
            if group.setting != group.designed
        }
        html = compose(material, project, form, bleed, safe, settings)
        # What composing has found too long is not laid out: that takes most of the time.
        pages = None if html.oversets else typeset(html, project)
        return _Tried(html, pages, pages.oversets if pages else html.oversets)

    fitting: dict[tuple[int, ...], Typeset] = {}
    while (steps := tuple(group.step for group in groups)) not in fitting:
        now = tried()
        _, pages, oversets = now
        if not _learn(groups, oversets, pages.fills if pages else ()):
            raise OversetError(_problems(pages, oversets, groups), now)
        if pages and not oversets:
            fitting[steps] = pages
    return _with_notes(_grown(fitting[steps], groups, tried), groups)


def _larger(tried: Callable[[], _Tried]) -> Typeset | None:
    """Return the pages with larger text, None if it does not fit: a long word may be too wide."""
    try:
        _, pages, oversets = tried()
    except HrcpubError:
        return None
    return None if oversets else pages


def _grown(pages: Typeset, groups: list[_PanelGroup], tried: Callable[[], _Tried]) -> Typeset:
    """Return the pages with larger text in panels that have few words and may grow; else as given.

    How much room there is shows about how large it may be: two tries are enough.
    """
    growing = [group for group in groups if group.grown and not group.step]
    for _ in range(TRIES if growing else 0):
        shares = {fill.panel: fill.share for fill in pages.fills if fill.slot is None}
        before = [group.larger for group in growing]
        for group in growing:
            group.grow(max(shares.get(name, 0.0) for name in group.panels))
        if before == [group.larger for group in growing]:
            break
        larger = _larger(tried)
        if larger is None:
            for group, number in zip(growing, before, strict=True):
                group.larger = number
            break
        pages = larger
    return pages


class Search:
    """Finds the first of some steps at which all words fit, in a few tries.

    Step 0 is the setting as designed, and each next one is tighter. `scales` are the areas that the
    same words take, by step, against step 0. `_fails` is the tightest step known not to fit (-1:
    none), `_fits` the loosest known to fit (None: none); the answer is between them.

    | the step that was tried      | what is known then       | what is tried next               |
    |------------------------------|--------------------------|----------------------------------|
    | fits, and is `_fails` + 1    | the answer: `is_settled` | nothing                          |
    | fits, but is farther on      | `_fits` is the step      | a guess from how full it is      |
    | fails, and is the last       | none fits: `is_hopeless` | nothing                          |
    | fails, is before `_fits`     | `_fails` is the step     | a guess from the share that fits |
    | fails, and none fits yet     | `_fails` is the step     | the same                         |
    | fails, is not before `_fits` | `_fits` no longer holds  | the same                         |

    A guess is between the two. Where guesses do not come to an end, halves are tried.
    The last one happens when words of another panel move on the same page.
    """

    def __init__(self, scales: Sequence[float]) -> None:
        """Begin with the first step."""
        self.step = 0  # the one to try next; when settled, the answer
        self.is_settled = False
        self.is_hopeless = False  # not even the last step fits
        self._scales = scales
        self._fails = -1
        self._fits: int | None = None
        self._guesses = 0  # so far, while none fits, or since one does

    def learn(self, share: float | None, full: float | None = None) -> None:
        """Take the result of trying `step`: the share of the words that fit; None: all do.

        `full` is then how full they make their place, 1 where nothing is left; None: it is unknown.
        """
        had_fit = self._fits is not None
        if share is None:
            self._fits = self.step
        else:
            self._fails = self.step
            if self._fits is not None and self._fits <= self._fails:
                self._fits = None
            self.is_hopeless = self._fails == len(self._scales) - 1
        if had_fit is not (self._fits is not None):
            self._guesses = 0
        self.is_settled = self._fits is not None and self._fits - self._fails <= 1
        if self.is_settled and self._fits is not None:
            self.step = self._fits
        elif not self.is_hopeless:
            self.step = self._next(share, full)

    def _next(self, share: float | None, full: float | None) -> int:
        """Return the step to try next: a guess, or the middle where guesses did not help."""
        last = len(self._scales) - 1 if self._fits is None else self._fits - 1
        middle, area = (self._fails + last + 1) // 2, self._area(share, full)
        if area is None:
            return middle
        small_enough = (k for k in range(self._fails + 1, last) if self._scales[k] <= area)
        guess = next(small_enough, last)
        self._guesses += 1
        if self._fits is None:
            return guess if self._guesses <= BEFORE else max(guess, middle)
        return guess if self._guesses <= AFTER else middle

    def _area(self, share: float | None, full: float | None) -> float | None:
        """Return the area that the words may take, by what the last try has shown; None: unknown.

        Where all fit, and how full their place is is not known, only one step more is hoped for.
        """
        if share is None:
            return self._scales[self.step] / full if full else 0.0
        return self._scales[self.step] * share if share < FITS else None


@dataclass(slots=True)
class _PanelGroup:
    """Panels that share one setting."""

    panels: list[str]
    designed: Setting  # that of the grid
    ladder: tuple[Setting, ...]  # by step, each tighter than the one before
    search: Search
    grown: tuple[Setting, ...] = ()  # each larger than the one before
    larger: int = 0  # how many of these steps it has grown
    oversets: list[Overset] = field(default_factory=list)  # in the last try

    @property
    def step(self) -> int:
        return self.search.step

    @property
    def setting(self) -> Setting:
        return self.grown[self.larger - 1] if self.larger else self.ladder[self.step]

    def full(self, fills: Iterable[Fill]) -> float | None:
        """Return how full the fullest of its panels is; None when nothing is known of them."""
        shares = (fill.share for fill in fills if fill.slot is None and fill.panel in self.panels)
        return max(shares, default=None)

    def grow(self, share: float) -> None:
        """Grow as far as leaves the panel's air, where its text takes `share` of it now."""
        now = _scale(self.setting, self.designed)
        steps = [share * _scale(setting, self.designed) / now <= FULL for setting in self.grown]
        self.larger = max(self.larger, sum(steps))


def _groups(shape: Form, has_joined_letters: bool) -> list[_PanelGroup]:
    """Return the panels that may give way; those with the same ranges are together.

    Letters that are joined are not tracked: Arabic has no space between them to give.
    """
    alike: dict[object, list[Panel]] = {}
    for panel in shape.panels.values():
        if has_joined_letters:
            gives = (give for give in panel.gives if give.what != "tracking")
            panel = replace(panel, gives=tuple(gives))
        if panel.gives or panel.largest:
            alike.setdefault((panel.text, panel.gives, panel.largest), []).append(panel)
    groups = []
    for panels in alike.values():
        names, designed = [panel.name for panel in panels], panels[0].designed(shape.grid)
        ladder = panels[0].ladder(shape.grid)
        search = Search([_scale(setting, ladder[0]) for setting in ladder])
        grown = panels[0].grown(shape.grid)
        groups.append(_PanelGroup(names, designed, ladder, search, grown))
    return groups


def _scale(setting: Setting, first: Setting) -> float:
    """Return the area that words take, against that in the first setting."""
    # A letter is about half an em wide: a thousandth of an em is two thousandths of its width.
    wide = (1 + setting.tracking / 500) / (1 + first.tracking / 500)
    return setting.leading / first.leading * setting.size / first.size * wide


def _learn(
    groups: list[_PanelGroup], oversets: tuple[Overset, ...], fills: tuple[Fill, ...]
) -> bool:
    """Let each group learn the result of its step; return False when no step is left to try."""
    of_pages = [o for o in oversets if o.panel is None and o.problem.code == "page-count"]
    known = {name for group in groups for name in group.panels}
    if any(overset.panel not in known for overset in oversets if overset not in of_pages):
        return False  # nothing may give way there
    if of_pages and not groups:
        return False
    for group in groups:
        group.oversets = [o for o in oversets if o.panel in group.panels] + of_pages
        if not group.search.is_settled or group.oversets:
            share = min((overset.share for overset in group.oversets), default=None)
            group.search.learn(share, group.full(fills))
    return not any(group.search.is_hopeless for group in groups)


def _problems(
    pages: Typeset | None, oversets: tuple[Overset, ...], groups: list[_PanelGroup]
) -> list[Problem]:
    """Return what is wrong when nothing more may give way."""
    hopeless = [o for group in groups if group.search.is_hopeless for o in group.oversets]
    left = hopeless or list(oversets)
    problems = pages.problems if pages else ()
    return list(dict.fromkeys([*problems, *(overset.problem for overset in left)]))


def _with_notes(pages: Typeset, groups: list[_PanelGroup]) -> Typeset:
    """Return the pages with a note for each group of panels that is set tighter."""
    tighter = [group for group in groups if group.step]
    notes = [text_fitted(group.panels, group.ladder[0], group.setting) for group in tighter]
    return replace(pages, problems=(*pages.problems, *notes))


def text_fitted(panels: list[str], first: Setting, setting: Setting) -> Problem:
    """A panel has too many words for its designed setting, so they were set slightly tighter.

    Fix: nothing, or cut words to have it as designed. The layout says how far its text may give way
    (`fit:` in its `layout.yaml`). The setting is the largest one at which all words fit.
    """
    names = ", ".join(f'"{name}"' for name in panels)
    tracking = f", tracking {setting.tracking:g}" if setting.tracking else ""
    return Problem(
        "text-fitted",
        f"{names} set in {setting.size:.4g}/{setting.leading:.4g} pt{tracking}, "
        f"not {first.size:.4g}/{first.leading:.4g} pt, so that all words fit",
        None,
        "cut words to have it as designed",
        Severity.NOTE,
    )


def reach_left_out(lines: Sequence[CallLine]) -> Problem:
    """A piece is so full that it has no room for how readers reach who signs.

    Fix: nothing, if one of its offices can be called. Else cut words, so that the telephone and the
    addresses of `materials/organisation.yaml` are printed above the foot.
    """
    return Problem(
        "reach-left-out",
        f"the piece has no room for {', '.join(line.text for line in lines)}",
        lines[0].words.source,
        "cut words in the piece to have it printed",
        Severity.NOTE,
    )


CODES = {"text-fitted": text_fitted, "reach-left-out": reach_left_out}
