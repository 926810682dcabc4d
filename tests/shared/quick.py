"""Which tests `make test` leaves to `make test ALL=1`, which CI runs.

Eight in a hundred test functions take two thirds of all tests' time: they go through every
layout, paper, language or moment, or start other programs again and again. Of what they are about,
others are run each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest


class Quick:
    """Leaves out tests that are marked slow, and says how many.

    `@pytest.mark.slow` marks all cases of a test, `@pytest.mark.slow(but=["sheet", "card"])` all
    but these. A module's `pytestmark` may name the tests that stay.
    """

    def __init__(self) -> None:
        self.left_out = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Leave out what is slow."""
        slow = dict.fromkeys(slow_ones(items))
        self.left_out = len(slow)
        config.hook.pytest_deselected(items=list(slow))
        items[:] = [item for item in items if item not in slow]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tell the process that started this one."""
        getattr(session.config, "workeroutput", {})["left out"] = self.left_out

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Learn it from a process: all leave out the same."""
        self.left_out = getattr(node, "workeroutput", {}).get("left out", self.left_out)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say it at the end."""
        terminalreporter.write_line(f"{self.left_out:,} slow tests wait for `make test ALL=1`.")


def slow_ones(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the tests that are slow."""
    return [item for item in items if _is_marked(item) and not _stays(item)]


def names_that_are_gone(items: Iterable[pytest.Item]) -> set[str]:
    """Return what `but` names and is no test, or no case of one: it would be run no more."""
    named, found = set[str](), set[str]()
    for item in items:
        named.update(_named(item))
        found |= {item.nodeid, _function(item)}
    return named - found


def _is_marked(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None


def _stays(item: pytest.Item) -> bool:
    return not {item.nodeid, _function(item)}.isdisjoint(_named(item))


def _named(item: pytest.Item) -> Iterator[str]:
    """Yield what stays, as pytest names it: whole tests of a module, or cases of a test."""
    mark = item.get_closest_marker("slow")
    for name in mark.kwargs.get("but", ()) if mark else ():
        is_test = name.startswith("test_")
        module = item.nodeid.partition("::")[0]
        yield f"{module}::{name}" if is_test else f"{_function(item)}[{name}]"


def _function(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]
