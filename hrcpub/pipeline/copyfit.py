"""A `Material` to `Typeset`: words that are too many are set tighter, as far as the layout allows.

A layout's `panels:` say what may give (leading, size, tracking) and how far. The largest setting
that fits is searched for with few layouts: how much is over tells about where it lies. Panels with
the same `fit` have one setting, so that a piece's text is the same on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hrcpub.files.project import Project
from hrcpub.pipeline.compose import compose
from hrcpub.pipeline.stages import Overset, Typeset
from hrcpub.pipeline.typeset import typeset
from hrcpub.problems import HrcpubError, Problem, Severity
from hrcpub.project.edition import BLEED, SAFE
from hrcpub.project.layout import OWN, Form, Panel
from hrcpub.project.layout.panels import Setting
from hrcpub.project.material import Material

FITS = 1.0
LOOSE = 0.98  # lines broken anew seldom fill as well as an estimate has it


def copyfit(
    material: Material,
    project: Project,
    form: str = OWN,
    bleed: float = BLEED,
    safe: float = SAFE,
) -> Typeset:
    """Return the pages with every word in its place; raise HrcpubError where it has none.

    The arguments are those of `compose`. Panels that gave way are told of with a note.
    """
    shape = material.layout.form(form)
    groups = _groups(shape)
    fitting: dict[tuple[int, ...], Typeset] = {}
    while (steps := tuple(group.step for group in groups)) not in fitting:
        settings = {
            name: group.setting
            for group in groups
            for name in group.panels
            if group.setting != group.designed
        }
        html = compose(material, project, form, bleed, safe, settings)
        # What composing finds too long need not be laid out.
        pages = None if html.oversets else typeset(html, project)
        oversets = pages.oversets if pages else html.oversets
        if not _learn(groups, oversets):
            raise HrcpubError(*_problems(pages, oversets, groups))
        if pages and not oversets:
            fitting[steps] = pages
    return _told(fitting[steps], groups)


class Search:
    """The least of some steps at which words fit, by few tries.

    `scales` are the steps' areas against the first one's: how much room the same words take.
    """

    def __init__(self, scales: Sequence[float]) -> None:
        """Begin with the first step."""
        self.step = 0  # to try next; when settled, the answer
        self.is_settled = False
        self.is_hopeless = False  # not even the last step fits
        self._scales = scales
        self._fails = -1  # the tightest that is known not to fit
        self._fits: int | None = None  # the loosest that is known to
        self._guesses = 0
        self._near = 0  # neighbours of a step that fits that were tried

    def learn(self, share: float | None) -> None:
        """Take what came of `step`: the share of the words that found room; None when all did."""
        if share is None:
            self._fits = self.step
        else:
            self._fails = self.step
            if self._fits is not None and self._fits <= self._fails:
                self._fits = None  # something else on the page changed
            self.is_hopeless = self._fails == len(self._scales) - 1
        self.is_settled = self._fits is not None and self._fits - self._fails <= 1
        if self.is_settled and self._fits is not None:
            self.step = self._fits
        elif not self.is_hopeless:
            self.step = self._next(share)

    def _next(self, share: float | None) -> int:
        last = len(self._scales) - 1
        if self._fits is None:
            middle = (self._fails + last + 1) // 2
            if share is None or share >= FITS:  # nobody knows how much is over
                return middle
            loose = 1.0 if self._guesses else LOOSE
            wanted = self._scales[max(0, self._fails)] * share * loose
            near = (k for k in range(self._fails + 1, last) if self._scales[k] <= wanted)
            self._guesses += 1
            # What told too little twice is not to be believed a third time.
            return max(next(near, last), middle if self._guesses > 2 else 0)
        # The guess was right, or nearly: its neighbours tell; else halve what is left.
        if share is None and self._near < 2:
            self._near += 1
            return self._fits - 1
        return (self._fails + self._fits) // 2


@dataclass(slots=True)
class _PanelGroup:
    """Panels that share one setting."""

    panels: list[str]
    designed: Setting  # the grid's
    ladder: tuple[Setting, ...]
    search: Search
    oversets: list[Overset] = field(default_factory=list)  # of the last try

    @property
    def step(self) -> int:
        return self.search.step

    @property
    def setting(self) -> Setting:
        return self.ladder[self.step]


def _groups(shape: Form) -> list[_PanelGroup]:
    """Return the panels that may give, those with the same ranges together."""
    alike: dict[object, list[Panel]] = {}
    for panel in shape.panels.values():
        if panel.gives:
            alike.setdefault((panel.text, panel.gives), []).append(panel)
    groups = []
    for panels in alike.values():
        names, designed = [panel.name for panel in panels], panels[0].designed(shape.grid)
        ladder = panels[0].ladder(shape.grid)
        search = Search([_scale(setting, ladder[0]) for setting in ladder])
        groups.append(_PanelGroup(names, designed, ladder, search))
    return groups


def _scale(setting: Setting, first: Setting) -> float:
    """Return how much room words take, against the first setting: as high, and as wide."""
    # A letter is about half an em wide, so that a thousandth of tracking is two of its width.
    wide = (1 + setting.tracking / 500) / (1 + first.tracking / 500)
    return setting.leading / first.leading * setting.size / first.size * wide


def _learn(groups: list[_PanelGroup], oversets: tuple[Overset, ...]) -> bool:
    """Let each group take what came of its step; False when there is no step left to try."""
    of_pages = [one for one in oversets if one.panel is None and one.problem.code == "page-count"]
    known = {name for group in groups for name in group.panels}
    if any(one.panel not in known for one in oversets if one not in of_pages):
        return False  # nothing may give there
    if of_pages and not groups:
        return False
    for group in groups:
        group.oversets = [one for one in oversets if one.panel in group.panels] + of_pages
        if not group.search.is_settled or group.oversets:
            share = min((one.share for one in group.oversets), default=None)
            group.search.learn(share)
    return not any(group.search.is_hopeless for group in groups)


def _problems(
    pages: Typeset | None, oversets: tuple[Overset, ...], groups: list[_PanelGroup]
) -> list[Problem]:
    """Return what is wrong where nothing more may give."""
    hopeless = [one for group in groups if group.search.is_hopeless for one in group.oversets]
    left = hopeless or list(oversets)
    problems = pages.problems if pages else ()
    return list(dict.fromkeys([*problems, *(one.problem for one in left)]))


def _told(pages: Typeset, groups: list[_PanelGroup]) -> Typeset:
    """Return the pages with a note for each group of panels that gave way."""
    notes = [text_fitted(one.panels, one.ladder[0], one.setting) for one in groups if one.step]
    return Typeset(pages.document, pages.html, (*pages.problems, *notes))


def text_fitted(panels: list[str], first: Setting, setting: Setting) -> Problem:
    """A panel's words were too many for its designed setting, so they were set a little tighter.

    The layout says how far its text may give way (`fit:` in its `layout.yaml`); the setting that
    was found is the largest that holds all words. To have it as designed, cut words.
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


CODES = {"text-fitted": text_fitted}
