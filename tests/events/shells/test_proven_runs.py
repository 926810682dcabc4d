"""A run file takes from its former one what has not changed: the same bytes, and no less proven."""

from __future__ import annotations

import hashlib
import importlib
import io
import itertools
from collections.abc import Callable, Sequence
from functools import partial

import pikepdf
import pytest

from hrcpub.events.shells import (
    FormerRun,
    GatheredCopy,
    GatheredRun,
    ImprintForm,
    KeyedCopy,
    LogoImage,
    SeparatorPage,
    former_run,
    gather_run,
    packed_run,
    prove_run,
    verify_run,
)
from hrcpub.problems import HrcpubError
from tests.events.shells.test_proven_copies import font
from tests.events.shells.test_shell_template import template

verifying = importlib.import_module("hrcpub.events.shells.verify_copy")  # a function has its name
Names = Sequence[str]
OTHER_FONT = "Ὁδός"
LOGO = "a logo's own"
PREPARED = template()


def copy(name: str, made: list[str]) -> GatheredCopy:
    """Return a site's copy; `made` notes that it was asked for."""
    made.append(name)
    fonts = [("F1", "a font", font)]
    fonts += [("F2", f"a font for {name}", font)] if name.startswith(OTHER_FONT) else []
    picture = LogoImage(b"/Width 1/Height 1", b"dots") if name.startswith(LOGO) else None
    form = ImprintForm(f"BT ({name}) Tj ET".encode(), tuple(fonts), picture)
    separator = SeparatorPage(f"({name[:2]}) Tj".encode(), (("F3", "bold", font),))
    return GatheredCopy(form, separator, 1 + len(name) % 3)


def written(names: Names, former: FormerRun | None) -> tuple[bytes, GatheredRun, list[str]]:
    file, made = io.BytesIO(), list[str]()
    copies = (KeyedCopy(name, partial(copy, name, made)) for name in names)
    run = gather_run(PREPARED, copies, file, b"seed", former)
    return file.getvalue(), run, made


def former_of(names: Names) -> FormerRun:
    data, run, _ = written(names, None)
    kept = packed_run(hashlib.sha256(data).hexdigest(), prove_run(data, run), run.blocks)
    former = former_run(kept, data)
    assert former is not None
    return former


FIRST = ("Mill", "Harbor", "Lakeside", "Orchard")
CHANGES: dict[str, tuple[Names, Names, set[str]]] = {
    "nothing": (FIRST, FIRST, set()),
    "one that is as long": (FIRST, ("Mill", "Harbir", *FIRST[2:]), {"Harbir"}),
    "one that is longer": (FIRST, ("Mill", "Harbor12!", *FIRST[2:]), {"Harbor12!"}),
    # It brings the font that the others draw.
    "the first one": (FIRST, ("Hill", *FIRST[1:]), {"Hill"}),
    "one more, at the end": (FIRST, (*FIRST, "Station"), {"Station"}),
    # Objects after it have other numbers.
    "one more, at the head": (FIRST, ("Station", *FIRST), {"Station", *FIRST}),
    "one less": (FIRST, FIRST[:-1], set()),
    "their order": (FIRST, FIRST[::-1], {*FIRST}),
    "one with a font of its own": (
        FIRST,
        ("Mill", f"{OTHER_FONT}_", *FIRST[2:]),
        {f"{OTHER_FONT}_", *FIRST[2:]},
    ),
    "one whose font is there later": (
        ("Mill", f"{OTHER_FONT}12", "Harbor"),
        ("Mill", f"{OTHER_FONT}34", "Harbor"),
        {f"{OTHER_FONT}34"},
    ),
    "one with a logo": (("Mill", LOGO, "Harbor"), ("Hill", LOGO, "Harbor"), {"Hill"}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_has_changed_is_made_and_the_bytes_are_those_of_a_new_file(what: str) -> None:
    before, after, asked = CHANGES[what]
    data, run, made = written(after, former_of(before))
    assert set(made) == asked
    assert data == written(after, None)[0]
    prove_run(data, run)
    verify_run(data, run.pages, [f"BT ({name}) Tj ET".encode() for name in after])


def test_a_file_in_which_only_imprints_differ_is_not_read_by_another_program_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    former = former_of(FIRST)
    data, run, _ = written(CHANGES["one that is longer"][1], former)
    longer, other, _ = written(CHANGES["one more, at the end"][1], former)
    opened: list[object] = []
    there = pikepdf.open
    monkeypatch.setattr(pikepdf, "open", lambda *a, **k: opened.append(a) or there(*a, **k))
    assert prove_run(data, run) == former.kind
    assert not opened
    assert prove_run(longer, other) != former.kind
    assert opened


def test_pages_that_are_alike_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    data, run, _ = written(FIRST, None)
    read: list[int] = []
    there = verifying._forms
    monkeypatch.setattr(
        verifying, "_forms", lambda file: read.append(len(file.pages)) or there(file)
    )
    prove_run(data, run)
    # Both sides of four separators, four pages with an imprint, and one that has none.
    assert (run.pages, read) == (24, [8 + 4 + 1])
    verify_run(data, run.pages, [f"BT ({name}) Tj ET".encode() for name in FIRST])
    assert read == [13, 24]


def test_a_page_that_is_not_as_those_like_it_is_seen() -> None:
    """Its imprint is another one's, or it is in another one's place."""
    data, run, _ = written(FIRST, None)
    mill, harbor = (b"/Imprint %d 0 R" % run.blocks[number].form for number in (0, 1))
    assert len(mill) == len(harbor)
    last = run.blocks[1].start + run.blocks[1].places[-1]
    assert data.index(harbor, last) < run.blocks[2].start
    assert is_proven(data, run)
    assert not is_proven(data[:last] + data[last:].replace(harbor, mill, 1), run)
    kids = [b"%d 0 R" % page for block in run.blocks for page in block.pages]
    two = data.rindex(b" ".join(kids[:2]))
    swapped = data[:two] + b" ".join(kids[1::-1]) + data[two + len(b" ".join(kids[:2])) :]
    assert len(swapped) == len(data)
    assert not is_proven(swapped, run)


def is_proven(data: bytes, run: GatheredRun) -> bool:
    try:
        prove_run(data, run)
    except HrcpubError:
        return False
    return True


def is_sound(data: bytes, run: GatheredRun, names: Names) -> bool:
    try:
        verify_run(data, run.pages, [f"BT ({name}) Tj ET".encode() for name in names])
    except HrcpubError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.parametrize("is_new", [True, False], ids=["new", "of a former one"])
def test_no_byte_can_change_unseen(is_new: bool) -> None:
    """What passes has the imprints, and is sound to a reader that is not ours.

    Two bits take turns, from byte to byte: a number or a name has some bytes of each.
    """
    names = CHANGES["one that is longer"][1]
    sound, run, _ = written(names, None if is_new else former_of(FIRST))
    places, seen = range(len(PREPARED.base), len(sound), 3), 0
    for place, bit in zip(places, itertools.cycle((0x01, 0x10)), strict=False):
        spoilt = bytearray(sound)
        spoilt[place] ^= bit
        if is_proven(bytes(spoilt), run):
            assert is_sound(bytes(spoilt), run, names), (place, sound[place - 20 : place + 20])
        else:
            seen += 1
    assert seen > len(places) / 2  # the others are in texts and numbers that nobody reads


def test_another_sites_imprint_in_the_place_of_one_is_seen() -> None:
    former = former_of(FIRST)
    data, run, _ = written(FIRST, former)
    first, *others = run.blocks
    lakeside = next(block for block in others if block.key == "Lakeside")
    swapped = run._replace(blocks=(first._replace(key=lakeside.key), *others))
    assert is_proven(data, run)
    assert not is_proven(data, swapped)
    changed, other, _ = written(CHANGES["one that is as long"][1], former)
    lied = [b"BT (Harbor) Tj ET" if drawn else drawn for drawn in other.drawn]
    assert is_proven(changed, other)
    assert not is_proven(changed, other._replace(drawn=tuple(lied)))


SPOILT: dict[str, Callable[[bytes, bytes], tuple[bytes, bytes]]] = {
    "another file": lambda kept, data: (kept, data + b" "),
    "an entry cut off": lambda kept, data: (kept[:-5], data),
    "an entry without numbers": lambda kept, data: (kept.partition(b"\n")[0], data),
    "an entry of something else": lambda kept, data: (b"[1, 2]\n", data),
    "nothing": lambda kept, data: (b"", data),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_kept_of_another_file_is_a_miss(what: str) -> None:
    data, run, _ = written(FIRST, None)
    kept = packed_run(hashlib.sha256(data).hexdigest(), "a kind", run.blocks)
    assert former_run(kept, data) is not None
    assert former_run(*SPOILT[what](kept, data)) is None
