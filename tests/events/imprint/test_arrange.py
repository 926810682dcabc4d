"""A site's details in their place: whatever they are, inside it, or told that they have no room."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hrcpub.events.fulfil.copies import CopyMaker
from hrcpub.events.imprint import Imprint, Style, arrange, remarks
from hrcpub.events.manifest.event import Extra, Site
from hrcpub.events.manifest.typed_hours import dashed
from hrcpub.files.sources import Sources
from hrcpub.problems import HrcpubError
from hrcpub.units import Size
from tests.shared.local_sites import local, words
from tests.shared.project import ROOT

FACES = CopyMaker(Sources(ROOT), lambda digest: b"").letters.fonts.faces
WIDE, TALL, SMALL = Size(255, 46), Size(162, 232), Size(40, 12)
LEAST_MODULE = 1.2  # points: 2.5 pixels at 150 to the inch
Box = tuple[float, float, float, float]  # left, top, right, bottom


def boxes(imprint: Imprint) -> tuple[list[Box], Box | None, Box | None]:
    """Return where the lines' letters, the code with its quiet zone, and the logo lie."""
    lines = []
    for line in imprint.lines:
        face = FACES[line.face]
        ink = face.ink(line.text)
        right = line.x + face.display_width(line.text) * line.size
        lines.append((line.x, line.y - ink.top * line.size, right, line.y - ink.bottom * line.size))
    code = logo = None
    if imprint.code:
        quiet, across = 4 * imprint.code.module, len(imprint.code.rows) * imprint.code.module
        x, y = imprint.code.x, imprint.code.y
        code = (x - quiet, y - quiet, x + across + quiet, y + across + quiet)
    if imprint.logo:
        one = imprint.logo
        logo = (one.x, one.y, one.x + one.width, one.y + one.height)
    return lines, code, logo


def overlap(one: Box, other: Box) -> bool:
    apart = 0.01
    return (
        one[0] < other[2] - apart
        and other[0] < one[2] - apart
        and one[1] < other[3] - apart
        and other[1] < one[3] - apart
    )


def assert_sound(imprint: Imprint, area: Size) -> None:
    """Fail unless everything lies in its area, apart from everything else, large enough."""
    lines, code, logo = boxes(imprint)
    slack = 0.05
    inside = [*lines, *([logo] if logo else [])]
    for left, top, right, foot in inside:
        assert left >= -slack
        assert top >= -slack
        assert right <= area.width + slack
        assert foot <= area.height + slack
    for number, one in enumerate(lines):
        assert not any(overlap(one, other) for other in lines[:number])
    if imprint.code and code:
        assert imprint.code.module >= LEAST_MODULE
        assert min(code[0], code[1]) >= -slack
        assert code[2] <= area.width + slack
        assert code[3] <= area.height + slack
        assert not any(overlap(code, one) for one in inside)
    if logo:
        assert not any(overlap(logo, one) for one in lines)
    assert all(line.size >= 7 for line in imprint.lines)


def said(imprint: Imprint) -> str:
    return "".join("".join(line.text.split()) for line in imprint.lines)


CASES = {
    "wide": (WIDE, local()),
    "tall": (TALL, local()),
    "wide, logo": (Size(300, 60), local(logo=True)),
    "tall, logo": (TALL, local(logo=True)),
    "no code": (WIDE, local(url=None)),
    "no telephone": (WIDE, local(tel=None)),
    "a name alone": (WIDE, local(lines=(), hours=None, tel=None, url=None)),
    "a long name": (TALL, local("East Wing Drop-in and Syringe Services, Upper Lakeshore")),
    "a long address": (TALL, local(url="https://example.org/upper-lakeshore/east-wing/hours?q=1")),
}


@pytest.mark.parametrize("case", CASES)
def test_everything_that_is_said_lies_in_its_area(case: str) -> None:
    area, details = CASES[case]
    imprint = arrange(details, area, FACES, Style(9))
    assert_sound(imprint, area)
    for text in details.texts:
        assert "".join(text.text.split()) in said(imprint)
    assert (imprint.code is None) == (details.url is None)
    assert imprint.code is None or imprint.code.says == details.url.text
    if details.logo:
        assert imprint.logo
        shape = details.logo.width / details.logo.height
        assert imprint.logo.width / imprint.logo.height == pytest.approx(shape)


def test_a_telephone_number_stays_in_one_line() -> None:
    imprint = arrange(local(), TALL, FACES, Style(9))
    assert [line.link for line in imprint.lines if line.text == "(510) 555-0103"] == [
        "tel:+15105550103"
    ]


@pytest.mark.parametrize("tel", ["555-0103 (no area code)", "Text HOME to 741741"])
def test_what_is_no_link_to_a_call_stays_in_one_line_too(tel: str) -> None:
    imprint = arrange(local(tel=tel), TALL, FACES, Style(9))
    assert tel in [line.text for line in imprint.lines]


def shown(imprint: Imprint) -> list[str]:
    return [line.text for line in imprint.lines]


def test_a_web_address_is_never_broken_but_set_smaller() -> None:
    details = local(url="https://example.org/upper-lakeshore/east-wing")
    imprint = arrange(details, Size(240, 100), FACES, Style(9.5, 9.5))
    assert "example.org/upper-lakeshore/east-wing" in shown(imprint)
    (small,) = [line.size for line in imprint.lines if "example.org" in line.text]
    assert 7.5 <= small < 9.5


def test_a_web_address_without_room_is_left_to_its_code() -> None:
    details = local(url="https://example.org/upper-lakeshore/east-wing/syringe-services")
    imprint = arrange(details, Size(200, 90), FACES, Style(9.5, 9.5))
    assert imprint.code
    assert not [line for line in shown(imprint) if "example.org" in line or "services" in line]


def test_hours_are_broken_between_days_and_never_in_a_time() -> None:
    hours = "Mon–Fri 9 am–5 pm, Sat 10 am–2 pm"
    for width in (120, 160, 240):
        imprint = arrange(local(hours=hours, url=None), Size(width, 150), FACES, Style(9))
        found = [line for line in shown(imprint) if "am" in line or "pm" in line]
        assert found in ([hours], hours.replace(", ", ",\n").split("\n")), width
    narrow = arrange(local(hours=hours, url=None), Size(66, 150), FACES, Style(9))
    assert {"9 am–5 pm,", "Sat 10 am–2 pm"} <= set(shown(narrow))


def test_whole_lines_are_worth_more_than_larger_letters() -> None:
    lines = ("Pier 9, Example Way", "Oakland, CA 94607")
    site = local("Harbor Outreach", lines=lines, hours="Thu and Fri, 6–10 pm", url=None)
    said = ["Harbor Outreach", *lines, "Thu and Fri, 6–10 pm", "(510) 555-0103"]
    assert shown(arrange(site, Size(258, 96), FACES, Style(14, 9.5))) == said


def test_a_long_address_goes_on_after_its_comma_and_a_name_in_even_lines() -> None:
    lines = ("22 West 27th Street, 5th Floor",)
    site = local("Nhà Văn Hóa Đường Số 7", lines=lines, url=None)
    found = shown(arrange(site, Size(120, 150), FACES, Style(9, 9)))
    assert found[1:3] == ["22 West 27th Street,", "5th Floor"]
    found = shown(arrange(site, Size(96, 150), FACES, Style(9, 9)))
    assert found[:2] == ["Nhà Văn Hóa", "Đường Số 7"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Mon-Sat 7 pm-1 am", "Mon–Sat 7 pm–1 am"),
        ("Lun-Vie 9-17 h", "Lun–Vie 9–17 h"),
        ("Every day, noon-8 pm", "Every day, noon–8 pm"),
        ("Thu - Fri, 10 p.m. - midnight", "Thu–Fri, 10 p.m.–midnight"),
        ("Drop-in after 5 pm, walk-in Wed", "Drop-in after 5 pm, walk-in Wed"),
        ("By appointment: 555-0103", "By appointment: 555-0103"),
    ],
)
def test_hours_have_dashes_between_days_and_times(typed: str, printed: str) -> None:
    assert dashed(typed) == printed


def test_details_with_room_only_in_small_letters_are_told_at_their_row() -> None:
    with pytest.raises(HrcpubError) as told:
        arrange(local(url=None), Size(120, 60), FACES, Style(9.5, 9.5))
    (problem,) = told.value.problems
    assert problem.code == "imprint-small"
    assert problem.message.endswith("the least is 9.5 pt")
    assert problem.is_error
    assert (problem.source.path, problem.source.line) == ("materials/sites.csv", 2)
    arrange(local(url=None), Size(120, 60), FACES, Style(9.5, 7))


def test_details_that_find_no_room_are_told_at_their_row() -> None:
    with pytest.raises(HrcpubError) as told:
        arrange(local(), SMALL, FACES, Style(9))
    (problem,) = told.value.problems
    assert problem.code == "imprint-overset"
    assert (problem.source.path, problem.source.line) == ("materials/sites.csv", 2)


def test_an_address_whose_code_would_be_too_small_costs_its_code_and_is_told() -> None:
    long = local(url="https://example.org/" + "x" * 150)
    imprint = arrange(long, WIDE, FACES, Style(9))
    (problem,) = remarks(long, imprint)
    assert (problem.code, problem.is_error) == ("code-too-long", False)
    assert "no room for the QR code of this address in 90 x 16 mm: there is none" in problem.message
    assert problem.source == long.url.source
    assert imprint.code is None
    assert_sound(imprint, WIDE)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (local(url="https://example.org/" + "x" * 3000), "code-too-long"),
        (local("東方 Clinic"), "glyph-missing"),
    ],
)
def test_what_cannot_be_printed_is_told_at_its_cell(details: Site, code: str) -> None:
    with pytest.raises(HrcpubError) as told:
        arrange(details, TALL, FACES, Style(9))
    assert {problem.code for problem in told.value.problems} == {code}
    cells = {problem.source.column for problem in told.value.problems}
    assert cells == {6 if code == "code-too-long" else 2}


def test_a_logo_without_room_is_left_out_and_told() -> None:
    area, details = Size(162, 78), local(logo=True)
    imprint = arrange(details, area, FACES, Style(9))
    assert imprint.logo is None
    assert_sound(imprint, area)
    assert [problem.code for problem in remarks(details, imprint)] == ["logo-left-out"]


EXTRAS = {
    "tel2": Extra("tel2", words("(510) 555-0172", 7), "tel:+15105550172"),
    "languages": Extra("languages", words("English, Español, Tiếng Việt", 8)),
    "email": Extra("email", words("help@example.org", 9), "mailto:help@example.org"),
    "note": Extra("note", words("Ring twice at the side door.", 10)),
}
DETAILED = replace(local(), extras=tuple(EXTRAS.values()))


def test_extras_are_printed_where_there_is_room_and_lead_somewhere() -> None:
    imprint = arrange(DETAILED, Size(240, 200), FACES, Style(9))
    assert imprint.left_out == ()
    found = [text for text in shown(imprint) if text in {e.words.text for e in EXTRAS.values()}]
    assert found == [
        "(510) 555-0172",
        "help@example.org",
        "English, Español, Tiếng Việt",
        "Ring twice at the side door.",
    ]
    assert {line.link for line in imprint.lines} >= {"tel:+15105550172", "mailto:help@example.org"}


def test_extras_go_in_order_before_anything_else_is_made_worse() -> None:
    gone: list[int] = []
    for height in range(90, 260, 5):
        area = Size(220, height)
        core = shown(arrange(local(), area, FACES, Style(9, 9)))
        imprint = arrange(DETAILED, area, FACES, Style(9, 9))
        assert_sound(imprint, area)
        left = [problem.source.column for problem in remarks(DETAILED, imprint)]
        assert left == [10, 9, 8, 7][: len(left)]
        gone.append(len(left))
        whole = {text.text for text in DETAILED.texts} & set(core)
        assert whole <= set(shown(imprint))
    assert set(gone) >= {0, 1, 2, 3}
    assert gone[-1] == 0


def test_an_extra_in_letters_that_no_face_has_costs_itself_alone() -> None:
    details = replace(local(), extras=(Extra("note", words("κ is a letter", 10)), EXTRAS["email"]))
    imprint = arrange(details, Size(240, 200), FACES, Style(9))
    (problem,) = remarks(details, imprint)
    assert (problem.code, problem.is_error, problem.source.column) == ("glyph-missing", False, 10)
    assert "help@example.org" in shown(imprint)


WORD = st.text("abcdefghijklmnopqrstuvwxyzÁéñüßoỗđABW0123456789.,&'-", min_size=1, max_size=14)
LINE = st.lists(WORD, min_size=1, max_size=6).map(" ".join)


@pytest.mark.slow
@given(
    name=LINE,
    lines=st.lists(LINE, max_size=3),
    hours=st.none() | LINE,
    tel=st.sampled_from([None, "(510) 555-0103", "+1 510 555 0105 ext. 12"]),
    url=st.none() | WORD.map(lambda word: f"https://example.org/{word}"),
    logo=st.booleans(),
    width=st.floats(30, 420),
    height=st.floats(12, 300),
    size=st.floats(7, 12),
)
@settings(max_examples=300)
def test_whatever_is_said_it_is_arranged_soundly_or_refused(
    name: str,
    lines: list[str],
    hours: str | None,
    tel: str | None,
    url: str | None,
    logo: bool,
    width: float,
    height: float,
    size: float,
) -> None:
    details = local(name, tuple(lines), hours, tel, url, logo=logo)
    area = Size(width, height)
    try:
        imprint = arrange(details, area, FACES, Style(size))
    except HrcpubError as error:
        refused = {problem.code for problem in error.problems}
    else:
        refused = set()
    assert refused <= {"imprint-overset", "imprint-small", "glyph-missing", "code-too-long"}
    if refused:
        return
    assert_sound(imprint, area)
    for text in details.texts:
        assert "".join(text.text.split()) in said(imprint)
