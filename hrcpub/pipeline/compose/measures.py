"""The measures of a form as templates see them: those of the panel that is being filled."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hrcpub.project.layout import Form
from hrcpub.project.layout.panels import Setting
from hrcpub.units import css


class Measures(Mapping[str, float]):
    """The grid of a form. In a panel that is set smaller, it has that panel's size and leading."""

    def __init__(self, form: Form, settings: Mapping[str, Setting]) -> None:
        """Take the settings of the panels that are not set as designed."""
        self.panel: str | None = None  # the one that is being filled
        self._form = form
        self._settings = settings
        self._own: Mapping[str, float] = form.grid

    def __getitem__(self, name: str) -> float:
        """Return a measure in points."""
        return self._own[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names."""
        return iter(self._own)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._own)

    @property
    def tracking(self) -> float:
        """The panel's tracking, in thousandths of an em."""
        setting = self._settings.get(self.panel or "")
        return setting.tracking if setting else 0.0

    def enter(self, name: str) -> None:
        """Take the measures of a panel.

        Raises LookupError when the layout does not have it, ValueError inside of another panel.
        """
        if name not in self._form.panels:
            raise LookupError(f'there is no panel "{name}" in layout.yaml')
        if self.panel is not None:
            raise ValueError(f'the panel "{name}" is inside the panel "{self.panel}"')
        self.panel = name
        if name in self._settings:
            text, setting = self._form.panels[name].text, self._settings[name]
            self._own = {
                **self._form.grid,
                f"{text}-size": setting.size,
                f"{text}-leading": setting.leading,
            }

    def leave(self) -> None:
        """Take the measures of the form again."""
        self.panel, self._own = None, self._form.grid

    def style(self, seats: Callable[[], Mapping[str, str]]) -> str:
        """Return CSS for the panel that is being filled; empty when it is set as designed.

        `seats` gives the paddings that follow from its size and leading, if they are needed.
        """
        if self.panel is None or self.panel not in self._settings:
            return ""
        text = self._form.panels[self.panel].text
        names = (f"{text}-size", f"{text}-leading")
        values = {name: css(self[name]) for name in names} | dict(seats())
        tracking = css(self.tracking * self[names[0]] / 1000)
        return "".join(f"--{name}:{value};" for name, value in values.items()) + (
            f"font-size:{values[names[0]]};line-height:{values[names[1]]};letter-spacing:{tracking};"
        )
