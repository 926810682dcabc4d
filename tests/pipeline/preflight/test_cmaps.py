"""CMaps, a section at a time: codes to CIDs, and to words."""

from __future__ import annotations

import pytest

from hrcpub.pipeline.preflight.page.cmaps import codes_to_cids, codes_to_words


def test_codes_of_one_and_of_two_bytes_are_told_apart() -> None:
    sizes, cids = codes_to_cids(
        b"2 begincodespacerange <00> <80> <8140> <9F FC> endcodespacerange "
        b"2 begincidchar <20> 1 <8140> 633 endcidchar "
        b"1 begincidrange <8141> <8143> 634 endcidrange"
    )
    assert sizes == {1, 2}
    assert cids == {(1, 0x20): 1, (2, 0x8140): 633} | {
        (2, 0x8141 + at): 634 + at for at in range(3)
    }


@pytest.mark.parametrize(
    ("listed", "count"),
    [
        (b"<00000000> <ffffffff> 1", 65536),  # no more than two bytes count up
        (b"<05> <02> 1", 0),
        (b"<05> <06> <0007>", 0),  # that is no number
    ],
)
def test_a_range_of_cids_is_as_long_as_one_may_be(listed: bytes, count: int) -> None:
    _, cids = codes_to_cids(b"begincidrange " + listed + b" endcidrange")
    assert len(cids) == count


def test_many_ranges_do_not_fill_the_memory() -> None:
    ranges = b" ".join(b"<%02x000000> <%02xffffff> 1" % (at, at) for at in range(200))
    _, cids = codes_to_cids(b"begincidrange " + ranges + b" endcidrange")
    assert 200_000 < len(cids) < 300_000


@pytest.mark.parametrize(
    ("section", "words"),
    [
        (b"beginbfchar <01> <0041> <0002> <00660069> endbfchar", {1: "A", 2: "fi"}),
        (b"beginbfchar <0 1> <D83D\nDE00> endbfchar", {1: "\N{GRINNING FACE}"}),
        (b"beginbfchar <01> <> endbfchar", {1: ""}),
        (b"beginbfchar <01> <D83D> endbfchar", {1: "\ufffd"}),
        (b"beginbfchar <> <0041> endbfchar", {0: "A"}),
        (b"beginbfrange <0a> <0c> <0061> endbfrange", {10: "a", 11: "b", 12: "c"}),
        (b"beginbfrange <0a> <0b> <00660069> endbfrange", {10: "fi", 11: "fj"}),
        (b"beginbfrange <0a> <0b> [<0066> <00660069>] endbfrange", {10: "f", 11: "fi"}),
        (b"beginbfrange <0a> <0a> [<0066> <0067>] endbfrange", {10: "f"}),
        (b"beginbfrange <0a> <0c> <> endbfrange", {}),
        (b"beginbfrange <0c> <0a> <0061> endbfrange", {}),
        (b"begincidchar <01> 7 endcidchar", {}),
        (
            b"beginbfchar <01> <0041> endbfchar beginbfrange <02> <03> <0042> endbfrange",
            {1: "A", 2: "B", 3: "C"},
        ),
    ],
)
def test_codes_are_words_as_a_tounicode_says(section: bytes, words: dict[int, str]) -> None:
    assert codes_to_words(section) == words


def test_behind_the_last_character_there_is_none() -> None:
    words = codes_to_words(b"beginbfrange <00> <01> <DBFFDFFF> endbfrange")
    assert words == {0: "\U0010ffff", 1: "\ufffd"}


def test_many_words_do_not_fill_the_memory() -> None:
    section = b"beginbfrange <%02x0000> <%02xffff> <0041> endbfrange "
    words = codes_to_words(b"".join(section % (at, at) for at in range(100)))
    assert 100_000 < len(words) < 200_000
