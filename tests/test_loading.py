"""Heavy modules are loaded without looking for garbage, and all is as before afterwards."""

from __future__ import annotations

import gc
import sys
import weakref
from pathlib import Path

import pytest

from hrcpub import loading

MODULE = "import gc\nfound = gc.isenabled()\n"


@pytest.fixture
def heavy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "a_heavy_one.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "a_broken_one.py").write_text("raise OSError\n", encoding="utf-8")
    monkeypatch.delitem(sys.modules, "a_heavy_one", raising=False)
    return "a_heavy_one"


@pytest.mark.parametrize("is_enabled", [True, False])
def test_nothing_is_collected_while_it_is_loaded(
    *, heavy: str, is_enabled: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[None] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(None))
    try:
        (gc.enable if is_enabled else gc.disable)()
        loading.load(heavy)
        assert gc.isenabled() is is_enabled
    finally:
        gc.enable()
    assert sys.modules[heavy].found is False
    loading.load(heavy)
    assert len(frozen) == 1


def test_what_cannot_be_loaded_says_so_and_leaves_no_trace(heavy: str) -> None:
    with pytest.raises(OSError):  # noqa: PT011
        loading.load("a_broken_one")
    assert gc.isenabled()
    assert heavy not in sys.modules


def test_between_tasks_cycles_are_looked_for_where_there_may_be_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[int] = []
    monkeypatch.setattr(gc, "collect", looked.append)
    for counts in ((10, 3, 0), (24_999, 12, 2), (25_000, 3, 0), (40_000, 9, 1), (30_000, 10, 9)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        loading.collect_between()
    assert looked == [0, 0, 1]


def test_what_a_task_leaves_behind_is_gone_after_some(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piece:
        """What is in a ring with itself."""

        def __init__(self) -> None:
            self.ring = [self]

    limits = gc.get_threshold()
    monkeypatch.setattr(loading, "_BETWEEN", 500)
    try:
        loading.collect_seldom()
        gc.collect()
        left = [weakref.ref(Piece()) for _ in range(1000)]
        loading.collect_between()
    finally:
        gc.set_threshold(*limits)
    assert not any(piece() for piece in left)
