"""States, their area codes and their ZIP codes."""

from __future__ import annotations

from hrcpub.project.facts.states import letters_of, state_of_area_code, states, states_of_zip


def test_every_state_has_area_codes_and_zip_codes() -> None:
    assert len(states()) == 56  # 50, the District of Columbia and five islands
    assert all(state.area_codes and state.zips for state in states().values())


def test_no_area_code_is_of_two_states() -> None:
    codes = [code for state in states().values() for code in state.area_codes]
    assert len(codes) == len(set(codes)) > 330
    assert not {"800", "888", "416", "242"} & set(codes)  # free, Canada, the Bahamas


def test_area_codes_and_zip_codes_are_those_of_their_states() -> None:
    known = {"212": "NY", "510": "CA", "617": "MA", "787": "PR", "907": "AK", "800": None}
    assert {code: state_of_area_code(code) for code in known} == known
    zips = {"02114": ("MA",), "10001": ("NY",), "94612": ("CA",), "00901": ("PR",), "00100": ()}
    assert {zip: states_of_zip(zip) for zip in zips} == zips


def test_a_state_is_known_by_its_letters_and_its_name() -> None:
    assert [letters_of(name) for name in ("NY", "New York", "ny", "York")] == [
        "NY",
        "NY",
        None,
        None,
    ]
