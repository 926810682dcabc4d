"""Every word of the pieces against the Coalition's text, as another program reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hrcpub.project.edition import EDITIONS
from tests.shared.pages import read_aloud
from tests.shared.project import PIECES, ROOT, read_yaml

SOURCE = (ROOT / "materials/sources/harm-reduction-coalition.txt").read_text(encoding="utf-8")

COLOPHON = "{} · November 2026"
WORDMARK = "Harm Reduction Coalition"
SLUG = (
    "C1 Contact card · Revision 1, 2026-11-22 · side {} of 2 · print two-sided, "
    "flip on the long edge, actual size · paper: light blue"
)
# What the layouts say themselves, and not the source.
OWN = {
    "principles": [
        COLOPHON.format("P1"),
        "Distributed by",
        WORDMARK,
    ],
    "why-harm-reduction": [
        COLOPHON.format("B1"),
        "Turn over",
        WORDMARK,
    ],
    "contact-card": [SLUG.format(1), SLUG.format(2), WORDMARK],
    "harm-reduction": [
        COLOPHON.format("R1"),
        "Distributed by",
        *"234567",  # its pages
        WORDMARK,
    ],
}
# In large print who speaks comes after the principles, and the colophon is a line of each page.
LARGE = [WORDMARK]
COPIES = {("contact-card", "office"): 10}


def plain(text: str) -> str:
    """Return a text with typewriter's quotes and dashes, and single spaces."""
    text = text.replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'")
    text = re.sub(r"\s*(--|—)\s*", "--", text)
    return " ".join(text.split())


def paragraphs() -> dict[str, list[str]]:
    """Return the source's passages under each of its headings; a bullet is a passage."""
    headings = (
        "What Is Harm Reduction?",
        "Why Do We Need Harm Reduction?",
        "How to Reach the Harm Reduction Coalition",
    )
    found: dict[str, list[str]] = {"": []}
    for block in re.split(r"\n\s*\n|\n(?=  • )", SOURCE.strip()):
        text = plain(block)
        if text in headings:
            found[text] = []
        else:
            found[list(found)[-1]] += text.removeprefix("• ").split(" * ")
    return found


def passages(name: str, edition: str = "screen") -> list[str]:
    """Return what a piece says of the source, in the order in which it is to be read."""
    if edition in REFLOWED:
        return large_passages(name)
    parts = paragraphs()
    head, mission, belief = parts[""][-3:]
    assert head == WORDMARK
    what, why, how = list(parts)[1:]
    return {
        "principles": [
            what,
            *parts[what][:2],
            belief,
            *parts[what][2:],
            *under_calls(parts[how]),
            mission,
        ],
        "why-harm-reduction": [why, parts[why][0], *under_calls(parts[how]), *parts[why][1:]],
        "contact-card": [how, *on_two_sides(parts[how])],
        "harm-reduction": [
            what,
            *parts[what][:2],
            mission,
            belief,
            *parts[what][2:],
            why,
            *parts[why],
            how,
            *under_calls(parts[how]),
        ],
    }[name]


def under_calls(offices: list[str]) -> list[str]:
    """Return offices as sheets have them: the number to call first, the rest under it."""
    parts = [re.split(r" Tel: (\S+ \S+) ", text) for text in offices]
    return [f"{number} {address} {fax}" for address, number, fax in parts]


def on_two_sides(offices: list[str]) -> list[str]:
    """Return offices as a card has them: names and telephones in front, the rest on the back.

    A card for the pocket has no fax.
    """
    listed = read_yaml("materials/contacts.yaml")["offices"].values()
    known = [name["en"] if isinstance(name := office["name"], dict) else name for office in listed]
    names = [name for name in known if any(text.startswith(name) for text in offices)]
    parts = [re.split(r" Tel: (\S+ \S+) ", text) for text in offices]
    fronts = [f"{name} {number}" for name, (_, number, _) in zip(names, parts, strict=True)]
    return [*fronts, *(address for address, _, _ in parts)]


def large_passages(name: str) -> list[str]:
    """Return the same in large print's order: what it means, the list, who speaks, whom to call."""
    parts = paragraphs()
    _, mission, belief = parts[""][-3:]
    what, why, how = list(parts)[1:]
    return {
        "principles": [what, *parts[what], mission, belief, *parts[how]],
        "why-harm-reduction": [why, *parts[why], *parts[how]],
        "contact-card": [how, *parts[how]],
        "harm-reduction": [what, *parts[what], mission, belief, why, *parts[why], how, *parts[how]],
    }[name]


REFLOWED = [edition.name for edition in EDITIONS.values() if edition.template == "large-print"]


def spoken(pdf: Path) -> str:
    """Return a file's words as they are read, without the head and foot of pages that flow on."""
    pages = read_aloud(pdf)
    if pdf.parent.name in REFLOWED:
        pages = [*without_heads(pages)]
        piece = PIECES[pdf.stem]
        said = piece.revision.replace("Revision", "Revisi[oó]n")  # a piece may have two languages
        foot = rf"(?m)^{piece.written['code']}, {said} \d+ / \d+$"
        assert [len(re.findall(foot, page)) for page in pages] == [1] * len(pages)
        pages = [re.sub(foot, "", page) for page in pages]
    return plain(" ".join(pages))


def without_heads(pages: list[str]) -> Iterator[str]:
    """Yield pages without their running heads: titles that an earlier page has."""
    titles, last = list(paragraphs())[1:], ""
    for page in pages:
        yield re.sub(rf"(?m)^{re.escape(last)}$", "", page, count=1) if last else page
        last = next((title for title in titles if title in plain(page)), last)


# The office's booklet is imposed: its pages lie in the stitcher's order, not in the reader's.
CASES = [
    (name, edition)
    for name in OWN
    for edition in EDITIONS
    if (name, edition) != ("harm-reduction", "office")
]


def test_the_source_is_the_text_that_these_tests_know() -> None:
    parts = paragraphs()
    assert [(heading, len(texts)) for heading, texts in parts.items()] == [
        ("", 4),
        ("What Is Harm Reduction?", 2 + 8),
        ("Why Do We Need Harm Reduction?", 1 + 6),
        ("How to Reach the Harm Reduction Coalition", 3),
    ]
    assert parts[""][0] == "Harm Reduction Coalition Img"


@pytest.mark.parametrize(("name", "edition"), CASES)
def test_every_passage_stands_whole_and_nothing_else_does(
    built: Path, name: str, edition: str
) -> None:
    text = spoken(built / edition / f"{name}.pdf")
    copies = COPIES.get((name, edition), 1)
    for passage in sorted(passages(name, edition), key=len, reverse=True):
        assert text.count(passage) == copies, passage
        text = text.replace(passage, "\n")
    for words in LARGE if edition in REFLOWED else OWN[name]:
        text = re.sub(rf"(?<!\S){re.escape(words)}(?!\S)", "\n", text)
    assert text.split() == []


@pytest.mark.parametrize(("name", "edition"), CASES)
def test_passages_are_read_in_their_order(built: Path, name: str, edition: str) -> None:
    text = spoken(built / edition / f"{name}.pdf")
    places = [text.index(passage) for passage in passages(name, edition)]
    assert len(places) >= 4
    assert places == sorted(places)


def test_the_pieces_together_leave_nothing_of_the_source_out() -> None:
    ways = [(name, edition) for name in OWN for edition in ("screen", "large-print")]
    said = {passage for way in ways for passage in passages(*way)}
    every = [text for heading, texts in paragraphs().items() for text in (heading, *texts)]
    assert set(every) - said == {"", "Harm Reduction Coalition Img", WORDMARK}


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_numeral_parts_a_sentence_of_lists_that_are_no_order(built: Path, edition: str) -> None:
    for name, opening in (("principles", "Accepts,"), ("why-harm-reduction", "The HIV")):
        words = " ".join(read_aloud(built / edition / f"{name}.pdf"))
        assert opening in " ".join(words.split())
        assert not re.search(r"(?m)^\d(?:$| [A-Za-z])", words)


NUMBERS = """
    Tel: (212) 213-6376   Fax: (212) 213-6582
    Tel: (510) 444-6969   Fax: (510) 444-6977
    Tel: (212) 683-2334   Fax: (212) 213-6582
"""


@pytest.mark.parametrize(("name", "edition"), CASES)
def test_the_offices_numbers_stand_exactly(built: Path, name: str, edition: str) -> None:
    found = re.findall(
        r"(?:(?:Tel|Fax): )?\(\d+\) \d+-\d+(?!\S)", spoken(built / edition / f"{name}.pdf")
    )
    wanted = re.findall(r"(?:Tel|Fax): \(\d+\) \d+-\d+", NUMBERS)
    copies = COPIES.get((name, edition), 1)
    if edition not in REFLOWED:  # telephones are large, and need no label
        wanted = [number.removeprefix("Tel: ") for number in wanted]
    if name == "contact-card" and edition not in REFLOWED:  # for the pocket
        wanted = [number for number in wanted if not is_fax(number)]
    assert found == wanted * copies


def is_fax(number: str) -> bool:
    return number.startswith("Fax")


@pytest.mark.slow
def test_the_sources_own_slip_stands_and_its_debris_does_not(built: Path) -> None:
    texts = {path: spoken(path) for path in sorted(built.glob("*/*.pdf"))}
    assert len(texts) > len(CASES)
    assert not any("Img" in text for text in texts.values())
    slips = [path.stem for path, text in texts.items() if "Affirms drugs users themselves" in text]
    assert slips.count("principles") == slips.count("harm-reduction") == len(EDITIONS)
    assert slips.count("principles-poster") == len(EDITIONS) - 1


def test_quotes_and_dashes_are_printed_typographic(built: Path) -> None:
    text = " ".join(" ".join(read_aloud(built / "screen/principles.pdf")).split())
    assert "where they’re at" in text
    assert "every individual’s" in text
    assert re.search(r"well-being— ?not necessarily cessation of all drug use—as", text)
    assert not re.search(r"['\"]|--", text)
