"""What is alike in copies is read once, and nothing passes that a reader of PDF would refuse."""

from __future__ import annotations

import pytest

from hrcpub.events.shells import ImprintForm, ProvenCopies, ShellTemplate, verify_copy
from hrcpub.problems import HrcpubError
from tests.events.shells.test_shell_template import BLUE, RED, template
from tests.shared.joined import join


def font(first: int) -> list[bytes]:
    """Return a font's objects, as far as a copy's reader looks at them."""
    return [
        b"<</Type/Font/BaseFont/A/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
        % (first + 1, first + 4),
        b"<</W[0[500]]/FontDescriptor %d 0 R>>" % (first + 2),
        b"<</FontFile2 %d 0 R>>" % (first + 3),
        b"<</Length 6>>\nstream\nA font\nendstream",
        b"<</Length 4>>\nstream\nmap.\nendstream",
    ]


SITES = [
    ImprintForm(b"BT /F1 9 Tf (%b) Tj ET" % name, (("F1", "a font", font),))
    for name in (b"Mill", b"Harbor, the long street's", b"Lakeside")
]


def is_sound(data: bytes, form: ImprintForm) -> bool:
    """Return what a reader of PDF says of a copy."""
    try:
        verify_copy(data, 2, form.operators)
    except HrcpubError:
        return False
    return True


def proves(proven: ProvenCopies, prepared: ShellTemplate, data: bytes, form: ImprintForm) -> bool:
    try:
        proven.verify(data, prepared, form.operators)
    except HrcpubError as error:
        return {problem.code for problem in error.problems} != {"joint-broken"}
    return True


def test_copies_of_a_kind_are_read_once_by_another_program(monkeypatch: pytest.MonkeyPatch) -> None:
    import pikepdf

    opened: list[bytes] = []
    there = pikepdf.open
    prepared = template()
    copies = [(form, join(prepared, form)) for form in (*SITES, RED, BLUE)]
    monkeypatch.setattr(
        pikepdf, "open", lambda file, **k: opened.append(file.getvalue()) or there(file, **k)
    )
    proven = ProvenCopies()
    for form, data in copies:
        proven.verify(data, prepared, form.operators)
    assert opened == [copies[0][1], copies[3][1]]  # with a font, and without


@pytest.mark.slow(but=["1"])
@pytest.mark.parametrize("bit", [0x01, 0x10])
def test_no_byte_of_a_later_copy_can_change_unseen(bit: int) -> None:
    """What passes has the imprint, and is sound to a reader that is not ours."""
    prepared, first, later = template(), SITES[0], SITES[1]
    proven = ProvenCopies()
    proven.verify(join(prepared, first), prepared, first.operators)
    sound = join(prepared, later)
    assert proves(proven, prepared, sound, later)
    seen = 0
    for place in range(len(prepared.base), len(sound)):
        spoilt = bytearray(sound)
        spoilt[place] ^= bit
        if proves(proven, prepared, bytes(spoilt), later):
            assert is_sound(bytes(spoilt), later), (place, sound[place - 20 : place + 20])
        else:
            seen += 1
    assert seen > 500  # the others are in the XMP, which no viewer needs


def test_what_a_shell_draws_cannot_change_unseen() -> None:
    prepared, proven = template(), ProvenCopies()
    sound = join(prepared, RED)
    proven.verify(sound, prepared, RED.operators)
    for place in range(0, len(prepared.base), 7):
        spoilt = bytearray(sound)
        spoilt[place] ^= 0x01
        assert not proves(proven, prepared, bytes(spoilt), RED)


def test_a_copy_that_is_cut_or_longer_or_another_sites_is_seen() -> None:
    prepared, proven = template(), ProvenCopies()
    sound = join(prepared, BLUE)
    proven.verify(join(prepared, RED), prepared, RED.operators)
    update = sound[len(prepared.base) :]
    for spoilt in (
        b"",
        prepared.base,
        sound[:-1],
        sound[:-300],
        sound + b" ",
        prepared.base + b" " + update,
        join(prepared, RED),
        join(template(2, (1,)), BLUE),
    ):
        assert not proves(proven, prepared, spoilt, BLUE)
    assert proves(proven, prepared, sound, BLUE)
