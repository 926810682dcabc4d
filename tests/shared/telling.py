"""What one of a run's processes tells of a test to the one that started it: how it ended."""

from __future__ import annotations

import pytest
from _pytest.runner import runtestprotocol


class Telling:
    """Tells one thing of a test that passes, instead of five.

    Of ten thousand tests most take less time than to tell of their beginning, preparation, run,
    tidying and end, and to hear that.
    """

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Run a test; tell of its preparation and tidying what did not pass."""
        for report in runtestprotocol(item, log=False, nextitem=nextitem):
            if report.when == "call" or not report.passed:
                item.ihook.pytest_runtest_logreport(report=report)
        return True


def tells_less(config: pytest.Config) -> bool:
    """Return whether nobody has asked how long preparing takes."""
    return config.getoption("durations") is None
