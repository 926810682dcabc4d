"""A record is what the standard library's frozen dataclass with slots is."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace
from typing import Any

import pytest

from hrcpub.records import record


def plain(make: Callable[[type], type]) -> Any:
    @make
    class Sheet:
        width: float
        height: float = 792.0
        marks: list[str] = field(default_factory=list)
        note: str = field(default="", compare=False, repr=False)

    return Sheet


def worked_out(make: Callable[[type], type]) -> Any:
    @make
    class Sheet:
        """A sheet that knows its area."""

        width: float
        height: float = 792.0
        area: float = field(init=False, compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "area", self.width * self.height)

        def __repr__(self) -> str:
            return f"{self.width} x {self.height}"

    return Sheet


def ours_and_theirs(make: Callable[[Any], Any]) -> tuple[Any, Any]:
    return make(record), make(dataclass(frozen=True, slots=True))


@record
class Pile:
    """A record that a pickle finds by its name."""

    count: int
    below: Pile | None = None


@pytest.mark.parametrize("make", [plain, worked_out])
def test_a_record_is_what_a_frozen_dataclass_is(make: Callable[[Any], Any]) -> None:
    ours, theirs = ours_and_theirs(make)
    for given, named in (((612.0,), {}), ((), {"height": 6.0, "width": 4.0})):
        one, other = ours(*given, **named), theirs(*given, **named)
        assert repr(one) == repr(other)
        assert asdict(one) == asdict(other)
        assert asdict(replace(one, height=1.0)) == asdict(replace(other, height=1.0))
        assert one == ours(*given, **named) != replace(one, height=1.0)
        assert one != other
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__slots__ == theirs.__slots__
    assert [f.name for f in fields(ours)] == [f.name for f in fields(theirs)]


def test_a_factory_makes_a_value_for_each() -> None:
    ours, _ = ours_and_theirs(plain)
    first, second = ours(1.0), ours(1.0)
    first.marks.append("crop")
    assert second.marks == []
    assert ours(1.0, marks=["fold"]).marks == ["fold"]


def test_what_is_not_compared_makes_no_difference() -> None:
    ours, _ = ours_and_theirs(worked_out)
    one, same = ours(2.0, 3.0), ours(2.0, 3.0)
    object.__setattr__(same, "area", 0.0)
    assert one == same
    assert hash(one) == hash(same)
    assert {one: "found"}[same] == "found"


@pytest.mark.parametrize("given", [(), (1.0, 2.0, [], "", 5), ({"depth": 1.0},)])
def test_what_is_given_must_fit(given: tuple[Any, ...]) -> None:
    for make in ours_and_theirs(plain):
        with pytest.raises(TypeError):
            make(**given[0]) if given and isinstance(given[0], dict) else make(*given)


def test_nothing_is_set_or_deleted() -> None:
    pile = Pile(3)
    for name in ("count", "nothing"):
        with pytest.raises(FrozenInstanceError, match=f"cannot assign to field '{name}'"):
            setattr(pile, name, 4)
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'count'"):
        del pile.count
    assert pile == Pile(3)


def test_it_is_copied_and_sent() -> None:
    pile = Pile(2, Pile(1))
    assert pickle.loads(pickle.dumps(pile)) == copy.deepcopy(pile) == copy.copy(pile) == pile
    assert repr(pile) == "Pile(count=2, below=Pile(count=1, below=None))"
